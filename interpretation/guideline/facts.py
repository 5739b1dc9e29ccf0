"""What a run has found and answered, as bits that the caveat table reads.

Each fact is worked out once, and only where there is something to work it out from. What is unknown
is not a fact: a caveat needs a reason to be shown.
"""

from . import cause, nonspecific, strong_suspicion
from .case import InputError, TreatmentStatus
from .findings import NOTHING_COUNTED, BloodCount, Findings
from .metabolites import homocysteine_limits
from .quantity import Quantity
from .trace import Trace
from .verdict import Outcome
from .vocabulary import (
    ACID_REDUCING_DRUGS,
    CHILDREN_ONLY,
    IM_MAINTENANCE,
    INJECTION_START,
    STOMACH_OR_ILEUM_SURGERY,
    Analyte,
    Conclusion,
    ErrorCode,
    FolateAdvice,
    LimitKey,
    MonitoringConclusion,
    NeuroCourse,
    Pathway,
    Preference,
    Regimen,
    Risk,
    Serology,
    Strength,
    Test,
)

# fmt: off
(
    CHILD, URGENT_CHILD, INCONSISTENT, IMPLAUSIBLE, UNIT_SUSPECTED, NO_AGE, NO_PATHWAY,
    DIAGNOSIS, CONTROL, STRONG, SHOWN, OPEN, CLOSED, FURTHER_TESTS,
    NEUROLOGICAL, MACROCYTIC_ANAEMIA, ANAEMIA, LEUKOPENIA, THROMBOCYTOPENIA, MARROW_HAEMOLYSIS,
    PREGNANT, PILL, OESTROGEN, MYELOMA, AUTOIMMUNE, RENAL, OVERGROWTH, TREATABLE_DISEASE,
    B12, TOTAL_NOT_HIGH, TOTAL_HIGH, BELOW_REFERENCE, DISCORDANT, ON_A_LIMIT,
    LOCAL_LIMIT, NO_LOCAL_LIMIT, MASKED, DIET, EARLY_INJECTIONS,
    MMA, MMA_RAISED, MMA_CERTAIN, MMA_OVER_RENAL_CEILING, OLDER, NORMAL_FOR_AGE,
    HOMOCYSTEINE, HOMOCYSTEINE_RAISED, HOMOCYSTEINE_BORDERLINE,
    FOLATE_LOW, FOLATE_KNOWN, FERRITIN_LOW, SAMPLES_COMPLETE,
    ANTI_IF_POSITIVE, ANTI_IF_NEGATIVE, ANTI_PARIETAL, PERNICIOUS_OR_SURGERY,
    GASTRIN, GASTRIN_DISTURBED, FASTING_IN_DOUBT,
    OBVIOUS_CAUSE, SUPPLEMENTED_CAUSE, GASTROSCOPY, COBASORB,
    TREATS, GIVES, TABLETS, INJECTIONS, INJECTION_COURSE, URGENT_REGIMEN, TRIAL, LOW_DOSE,
    WISHES_INJECTIONS, GIVEN_INJECTIONS, FOLATE_5_MG, FOLATE_AFTER_B12, FOLATE_SMALL,
    RECONSIDER, HYPOKALAEMIA, RECOVERY_EXPECTED, AFTER_STOPPING, DEFAULTS_USED,
    NERVES_WORSE, DISEASE_TREATED, FOLATE_MAY_STAND_ALONE,
) = (1 << bit for bit in range(84))
# fmt: on

_BY_CONCLUSION: dict[Conclusion | None, int] = {
    Conclusion.CONFIRMED: SHOWN | OPEN,
    Conclusion.HIGHLY_PROBABLE: SHOWN | OPEN,
    Conclusion.POSSIBLE: OPEN,
    Conclusion.FURTHER_TESTS: OPEN | FURTHER_TESTS,
    Conclusion.UNLIKELY: CLOSED,
    Conclusion.NONE: CLOSED,
}
_BY_ERROR = {
    ErrorCode.INCONSISTENT_INPUT: INCONSISTENT,
    ErrorCode.IMPLAUSIBLE_VALUE: IMPLAUSIBLE,
}
_BY_RISK = {
    Risk.VEGAN: DIET,
    Risk.VEGETARIAN: DIET,
    Risk.B12_POOR_DIET: DIET,
    Risk.MYELOMA: MYELOMA,
    Risk.AUTOIMMUNE_DISEASE: AUTOIMMUNE,
    Risk.HORMONE_REPLACEMENT_OESTROGEN: OESTROGEN,
    Risk.COELIAC_DISEASE_UNTREATED: TREATABLE_DISEASE,
    Risk.CROHN_TERMINAL_ILEUM: TREATABLE_DISEASE,
    Risk.BACTERIAL_OVERGROWTH: TREATABLE_DISEASE | OVERGROWTH,
    Risk.H_PYLORI_GASTRITIS: TREATABLE_DISEASE,
}
_BY_REGIMEN = {
    Regimen.ORAL_UNCOMPLICATED: TABLETS,
    Regimen.ORAL_2MG: TABLETS,
    Regimen.LOW_DOSE_TRIOBE: TABLETS,
    Regimen.SWITCH_TO_ORAL_1MG: TABLETS,
    Regimen.PROPHYLAXIS_ORAL_1MG: TABLETS,
    Regimen.IM_5_DAYS_THEN_ORAL: URGENT_REGIMEN | INJECTIONS | INJECTION_COURSE,
    Regimen.IM_5_DAYS_THEN_IM_HYDROXO: INJECTIONS | INJECTION_COURSE,
    Regimen.IM_5_DAYS_THEN_IM_CYANO: INJECTIONS | INJECTION_COURSE,
    Regimen.RESTART_PARENTERAL: INJECTIONS | INJECTION_COURSE,
    Regimen.CONTINUE_IM_MAINTENANCE: INJECTIONS,
    Regimen.PROPHYLAXIS_IM_EVERY_3_MONTHS: INJECTIONS,
    Regimen.TREATMENT_TRIAL_ORAL: TRIAL,
}
_BY_FOLATE: dict[FolateAdvice | None, int] = {
    FolateAdvice.CONSIDER_200_400_UG: FOLATE_SMALL,
    FolateAdvice.FIVE_MG_AFTER_B12: FOLATE_5_MG | FOLATE_AFTER_B12,
    FolateAdvice.FIVE_MG: FOLATE_5_MG | FOLATE_MAY_STAND_ALONE,
    FolateAdvice.CONTINUE: FOLATE_5_MG,
    FolateAdvice.STOP: FOLATE_5_MG,
}
_BY_MONITORING = {
    MonitoringConclusion.ABSENT_RECONSIDER: RECONSIDER,
    MonitoringConclusion.UNSATISFACTORY_ORAL: RECONSIDER,
    MonitoringConclusion.HYPOKALAEMIA: HYPOKALAEMIA,
    MonitoringConclusion.NEURO_RECOVERY_EXPECTED: RECOVERY_EXPECTED,
    MonitoringConclusion.MAY_BE_STOPPED: AFTER_STOPPING,
    MonitoringConclusion.NEW_DEFICIENCY: AFTER_STOPPING,
}
_BY_CAUSE: dict[str | None, int] = {
    "obvious": OBVIOUS_CAUSE,
    "obvious_but_supplement": SUPPLEMENTED_CAUSE,
}
_BY_TEST = {
    Test.GASTRIN_FASTING: FASTING_IN_DOUBT,
    Test.GASTROSCOPY_WITH_BIOPSIES: GASTROSCOPY,
    Test.COBASORB: COBASORB,
}
_SAMPLES = frozenset({Analyte.TOTAL_B12, Analyte.FOLATE, Analyte.MMA, Analyte.HOMOCYSTEINE})
_INJECTIONS_WISHED = frozenset({Preference.IM, Preference.CYANOCOBALAMIN_IM})
_STRONG_SUSPICION, _NO_STRENGTH = Pathway.STRONG_SUSPICION, Strength.NONE
_TOTAL_LOWER, _ACTIVE_LOWER = LimitKey.TOTAL_B12_LOWER, LimitKey.ACTIVE_B12_LOWER
_FOLATE, _GASTRIN, _LOW_DOSE = Analyte.FOLATE, Analyte.GASTRIN, Regimen.LOW_DOSE_TRIOBE


def facts(
    findings: Findings, outcome: Outcome, trace: Trace, errors: tuple[InputError, ...]
) -> int:
    """All facts of one run as one number of bits."""
    case, status = findings.case, findings.case.treatment_status
    found = _person(findings) | _results(findings) | _answers(outcome, trace)
    if errors or case.conversions:
        found |= _refusals(findings, errors)
    if outcome.child:
        found |= _child(findings)
    if status is not None:
        found |= _control(findings, status, outcome)
    elif outcome.verdict.conclusion is not None:
        found |= DIAGNOSIS
    if found & DIAGNOSIS and outcome.pathway is _STRONG_SUSPICION:
        found |= STRONG
    if found & GIVES and not found & CONTROL:
        found |= TREATS
    markers = _markers(findings, outcome, trace)
    if markers and case.takes_b12_supplement:
        markers |= MASKED
    if findings.limits.defaults or findings.gfr_estimated:
        found |= DEFAULTS_USED
    return found | markers


def _markers(findings: Findings, outcome: Outcome, trace: Trace) -> int:
    found = 0
    if findings.total_b12 is not None or findings.active_b12 is not None:
        found = _b12(findings, trace)
    if findings.mma is not None:
        found |= _mma(findings, findings.mma)
    if findings.homocysteine is not None:
        strong = outcome.pathway is _STRONG_SUSPICION
        found |= _homocysteine(findings, findings.homocysteine, strong=strong)
    return found


def _person(findings: Findings) -> int:
    case, blood = findings.case, findings.blood
    found = NO_AGE if case.age is None else 0
    for risk in case.risk_factors:
        if risk in _BY_RISK:
            found |= _BY_RISK[risk]
    if findings.neurological:
        found |= NEUROLOGICAL
    if findings.pregnant:
        found |= PREGNANT | OESTROGEN
    if case.estrogen_contraception:
        found |= PILL | OESTROGEN
    if findings.renal:
        found |= RENAL
    if case.preference in _INJECTIONS_WISHED:
        found |= WISHES_INJECTIONS
    return found if blood is NOTHING_COUNTED else found | _blood(blood)


def _blood(blood: BloodCount) -> int:
    found = MACROCYTIC_ANAEMIA if blood.macrocytic_anaemia else 0
    if blood.anaemia:
        found |= ANAEMIA
    if blood.leukopenia:
        found |= LEUKOPENIA
    if blood.thrombocytopenia:
        found |= THROMBOCYTOPENIA
    return found | MARROW_HAEMOLYSIS if blood.haemolysis_in_marrow else found


def _results(findings: Findings) -> int:
    results, risks = findings.results, findings.case.risk_factors
    found = 0
    if _FOLATE in results.values:
        found = _folate(findings)
    if findings.ferritin_low:
        found |= FERRITIN_LOW
    if results.anti_if is not None:
        found |= ANTI_IF_POSITIVE if results.anti_if is Serology.POSITIVE else ANTI_IF_NEGATIVE
    if results.coeliac_serology is Serology.POSITIVE:
        found |= TREATABLE_DISEASE
    if results.anti_parietal is not None:
        found |= ANTI_PARIETAL
    if findings.pernicious_anaemia or not risks.isdisjoint(STOMACH_OR_ILEUM_SURGERY):
        found |= PERNICIOUS_OR_SURGERY
    if _GASTRIN in results.values:
        disturbed = findings.renal or not risks.isdisjoint(ACID_REDUCING_DRUGS)
        found |= GASTRIN | GASTRIN_DISTURBED if disturbed else GASTRIN
        if results.gastrin_fasting is not True:
            found |= FASTING_IN_DOUBT
    return found


def _folate(findings: Findings) -> int:
    found = SAMPLES_COMPLETE if findings.results.values.keys() >= _SAMPLES else 0
    if findings.folate_low is not None:
        found |= FOLATE_KNOWN | FOLATE_LOW if findings.folate_low else FOLATE_KNOWN
    return found


def _answers(outcome: Outcome, trace: Trace) -> int:
    """What was concluded, what is given, and what looks for the cause."""
    treatment = outcome.treatment
    found = _BY_CONCLUSION.get(outcome.verdict.conclusion, 0) | _BY_FOLATE.get(treatment.folate, 0)
    if treatment.strength is not _NO_STRENGTH:
        found |= GIVES
    if treatment.regimen in _BY_REGIMEN:
        found |= _BY_REGIMEN[treatment.regimen]
    if _LOW_DOSE in treatment.alternatives:
        found |= LOW_DOSE
    if not outcome.pathway_known:
        found |= NO_PATHWAY
    if outcome.monitoring is not None:
        found |= _BY_MONITORING.get(outcome.monitoring, 0)
    if trace.on_a_limit:
        found |= ON_A_LIMIT
    for test in outcome.workup.tests:
        if test in _BY_TEST:
            found |= _BY_TEST[test]
    if outcome.workup.needed is not None:
        found |= _BY_CAUSE.get(trace.answer(cause.OBVIOUS), 0)
    return found


def _refusals(findings: Findings, errors: tuple[InputError, ...]) -> int:
    found = UNIT_SUSPECTED if findings.case.conversions else 0
    for error in errors:
        found |= _BY_ERROR.get(error.code, 0)
        if error.suggestion:
            found |= UNIT_SUSPECTED
    return found


def _child(findings: Findings) -> int:
    """Urgent: neurological signs, failure to thrive, delayed development, or the infant of a vegan
    mother without supplement (A64)."""
    case = findings.case
    urgent = (
        findings.neurological
        or case.symptoms & CHILDREN_ONLY
        or Risk.MOTHER_VEGAN_UNSUPPLEMENTED in case.risk_factors
    )
    return CHILD | URGENT_CHILD if urgent else CHILD


def _control(findings: Findings, status: TreatmentStatus, outcome: Outcome) -> int:
    """A patient on treatment, or one who has stopped and is asked about anew."""
    found = AFTER_STOPPING if status.stopped_months_ago is not None else 0
    if not status.ongoing:
        return found if outcome.verdict.conclusion is None else found | DIAGNOSIS
    given, p = status.regimen or "", findings.parameters
    weeks, early, late = status.weeks_since_start, p.early_control_weeks.value, p.late_control_weeks
    if given in IM_MAINTENANCE or (
        given in INJECTION_START and (weeks is None or weeks < late.value)
    ):
        found |= GIVEN_INJECTIONS
    if status.neuro is NeuroCourse.WORSE:
        found |= RECONSIDER | NERVES_WORSE
    if status.underlying_disease_treated:
        found |= DISEASE_TREATED
    if given in INJECTION_START and weeks is not None and weeks < early:
        found |= EARLY_INJECTIONS
    b12 = findings.total_b12 is not None or findings.active_b12 is not None
    if status.baseline_samples is False or (status.cause_known is False and b12):
        found |= MASKED
    no_baseline = outcome.verdict.conclusion is Conclusion.FURTHER_TESTS
    return found | CONTROL | (MASKED if no_baseline else 0)


def _b12(findings: Findings, trace: Trace) -> int:
    found, limits, total, active = B12, findings.limits, findings.total_b12, findings.active_b12
    if total is not None:
        high = total.above(findings.parameters.total_b12_high.value) is True
        found |= TOTAL_HIGH if high else TOTAL_NOT_HIGH
        if total.below(findings.total_limit.value):
            found |= BELOW_REFERENCE
        found |= LOCAL_LIMIT if _TOTAL_LOWER in limits.local else NO_LOCAL_LIMIT
    if active is not None:
        found |= LOCAL_LIMIT if _ACTIVE_LOWER in limits.local else NO_LOCAL_LIMIT
    both = total is not None and active is not None
    if both and (trace.answer(strong_suspicion.AGREEMENT) or trace.answer(nonspecific.AGREEMENT)):
        found |= DISCORDANT
    return found


def _mma(findings: Findings, mma: Quantity) -> int:
    p, age = findings.parameters, findings.case.age
    below = mma.below(findings.mma_limit.value)
    found = MMA | MMA_RAISED if below is False else MMA
    if mma.below(p.mma_certain.value) is False:
        found |= MMA_CERTAIN
    if findings.renal and mma.above(p.mma_renal_ceiling.value):
        found |= MMA_OVER_RENAL_CEILING
    if age is not None and age >= p.mma_older_age.value:
        found |= OLDER
        if not findings.older:
            found |= ON_A_LIMIT
        elif below and mma.below(p.mma_upper.value) is False:
            found |= NORMAL_FOR_AGE
    return found


def _homocysteine(findings: Findings, value: Quantity, *, strong: bool) -> int:
    found = HOMOCYSTEINE
    raised, borderline = homocysteine_limits(findings, strong)
    if value.above(raised.value):
        return found | HOMOCYSTEINE_RAISED
    if findings.homocysteine_limit is None:
        over = value.below(borderline.value) is False
    else:
        over = bool(value.above(borderline.value))
    return found | HOMOCYSTEINE_BORDERLINE if over else found
