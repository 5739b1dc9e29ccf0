"""Form fields for what a laboratory prints. They end in the types of ``guideline``.

A text that cannot be read is refused with the same :class:`InputError` that the JSON contract
gives, so that the page and the command say the same about it.
"""

import re
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from . import wording
from .guideline.case import InputError
from .guideline.quantity import (
    Comparator,
    Conversion,
    NotANumberError,
    Quantity,
    UnknownUnitError,
    convert,
    parse_number,
    units_of,
)
from .guideline.vocabulary import Analyte, ErrorCode

_SHOWN = 40
_VALUE_WITH_UNIT = re.compile(r"(.*?[0-9])\s*([A-Za-zµμ].*)")
_DATE_FORMATS = ("%Y-%m-%d", "%d.%m.%Y", "%d.%m.%y")


class RefusedError(ValidationError):
    """An error sentence that remembers what was refused."""

    def __init__(self, refused: InputError) -> None:
        super().__init__(wording.error_message(refused), code=refused.code)
        self.refused = refused


class Result(NamedTuple):
    """A laboratory value in the analyte's own unit; ``conversion`` when it came in another."""

    quantity: Quantity
    conversion: Conversion | None


class NumberField(forms.Field):
    """A plain number (age, weeks): comma or point, no comparator."""

    def __init__(self, *, key: str, **options: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        super().__init__(required=False, widget=widget, **options)
        self.key = key

    def clean(self, value: Any) -> Decimal | None:
        text = (value or "").strip()
        if not text:
            return None
        try:
            number, comparator = parse_number(text)
        except NotANumberError:
            comparator = None
        if comparator is not Comparator.EXACT:
            raise RefusedError(InputError(self.key, ErrorCode.NOT_A_NUMBER, text[:_SHOWN]))
        return number


class LabWidget(forms.MultiWidget):
    """The value as text and its unit: ``mma_umol_l`` and ``mma_umol_l_unit``."""

    def __init__(self, units: tuple[str, ...]) -> None:
        text = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        select = forms.Select(choices=[(unit, unit) for unit in units])
        super().__init__({"": text, "unit": select})

    def decompress(self, value: Any) -> list[str]:
        return ["", ""]


class LabField(forms.Field):
    """A laboratory value: ``0,31``, ``<60``, or with its unit, ``406 pg/mL``.

    A unit typed behind the number counts before the chosen one.
    """

    def __init__(self, analyte: Analyte, *, key: str = "", **options: Any) -> None:
        self.analyte, self.key = analyte, key or analyte.value
        self.units = units_of(analyte)
        super().__init__(required=False, widget=LabWidget(self.units), **options)

    def clean(self, value: Any) -> Result | None:
        text, unit = (part or "" for part in value or ("", ""))
        if unit and unit not in self.units:
            raise ValidationError("unit", code="invalid_choice")
        if not text.strip():
            return None
        return self._read(text.strip(), unit or self.units[0])

    def has_changed(self, initial: Any, data: Any) -> bool:
        """A chosen unit without a value is nothing entered."""
        return bool(data and data[0] and data[0].strip())

    def _read(self, text: str, unit: str) -> Result:
        typed = _VALUE_WITH_UNIT.fullmatch(text)
        number_text, unit = typed.groups() if typed else (text, unit)
        try:
            number, comparator = parse_number(number_text)
            given = Quantity(number, unit, comparator)
            quantity, factor = convert(self.analyte, given)
        except NotANumberError:
            raise self._refused(ErrorCode.NOT_A_NUMBER, text) from None
        except UnknownUnitError:
            raise self._refused(ErrorCode.UNKNOWN_UNIT, unit) from None
        converted = Conversion(self.key, given, quantity, factor)
        return Result(quantity, converted if factor != 1 else None)

    def _refused(self, code: ErrorCode, given: str) -> RefusedError:
        return RefusedError(InputError(self.key, code, given[:_SHOWN]))


class DayField(forms.Field):
    """A date that has been, as ``2026-11-22`` or ``22.11.2026``."""

    def __init__(self, **options: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date"})
        super().__init__(required=False, widget=widget, **options)

    def clean(self, value: Any) -> date | None:
        text = (value or "").strip()
        if not text:
            return None
        for pattern in _DATE_FORMATS:
            try:
                return datetime.strptime(text, pattern).date()  # noqa: DTZ007 - a date has no zone
            except ValueError:
                continue
        raise ValidationError(
            _("“%(given)s” is not a date. Write day, month and year, for example 22.11.2026."),
            code="not_a_date",
            params={"given": text[:_SHOWN]},
        )
