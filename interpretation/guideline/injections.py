"""Maintenance by injection for a long time (G101, G108, G126, G128)."""

from .response import Answer, Monitored, b12_low, iron_and_folate, measured_anaemia, mma_abnormal
from .trace import OTHERWISE, Node, Trace, absent, negated
from .treatment import duration
from .vocabulary import (
    ORAL_NOT_FEASIBLE,
    Analyte,
    Duration,
    MonitoringConclusion,
    Preference,
    Regimen,
)

MAINTENANCE = Node("monitoring.injections", ("G101", "G126", "G128"))
SWITCH = Node("monitoring.switch", ("G92", "G108", "G113", "G132"))

_M = MonitoringConclusion
_R = Regimen
_B12 = frozenset({Analyte.TOTAL_B12, Analyte.ACTIVE_B12})


def on_injections(seen: Monitored, trace: Trace) -> Answer:
    """A normal or high B12 says nothing here; the blood count, the symptoms and perhaps MMA do
    (A72). A low B12 is not explained by injections that are given."""
    findings = seen.findings
    measured = findings.results.values.keys()
    only_b12 = bool(measured) and measured <= _B12
    outcome = trace.decide(
        MAINTENANCE,
        ("anaemia", measured_anaemia(findings), "anaemia"),
        ("mma_raised", mma_abnormal(seen), "mma_raised"),
        ("b12_low", b12_low(findings), "low_total_b12"),
        ("only_b12", only_b12, "only_b12_measured"),
        ("nothing_against", OTHERWISE),
    )
    if outcome in {"anaemia", "mma_raised", "b12_low"}:
        tests = iron_and_folate(findings)
        return Answer(_M.ABSENT_RECONSIDER, _R.CONTINUE_IM_MAINTENANCE, next_tests=tests)
    if outcome == "only_b12":
        return _ONLY_B12
    return _offer_tablets(seen, trace)


def _offer_tablets(seen: Monitored, trace: Trace) -> Answer:
    """Who is stable or wishes it can change to tablets, unless tablets were impossible or the
    patient is said not to be stable (A63); for life only where the condition is lifelong (G113)."""
    impossible = bool(seen.findings.case.risk_factors & ORAL_NOT_FEASIBLE)
    stable, wishes = seen.status.stable, seen.findings.case.preference is Preference.ORAL
    outcome = trace.decide(
        SWITCH,
        ("tablets_impossible", impossible, "oral_not_feasible"),
        ("not_stable", absent("stable", negated(stable))),
        ("stable", stable, "stable"),
        ("wished", wishes, "wishes_tablets"),
        ("not_stated", OTHERWISE),
    )
    regimen, others = _CHOICE[outcome]
    lifelong = duration(seen.findings, trace) is Duration.LIFELONG
    conclusion = _M.CONTINUE_LIFELONG if lifelong else _M.ADEQUATE
    return Answer(conclusion, regimen, others, confirms_deficiency=True)


_CHOICE: dict[str, tuple[Regimen, tuple[Regimen, ...]]] = {
    "tablets_impossible": (_R.CONTINUE_IM_MAINTENANCE, ()),
    "not_stable": (_R.CONTINUE_IM_MAINTENANCE, ()),
    "stable": (_R.SWITCH_TO_ORAL_1MG, (_R.CONTINUE_IM_MAINTENANCE,)),
    "wished": (_R.SWITCH_TO_ORAL_1MG, (_R.CONTINUE_IM_MAINTENANCE,)),
    "not_stated": (_R.CONTINUE_IM_MAINTENANCE, (_R.SWITCH_TO_ORAL_1MG,)),
}
_ONLY_B12 = Answer(
    _M.UNINFORMATIVE,
    _R.CONTINUE_IM_MAINTENANCE,
    (_R.SWITCH_TO_ORAL_1MG,),
    confirms_deficiency=True,
)
"""A B12 value alone; the cause is worked up where it is neither known nor obvious (G79)."""
