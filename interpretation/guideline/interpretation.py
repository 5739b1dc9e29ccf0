"""What the guideline says about a case. One such object feeds page, letter, record and JSON."""

from datetime import date
from typing import NamedTuple

from .case import InputError
from .edition import ControlWindow, Dose
from .quantity import Conversion
from .trace import Decided, Step
from .vocabulary import (
    CauseGroup,
    Caveat,
    Conclusion,
    ControlTime,
    Duration,
    FolateAdvice,
    MonitoringConclusion,
    Pathway,
    PatientInformation,
    Regimen,
    Strength,
    Test,
)


class Treatment(NamedTuple):
    """``alternatives`` are regimens that the guideline also allows; ``iron`` says: give iron."""

    regimen: Regimen = Regimen.NONE
    alternatives: tuple[Regimen, ...] = ()
    strength: Strength = Strength.NONE
    doses: tuple[Dose, ...] = ()
    duration: Duration | None = None
    folate: FolateAdvice | None = None
    iron: bool = False


class Control(NamedTuple):
    """A control and its window, counted from ``start``; without dates while that day is open.
    ``consider`` marks one that the guideline only lets the doctor consider (G43, A23)."""

    when: ControlTime
    check: tuple[Test, ...]
    start: date | None
    window: ControlWindow
    consider: bool = False

    @property
    def earliest(self) -> date | None:
        return None if self.start is None else self.window.earliest_from(self.start)

    @property
    def latest(self) -> date | None:
        return None if self.start is None else self.window.latest_from(self.start)

    @property
    def repeats(self) -> bool:
        return self.window.repeats

    @property
    def from_guideline(self) -> bool:
        return self.window.from_guideline


class CauseWorkup(NamedTuple):
    """``needed`` is ``None`` while the question does not arise (no deficiency shown)."""

    needed: bool | None = None
    tests: tuple[Test, ...] = ()
    cause_group: CauseGroup | None = None


class Interpretation(NamedTuple):
    edition: str
    as_of: date
    conclusion: Conclusion | None
    monitoring: MonitoringConclusion | None = None
    pathway: Pathway | None = None
    pathway_derived: bool = False
    next_tests: tuple[Test, ...] = ()
    treatment: Treatment = Treatment()
    follow_up: tuple[Control, ...] = ()
    caveats: tuple[Caveat, ...] = ()
    cause_workup: CauseWorkup = CauseWorkup()
    patient_information: tuple[PatientInformation, ...] = ()
    made: tuple[Decided, ...] = ()
    conversions: tuple[Conversion, ...] = ()
    not_from_guideline: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    errors: tuple[InputError, ...] = ()

    @property
    def trace(self) -> tuple[Step, ...]:
        """The reasons: every decision of the run in order, ready to be read."""
        return tuple(Step(*made) for made in self.made)
