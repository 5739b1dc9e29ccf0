"""What a patient under treatment is given and controlled for from now on (G107, G109, G116 to
G129)."""

from datetime import date, timedelta
from decimal import Decimal

from .case import TreatmentStatus
from .cause import gastroscopy_advised
from .findings import Findings, reticulocytosis
from .follow_up import (
    EARLY_CHECK,
    after_stopping,
    annual_check,
    control,
    late_check,
    switch_check,
)
from .interpretation import Control, Treatment
from .response import Answer, b12_low
from .trace import OTHERWISE, Node, Trace, absent, all_of, negated
from .treatment import duration, folate_advice, make
from .vocabulary import (
    IM_MAINTENANCE,
    INJECTION_START,
    ControlTime,
    FolateAdvice,
    MonitoringConclusion,
    NeuroCourse,
    OngoingFolate,
    Regimen,
    Strength,
    Test,
)

FOLATE = Node("monitoring.folate", ("G107", "G122"))

_M = MonitoringConclusion
_FOLATE_GIVEN = frozenset(
    {FolateAdvice.FIVE_MG, FolateAdvice.FIVE_MG_AFTER_B12, FolateAdvice.CONTINUE}
)


def folate(findings: Findings, trace: Trace, status: TreatmentStatus) -> FolateAdvice | None:
    """5 mg of folate stops when both B12 and folate are normal (G107, A62); a low folate that is
    not treated is."""
    if status.folate is not OngoingFolate.FIVE_MG_DAILY:
        return folate_advice(findings, trace, treats=True, degree=None)
    low_b12 = b12_low(findings)
    outcome = trace.decide(
        FOLATE,
        (
            "both_normal",
            all_of(
                absent("low_folate", negated(findings.folate_low)),
                absent("low_total_b12", negated(low_b12)),
            ),
        ),
        ("not_both_normal", OTHERWISE),
    )
    return FolateAdvice.STOP if outcome == "both_normal" else FolateAdvice.CONTINUE


def treatment(
    findings: Findings, trace: Trace, status: TreatmentStatus, answer: Answer
) -> Treatment:
    """What is given from now on."""
    lasting = None if answer.regimen is Regimen.STOP_B12 else duration(findings, trace)
    return make(
        findings.edition,
        (answer.regimen, answer.alternatives),
        Strength.START,
        lasting=lasting,
        folate=folate(findings, trace, status),
        iron=bool(findings.ferritin_low),
    )


def controls(
    findings: Findings, status: TreatmentStatus, answer: Answer, folate: FolateAdvice | None
) -> tuple[Control, ...]:
    """The controls that still lie ahead, counted from the start of the treatment (without dates
    when it is unknown), and the yearly ones counted from today. Folate that is given is measured
    again, or it would never be stopped (G107, G122)."""
    edition, today, weeks = findings.edition, findings.case.as_of, status.weeks_since_start
    start = None if weeks is None else today - timedelta(days=int(weeks * 7))
    if answer.regimen is Regimen.STOP_B12:
        if answer.monitoring is not MonitoringConclusion.MAY_BE_STOPPED:
            return ()
        return after_stopping(edition, today)
    if answer.regimen is Regimen.SWITCH_TO_ORAL_1MG:
        planned: tuple[Control, ...] = (switch_check(edition, today),)
    else:
        planned = _ahead(findings, status, answer, start)
    measured = any(Test.FOLATE in item.check for item in planned)
    if folate in _FOLATE_GIVEN and not measured:
        return (*planned, _folate_again(findings, status))
    return planned


def _folate_again(findings: Findings, status: TreatmentStatus) -> Control:
    """With B12, which must be normal too (G107), unless injections make it say nothing (A72)."""
    check = (Test.FOLATE,) if status.regimen in IM_MAINTENANCE else (Test.FOLATE, Test.TOTAL_B12)
    when, today = ControlTime.TWO_TO_THREE_MONTHS, findings.case.as_of
    return control(findings.edition, when, today, *check)


_BEGUN_ANEW = frozenset({Regimen.ORAL_2MG, Regimen.RESTART_PARENTERAL, Regimen.IM_5_DAYS_THEN_ORAL})


def _ahead(
    findings: Findings, status: TreatmentStatus, answer: Answer, start: date | None
) -> tuple[Control, ...]:
    edition, p, today = findings.edition, findings.parameters, findings.case.as_of
    weeks = status.weeks_since_start or Decimal(0)
    regimen = status.regimen or answer.regimen
    planned = _early(findings, status, start)
    planned += _again_soon(findings, status, answer, start)
    when = ControlTime.TWO_TO_THREE_MONTHS
    if answer.regimen in _BEGUN_ANEW:
        planned += _anaemic_start(findings, answer.regimen, today)
        planned.append(control(edition, when, today, *late_check(answer.regimen)))
    elif weeks < p.late_control_weeks.value:
        planned.append(control(edition, when, start, *late_check(regimen)))
    if _neurology_open(findings, status) and weeks < p.neuro_recovery_weeks.value:
        when = ControlTime.SIX_TO_TWELVE_MONTHS
        planned.append(control(edition, when, start, Test.NEUROLOGICAL_SYMPTOMS))
    if weeks >= p.late_control_weeks.value:
        annual = annual_check(answer.regimen)
        planned.append(control(edition, ControlTime.ANNUAL, today, *annual))
    if gastroscopy_advised(findings):
        planned.append(control(edition, ControlTime.EVERY_5_YEARS, today, Test.GASTROSCOPY))
    return tuple(planned)


def _early(findings: Findings, status: TreatmentStatus, start: date | None) -> list[Control]:
    """An anaemic patient whose first fortnight is not over, unless this is that control (A66,
    A76)."""
    if start is None:
        return []
    window, today = findings.edition.controls[ControlTime.DAY_7_TO_14], findings.case.as_of
    reticulocytes = reticulocytosis(findings.results, findings.limits)
    held = today >= window.earliest_from(start) and reticulocytes is not None
    if held or today > window.latest_from(start):
        return []
    return _anaemic_start(findings, status.regimen or "", start)


def _anaemic_start(findings: Findings, regimen: str, start: date) -> list[Control]:
    """The early control of an anaemic patient, and potassium while injections are given."""
    edition, today = findings.edition, findings.case.as_of
    if not findings.blood.anaemia:
        return []
    injections = regimen in INJECTION_START
    early = (*EARLY_CHECK, Test.MMA) if injections else EARLY_CHECK
    planned = [control(edition, ControlTime.DAY_7_TO_14, start, *early)]
    course = edition.controls[ControlTime.DURING_INJECTIONS]
    if injections and today <= course.latest_from(start):
        planned.append(control(edition, ControlTime.DURING_INJECTIONS, start, Test.POTASSIUM))
    return planned


_NOT_YET_WELL = frozenset(
    {_M.PARTIAL_RECHECK, _M.MIXED_SIGNAL, _M.IRON_DEFICIENCY, _M.ABSENT_RECONSIDER}
)


def _again_soon(
    findings: Findings, status: TreatmentStatus, answer: Answer, start: date | None
) -> list[Control]:
    """A trial whose MMA is awaited or has only partly fallen (A38), and a blood count that is not
    yet well: seen again after some weeks, an interval that the guideline does not name."""
    edition, today = findings.edition, findings.case.as_of
    window = edition.controls[ControlTime.TWO_WEEKS]
    if status.regimen is Regimen.TREATMENT_TRIAL_ORAL and Test.MMA in answer.next_tests:
        if start is None or today < window.latest_from(start):
            return [control(edition, ControlTime.TWO_WEEKS, start, Test.MMA)]
        return [control(edition, ControlTime.AFTER_SOME_WEEKS, today, Test.MMA)]
    if answer.monitoring in _NOT_YET_WELL:
        check = (Test.HAEMOGLOBIN, Test.MCV_MCH, Test.FERRITIN)
        return [control(edition, ControlTime.AFTER_SOME_WEEKS, today, *check)]
    return []


def _neurology_open(findings: Findings, status: TreatmentStatus) -> bool:
    if status.neuro is None:
        return findings.neurological
    return status.neuro is not NeuroCourse.RESOLVED
