"""Reading: one JSON case into a ``Case``.

Reading never raises for a wrong value: it is refused with an ``InputError`` on its key, and the
rest of the case goes on to the guideline. Only what is not a case at all raises ``NotACaseError``.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeVar

from ..guideline.case import Case, InputError, Results, TreatmentStatus
from ..guideline.quantity import (
    UNITS,
    Comparator,
    Conversion,
    NotANumberError,
    Quantity,
    UnknownUnitError,
    convert,
    parse_number,
)
from ..guideline.vocabulary import (
    MEGALOBLASTIC_FINDINGS,
    Analyte,
    BloodSmear,
    ErrorCode,
    LimitKey,
    NeuroCourse,
    OngoingFolate,
    OngoingRegimen,
    Pathway,
    Preference,
    Regimen,
    Risk,
    Serology,
    Sex,
    Symptom,
)

Json = Any
Code = TypeVar("Code", bound=StrEnum)

LARGEST_EXPONENT = 12
_LONGEST_ECHO = 60


class NotACaseError(ValueError):
    """The JSON is readable but is not a case; the message says what was found instead."""


def parse_json(text: str) -> Json:
    """Read JSON with every number as an exact decimal. Raises ``ValueError`` with one line."""
    try:
        return json.loads(text, parse_float=Decimal, parse_int=Decimal)
    except RecursionError:
        raise ValueError("the JSON is nested too deeply") from None


def safe(text: str) -> str:
    """Half of a surrogate pair is readable JSON but no UTF-8: it is echoed escaped."""
    return text.encode("utf-8", "backslashreplace").decode()


class _Reader:
    """Reads one case and collects what had to be refused."""

    def __init__(self) -> None:
        self.refused: list[InputError] = []
        self.conversions: list[Conversion] = []

    def refuse(self, field: str, code: ErrorCode, given: Json) -> None:
        """What was given is echoed: a text or a number as it is, anything else as JSON."""
        plain = isinstance(given, str | Decimal)
        text = str(given) if plain else json.dumps(given, default=str)
        self.refused.append(InputError(safe(field), code, safe(text[:_LONGEST_ECHO])))

    def flag(self, data: Mapping[str, Json], key: str, prefix: str = "") -> bool | None:
        value = data.get(key)
        if value is None or isinstance(value, bool):
            return value
        self.refuse(f"{prefix}{key}", ErrorCode.UNKNOWN_CODE, value)
        return None

    def code(
        self, data: Mapping[str, Json], key: str, kind: type[Code], prefix: str = ""
    ) -> Code | None:
        value = data.get(key)
        if value is None:
            return None
        if isinstance(value, str) and value in kind._value2member_map_:
            return kind(value)
        self.refuse(f"{prefix}{key}", ErrorCode.UNKNOWN_CODE, value)
        return None

    def regimen(self, table: Mapping[str, Json]) -> Regimen | OngoingRegimen | None:
        """A regimen that can be prescribed, or one that only describes what is given."""
        value = table.get("regimen")
        if isinstance(value, str) and value in OngoingRegimen._value2member_map_:
            return OngoingRegimen(value)
        return self.code(table, "regimen", Regimen)

    def codes(self, data: Mapping[str, Json], key: str, kind: type[Code]) -> frozenset[Code]:
        values = data.get(key)
        if values is None:
            return frozenset()
        if not isinstance(values, list):
            self.refuse(key, ErrorCode.UNKNOWN_CODE, values)
            return frozenset()
        known = [v for v in values if isinstance(v, str) and v in kind._value2member_map_]
        for value in values:
            if value not in known:
                self.refuse(key, ErrorCode.UNKNOWN_CODE, value)
        return frozenset(kind(value) for value in known)

    def number(self, field: str, value: Json) -> tuple[Decimal, Comparator] | None:
        """A JSON number, or a text as a laboratory prints it."""
        if isinstance(value, Decimal) and value.is_finite():
            if abs(value.adjusted()) <= LARGEST_EXPONENT:
                return value, Comparator.EXACT
            self.refuse(field, ErrorCode.IMPLAUSIBLE_VALUE, value)
            return None
        if isinstance(value, str):
            try:
                return parse_number(value)
            except NotANumberError:
                pass
        self.refuse(field, ErrorCode.NOT_A_NUMBER, value)
        return None

    def plain_number(self, data: Mapping[str, Json], key: str) -> Decimal | None:
        """A number without comparator, such as an age."""
        if data.get(key) is None:
            return None
        read = self.number(key, data[key])
        if read is None:
            return None
        if read[1]:
            self.refuse(key, ErrorCode.NOT_A_NUMBER, data[key])
            return None
        return read[0]

    def quantity(self, field: str, analyte: Analyte, value: Json) -> Quantity | None:
        unit: Json = UNITS[analyte]
        if isinstance(value, Mapping):
            if not value.keys() <= {"value", "unit"} or "value" not in value:
                self.refuse(field, ErrorCode.NOT_A_NUMBER, value)
                return None
            unit, value = value.get("unit", unit), value["value"]
        read = self.number(field, value)
        if read is None:
            return None
        if not isinstance(unit, str):
            self.refuse(field, ErrorCode.UNKNOWN_UNIT, unit)
            return None
        return self.in_own_unit(field, analyte, Quantity(read[0], unit, read[1]))

    def in_own_unit(self, field: str, analyte: Analyte, given: Quantity) -> Quantity | None:
        try:
            converted, factor = convert(analyte, given)
        except UnknownUnitError:
            self.refuse(field, ErrorCode.UNKNOWN_UNIT, given.unit)
            return None
        if factor != 1:
            self.conversions.append(Conversion(field, given, converted, factor))
        return converted

    def table(self, data: Mapping[str, Json], key: str) -> Mapping[str, Json]:
        value = data.get(key)
        if value is None:
            return {}
        if isinstance(value, dict):
            return value
        self.refuse(key, ErrorCode.UNKNOWN_CODE, value)
        return {}

    def known_keys(self, table: Mapping[str, Json], known: Iterable[str], prefix: str) -> None:
        for key in table.keys() - set(known):
            self.refuse(f"{prefix}{key}", ErrorCode.UNKNOWN_CODE, key)

    def results(self, table: Mapping[str, Json], prefix: str = "") -> Results:
        self.known_keys(table, (*Analyte, *_WORDED), prefix)
        values: dict[Analyte, Quantity] = {}
        for analyte in Analyte:
            if table.get(analyte) is not None:
                read = self.quantity(f"{prefix}{analyte}", analyte, table[analyte])
                if read is not None:
                    values[analyte] = read
        return Results(
            values,
            self.flag(table, "reticulocytosis", prefix),
            self.flag(table, "gastrin_fasting", prefix),
            self.code(table, "anti_if", Serology, prefix),
            self.code(table, "anti_parietal", Serology, prefix),
            self.code(table, "coeliac_serology", Serology, prefix),
            self.blood_smear(table, prefix),
        )

    def blood_smear(self, table: Mapping[str, Json], prefix: str) -> BloodSmear | None:
        """A code, or the list of findings that a laboratory names in a megaloblastic film."""
        value = table.get("blood_smear")
        listed = isinstance(value, list) and all(isinstance(item, str) for item in value)
        if listed and value and set(value) <= MEGALOBLASTIC_FINDINGS:
            return BloodSmear.MEGALOBLASTIC
        return self.code(table, "blood_smear", BloodSmear, prefix)

    def limits(self, table: Mapping[str, Json]) -> dict[LimitKey, Decimal]:
        self.known_keys(table, LimitKey, "")
        read = {key: self.plain_number(table, key) for key in LimitKey}
        return {key: value for key, value in read.items() if value is not None}

    def status(self, data: Mapping[str, Json]) -> TreatmentStatus | None:
        if data.get("treatment_status") is None:
            return None
        table = self.table(data, "treatment_status")
        self.known_keys(table, _STATUS_KEYS, "")
        return TreatmentStatus(
            on_treatment=self.flag(table, "on_treatment"),
            regimen=self.regimen(table),
            weeks_since_start=self.plain_number(table, "weeks_since_start"),
            baseline=self.results(self.table(table, "baseline_labs"), "baseline_labs."),
            baseline_samples=self.flag(table, "baseline_samples"),
            adherence=self.flag(table, "adherence"),
            folate=self.code(table, "folate", OngoingFolate),
            neuro=self.code(table, "neuro", NeuroCourse),
            stable=self.flag(table, "stable"),
            cause_known=self.flag(table, "cause_known"),
            underlying_disease_treated=self.flag(table, "underlying_disease_treated"),
            stopped_months_ago=self.plain_number(table, "stopped_months_ago"),
        )

    def day(self, data: Mapping[str, Json], today: date) -> date:
        value = data.get("as_of")
        if value is None:
            return today
        try:
            return date.fromisoformat(value)
        except (TypeError, ValueError):
            self.refuse("as_of", ErrorCode.NOT_A_NUMBER, value)
            return today


_WORDED = (
    "reticulocytosis",
    "gastrin_fasting",
    "anti_if",
    "anti_parietal",
    "coeliac_serology",
    "blood_smear",
)


_STATUS_KEYS = (
    "on_treatment",
    "regimen",
    "weeks_since_start",
    "baseline_labs",
    "baseline_samples",
    "adherence",
    "folate",
    "neuro",
    "stable",
    "cause_known",
    "underlying_disease_treated",
    "stopped_months_ago",
)


def case_from_json(data: Json, today: date) -> Case:
    """A case given flat or under ``input``; what cannot be read ends in ``case.refused``.

    Raises :class:`NotACaseError`.
    """
    if isinstance(data, dict) and "input" in data:
        data = data["input"]
    if not isinstance(data, dict):
        raise NotACaseError(f"a case is a JSON object, not {type(data).__name__}")
    read = _Reader()
    return Case(
        as_of=read.day(data, today),
        age=read.plain_number(data, "age"),
        sex=read.code(data, "sex", Sex),
        pregnant=read.flag(data, "pregnant"),
        breastfeeding=read.flag(data, "breastfeeding"),
        estrogen_contraception=read.flag(data, "estrogen_contraception"),
        takes_b12_supplement=read.flag(data, "takes_b12_supplement"),
        pathway=read.code(data, "pathway", Pathway),
        symptoms=read.codes(data, "symptoms", Symptom),
        risk_factors=read.codes(data, "risk_factors", Risk),
        results=read.results(read.table(data, "labs")),
        local_limits=read.limits(read.table(data, "lab_limits")),
        treatment_status=read.status(data),
        preference=read.code(data, "preference", Preference),
        patient_declines_treatment=read.flag(data, "patient_declines_treatment"),
        post_operative=read.flag(data, "post_operative"),
        conversions=tuple(read.conversions),
        refused=tuple(read.refused),
    )
