"""What the forms about a treatment share: a day, a coded reason, and doubts to be confirmed."""

from abc import ABCMeta, abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.db.models import TextChoices
from django.forms.forms import DeclarativeFieldsMetaclass
from django.utils.translation import gettext_lazy as _

from b12site.forms import SiteForm, capitalised
from interpretation import wording
from interpretation.guideline.edition import edition_for
from interpretation.guideline.interpretation import Control as Planned
from interpretation.guideline.phases import Phase
from interpretation.guideline.vocabulary import Regimen

from ..presenters.doses import Preview, preview, regimen_name
from ..rules import course_plan
from ..rules.course_checks import CourseRefusedError


def day_field(label: Any, help_text: Any = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=help_text,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Write a date that exists, for example 22.11.2026.")},
    )


def reason_field(reasons: type[TextChoices], **options: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("Reason"), choices=capitalised(reasons.choices), widget=forms.RadioSelect, **options
    )


def text_field() -> forms.CharField:
    return forms.CharField(
        label=_("In your own words"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class DoubtingForm(SiteForm):
    """Where something does not fit, ``confirmed`` appears: one box to tick for each doubt."""

    def doubts(self) -> Mapping[str, Any]:
        """What is to be confirmed, by a code that changes when the doubt does."""
        return {}

    def check(self) -> None:
        """Raises ``CourseRefusedError`` for what is not possible."""

    def clean(self) -> dict[str, Any]:
        if not self.errors:
            self._check()
        if not self.errors and (doubts := self.doubts()):
            self._ask(doubts)
        return self.cleaned_data

    def _check(self) -> None:
        try:
            self.check()
        except CourseRefusedError as refused:
            self.refuse(refused)

    def refuse(self, refused: CourseRefusedError) -> None:
        self.add_error(refused.field if refused.field in self.fields else None, str(refused))

    def _ask(self, doubts: Mapping[str, Any]) -> None:
        self.fields["confirmed"] = forms.MultipleChoiceField(
            label=_("Confirm before it is saved"),
            choices=list(doubts.items()),
            widget=forms.CheckboxSelectMultiple,
        )
        if not set(doubts) <= set(self["confirmed"].data or ()):
            self.add_error(
                "confirmed", _("Something does not fit. Correct it, or tick that it is right.")
            )


class EventForm(DoubtingForm):
    """Something that is decided or stated about a course on a day, with a coded reason."""

    on = day_field(_("Date"))
    text = text_field()
    seen = forms.IntegerField(widget=forms.HiddenInput)
    field_order: tuple[str, ...] = ("regimen", "on", "reason", "text", "seen")

    def __init__(self, data: Any = None, *, today: date, initial: Mapping[str, Any]) -> None:
        super().__init__(data, initial={"on": today, **initial})
        self.today = today

    def clean(self) -> dict[str, Any]:
        other = self.cleaned_data.get("reason") == "other"
        if other and not self.cleaned_data.get("text"):
            self.add_error("text", _("Describe the reason in your own words."))
        return super().clean()

    def decided(self) -> dict[str, Any]:
        """What the service is asked to do."""
        names = ("on", "regimen", "reason", "text", "seen")
        return {name: self.cleaned_data[name] for name in names if name in self.cleaned_data}

    def plan(self) -> Preview | None:
        return None

    def plan_is_shown(self) -> bool:
        return True


@dataclass
class Offer:
    """A regimen to choose, with its doses in words."""

    name: str
    doses: list[wording.DoseLine]
    note: str = ""

    def __str__(self) -> str:
        return self.name


def offers(regimens: Iterable[Regimen], today: date) -> list[Any]:
    edition = edition_for(today)
    return [
        (code.value, Offer(regimen_name(code), wording.dose_lines(edition.regimens[code].doses)))
        for code in regimens
    ]


class _Abstract(DeclarativeFieldsMetaclass, ABCMeta):
    """Of a form that cannot be made while one of its methods is left open."""


class PlanForm(EventForm, metaclass=_Abstract):
    """A decision that lays out phases. It is saved when the plan that it leads to has been shown:
    ``plan_shown`` is the signature of the plan that stood on the page."""

    regimen = forms.ChoiceField(label=_("Treatment"), widget=forms.RadioSelect)
    drawn_from: tuple[str, ...] = ("regimen", "on")

    def plan(self) -> Preview | None:
        """Where it leads, as soon as that can be said: doubts may still be unconfirmed."""
        unread = not self.is_bound or self.is_only_shown
        if unread or set(self.errors) - {"confirmed"}:
            return None
        return preview(self.signature(), self.phases(), self.controls(), self.today)

    def plan_is_shown(self) -> bool:
        return self.data.get("plan_shown") == self.signature()

    def signature(self) -> str:
        return "|".join(str(self.cleaned_data.get(name)) for name in self.drawn_from)

    def phases(self) -> tuple[Phase, ...]:
        data = self.cleaned_data
        return course_plan.laid_out(data["regimen"], data["on"], self.today)

    @abstractmethod
    def controls(self) -> list[Planned]:
        """The controls that follow from the decision."""
