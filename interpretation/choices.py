"""What can be chosen in the form: codes with their words, for Django's choice fields."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeVar

from django import forms
from django.utils.translation import gettext_lazy as _

from . import wording
from .guideline.vocabulary import RISKS_BY_GROUP, OngoingRegimen, Regimen, Risk

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    Words = Mapping[Any, StrOrPromise]

E = TypeVar("E", bound=StrEnum)

NOT_STATED = ("", _("Not stated"))
_YES_NO = {"yes": True, "no": False}

ALSO_RISKS = {"pregnant": Risk.PREGNANCY, "breastfeeding": Risk.BREASTFEEDING}
"""Circumstances that count as risks as well: asked once."""

GIVEN_REGIMENS: tuple[Regimen | OngoingRegimen, ...] = (
    Regimen.ORAL_UNCOMPLICATED,
    OngoingRegimen.ORAL_1MG,
    Regimen.ORAL_2MG,
    Regimen.SWITCH_TO_ORAL_1MG,
    Regimen.TREATMENT_TRIAL_ORAL,
    Regimen.IM_5_DAYS_THEN_ORAL,
    Regimen.IM_5_DAYS_THEN_IM_HYDROXO,
    Regimen.IM_5_DAYS_THEN_IM_CYANO,
    OngoingRegimen.IM_HYDROXO_EVERY_2_MONTHS,
    OngoingRegimen.IM_HYDROXO_EVERY_3_MONTHS,
    Regimen.LOW_DOSE_TRIOBE,
    Regimen.SUPPLEMENT_6_9_UG,
    Regimen.PROPHYLAXIS_DIET_SUPPLEMENT,
    Regimen.PROPHYLAXIS_ORAL_1MG,
    Regimen.PROPHYLAXIS_IM_EVERY_3_MONTHS,
)
"""What a patient may be receiving already."""


def one_of(
    kind: type[E], words: "Words", label: "StrOrPromise", empty: Any = NOT_STATED
) -> forms.TypedChoiceField:
    choices = [empty, *((item.value, words[item]) for item in kind)]
    return forms.TypedChoiceField(
        label=label, choices=choices, coerce=kind, empty_value=None, required=False
    )


def yes_no(label: "StrOrPromise") -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label,
        choices=[NOT_STATED, ("yes", _("Yes")), ("no", _("No"))],
        coerce=_YES_NO.__getitem__,
        empty_value=None,
        required=False,
    )


def any_of(label: "StrOrPromise", choices: Iterable[Any]) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, choices=choices, required=False, widget=forms.CheckboxSelectMultiple
    )


def grouped(groups: Mapping[Any, Iterable[Any]], titles: "Words", words: "Words") -> list[Any]:
    return [
        (titles[group], [(item.value, words[item]) for item in items])
        for group, items in groups.items()
    ]


def risks_asked() -> dict[Any, list[Risk]]:
    """Without what the form asks for as a circumstance."""
    return {
        group: [risk for risk in risks if risk not in ALSO_RISKS.values()]
        for group, risks in RISKS_BY_GROUP.items()
    }


def given_regimens() -> list[Any]:
    words: dict[Any, Any] = {**wording.REGIMENS, **wording.ONGOING_REGIMENS}
    return [NOT_STATED, *((regimen.value, words[regimen]) for regimen in GIVEN_REGIMENS)]
