"""Whether and how to treat, for how long, and folate and iron beside it (G92 to G107, G113 to
G115).

The regimen never follows from the B12 value alone: it is chosen from how severe the deficiency is
(A51), from whether tablets can be taken, and from the doctor's own choice where both are allowed.
"""

from enum import StrEnum

from .cause import diet_alone
from .edition import Edition
from .findings import Findings, is_breastfeeding
from .interpretation import Treatment
from .prevention import prevention
from .trace import OTHERWISE, Node, Trace, all_of, present
from .verdict import (
    CONSIDER,
    FOLATE_DEFICIENCY,
    FURTHER_TESTS,
    MEANWHILE,
    NO_DEFICIENCY,
    NO_PLAN,
    TRIAL,
    UNLIKELY,
    Plan,
    Verdict,
)
from .vocabulary import (
    DIET_RISKS,
    FLOWCHART_1_ENTRY,
    ORAL_NOT_FEASIBLE,
    PREVENTIVE,
    PROPHYLAXIS_SURGERY,
    SEVERE_NEUROLOGICAL,
    BloodSmear,
    Duration,
    FolateAdvice,
    Pathway,
    Preference,
    Regimen,
    Risk,
    Serology,
    Strength,
    Symptom,
    plain_members,
)

SEVERITY = Node("treatment.severity", ("G17", "G19", "G93", "G98"))
REGIMEN = Node(
    "treatment.regimen",
    ("G92", "G93", "G94", "G95", "G98", "G99", "G100", "G101", "G102", "G103", "G110"),
)
LOW_DOSE = Node("treatment.low_dose", ("G96", "G97", "G114"))
DURATION = Node("treatment.duration", ("G82", "G113", "G114", "G115"))
FOLATE = Node("treatment.folate", ("G104", "G105", "G106"))

_LIFELONG_RISKS = PROPHYLAXIS_SURGERY | {
    Risk.GASTRIC_SURGERY,
    Risk.PERNICIOUS_ANAEMIA_KNOWN,
    Risk.TERMINAL_ILEUM_RESECTION,
}
_TREATABLE_RISKS = frozenset(
    {
        Risk.COELIAC_DISEASE_UNTREATED,
        Risk.CROHN_TERMINAL_ILEUM,
        Risk.BACTERIAL_OVERGROWTH,
    }
)
_SYMPTOMATIC = frozenset({Symptom.DYSPNOEA, Symptom.PRECORDIAL_PAIN, Symptom.HYPOTENSION})


@plain_members
class Severity(StrEnum):
    SEVERE = "severe"
    NEUROLOGICAL = "neurological"
    ANAEMIC = "anaemic"
    UNCOMPLICATED = "uncomplicated"


_LIFELONG, _STORES_FILLED, _DIET_CORRECTED, _DIET_SECURED, _CAUSE_KNOWN = Duration
SEVERE, NERVES, ANAEMIC, UNCOMPLICATED = Severity
_NO_STRENGTH, _START = Strength.NONE, Strength.START
_NONE, _TABLETS, _URGENT = Regimen.NONE, Regimen.ORAL_UNCOMPLICATED, Regimen.IM_5_DAYS_THEN_ORAL

Choice = tuple[Regimen, tuple[Regimen, ...]]
"""A regimen, and those that the guideline also allows."""


def severity(findings: Findings, trace: Trace) -> Severity:
    """Severe: established neurological damage, pronounced or symptomatic macrocytic anaemia, or
    pancytopenia. A single milder neurological sign leans towards injections, mild macrocytic
    anaemia towards tablets; both leave the choice to the doctor (A51)."""
    blood, symptoms = findings.blood, findings.case.symptoms
    pronounced = blood.pronounced and blood.macrocytosis is not False
    symptomatic = blood.macrocytic_anaemia and bool(symptoms & _SYMPTOMATIC)
    pancytopenia = bool(blood.anaemia and blood.leukopenia and blood.thrombocytopenia)
    return trace.decide(
        SEVERITY,
        (SEVERE, not symptoms.isdisjoint(SEVERE_NEUROLOGICAL), "severe_neurological"),
        (SEVERE, pronounced, "pronounced_anaemia"),
        (SEVERE, symptomatic, "symptomatic_anaemia"),
        (SEVERE, pancytopenia, "pancytopenia"),
        (NERVES, findings.neurological, "neurological"),
        (ANAEMIC, blood.macrocytic_anaemia, "macrocytic_anaemia"),
        (UNCOMPLICATED, OTHERWISE),
    )


def _injections_for_life(preference: Preference | None) -> Choice:
    hydroxo, cyano = Regimen.IM_5_DAYS_THEN_IM_HYDROXO, Regimen.IM_5_DAYS_THEN_IM_CYANO
    if preference is Preference.CYANOCOBALAMIN_IM:
        return cyano, (hydroxo,)
    if preference is Preference.ORAL:
        return hydroxo, (cyano, _TABLETS)
    return hydroxo, (cyano,)


def choose_regimen(findings: Findings, trace: Trace, degree: Severity) -> Choice:
    """Tablets unless a reason for injections stands (G92, G93, A52); patients who could choose
    either get the other one as the alternative."""
    case = findings.case
    oral_failed = bool(case.takes_b12_supplement and case.risk_factors & PROPHYLAXIS_SURGERY)
    outcome = trace.decide(
        REGIMEN,
        ("oral_not_feasible", _oral_not_feasible(findings), "oral_not_feasible"),
        ("severe", degree is SEVERE, "severe"),
        ("oral_unsatisfactory", oral_failed, "oral_unsatisfactory"),
        ("neurological", degree is NERVES, "nerve_signs_decide"),
        ("anaemic", degree is ANAEMIC, "mild_anaemia_decides"),
        ("uncomplicated", OTHERWISE),
    )
    if outcome == "uncomplicated":
        return _TABLETS, _low_dose(findings, trace)
    if outcome == "oral_not_feasible":
        return _injections_for_life(case.preference)
    hydroxo, cyano = Regimen.IM_5_DAYS_THEN_IM_HYDROXO, Regimen.IM_5_DAYS_THEN_IM_CYANO
    if outcome == "severe":
        return _URGENT, (hydroxo,)
    if outcome == "oral_unsatisfactory":
        return Regimen.ORAL_2MG, (hydroxo, cyano)
    bleeding = Risk.ANTICOAGULANT in case.risk_factors
    if outcome == "neurological":
        urgent = case.preference is not Preference.ORAL and not bleeding
    else:
        urgent = case.preference is Preference.IM and not bleeding
    return (_URGENT, (_TABLETS,)) if urgent else (_TABLETS, (_URGENT,))


def _oral_not_feasible(findings: Findings) -> bool:
    return not findings.case.risk_factors.isdisjoint(ORAL_NOT_FEASIBLE)


def _low_dose(findings: Findings, trace: Trace) -> tuple[Regimen, ...]:
    """Diet alone, no anaemia, no neurology, not pregnant or breastfeeding: a lower dose may do
    (A54, A65); the smallest only when the deficiency is subclinical (A55)."""
    blood = findings.blood
    excluded = (
        bool(blood.anaemia)
        or findings.neurological
        or findings.pregnant
        or is_breastfeeding(findings.case)
    )
    outcome = trace.decide(
        LOW_DOSE,
        (
            "allowed",
            all_of(
                present("diet_alone", diet_alone(findings)),
                present("no_reason_for_full_dose", not excluded),
            ),
        ),
        ("full_dose", OTHERWISE),
    )
    if outcome == "full_dose":
        return ()
    subclinical = _subclinical(findings)
    small = (Regimen.SUPPLEMENT_6_9_UG,) if subclinical else ()
    return (Regimen.LOW_DOSE_TRIOBE, *small)


def _subclinical(findings: Findings) -> bool:
    """At most non-specific symptoms, and nothing in the blood but the biochemical markers (G21,
    A55)."""
    case, blood = findings.case, findings.blood
    signs_in_blood = (
        blood.macrocytosis
        or blood.macrocytic_anaemia
        or blood.leukopenia
        or blood.thrombocytopenia
        or blood.high_ld
        or findings.results.blood_smear is BloodSmear.MEGALOBLASTIC
    )
    suspected = case.pathway is Pathway.STRONG_SUSPICION
    return not suspected and case.symptoms.isdisjoint(FLOWCHART_1_ENTRY) and not signs_in_blood


def duration(findings: Findings, trace: Trace) -> Duration | None:
    """How long, by the cause (G113 to G115, A60); ``None`` when the doctor knows a cause that is
    not among the stated risks."""
    risks, status = findings.case.risk_factors, findings.case.treatment_status
    known = status is not None and status.cause_known is True
    outcome = trace.decide(
        DURATION,
        (_LIFELONG, findings.pernicious_anaemia, "pernicious_anaemia"),
        (_LIFELONG, not risks.isdisjoint(_LIFELONG_RISKS), "lifelong_condition"),
        (_STORES_FILLED, _treatable_disease(findings), "treatable_disease"),
        (_DIET_CORRECTED, "undernourished" in risks, "undernourished"),
        (_DIET_SECURED, not risks.isdisjoint(DIET_RISKS), "b12_poor_diet"),
        ("by_known_cause", known, "cause_known"),
        (_CAUSE_KNOWN, OTHERWISE),
    )
    return outcome if isinstance(outcome, Duration) else None


def _treatable_disease(findings: Findings) -> bool:
    """Stated or found in the serology. Coeliac disease that is treated already explains a treatment
    that goes on, but no new deficiency (G76, A45)."""
    risks, ongoing = findings.case.risk_factors, findings.case.treatment_status is not None
    return (
        not risks.isdisjoint(_TREATABLE_RISKS)
        or (ongoing and Risk.COELIAC_DISEASE_TREATED in risks)
        or findings.results.coeliac_serology is Serology.POSITIVE
    )


def folate_advice(
    findings: Findings, trace: Trace, *, treats: bool, degree: Severity | None
) -> FolateAdvice | None:
    """Low folate: 5 mg, and where B12 is treated only after B12 has begun; severe B12 deficiency
    with folate that is not low: consider 200 to 400 µg (A61). Without B12 treatment, only when
    deficiency has been judged unlikely by the metabolites."""
    severe = treats and degree is SEVERE
    outcome = trace.decide(
        FOLATE,
        ("low", findings.folate_low, "low_folate"),
        ("severe", severe, "severe"),
        ("none", OTHERWISE),
    )
    if outcome == "low":
        return FolateAdvice.FIVE_MG_AFTER_B12 if treats else FolateAdvice.FIVE_MG
    return FolateAdvice.CONSIDER_200_400_UG if outcome == "severe" else None


_B12_IS_SETTLED = frozenset({UNLIKELY, NO_DEFICIENCY, FOLATE_DEFICIENCY})
_MAY_BE_LEFT = frozenset({CONSIDER, MEANWHILE})
_STRENGTHS = {
    Plan.START: Strength.START,
    Plan.MEANWHILE: Strength.START,
    Plan.CONSIDER: Strength.CONSIDER,
    Plan.TRIAL: Strength.CONSIDER,
}


def make(
    edition: Edition,
    choice: Choice,
    strength: Strength,
    *,
    lasting: Duration | None = None,
    folate: FolateAdvice | None = None,
    iron: bool,
) -> Treatment:
    """A treatment with the doses that the edition gives for its regimen."""
    regimen, alternatives = choice
    doses = edition.regimens[regimen].doses
    return Treatment(regimen, alternatives, strength, doses, lasting, folate, iron)


def treat(findings: Findings, trace: Trace, verdict: Verdict) -> Treatment:
    """The treatment that follows from a flowchart's answer."""
    iron = bool(findings.ferritin_low)
    edition = findings.edition
    if verdict.plan is NO_PLAN:
        return _without_deficiency(findings, trace, verdict, iron=iron)
    if verdict.plan is TRIAL:
        choice = Regimen.TREATMENT_TRIAL_ORAL, _instead_of_trial(findings, trace)
        folate = folate_advice(findings, trace, treats=True, degree=None)
        return make(edition, choice, Strength.CONSIDER, folate=folate, iron=iron)
    degree = severity(findings, trace)
    choice = choose_regimen(findings, trace, degree)
    if verdict.plan in _MAY_BE_LEFT:
        choice = choice[0], (*choice[1], _NONE)
    lasting = duration(findings, trace)
    folate = folate_advice(findings, trace, treats=True, degree=degree)
    strength = _STRENGTHS[verdict.plan]
    return make(edition, choice, strength, lasting=lasting, folate=folate, iron=iron)


def _instead_of_trial(findings: Findings, trace: Trace) -> tuple[Regimen, ...]:
    """Full treatment where there are neurological signs; injections where tablets cannot be taken;
    else a new check after some months (G40), with prevention where diet or an operation asks for it
    anyway (G111, G112)."""
    if findings.neurological and not _oral_not_feasible(findings):
        return Regimen.IM_5_DAYS_THEN_ORAL, Regimen.ORAL_UNCOMPLICATED
    without, _others = prevention(findings, trace)
    if _oral_not_feasible(findings):
        return Regimen.IM_5_DAYS_THEN_IM_HYDROXO, without
    return (without,)


def _without_deficiency(
    findings: Findings, trace: Trace, verdict: Verdict, *, iron: bool
) -> Treatment:
    """No treatment now; prevention where diet or surgery asks for it and B12 is settled."""
    regimen, alternatives = prevention(findings, trace)
    if verdict.conclusion is FURTHER_TESTS:
        later = (regimen, *alternatives) if regimen in PREVENTIVE else ()
        return make(findings.edition, (_NONE, later), _NO_STRENGTH, iron=iron)
    settled = verdict.conclusion in _B12_IS_SETTLED
    folate = folate_advice(findings, trace, treats=False, degree=None) if settled else None
    surgery = not findings.case.risk_factors.isdisjoint(PROPHYLAXIS_SURGERY)
    return make(
        findings.edition,
        (regimen, alternatives),
        _NO_STRENGTH if regimen is _NONE else Strength.START,
        lasting=_LIFELONG if surgery else None,
        folate=folate,
        iron=iron,
    )


def declined(findings: Findings, treatment: Treatment) -> Treatment:
    """The patient declines B12: what was advised stays visible, iron is still needed, and folate is
    not given alone (G104)."""
    advised = (treatment.regimen, *treatment.alternatives)
    choice = _NONE, tuple(regimen for regimen in advised if regimen is not _NONE)
    return make(findings.edition, choice, _NO_STRENGTH, iron=treatment.iron)
