"""Prevention where deficiency is not shown (G111, G112)."""

from .findings import Findings
from .trace import OTHERWISE, Node, Trace
from .vocabulary import (
    DIET_RISKS,
    ORAL_NOT_FEASIBLE,
    PROPHYLAXIS_SURGERY,
    Preference,
    Regimen,
    Risk,
)

PREVENTION = Node("prevention", ("G111", "G112"))

_NONE, _DIET = (Regimen.NONE, ()), (Regimen.PROPHYLAXIS_DIET_SUPPLEMENT, ())
_WISHES_INJECTIONS = frozenset({Preference.IM, Preference.CYANOCOBALAMIN_IM})


def prevention(findings: Findings, trace: Trace) -> tuple[Regimen, tuple[Regimen, ...]]:
    """The preventive regimen and its alternatives; surgery counts before diet (A58, A59). The
    guideline allows tablets and injections after surgery: the doctor's choice leads, but not to
    injections in patients who bleed easily (G133)."""
    risks = findings.case.risk_factors
    outcome = trace.decide(
        PREVENTION,
        ("surgery", not risks.isdisjoint(PROPHYLAXIS_SURGERY), "prophylaxis_surgery"),
        ("diet", not risks.isdisjoint(DIET_RISKS), "b12_poor_diet"),
        ("none", OTHERWISE),
    )
    if outcome == "none":
        return _NONE
    if outcome == "diet":
        return _DIET
    tablets, injections = Regimen.PROPHYLAXIS_ORAL_1MG, Regimen.PROPHYLAXIS_IM_EVERY_3_MONTHS
    if risks & ORAL_NOT_FEASIBLE:
        return injections, ()
    if findings.case.preference in _WISHES_INJECTIONS and Risk.ANTICOAGULANT not in risks:
        return injections, (tablets,)
    return tablets, (injections,)
