"""Total and active B12 placed against a chart's limits, and what holds when they disagree (A16)."""

from enum import StrEnum

from .edition import Limit
from .findings import Findings
from .quantity import Quantity
from .trace import OTHERWISE, Node, Trace, above, below, within
from .vocabulary import Analyte, Risk, plain_members


@plain_members
class Zone(StrEnum):
    LOW = "low"
    GREY = "grey"
    HIGH = "high"
    UNDECIDED = "undecided"
    DISCORDANT = "discordant"
    UNMEASURED = "unmeasured"


LOW, GREY, HIGH, UNDECIDED, DISCORDANT, UNMEASURED = Zone

_ORDER = {LOW: 0, GREY: 1, UNDECIDED: 1, HIGH: 2}


def place(
    trace: Trace, node: Node, analyte: Analyte, value: Quantity, low: Limit, high: Limit
) -> Zone:
    """Below ``low``, above ``high``, or between with both limits included (A14)."""
    return trace.decide(
        node,
        (LOW, below, analyte, value, low),
        (HIGH, above, analyte, value, high),
        (GREY, within, analyte, value, (low, high)),
        (UNDECIDED, OTHERWISE),
    )


def agree(trace: Trace, node: Node, findings: Findings, total: Zone, active: Zone) -> Zone:
    """One zone for two markers that disagree.

    In pregnancy and on the oestrogen pill active B12 wins, with other oestrogen only over a
    neighbouring zone (A41). Else the lower zone wins when they are neighbours, and when they are
    two zones apart neither does (A16).
    """
    lower, upper = sorted((total, active), key=_ORDER.__getitem__)
    far_apart = _ORDER[upper] - _ORDER[lower] == 2
    hormone = Risk.HORMONE_REPLACEMENT_OESTROGEN in findings.case.risk_factors
    oestrogen = (
        findings.pregnant
        or bool(findings.case.estrogen_contraception)
        or (hormone and not far_apart)
    )
    outcome = trace.decide(
        node,
        ("active_counts", oestrogen, "oestrogen"),
        ("far_apart", far_apart, "two_zones_apart"),
        ("lower_counts", OTHERWISE),
    )
    if outcome == "active_counts":
        return active
    return DISCORDANT if outcome == "far_apart" else lower
