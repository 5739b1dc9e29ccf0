"""MMA, homocysteine and folate: the part that both flowcharts share (G29 to G31, G39 to G43).

The two charts differ in what a moderately raised MMA means (A25) and in when homocysteine counts as
raised (A28); everything else is the same question asked of the same values.
"""

from enum import StrEnum
from typing import NamedTuple

from .edition import Limit
from .findings import HOMOCYSTEINE, MMA, Findings
from .trace import (
    OTHERWISE,
    Made,
    Node,
    Trace,
    above,
    at_least,
    at_most,
    below,
    present,
)
from .verdict import (
    CONFIRMED,
    CONSIDER_RECHECK,
    DEFINITE_RECHECK,
    FOLATE_DEFICIENCY,
    FURTHER_TESTS,
    HIGHLY_PROBABLE,
    NO_PLAN,
    NO_RECHECK,
    POSSIBLE,
    START,
    TRIAL,
    UNLIKELY,
    Recheck,
    Verdict,
)
from .vocabulary import Analyte, Conclusion, Risk, Serology, Test, plain_members

EXPLAINED = Node("mma.other_cause", ("G62", "G68", "G69"))
ANTI_IF_WITH_RAISED_MMA = Node("mma.anti_if", ("G70", "G82"))
ANTI_IF_WITH_NORMAL_MMA = Node("normal_mma.anti_if", ("G70", "G82"))
FOLATE = Node("homocysteine.folate", ("G30", "G42", "G66"))
NORMAL_FOR_AGE = Node("mma.age", ("G60", "G61"))


class Nodes(NamedTuple):
    """A flowchart's own places for the shared questions."""

    mma: Node
    homocysteine: Node


FLOW_1 = Nodes(
    Node("flow1.mma", ("G28", "G29", "G59", "G64")),
    Node("flow1.homocysteine", ("G30", "G31", "G63", "G67")),
)
FLOW_2 = Nodes(
    Node("flow2.mma", ("G38", "G39", "G40", "G59")),
    Node("flow2.homocysteine", ("G42", "G43", "G63", "G67")),
)


@plain_members
class Mma(StrEnum):
    CERTAIN = "certain"
    RAISED = "raised"
    NORMAL = "normal"
    UNKNOWN = "unknown"


@plain_members
class Homocysteine(StrEnum):
    RAISED = "raised"
    BORDERLINE = "borderline"
    NORMAL = "normal"
    UNKNOWN = "unknown"


MMA_CERTAIN, MMA_RAISED, MMA_NORMAL, MMA_UNKNOWN = Mma
HCY_RAISED, HCY_BORDERLINE, HCY_NORMAL, HCY_UNKNOWN = Homocysteine
_ANTI_IF, _FOLATE, _POSITIVE = Test.ANTI_IF, Test.FOLATE, Serology.POSITIVE
_KNOWN = Risk.PERNICIOUS_ANAEMIA_KNOWN
_ANTI_IF_NOT_TAKEN = present("anti_if", None)


def mma_level(findings: Findings, trace: Trace, nodes: Nodes) -> Mma:
    """Certain from 0.75, raised from the age's or the laboratory's limit (A22 to A24)."""
    mma, p = findings.mma, findings.parameters
    return trace.decide(
        nodes.mma,
        (MMA_CERTAIN, at_least, MMA, mma, p.mma_certain.limit),
        (MMA_RAISED, at_least, MMA, mma, findings.mma_limit),
        (MMA_NORMAL, below, MMA, mma, findings.mma_limit),
        (MMA_UNKNOWN, OTHERWISE),
    )


def homocysteine_limits(findings: Findings, strong: bool) -> tuple[Limit, Limit]:
    """The limit above which homocysteine is raised and the one from which it is borderline.

    Flowchart 1 takes the laboratory's limit; without one, 15 to 20 is borderline. Flowchart 2 says
    raised only above 20, and a value above the laboratory's limit is borderline (A28, A29).
    """
    p, local = findings.parameters, findings.homocysteine_limit
    isolated = p.homocysteine_isolated.limit
    if local is None:
        return isolated, p.homocysteine_borderline_from.limit
    if strong:
        return local, local
    return (local if local.value > isolated.value else isolated), local


def homocysteine_level(
    findings: Findings, trace: Trace, nodes: Nodes, *, strong: bool
) -> Homocysteine:
    value = findings.homocysteine
    raised, borderline = homocysteine_limits(findings, strong)
    key = HOMOCYSTEINE
    local = findings.homocysteine_limit is not None
    over, under = (above, at_most) if local else (at_least, below)
    return trace.decide(
        nodes.homocysteine,
        (HCY_RAISED, above, key, value, raised),
        (HCY_BORDERLINE, over, key, value, borderline),
        (HCY_NORMAL, under, key, value, borderline),
        (HCY_UNKNOWN, OTHERWISE),
    )


def raised_for_another_reason(findings: Findings, trace: Trace) -> bool:
    """Can renal failure (up to 0.50) or bacterial overgrowth explain a raised MMA (A26, A27)?"""
    ceiling = findings.parameters.mma_renal_ceiling.limit
    outcome = trace.decide(
        EXPLAINED,
        ("overgrowth", findings.overgrowth, "bacterial_overgrowth"),
        ("above_renal", above, MMA, findings.mma, ceiling),
        ("kidney", findings.renal, "renal_failure"),
        ("none", OTHERWISE),
    )
    return outcome in {"overgrowth", "kidney"}


def anti_if_check(findings: Findings) -> Made:
    """Is the antibody test positive? Unknown when it has not been taken."""
    value = findings.results.anti_if
    holds = None if value is None else value is _POSITIVE
    return present("anti_if", holds, value)


def gastritis_check(findings: Findings) -> Made:
    """A positive antibody test or known pernicious anaemia: nothing is closed then (A4)."""
    if not findings.pernicious_anaemia and findings.results.anti_if is None:
        return _ANTI_IF_NOT_TAKEN
    if _KNOWN in findings.case.risk_factors:
        return present("pernicious_anaemia", True)
    return anti_if_check(findings)


_ANSWERED_BY = {
    Test.TOTAL_B12: Analyte.TOTAL_B12,
    Test.ACTIVE_B12: Analyte.ACTIVE_B12,
    Test.MMA: Analyte.MMA,
    Test.HOMOCYSTEINE: Analyte.HOMOCYSTEINE,
    Test.FOLATE: Analyte.FOLATE,
}


def missing(findings: Findings, *wanted: Test) -> tuple[Test, ...]:
    """Those of the wanted tests that have no answer yet."""
    values, tests = findings.results.values, []
    for test in wanted:
        if test is _ANTI_IF:
            if findings.results.anti_if is None:
                tests.append(test)
        elif _ANSWERED_BY[test] not in values:
            tests.append(test)
    return tuple(tests)


def disturbed_orders(findings: Findings) -> tuple[Test, ...]:
    """With a known cause of falsely low B12, active B12 and the metabolites are a must (A2)."""
    case = findings.case
    oestrogen = findings.pregnant or bool(case.estrogen_contraception)
    if oestrogen:
        return Test.ACTIVE_B12, Test.MMA, Test.HOMOCYSTEINE
    disturbed = (
        findings.blood.leukopenia or Risk.MYELOMA in case.risk_factors or findings.folate_low
    )
    return (Test.MMA, Test.HOMOCYSTEINE) if disturbed else ()


def judge_raised_mma(findings: Findings, trace: Trace, *, strong: bool) -> Verdict:
    """MMA above its limit but below 0.75 (G29, G40, A25): certain with strong suspicion, a trial
    otherwise; a possible other explanation lowers the label by one step."""
    tests = missing(findings, _ANTI_IF, _FOLATE) if strong else _folate_if_raised(findings)
    explained = raised_for_another_reason(findings, trace)
    antibody = trace.decide(
        ANTI_IF_WITH_RAISED_MMA,
        ("positive", gastritis_check(findings)),
        ("not_positive", OTHERWISE),
    )
    if antibody == "positive":
        label = HIGHLY_PROBABLE if explained else CONFIRMED
        return Verdict(label, missing(findings, _FOLATE), START)
    if strong and not explained:
        return Verdict(CONFIRMED, tests, START)
    return Verdict(POSSIBLE, tests, TRIAL, CONSIDER_RECHECK)


def _folate_if_raised(findings: Findings) -> tuple[Test, ...]:
    """A raised homocysteine beside a raised MMA makes folate a must (A30)."""
    value, limit = findings.homocysteine, findings.parameters.homocysteine_isolated
    return missing(findings, _FOLATE) if value is not None and value.above(limit.value) else ()


def judge_raised_homocysteine(
    findings: Findings, trace: Trace
) -> tuple[Conclusion, tuple[Test, ...]]:
    """Normal MMA with raised homocysteine: folate decides the label (G30, G42, A26, A32)."""
    low = findings.folate_low
    outcome = trace.decide(
        FOLATE,
        ("low", low, "low_folate"),
        ("normal", None if low is None else not low, "normal_folate"),
        ("kidney", findings.renal, "renal_failure"),
        ("unknown", OTHERWISE),
    )
    if outcome == "normal":
        return UNLIKELY, ()
    if outcome == "kidney":
        return FURTHER_TESTS, (_FOLATE,)
    return FOLATE_DEFICIENCY, missing(findings, _FOLATE)


def judge_normal_mma(
    findings: Findings,
    trace: Trace,
    nodes: Nodes,
    *,
    strong: bool,
    normal: Conclusion,
    settled: bool = False,
) -> Verdict:
    """MMA below its limit. ``normal`` is the label when homocysteine is normal as well (A3);
    ``settled`` says that B12 has answered already and a missing homocysteine opens nothing.

    A positive anti-IF is never closed (A4); a missing homocysteine keeps the question open (A31).
    """
    orders = (_ANTI_IF, _FOLATE) if strong else ()
    antibody = trace.decide(
        ANTI_IF_WITH_NORMAL_MMA,
        ("positive", gastritis_check(findings)),
        ("not_positive", OTHERWISE),
    )
    level = homocysteine_level(findings, trace, nodes, strong=strong)
    if antibody == "positive":
        return Verdict(POSSIBLE, missing(findings, Test.HOMOCYSTEINE, _FOLATE), START)
    if settled and findings.homocysteine is None:
        return Verdict(normal)
    if level is HCY_UNKNOWN:
        wanted = missing(findings, _FOLATE, *orders)
        return Verdict(FURTHER_TESTS, (Test.HOMOCYSTEINE, *dict.fromkeys(wanted)))
    if level is HCY_NORMAL:
        recheck = _recheck(findings, trace, consider=not strong)
        return Verdict(normal, missing(findings, *orders), NO_PLAN, recheck)
    if level is HCY_RAISED:
        label, tests = judge_raised_homocysteine(findings, trace)
    else:
        label, tests = UNLIKELY, missing(findings, _FOLATE)
    if strong:
        tests += missing(findings, _ANTI_IF)
    return Verdict(label, tests, NO_PLAN, _recheck(findings, trace, consider=False))


def _recheck(findings: Findings, trace: Trace, *, consider: bool) -> Recheck:
    """Above 70 a value from 0.26 is normal for the age but checked again (A23)."""
    p, mma = findings.parameters, findings.mma
    if not findings.older:
        return CONSIDER_RECHECK if consider else NO_RECHECK
    outcome = trace.decide(
        NORMAL_FOR_AGE,
        ("borderline", at_least, MMA, mma, p.mma_upper.limit),
        ("clearly_normal", OTHERWISE),
    )
    if outcome == "borderline":
        return DEFINITE_RECHECK
    return CONSIDER_RECHECK if consider else NO_RECHECK
