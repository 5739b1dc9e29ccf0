"""Flowchart 1: strong clinical suspicion (G23 to G32)."""

from .b12 import Zone, agree
from .edition import Limit
from .findings import Findings, pernicious_anaemia
from .metabolites import (
    FLOW_1,
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
    raised_for_another_reason,
)
from .quantity import Quantity
from .trace import OTHERWISE, Node, Trace, above, absent, at_least, below
from .verdict import Plan, Verdict
from .vocabulary import Analyte, Conclusion, LimitKey, Test

TOTAL = Node("flow1.total_b12", ("G24", "G25", "G28", "G45", "G48"))
ACTIVE = Node("flow1.active_b12", ("G25", "G28", "G48", "G56"))
AGREEMENT = Node("flow1.agreement", ("G25", "G28", "G57"))
UNMEASURED = Node("flow1.b12_unmeasured", ("G20", "G24", "G64"))
ANTI_IF = Node("flow1.anti_if", ("G26", "G27", "G32"))
LOW_METABOLITES = Node("flow1.low_b12_metabolites", ("G25", "G55", "G63"))
NEAR_LIMIT = Node("flow1.near_limit", ("G19", "G45", "G48"))


def total_limit(findings: Findings) -> Limit:
    """The laboratory's lower limit, else about 150 pmol/L (A12)."""
    local = findings.limits.local(LimitKey.TOTAL_B12_LOWER)
    return local or findings.parameters.total_b12_lower.limit


def _place_total(findings: Findings, trace: Trace, value: Quantity) -> Zone:
    """Low is strictly below the limit (A13)."""
    limit = total_limit(findings)
    return trace.decide(
        TOTAL,
        (Zone.LOW, below, Analyte.TOTAL_B12, value, limit),
        (Zone.HIGH, at_least, Analyte.TOTAL_B12, value, limit),
        (Zone.UNDECIDED, OTHERWISE),
    )


def _place_active(findings: Findings, trace: Trace, value: Quantity) -> Zone:
    """Against the laboratory's limit; without one, 25 to 70 is undecided (A18)."""
    p = findings.parameters
    local = findings.limits.local(LimitKey.ACTIVE_B12_LOWER)
    low = _active_limit(findings)
    over, high = (at_least, local) if local else (above, p.active_b12_high.limit)
    return trace.decide(
        ACTIVE,
        (Zone.LOW, below, Analyte.ACTIVE_B12, value, low),
        (Zone.HIGH, over, Analyte.ACTIVE_B12, value, high),
        (Zone.UNDECIDED, OTHERWISE),
    )


def zone(findings: Findings, trace: Trace) -> Zone:
    """Low when any measured marker is low (A17); in pregnancy and on the pill active B12 counts
    instead of the total (A40)."""
    total, active = findings.total_b12, findings.active_b12
    by_total = Zone.UNMEASURED if total is None else _place_total(findings, trace, total)
    by_active = Zone.UNMEASURED if active is None else _place_active(findings, trace, active)
    if active is None or by_total is by_active:
        return by_total
    if total is None:
        return by_active
    agreed = agree(trace, AGREEMENT, findings, by_total, by_active)
    return Zone.LOW if agreed is Zone.DISCORDANT else agreed


def flowchart_1(findings: Findings, trace: Trace) -> Verdict:
    where = zone(findings, trace)
    if where is Zone.UNMEASURED:
        return _without_b12(findings, trace)
    if where is Zone.LOW:
        return _low(findings, trace)
    return _not_low(findings, trace, where)


def _without_b12(findings: Findings, trace: Trace) -> Verdict:
    """First tests: B12 and folate (G24); only a very high MMA says something alone (A36). With
    neurological signs a raised MMA is treated while B12 is awaited."""
    level = mma_level(findings, trace, FLOW_1)
    wanted = [Test.TOTAL_B12, Test.FOLATE]
    if findings.pregnant or findings.case.estrogen_contraception:
        wanted.append(Test.ACTIVE_B12)
    if level is Mma.CERTAIN:
        tests = missing(findings, *wanted, Test.ANTI_IF)
        return Verdict(Conclusion.HIGHLY_PROBABLE, tests, Plan.START)
    waits = findings.neurological and level is Mma.RAISED
    trace.decide(UNMEASURED, ("measure_b12_and_folate", OTHERWISE))
    if pernicious_anaemia(findings):
        wanted += [Test.MMA, Test.HOMOCYSTEINE]
    plan = Plan.MEANWHILE if waits else Plan.NONE
    return Verdict(Conclusion.FURTHER_TESTS, missing(findings, *wanted), plan)


def _low(findings: Findings, trace: Trace) -> Verdict:
    """Low B12: highly probable and treated at once; certain with anti-IF or raised MMA (A1, A5).
    Normal metabolites do not take the treatment away (A42)."""
    more = (*disturbed_orders(findings), *_if_discordant(trace))
    orders = missing(findings, Test.ANTI_IF, Test.FOLATE, *dict.fromkeys(more))
    antibody = trace.decide(ANTI_IF, ("positive", anti_if_check(findings)), ("other", OTHERWISE))
    if antibody == "positive":
        return Verdict(Conclusion.CONFIRMED, missing(findings, Test.FOLATE), Plan.START)
    probable = Verdict(Conclusion.HIGHLY_PROBABLE, orders, Plan.START)
    if findings.mma is None:
        return probable
    level = mma_level(findings, trace, FLOW_1)
    if level is Mma.CERTAIN:
        return probable._replace(conclusion=Conclusion.CONFIRMED)
    if level is Mma.RAISED:
        explained = raised_for_another_reason(findings, trace)
        label = Conclusion.HIGHLY_PROBABLE if explained else Conclusion.CONFIRMED
        return probable._replace(conclusion=label)
    if level is Mma.UNKNOWN:
        return probable
    return _low_with_normal_mma(findings, trace, probable)


def _low_with_normal_mma(findings: Findings, trace: Trace, probable: Verdict) -> Verdict:
    homocysteine = homocysteine_level(findings, trace, FLOW_1, strong=True)
    outcome = trace.decide(
        LOW_METABOLITES,
        (
            "homocysteine_raised",
            "raised_homocysteine",
            homocysteine is Homocysteine.RAISED,
        ),
        ("suspicion_stands", OTHERWISE),
    )
    return probable if outcome == "homocysteine_raised" else probable._replace(plan=Plan.CONSIDER)


def _if_discordant(trace: Trace) -> tuple[Test, ...]:
    disagreed = any(step.node is AGREEMENT for step in trace.steps)
    return (Test.MMA, Test.HOMOCYSTEINE) if disagreed else ()


def _not_low(findings: Findings, trace: Trace, where: Zone) -> Verdict:
    """B12 not low: MMA, homocysteine and anti-IF decide (G28), never B12 alone."""
    level = mma_level(findings, trace, FLOW_1)
    if level is Mma.CERTAIN:
        tests = missing(findings, Test.ANTI_IF, Test.FOLATE)
        return Verdict(Conclusion.CONFIRMED, tests, Plan.START)
    if level is Mma.RAISED:
        return judge_raised_mma(findings, trace, strong=True)
    if level is Mma.NORMAL and _set_aside(findings, where):
        probable = Verdict(Conclusion.HIGHLY_PROBABLE, missing(findings, Test.ANTI_IF), Plan.START)
        return _low_with_normal_mma(findings, trace, probable)
    if level is Mma.NORMAL and _may_be_low(findings):
        tests = (Test.TOTAL_B12, *missing(findings, Test.HOMOCYSTEINE, Test.ANTI_IF, Test.FOLATE))
        return Verdict(Conclusion.FURTHER_TESTS, tests, _while_waiting(findings, trace))
    if level is Mma.NORMAL:
        return judge_normal_mma(findings, trace, FLOW_1, strong=True, normal=Conclusion.UNLIKELY)
    total = (Test.TOTAL_B12,) if where is Zone.UNDECIDED else ()
    wanted = missing(findings, Test.HOMOCYSTEINE, Test.ANTI_IF, Test.FOLATE, *total)
    tests = (Test.MMA, *wanted)
    return Verdict(Conclusion.FURTHER_TESTS, tests, _while_waiting(findings, trace))


def _may_be_low(findings: Findings) -> bool:
    """A censored B12 such as <200 that the limit does not settle: an exact one is asked for (A21).
    An exact active B12 between 25 and 70 is undecided for another reason (A18)."""
    total, active = findings.total_b12, findings.active_b12
    if total is not None and total.below(total_limit(findings).value) is None:
        return True
    return active is not None and active.below(_active_limit(findings).value) is None


def _active_limit(findings: Findings) -> Limit:
    local = findings.limits.local(LimitKey.ACTIVE_B12_LOWER)
    return local or findings.parameters.active_b12_low.limit


def _set_aside(findings: Findings, where: Zone) -> bool:
    """A low total set aside for an active B12 that is itself undecided, with neurological signs:
    the case is read as low B12 with normal metabolites (A40, A42)."""
    total = findings.total_b12
    low = total is not None and bool(total.below(total_limit(findings).value))
    return where is Zone.UNDECIDED and low and bool(findings.neurological)


def _while_waiting(findings: Findings, trace: Trace) -> Plan:
    """With neurological signs treatment starts while the answers are awaited: when anti-IF is
    positive (A4), and when a low total is not excluded: 150 to 170 without a local limit may be
    low with the laboratory's method (A12), and a low total may have been set aside for active B12
    (A40)."""
    total, limit = findings.total_b12, total_limit(findings)
    if findings.limits.local(LimitKey.TOTAL_B12_LOWER) is None:
        limit = findings.parameters.total_b12_lower_uncertain_to.limit
    outcome = trace.decide(
        NEAR_LIMIT,
        ("no_signs", absent("neurological", not findings.neurological)),
        ("anti_if_positive", gastritis_check(findings)),
        ("not_low", at_least, Analyte.TOTAL_B12, total, limit),
        ("not_measured", absent("total_b12", total is None)),
        ("low_not_excluded", OTHERWISE),
    )
    starts = outcome in {"anti_if_positive", "low_not_excluded"}
    return Plan.MEANWHILE if starts else Plan.NONE
