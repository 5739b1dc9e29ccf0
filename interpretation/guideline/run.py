"""One run of the guideline: the questions that a case raises, in order, and the answer."""

from .case import Case, InputError, TreatmentStatus
from .cause import cause_group, work_up
from .caveats import belonging
from .edition import Edition
from .facts import facts
from .findings import Findings
from .follow_up import after_stopping, plan
from .indication import asks_for_prevention_only, has_indication, is_child, pathway
from .information import patient_information
from .interpretation import CauseWorkup, Interpretation, Treatment
from .monitoring import monitor
from .nonspecific import flowchart_2
from .ongoing import controls
from .ongoing import treatment as ongoing_treatment
from .plausibility import blocks, refusals, usable
from .strong_suspicion import flowchart_1
from .trace import OTHERWISE, Node, Trace
from .treatment import declined, treat
from .verdict import (
    CONFIRMED,
    DEFINITE_RECHECK,
    FURTHER_TESTS,
    HIGHLY_PROBABLE,
    NO_DEFICIENCY,
    NO_INDICATION,
    OUTSIDE_SCOPE,
    POSSIBLE,
    UNLIKELY,
    Outcome,
    Plan,
    Verdict,
)
from .vocabulary import (
    B12_MARKERS,
    PREVENTIVE,
    Analyte,
    ErrorCode,
    MonitoringConclusion,
    Pathway,
    Regimen,
    Strength,
    Test,
)

INPUT = Node("input", ("G1", "G20"))
STOPPED = Node("monitoring.stopped", ("G116",))

_DEFICIENT = frozenset({CONFIRMED, HIGHLY_PROBABLE, POSSIBLE})
_SHOWN = frozenset({CONFIRMED, HIGHLY_PROBABLE})
_CLOSED = frozenset({UNLIKELY, NO_DEFICIENCY})
_TREATED = frozenset({Plan.START, Plan.CONSIDER})
_STRONG_SUSPICION = Pathway.STRONG_SUSPICION
_NO_WORKUP, _UNKNOWN_WORKUP = CauseWorkup(False), CauseWorkup()
_TEST_OF = {
    Analyte.TOTAL_B12: Test.TOTAL_B12,
    Analyte.ACTIVE_B12: Test.ACTIVE_B12,
    Analyte.MMA: Test.MMA,
    Analyte.HOMOCYSTEINE: Test.HOMOCYSTEINE,
}


def interpret(case: Case, edition: Edition) -> Interpretation:
    """What ``edition`` says about ``case``: conclusion, reasons, tests, treatment, controls.

    Every case gets an answer: what cannot be right stands in ``errors``, what is not known in
    ``questions``. Nothing is raised.
    """
    errors = refusals(case, edition)
    results, local, status = case.results, case.local_limits, case.treatment_status
    if status is not None:
        results = results.with_antibodies_of(status.baseline)
    if errors:
        results = usable(results, errors)
        refused = {error.field for error in errors}
        local = {key: value for key, value in local.items() if key not in refused}
    trace, findings = Trace(), Findings(case, edition, results, local)
    outcome = _answer(findings, trace, errors)
    return _assemble(findings, trace, errors, outcome)


def _answer(findings: Findings, trace: Trace, errors: tuple[InputError, ...]) -> Outcome:
    """Which line of questions the case belongs to."""
    case = findings.case
    status = case.treatment_status
    age_refused = errors and any(error.field == "age" for error in errors)
    if not age_refused and is_child(findings, trace):
        return Outcome(Verdict(OUTSIDE_SCOPE), child=True)
    if errors and any(blocks(error) for error in errors):
        return _refused(trace, errors)
    if case.age is None and _is_empty(findings):
        return Outcome(Verdict(None))
    if status is not None and status.ongoing:
        return _control(findings, trace, status, errors)
    if asks_for_prevention_only(findings, trace):
        return _prevention_only(findings, trace)
    if not has_indication(findings, trace):
        return Outcome(Verdict(NO_INDICATION))
    return _diagnosis(findings, trace, errors)


def _refused(trace: Trace, errors: tuple[InputError, ...]) -> Outcome:
    """A marker, the age or a contradiction is in doubt: nothing is concluded, and what was refused
    is asked for again."""
    trace.decide(INPUT, ("refused", True, "refused_input"), ("usable", OTHERWISE))
    fields = {error.field for error in errors}
    if Analyte.ACTIVE_B12 in fields:
        fields.add(Analyte.TOTAL_B12)
    return Outcome(Verdict(None, tuple(_TEST_OF[key] for key in B12_MARKERS if key in fields)))


def _is_empty(findings: Findings) -> bool:
    case = findings.case
    return (
        case.age is None
        and not case.symptoms
        and not case.risk_factors
        and case.pathway is None
        and case.treatment_status is None
        and findings.results.is_empty
    )


def _prevention_only(findings: Findings, trace: Trace) -> Outcome:
    verdict = Verdict(None, (Test.TOTAL_B12,))
    treatment = treat(findings, trace, verdict)
    workup = _workup(findings, trace, verdict, treatment)
    if findings.case.patient_declines_treatment:
        treatment = declined(findings, treatment)
    follow_up = plan(findings, treatment, DEFINITE_RECHECK, start=findings.case.as_of)
    return Outcome(verdict, treatment, follow_up, workup)


def _diagnosis(findings: Findings, trace: Trace, errors: tuple[InputError, ...]) -> Outcome:
    case = findings.case
    chart = pathway(findings, trace)
    if chart is _STRONG_SUSPICION:
        verdict = flowchart_1(findings, trace)
    else:
        stated = chart is not None and not (errors and _code_refused(errors))
        verdict = flowchart_2(findings, trace, stated=stated)
    treatment = treat(findings, trace, verdict)
    workup = _workup(findings, trace, verdict, treatment)
    if workup.needed is False and verdict.conclusion in _SHOWN:
        others = tuple(test for test in verdict.next_tests if test is not Test.ANTI_IF)
        verdict = Verdict(verdict.conclusion, others, verdict.plan, verdict.recheck)
    if case.patient_declines_treatment and treatment.regimen is not Regimen.NONE:
        treatment = declined(findings, treatment)
        verdict = Verdict(verdict.conclusion, verdict.next_tests, verdict.plan, DEFINITE_RECHECK)
    follow_up = plan(findings, treatment, verdict.recheck, start=case.as_of)
    status, monitoring = case.treatment_status, None
    if status is not None and status.stopped_months_ago is not None:
        monitoring = _after_stopping(findings, trace, verdict)
        if treatment.strength is Strength.NONE:
            follow_up += after_stopping(findings.edition, case.as_of)
    return Outcome(
        verdict,
        treatment,
        follow_up,
        workup,
        monitoring,
        chart,
        chart is not None,
    )


def _code_refused(errors: tuple[InputError, ...]) -> bool:
    """A code could not be read that might have opened flowchart 1 or spoken against the answer: the
    case is then not closed on a B12 value alone."""
    fields = {error.field for error in errors if error.code is ErrorCode.UNKNOWN_CODE}
    return not fields.isdisjoint(("pathway", "symptoms", "risk_factors", "anti_if"))


def _workup(
    findings: Findings, trace: Trace, verdict: Verdict, treatment: Treatment
) -> CauseWorkup:
    """A shown deficiency is worked up; a possible one only has its likely cause named; prevention
    and a settled case need none (G79)."""
    if verdict.conclusion in _SHOWN or verdict.plan in _TREATED:
        return work_up(findings, trace)
    if verdict.conclusion is POSSIBLE:
        return CauseWorkup(None, (), cause_group(findings, trace))
    if treatment.regimen in PREVENTIVE:
        return CauseWorkup(False, (), cause_group(findings, trace))
    return _NO_WORKUP if verdict.conclusion in _CLOSED else _UNKNOWN_WORKUP


def _after_stopping(
    findings: Findings, trace: Trace, verdict: Verdict
) -> MonitoringConclusion | None:
    """B12 is followed once a year after stopping, to catch a new deficiency (G116)."""
    grey = verdict.conclusion is FURTHER_TESTS and findings.total_b12 is not None
    deficient = verdict.conclusion in _DEFICIENT or grey
    outcome = trace.decide(
        STOPPED,
        ("new_deficiency", deficient, "new_deficiency"),
        ("nothing_new", OTHERWISE),
    )
    return MonitoringConclusion.NEW_DEFICIENCY if outcome == "new_deficiency" else None


def _control(
    findings: Findings, trace: Trace, status: TreatmentStatus, errors: tuple[InputError, ...]
) -> Outcome:
    baseline = usable(status.baseline, errors, "baseline_labs.") if errors else status.baseline
    answer = monitor(findings, trace, status, baseline)
    treatment = ongoing_treatment(findings, trace, status, answer)
    workup = work_up(findings, trace) if answer.confirms_deficiency else CauseWorkup()
    if findings.case.patient_declines_treatment and treatment.regimen is not Regimen.STOP_B12:
        treatment = declined(findings, treatment)
        follow_up = plan(findings, treatment, DEFINITE_RECHECK, start=findings.case.as_of)
    else:
        follow_up = controls(findings, status, answer, treatment.folate)
    return Outcome(
        Verdict(answer.conclusion, answer.next_tests),
        treatment,
        follow_up,
        workup,
        answer.monitoring,
        findings.case.pathway,
    )


def _not_from_guideline(findings: Findings, outcome: Outcome) -> tuple[str, ...]:
    """The keys of every limit, time and dose used that the guideline does not state."""
    keys = findings.not_from_guideline
    for item in outcome.follow_up:
        if not item.window.from_guideline:
            keys += (item.when.value,)
    for dose in outcome.treatment.doses:
        if not dose.from_guideline:
            return (*keys, outcome.treatment.regimen.value)
    return keys


def _questions(
    findings: Findings, outcome: Outcome, errors: tuple[InputError, ...]
) -> tuple[str, ...]:
    """What the doctor is asked."""
    case = findings.case
    if case.age is None and not errors and _is_empty(findings):
        return ("all",)
    questions: tuple[str, ...] = () if case.age is not None else ("age",)
    if not outcome.pathway_known:
        questions += ("pathway",)
    for conversion in case.conversions:
        questions += (f"confirm_conversion:{conversion.field}",)
    return questions


def _next_tests(outcome: Outcome) -> tuple[Test, ...]:
    """What to order now: the chart's tests first, then those that look for the cause."""
    ordered, cause = outcome.verdict.next_tests, outcome.workup.tests
    return tuple(dict.fromkeys(ordered + cause)) if ordered and cause else ordered + cause


def _assemble(
    findings: Findings, trace: Trace, errors: tuple[InputError, ...], outcome: Outcome
) -> Interpretation:
    case, verdict, treatment = findings.case, outcome.verdict, outcome.treatment
    return Interpretation(
        findings.edition.id,
        case.as_of,
        verdict.conclusion,
        outcome.monitoring,
        outcome.pathway,
        outcome.pathway is not None and outcome.pathway is not case.pathway,
        _next_tests(outcome),
        treatment,
        outcome.follow_up,
        belonging(facts(findings, outcome, trace, errors)),
        outcome.workup,
        patient_information(findings, treatment, outcome.workup),
        tuple(trace.made),
        case.conversions,
        _not_from_guideline(findings, outcome),
        _questions(findings, outcome, errors),
        errors,
    )
