"""One run of the guideline: the questions that a case raises, in order, and the answer."""

from typing import NamedTuple

from .case import Case, InputError, TreatmentStatus
from .cause import cause_group, work_up
from .caveats import caveats
from .edition import Edition
from .facts import Outcome
from .findings import Findings, find
from .follow_up import after_stopping, plan
from .indication import asks_for_prevention_only, has_indication, is_child, pathway
from .information import patient_information
from .interpretation import CauseWorkup, Control, Interpretation, Treatment
from .monitoring import monitor
from .nonspecific import flowchart_2
from .ongoing import controls
from .ongoing import treatment as ongoing_treatment
from .plausibility import blocks, refusals, usable
from .strong_suspicion import flowchart_1
from .trace import OTHERWISE, Node, Trace
from .treatment import declined, treat
from .verdict import Plan, Recheck, Verdict
from .vocabulary import (
    B12_MARKERS,
    PREVENTIVE,
    Analyte,
    Conclusion,
    ErrorCode,
    MonitoringConclusion,
    Pathway,
    Regimen,
    Strength,
    Test,
)

INPUT = Node("input", ("G1", "G20"))
STOPPED = Node("monitoring.stopped", ("G116",))

_DEFICIENT = frozenset({Conclusion.CONFIRMED, Conclusion.HIGHLY_PROBABLE, Conclusion.POSSIBLE})
_SHOWN = frozenset({Conclusion.CONFIRMED, Conclusion.HIGHLY_PROBABLE})
_CLOSED = frozenset({Conclusion.UNLIKELY, Conclusion.NONE})
_TEST_OF = {
    Analyte.TOTAL_B12: Test.TOTAL_B12,
    Analyte.ACTIVE_B12: Test.ACTIVE_B12,
    Analyte.MMA: Test.MMA,
    Analyte.HOMOCYSTEINE: Test.HOMOCYSTEINE,
}


class _Result(NamedTuple):
    """What a line of questions ends in, before caveats and information are added."""

    verdict: Verdict
    treatment: Treatment = Treatment()
    follow_up: tuple[Control, ...] = ()
    workup: CauseWorkup = CauseWorkup()
    monitoring: MonitoringConclusion | None = None
    pathway: Pathway | None = None
    pathway_known: bool = True
    child: bool = False


def interpret(case: Case, edition: Edition) -> Interpretation:
    """What ``edition`` says about ``case``: conclusion, reasons, tests, treatment, controls.

    Every case gets an answer: what cannot be right stands in ``errors``, what is not known in
    ``questions``. Nothing is raised.
    """
    errors = refusals(case, edition)
    trace = Trace()
    results = usable(case.results, errors) if errors else case.results
    refused = {error.field for error in errors}
    local = {key: value for key, value in case.local_limits.items() if key not in refused}
    findings = find(case, edition, results, local)
    result = _answer(findings, trace, errors)
    return _assemble(findings, trace, errors, result)


def _answer(findings: Findings, trace: Trace, errors: tuple[InputError, ...]) -> _Result:
    """Which line of questions the case belongs to."""
    case = findings.case
    status = case.treatment_status
    age_refused = any(error.field == "age" for error in errors)
    if not age_refused and is_child(findings, trace):
        return _Result(Verdict(Conclusion.OUTSIDE_SCOPE), child=True)
    if any(blocks(error) for error in errors):
        return _refused(trace, errors)
    if _is_empty(findings):
        return _Result(Verdict(None))
    if status is not None and status.ongoing:
        return _control(findings, trace, status, errors)
    if asks_for_prevention_only(findings, trace):
        return _prevention_only(findings, trace)
    if not has_indication(findings, trace):
        return _Result(Verdict(Conclusion.NO_INDICATION))
    return _diagnosis(findings, trace, errors)


def _refused(trace: Trace, errors: tuple[InputError, ...]) -> _Result:
    """A marker, the age or a contradiction is in doubt: nothing is concluded, and what was refused
    is asked for again."""
    trace.decide(INPUT, ("refused", "refused_input", True), ("usable", OTHERWISE))
    fields = {error.field for error in errors}
    if Analyte.ACTIVE_B12 in fields:
        fields.add(Analyte.TOTAL_B12)
    return _Result(Verdict(None, tuple(_TEST_OF[key] for key in B12_MARKERS if key in fields)))


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


def _prevention_only(findings: Findings, trace: Trace) -> _Result:
    verdict = Verdict(None, (Test.TOTAL_B12,))
    treatment = treat(findings, trace, verdict)
    follow_up = plan(findings, treatment, Recheck.NO, start=findings.case.as_of)
    workup = _workup(findings, trace, verdict, treatment)
    return _Result(verdict, treatment, follow_up, workup)


def _diagnosis(findings: Findings, trace: Trace, errors: tuple[InputError, ...]) -> _Result:
    case = findings.case
    chart = pathway(findings, trace)
    if chart is Pathway.STRONG_SUSPICION:
        verdict = flowchart_1(findings, trace)
    else:
        stated = chart is not None and not _code_refused(errors)
        verdict = flowchart_2(findings, trace, stated=stated)
    treatment = treat(findings, trace, verdict)
    workup = _workup(findings, trace, verdict, treatment)
    if workup.needed is False and verdict.conclusion in _SHOWN:
        verdict = verdict._replace(
            next_tests=tuple(test for test in verdict.next_tests if test is not Test.ANTI_IF)
        )
    if case.patient_declines_treatment and treatment.regimen is not Regimen.NONE:
        treatment = declined(findings, treatment)
        verdict = verdict._replace(recheck=Recheck.DEFINITE)
    follow_up = plan(findings, treatment, verdict.recheck, start=case.as_of)
    status = case.treatment_status
    stopped = status is not None and status.stopped_months_ago is not None
    if stopped and treatment.strength is Strength.NONE:
        follow_up += after_stopping(findings.edition, case.as_of)
    return _Result(
        verdict,
        treatment,
        follow_up,
        workup,
        _after_stopping(findings, trace, verdict),
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
    if verdict.conclusion in _SHOWN or verdict.plan in {Plan.START, Plan.CONSIDER}:
        return work_up(findings, trace)
    if verdict.conclusion is Conclusion.POSSIBLE:
        return CauseWorkup(None, (), cause_group(findings, trace))
    if treatment.regimen in PREVENTIVE:
        return CauseWorkup(False, (), cause_group(findings, trace))
    return CauseWorkup(False) if verdict.conclusion in _CLOSED else CauseWorkup()


def _after_stopping(
    findings: Findings, trace: Trace, verdict: Verdict
) -> MonitoringConclusion | None:
    """B12 is followed once a year after stopping, to catch a new deficiency (G116)."""
    status = findings.case.treatment_status
    if status is None or status.stopped_months_ago is None:
        return None
    grey = verdict.conclusion is Conclusion.FURTHER_TESTS and findings.total_b12 is not None
    deficient = verdict.conclusion in _DEFICIENT or grey
    outcome = trace.decide(
        STOPPED,
        ("new_deficiency", "new_deficiency", deficient),
        ("nothing_new", OTHERWISE),
    )
    return MonitoringConclusion.NEW_DEFICIENCY if outcome == "new_deficiency" else None


def _control(
    findings: Findings, trace: Trace, status: TreatmentStatus, errors: tuple[InputError, ...]
) -> _Result:
    baseline = usable(status.baseline, errors, "baseline_labs.") if errors else status.baseline
    answer = monitor(findings, trace, status, baseline)
    treatment = ongoing_treatment(findings, trace, status, answer)
    workup = work_up(findings, trace) if answer.confirms_deficiency else CauseWorkup()
    return _Result(
        Verdict(answer.conclusion, answer.next_tests),
        treatment,
        controls(findings, status, answer),
        workup,
        answer.monitoring,
        findings.case.pathway,
    )


def _not_from_guideline(findings: Findings, result: _Result) -> tuple[str, ...]:
    """The keys of every limit, time and dose used that the guideline does not state."""
    keys = list(findings.not_from_guideline)
    keys += [item.when.value for item in result.follow_up if not item.from_guideline]
    if not all(dose.from_guideline for dose in result.treatment.doses):
        keys.append(result.treatment.regimen.value)
    return tuple(keys)


def _questions(
    findings: Findings, result: _Result, errors: tuple[InputError, ...]
) -> tuple[str, ...]:
    """What the doctor is asked."""
    case = findings.case
    if _is_empty(findings) and not errors:
        return ("all",)
    questions = []
    if case.age is None:
        questions.append("age")
    if not result.pathway_known:
        questions.append("pathway")
    questions += [f"confirm_conversion:{conversion.field}" for conversion in case.conversions]
    return tuple(questions)


def _next_tests(findings: Findings, result: _Result) -> tuple[Test, ...]:
    """What to order now: the chart's tests first, then those that look for the cause."""
    workup = result.workup.tests if result.workup.needed else ()
    return tuple(dict.fromkeys((*result.verdict.next_tests, *workup)))


def _assemble(
    findings: Findings, trace: Trace, errors: tuple[InputError, ...], result: _Result
) -> Interpretation:
    case = findings.case
    steps = tuple(trace.steps)
    outcome = Outcome(
        result.verdict.conclusion,
        result.pathway,
        result.pathway_known,
        result.treatment,
        result.workup,
        result.monitoring,
        errors,
        result.child,
        steps,
        trace.on_a_limit,
    )
    return Interpretation(
        edition=findings.edition.id,
        as_of=case.as_of,
        conclusion=result.verdict.conclusion,
        monitoring=result.monitoring,
        pathway=result.pathway,
        pathway_derived=result.pathway is not None and result.pathway is not case.pathway,
        next_tests=_next_tests(findings, result),
        treatment=result.treatment,
        follow_up=result.follow_up,
        caveats=caveats(findings, outcome),
        cause_workup=result.workup,
        patient_information=patient_information(findings, result.treatment, result.workup),
        trace=steps,
        conversions=case.conversions,
        not_from_guideline=_not_from_guideline(findings, result),
        questions=_questions(findings, result, errors),
        errors=errors,
    )
