"""Which limits apply to a result.

Those printed with the answer; else the laboratory's own list for the analysis, the sex, the age and
the sample date; else default limits, which are labelled as not from the guideline. Anaemia in
pregnancy has a limit of its own, which is the guideline core's business.
"""

import tomllib
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import NamedTuple

from interpretation.guideline.quantity import UNITS
from interpretation.guideline.vocabulary import ANALYTE_OF_LIMIT, Analyte, LimitKey

from ..models import LimitSource, Patient, ReferenceLimit, Result

DEFAULTS = Path(__file__).parent / "default_limits.toml"
_ADULT = 18


class Limits(NamedTuple):
    lower: Decimal | None = None
    upper: Decimal | None = None
    source: str = ""


class DefaultLimit(NamedTuple):
    """One row of ``default_limits.toml``: for whom, the limits, and where they were published."""

    sex: str
    age_from: int
    age_below: int | None
    lower: Decimal | None
    upper: Decimal | None
    source: str

    def fits(self, sex: str, age: int) -> bool:
        return (
            self.sex in {"", sex}
            and self.age_from <= age
            and (self.age_below is None or age < self.age_below)
        )


NO_LIMITS = Limits()


def age_on(birth_date: date, day: date) -> int:
    """Whole years. Somebody born on 29 February has the birthday on 1 March in other years."""
    return day.year - birth_date.year - ((day.month, day.day) < (birth_date.month, birth_date.day))


@cache
def default_limits() -> Mapping[Analyte, tuple[DefaultLimit, ...]]:
    """Raises ``ValueError`` or ``TypeError`` for a file with a key that is not known."""
    rows: dict[Analyte, tuple[DefaultLimit, ...]] = {}
    for key, listed in tomllib.loads(DEFAULTS.read_text(encoding="utf-8")).items():
        rows[Analyte(key)] = tuple(_default(**row) for row in listed)
    return rows


def _default(
    *,
    source: str,
    sex: str = "",
    age_from: int = _ADULT,
    age_below: int | None = None,
    lower: str | None = None,
    upper: str | None = None,
) -> DefaultLimit:
    low, high = (None if text is None else Decimal(text) for text in (lower, upper))
    return DefaultLimit(sex, age_from, age_below, low, high, source)


def laboratory_rows(laboratory: int | None, codes: Iterable[str]) -> list[ReferenceLimit]:
    """A laboratory's list for these analyses, of all times; one query."""
    if laboratory is None:
        return []
    return list(ReferenceLimit.objects.filter(laboratory=laboratory, analyte__in=set(codes)))


def limits_for(
    code: str, patient: Patient, sampled_on: date, rows: Iterable[ReferenceLimit]
) -> Limits:
    """The limits of a result that came without: the laboratory's (``rows``), else the default."""
    age = age_on(patient.birth_date, sampled_on)
    own = [row for row in rows if row.analyte == code and _applies(row, patient.sex, age)]
    own = [row for row in own if row.in_force(sampled_on)]
    if own:
        row = max(own, key=lambda row: (row.sex != "", row.valid_from))
        return Limits(row.lower, row.upper, LimitSource.LABORATORY)
    if code not in UNITS:
        return NO_LIMITS
    for default in default_limits().get(Analyte(code), ()):
        if default.fits(patient.sex, age):
            return Limits(default.lower, default.upper, LimitSource.DEFAULT)
    return NO_LIMITS


def _applies(row: ReferenceLimit, sex: str, age: int) -> bool:
    return (
        row.sex in {"", sex}
        and row.age_from <= age
        and (row.age_below is None or age < row.age_below)
    )


def limit_fields(results: Iterable[Result]) -> dict[LimitKey, Decimal]:
    """What the case form takes as the laboratory's own limits, from one result for each analysis.

    Default limits are left out: what holds where the laboratory says nothing is the core's to know.
    """
    own = {
        result.code: result
        for result in results
        if result.limit_source in {LimitSource.ANSWER, LimitSource.LABORATORY}
    }
    fields: dict[LimitKey, Decimal] = {}
    for key, analyte in ANALYTE_OF_LIMIT.items():
        if analyte in own:
            limit = own[analyte].lower_limit if "_lower_" in key else own[analyte].upper_limit
            if limit is not None:
                fields[key] = limit
    return fields
