"""A laboratory's dated limits, as its administrator writes them."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import combinations
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BaseInlineFormSet
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from interpretation import wording
from interpretation.guideline.edition import editions
from interpretation.guideline.quantity import UNITS, NotANumberError, parse_number
from interpretation.guideline.vocabulary import Analyte
from interpretation.wording.numbers import number, unit

from ..models import ReferenceLimit

_NOT_PLAIN = ValidationError(
    _("Write a plain number, such as 175 or 0,28, without < or >."), code="number"
)


class LimitNumber(forms.CharField):
    """A number with decimal comma or point, without a comparator."""

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, max_length=24, **options)
        self.widget.attrs |= {"size": 8, "inputmode": "decimal", "autocomplete": "off"}

    def prepare_value(self, value: Any) -> Any:
        return number(value) if isinstance(value, Decimal) else value

    def clean(self, value: Any) -> Decimal | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            limit, comparator = parse_number(text)
        except NotANumberError:
            raise _NOT_PLAIN from None
        if comparator:
            raise _NOT_PLAIN
        return limit

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(initial != self.clean(data))
        except ValidationError:
            return True


class ReferenceLimitForm(forms.ModelForm[ReferenceLimit]):
    analyte = forms.ChoiceField(
        label=capfirst(_("analysis")),
        choices=[("", "---------")]
        + [(key.value, f"{wording.ANALYTES[key]}, {unit(UNITS[key])}") for key in Analyte],
    )
    lower = LimitNumber(label=capfirst(_("lower limit")))
    upper = LimitNumber(label=capfirst(_("upper limit")))

    class Meta:
        model = ReferenceLimit
        fields = (
            "analyte",
            "method",
            "sex",
            "age_from",
            "age_below",
            "lower",
            "upper",
            "valid_from",
            "valid_to",
        )
        widgets = {
            "method": forms.TextInput(attrs={"size": 12}),
            "age_from": forms.NumberInput(attrs={"size": 3, "min": 0, "max": 120}),
            "age_below": forms.NumberInput(attrs={"size": 3, "min": 0, "max": 121}),
        }

    def _get_validation_exclusions(self) -> set[str]:
        """The numbers have been read; the model's field counts the letters of a text."""
        known: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]
        return {*known, "lower", "upper"}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        lower, upper = data.get("lower"), data.get("upper")
        if not self.errors and lower is None and upper is None:
            raise ValidationError(_("Write a lower or an upper limit."), code="no_limit")
        if lower is not None and upper is not None and lower >= upper:
            self.add_error("upper", _("The upper limit must be higher than the lower one."))
        _in_order(self, "age_from", "age_below", _("This age must be higher than the first one."))
        first, last = data.get("valid_from"), data.get("valid_to")
        if first and last and last < first:
            self.add_error("valid_to", _("The last day must not lie before the first one."))
        return data


def _in_order(form: forms.ModelForm[Any], first: str, second: str, error: Any) -> None:
    start, end = form.cleaned_data.get(first), form.cleaned_data.get(second)
    if start is not None and end is not None and end <= start:
        form.add_error(second, error)


class ReferenceLimitFormSet(BaseInlineFormSet[ReferenceLimit, Any, Any]):
    """For one person and one day there is one row of each analysis."""

    def clean(self) -> None:
        super().clean()
        kept = [
            form
            for form in self.forms
            if form.is_valid() and form.cleaned_data and not form.cleaned_data.get("DELETE")
        ]
        for one, other in combinations(kept, 2):
            if _overlap(one.instance, other.instance):
                other.add_error(
                    "valid_from",
                    _(
                        "Another row holds for the same analysis, sex and age at the same time. "
                        "End that one first."
                    ),
                )


def _overlap(one: ReferenceLimit, other: ReferenceLimit) -> bool:
    same = (one.analyte, one.sex) == (other.analyte, other.sex)
    ages = one.age_from < (other.age_below or 999) and other.age_from < (one.age_below or 999)
    days = one.valid_from <= (other.valid_to or date.max) and other.valid_from <= (
        one.valid_to or date.max
    )
    return same and ages and days


def unlikely(limit: ReferenceLimit) -> Iterator[str]:
    """Limits outside what a result may be: stored, since a laboratory decides, but warned of."""
    ranges = editions()[-1].plausible
    allowed = ranges[Analyte(limit.analyte)]
    for value in (limit.lower, limit.upper):
        if value is not None and value and not allowed.lowest <= value <= allowed.highest:
            yield f"{wording.ANALYTES[Analyte(limit.analyte)]}: {number(value)}"
