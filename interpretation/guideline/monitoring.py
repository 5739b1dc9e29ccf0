"""A patient under treatment: what should have happened by now against what was measured.

Each question is a decision of its own; the first that has an answer gives the conclusion. A result
that is missing is asked for, never guessed (A68, A70).
"""

from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from .case import Results, TreatmentStatus
from .cause import gastroscopy_advised, pernicious_anaemia
from .findings import (
    BloodCount,
    Findings,
    blood_count,
    haemoglobin_low,
    is_low,
    reticulocytosis,
)
from .follow_up import annual_check, control, late_check
from .interpretation import Control, Treatment
from .quantity import Quantity
from .strong_suspicion import total_limit
from .trace import OTHERWISE, Node, Trace, above, absent, all_of, any_of, below, present
from .treatment import Choice, duration, make
from .vocabulary import (
    IM_MAINTENANCE,
    INJECTION_START,
    ORAL_NOT_FEASIBLE,
    Analyte,
    Conclusion,
    ControlTime,
    Duration,
    FolateAdvice,
    LimitKey,
    MonitoringConclusion,
    NeuroCourse,
    OngoingFolate,
    Regimen,
    Strength,
    Test,
)

ALARMS = Node("monitoring.alarms", ("G119", "G130", "G131"))
BASELINE = Node("monitoring.baseline", ("G1", "G125"))
TRIAL = Node("monitoring.trial", ("G40", "G41", "G125"))
JUST_STARTED = Node("monitoring.just_started", ("G117", "G121"))
MAINTENANCE = Node("monitoring.injections", ("G101", "G126", "G128"))
SWITCH = Node("monitoring.switch", ("G92", "G108", "G132"))
NEUROLOGY = Node("monitoring.neurology", ("G18", "G19", "G123"))
EARLY = Node("monitoring.early", ("G117", "G118", "G120", "G125", "G129"))
LATE = Node("monitoring.late", ("G110", "G121", "G122", "G124"))
LONG_TERM = Node("monitoring.long_term", ("G113", "G115", "G127", "G128"))
FOLATE = Node("monitoring.folate", ("G107",))

_M = MonitoringConclusion
_R = Regimen
_ORAL_AFTER_MONTH = frozenset(
    {_R.ORAL_UNCOMPLICATED, _R.IM_5_DAYS_THEN_ORAL, _R.SWITCH_TO_ORAL_1MG, "oral_1mg"}
)


class Answer(NamedTuple):
    """What a control concludes; ``conclusion`` only where it settles the diagnosis."""

    monitoring: MonitoringConclusion | None
    regimen: Regimen
    alternatives: tuple[Regimen, ...] = ()
    conclusion: Conclusion | None = None
    next_tests: tuple[Test, ...] = ()
    confirms_deficiency: bool = False


class Monitored(NamedTuple):
    """The values of a control and what the rules ask of them."""

    findings: Findings
    status: TreatmentStatus
    baseline: Results
    before: BloodCount
    weeks: Decimal | None
    injections: bool
    on_injections_now: bool


def _values(findings: Findings, status: TreatmentStatus, baseline: Results) -> Monitored:
    weeks = status.weeks_since_start
    regimen = status.regimen or ""
    return Monitored(
        findings,
        status,
        baseline,
        blood_count(baseline, findings.limits),
        weeks,
        regimen in INJECTION_START or regimen in IM_MAINTENANCE,
        regimen in IM_MAINTENANCE,
    )


def _fell(before: Quantity | None, now: Quantity | None, percent: Decimal) -> bool | None:
    """Did an exact value fall by more than ``percent``? Unknown unless both are exact."""
    if before is None or now is None or before.comparator or now.comparator:
        return None
    return now.value < before.value * (100 - percent) / 100


def _mma_fell(control: Monitored) -> bool | None:
    percent = control.findings.limits.use(control.findings.parameters.mma_fall_percent).value
    before = control.baseline.get(Analyte.MMA)
    return _fell(before, control.findings.mma, percent)


def _mma_normal(control: Monitored) -> bool | None:
    mma = control.findings.mma
    return None if mma is None else mma.below(control.findings.mma_limit.value)


def _haemoglobin_rose(control: Monitored) -> bool | None:
    """Unknown without an exact value before and now."""
    before = control.baseline.get(Analyte.HAEMOGLOBIN)
    now = control.findings.value(Analyte.HAEMOGLOBIN)
    if before is None or now is None or before.comparator or now.comparator:
        return None
    limits, p = control.findings.limits, control.findings.parameters
    percent = limits.use(p.haemoglobin_rise_percent).value
    return now.value > before.value * (100 + percent) / 100


def _b12_low(findings: Findings) -> bool | None:
    total = findings.total_b12
    return None if total is None else total.below(total_limit(findings).value)


def monitor(findings: Findings, trace: Trace, status: TreatmentStatus, baseline: Results) -> Answer:
    """The conclusion of a control. ``findings`` holds the values now."""
    control = _values(findings, status, baseline)
    answer = _alarms(control, trace) or _trial(control, trace) or _unsettled(control, trace)
    if answer is None and control.on_injections_now:
        return _on_injections(control, trace)
    return answer or _course(control, trace)


def _course(control: Monitored, trace: Trace) -> Answer:
    """The ordinary course: just started, early control, late control, and neurology beside it."""
    return (
        _just_started(control, trace)
        or _early(control, trace)
        or _neurology(control, trace)
        or _late(control, trace)
    )


def _current(control: Monitored) -> Regimen:
    """What goes on when nothing is to be changed."""
    if control.on_injections_now:
        return Regimen.CONTINUE_IM_MAINTENANCE
    weeks, p = control.weeks, control.findings.parameters
    early = weeks is None or weeks < p.early_control_weeks.value
    if early or control.status.regimen not in _ORAL_AFTER_MONTH:
        return Regimen.CONTINUE_CURRENT
    return Regimen.CONTINUE_ORAL_1MG


def _alarms(control: Monitored, trace: Trace) -> Answer | None:
    """Low potassium during injections, or low ferritin, comes before every other question."""
    findings, p = control.findings, control.findings.parameters
    low = is_low(findings.results, findings.limits, LimitKey.POTASSIUM_LOWER, p.potassium_lower)
    outcome = trace.decide(
        ALARMS,
        (
            "hypokalaemia",
            all_of(present("injections", control.injections), present("low_potassium", low)),
        ),
        ("low_ferritin", "low_ferritin", findings.ferritin_low),
        ("none", OTHERWISE),
    )
    if outcome == "none":
        return None
    conclusion = _M.HYPOKALAEMIA if outcome == "hypokalaemia" else _M.IRON_DEFICIENCY
    tests = (Test.POTASSIUM,) if outcome == "hypokalaemia" else ()
    return Answer(conclusion, _current(control), next_tests=tests)


def _trial(control: Monitored, trace: Trace) -> Answer | None:
    """A trial of treatment is judged by MMA from two weeks on (G41, A38, A74)."""
    if control.status.regimen is not Regimen.TREATMENT_TRIAL_ORAL:
        return None
    findings, p = control.findings, control.findings.parameters
    early = control.weeks is not None and control.weeks < p.trial_weeks.value
    fell = _mma_fell(control)
    outcome = trace.decide(
        TRIAL,
        ("normalised", below, Analyte.MMA, findings.mma, findings.mma_limit),
        ("not_measured", absent("mma", findings.mma is None)),
        ("too_early", "before_two_weeks", early),
        ("fell", "mma_fell", fell),
        ("no_baseline", absent("mma_baseline", fell is None)),
        ("no_fall", OTHERWISE),
    )
    return _TRIAL_ANSWERS[outcome]


_TRIAL_ANSWERS = {
    "normalised": Answer(
        _M.ADEQUATE, _R.ORAL_UNCOMPLICATED, (), Conclusion.CONFIRMED, (), confirms_deficiency=True
    ),
    "not_measured": Answer(_M.STARTED, _R.CONTINUE_CURRENT, next_tests=(Test.MMA,)),
    "too_early": Answer(_M.PARTIAL_RECHECK, _R.CONTINUE_CURRENT, next_tests=(Test.MMA,)),
    "fell": Answer(_M.PARTIAL_RECHECK, _R.CONTINUE_CURRENT, (), Conclusion.POSSIBLE, (Test.MMA,)),
    "no_baseline": Answer(_M.UNINFORMATIVE, _R.CONTINUE_CURRENT, next_tests=(Test.MMA,)),
    "no_fall": Answer(_M.ABSENT_RECONSIDER, _R.STOP_B12, (), Conclusion.UNLIKELY),
}


def _unsettled(control: Monitored, trace: Trace) -> Answer | None:
    """Treatment began without samples: normal values now say nothing of before (A39)."""
    outcome = trace.decide(
        BASELINE,
        ("no_samples", absent("baseline_samples", control.status.baseline_samples is False)),
        ("sampled_or_unknown", OTHERWISE),
    )
    if outcome != "no_samples":
        return None
    return Answer(
        _M.UNINFORMATIVE, Regimen.CONTINUE_CURRENT, (), Conclusion.FURTHER_TESTS, (Test.ANTI_IF,)
    )


def _on_injections(control: Monitored, trace: Trace) -> Answer:
    """Injections for years: B12 says nothing; blood count and symptoms do (A72). Who is stable can
    be offered tablets, unless tablets were impossible (A63)."""
    findings, status = control.findings, control.status
    neurology = _neurology(control, trace)
    if neurology is not None:
        return neurology
    values = findings.results.values
    only_b12 = bool(values) and set(values) <= {Analyte.TOTAL_B12, Analyte.ACTIVE_B12}
    outcome = trace.decide(
        MAINTENANCE,
        ("anaemia", "anaemia", _measured_anaemia(findings)),
        ("only_b12", "only_b12_measured", only_b12),
        ("nothing_against", OTHERWISE),
    )
    if outcome == "anaemia":
        return Answer(
            _M.ABSENT_RECONSIDER, _R.CONTINUE_IM_MAINTENANCE, next_tests=_iron_and_folate(findings)
        )
    if outcome == "only_b12":
        unknown = status.cause_known is not True and not pernicious_anaemia(findings)
        anti_if = unknown and findings.results.anti_if is None
        tests = (Test.ANTI_IF,) if anti_if else ()
        return Answer(
            _M.UNINFORMATIVE,
            _R.CONTINUE_IM_MAINTENANCE,
            (_R.SWITCH_TO_ORAL_1MG,),
            next_tests=tests,
            confirms_deficiency=True,
        )
    return _offer_tablets(control, trace)


def _offer_tablets(control: Monitored, trace: Trace) -> Answer:
    impossible = bool(control.findings.case.risk_factors & ORAL_NOT_FEASIBLE)
    outcome = trace.decide(
        SWITCH,
        ("tablets_impossible", "oral_not_feasible", impossible),
        ("stable", "stable", control.status.stable),
        ("not_stated", OTHERWISE),
    )
    regimen, others = _MAINTENANCE_CHOICE[outcome]
    return Answer(_M.CONTINUE_LIFELONG, regimen, others, confirms_deficiency=True)


_MAINTENANCE_CHOICE: dict[str, tuple[Regimen, tuple[Regimen, ...]]] = {
    "tablets_impossible": (_R.CONTINUE_IM_MAINTENANCE, ()),
    "stable": (_R.SWITCH_TO_ORAL_1MG, (_R.CONTINUE_IM_MAINTENANCE,)),
    "not_stated": (_R.CONTINUE_IM_MAINTENANCE, (_R.SWITCH_TO_ORAL_1MG,)),
}


def _iron_and_folate(findings: Findings) -> tuple[Test, ...]:
    """Iron and folate where they are not known (A70, A77)."""
    wanted = ((Test.FERRITIN, findings.ferritin_low), (Test.FOLATE, findings.folate_low))
    return tuple(test for test, known in wanted if known is None)


def _just_started(control: Monitored, trace: Trace) -> Answer | None:
    weeks = control.weeks
    values = control.findings.results
    nothing = not values.values and values.reticulocytosis is None
    outcome = trace.decide(
        JUST_STARTED,
        ("started_now", "week_0", weeks is not None and weeks < 1),
        (
            "nothing_measured",
            all_of(present("no_results", nothing), absent("neuro", control.status.neuro is None)),
        ),
        ("results_to_read", OTHERWISE),
    )
    if outcome == "results_to_read":
        return None
    return Answer(_M.STARTED, _current(control))


def _early(control: Monitored, trace: Trace) -> Answer | None:
    """The first weeks: reticulocytes, MMA and Hb (A66 to A68). A missing reticulocyte answer is not
    a missing reticulocytosis; B12 alone says nothing after injections."""
    findings, p = control.findings, control.findings.parameters
    if control.weeks is None or control.weeks >= p.early_control_weeks.value:
        return None
    few = reticulocytosis(findings.results, findings.limits)
    normal, fell = _mma_normal(control), _mma_fell(control)
    mma_answers = True if normal or fell else (False if fell is False else None)
    anaemic = any_of(
        present("anaemia", findings.blood.anaemia),
        present("anaemia_before", control.before.anaemia),
    )
    outcome = trace.decide(
        EARLY,
        (
            "mma_unchanged",
            all_of(present("reticulocytosis", few), absent("mma_fell", mma_answers is False)),
        ),
        ("reticulocytosis", "reticulocytosis", few),
        (
            "mixed",
            all_of(
                absent("reticulocytosis", few is False), present("mma_fell", mma_answers), anaemic
            ),
        ),
        ("no_response", all_of(absent("reticulocytosis", few is False), anaemic)),
        ("mma_fell", "mma_fell", mma_answers),
        ("mma_did_not_fall", absent("mma_fell", mma_answers is False)),
        ("haemoglobin_rose", "haemoglobin_rose", _haemoglobin_rose(control)),
        ("nothing_to_judge", OTHERWISE),
    )
    return _early_answer(control, outcome)


def _early_answer(control: Monitored, outcome: str) -> Answer:
    findings, current = control.findings, _current(control)
    if outcome == "mma_unchanged":
        return Answer(_M.PARTIAL_RECHECK, current, next_tests=(Test.MMA, Test.CREATININE_EGFR))
    if outcome == "mixed":
        return Answer(_M.MIXED_SIGNAL, current, next_tests=_iron_and_folate(findings))
    if outcome == "no_response":
        return Answer(_M.ABSENT_RECONSIDER, current, next_tests=_iron_and_folate(findings))
    if outcome == "mma_did_not_fall":
        return Answer(_M.PARTIAL_RECHECK, current, next_tests=(Test.MMA, Test.CREATININE_EGFR))
    if outcome == "nothing_to_judge":
        return Answer(_M.UNINFORMATIVE, current, next_tests=_early_tests(control))
    return Answer(_M.ADEQUATE, current, confirms_deficiency=True)


def _early_tests(control: Monitored) -> tuple[Test, ...]:
    """What the early control of an anaemic patient lacks; without anaemia nothing is needed."""
    anaemic = control.findings.blood.anaemia or control.before.anaemia
    if not anaemic:
        return ()
    wanted = (
        (Test.HAEMOGLOBIN, control.findings.value(Analyte.HAEMOGLOBIN)),
        (Test.RETICULOCYTES, reticulocytosis(control.findings.results, control.findings.limits)),
        (Test.FERRITIN, control.findings.value(Analyte.FERRITIN)),
    )
    return tuple(test for test, value in wanted if value is None)


def _neurology(control: Monitored, trace: Trace) -> Answer | None:
    """Recovery may take up to 12 months; worse at any time, or unchanged after that, is a reason to
    think again (A71)."""
    neuro, p = control.status.neuro, control.findings.parameters
    if neuro is None or neuro is NeuroCourse.RESOLVED:
        return None
    weeks = None if control.weeks is None else Quantity(control.weeks, "weeks")
    outcome = trace.decide(
        NEUROLOGY,
        ("worse", "neuro_worse", neuro is NeuroCourse.WORSE),
        ("too_long", above, "weeks_since_start", weeks, p.neuro_recovery_weeks.limit),
        ("blood_not_normal", "anaemia", _measured_anaemia(control.findings)),
        ("b12_low", "low_total_b12", _b12_low(control.findings)),
        ("still_expected", OTHERWISE),
    )
    if outcome in {"worse", "too_long"}:
        return Answer(_M.ABSENT_RECONSIDER, _current(control))
    if outcome == "still_expected":
        return Answer(_M.NEURO_RECOVERY_EXPECTED, _current(control), (_R.ORAL_2MG,))
    return None


def _not_normal(control: Monitored) -> tuple[bool | None, bool | None]:
    """Signs in the blood count, and signs in the B12 markers, that are still there."""
    findings = control.findings
    blood = findings.blood
    measured = _measured_anaemia(findings)
    large = findings.value(Analyte.MCV) is not None and bool(blood.macrocytosis)
    normal = _mma_normal(control)
    low = _b12_low(findings)
    markers = (
        True if low or normal is False else (None if low is None and normal is None else False)
    )
    return (True if measured or large else measured), markers


def _measured_anaemia(findings: Findings) -> bool | None:
    """Anaemia in the values now; the symptom stated for the case may be the one before."""
    return haemoglobin_low(findings.limits, findings.value(Analyte.HAEMOGLOBIN))


def _late(control: Monitored, trace: Trace) -> Answer:
    """At 2 to 3 months the signs should be gone (G121, G124, A70)."""
    findings = control.findings
    blood, markers = _not_normal(control)
    rose = _haemoglobin_rose(control)
    oral = not control.on_injections_now
    outcome = trace.decide(
        LATE,
        (
            "oral_fails",
            all_of(present("oral_treatment", oral), present("b12_still_low", markers)),
        ),
        (
            "folate_low",
            all_of(present("blood_not_normal", blood), present("low_folate", findings.folate_low)),
        ),
        (
            "improving",
            all_of(present("blood_not_normal", blood), present("haemoglobin_rose", rose)),
        ),
        ("no_response", "blood_not_normal", blood),
        ("nothing_to_judge", absent("late_results", blood is None and markers is None)),
        ("normalised", OTHERWISE),
    )
    current = _current(control)
    if outcome == "oral_fails":
        tests = _iron_and_folate(findings)
        return Answer(_M.UNSATISFACTORY_ORAL, _R.ORAL_2MG, (_R.RESTART_PARENTERAL,), None, tests)
    if outcome == "folate_low":
        return Answer(_M.MIXED_SIGNAL, current)
    if outcome == "improving":
        return Answer(_M.PARTIAL_RECHECK, current, next_tests=(Test.HAEMOGLOBIN, Test.MCV_MCH))
    if outcome == "no_response":
        return Answer(
            _M.ABSENT_RECONSIDER, _R.CONTINUE_CURRENT, next_tests=_iron_and_folate(findings)
        )
    if outcome == "nothing_to_judge":
        return Answer(
            _M.UNINFORMATIVE, current, next_tests=late_check(control.status.regimen or "")
        )
    return _long_term(control, trace)


def _long_term(control: Monitored, trace: Trace) -> Answer:
    """All is normal: stop when stores are filled and the cause is treated, else go on (A60)."""
    findings, p = control.findings, control.findings.parameters
    weeks = None if control.weeks is None else Quantity(control.weeks, "weeks")
    lasting = duration(findings, trace)
    treated = control.status.underlying_disease_treated is True
    outcome = trace.decide(
        LONG_TERM,
        (
            "may_stop",
            all_of(
                present("underlying_disease_treated", treated),
                absent("lifelong", lasting is not Duration.LIFELONG),
            ),
        ),
        (
            "lifelong",
            all_of(
                present("lifelong", lasting is Duration.LIFELONG),
                above("weeks_since_start", weeks, findings.limits.use(p.long_term_weeks)),
            ),
        ),
        ("continue", OTHERWISE),
    )
    current = _current(control)
    if outcome == "may_stop":
        return Answer(_M.MAY_BE_STOPPED, _R.STOP_B12, (current,))
    if outcome == "lifelong":
        return Answer(_M.CONTINUE_LIFELONG, current, confirms_deficiency=True)
    return Answer(_M.ADEQUATE, current, confirms_deficiency=True)


def folate(
    control_findings: Findings, trace: Trace, status: TreatmentStatus
) -> FolateAdvice | None:
    """5 mg of folate stops when both B12 and folate are normal (G107, A62); a low folate that is
    not treated is."""
    low = control_findings.folate_low
    if status.folate is not OngoingFolate.FIVE_MG_DAILY:
        return FolateAdvice.FIVE_MG_AFTER_B12 if low else None
    b12_low = _b12_low(control_findings)
    outcome = trace.decide(
        FOLATE,
        (
            "both_normal",
            all_of(
                absent("low_folate", None if low is None else not low),
                absent("low_total_b12", None if b12_low is None else not b12_low),
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
        Choice(answer.regimen, answer.alternatives),
        Strength.START,
        lasting=lasting,
        folate=folate(findings, trace, status),
        iron=bool(findings.ferritin_low),
    )


def controls(findings: Findings, status: TreatmentStatus, answer: Answer) -> tuple[Control, ...]:
    """The controls that still lie ahead, counted from the start of the treatment, and the yearly
    ones counted from today."""
    edition, today = findings.edition, findings.case.as_of
    weeks = status.weeks_since_start or Decimal(0)
    start = today - timedelta(days=int(weeks * 7))
    if answer.regimen is Regimen.STOP_B12:
        if answer.monitoring is not MonitoringConclusion.MAY_BE_STOPPED:
            return ()
        return (control(edition, ControlTime.ANNUAL, today, Test.TOTAL_B12),)
    if answer.regimen is Regimen.SWITCH_TO_ORAL_1MG:
        check = (Test.CLINICAL_STATE, Test.HAEMOGLOBIN, Test.MCV_MCH, Test.TOTAL_B12)
        return (control(edition, ControlTime.THREE_MONTHS, today, *check),)
    return _ahead(findings, status, answer, start)


def _ahead(
    findings: Findings, status: TreatmentStatus, answer: Answer, start: date
) -> tuple[Control, ...]:
    edition, p, today = findings.edition, findings.parameters, findings.case.as_of
    weeks = status.weeks_since_start or Decimal(0)
    regimen = status.regimen or answer.regimen
    planned: list[Control] = []
    if _mma_is_awaited(answer):
        planned.append(control(edition, ControlTime.TWO_WEEKS, today, Test.MMA))
    if weeks < p.late_control_weeks.value:
        when = ControlTime.TWO_TO_THREE_MONTHS
        planned.append(control(edition, when, start, *late_check(regimen)))
    elif answer.regimen is Regimen.ORAL_2MG:
        when = ControlTime.TWO_TO_THREE_MONTHS
        planned.append(control(edition, when, today, *late_check(answer.regimen)))
    if _neurology_open(findings, status) and weeks < p.neuro_recovery_weeks.value:
        when = ControlTime.SIX_TO_TWELVE_MONTHS
        planned.append(control(edition, when, start, Test.NEUROLOGICAL_SYMPTOMS))
    if weeks >= p.late_control_weeks.value:
        annual = annual_check(regimen)
        planned.append(control(edition, ControlTime.ANNUAL, today, *annual))
    if gastroscopy_advised(findings):
        planned.append(control(edition, ControlTime.EVERY_5_YEARS, today, Test.GASTROSCOPY))
    return tuple(planned)


def _mma_is_awaited(answer: Answer) -> bool:
    return Test.MMA in answer.next_tests and answer.monitoring in {_M.PARTIAL_RECHECK, _M.STARTED}


def _neurology_open(findings: Findings, status: TreatmentStatus) -> bool:
    if status.neuro is None:
        return bool(findings.neurological)
    return status.neuro is not NeuroCourse.RESOLVED
