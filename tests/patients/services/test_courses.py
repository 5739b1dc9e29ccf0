"""What a start and a change write: event, phases, controls, line and log, or nothing."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from b12site.accounts.models import Role
from b12site.audit.models import Entry
from patients.models import (
    Control,
    ControlState,
    CourseEvent,
    EventKind,
    TreatmentCourse,
    WorkItem,
    WorkKind,
)
from patients.rules.course_checks import CourseRefusedError
from tests.patients import builders
from tests.patients.builders import NOW, TODAY
from tests.patients.courses import (
    change,
    days,
    open_controls,
    started,
    stop,
)

pytestmark = pytest.mark.django_db


# Start


def test_a_start_lays_out_the_dated_phases() -> None:
    assert days(started()) == [
        ("im", date(2026, 3, 2), date(2026, 3, 6)),
        ("oral", date(2026, 3, 7), date(2026, 4, 6)),
        ("oral", date(2026, 4, 7), None),
    ]


def test_a_start_keeps_what_it_was_based_on() -> None:
    patient = builders.patient()
    assessment = builders.draft(patient)
    course = started(patient, assessment=assessment, cause="Gastric bypass", severe_anaemia=True)
    assert (course.assessment, course.cause) == (assessment, "Gastric bypass")
    assert (course.anaemia, course.neurological) == (True, False)
    event = course.events.get()
    assert (event.kind, event.regimen, event.on) == (
        EventKind.STARTED,
        "im_5_days_then_oral",
        TODAY,
    )


def test_a_start_plans_the_controls_from_its_own_day() -> None:
    course = started(started_on=date(2026, 3, 9), neurological=True, duration="lifelong")
    assert open_controls(course) == [
        (["2-3_months"], date(2026, 6, 8)),
        (["6-12_months", "annual"], date(2027, 3, 9)),
    ]


def test_a_start_with_injections_puts_the_first_one_on_the_work_list() -> None:
    course = started(neurological=True)
    line = WorkItem.objects.get(kind=WorkKind.INJECTION)
    assert (line.course, line.visible_from, line.due) == (course, TODAY, TODAY)
    assert line.seriousness == 3


def test_a_start_with_tablets_puts_no_injection_on_the_work_list() -> None:
    started(regimen="oral_uncomplicated")
    assert not WorkItem.objects.filter(kind=WorkKind.INJECTION).exists()


def test_a_start_is_logged_with_the_patient_and_the_reason() -> None:
    course = started(regimen="oral_2mg", reason="specialist", text="By telephone")
    entry = Entry.objects.get(action="course.started")
    assert (entry.subject, entry.object_id) == (course.patient_id, course.pk)
    assert (entry.ground, entry.after and entry.after["regimen"]) == ("By telephone", "oral_2mg")


def test_a_second_start_is_refused_and_leaves_nothing_behind() -> None:
    course = started()
    with pytest.raises(CourseRefusedError, match="under treatment already"):
        started(course.patient)
    assert TreatmentCourse.objects.count() == CourseEvent.objects.count() == 1


@pytest.mark.parametrize("left", ["deceased_on", "moved_on"])
def test_a_patient_who_has_left_is_not_started(left: str) -> None:
    with pytest.raises(CourseRefusedError, match="died or moved"):
        started(builders.patient(None, **{left: TODAY}))


@pytest.mark.parametrize(
    ("on", "refused"),
    [
        (date(1962, 5, 3), True),
        (date(1962, 5, 4), False),
        (date(2026, 6, 2), False),
        (date(2026, 6, 3), True),
    ],
)
def test_a_start_lies_between_birth_and_three_months_from_now(on: date, refused: bool) -> None:
    if refused:
        with pytest.raises(CourseRefusedError) as error:
            started(started_on=on)
        assert error.value.field == "on"
    else:
        assert started(started_on=on).started_on == on


def test_a_start_does_not_overlap_an_earlier_course() -> None:
    first = started(started_on=date(2026, 1, 5))
    stop(first, date(2026, 2, 10))
    with pytest.raises(CourseRefusedError, match="10"):
        started(first.patient, started_on=date(2026, 2, 9))
    assert started(first.patient, started_on=date(2026, 2, 10)).is_ongoing


def test_a_course_that_was_registered_by_mistake_is_in_nobodys_way() -> None:
    first = started(started_on=date(2026, 1, 5))
    stop(first, date(2026, 2, 10), "mistake")
    assert started(first.patient, started_on=date(2025, 12, 1)).is_ongoing


def test_of_a_start_long_ago_only_what_lies_ahead_is_planned() -> None:
    course = started(started_on=date(2023, 1, 10), duration="lifelong", anaemia=True)
    assert open_controls(course) == [(["annual"], date(2027, 1, 10))]


def test_a_start_long_ago_is_not_left_without_any_control() -> None:
    course = started(started_on=date(2025, 9, 1), anaemia=True)
    assert open_controls(course) == [(["2-3_months"], date(2025, 12, 1))]


def test_only_a_doctor_starts() -> None:
    with pytest.raises(PermissionDenied):
        started(actor=builders.member(Role.ASSISTANT))
    assert not TreatmentCourse.objects.exists()


# Change


def test_a_change_ends_the_phases_before_it() -> None:
    course = started()
    event = change(course, "oral_2mg", date(2026, 3, 20))
    assert event.kind == EventKind.DOSE_CHANGED
    assert days(course) == [
        ("im", date(2026, 3, 2), date(2026, 3, 6)),
        ("oral", date(2026, 3, 7), date(2026, 3, 19)),
        ("oral", date(2026, 3, 20), None),
    ]


def test_a_change_on_the_day_of_the_start_replaces_it() -> None:
    course = started()
    change(course, "oral_2mg", TODAY)
    assert days(course) == [("oral", TODAY, None)]


@pytest.mark.parametrize(
    ("first", "second", "on", "kind"),
    [
        ("im_5_days_then_im_hydroxo", "switch_to_oral_1mg", date(2026, 9, 1), EventKind.SWITCHED),
        ("oral_uncomplicated", "im_5_days_then_oral", date(2026, 6, 1), EventKind.SWITCHED),
        ("im_5_days_then_oral", "oral_2mg", date(2026, 3, 4), EventKind.SWITCHED),
        ("im_5_days_then_oral", "oral_2mg", date(2026, 3, 7), EventKind.DOSE_CHANGED),
        (
            "im_5_days_then_im_hydroxo",
            "im_5_days_then_im_cyano",
            date(2026, 9, 1),
            EventKind.DOSE_CHANGED,
        ),
        ("treatment_trial_oral", "oral_uncomplicated", date(2026, 4, 1), EventKind.DOSE_CHANGED),
    ],
)
def test_the_route_decides_whether_it_is_a_switch(
    first: str, second: str, on: date, kind: EventKind
) -> None:
    assert change(started(regimen=first), second, on).kind == kind


def test_a_switch_to_tablets_plans_its_own_control_and_takes_the_injection_off_the_list() -> None:
    course = started(regimen="im_5_days_then_im_hydroxo")
    change(course, "switch_to_oral_1mg", date(2026, 9, 1))
    assert (["3_months"], date(2026, 12, 1)) in open_controls(course)
    assert not WorkItem.objects.filter(kind=WorkKind.INJECTION).exists()


def test_a_switch_to_injections_puts_them_on_the_list() -> None:
    course = started(regimen="oral_uncomplicated")
    change(course, "restart_parenteral", date(2026, 6, 15))
    assert WorkItem.objects.get(kind=WorkKind.INJECTION).due == date(2026, 6, 15)


def test_a_change_replaces_the_controls_of_its_kind_and_keeps_the_others() -> None:
    course = started(
        regimen="im_5_days_then_im_hydroxo",
        neurological=True,
        duration="lifelong",
        gastroscopy=True,
    )
    change(course, "switch_to_oral_1mg", date(2026, 9, 1))
    assert open_controls(course) == [
        (["2-3_months"], date(2026, 6, 1)),
        (["3_months"], date(2026, 12, 1)),
        (["6-12_months"], date(2027, 3, 2)),
        (["annual"], date(2027, 9, 1)),
        (["every_5_years"], date(2031, 3, 2)),
    ]
    cancelled = Control.objects.get(state=ControlState.CANCELLED)
    assert cancelled.times == ["6-12_months", "annual"]
    assert cancelled.events.get().reason == "treatment_changed"


def test_b12_comes_back_into_the_yearly_control_after_a_switch_to_tablets() -> None:
    course = started(regimen="im_5_days_then_im_hydroxo", duration="lifelong")
    before = course.controls.get(times=["annual"])
    change(course, "switch_to_oral_1mg", date(2026, 9, 1))
    after = course.controls.get(times=["annual"], state=ControlState.PLANNED)
    assert ("total_b12" in before.tests, "total_b12" in after.tests) == (False, True)


def test_a_change_before_the_last_event_is_refused() -> None:
    course = started()
    change(course, "oral_2mg", date(2026, 3, 20))
    with pytest.raises(CourseRefusedError, match="before the last event"):
        change(course, "continue_oral_1mg", date(2026, 3, 19))
    assert change(course, "continue_oral_1mg", date(2026, 3, 20)).pk


def test_a_change_too_far_ahead_is_refused() -> None:
    with pytest.raises(CourseRefusedError, match="too far ahead"):
        change(started(), "oral_2mg", date(2026, 6, 3), now=NOW)


def test_a_decision_on_what_somebody_has_changed_meanwhile_is_refused() -> None:
    course = started()
    seen = course.events.get().pk
    change(course, "oral_2mg", date(2026, 3, 20), seen=seen)
    with pytest.raises(CourseRefusedError, match="meanwhile"):
        change(course, "continue_oral_1mg", date(2026, 3, 21), seen=seen)
    assert course.events.count() == 2


def test_a_stopped_course_is_not_changed() -> None:
    course = started()
    stop(course, date(2026, 3, 20))
    with pytest.raises(CourseRefusedError, match="stopped already"):
        change(course, "oral_2mg", date(2026, 3, 21))
