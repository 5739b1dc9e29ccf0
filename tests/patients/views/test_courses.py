"""The pages of a treatment course: for whom, what they show, and that nothing typed is lost."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from b12site.accounts.models import Role
from patients.models import (
    Control,
    ControlState,
    CourseEvent,
    Patient,
    TreatmentCourse,
    WorkItem,
)
from patients.services.courses import course_lost, course_stop
from patients.services.injections import injection_give
from tests.cast import Cast

from .. import builders as build
from .course_pages import TODAY, address, begun, day, page, plan_of, send

pytestmark = pytest.mark.django_db

STEPS = ("course_change", "course_stop", "course_restart", "course_lost", "course_found")
DECISIONS = ("course_change", "course_stop", "course_restart")


@pytest.fixture
def patient(cast: Cast) -> Patient:
    return build.patient(cast.practice)


@pytest.fixture
def course(cast: Cast, patient: Patient) -> TreatmentCourse:
    return begun(cast, patient)


def seen(course: TreatmentCourse) -> dict[str, Any]:
    return {"seen": course.events.latest("pk").pk}


STOP = {"on": day(0), "reason": "side_effects"}


# Who


@pytest.mark.parametrize("name", ["course", *STEPS])
def test_a_course_of_another_practice_does_not_exist(
    cast: Cast, course: TreatmentCourse, name: str
) -> None:
    assert cast.stranger.client.get(address(name, course.pk)).status_code == 404
    assert cast.doctor.client.get(address(name, course.pk + 99)).status_code == 404
    assert cast.doctor.client.get(address(name, 10**30)).status_code == 404


@pytest.mark.parametrize("name", DECISIONS)
def test_only_a_doctor_decides(cast: Cast, course: TreatmentCourse, name: str) -> None:
    for member in cast.others(Role.DOCTOR):
        assert send(member.client, name, course.pk, STOP | seen(course)).status_code == 403
        assert member.client.get(address(name, course.pk)).status_code == 403
    assert course.events.count() == 1


@pytest.mark.parametrize("name", ["course", "course_lost", "course_found"])
def test_who_is_no_clinician_sees_no_course(cast: Cast, course: TreatmentCourse, name: str) -> None:
    for member in cast.others(Role.DOCTOR, Role.ASSISTANT):
        assert member.client.get(address(name, course.pk)).status_code == 403


@pytest.mark.parametrize("name", ["course", *STEPS])
def test_who_is_signed_out_is_asked_to_sign_in(
    cast: Cast, course: TreatmentCourse, name: str
) -> None:
    assert cast.signed_out.get(address(name, course.pk)).status_code == 302


@pytest.mark.parametrize("name", STEPS)
def test_no_other_method_is_answered(cast: Cast, course: TreatmentCourse, name: str) -> None:
    assert cast.doctor.client.delete(address(name, course.pk)).status_code == 405
    assert cast.doctor.client.post(address("course", course.pk)).status_code == 405


# The page


def test_the_page_shows_doses_controls_and_decisions(cast: Cast, course: TreatmentCourse) -> None:
    response: Any = cast.assistant.client.get(address("course", course.pk))
    shown = response.context["course"]
    assert (len(shown.phases), len(shown.events)) == (2, 1)
    assert [line.is_now for line in shown.phases] == [False, True]
    assert shown.summary.so_far
    assert shown.controls
    assert address("control", shown.controls[0].pk) in response.content.decode()


def test_an_assistant_is_offered_what_an_assistant_may(cast: Cast, course: TreatmentCourse) -> None:
    shown = page(cast.assistant.client, "course", course.pk)
    assert address("injection_new", course.pk) in shown
    assert address("course_lost", course.pk) in shown
    assert address("course_stop", course.pk) not in shown
    assert address("course_stop", course.pk) in page(cast.doctor.client, "course", course.pk)


def test_a_stopped_course_offers_to_start_again(cast: Cast, course: TreatmentCourse) -> None:
    course_stop(
        actor=cast.doctor.actor,
        course=course,
        on=TODAY,
        reason="other",
        text="x",
        now=timezone.now(),
    )
    shown = page(cast.doctor.client, "course", course.pk)
    assert address("course_restart", course.pk) in shown
    assert address("course_change", course.pk) not in shown


def test_the_page_makes_few_queries_however_long_the_course(
    cast: Cast, course: TreatmentCourse, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(30):
        injection_give(
            actor=cast.assistant.actor,
            course=course,
            given_at=timezone.now() - timedelta(days=number),
            drug="hydroxocobalamin",
            amount_mg=Decimal(1),
            given_by=cast.assistant.user,
            now=timezone.now(),
        )
        build.control(course.patient, course=course)
    with django_assert_max_num_queries(12):
        page(cast.doctor.client, "course", course.pk)


# Steps


@pytest.mark.parametrize("name", ["course_change", "course_stop", "course_lost"])
def test_a_step_opens_as_a_form(cast: Cast, course: TreatmentCourse, name: str) -> None:
    assert "<form" in page(cast.doctor.client, name, course.pk)


@pytest.mark.parametrize("name", ["course_restart", "course_found"])
def test_a_step_that_is_not_possible_leads_back_with_the_reason(
    cast: Cast, course: TreatmentCourse, name: str
) -> None:
    response = cast.doctor.client.get(address(name, course.pk), follow=True)
    assert response.redirect_chain[-1][0] == address("course", course.pk)
    assert [message.level_tag for message in response.context["messages"]] == ["error"]


def test_a_switch_to_tablets_is_a_guided_step(cast: Cast, course: TreatmentCourse) -> None:
    client = cast.doctor.client
    data = {"regimen": "switch_to_oral_1mg", "on": day(0), "reason": "stable", **seen(course)}
    asked: Any = send(client, "course_change", course.pk, data)
    assert list(asked.context["form"].errors) == ["confirmed"]
    data |= {"confirmed": ["tablets"], "plan_shown": plan_of(asked)}
    assert send(client, "course_change", course.pk, data).status_code == 302
    assert course.events.latest("pk").kind == "switched"
    assert Control.objects.filter(times=["3_months"], state=ControlState.PLANNED).exists()
    assert not WorkItem.objects.filter(course=course).exists()


def test_a_switch_of_a_neurological_patient_asks_for_the_acute_phase(
    cast: Cast, patient: Patient
) -> None:
    course = begun(cast, patient, neurological=True)
    data = {"regimen": "switch_to_oral_1mg", "on": day(0), "reason": "stable", **seen(course)}
    asked: Any = send(cast.doctor.client, "course_change", course.pk, data)
    codes = [code for code, _ in asked.context["form"].fields["confirmed"].choices]
    assert codes == ["tablets", "acute"]


def test_a_reason_other_is_described(cast: Cast, course: TreatmentCourse) -> None:
    data = {"on": day(0), "reason": "other", **seen(course)}
    response: Any = send(cast.doctor.client, "course_stop", course.pk, data)
    assert list(response.context["form"].errors) == ["text"]
    assert (
        send(cast.doctor.client, "course_stop", course.pk, data | {"text": "Abroad"}).status_code
        == 302
    )
    assert course.events.latest("pk").text == "Abroad"


@pytest.mark.parametrize(
    "wrong", [{"reason": ""}, {"reason": "control"}, {"on": day(1)}, {"on": day(-101)}]
)
def test_a_stop_without_a_right_reason_or_day_is_refused(
    cast: Cast, course: TreatmentCourse, wrong: dict[str, str]
) -> None:
    data = STOP | {"text": "Kept"} | wrong | seen(course)
    response: Any = send(cast.doctor.client, "course_stop", course.pk, data)
    assert list(response.context["form"].errors) == list(wrong)
    assert "Kept" in response.content.decode()
    assert course.events.count() == 1


def test_stopping_a_lifelong_course_is_confirmed_with_why_it_was_lifelong(
    cast: Cast, patient: Patient
) -> None:
    course = begun(cast, patient, duration="lifelong", cause="Gastric bypass")
    client, data = cast.doctor.client, STOP | seen(course)
    asked: Any = send(client, "course_stop", course.pk, data)
    assert list(asked.context["form"].errors) == ["confirmed"]
    assert "Gastric bypass" in asked.content.decode()
    assert send(client, "course_stop", course.pk, data | {"confirmed": "no"}).status_code == 200
    assert (
        send(client, "course_stop", course.pk, data | {"confirmed": "lifelong"}).status_code == 302
    )


def test_full_stores_are_confirmed_while_their_control_is_open(
    cast: Cast, patient: Patient
) -> None:
    course = begun(cast, patient, started_on=TODAY - timedelta(days=30))
    data = STOP | seen(course) | {"reason": "stores_filled"}
    asked: Any = send(cast.doctor.client, "course_stop", course.pk, data)
    assert [code for code, _ in asked.context["form"].fields["confirmed"].choices] == ["control"]


def test_a_second_click_on_stop_is_no_second_event(cast: Cast, course: TreatmentCourse) -> None:
    data = STOP | seen(course)
    for _click in range(2):
        response = send(cast.doctor.client, "course_stop", course.pk, data)
        assert response.headers["Location"] == address("course", course.pk)
    assert course.events.count() == 2


def test_what_somebody_else_decided_meanwhile_is_told(cast: Cast, course: TreatmentCourse) -> None:
    data = STOP | {"text": "Kept"} | seen(course)
    course_lost(
        actor=cast.assistant.actor, course=course, on=TODAY, reason="declined", now=timezone.now()
    )
    response: Any = send(cast.doctor.client, "course_stop", course.pk, data)
    assert response.context["form"].non_field_errors()
    assert "Kept" in response.content.decode()
    assert course.events.count() == 2


def test_a_stopped_course_is_started_again(cast: Cast, course: TreatmentCourse) -> None:
    course_stop(
        actor=cast.doctor.actor, course=course, on=TODAY, reason="side_effects", now=timezone.now()
    )
    data = {"regimen": "oral_uncomplicated", "on": day(0), "reason": "symptoms", **seen(course)}
    shown = send(cast.doctor.client, "course_restart", course.pk, data)
    data |= {"plan_shown": plan_of(shown)}
    assert send(cast.doctor.client, "course_restart", course.pk, data).status_code == 302
    course.refresh_from_db()
    assert course.is_ongoing


def test_an_assistant_states_and_takes_back_that_the_patient_is_lost(
    cast: Cast, course: TreatmentCourse
) -> None:
    client = cast.assistant.client
    for name, reason in (("course_lost", "not_reached"), ("course_found", "attended")):
        data = {"on": day(0), "reason": reason, **seen(course)}
        assert send(client, name, course.pk, data).status_code == 302
    assert [event.kind for event in CourseEvent.objects.order_by("pk")] == [
        "started",
        "lost",
        "found",
    ]


def test_the_page_says_that_the_patient_is_lost(cast: Cast, course: TreatmentCourse) -> None:
    course_lost(
        actor=cast.assistant.actor, course=course, on=TODAY, reason="declined", now=timezone.now()
    )
    response: Any = cast.doctor.client.get(address("course", course.pk))
    assert response.context["course"].summary.lost
    assert address("course_found", course.pk) in response.content.decode()


@pytest.mark.parametrize("name", ["course_change", "course_stop"])
def test_a_form_makes_few_queries(
    cast: Cast,
    course: TreatmentCourse,
    name: str,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_max_num_queries(12):
        page(cast.doctor.client, name, course.pk)


def test_dates_that_are_not_dates_are_answered(cast: Cast, course: TreatmentCourse) -> None:
    data = STOP | seen(course) | {"on": str(date.max), "seen": "x"}
    response: Any = send(cast.doctor.client, "course_stop", course.pk, data)
    assert response.status_code == 200
    assert response.context["form"].errors
