"""A patient under treatment: what should have happened by now against what was measured.

Each question is a decision of its own; the first that has an answer gives the conclusion, and what
is dangerous is asked first. A missing result is asked for, never guessed (A68, A70).
"""

from .case import Results, TreatmentStatus
from .findings import Findings, is_low, reticulocytosis
from .follow_up import LATE_CHECK
from .injections import on_injections
from .prevention import prevention
from .quantity import Quantity
from .response import (
    Answer,
    Monitored,
    current_regimen,
    haemoglobin_rose,
    instead_of_total,
    iron_and_folate,
    markers_abnormal,
    measured_anaemia,
    mma_fell,
    mma_normal,
    monitored,
    signs_in_blood,
)
from .trace import (
    OTHERWISE,
    Node,
    Trace,
    above,
    absent,
    all_of,
    any_of,
    at_least,
    negated,
    present,
)
from .treatment import duration
from .trial import judge_trial
from .vocabulary import (
    INJECTION_START,
    ORAL_NOT_FEASIBLE,
    PREVENTIVE,
    SEVERE_NEUROLOGICAL,
    Analyte,
    Conclusion,
    Duration,
    LimitKey,
    MonitoringConclusion,
    NeuroCourse,
    Regimen,
    Test,
)

POTASSIUM = Node("monitoring.potassium", ("G130",))
WORSE = Node("monitoring.worse", ("G19", "G123"))
TABLETS_FAIL = Node("monitoring.tablets_fail", ("G93", "G110", "G121"))
IRON = Node("monitoring.iron", ("G119", "G131"))
BASELINE = Node("monitoring.baseline", ("G1", "G125"))
JUST_STARTED = Node("monitoring.just_started", ("G117", "G121"))
NEUROLOGY = Node("monitoring.neurology", ("G18", "G123"))
EARLY = Node("monitoring.early", ("G117", "G118", "G120", "G125", "G129"))
LATE = Node("monitoring.late", ("G121", "G122", "G124"))
LONG_TERM = Node("monitoring.long_term", ("G113", "G115", "G127", "G128"))

_M = MonitoringConclusion
_R = Regimen
_MORE = (_R.ORAL_2MG, _R.RESTART_PARENTERAL)


def monitor(findings: Findings, trace: Trace, status: TreatmentStatus, baseline: Results) -> Answer:
    """The conclusion of a control. ``findings`` holds the values now, ``baseline`` those before."""
    seen = monitored(findings, status, baseline)
    answer = _potassium(seen, trace) or _worse(seen, trace) or judge_trial(seen, trace)
    if answer is None and seen.long_on_injections:
        return _iron(seen, trace) or _neurology(seen, trace) or on_injections(seen, trace)
    return (
        answer
        or _tablets_fail(seen, trace)
        or _iron(seen, trace)
        or _without_samples(seen, trace)
        or _just_started(seen, trace)
        or _early(seen, trace)
        or _neurology(seen, trace)
        or _late(seen, trace)
    )


def _potassium(seen: Monitored, trace: Trace) -> Answer | None:
    """Low potassium in the first weeks of a course of injections comes before everything (A76)."""
    findings, default = seen.findings, seen.findings.parameters.potassium_lower
    potassium = findings.value(Analyte.POTASSIUM)
    low = is_low(potassium, findings.limits, LimitKey.POTASSIUM_LOWER, default)
    both = all_of(present("new_injections", seen.new_injections), present("low_potassium", low))
    if trace.decide(POTASSIUM, ("low", both), ("not_low", OTHERWISE)) == "not_low":
        return None
    return Answer(_M.HYPOKALAEMIA, current_regimen(seen), next_tests=(Test.POTASSIUM,))


def _worse(seen: Monitored, trace: Trace) -> Answer | None:
    """Neurology that gets worse is a reason to think again at any time (A71), and to go parenteral
    when it is severe or the tablets fail as well (G93)."""
    worse = seen.status.neuro is NeuroCourse.WORSE
    on_tablets = not seen.maintained_by_injection
    severe = not seen.findings.case.symptoms.isdisjoint(SEVERE_NEUROLOGICAL)
    outcome = trace.decide(
        WORSE,
        (
            "severe_on_tablets",
            all_of(
                present("neuro_worse", worse),
                present("severe_neurological", severe),
                present("oral_treatment", on_tablets),
                absent("new_injections", not seen.new_injections),
            ),
        ),
        ("worse", worse, "neuro_worse"),
        ("no", OTHERWISE),
    )
    if outcome == "no":
        return None
    tests = iron_and_folate(seen.findings)
    if outcome == "severe_on_tablets":
        begun = seen.status.regimen in INJECTION_START
        regimen = _R.RESTART_PARENTERAL if begun else _R.IM_5_DAYS_THEN_ORAL
        others = _R.IM_5_DAYS_THEN_IM_HYDROXO, _R.IM_5_DAYS_THEN_IM_CYANO
        return Answer(_M.ABSENT_RECONSIDER, regimen, others, next_tests=tests)
    if on_tablets and seen.judged_late and markers_abnormal(seen):
        return Answer(_M.ABSENT_RECONSIDER, _R.RESTART_PARENTERAL, next_tests=tests)
    more = (_R.RESTART_PARENTERAL, _R.ORAL_2MG) if on_tablets else ()
    return Answer(_M.ABSENT_RECONSIDER, current_regimen(seen), more, next_tests=tests)


def _tablets_fail(seen: Monitored, trace: Trace) -> Answer | None:
    """From the late control on, B12 still low or MMA still raised on tablets: raise the dose, and
    go parenteral when 2 mg has failed too or tablets are hard to take; ask whether they are taken
    (A70)."""
    fails = all_of(
        present("oral_treatment", not seen.maintained_by_injection),
        present("results_to_judge", seen.judged_late),
        present("b12_still_low", markers_abnormal(seen)),
    )
    if trace.decide(TABLETS_FAIL, ("fail", fails), ("not_shown", OTHERWISE)) == "not_shown":
        return None
    tests = (*instead_of_total(seen.findings), *iron_and_folate(seen.findings))
    not_feasible = bool(seen.findings.case.risk_factors & ORAL_NOT_FEASIBLE)
    if seen.status.regimen is _R.ORAL_2MG or not_feasible:
        others = _R.IM_5_DAYS_THEN_IM_HYDROXO, _R.IM_5_DAYS_THEN_IM_CYANO
        return Answer(_M.UNSATISFACTORY_ORAL, _R.RESTART_PARENTERAL, others, next_tests=tests)
    return Answer(_M.UNSATISFACTORY_ORAL, _R.ORAL_2MG, (_R.RESTART_PARENTERAL,), next_tests=tests)


def _iron(seen: Monitored, trace: Trace) -> Answer | None:
    """Low ferritin explains a missing rise in Hb or reticulocytes (A77)."""
    low = seen.findings.ferritin_low
    if trace.decide(IRON, ("low", low, "low_ferritin"), ("not_low", OTHERWISE)) == "not_low":
        return None
    return Answer(_M.IRON_DEFICIENCY, current_regimen(seen))


def _without_samples(seen: Monitored, trace: Trace) -> Answer | None:
    """Treatment began without samples: values that are normal now say nothing of before (A39)."""
    abnormal = bool(measured_anaemia(seen.findings)) or bool(markers_abnormal(seen))
    open_question = all_of(
        absent("baseline_samples", negated(seen.status.baseline_samples)),
        absent("abnormal_now", not abnormal),
    )
    outcome = trace.decide(
        BASELINE, ("no_samples", open_question), ("sampled_or_unknown", OTHERWISE)
    )
    if outcome != "no_samples":
        return None
    anti_if = (Test.ANTI_IF,) if seen.findings.results.anti_if is None else ()
    return Answer(_M.UNINFORMATIVE, Regimen.CONTINUE_CURRENT, (), Conclusion.FURTHER_TESTS, anti_if)


def _just_started(seen: Monitored, trace: Trace) -> Answer | None:
    """Nothing to read yet; what should have been measured by now is named."""
    values = seen.findings.results
    nothing = not values.values and values.reticulocytosis is None
    outcome = trace.decide(
        JUST_STARTED,
        ("started_now", seen.weeks is not None and seen.weeks < 1, "week_0"),
        (
            "nothing_measured",
            all_of(present("no_results", nothing), absent("neuro", seen.status.neuro is None)),
        ),
        ("results_to_read", OTHERWISE),
    )
    if outcome == "results_to_read":
        return None
    wanted = _early_tests(seen) if outcome == "nothing_measured" else ()
    if seen.judged_late and seen.weeks is not None:
        wanted = LATE_CHECK
    return Answer(_M.STARTED, current_regimen(seen), next_tests=wanted)


def _early(seen: Monitored, trace: Trace) -> Answer | None:
    """The first weeks: reticulocytes, MMA and Hb (A66 to A68). A missing reticulocyte answer is not
    a missing reticulocytosis; B12 alone says nothing after injections."""
    findings = seen.findings
    if seen.weeks is None or seen.judged_late:
        return None
    young_cells = reticulocytosis(findings.results, findings.limits)
    fell = True if mma_normal(seen) else mma_fell(seen)
    none_seen, no_fall = negated(young_cells), negated(fell)
    anaemic = any_of(
        present("anaemia", findings.blood.anaemia),
        present("anaemia_before", seen.before.anaemia),
    )
    outcome = trace.decide(
        EARLY,
        (
            "mma_unchanged",
            all_of(present("reticulocytosis", young_cells), absent("mma_fell", no_fall)),
        ),
        ("reticulocytosis", young_cells, "reticulocytosis"),
        (
            "mixed",
            all_of(absent("reticulocytosis", none_seen), present("mma_fell", fell), anaemic),
        ),
        ("no_response", all_of(absent("reticulocytosis", none_seen), anaemic)),
        ("mma_fell", fell, "mma_fell"),
        ("mma_did_not_fall", absent("mma_fell", no_fall)),
        ("haemoglobin_rose", haemoglobin_rose(seen), "haemoglobin_rose"),
        ("nothing_to_judge", OTHERWISE),
    )
    return _early_answer(seen, outcome)


def _early_answer(seen: Monitored, outcome: str) -> Answer:
    findings, current = seen.findings, current_regimen(seen)
    if outcome in {"mma_unchanged", "mma_did_not_fall"}:
        return Answer(_M.PARTIAL_RECHECK, current, next_tests=(Test.MMA, Test.CREATININE_EGFR))
    if outcome == "mixed":
        return Answer(_M.MIXED_SIGNAL, current, next_tests=iron_and_folate(findings))
    if outcome == "no_response":
        return Answer(_M.ABSENT_RECONSIDER, current, next_tests=iron_and_folate(findings))
    if outcome == "nothing_to_judge":
        return Answer(_M.UNINFORMATIVE, current, next_tests=_early_tests(seen))
    return Answer(_M.ADEQUATE, current, next_tests=_early_tests(seen), confirms_deficiency=True)


def _early_tests(seen: Monitored) -> tuple[Test, ...]:
    """What the early control of an anaemic patient lacks; without anaemia nothing is needed."""
    if not (seen.findings.blood.anaemia or seen.before.anaemia):
        return ()
    wanted = (
        (Test.HAEMOGLOBIN, seen.findings.value(Analyte.HAEMOGLOBIN)),
        (Test.RETICULOCYTES, reticulocytosis(seen.findings.results, seen.findings.limits)),
        (Test.FERRITIN, seen.findings.value(Analyte.FERRITIN)),
    )
    return tuple(test for test, value in wanted if value is None)


def _neurology(seen: Monitored, trace: Trace) -> Answer | None:
    """Recovery may take up to 12 months; unchanged after that is a reason to think again (A71)."""
    neuro, p = seen.status.neuro, seen.findings.parameters
    if neuro is None or neuro is NeuroCourse.RESOLVED:
        return None
    weeks = None if seen.weeks is None else Quantity(seen.weeks, "weeks")
    outcome = trace.decide(
        NEUROLOGY,
        ("too_long", above, "weeks_since_start", weeks, p.neuro_recovery_weeks.limit),
        ("blood_not_normal", measured_anaemia(seen.findings), "anaemia"),
        ("markers_not_normal", markers_abnormal(seen), "b12_still_low"),
        ("still_expected", OTHERWISE),
    )
    if outcome == "too_long":
        return Answer(_M.ABSENT_RECONSIDER, current_regimen(seen))
    if outcome == "still_expected":
        return Answer(_M.NEURO_RECOVERY_EXPECTED, current_regimen(seen), (_R.ORAL_2MG,))
    return None


def _late(seen: Monitored, trace: Trace) -> Answer:
    """At 2 to 3 months the signs should be gone (G121, G124, A70)."""
    findings = seen.findings
    blood, markers = signs_in_blood(seen), markers_abnormal(seen)
    signs = present("blood_not_normal", blood)
    outcome = trace.decide(
        LATE,
        ("folate_low", all_of(signs, present("low_folate", findings.folate_low))),
        ("improving", all_of(signs, present("haemoglobin_rose", haemoglobin_rose(seen)))),
        ("no_response", signs),
        ("nothing_to_judge", absent("late_results", blood is None and markers is None)),
        ("normalised", OTHERWISE),
    )
    current = current_regimen(seen)
    if outcome == "folate_low":
        return Answer(_M.MIXED_SIGNAL, current)
    # What is not well by now does not just go on as before: more, or by injection (A70).
    others = tuple(other for other in _MORE if other is not seen.status.regimen)
    tests = iron_and_folate(findings)
    if outcome == "improving":
        return Answer(_M.PARTIAL_RECHECK, current, others, next_tests=tests)
    if outcome == "no_response":
        return Answer(_M.ABSENT_RECONSIDER, _R.CONTINUE_CURRENT, others, next_tests=tests)
    if outcome == "nothing_to_judge":
        return Answer(_M.UNINFORMATIVE, current, next_tests=LATE_CHECK)
    return _long_term(seen, trace)


def _long_term(seen: Monitored, trace: Trace) -> Answer:
    """All is normal: stop when the cause is treated and a late control shows that the stores are
    filled and folate is not low (A60), with a supplement where the diet is poor in B12 (G111); else
    go on. A disease cannot have been treated while the cause is said to be unknown."""
    findings, p = seen.findings, seen.findings.parameters
    weeks = None if seen.weeks is None else Quantity(seen.weeks, "weeks")
    lifelong = duration(findings, trace) is Duration.LIFELONG
    known = seen.status.cause_known is not False
    treated = known and seen.status.underlying_disease_treated is True
    may_stop = all_of(
        present("underlying_disease_treated", treated),
        absent("lifelong", not lifelong),
        present("stores_filled", markers_abnormal(seen) is False),
        absent("low_folate", findings.folate_low is not True),
        at_least("weeks_since_start", weeks, p.late_control_weeks.limit),
    )
    long_term = findings.limits.use(p.long_term_weeks)
    outcome = trace.decide(
        LONG_TERM,
        ("may_stop", may_stop),
        (
            "lifelong",
            all_of(present("lifelong", lifelong), at_least("weeks_since_start", weeks, long_term)),
        ),
        ("continue", OTHERWISE),
    )
    current = current_regimen(seen)
    if outcome == "may_stop":
        supplement, _others = prevention(findings, trace)
        others = (supplement,) if supplement in PREVENTIVE else ()
        return Answer(_M.MAY_BE_STOPPED, _R.STOP_B12, (*others, current))
    conclusion = _M.CONTINUE_LIFELONG if outcome == "lifelong" else _M.ADEQUATE
    unknown = treated and markers_abnormal(seen) is None
    tests: tuple[Test, ...] = (Test.TOTAL_B12,) if unknown else ()
    if seen.status.folate is not None and findings.folate_low is None:
        tests += (Test.FOLATE,)  # or it cannot be said when to stop it (G107)
    return Answer(conclusion, current, next_tests=tests, confirms_deficiency=True)
