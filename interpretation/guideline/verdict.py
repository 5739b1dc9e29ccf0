"""What a flowchart answers, and what a whole line of questions ends in."""

from dataclasses import dataclass
from enum import StrEnum

from .interpretation import CauseWorkup, Control, Treatment
from .vocabulary import Conclusion, MonitoringConclusion, Pathway, Test, plain_members

(
    CONFIRMED,
    HIGHLY_PROBABLE,
    POSSIBLE,
    UNLIKELY,
    NO_DEFICIENCY,
    FOLATE_DEFICIENCY,
    FURTHER_TESTS,
    NO_INDICATION,
    OUTSIDE_SCOPE,
) = Conclusion


@plain_members
class Plan(StrEnum):
    """What the answer means for treatment; the regimen is chosen in ``treatment``."""

    NONE = "none"
    START = "start"
    CONSIDER = "consider"
    TRIAL = "trial"
    MEANWHILE = "meanwhile"


NO_PLAN, START, CONSIDER, TRIAL, MEANWHILE = Plan


@plain_members
class Recheck(StrEnum):
    """A new sample after some months: not asked for, to be considered, or definite (A23)."""

    NO = "no"
    CONSIDER = "consider"
    DEFINITE = "definite"


NO_RECHECK, CONSIDER_RECHECK, DEFINITE_RECHECK = Recheck
_NO_TREATMENT, _NO_WORKUP = Treatment(), CauseWorkup()


# A run makes one of each of these two and reads them often: a plain object with slots is quicker to
# make and to read than a named tuple, and freezing it would cost more than that again.


@dataclass(slots=True)
class Verdict:
    """A flowchart's answer: the conclusion, what to order, and what it means for treatment."""

    conclusion: Conclusion | None
    next_tests: tuple[Test, ...] = ()
    plan: Plan = Plan.NONE
    recheck: Recheck = Recheck.NO


@dataclass(slots=True)
class Outcome:
    """What a line of questions ends in, before caveats and information are added."""

    verdict: Verdict
    treatment: Treatment = _NO_TREATMENT
    follow_up: tuple[Control, ...] = ()
    workup: CauseWorkup = _NO_WORKUP
    monitoring: MonitoringConclusion | None = None
    pathway: Pathway | None = None
    pathway_known: bool = True
    child: bool = False
