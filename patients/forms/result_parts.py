"""What the forms about results share: laboratory, sample date, limits, and what cannot be right."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.formats import get_format
from django.utils.translation import gettext_lazy as _

from interpretation import wording
from interpretation.fields import NumberField, RefusedError
from interpretation.fields import Result as Read
from interpretation.guideline.case import Case, Results
from interpretation.guideline.edition import edition_for
from interpretation.guideline.plausibility import refusals
from interpretation.guideline.quantity import UNITS
from interpretation.guideline.vocabulary import ANALYTE_OF_LIMIT, Analyte, ErrorCode, LimitKey

from ..models import Laboratory, LimitSource

REQUIRED = ValidationError(_("This field is required."), code="required")
_FUTURE = ValidationError(
    _("The sample date lies in the future. Correct the date."), code="future_date"
)


def usual(laboratories: QuerySet[Laboratory]) -> Laboratory | None:
    return next((one for one in laboratories if one.is_default), None)


def laboratory_field() -> Any:
    return forms.ModelChoiceField(
        queryset=Laboratory.objects.none(),
        label=_("Laboratory"),
        required=False,
        empty_label=_("Not stated"),
        help_text=_("Its list of limits is used where no limits are printed."),
    )


class OfLaboratory:
    """Shared by the three forms: the practice's laboratories, and a date that has been."""

    fields: dict[str, Any]
    cleaned_data: dict[str, Any]
    today: date

    def choose_from(self, laboratories: QuerySet[Laboratory]) -> None:
        self.fields["laboratory"].queryset = laboratories
        self.fields["laboratory"].initial = usual(laboratories)

    def clean_sampled_on(self) -> date | None:
        day: date | None = self.cleaned_data["sampled_on"]
        if day is not None and day > self.today:
            raise _FUTURE
        return day


def as_typed(read: Read) -> str:
    """The value with the unit that was typed or chosen."""
    given = read.conversion.given if read.conversion else read.quantity
    return f"{given} {given.unit}"


def point() -> str:
    return str(get_format("DECIMAL_SEPARATOR"))


def limit_field(key: Analyte, end: str) -> NumberField:
    label = _("Lower limit, if printed") if end == "lower" else _("Upper limit, if printed")
    return NumberField(key=f"{end}_{key}", label=label, help_text=wording.unit(UNITS[key]))


def limit_source(lower: Decimal | None, upper: Decimal | None) -> str:
    return LimitSource.ANSWER if lower is not None or upper is not None else ""


def check_values(
    form: forms.Form, values: dict[Analyte, Read], today: date, field: str = ""
) -> None:
    """What cannot be right is refused at its field, as on the open page."""
    results = Results({key: read.quantity for key, read in values.items()})
    for error in refusals(Case(as_of=today, results=results), edition_for(today)):
        if error.code is ErrorCode.IMPLAUSIBLE_VALUE and error.field in values:
            form.add_error(field or error.field, RefusedError(error))


def check_limits(
    form: forms.Form,
    names: tuple[str, str],
    key: Analyte,
    ends: tuple[Decimal | None, Decimal | None],
    today: date,
) -> None:
    """Limits of one analysis, in fields with these names."""
    (lower_name, upper_name), (lower, upper) = names, ends
    if lower is not None and upper is not None and lower >= upper:
        form.add_error(upper_name, _("The upper limit must be higher than the lower one."))
        return
    stated: dict[LimitKey, Decimal] = {}
    for limit_key, of in ANALYTE_OF_LIMIT.items():
        limit = lower if "_lower_" in limit_key else upper
        if of is key and limit is not None:
            stated[limit_key] = limit
    for error in refusals(Case(as_of=today, local_limits=stated), edition_for(today)):
        if error.field in stated:
            name = lower_name if "_lower_" in error.field else upper_name
            form.add_error(name, RefusedError(error))
