"""What a flowchart answers: the conclusion, what to order, and what it means for treatment."""

from enum import StrEnum
from typing import NamedTuple

from .vocabulary import Conclusion, Test, plain_members


@plain_members
class Plan(StrEnum):
    """What the answer means for treatment; the regimen is chosen in ``treatment``."""

    NONE = "none"
    START = "start"
    CONSIDER = "consider"
    TRIAL = "trial"
    MEANWHILE = "meanwhile"


@plain_members
class Recheck(StrEnum):
    """A new sample after some months: not asked for, to be considered, or definite (A23)."""

    NO = "no"
    CONSIDER = "consider"
    DEFINITE = "definite"


class Verdict(NamedTuple):
    conclusion: Conclusion | None
    next_tests: tuple[Test, ...] = ()
    plan: Plan = Plan.NONE
    recheck: Recheck = Recheck.NO
