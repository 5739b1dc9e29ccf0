"""Controls are planned, moved, cancelled, closed and opened again, and never lost on the way."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import translation

from b12site.accounts.actor import Actor
from b12site.accounts.models import Role
from b12site.audit.models import Entry
from interpretation.guideline import follow_up
from interpretation.guideline.edition import edition_for
from interpretation.guideline.vocabulary import ControlTime, Regimen, Test
from patients.models import Control, CourseEvent, Patient, TreatmentCourse, WorkItem
from patients.services.controls import (
    ControlRefusedError,
    control_cancel,
    control_close,
    control_move,
    control_reopen,
    controls_cancel_open,
    controls_plan,
)
from tests.patients import builders

pytestmark = pytest.mark.django_db

TODAY, NOW = builders.TODAY, builders.NOW
START = date(2026, 1, 5)
EDITION = edition_for(START)


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def doctor() -> Actor:
    return builders.member()


@pytest.fixture
def assistant() -> Actor:
    return builders.member(Role.ASSISTANT)


@pytest.fixture
def patient() -> Patient:
    return builders.patient()


@pytest.fixture
def course(patient: Patient) -> TreatmentCourse:
    return builders.course(patient, started_on=START, neurological=True)


def due(*times: ControlTime, start: date = START) -> list[Any]:
    """Core controls as a course asks for them."""
    tests = follow_up.annual_check(Regimen.ORAL_UNCOMPLICATED)
    return [follow_up.control(EDITION, when, start, *tests) for when in times]


def planned(doctor: Actor, course: TreatmentCourse, *times: ControlTime) -> Control:
    (made,) = controls_plan(
        actor=doctor, patient=course.patient, controls=due(*times), course=course
    )
    return made


def line(control: Control) -> WorkItem | None:
    return WorkItem.objects.filter(control=control).first()


# Planning


def test_a_planned_control_has_its_window_its_line_and_its_log_row(
    assistant: Actor, course: TreatmentCourse
) -> None:
    control = planned(assistant, course, ControlTime.TWO_TO_THREE_MONTHS)
    work = line(control)
    assert (control.earliest, control.latest) == (date(2026, 3, 2), date(2026, 4, 6))
    assert control.tests == ["haemoglobin", "mcv_mch", "total_b12"]
    assert work is not None
    assert (work.visible_from, work.due, work.seriousness) == (
        control.earliest,
        control.latest,
        3,
    )
    entry = Entry.objects.get()
    assert (entry.action, entry.subject) == ("control.planned", course.patient_id)


def test_controls_that_fall_together_are_one_visit(doctor: Actor, course: TreatmentCourse) -> None:
    controls = due(ControlTime.DAY_7_TO_14, ControlTime.TWO_WEEKS, ControlTime.ANNUAL)
    made = controls_plan(actor=doctor, patient=course.patient, controls=controls, course=course)
    assert [control.times for control in made] == [["day_7_to_14", "2_weeks"], ["annual"]]
    assert [control.repeats for control in made] == [False, True]


def test_a_control_without_a_date_is_not_planned(doctor: Actor, course: TreatmentCourse) -> None:
    open_day = follow_up.control(EDITION, ControlTime.ANNUAL_AFTER_STOPPING, None, Test.TOTAL_B12)
    assert (
        controls_plan(actor=doctor, patient=course.patient, controls=[open_day], course=course)
        == []
    )


def test_the_same_time_is_not_planned_twice_for_a_course(
    doctor: Actor, course: TreatmentCourse
) -> None:
    planned(doctor, course, ControlTime.ANNUAL)
    again = due(ControlTime.ANNUAL, ControlTime.TWO_WEEKS, start=TODAY)
    made = controls_plan(actor=doctor, patient=course.patient, controls=again, course=course)
    assert [control.times for control in made] == [["2_weeks"]]


def test_a_control_outside_a_course_is_planned_beside_that_of_the_course(
    doctor: Actor, course: TreatmentCourse
) -> None:
    planned(doctor, course, ControlTime.ANNUAL)
    made = controls_plan(actor=doctor, patient=course.patient, controls=due(ControlTime.ANNUAL))
    assert len(made) == 1


def test_an_interval_that_the_guideline_does_not_name_is_kept_as_such(
    doctor: Actor, patient: Patient
) -> None:
    controls = due(ControlTime.AFTER_SOME_MONTHS)
    (made,) = controls_plan(actor=doctor, patient=patient, controls=controls)
    assert not made.from_guideline


# Moving


def moved(actor: Actor, control: Control, earliest: date, latest: date) -> Control:
    return control_move(
        actor=actor,
        control=control,
        earliest=earliest,
        latest=latest,
        reason="illness",
        text="Influensa",
        now=NOW,
    )


def test_a_moved_control_keeps_its_first_window_and_says_why(
    assistant: Actor, course: TreatmentCourse
) -> None:
    control = planned(assistant, course, ControlTime.TWO_TO_THREE_MONTHS)
    after = moved(assistant, control, date(2026, 4, 1), date(2026, 5, 1))
    event = after.events.get()
    assert after.is_moved
    assert after.first_earliest == date(2026, 3, 2)
    assert (event.kind, event.reason, event.text) == ("moved", "illness", "Influensa")
    assert (event.earliest, event.latest) == (date(2026, 4, 1), date(2026, 5, 1))


def test_the_line_moves_with_the_control(assistant: Actor, course: TreatmentCourse) -> None:
    control = planned(assistant, course, ControlTime.TWO_TO_THREE_MONTHS)
    moved(assistant, control, date(2026, 4, 1), date(2026, 5, 1))
    work = line(control)
    assert work is not None
    assert (work.visible_from, work.due) == (date(2026, 4, 1), date(2026, 5, 1))
    entry = Entry.objects.get(action="control.moved")
    assert entry.before is not None
    assert (entry.before["latest"], entry.ground) == ("2026-04-06", "illness")


# Cancelling


def cancelled(actor: Actor, control: Control, **fields: Any) -> Control:
    return control_cancel(actor=actor, control=control, reason="declined", now=NOW, **fields)


def test_a_cancelled_control_leaves_the_list(assistant: Actor, course: TreatmentCourse) -> None:
    after = cancelled(assistant, planned(assistant, course, ControlTime.TWO_WEEKS))
    assert (after.state, after.closed_on) == ("cancelled", TODAY)
    assert line(after) is None
    assert Control.objects.count() == 1


def test_a_yearly_control_can_be_left_out_once(assistant: Actor, course: TreatmentCourse) -> None:
    after = cancelled(assistant, planned(assistant, course, ControlTime.ANNUAL), plan_next=True)
    following = Control.objects.exclude(pk=after.pk).get()
    assert (after.latest, following.latest) == (date(2027, 1, 5), date(2028, 1, 5))
    assert line(following) is not None


def test_the_one_after_an_overdue_control_lies_ahead(
    assistant: Actor, course: TreatmentCourse
) -> None:
    control = planned(assistant, course, ControlTime.ANNUAL)
    moved(assistant, control, date(2025, 1, 1), date(2025, 1, 1))
    cancelled(assistant, control, plan_next=True)
    assert Control.objects.get(state="planned").latest == date(2027, 3, 2)


def test_all_planned_controls_of_a_stopped_course_are_cancelled(
    doctor: Actor, course: TreatmentCourse
) -> None:
    controls = due(ControlTime.TWO_WEEKS, ControlTime.TWO_TO_THREE_MONTHS, ControlTime.ANNUAL)
    controls_plan(actor=doctor, patient=course.patient, controls=controls, course=course)
    other = builders.control(course.patient)
    ended = controls_cancel_open(
        actor=doctor, course=course, reason="treatment_stopped", text="Diett", now=NOW
    )
    assert len(ended) == 3
    assert list(Control.objects.filter(state="planned")) == [other]
    assert {event.reason for control in ended for event in control.events.all()} == {
        "treatment_stopped"
    }


# Closing


def closed(actor: Actor, control: Control, **fields: Any) -> Control:
    return control_close(actor=actor, control=control, today=TODAY, now=NOW, **fields)


def test_a_control_without_results_is_not_done_without_a_reason(
    doctor: Actor, course: TreatmentCourse
) -> None:
    control = planned(doctor, course, ControlTime.TWO_TO_THREE_MONTHS)
    builders.result(course.patient, "haemoglobin_g_dl", "11.1", sampled_on=START)
    with pytest.raises(ControlRefusedError, match="no results"):
        closed(doctor, control)
    control.refresh_from_db()
    assert control.state == "planned"
    assert line(control) is not None


def test_results_of_its_time_make_a_control_done(doctor: Actor, course: TreatmentCourse) -> None:
    control = planned(doctor, course, ControlTime.TWO_TO_THREE_MONTHS)
    builders.result(course.patient, "haemoglobin_g_dl", "13.1", sampled_on=date(2026, 3, 1))
    after = closed(doctor, control)
    assert (after.state, after.closed_on) == ("done", TODAY)
    assert line(control) is None
    assert after.events.get().kind == "closed"


def test_a_result_of_much_later_does_not_make_it_done(
    doctor: Actor, course: TreatmentCourse
) -> None:
    control = planned(doctor, course, ControlTime.DAY_7_TO_14)
    builders.result(course.patient, "haemoglobin_g_dl", "13.1", sampled_on=date(2026, 2, 3))
    with pytest.raises(ControlRefusedError, match="no results"):
        closed(doctor, control)


def test_after_a_restart_the_samples_before_it_do_not_count(
    doctor: Actor, course: TreatmentCourse
) -> None:
    CourseEvent.objects.create(
        course=course, kind="restarted", on=TODAY, recorded_at=NOW, recorded_by=doctor.user
    )
    control = builders.control(
        course.patient, course=course, earliest=date(2026, 3, 9), latest=date(2026, 3, 16)
    )
    builders.result(course.patient, "haemoglobin_g_dl", "9.1", sampled_on=TODAY)
    with pytest.raises(ControlRefusedError, match="no results"):
        closed(doctor, control)


def test_a_withdrawn_result_does_not_make_it_done(doctor: Actor, course: TreatmentCourse) -> None:
    control = planned(doctor, course, ControlTime.TWO_TO_THREE_MONTHS)
    builders.result(course.patient, "haemoglobin_g_dl", "13.1", withdrawn=True)
    with pytest.raises(ControlRefusedError):
        closed(doctor, control)


def test_a_reason_makes_a_control_done_without_results(
    doctor: Actor, course: TreatmentCourse
) -> None:
    control = planned(doctor, course, ControlTime.TWO_TO_THREE_MONTHS)
    after = closed(doctor, control, reason="measured_elsewhere", text="Sykehuset")
    assert after.events.get().reason == "measured_elsewhere"


def test_a_signed_assessment_makes_a_control_done(doctor: Actor, course: TreatmentCourse) -> None:
    control = planned(doctor, course, ControlTime.SIX_TO_TWELVE_MONTHS)
    assessment = builders.draft(course.patient, control=control)
    closed(doctor, control, assessment=assessment)
    entry = Entry.objects.get(action="control.closed")
    assert entry.after is not None
    assert entry.after["assessment"] == assessment.pk


def potassium(doctor: Actor, course: TreatmentCourse) -> Control:
    """During the five days of injections, long past."""
    during = ControlTime.DURING_INJECTIONS
    asked = [follow_up.control(EDITION, during, START, Test.POTASSIUM)]
    (made,) = controls_plan(actor=doctor, patient=course.patient, controls=asked, course=course)
    return made


def state(control: Control) -> str:
    control.refresh_from_db()
    return control.state


def assessed(doctor: Actor, course: TreatmentCourse) -> Control:
    """The early control, with a signed assessment."""
    later = planned(doctor, course, ControlTime.DAY_7_TO_14)
    return closed(doctor, later, assessment=builders.draft(course.patient, control=later))


def test_an_earlier_control_whose_tests_are_answered_is_done_with_a_later_assessment(
    doctor: Actor, course: TreatmentCourse
) -> None:
    control = potassium(doctor, course)
    builders.result(course.patient, "potassium_mmol_l", "4.0", sampled_on=date(2026, 1, 7))
    assessed(doctor, course)
    assert state(control) == "done"
    assert line(control) is None
    assert "later control" in control.events.get().text


def test_an_earlier_control_without_an_answer_of_its_days_stays_open(
    doctor: Actor, course: TreatmentCourse
) -> None:
    control = potassium(doctor, course)
    builders.result(course.patient, "potassium_mmol_l", "4.1", sampled_on=START)
    builders.result(course.patient, "potassium_mmol_l", "4.0", sampled_on=date(2026, 1, 20))
    assessed(doctor, course)
    assert state(control) == "planned"


def test_an_earlier_control_of_which_half_is_answered_stays_open(
    doctor: Actor, course: TreatmentCourse
) -> None:
    control = planned(doctor, course, ControlTime.DAY_7_TO_14)
    builders.result(course.patient, "haemoglobin_g_dl", "10.1", sampled_on=date(2026, 1, 15))
    later = planned(doctor, course, ControlTime.AFTER_SOME_WEEKS)
    closed(doctor, later, assessment=builders.draft(course.patient, control=later))
    assert state(control) == "planned"


def test_a_control_that_lies_ahead_waits_for_its_own_assessment(
    doctor: Actor, course: TreatmentCourse
) -> None:
    ahead = planned(doctor, course, ControlTime.ANNUAL)
    for code in ("haemoglobin_g_dl", "mcv_fl", "total_b12_pmol_l"):
        builders.result(course.patient, code, "90", sampled_on=TODAY)
    assessed(doctor, course)
    assert state(ahead) == "planned"


def test_a_yearly_control_is_planned_again_from_the_day_it_was_done(
    doctor: Actor, course: TreatmentCourse
) -> None:
    closed(doctor, planned(doctor, course, ControlTime.ANNUAL), reason="examined")
    following = Control.objects.get(state="planned")
    assert (following.earliest, following.latest) == (date(2027, 3, 2), date(2027, 3, 2))
    assert (following.times, following.course) == (["annual"], course)


def test_what_comes_back_of_a_joined_visit_asks_for_its_own_tests_only(
    doctor: Actor, course: TreatmentCourse
) -> None:
    control = planned(doctor, course, ControlTime.ANNUAL)
    control.times = ["6-12_months", "annual", "every_5_years"]
    control.tests = ["neurological_symptoms", "haemoglobin", "mcv_mch", "gastroscopy"]
    control.save()
    closed(doctor, control, reason="examined")
    yearly, fifth_year = Control.objects.filter(state="planned").order_by("latest")
    assert (yearly.times, yearly.tests) == (["annual"], ["haemoglobin", "mcv_mch"])
    assert (fifth_year.latest, fifth_year.tests) == (date(2031, 3, 2), ["gastroscopy"])


def test_nothing_is_planned_for_a_patient_who_has_left(
    doctor: Actor, course: TreatmentCourse
) -> None:
    control = planned(doctor, course, ControlTime.ANNUAL)
    Patient.objects.update(deceased_on=TODAY)
    closed(doctor, control, reason="other", text="Død")
    assert not Control.objects.filter(state="planned").exists()


# Opening again


def reopened(actor: Actor, control: Control) -> Control:
    return control_reopen(actor=actor, control=control, text="Feil pasient", now=NOW)


def test_a_control_that_was_closed_by_mistake_is_back_on_the_list(
    assistant: Actor, course: TreatmentCourse
) -> None:
    control = cancelled(assistant, planned(assistant, course, ControlTime.TWO_WEEKS))
    after = reopened(assistant, control)
    assert (after.state, after.closed_on) == ("planned", None)
    assert line(after) is not None
    assert [event.kind for event in after.events.all()] == ["cancelled", "reopened"]


def test_a_control_that_is_closed_a_second_time_plans_the_next_one_once(
    doctor: Actor, course: TreatmentCourse
) -> None:
    control = closed(doctor, planned(doctor, course, ControlTime.ANNUAL), reason="examined")
    closed(doctor, reopened(doctor, control), reason="examined")
    assert Control.objects.filter(state="planned").count() == 1


def test_a_control_of_a_patient_who_has_left_stays_closed(
    assistant: Actor, course: TreatmentCourse
) -> None:
    control = cancelled(assistant, planned(assistant, course, ControlTime.TWO_WEEKS))
    Patient.objects.update(moved_on=TODAY)
    with pytest.raises(ControlRefusedError, match="died or moved"):
        reopened(assistant, control)


# Refusals

ACTS: dict[str, Callable[[Actor, Control], object]] = {
    "move": lambda actor, control: moved(actor, control, TODAY, TODAY),
    "cancel": cancelled,
    "close": lambda actor, control: closed(actor, control, reason="examined"),
}


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)
def test_what_is_no_longer_planned_says_what_it_is_now(
    act: Callable[[Actor, Control], object], doctor: Actor, course: TreatmentCourse
) -> None:
    control = planned(doctor, course, ControlTime.TWO_WEEKS)
    cancelled(doctor, control)
    with pytest.raises(ControlRefusedError, match="it is cancelled now"):
        act(doctor, control)
    assert control.events.count() == 1


def test_a_planned_control_cannot_be_opened_again(doctor: Actor, course: TreatmentCourse) -> None:
    with pytest.raises(ControlRefusedError, match="it is planned now"):
        reopened(doctor, planned(doctor, course, ControlTime.TWO_WEEKS))


@pytest.mark.parametrize("role", [Role.PRACTICE_ADMIN, Role.REVIEWER])
@pytest.mark.parametrize("act", [*ACTS.values(), reopened])
def test_who_has_no_clinical_role_changes_nothing(
    act: Callable[[Actor, Control], object], role: Role, course: TreatmentCourse
) -> None:
    control = builders.control(course.patient, course=course)
    with pytest.raises(PermissionDenied):
        act(builders.member(role), control)
    assert not control.events.exists()


def test_only_a_doctor_says_that_a_control_is_done(
    assistant: Actor, course: TreatmentCourse
) -> None:
    control = builders.control(course.patient, course=course)
    with pytest.raises(PermissionDenied):
        closed(assistant, control, reason="examined")
    assert control.state == "planned"


def test_who_has_no_clinical_role_plans_and_cancels_nothing(course: TreatmentCourse) -> None:
    reviewer = builders.member(Role.REVIEWER)
    with pytest.raises(PermissionDenied):
        planned(reviewer, course, ControlTime.ANNUAL)
    with pytest.raises(PermissionDenied):
        controls_cancel_open(actor=reviewer, course=course, reason="other", now=NOW)


def test_nothing_is_kept_when_the_log_cannot_be_written(
    doctor: Actor, course: TreatmentCourse, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(**_: object) -> None:
        raise OSError("disk")

    control = builders.control(course.patient, course=course)
    monkeypatch.setattr("patients.services.controls.log.changed", fail)
    with pytest.raises(OSError, match="disk"):
        cancelled(doctor, control)
    control.refresh_from_db()
    assert control.state == "planned"


def test_an_event_stands_at_the_time_it_was_recorded(
    doctor: Actor, course: TreatmentCourse
) -> None:
    late = datetime(2026, 3, 2, 23, 30, tzinfo=UTC)
    control = builders.control(course.patient, course=course)
    after = control_cancel(actor=doctor, control=control, reason="declined", now=late)
    assert after.closed_on == date(2026, 3, 3), "the practice's day, not UTC's"
    assert after.events.get().recorded_at == late
