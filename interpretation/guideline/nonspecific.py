"""Flowchart 2: non-specific symptoms or increased risk (G33 to G43).

Also answers, more cautiously, a case whose pathway nobody has stated (A7): nothing is closed on a
B12 value alone, and normal metabolites make deficiency unlikely, not excluded.
"""

from .b12 import Zone, agree, place
from .findings import Findings, pernicious_anaemia
from .metabolites import (
    FLOW_2,
    Homocysteine,
    Mma,
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
from .verdict import Plan, Recheck, Verdict
from .vocabulary import Analyte, Conclusion, Test

TOTAL = Node("flow2.total_b12", ("G34", "G35", "G38", "G44", "G46"))
ACTIVE = Node("flow2.active_b12", ("G34", "G35", "G38", "G56"))
AGREEMENT = Node("flow2.agreement", ("G2", "G49", "G50", "G57"))
UNMEASURED = Node("flow2.b12_unmeasured", ("G20", "G33", "G64"))
ANTI_IF = Node("flow2.anti_if", ("G36", "G37"))
LOW_METABOLITES = Node("flow2.low_b12_metabolites", ("G35", "G55", "G63"))
HIGH_MARKERS = Node("flow2.high_b12_markers", ("G34", "G47", "G58", "G70"))


def zone(findings: Findings, trace: Trace) -> Zone:
    """Where the measured B12 stands: <100/<25, 100-250/25-70, >250/>70 pmol/L."""
    p = findings.parameters
    total, active = findings.total_b12, findings.active_b12
    by_total = by_active = Zone.UNMEASURED
    if total is not None:
        limits = p.total_b12_low.limit, p.total_b12_high.limit
        by_total = place(trace, TOTAL, Analyte.TOTAL_B12, total, *limits)
    if active is not None:
        limits = p.active_b12_low.limit, p.active_b12_high.limit
        by_active = place(trace, ACTIVE, Analyte.ACTIVE_B12, active, *limits)
    if active is None or by_total is by_active:
        return by_total
    if total is None:
        return by_active
    return agree(trace, AGREEMENT, findings, by_total, by_active)


def flowchart_2(findings: Findings, trace: Trace, *, stated: bool = True) -> Verdict:
    """Walk the chart. ``stated`` is false when nobody has said which chart applies (A7)."""
    where = zone(findings, trace)
    if where is Zone.UNMEASURED:
        return without_b12(findings, trace)
    if where is Zone.LOW:
        return _low(findings, trace)
    if where is Zone.HIGH:
        return _high(findings, trace, stated=stated)
    return _grey(findings, trace, where, stated=stated)


def without_b12(findings: Findings, trace: Trace) -> Verdict:
    """B12 itself is not measured: only a very high MMA says something (A36)."""
    level = mma_level(findings, trace, FLOW_2)
    wanted = [Test.TOTAL_B12]
    if findings.pregnant or findings.case.estrogen_contraception:
        wanted.append(Test.ACTIVE_B12)
    if level is Mma.CERTAIN:
        tests = missing(findings, *wanted, Test.FOLATE, Test.ANTI_IF)
        return Verdict(Conclusion.HIGHLY_PROBABLE, tests, Plan.START)
    trace.decide(UNMEASURED, ("measure_b12", OTHERWISE))
    if pernicious_anaemia(findings):
        wanted += [Test.MMA, Test.HOMOCYSTEINE]
    return Verdict(Conclusion.FURTHER_TESTS, missing(findings, *wanted))


def _low(findings: Findings, trace: Trace) -> Verdict:
    """Below 100/25: highly probable, certain with anti-IF or MMA from 0.75 (A1, A2, A79);
    unlikely when both metabolites are normal (A42)."""
    antibody = trace.decide(ANTI_IF, ("positive", anti_if_check(findings)), ("other", OTHERWISE))
    orders = missing(findings, Test.ANTI_IF, *disturbed_orders(findings))
    if antibody == "positive":
        return Verdict(Conclusion.CONFIRMED, (), Plan.START)
    probable = Verdict(Conclusion.HIGHLY_PROBABLE, orders, Plan.START)
    if findings.mma is None:
        return probable
    level = mma_level(findings, trace, FLOW_2)
    if level is Mma.CERTAIN:
        return probable._replace(conclusion=Conclusion.CONFIRMED)
    if level is not Mma.NORMAL:
        return probable
    return _low_with_normal_mma(findings, trace, probable)


def _low_with_normal_mma(findings: Findings, trace: Trace, probable: Verdict) -> Verdict:
    level = homocysteine_level(findings, trace, FLOW_2, strong=False)
    outcome = trace.decide(
        LOW_METABOLITES,
        ("gastritis", gastritis_check(findings)),
        ("homocysteine_raised", "raised_homocysteine", level is Homocysteine.RAISED),
        ("homocysteine_unknown", "unknown_homocysteine", level is Homocysteine.UNKNOWN),
        ("no_functional_deficiency", OTHERWISE),
    )
    if outcome == "gastritis":
        return probable
    if outcome == "homocysteine_raised":
        return probable._replace(next_tests=missing(findings, *probable.next_tests, Test.FOLATE))
    if outcome == "homocysteine_unknown":
        tests = (Test.HOMOCYSTEINE, *missing(findings, Test.ANTI_IF))
        return Verdict(Conclusion.FURTHER_TESTS, tests)
    return Verdict(Conclusion.UNLIKELY, (), Plan.NONE, Recheck.DEFINITE)


def _high(findings: Findings, trace: Trace, *, stated: bool) -> Verdict:
    """Above 250/70: unlikely, unless another marker that is known points the other way (A79)."""
    if findings.mma is not None:
        return _by_metabolites(findings, trace, normal=Conclusion.UNLIKELY, settled=stated)
    homocysteine, limit = findings.homocysteine, findings.parameters.homocysteine_isolated.value
    raised = homocysteine is not None and homocysteine.above(limit) is not False
    outcome = trace.decide(
        HIGH_MARKERS,
        ("anti_if_positive", gastritis_check(findings)),
        ("homocysteine_raised", "raised_homocysteine", raised),
        ("pathway_unknown", "unknown_pathway", not stated),
        ("nothing_against", OTHERWISE),
    )
    if outcome == "nothing_against":
        return Verdict(Conclusion.UNLIKELY)
    return Verdict(Conclusion.FURTHER_TESTS, missing(findings, Test.MMA, Test.HOMOCYSTEINE))


def _grey(findings: Findings, trace: Trace, where: Zone, *, stated: bool) -> Verdict:
    """Grey zone, or markers that do not settle it: the metabolites decide (G38)."""
    masked = findings.case.takes_b12_supplement
    closed = where is Zone.GREY and stated and not masked
    normal = Conclusion.NONE if closed else Conclusion.UNLIKELY
    return _by_metabolites(findings, trace, normal=normal)


def _by_metabolites(
    findings: Findings, trace: Trace, *, normal: Conclusion, settled: bool = False
) -> Verdict:
    level = mma_level(findings, trace, FLOW_2)
    if level is Mma.CERTAIN:
        tests = missing(findings, Test.ANTI_IF, Test.FOLATE)
        return Verdict(Conclusion.CONFIRMED, tests, Plan.START)
    if level is Mma.RAISED:
        return judge_raised_mma(findings, trace, strong=False)
    if level is Mma.NORMAL:
        return judge_normal_mma(
            findings, trace, FLOW_2, strong=False, normal=normal, settled=settled
        )
    return Verdict(
        Conclusion.FURTHER_TESTS,
        (Test.MMA, *missing(findings, Test.HOMOCYSTEINE, *_disturbed_active(findings))),
    )


def _disturbed_active(findings: Findings) -> tuple[Test, ...]:
    """In pregnancy and on the pill active B12 is asked for as well (A40)."""
    oestrogen = findings.pregnant or bool(findings.case.estrogen_contraception)
    return (Test.ACTIVE_B12,) if oestrogen else ()
