"""Flowchart 1: strong clinical suspicion (G23 to G32)."""

from .b12 import DISCORDANT, HIGH, LOW, UNDECIDED, UNMEASURED, Zone, agree
from .findings import ACTIVE_B12, TOTAL_B12, Findings, active_limit
from .metabolites import (
    FLOW_1,
    HCY_RAISED,
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
    raised_for_another_reason,
)
from .quantity import Quantity
from .trace import OTHERWISE, Node, Trace, above, absent, at_least, below
from .verdict import (
    CONFIRMED,
    CONSIDER,
    FURTHER_TESTS,
    HIGHLY_PROBABLE,
    MEANWHILE,
    NO_PLAN,
    START,
    UNLIKELY,
    Plan,
    Verdict,
)
from .vocabulary import LimitKey, Test

TOTAL = Node("flow1.total_b12", ("G24", "G25", "G28", "G45", "G48"))
ACTIVE = Node("flow1.active_b12", ("G25", "G28", "G48", "G56"))
AGREEMENT = Node("flow1.agreement", ("G25", "G28", "G57"))
B12_UNMEASURED = Node("flow1.b12_unmeasured", ("G20", "G24", "G64"))
ANTI_IF = Node("flow1.anti_if", ("G26", "G27", "G32"))
LOW_METABOLITES = Node("flow1.low_b12_metabolites", ("G25", "G55", "G63"))
NEAR_LIMIT = Node("flow1.near_limit", ("G19", "G45", "G48"))

_ANTI_IF, _FOLATE = Test.ANTI_IF, Test.FOLATE
_MMA, _HOMOCYSTEINE = Test.MMA, Test.HOMOCYSTEINE


def _place_total(findings: Findings, trace: Trace, value: Quantity) -> Zone:
    """Low is strictly below the limit (A13)."""
    limit = findings.total_limit
    return trace.decide(
        TOTAL,
        (LOW, below, TOTAL_B12, value, limit),
        (HIGH, at_least, TOTAL_B12, value, limit),
        (UNDECIDED, OTHERWISE),
    )


def _place_active(findings: Findings, trace: Trace, value: Quantity) -> Zone:
    """Against the laboratory's limit; without one, 25 to 70 is undecided (A18)."""
    p = findings.parameters
    local = findings.limits.local.get(LimitKey.ACTIVE_B12_LOWER)
    low = active_limit(findings)
    over, high = (at_least, local) if local else (above, p.active_b12_high.limit)
    return trace.decide(
        ACTIVE,
        (LOW, below, ACTIVE_B12, value, low),
        (HIGH, over, ACTIVE_B12, value, high),
        (UNDECIDED, OTHERWISE),
    )


def zone(findings: Findings, trace: Trace) -> Zone:
    """Low when any measured marker is low (A17); in pregnancy and on the pill active B12 counts
    instead of the total (A40)."""
    total, active = findings.total_b12, findings.active_b12
    by_total = UNMEASURED if total is None else _place_total(findings, trace, total)
    by_active = UNMEASURED if active is None else _place_active(findings, trace, active)
    if active is None or by_total is by_active:
        return by_total
    if total is None:
        return by_active
    agreed = agree(trace, AGREEMENT, findings, by_total, by_active)
    return LOW if agreed is DISCORDANT else agreed


def flowchart_1(findings: Findings, trace: Trace) -> Verdict:
    where = zone(findings, trace)
    if where is UNMEASURED:
        return _without_b12(findings, trace)
    if where is LOW:
        return _low(findings, trace)
    return _not_low(findings, trace, where)


def _without_b12(findings: Findings, trace: Trace) -> Verdict:
    """First tests: B12 and folate (G24); only a very high MMA says something alone (A36). With
    neurological signs a raised MMA is treated while B12 is awaited."""
    level = mma_level(findings, trace, FLOW_1)
    wanted = [Test.TOTAL_B12, Test.FOLATE]
    if findings.pregnant or findings.case.estrogen_contraception:
        wanted.append(Test.ACTIVE_B12)
    if level is MMA_CERTAIN:
        tests = missing(findings, *wanted, Test.ANTI_IF)
        return Verdict(HIGHLY_PROBABLE, tests, START)
    waits = findings.neurological and level is MMA_RAISED
    trace.decide(B12_UNMEASURED, ("measure_b12_and_folate", OTHERWISE))
    if findings.pernicious_anaemia:
        wanted += [_MMA, Test.HOMOCYSTEINE]
    plan = MEANWHILE if waits else NO_PLAN
    return Verdict(FURTHER_TESTS, missing(findings, *wanted), plan)


def _low(findings: Findings, trace: Trace) -> Verdict:
    """Low B12: highly probable and treated at once; certain with anti-IF or raised MMA (A1, A5).
    Normal metabolites do not take the treatment away (A42)."""
    antibody = trace.decide(ANTI_IF, ("positive", anti_if_check(findings)), ("other", OTHERWISE))
    if antibody == "positive":
        return Verdict(CONFIRMED, missing(findings, _FOLATE), START)
    more = dict.fromkeys((*disturbed_orders(findings), *_if_discordant(trace)))
    orders = missing(findings, _ANTI_IF, _FOLATE, *more)
    label, plan = HIGHLY_PROBABLE, START
    level = MMA_UNKNOWN if findings.mma is None else mma_level(findings, trace, FLOW_1)
    if level is MMA_CERTAIN:
        label = CONFIRMED
    if level is MMA_RAISED and not raised_for_another_reason(findings, trace):
        label = CONFIRMED
    if level is MMA_NORMAL:
        plan = _plan_with_normal_mma(findings, trace)
    return Verdict(label, orders, plan)


def _plan_with_normal_mma(findings: Findings, trace: Trace) -> Plan:
    """Low B12 with normal MMA: treated when homocysteine is raised, else to be considered (A42)."""
    homocysteine = homocysteine_level(findings, trace, FLOW_1, strong=True)
    outcome = trace.decide(
        LOW_METABOLITES,
        ("homocysteine_raised", homocysteine is HCY_RAISED, "raised_homocysteine"),
        ("suspicion_stands", OTHERWISE),
    )
    return START if outcome == "homocysteine_raised" else CONSIDER


def _if_discordant(trace: Trace) -> tuple[Test, ...]:
    return (_MMA, _HOMOCYSTEINE) if trace.answer(AGREEMENT) else ()


def _not_low(findings: Findings, trace: Trace, where: Zone) -> Verdict:
    """B12 not low: MMA, homocysteine and anti-IF decide (G28), never B12 alone."""
    level = mma_level(findings, trace, FLOW_1)
    if level is MMA_CERTAIN:
        tests = missing(findings, _ANTI_IF, _FOLATE)
        return Verdict(CONFIRMED, tests, START)
    if level is MMA_RAISED:
        return judge_raised_mma(findings, trace, strong=True)
    if level is MMA_NORMAL and _set_aside(findings, where):
        plan = _plan_with_normal_mma(findings, trace)
        return Verdict(HIGHLY_PROBABLE, missing(findings, _ANTI_IF), plan)
    if level is MMA_NORMAL and _may_be_low(findings):
        tests = (Test.TOTAL_B12, *missing(findings, _HOMOCYSTEINE, _ANTI_IF, _FOLATE))
        return Verdict(FURTHER_TESTS, tests, _while_waiting(findings, trace))
    if level is MMA_NORMAL:
        return judge_normal_mma(findings, trace, FLOW_1, strong=True, normal=UNLIKELY)
    total = (Test.TOTAL_B12,) if where is UNDECIDED else ()
    wanted = missing(findings, _HOMOCYSTEINE, _ANTI_IF, _FOLATE, *total)
    tests = (_MMA, *wanted)
    return Verdict(FURTHER_TESTS, tests, _while_waiting(findings, trace))


def _may_be_low(findings: Findings) -> bool:
    """A censored B12 such as <200 that the limit does not settle: an exact one is asked for (A21).
    An exact active B12 between 25 and 70 is undecided for another reason (A18)."""
    total, active = findings.total_b12, findings.active_b12
    if total is not None and total.below(findings.total_limit.value) is None:
        return True
    return active is not None and active.below(active_limit(findings).value) is None


def _set_aside(findings: Findings, where: Zone) -> bool:
    """A low total set aside for an active B12 that is itself undecided, with neurological signs:
    the case is read as low B12 with normal metabolites (A40, A42)."""
    total = findings.total_b12
    low = total is not None and bool(total.below(findings.total_limit.value))
    return where is UNDECIDED and low and findings.neurological


def _while_waiting(findings: Findings, trace: Trace) -> Plan:
    """With neurological signs treatment starts while the answers are awaited: when anti-IF is
    positive (A4), and when a low total is not excluded: 150 to 170 without a local limit may be
    low with the laboratory's method (A12), and a low total may have been set aside for active B12
    (A40)."""
    total, limit = findings.total_b12, findings.total_limit
    if LimitKey.TOTAL_B12_LOWER not in findings.limits.local:
        limit = findings.parameters.total_b12_lower_uncertain_to.limit
    outcome = trace.decide(
        NEAR_LIMIT,
        ("no_signs", absent("neurological", not findings.neurological)),
        ("anti_if_positive", gastritis_check(findings)),
        ("not_low", at_least, TOTAL_B12, total, limit),
        ("not_measured", absent("total_b12", total is None)),
        ("low_not_excluded", OTHERWISE),
    )
    starts = outcome in {"anti_if_positive", "low_not_excluded"}
    return MEANWHILE if starts else NO_PLAN
