"""A trial of treatment with tablets, judged by MMA (G40, G41, A38)."""

from .response import Answer, Monitored, b12_low, mma_fell
from .trace import OTHERWISE, Node, Trace, absent, below, negated, present
from .vocabulary import (
    Analyte,
    Conclusion,
    MonitoringConclusion,
    Regimen,
    Serology,
    Test,
)

TRIAL = Node("monitoring.trial", ("G40", "G41", "G125"))

_M = MonitoringConclusion
_R = Regimen

_ANSWERS = {
    "normalised": Answer(
        _M.ADEQUATE, _R.ORAL_UNCOMPLICATED, (), Conclusion.CONFIRMED, (), confirms_deficiency=True
    ),
    "not_measured": Answer(_M.STARTED, _R.CONTINUE_CURRENT, next_tests=(Test.MMA,)),
    "too_early": Answer(_M.PARTIAL_RECHECK, _R.CONTINUE_CURRENT, next_tests=(Test.MMA,)),
    "not_taken": Answer(_M.PARTIAL_RECHECK, _R.CONTINUE_CURRENT, next_tests=(Test.MMA,)),
    "fell": Answer(_M.PARTIAL_RECHECK, _R.CONTINUE_CURRENT, (), Conclusion.POSSIBLE, (Test.MMA,)),
    "no_baseline": Answer(
        _M.UNINFORMATIVE, _R.CONTINUE_CURRENT, (), Conclusion.FURTHER_TESTS, (Test.ANTI_IF,)
    ),
    "cannot_compare": Answer(_M.UNINFORMATIVE, _R.CONTINUE_CURRENT, next_tests=(Test.MMA,)),
    "anti_if_positive": Answer(
        _M.ABSENT_RECONSIDER, _R.CONTINUE_CURRENT, (), Conclusion.POSSIBLE, (Test.MMA,)
    ),
    "b12_low": Answer(
        _M.ABSENT_RECONSIDER, _R.CONTINUE_CURRENT, (), Conclusion.POSSIBLE, (Test.MMA,)
    ),
    "no_fall": Answer(
        _M.ABSENT_RECONSIDER, _R.STOP_B12, (), Conclusion.UNLIKELY, (Test.CREATININE_EGFR,)
    ),
}


def judge_trial(seen: Monitored, trace: Trace) -> Answer | None:
    """``None`` when this is no trial.

    MMA is read from two weeks on (A74) against one that was raised before: without it a normal
    value proves nothing (A39). No fall ends the trial, unless the tablets were not taken, a
    positive anti-IF keeps the question open, or B12 is low even now (A4, A38).
    """
    if seen.status.regimen is not Regimen.TREATMENT_TRIAL_ORAL:
        return None
    findings, p = seen.findings, seen.findings.parameters
    before, fell = seen.baseline.get(Analyte.MMA), mma_fell(seen)
    raised = before is not None and before.below(findings.mma_limit.value) is False
    early = seen.weeks is not None and seen.weeks < p.trial_weeks.value
    antibody = findings.results.anti_if
    outcome = trace.decide(
        TRIAL,
        ("not_measured", absent("mma", findings.mma is None)),
        ("no_baseline", absent("raised_mma_baseline", not raised)),
        ("normalised", below, Analyte.MMA, findings.mma, findings.mma_limit),
        ("too_early", early, "before_two_weeks"),
        ("fell", fell, "mma_fell"),
        ("cannot_compare", absent("mma_comparable", fell is None)),
        ("not_taken", absent("adherence", negated(seen.status.adherence))),
        ("anti_if_positive", present("anti_if", antibody is Serology.POSITIVE, antibody)),
        ("b12_low", b12_low(findings), "low_total_b12"),
        ("no_fall", OTHERWISE),
    )
    answer = _ANSWERS[outcome]
    if Analyte.EGFR in findings.results.values:
        tests = tuple(test for test in answer.next_tests if test is not Test.CREATININE_EGFR)
        return answer._replace(next_tests=tests)
    return answer
