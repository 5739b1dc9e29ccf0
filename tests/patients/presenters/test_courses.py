"""A course in words, from ready values: no database."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from b12site.accounts.models import User
from interpretation.guideline import load_edition
from interpretation.guideline.phases import phases
from interpretation.guideline.vocabulary import Regimen
from patients.models import (
    Control,
    CourseEvent,
    DosePhase,
    EventKind,
    Injection,
    Patient,
    TreatmentCourse,
)
from patients.permissions import Action
from patients.presenters import courses, doses, injections
from patients.rules.course_plan import STARTS, changes

START = date(2026, 3, 2)
DAY = timedelta(days=1)
WHEN = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
WHO = User(pk=1, name="Ragna Prøvevik")
MAY = frozenset(Action)


def event(kind: str, on: date, regimen: str = "", **fields: Any) -> CourseEvent:
    made = CourseEvent(
        pk=1, kind=kind, on=on, regimen=regimen, recorded_at=WHEN, recorded_by=WHO, **fields
    )
    planned = phases(load_edition("2018").regimens[Regimen(regimen)].doses, on) if regimen else ()
    cached(
        made,
        phases=[
            DosePhase(
                drug=phase.dose.drug,
                route=phase.dose.route,
                amount=phase.dose.amount,
                amount_to=phase.dose.amount_to,
                unit=phase.dose.unit,
                per_from=phase.dose.per[0],
                per_to=phase.dose.per[1],
                per_unit=phase.dose.per[2],
                first_day=phase.first_day,
                last_day=phase.last_day,
                from_guideline=phase.dose.from_guideline,
            )
            for phase in planned
        ],
    )
    return made


def cached(of: Any, **related: list[Any]) -> None:
    """As if it had been fetched with what belongs to it."""
    of._prefetched_objects_cache = related


def given(pk: int, on: date, **fields: Any) -> Injection:
    values: dict[str, Any] = {
        "given_at": datetime(on.year, on.month, on.day, 9, tzinfo=UTC),
        "drug": "hydroxocobalamin",
        "amount_mg": Decimal(1),
        "batch": "AB12",
        "given_by": WHO,
        "recorded_by": WHO,
        "recorded_at": WHEN,
    }
    return Injection(pk=pk, **values | fields)


def course(
    regimen: str = "im_5_days_then_oral",
    *later: CourseEvent,
    shots: list[Injection] | None = None,
    controls: list[Control] | None = None,
    **fields: Any,
) -> TreatmentCourse:
    made = TreatmentCourse(pk=7, patient=Patient(pk=3), started_on=START, **fields)
    events = [event(EventKind.STARTED, START, regimen), *later]
    cached(made, events=events, injections=shots or [], controls=controls or [])
    return made


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (START - DAY, "Starts 2 March 2026: Hydroxocobalamin injection (i.m.) 1 mg once daily"),
        (START, "Hydroxocobalamin injection (i.m.) 1 mg once daily"),
        (START + 5 * DAY, "Vitamin B12 tablets 2 mg once daily"),
        (date(2026, 4, 7), "Vitamin B12 tablets 1–2 mg once daily"),
    ],
)
def test_the_dose_of_a_day_in_one_line(day: date, words: str) -> None:
    assert courses.now(course(), day) == words


def test_a_trial_that_is_over_asks_for_a_decision() -> None:
    trial = course("treatment_trial_oral")
    assert "2 mg" in courses.now(trial, START + 13 * DAY)
    assert "decide" in courses.now(trial, START + 14 * DAY)


def test_a_stopped_course_says_when_and_why() -> None:
    stop = event(EventKind.STOPPED, date(2026, 3, 10), reason="side_effects")
    stopped = course("oral_2mg", stop, stopped_on=date(2026, 3, 10))
    assert courses.state(stopped) == "Stopped 10 March 2026: side effects"
    assert courses.now(stopped, date(2026, 3, 10)) == "No treatment now"


def test_a_stop_is_not_mistaken_for_what_came_after_it() -> None:
    stop = event(EventKind.STOPPED, date(2026, 3, 10), reason="side_effects")
    lost = event(EventKind.LOST, date(2026, 3, 11), reason="not_reached")
    stopped = course("oral_2mg", stop, lost, stopped_on=date(2026, 3, 10))
    assert "side effects" in courses.state(stopped)


@pytest.mark.parametrize(
    ("shots", "today", "words"),
    [
        ([], START, "Next injection: 2 March 2026"),
        ([], START + DAY, "Next injection: overdue since 2 March 2026"),
        ([START], START + DAY, "Next injection: 3 March 2026"),
    ],
)
def test_when_the_next_injection_is_due(shots: list[date], today: date, words: str) -> None:
    made = course(shots=[given(pk, on) for pk, on in enumerate(shots, 1)])
    assert courses.next_injection(made, today) == words


def test_maintenance_has_a_window() -> None:
    made = course("continue_im_maintenance", shots=[given(1, START)])
    words = "Next injection: from 2 May 2026 to 2 June 2026"
    assert courses.next_injection(made, START + DAY) == words
    assert courses.next_injection(course("oral_2mg"), START) == ""


def test_it_counts_the_daily_injections() -> None:
    shots = [given(pk, START + pk * DAY) for pk in range(3)]
    assert courses.so_far(course(shots=shots)) == "3 of 5 daily injections given"
    assert courses.so_far(course("oral_2mg")) == ""


def test_it_asks_for_the_last_injection_that_was_given_elsewhere() -> None:
    transferred = course("continue_im_maintenance")
    assert courses.summary(transferred, START).injection_help
    known = course("continue_im_maintenance", shots=[given(1, START)])
    assert not courses.summary(known, START).injection_help
    assert not courses.summary(course(), START).injection_help


def test_a_phase_that_a_later_decision_ended_shows_its_real_last_day() -> None:
    change = event(EventKind.DOSE_CHANGED, date(2026, 3, 20), "oral_2mg")
    lines = courses.course_page(course("oral_uncomplicated", change), START, MAY).phases
    assert [(line.first, line.last, line.is_now) for line in lines] == [
        ("2 March 2026", "19 March 2026", True),
        ("20 March 2026", "until further notice", False),
    ]


def test_a_dose_that_the_guideline_does_not_state_says_so() -> None:
    plan = course("im_5_days_then_im_cyano").plan()
    assert [bool(line.note) for line in doses.phase_lines(plan, START)] == [False, True]


@pytest.mark.parametrize("regimen", STARTS)
def test_every_treatment_that_can_be_started_has_words(regimen: Regimen) -> None:
    made = course(regimen.value)
    page = courses.course_page(made, START, MAY)
    assert page.summary.now
    assert doses.regimen_name(regimen) in page.events[0].what


def test_the_latest_decision_stands_first_with_reason_and_who() -> None:
    change = event(EventKind.DOSE_CHANGED, START, "oral_2mg", reason="no_effect", text="B12 171")
    first, second = courses.course_page(course("oral_2mg", change), START, MAY).events
    assert (first.reason, first.text) == ("unsatisfactory effect", "B12 171")
    assert first.by == "Ragna Prøvevik, 2 Mar 2026 10:30"
    assert second.what.startswith("Started")


def test_the_facts_say_what_is_not_stated() -> None:
    cause, duration, start = courses.facts(course())
    assert (cause.value, duration.value) == ("Not stated", "Not stated")
    assert start.value == "no neurological symptoms, no anaemia"
    known = course(cause_group="2_malabsorption", cause="Bypass", duration="lifelong", trial=True)
    assert [fact.value for fact in courses.facts(known)] == [
        "Malabsorption: Bypass",
        "Lifelong",
        "trial of treatment",
    ]


def _control(latest: date, state: str) -> Control:
    return Control(
        pk=1, times=["annual"], tests=["total_b12"], earliest=latest, latest=latest, state=state
    )


def test_controls_that_lie_ahead_stand_first() -> None:
    planned = _control(date(2027, 3, 2), "planned")
    done = _control(date(2026, 5, 2), "done")
    lines = courses.course_page(course(controls=[done, planned]), START, MAY).controls
    assert [line.window for line in lines] == ["2 March 2027", "2 May 2026"]


# Injections


def test_what_was_corrected_or_withdrawn_stays_readable_and_says_so() -> None:
    wrong, gone = given(1, START), given(2, START + DAY)
    right = given(3, START + 2 * DAY, corrects=wrong, correction_reason="Wrong day")
    undone = given(4, START + DAY, corrects=gone, correction_reason="Not given", withdrawn=True)
    lines = injections.injection_lines([wrong, gone, right, undone])
    assert [(line.pk, line.counts) for line in lines] == [(3, True), (2, False), (1, False)]
    assert lines[0].note == "Corrected: Wrong day"
    assert lines[1].note == "Withdrawn by Ragna Prøvevik 2 Mar 2026 10:30: Not given"
    assert lines[2].note.startswith("Corrected by")


def test_only_injections_that_count_are_counted() -> None:
    wrong = given(1, START)
    right = given(2, START + DAY, corrects=wrong)
    undone = given(3, START + DAY, corrects=right, withdrawn=True)
    assert course(shots=[wrong]).injected_on() == [START]
    assert course(shots=[wrong, right]).injected_on() == [START + DAY]
    assert course(shots=[wrong, right, undone]).injected_on() == []


# What can be done


def names(made: TreatmentCourse, *may: Action) -> list[str]:
    return [link.name.split(":")[1] for link in courses.actions(made, frozenset(may or Action))]


def test_what_can_be_done_follows_the_state_and_the_role() -> None:
    assert names(course()) == ["course_change", "course_lost", "course_stop"]
    assert names(course(), Action.PLAN_CONTROL) == ["course_lost"]
    assert names(course(lost_since=START), Action.PLAN_CONTROL) == ["course_found"]
    assert names(course(stopped_on=START)) == ["course_restart"]
    assert names(course(stopped_on=START, lost_since=START)) == ["course_restart", "course_found"]


def test_who_has_left_can_only_be_stopped() -> None:
    made = course()
    made.patient.moved_on = START
    assert names(made) == ["course_stop"]
    assert not courses.course_page(made, START, MAY).may_inject


# What a change offers


def test_each_way_is_offered_once() -> None:
    injected = changes(course("im_5_days_then_im_hydroxo"), START)
    assert Regimen.SWITCH_TO_ORAL_1MG in injected
    assert Regimen.CONTINUE_ORAL_1MG not in injected
    tablets = changes(course("oral_2mg"), START)
    assert {Regimen.SWITCH_TO_ORAL_1MG, Regimen.RESTART_PARENTERAL}.isdisjoint(tablets)
    assert Regimen.IM_5_DAYS_THEN_IM_HYDROXO in tablets
    assert Regimen.RESTART_PARENTERAL in changes(course(), START)
