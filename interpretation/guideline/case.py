"""What is known about a patient at a date. ``None`` and absence mean unknown, never "no"."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from .quantity import Conversion, Quantity
from .vocabulary import (
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


class InputError(NamedTuple):
    """A value that was refused. ``field`` is the key of the JSON contract; ``given`` is what stood
    there, in ``unit`` where that is not the analyte's own; ``suggestion`` is a unit that the value
    would fit, or ``None``."""

    field: str
    code: ErrorCode
    given: str = ""
    suggestion: str | None = None
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Results:
    """Laboratory results: numbers in the analyte's own unit, and the answers that are words."""

    values: Mapping[Analyte, Quantity] = field(default_factory=dict)
    reticulocytosis: bool | None = None
    gastrin_fasting: bool | None = None
    anti_if: Serology | None = None
    anti_parietal: Serology | None = None
    coeliac_serology: Serology | None = None
    blood_smear: BloodSmear | None = None

    def get(self, analyte: Analyte) -> Quantity | None:
        return self.values.get(analyte)

    @property
    def is_empty(self) -> bool:
        """Is nothing at all known?"""
        return self == Results()

    def with_antibodies_of(self, before: "Results") -> "Results":
        """What treatment does not take away counts from before it as well: a positive answer of
        either time, else the latest one (G82, A4)."""
        return replace(
            self,
            anti_if=_lasting(before.anti_if, self.anti_if),
            anti_parietal=_lasting(before.anti_parietal, self.anti_parietal),
        )


def _lasting(before: Serology | None, now: Serology | None) -> Serology | None:
    return before if now is None or before is Serology.POSITIVE else now


@dataclass(frozen=True, slots=True)
class TreatmentStatus:
    """What is already given; the case's results are then the values now."""

    on_treatment: bool | None = None
    regimen: Regimen | OngoingRegimen | None = None
    weeks_since_start: Decimal | None = None
    baseline: Results = field(default_factory=Results)
    baseline_samples: bool | None = None
    adherence: bool | None = None
    folate: OngoingFolate | None = None
    neuro: NeuroCourse | None = None
    stable: bool | None = None
    cause_known: bool | None = None
    underlying_disease_treated: bool | None = None
    stopped_months_ago: Decimal | None = None

    @property
    def ongoing(self) -> bool:
        """On treatment: stated, or a regimen or a time since the start is given and no stop."""
        if self.on_treatment is not None or self.stopped_months_ago is not None:
            return bool(self.on_treatment)
        return self.regimen is not None or self.weeks_since_start is not None


@dataclass(frozen=True, slots=True)
class Case:
    """One patient at one date. ``refused`` holds what could not be read at the edge; the core adds
    what is implausible or contradictory."""

    as_of: date
    age: Decimal | None = None
    sex: Sex | None = None
    pregnant: bool | None = None
    breastfeeding: bool | None = None
    estrogen_contraception: bool | None = None
    takes_b12_supplement: bool | None = None
    pathway: Pathway | None = None
    symptoms: frozenset[Symptom] = frozenset()
    risk_factors: frozenset[Risk] = frozenset()
    results: Results = field(default_factory=Results)
    local_limits: Mapping[LimitKey, Decimal] = field(default_factory=dict)
    treatment_status: TreatmentStatus | None = None
    preference: Preference | None = None
    patient_declines_treatment: bool | None = None
    post_operative: bool | None = None
    conversions: tuple[Conversion, ...] = ()
    refused: tuple[InputError, ...] = ()
