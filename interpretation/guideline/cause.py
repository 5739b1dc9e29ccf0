"""Why is B12 lacking, and what must be examined (G74 to G91)?"""

from .findings import Findings, is_breastfeeding
from .interpretation import CauseWorkup
from .trace import OTHERWISE, Node, Trace
from .vocabulary import (
    ACID_REDUCING_DRUGS,
    DIET_RISKS,
    DRUG_RISKS,
    INTAKE_RISKS,
    MALABSORPTION_RISKS,
    MALABSORPTION_SYMPTOMS,
    STOMACH_OR_ILEUM_SURGERY,
    Analyte,
    CauseGroup,
    Risk,
    Serology,
    Test,
)

GROUP = Node("cause.group", ("G74", "G75", "G76", "G77", "G78"))
OBVIOUS = Node("cause.obvious", ("G79", "G80", "G81"))
COELIAC = Node("cause.coeliac", ("G76", "G88"))
TESTS = Node("cause.tests", ("G79", "G82", "G83", "G84", "G85", "G86", "G87", "G89", "G90", "G91"))

_OBVIOUS_DISEASE = frozenset({Risk.CROHN_TERMINAL_ILEUM, Risk.COELIAC_DISEASE_UNTREATED})
_OBVIOUS_DIET = frozenset({Risk.VEGAN, Risk.VEGETARIAN})
_LOW_INTAKE = INTAKE_RISKS - {Risk.ELDERLY}
_BESIDE_DIET = MALABSORPTION_RISKS | DRUG_RISKS | {Risk.AUTOIMMUNE_DISEASE, Risk.UNDERNOURISHED}
_INTAKE, _MALABSORPTION, _DRUGS, _ = CauseGroup
_POSITIVE, _ANTI_IF = Serology.POSITIVE, (Test.ANTI_IF,)
_NO_GASTROSCOPY = frozenset({Risk.ELDERLY, Risk.TOTAL_GASTRECTOMY})
_OF_THE_STOMACH = frozenset(
    {Test.ANTI_PARIETAL, Test.GASTRIN_FASTING, Test.GASTROSCOPY_WITH_BIOPSIES}
)


def suggests_coeliac_disease(findings: Findings) -> bool:
    """Bowel symptoms with low folate or ferritin, or a positive coeliac serology (G76, G88)."""
    if findings.results.coeliac_serology is _POSITIVE:
        return True
    if not (findings.folate_low or findings.ferritin_low):
        return False
    return not findings.case.symptoms.isdisjoint(MALABSORPTION_SYMPTOMS)


def cause_group(findings: Findings, trace: Trace) -> CauseGroup | None:
    """The group of the likeliest cause. Disease and surgery count before diet, and a stated drug
    before high age; age alone explains nothing (A45)."""
    risks = findings.case.risk_factors
    disease = (
        not risks.isdisjoint(MALABSORPTION_RISKS)
        or findings.pernicious_anaemia
        or suggests_coeliac_disease(findings)
    )
    intake = (
        findings.pregnant or not risks.isdisjoint(_LOW_INTAKE) or is_breastfeeding(findings.case)
    )
    outcome = trace.decide(
        GROUP,
        (_MALABSORPTION, disease, "malabsorption"),
        (_INTAKE, intake, "low_intake"),
        (_DRUGS, not risks.isdisjoint(DRUG_RISKS), "drugs"),
        ("unknown", OTHERWISE),
    )
    return outcome if isinstance(outcome, CauseGroup) else None


def diet_alone(findings: Findings) -> bool:
    """Diet is the only cause: no other risk, and no antibody that speaks for another (A55)."""
    risks = findings.case.risk_factors
    return (
        not risks.isdisjoint(DIET_RISKS)
        and risks.isdisjoint(_BESIDE_DIET)
        and not findings.pernicious_anaemia
        and not suggests_coeliac_disease(findings)
        and not findings.case.takes_b12_supplement
    )


def obvious_cause(findings: Findings, trace: Trace) -> str:
    """``obvious``, ``obvious_but_supplement``, ``pernicious_anaemia``, ``known`` or ``unknown``
    (G80, G81, A43 to A45).

    Drugs, age and pregnancy are frequent coincidences and never obvious; colon surgery does not
    explain the deficiency (A11). Who takes B12 and is still deficient must be examined.
    """
    status = findings.case.treatment_status
    risks = findings.case.risk_factors
    diet = not risks.isdisjoint(_OBVIOUS_DIET)
    surgery = not risks.isdisjoint(STOMACH_OR_ILEUM_SURGERY)
    disease = not risks.isdisjoint(_OBVIOUS_DISEASE)
    supplement = bool(findings.case.takes_b12_supplement) and (diet or surgery or disease)
    return trace.decide(
        OBVIOUS,
        ("pernicious_anaemia", findings.results.anti_if is _POSITIVE, "anti_if"),
        ("obvious_but_supplement", supplement, "supplemented_cause"),
        ("obvious", diet, "vegan_or_vegetarian"),
        ("obvious", surgery, "stomach_or_ileum_surgery"),
        ("obvious", disease, "ileum_or_coeliac_disease"),
        ("known", bool(status is not None and status.cause_known), "cause_known"),
        ("unknown", OTHERWISE),
    )


def _gastrin_is_answered(findings: Findings) -> bool:
    """Taken fasting and without drugs that raise it; kidneys that do so would disturb the next
    sample as well (G86, G87)."""
    disturbed = bool(findings.case.risk_factors & ACID_REDUCING_DRUGS)
    fasting = findings.results.gastrin_fasting is True
    return fasting and not disturbed and findings.value(Analyte.GASTRIN) is not None


def _open_tests(findings: Findings) -> tuple[Test, ...]:
    """Anti-IF first; negative: parietal cells, fasting gastrin, coeliac disease, gastroscopy; when
    these are answered too, CobaSorb (A48). A positive answer leaves only what proves it (G90)."""
    results = findings.results
    if results.anti_if is None:
        return _ANTI_IF
    if results.coeliac_serology is _POSITIVE:
        return (Test.GASTROSCOPY_WITH_BIOPSIES,)
    gastrin = () if _gastrin_is_answered(findings) else (Test.GASTRIN_FASTING,)
    if results.anti_parietal is _POSITIVE:
        return *gastrin, Test.GASTROSCOPY_WITH_BIOPSIES
    parietal = (Test.ANTI_PARIETAL,) if results.anti_parietal is None else ()
    coeliac = (Test.COELIAC_SEROLOGY,) if results.coeliac_serology is None else ()
    last = () if parietal or gastrin or coeliac else (Test.COBASORB,)
    return *parietal, *gastrin, *coeliac, Test.GASTROSCOPY_WITH_BIOPSIES, *last


def gastroscopy_advised(findings: Findings) -> bool:
    """Atrophic gastritis is likely; the doctor's tick for high age takes the advice away (A46), and
    so does an operation that has left no stomach."""
    return findings.pernicious_anaemia and findings.case.risk_factors.isdisjoint(_NO_GASTROSCOPY)


def _tests(findings: Findings, trace: Trace) -> tuple[Test, ...]:
    coeliac = suggests_coeliac_disease(findings) and findings.results.coeliac_serology is None
    trace.decide(COELIAC, ("suspected", coeliac, "coeliac_suspected"), ("not_suspected", OTHERWISE))
    outcome = trace.decide(
        TESTS,
        ("atrophic_gastritis", findings.pernicious_anaemia, "pernicious_anaemia"),
        ("open", OTHERWISE),
    )
    if outcome == "open":
        tests = _open_tests(findings)
        if Risk.TOTAL_GASTRECTOMY in findings.case.risk_factors:
            tests = tuple(test for test in tests if test not in _OF_THE_STOMACH)
    else:
        tests = (Test.GASTROSCOPY_WITH_BIOPSIES,) if gastroscopy_advised(findings) else ()
    missing = coeliac and Test.COELIAC_SEROLOGY not in tests
    return (*tests, Test.COELIAC_SEROLOGY) if missing else tests


def work_up(findings: Findings, trace: Trace) -> CauseWorkup:
    """The cause work-up of a shown or highly probable deficiency, or of a treated one."""
    group = cause_group(findings, trace)
    obvious = obvious_cause(findings, trace)
    if obvious in {"obvious", "known"}:
        return CauseWorkup(False, (), group)
    status = findings.case.treatment_status
    known = Risk.PERNICIOUS_ANAEMIA_KNOWN in findings.case.risk_factors
    if status is not None and status.ongoing and known:
        return CauseWorkup(False, (), group)
    return CauseWorkup(True, _tests(findings, trace), group)
