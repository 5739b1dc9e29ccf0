"""Laboratory values: a decimal number with its comparator and its unit.

A result printed as ``<60`` is not 60. The comparator is kept through every comparison, and a
comparison has three answers: yes, no, or cannot say (``None``), reading A21. Nothing is rounded.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from .vocabulary import Analyte, plain_members


@plain_members
class Comparator(StrEnum):
    EXACT = ""
    LESS = "<"
    AT_MOST = "≤"
    MORE = ">"
    AT_LEAST = "≥"


class NotANumberError(ValueError):
    """The text is not one unambiguous number, with or without a comparator."""


class UnknownUnitError(ValueError):
    """The unit cannot be converted exactly to the unit in which the analyte is compared."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with comparator and unit. The methods ask what is true of the *real* concentration
    that the laboratory's answer stands for."""

    value: Decimal
    unit: str
    comparator: Comparator = Comparator.EXACT

    def below(self, limit: Decimal) -> bool | None:
        """Is the concentration strictly below ``limit``?"""
        comparator, value = self.comparator, self.value
        if not comparator:
            return value < limit
        if comparator is Comparator.LESS:
            return True if value <= limit else None
        if comparator is Comparator.AT_MOST:
            return True if value < limit else None
        return False if value >= limit else None

    def above(self, limit: Decimal) -> bool | None:
        """Is the concentration strictly above ``limit``?"""
        comparator, value = self.comparator, self.value
        if not comparator:
            return value > limit
        if comparator is Comparator.MORE:
            return True if value >= limit else None
        if comparator is Comparator.AT_LEAST:
            return True if value > limit else None
        return False if value <= limit else None

    def equals(self, limit: Decimal) -> bool:
        """Is it an exact value that lies on ``limit``?"""
        return not self.comparator and self.value == limit

    def __str__(self) -> str:
        return f"{self.comparator}{self.value:f}"


_COMPARATORS = {
    "": Comparator.EXACT,
    "<": Comparator.LESS,
    "<=": Comparator.AT_MOST,
    "≤": Comparator.AT_MOST,
    ">": Comparator.MORE,
    ">=": Comparator.AT_LEAST,
    "≥": Comparator.AT_LEAST,
}
_SPACES = " \u00a0\u2009\u202f"
_NUMBER = re.compile(
    rf"(<=|>=|<|>|≤|≥)?[{_SPACES}]*"
    rf"(-?(?:[0-9]{{1,3}}(?:[{_SPACES}][0-9]{{3}})+|[0-9]+)(?:[.,][0-9]+)?)"
)
_LONGEST_NUMBER = 24


def parse_number(text: str) -> tuple[Decimal, Comparator]:
    """Read a number as a Norwegian laboratory prints it: ``6,5``, ``6.5``, ``1 234,5``, ``<60``.

    Comma and point both mean the decimal sign; a (no-break or thin) space groups thousands. A
    mixture such as ``1.234,5`` is ambiguous and refused, like full-width digits and any other text.
    Raises :class:`NotANumberError`.
    """
    stripped = text.strip()
    match = _NUMBER.fullmatch(stripped) if len(stripped) <= _LONGEST_NUMBER else None
    if match is None:
        raise NotANumberError(text)
    digits = match[2].translate({ord(space): None for space in _SPACES})
    return Decimal(digits.replace(",", ".")), _COMPARATORS[match[1] or ""]


UNITS: dict[Analyte, str] = {
    Analyte.TOTAL_B12: "pmol/L",
    Analyte.ACTIVE_B12: "pmol/L",
    Analyte.MMA: "µmol/L",
    Analyte.HOMOCYSTEINE: "µmol/L",
    Analyte.FOLATE: "nmol/L",
    Analyte.HAEMOGLOBIN: "g/dL",
    Analyte.MCV: "fL",
    Analyte.MCH: "pg",
    Analyte.FERRITIN: "µg/L",
    Analyte.RETICULOCYTES: "10⁹/L",
    Analyte.CREATININE: "µmol/L",
    Analyte.EGFR: "mL/min/1.73 m²",
    Analyte.LEUKOCYTES: "10⁹/L",
    Analyte.PLATELETS: "10⁹/L",
    Analyte.LD: "U/L",
    Analyte.HAPTOGLOBIN: "g/L",
    Analyte.POTASSIUM: "mmol/L",
    Analyte.GASTRIN: "pmol/L",
}
"""The unit in which each analyte is compared."""

_B12_FACTORS = {"pg/mL": Decimal("0.7378"), "ng/L": Decimal("0.7378"), "nmol/L": Decimal(1000)}
_METABOLITE_FACTORS = {"nmol/L": Decimal("0.001"), "mmol/L": Decimal(1000)}

FACTORS: dict[Analyte, dict[str, Decimal]] = {
    Analyte.TOTAL_B12: _B12_FACTORS,
    Analyte.ACTIVE_B12: _B12_FACTORS,
    Analyte.MMA: {**_METABOLITE_FACTORS, "ng/mL": Decimal("0.008470")},
    Analyte.HOMOCYSTEINE: {**_METABOLITE_FACTORS, "mg/L": Decimal("7.397")},
    Analyte.FOLATE: {"ng/mL": Decimal("2.266"), "µg/L": Decimal("2.266")},
    Analyte.HAEMOGLOBIN: {"g/L": Decimal("0.1"), "mmol/L": Decimal("1.611")},
    Analyte.CREATININE: {"mg/dL": Decimal("88.4")},
    Analyte.FERRITIN: {"ng/mL": Decimal(1)},
}
"""Exact factors from another unit to the analyte's own (not from the guideline, A20, A35)."""


def _fold(unit: str) -> str:
    # Folding the case has made a Greek mu of the micro sign.
    folded = unit.strip().casefold().replace("μ", "u").replace("mcg", "ug")
    return folded.replace(" ", "").replace("\u00a0", "")


_SPELLINGS: dict[Analyte, dict[str, str]] = {
    analyte: {_fold(unit): unit for unit in (own, *FACTORS.get(analyte, {}))}
    for analyte, own in UNITS.items()
}
for _cells in (Analyte.RETICULOCYTES, Analyte.LEUKOCYTES, Analyte.PLATELETS):
    _SPELLINGS[_cells] |= {
        _fold(text): "10⁹/L" for text in ("10^9/L", "10*9/L", "x10⁹/L", "10E9/L")
    }
_SPELLINGS[Analyte.EGFR] |= {
    _fold(text): UNITS[Analyte.EGFR]
    for text in ("mL/min/1,73 m²", "mL/min/1.73m2", "mL/min/1,73m2", "mL/min")
}


class Conversion(NamedTuple):
    """A value that came in another unit: shown to the doctor, who confirms it."""

    field: str
    given: Quantity
    converted: Quantity
    factor: Decimal


def units_of(analyte: Analyte) -> tuple[str, ...]:
    """The analyte's own unit first, then those that convert to it."""
    return (UNITS[analyte], *FACTORS.get(analyte, {}))


def convert(analyte: Analyte, given: Quantity) -> tuple[Quantity, Decimal]:
    """``given`` in the analyte's own unit, and the exact factor used (1 when nothing changed).

    Raises :class:`UnknownUnitError`.
    """
    unit = _SPELLINGS[analyte].get(_fold(given.unit))
    own = UNITS[analyte]
    if unit is None:
        raise UnknownUnitError(given.unit)
    if unit == own:
        return Quantity(given.value, own, given.comparator), Decimal(1)
    factor = FACTORS[analyte][unit]
    return Quantity(_without_zeros(given.value * factor), own, given.comparator), factor


def _without_zeros(value: Decimal) -> Decimal:
    """The same number without the zeros that multiplying has appended."""
    whole = value.to_integral_value()
    return whole if value == whole else value.normalize()
