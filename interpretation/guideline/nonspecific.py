"""Flowchart 2: non-specific symptoms or increased risk (G33 to G43).

Also answers, more cautiously, a case whose pathway nobody has stated (A7): nothing is closed on a
B12 value alone, and normal metabolites make deficiency unlikely, not excluded.
"""

from .b12 import GREY, HIGH, LOW, UNMEASURED, Zone, agree, place
from .findings import ACTIVE_B12, TOTAL_B12, Findings
from .metabolites import (
    FLOW_2,
    HCY_BORDERLINE,
    HCY_RAISED,
    HCY_UNKNOWN,
    MMA_CERTAIN,
    MMA_NORMAL,
    MMA_RAISED,
    MMA_UNKNOWN,
    anti_if_check,
    disturbed_orders,
    gastritis_check,
    homocysteine_level,
    judge_normal_mma,
    judge_raised_mma,
    missing,
    mma_level,
)
from .trace import OTHERWISE, Node, Trace
from .verdict import (
    CONFIRMED,
    DEFINITE_RECHECK,
    FURTHER_TESTS,
    HIGHLY_PROBABLE,
    NO_DEFICIENCY,
    NO_PLAN,
    START,
    UNLIKELY,
    Verdict,
)
from .vocabulary import Conclusion, Test

TOTAL = Node("flow2.total_b12", ("G34", "G35", "G38", "G44", "G46"))
ACTIVE = Node("flow2.active_b12", ("G34", "G35", "G38", "G56"))
AGREEMENT = Node("flow2.agreement", ("G2", "G49", "G50", "G57"))
B12_UNMEASURED = Node("flow2.b12_unmeasured", ("G20", "G33", "G64"))
ANTI_IF = Node("flow2.anti_if", ("G36", "G37"))
LOW_METABOLITES = Node("flow2.low_b12_metabolites", ("G35", "G55", "G63"))
HIGH_MARKERS = Node("flow2.high_b12_markers", ("G34", "G47", "G58", "G70"))

_ANTI_IF, _FOLATE = Test.ANTI_IF, Test.FOLATE
_UNLIKELY = Verdict(UNLIKELY)
_MMA, _HOMOCYSTEINE = Test.MMA, Test.HOMOCYSTEINE


def zone(findings: Findings, trace: Trace) -> Zone:
    """Where the measured B12 stands: <100/<25, 100-250/25-70, >250/>70 pmol/L."""
    p = findings.parameters
    total, active = findings.total_b12, findings.active_b12
    by_total = by_active = UNMEASURED
    if total is not None:
        low, high = p.total_b12_low.limit, p.total_b12_high.limit
        by_total = place(trace, TOTAL, TOTAL_B12, total, low, high)
    if active is not None:
        low, high = p.active_b12_low.limit, p.active_b12_high.limit
        by_active = place(trace, ACTIVE, ACTIVE_B12, active, low, high)
    if active is None or by_total is by_active:
        return by_total
    if total is None:
        return by_active
    return agree(trace, AGREEMENT, findings, by_total, by_active)


def flowchart_2(findings: Findings, trace: Trace, *, stated: bool = True) -> Verdict:
    """Walk the chart. ``stated`` is false when nobody has said which chart applies (A7)."""
    where = zone(findings, trace)
    if where is UNMEASURED:
        return without_b12(findings, trace)
    if where is LOW:
        return _low(findings, trace)
    if where is HIGH:
        return _high(findings, trace, stated=stated)
    return _grey(findings, trace, where, stated=stated)


def without_b12(findings: Findings, trace: Trace) -> Verdict:
    """B12 itself is not measured: only a very high MMA says something (A36)."""
    level = mma_level(findings, trace, FLOW_2)
    wanted = [Test.TOTAL_B12]
    if findings.pregnant or findings.case.estrogen_contraception:
        wanted.append(Test.ACTIVE_B12)
    if level is MMA_CERTAIN:
        tests = missing(findings, *wanted, _FOLATE, Test.ANTI_IF)
        return Verdict(HIGHLY_PROBABLE, tests, START)
    trace.decide(B12_UNMEASURED, ("measure_b12", OTHERWISE))
    if findings.pernicious_anaemia:
        wanted += [Test.MMA, Test.HOMOCYSTEINE]
    return Verdict(FURTHER_TESTS, missing(findings, *wanted))


def _low(findings: Findings, trace: Trace) -> Verdict:
    """Below 100/25: highly probable, certain with anti-IF or MMA from 0.75 (A1, A2, A79);
    unlikely when both metabolites are normal (A42)."""
    antibody = trace.decide(ANTI_IF, ("positive", anti_if_check(findings)), ("other", OTHERWISE))
    if antibody == "positive":
        return Verdict(CONFIRMED, (), START)
    orders = missing(findings, _ANTI_IF, *disturbed_orders(findings))
    level = MMA_UNKNOWN if findings.mma is None else mma_level(findings, trace, FLOW_2)
    if level is MMA_CERTAIN:
        return Verdict(CONFIRMED, orders, START)
    if level is MMA_NORMAL:
        return _low_with_normal_mma(findings, trace, orders)
    return Verdict(HIGHLY_PROBABLE, orders, START)


def _low_with_normal_mma(findings: Findings, trace: Trace, orders: tuple[Test, ...]) -> Verdict:
    level = homocysteine_level(findings, trace, FLOW_2, strong=False)
    outcome = trace.decide(
        LOW_METABOLITES,
        ("gastritis", gastritis_check(findings)),
        ("homocysteine_raised", level is HCY_RAISED, "raised_homocysteine"),
        ("homocysteine_unknown", level is HCY_UNKNOWN, "unknown_homocysteine"),
        ("no_functional_deficiency", OTHERWISE),
    )
    if outcome == "gastritis":
        return Verdict(HIGHLY_PROBABLE, orders, START)
    if outcome == "homocysteine_raised":
        tests = missing(findings, *orders, _FOLATE)
        return Verdict(HIGHLY_PROBABLE, tests, START)
    if outcome == "homocysteine_unknown":
        tests = (_HOMOCYSTEINE, *missing(findings, _ANTI_IF))
        return Verdict(FURTHER_TESTS, tests)
    tests = missing(findings, _FOLATE) if level is HCY_BORDERLINE else ()
    return Verdict(UNLIKELY, tests, NO_PLAN, DEFINITE_RECHECK)


def _high(findings: Findings, trace: Trace, *, stated: bool) -> Verdict:
    """Above 250/70: unlikely, unless another marker that is known points the other way (A79)."""
    if findings.mma is not None:
        return _by_metabolites(findings, trace, normal=UNLIKELY, settled=stated)
    homocysteine, isolated = findings.homocysteine, findings.parameters.homocysteine_isolated.limit
    # Above the laboratory's own limit it is not normal either (A28).
    limit = findings.homocysteine_limit or isolated
    raised = homocysteine is not None and homocysteine.above(limit.value) is not False
    outcome = trace.decide(
        HIGH_MARKERS,
        ("anti_if_positive", gastritis_check(findings)),
        ("homocysteine_raised", raised, "raised_homocysteine"),
        ("pathway_unknown", not stated, "unknown_pathway"),
        ("nothing_against", OTHERWISE),
    )
    if outcome == "nothing_against":
        return _UNLIKELY
    return Verdict(FURTHER_TESTS, missing(findings, _MMA, _HOMOCYSTEINE))


def _grey(findings: Findings, trace: Trace, where: Zone, *, stated: bool) -> Verdict:
    """Grey zone, or markers that do not settle it: the metabolites decide (G38)."""
    masked = findings.case.takes_b12_supplement
    closed = where is GREY and stated and not masked
    normal = NO_DEFICIENCY if closed else UNLIKELY
    return _by_metabolites(findings, trace, normal=normal)


def _by_metabolites(
    findings: Findings, trace: Trace, *, normal: Conclusion, settled: bool = False
) -> Verdict:
    level = mma_level(findings, trace, FLOW_2)
    if level is MMA_CERTAIN:
        tests = missing(findings, _ANTI_IF, _FOLATE)
        return Verdict(CONFIRMED, tests, START)
    if level is MMA_RAISED:
        return judge_raised_mma(findings, trace, strong=False)
    if level is MMA_NORMAL:
        return judge_normal_mma(
            findings, trace, FLOW_2, strong=False, normal=normal, settled=settled
        )
    return Verdict(
        FURTHER_TESTS,
        (_MMA, *missing(findings, _HOMOCYSTEINE, *_disturbed_active(findings))),
    )


def _disturbed_active(findings: Findings) -> tuple[Test, ...]:
    """In pregnancy and on the pill active B12 is asked for as well (A40)."""
    oestrogen = findings.pregnant or bool(findings.case.estrogen_contraception)
    return (Test.ACTIVE_B12,) if oestrogen else ()
