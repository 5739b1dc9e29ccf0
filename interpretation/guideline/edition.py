"""The numbers of one edition of the guideline, read from ``editions/<id>.toml``.

Every number stands there with value, unit, statement or reading, section, and whether the guideline
states it. The loader refuses a file that says too little or too much and names the place.
"""

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from .calendar_time import add
from .quantity import UNITS
from .vocabulary import ANALYTE_OF_LIMIT, B12_MARKERS, Analyte, ControlTime, Regimen

EDITIONS = Path(__file__).parent / "editions"
_UNITS = frozenset(UNITS.values()) | {"years", "months", "weeks", "days", "%", "mg", "µg"}
_TIME_UNITS = frozenset({"days", "weeks", "months", "years"})


class EditionError(ValueError):
    """The edition file cannot be used; the message names the file, the place and the fault."""


class LimitSource(StrEnum):
    GUIDELINE = "guideline"
    LOCAL = "local"
    DEFAULT = "default"


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit as used in a comparison: where it comes from decides how it is labelled."""

    key: str
    value: Decimal
    unit: str
    source: LimitSource


@dataclass(frozen=True, slots=True)
class Parameter:
    """One number of the edition. ``sources`` are statements (G38) or readings (A26)."""

    key: str
    value: Decimal
    limit: Limit
    sources: tuple[str, ...]
    section: str
    from_guideline: bool


@dataclass(frozen=True, slots=True)
class Parameters:
    """Every number that a rule may use; the file must hold exactly these."""

    adult_age: Parameter
    total_b12_lower: Parameter
    total_b12_lower_uncertain_to: Parameter
    total_b12_low: Parameter
    total_b12_high: Parameter
    active_b12_low: Parameter
    active_b12_high: Parameter
    active_over_total_percent: Parameter
    mma_upper: Parameter
    mma_upper_older: Parameter
    mma_older_age: Parameter
    mma_certain: Parameter
    mma_renal_ceiling: Parameter
    homocysteine_borderline_from: Parameter
    homocysteine_isolated: Parameter
    egfr_reduced: Parameter
    creatinine_upper: Parameter
    folate_lower: Parameter
    ferritin_lower_female: Parameter
    ferritin_lower_male: Parameter
    haemoglobin_lower_female: Parameter
    haemoglobin_lower_male: Parameter
    haemoglobin_lower_pregnant: Parameter
    haemoglobin_pronounced_anaemia: Parameter
    mcv_upper: Parameter
    mch_upper: Parameter
    leukocytes_lower: Parameter
    platelets_lower_female: Parameter
    platelets_lower_male: Parameter
    ld_upper: Parameter
    ld_upper_older: Parameter
    ld_older_age: Parameter
    ld_very_high: Parameter
    haptoglobin_lower: Parameter
    reticulocytes_lower: Parameter
    reticulocytes_upper: Parameter
    potassium_lower: Parameter
    trial_weeks: Parameter
    early_control_weeks: Parameter
    late_control_weeks: Parameter
    long_term_weeks: Parameter
    neuro_recovery_weeks: Parameter
    mma_fall_percent: Parameter
    haemoglobin_rise_percent: Parameter


@dataclass(frozen=True, slots=True)
class Range:
    """Lowest and highest plausible value; outside it a value is refused (never from the
    guideline)."""

    lowest: Decimal
    highest: Decimal


@dataclass(frozen=True, slots=True)
class Dose:
    """One phase of a regimen. ``amount`` is ``None`` where the guideline names no dose;
    ``duration`` is ``None`` for maintenance. ``per`` is (from, to, unit) of the interval."""

    drug: str
    route: str
    amount: Decimal | None
    amount_to: Decimal | None
    unit: str
    per: tuple[int, int, str]
    duration: tuple[int, str] | None
    from_guideline: bool


@dataclass(frozen=True, slots=True)
class RegimenDefinition:
    sources: tuple[str, ...]
    section: str
    doses: tuple[Dose, ...]


@dataclass(frozen=True, slots=True)
class ControlWindow:
    """When a control falls, counted from the start in calendar units; ``repeats`` for controls
    that come back."""

    earliest: int
    latest: int
    unit: str
    repeats: bool
    sources: tuple[str, ...]
    section: str
    from_guideline: bool

    def earliest_from(self, start: date) -> date:
        return add(start, self.earliest, self.unit)

    def latest_from(self, start: date) -> date:
        return add(start, self.latest, self.unit)


@dataclass(frozen=True, slots=True)
class Edition:
    id: str
    valid_from: date
    parameters: Parameters
    plausible: Mapping[str, Range]
    regimens: Mapping[Regimen, RegimenDefinition]
    controls: Mapping[ControlTime, ControlWindow]
    checksum: str


@dataclass(frozen=True, slots=True)
class _Place:
    """A table of the file that is being read, so that each refusal can name where it stands."""

    file: str
    name: str
    table: Mapping[str, Any]

    def fail(self, fault: str) -> EditionError:
        return EditionError(f"{self.file} [{self.name}]: {fault}")

    def check_keys(self, required: set[str], optional: frozenset[str] = frozenset()) -> None:
        missing, unknown = required - self.table.keys(), self.table.keys() - required - optional
        if missing or unknown:
            words = [f"missing key {key}" for key in sorted(missing)]
            words += [f"unknown key {key}" for key in sorted(unknown)]
            raise self.fail(", ".join(words))

    def number(self, key: str) -> Decimal:
        """Numbers stand as text, so that they are exact decimals."""
        text = self.table[key]
        try:
            number = Decimal(text) if isinstance(text, str) else None
        except InvalidOperation:
            number = None
        if number is None or not number.is_finite():
            raise self.fail(f"{key} is not a decimal number in quotes")
        return number

    def source(self) -> tuple[tuple[str, ...], str]:
        sources, section = self.table["sources"], self.table["section"]
        known = isinstance(sources, list) and all(
            isinstance(source, str) and source[:1] in {"G", "A"} and source[1:].isdigit()
            for source in sources
        )
        if not known or not sources or not section:
            raise self.fail("needs sources like G38 or A16 and a section")
        return tuple(sources), section

    def from_guideline(self) -> bool:
        flag = self.table["from_guideline"]
        if not isinstance(flag, bool):
            raise self.fail("from_guideline is true or false")
        return flag


def _parameter(place: _Place, key: str) -> Parameter:
    place.check_keys({"value", "unit", "sources", "section", "from_guideline"}, frozenset({"note"}))
    unit = place.table["unit"]
    if unit not in _UNITS:
        raise place.fail(f"unknown unit {unit!r}")
    sources, section = place.source()
    stated = place.from_guideline()
    source = LimitSource.GUIDELINE if stated else LimitSource.DEFAULT
    value = place.number("value")
    limit = Limit(key, value, unit, source)
    return Parameter(key, value, limit, sources, section, stated)


def _parameters(file: str, tables: Mapping[str, Any]) -> Parameters:
    names = {field.name for field in fields(Parameters)}
    _Place(file, "parameter", tables).check_keys(names)
    return Parameters(
        **{
            name: _parameter(_Place(file, f"parameter.{name}", tables[name]), name)
            for name in names
        }
    )


def _ranges(file: str, tables: Mapping[str, Any]) -> Mapping[str, Range]:
    top = _Place(file, "plausible", tables)
    numbers = {"as_of", "age", "weeks_since_start", "stopped_months_ago"}
    markers = {key for key, analyte in ANALYTE_OF_LIMIT.items() if analyte in B12_MARKERS}
    top.check_keys({*Analyte, *numbers, *markers})
    ranges = {}
    for name, table in tables.items():
        place = _Place(file, f"plausible.{name}", table)
        place.check_keys({"lowest", "highest", "unit"})
        if place.table["unit"] not in _UNITS:
            raise place.fail(f"unknown unit {place.table['unit']!r}")
        ranges[name] = Range(place.number("lowest"), place.number("highest"))
        if ranges[name].lowest >= ranges[name].highest:
            raise place.fail("lowest must be below highest")
    return ranges


def _dose(place: _Place) -> Dose:
    place.check_keys(
        {"drug", "route", "per", "from_guideline"},
        frozenset({"amount", "amount_to", "unit", "duration", "note"}),
    )
    table = place.table
    if table["route"] not in {"im", "oral"}:
        raise place.fail(f"unknown route {table['route']!r}")
    if ("amount" in table) != ("unit" in table) or table.get("unit", "mg") not in _UNITS:
        raise place.fail("amount needs a known unit")
    first, last, unit = table["per"]
    duration = tuple(table["duration"]) if "duration" in table else None
    if {unit, duration[1] if duration else unit} - _TIME_UNITS:
        raise place.fail("unknown time unit")
    return Dose(
        table["drug"],
        table["route"],
        place.number("amount") if "amount" in table else None,
        place.number("amount_to") if "amount_to" in table else None,
        table.get("unit", ""),
        (first, last, unit),
        duration,
        place.from_guideline(),
    )


def _regimens(file: str, tables: Mapping[str, Any]) -> Mapping[Regimen, RegimenDefinition]:
    _Place(file, "regimen", tables).check_keys({*Regimen})
    regimens = {}
    for name, table in tables.items():
        place = _Place(file, f"regimen.{name}", table)
        place.check_keys({"sources", "section", "doses"})
        sources, section = place.source()
        doses = tuple(
            _dose(_Place(file, f"regimen.{name}.doses[{number}]", dose))
            for number, dose in enumerate(table["doses"])
        )
        regimens[Regimen(name)] = RegimenDefinition(sources, section, doses)
    return regimens


def _controls(file: str, tables: Mapping[str, Any]) -> Mapping[ControlTime, ControlWindow]:
    _Place(file, "control", tables).check_keys({*ControlTime})
    controls = {}
    for name, table in tables.items():
        place = _Place(file, f"control.{name}", table)
        place.check_keys(
            {"earliest", "latest", "unit", "sources", "section", "from_guideline"},
            frozenset({"repeats", "note"}),
        )
        if table["unit"] not in _TIME_UNITS or table["earliest"] > table["latest"]:
            raise place.fail("needs a known time unit and earliest before latest")
        controls[ControlTime(name)] = ControlWindow(
            table["earliest"],
            table["latest"],
            table["unit"],
            table.get("repeats", False),
            *place.source(),
            place.from_guideline(),
        )
    return controls


def read_edition(text: str, file: str) -> Edition:
    """Parse and check one edition. Raises :class:`EditionError`."""
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise EditionError(f"{file}: {error}") from None
    top = _Place(file, "top", tables)
    top.check_keys({"id", "valid_from", "parameter", "plausible", "regimen", "control"})
    if not isinstance(tables["valid_from"], date):
        raise top.fail("valid_from is a date")
    return Edition(
        tables["id"],
        tables["valid_from"],
        _parameters(file, tables["parameter"]),
        _ranges(file, tables["plausible"]),
        _regimens(file, tables["regimen"]),
        _controls(file, tables["control"]),
        hashlib.sha256(text.encode()).hexdigest(),
    )


@cache
def load_edition(name: str) -> Edition:
    """The edition with this id. Raises :class:`EditionError` when there is no such file."""
    path = EDITIONS / f"{name}.toml"
    if not path.is_file():
        raise EditionError(f"{path.name}: no such edition")
    return read_edition(path.read_text(encoding="utf-8"), path.name)


@cache
def editions() -> tuple[Edition, ...]:
    """All editions, the oldest first."""
    loaded = (load_edition(path.stem) for path in EDITIONS.glob("*.toml"))
    return tuple(sorted(loaded, key=lambda edition: edition.valid_from))


def edition_for(as_of: date) -> Edition:
    """The edition in force on the date of the decision; before the first one, the first."""
    known = editions()
    return next((edition for edition in reversed(known) if edition.valid_from <= as_of), known[0])
