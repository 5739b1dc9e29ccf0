"""Prevention where deficiency is not shown (G111, G112)."""

from .findings import Findings
from .trace import OTHERWISE, Node, Trace
from .vocabulary import DIET_RISKS, PROPHYLAXIS_SURGERY, Regimen

PREVENTION = Node("prevention", ("G111", "G112"))


def prevention(findings: Findings, trace: Trace) -> tuple[Regimen, tuple[Regimen, ...]]:
    """The preventive regimen and its alternatives; surgery counts before diet (A58, A59)."""
    risks = findings.case.risk_factors
    outcome = trace.decide(
        PREVENTION,
        ("surgery", "prophylaxis_surgery", bool(risks & PROPHYLAXIS_SURGERY)),
        ("diet", "b12_poor_diet", bool(risks & DIET_RISKS)),
        ("none", OTHERWISE),
    )
    if outcome == "surgery":
        return Regimen.PROPHYLAXIS_ORAL_1MG, (Regimen.PROPHYLAXIS_IM_EVERY_3_MONTHS,)
    if outcome == "diet":
        return Regimen.PROPHYLAXIS_DIET_SUPPLEMENT, ()
    return Regimen.NONE, ()
