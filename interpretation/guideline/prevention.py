"""Prevention where deficiency is not shown (G111, G112)."""

from .findings import Findings
from .trace import OTHERWISE, Node, Trace
from .vocabulary import (
    DIET_RISKS,
    ORAL_NOT_FEASIBLE,
    PROPHYLAXIS_SURGERY,
    Preference,
    Regimen,
)

PREVENTION = Node("prevention", ("G111", "G112"))

_WISHES_INJECTIONS = frozenset({Preference.IM, Preference.CYANOCOBALAMIN_IM})


def prevention(findings: Findings, trace: Trace) -> tuple[Regimen, tuple[Regimen, ...]]:
    """The preventive regimen and its alternatives; surgery counts before diet (A58, A59). The
    guideline allows tablets and injections after surgery: the doctor's choice leads."""
    risks = findings.case.risk_factors
    outcome = trace.decide(
        PREVENTION,
        ("surgery", "prophylaxis_surgery", bool(risks & PROPHYLAXIS_SURGERY)),
        ("diet", "b12_poor_diet", bool(risks & DIET_RISKS)),
        ("none", OTHERWISE),
    )
    tablets, injections = Regimen.PROPHYLAXIS_ORAL_1MG, Regimen.PROPHYLAXIS_IM_EVERY_3_MONTHS
    if outcome == "surgery" and risks & ORAL_NOT_FEASIBLE:
        return injections, ()
    if outcome == "surgery" and findings.case.preference in _WISHES_INJECTIONS:
        return injections, (tablets,)
    if outcome == "surgery":
        return tablets, (injections,)
    if outcome == "diet":
        return Regimen.PROPHYLAXIS_DIET_SUPPLEMENT, ()
    return Regimen.NONE, ()
