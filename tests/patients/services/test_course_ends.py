"""A treatment stops, starts again, or is lost to follow-up: nothing of it is silent."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from b12site.accounts.models import Role
from b12site.audit.models import Entry
from patients.models import (
    ControlState,
    CourseEvent,
    Patient,
    TreatmentCourse,
    WorkItem,
    WorkKind,
)
from patients.rules.course_checks import CourseRefusedError
from patients.services.courses import course_found, course_lost, course_stop
from tests.patients import builders
from tests.patients.builders import NOW, TODAY
from tests.patients.courses import (
    at,
    change,
    days,
    fresh,
    open_controls,
    restart,
    started,
    stop,
)

pytestmark = pytest.mark.django_db


# Stop and restart


def test_a_stop_ends_phases_and_the_line_and_follows_b12_once_a_year() -> None:
    course = started(anaemia=True, duration="lifelong")
    stop(course, date(2026, 3, 4))
    assert days(course) == [("im", date(2026, 3, 2), date(2026, 3, 3))]
    assert open_controls(course) == [(["annual_after_stopping", "annual"], date(2027, 3, 4))]
    assert not WorkItem.objects.filter(kind=WorkKind.INJECTION).exists()
    assert fresh(course).stopped_on == date(2026, 3, 4)
    assert fresh(course).phase_on(date(2026, 3, 4)) is None


def test_a_stop_cancels_the_open_controls_with_the_reason() -> None:
    course = started()
    stop(course, date(2026, 3, 4))
    cancelled = course.controls.get(state=ControlState.CANCELLED)
    assert cancelled.events.get().reason == "treatment_stopped"


@pytest.mark.parametrize(
    ("reason", "kept"), [("stores_filled", True), ("diagnosis", True), ("died_or_moved", False)]
)
def test_a_stop_keeps_the_gastroscopy_which_is_for_the_stomach(reason: str, kept: bool) -> None:
    course = started(gastroscopy=True)
    stop(course, date(2026, 3, 4), reason)
    gastroscopies = [days for times, days in open_controls(course) if times == ["every_5_years"]]
    assert gastroscopies == ([date(2031, 3, 2)] if kept else [])


@pytest.mark.parametrize("reason", ["diagnosis", "died_or_moved", "mistake"])
def test_nothing_is_followed_where_there_is_nothing_to_follow(reason: str) -> None:
    course = started()
    stop(course, date(2026, 3, 4), reason)
    assert open_controls(course) == []


def test_a_patient_who_has_left_can_be_stopped_and_is_not_followed() -> None:
    course = started()
    Patient.objects.update(moved_on=date(2026, 3, 3))
    stop(course, date(2026, 3, 4), "patient_wish")
    assert open_controls(course) == []


def test_a_stop_in_the_future_is_refused_unless_it_calls_off_a_planned_start() -> None:
    course = started(started_on=date(2026, 4, 1))
    with pytest.raises(CourseRefusedError, match="in the future"):
        course_stop(
            actor=builders.member(), course=course, on=date(2026, 4, 2), reason="other", now=NOW
        )
    course_stop(
        actor=builders.member(), course=course, on=date(2026, 4, 1), reason="mistake", now=NOW
    )
    assert days(course) == []


def test_a_restart_goes_on_with_controls_as_after_a_start() -> None:
    course = started(regimen="oral_uncomplicated", neurological=True)
    stop(course, date(2026, 7, 1))
    restart(course, date(2027, 2, 1))
    assert fresh(course).is_ongoing
    assert days(course)[-1] == ("oral", date(2027, 3, 1), None)
    assert open_controls(course) == [
        (["2-3_months"], date(2027, 5, 3)),
        (["6-12_months"], date(2028, 2, 1)),
    ]


def test_a_course_that_goes_on_is_not_restarted() -> None:
    with pytest.raises(CourseRefusedError, match="going on"):
        restart(started(), date(2026, 3, 20))


def test_an_old_course_is_not_restarted_beside_a_new_one() -> None:
    old = started()
    stop(old, date(2026, 3, 20))
    started(old.patient, started_on=date(2026, 3, 20), now=at(date(2026, 3, 20)))
    with pytest.raises(CourseRefusedError, match="under treatment already"):
        restart(old, date(2026, 3, 21))


# Lost and found


def state(service: Any, course: TreatmentCourse, on: date = TODAY, **given: Any) -> CourseEvent:
    values = {"actor": builders.member(Role.ASSISTANT), "reason": "other", "now": NOW} | given
    event: CourseEvent = service(course=course, on=on, **values)
    return event


def test_lost_is_stated_and_taken_back_and_controls_stay() -> None:
    course = started()
    before = open_controls(course)
    state(course_lost, course)
    assert fresh(course).lost_since == TODAY
    assert (open_controls(course), WorkItem.objects.count()) == (before, 2)
    state(course_found, course)
    assert fresh(course).lost_since is None
    assert [event.kind for event in course.events.all()] == ["started", "lost", "found"]


def test_lost_does_not_change_the_treatment() -> None:
    course = started()
    before = days(course)
    state(course_lost, course)
    assert (days(course), fresh(course).plan()) == (before, fresh(course).plan())
    assert fresh(course).plan() != ()


def test_lost_is_stated_once() -> None:
    course = started()
    with pytest.raises(CourseRefusedError, match="not registered as lost"):
        state(course_found, course)
    state(course_lost, course)
    with pytest.raises(CourseRefusedError, match="already registered"):
        state(course_lost, course)


def test_lost_is_not_stated_in_the_future() -> None:
    with pytest.raises(CourseRefusedError, match="in the future"):
        state(course_lost, started(), date(2026, 3, 3))


def test_a_stop_does_not_hide_that_the_patient_is_lost() -> None:
    course = started()
    state(course_lost, course)
    stop(course, date(2026, 3, 4))
    assert fresh(course).lost_since == TODAY


@pytest.mark.parametrize("service", [course_lost, course_found, course_stop])
def test_who_has_no_clinical_role_states_nothing(service: Any) -> None:
    course = started()
    with pytest.raises(PermissionDenied):
        state(service, course, actor=builders.member(Role.PRACTICE_ADMIN))
    assert course.events.count() == 1


@pytest.mark.parametrize("kind", ["dose_changed", "stopped", "restarted", "lost", "found"])
def test_every_event_leaves_a_log_row(kind: str) -> None:
    course = started(regimen="oral_uncomplicated")
    change(course, "oral_2mg", TODAY)
    stop(course, TODAY)
    restart(course, TODAY, "oral_2mg")
    state(course_lost, course)
    state(course_found, course)
    actions = Entry.objects.filter(object_type="patients.treatmentcourse")
    assert actions.filter(action=f"course.{kind}", subject=course.patient_id).count() == 1
