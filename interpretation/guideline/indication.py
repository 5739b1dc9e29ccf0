"""Is there a reason to examine B12, and which flowchart answers (G3 to G7, G23, G33)?"""

from .findings import Findings, is_breastfeeding
from .trace import OTHERWISE, Node, Trace, number_below
from .vocabulary import (
    CHILDREN_ONLY,
    DIET_RISKS,
    FLOWCHART_1_ENTRY,
    NOT_AN_INDICATION,
    PROPHYLAXIS_SURGERY,
    BloodSmear,
    Pathway,
    Risk,
    Serology,
)

SCOPE = Node("scope", ("G78",))
INDICATION = Node("indication", ("G3", "G4", "G5", "G6", "G7"))
PREVENTION_ONLY = Node("indication.prevention", ("G5", "G111", "G112"))
PATHWAY = Node("pathway", ("G18", "G23", "G33"))

_STRONG, _NONSPECIFIC = Pathway.STRONG_SUSPICION, Pathway.NONSPECIFIC
_POSITIVE, _MEGALOBLASTIC = Serology.POSITIVE, BloodSmear.MEGALOBLASTIC
_PREVENTION_RISKS = DIET_RISKS | PROPHYLAXIS_SURGERY | {Risk.PREGNANCY, Risk.BREASTFEEDING}


def is_child(findings: Findings, trace: Trace) -> bool:
    """Limits and doses are for adults; a child is referred (A64). Unknown age is asked for, and
    with signs that only children have nothing is dosed meanwhile."""
    limit = findings.limits.use(findings.parameters.adult_age)
    case = findings.case
    signs = case.age is None and (
        bool(case.symptoms & CHILDREN_ONLY) or Risk.MOTHER_VEGAN_UNSUPPLEMENTED in case.risk_factors
    )
    outcome = trace.decide(
        SCOPE,
        ("child", number_below("age", case.age, limit)),
        ("child", signs, "signs_in_children"),
        ("adult", OTHERWISE),
    )
    return outcome == "child"


def _abnormal_blood(findings: Findings) -> bool:
    """Anaemia, large cells, high LD (G4), or another answer that points to a cause."""
    blood, results = findings.blood, findings.results
    return bool(
        blood.anaemia
        or blood.macrocytosis
        or blood.high_ld
        or findings.folate_low
        or results.blood_smear is _MEGALOBLASTIC
        or results.anti_if is _POSITIVE
        or results.anti_parietal is _POSITIVE
        or results.coeliac_serology is _POSITIVE
    )


def _has_risk(findings: Findings) -> bool:
    """One of the guideline's lists (A8), or the increased need that is stated beside them (G74)."""
    listed = not findings.case.risk_factors <= NOT_AN_INDICATION
    return listed or findings.pregnant or is_breastfeeding(findings.case)


def _marker_measured(findings: Findings) -> bool:
    return (
        findings.total_b12 is not None
        or findings.active_b12 is not None
        or findings.mma is not None
        or findings.homocysteine is not None
    )


def has_indication(findings: Findings, trace: Trace) -> bool:
    """A symptom, an abnormal blood result or a risk is enough (A8, A10); so is a doctor's strong
    suspicion, and a result that is there already is answered. Follow-up needs no new reason."""
    case = findings.case
    outcome = trace.decide(
        INDICATION,
        ("symptom", bool(case.symptoms), "symptoms"),
        ("blood_result", _abnormal_blood(findings), "abnormal_blood"),
        ("risk", _has_risk(findings), "risk_factors"),
        ("suspicion", case.pathway is _STRONG, "strong_suspicion"),
        ("already_measured", _marker_measured(findings), "marker_measured"),
        ("follow_up", case.treatment_status is not None, "treatment_status"),
        ("none", OTHERWISE),
    )
    return outcome != "none"


def asks_for_prevention_only(findings: Findings, trace: Trace) -> bool:
    """A healthy person whose only risk is the diet or an operation: the question is prevention
    (G111, G112). Nothing is measured yet and no suspicion is stated; after an operation the
    pathway may be named."""
    case = findings.case
    if case.symptoms or case.treatment_status is not None or case.pathway is _STRONG:
        return False
    if case.pathway is not None and not case.post_operative:
        return False
    risks = case.risk_factors - NOT_AN_INDICATION
    diet_only = bool(risks & DIET_RISKS) and risks <= _PREVENTION_RISKS
    if not (diet_only or risks & PROPHYLAXIS_SURGERY):
        return False
    if _abnormal_blood(findings) or _marker_measured(findings):
        return False
    trace.decide(PREVENTION_ONLY, ("prevention", True, "prevention_risk"), ("other", OTHERWISE))
    return True


def pathway(findings: Findings, trace: Trace) -> Pathway | None:
    """Which chart: the doctor's strong suspicion, or any entry feature of flowchart 1 even when the
    doctor has called the suspicion non-specific (A7); else what the doctor said, else derived (A6);
    ``None`` when nothing decides, and the doctor is asked."""
    case = findings.case
    entry = not case.symptoms.isdisjoint(FLOWCHART_1_ENTRY)
    other = bool(case.symptoms) or _has_risk(findings) or _abnormal_blood(findings)
    stated = case.pathway
    outcome = trace.decide(
        PATHWAY,
        ("stated_strong", stated is _STRONG, "strong_suspicion"),
        ("derived_strong", entry, "flowchart_1_symptom"),
        ("derived_strong", findings.blood.macrocytic_anaemia, "macrocytic_anaemia"),
        ("stated_nonspecific", stated is _NONSPECIFIC, "nonspecific"),
        ("derived_nonspecific", other, "symptoms_or_risk"),
        ("unknown", OTHERWISE),
    )
    if outcome == "unknown":
        return None
    return _STRONG if outcome.endswith("strong") else _NONSPECIFIC
