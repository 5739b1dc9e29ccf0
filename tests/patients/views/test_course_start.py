"""A treatment is started: shown as a plan, then saved as it was shown."""

from dataclasses import replace
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from b12site.accounts.models import Role
from interpretation.contract import case_to_json, interpretation_to_json
from interpretation.guideline import interpret
from interpretation.guideline.vocabulary import Analyte, Pathway, Symptom
from patients.models import (
    Assessment,
    AssessmentState,
    CourseEvent,
    Patient,
    TreatmentCourse,
)
from tests.cast import Cast
from tests.interpretation.guideline import builders as cases

from .. import builders as build
from .course_pages import TODAY, address, begun, day, page, plan_of, send

pytestmark = pytest.mark.django_db

START = {"regimen": "im_5_days_then_oral", "on": day(0), "duration": "lifelong", "cause": "Bypass"}


@pytest.fixture
def patient(cast: Cast) -> Patient:
    return build.patient(cast.practice)


@pytest.fixture
def course(cast: Cast, patient: Patient) -> TreatmentCourse:
    return begun(cast, patient)


def test_nobody_starts_for_a_patient_of_another_practice(cast: Cast, patient: Patient) -> None:
    response = send(cast.stranger.client, "course_start", patient.pk, START)
    assert response.status_code == 404
    assert not TreatmentCourse.objects.exists()


def test_only_a_doctor_starts(cast: Cast, patient: Patient) -> None:
    for member in cast.others(Role.DOCTOR):
        assert send(member.client, "course_start", patient.pk, START).status_code == 403
    assert not TreatmentCourse.objects.exists()


def test_a_start_is_shown_as_a_plan_before_it_is_saved(cast: Cast, patient: Patient) -> None:
    shown: Any = send(cast.doctor.client, "course_start", patient.pk, START)
    assert (shown.status_code, TreatmentCourse.objects.count()) == (200, 0)
    assert [line.first for line in shown.context["plan"].phases] != []
    saved = send(
        cast.doctor.client, "course_start", patient.pk, START | {"plan_shown": plan_of(shown)}
    )
    course = TreatmentCourse.objects.get()
    assert saved.headers["Location"] == address("course", course.pk)
    assert (course.cause, course.duration, course.started_on) == ("Bypass", "lifelong", TODAY)


def test_what_was_changed_after_the_plan_is_shown_again(cast: Cast, patient: Patient) -> None:
    client = cast.doctor.client
    first: Any = send(client, "course_start", patient.pk, START)
    other = START | {"regimen": "oral_uncomplicated", "plan_shown": plan_of(first)}
    second: Any = send(client, "course_start", patient.pk, other)
    assert not TreatmentCourse.objects.exists()
    send(client, "course_start", patient.pk, other | {"plan_shown": plan_of(second)})
    assert TreatmentCourse.objects.get().events.get().regimen == "oral_uncomplicated"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"regimen": ""}, "regimen"),
        ({"regimen": "stop_b12"}, "regimen"),
        ({"on": ""}, "on"),
        ({"on": "2026-02-30"}, "on"),
        ({"on": "1950-01-01"}, "on"),
        ({"on": day(200)}, "on"),
        ({"duration": ""}, "duration"),
        ({"duration": "long"}, "duration"),
        ({"duration": "trial"}, "duration"),
        ({"cause": "x" * 201}, "cause"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_kept(
    cast: Cast, patient: Patient, wrong: dict[str, str], field: str
) -> None:
    response: Any = send(cast.doctor.client, "course_start", patient.pk, START | wrong)
    assert list(response.context["form"].errors) == [field]
    assert response.context["form"]["cause"].value() == (START | wrong)["cause"]
    assert (response.context["plan"], TreatmentCourse.objects.count()) == (None, 0)


def test_a_trial_has_no_duration_and_is_marked(cast: Cast, patient: Patient) -> None:
    data = START | {"regimen": "treatment_trial_oral", "duration": "trial"}
    shown = send(cast.doctor.client, "course_start", patient.pk, data)
    send(cast.doctor.client, "course_start", patient.pk, data | {"plan_shown": plan_of(shown)})
    course = TreatmentCourse.objects.get()
    assert (course.trial, course.duration) == (True, "")


def test_a_low_dose_with_nerve_signs_is_confirmed(cast: Cast, patient: Patient) -> None:
    data: dict[str, Any] = START | {"regimen": "low_dose_triobe", "neurological": "on"}
    client = cast.doctor.client
    asked: Any = send(client, "course_start", patient.pk, data)
    assert list(asked.context["form"].errors) == ["confirmed"]
    data |= {"plan_shown": plan_of(asked), "confirmed": ["low_dose low_dose_triobe"]}
    assert send(client, "course_start", patient.pk, data).status_code == 302


def test_a_second_start_leads_to_the_running_course(cast: Cast, course: TreatmentCourse) -> None:
    for response in (
        cast.doctor.client.get(address("course_start", course.patient_id)),
        send(cast.doctor.client, "course_start", course.patient_id, START),
    ):
        assert response.headers["Location"] == address("course", course.pk)
    assert TreatmentCourse.objects.count() == 1


@pytest.mark.parametrize("number", ["x", "", "-1", "999999", "²"])
def test_an_assessment_that_does_not_exist_is_not_found(
    cast: Cast, patient: Patient, number: str
) -> None:
    url = f"{address('course_start', patient.pk)}?assessment={number}"
    assert cast.doctor.client.get(url).status_code == 404


def test_an_assessment_of_somebody_else_or_unsigned_is_not_found(
    cast: Cast, patient: Patient
) -> None:
    other = build.draft(build.patient(cast.practice))
    for assessment in (other, build.draft(patient)):
        url = f"{address('course_start', patient.pk)}?assessment={assessment.pk}"
        assert cast.doctor.client.get(url).status_code == 404


def test_a_start_is_filled_from_the_signed_assessment(cast: Cast, patient: Patient) -> None:
    signed = severe(patient)
    response: Any = cast.doctor.client.get(
        address("course_start", patient.pk), {"assessment": signed.pk}
    )
    form = response.context["form"]
    assert form["regimen"].value() == "im_5_days_then_oral"
    assert (form["neurological"].value(), form["anaemia"].value()) == (True, False)
    first_code, first = form.fields["regimen"].choices[0]
    assert (first_code, bool(first.note)) == ("im_5_days_then_oral", True)


def test_what_the_assessment_does_not_advise_asks_for_a_reason(
    cast: Cast, patient: Patient
) -> None:
    query, client = f"?assessment={severe(patient).pk}", cast.doctor.client
    data = START | {"regimen": "oral_2mg"}
    asked: Any = send(client, "course_start", patient.pk, data, query)
    assert list(asked.context["form"].errors) == ["reason"]
    data |= {"reason": "practical", "text": "Lives far away"}
    shown = send(client, "course_start", patient.pk, data, query)
    data |= {"plan_shown": plan_of(shown)}
    assert send(client, "course_start", patient.pk, data, query).status_code == 302
    event = CourseEvent.objects.get()
    assert (event.reason, event.text) == ("practical", "Lives far away")


def test_a_start_takes_the_assessment_as_it_was_last_corrected(
    cast: Cast, patient: Patient
) -> None:
    old = severe(patient)
    new = severe(patient, corrects=old)
    query, client = f"?assessment={old.pk}", cast.doctor.client
    shown = send(client, "course_start", patient.pk, START, query)
    send(client, "course_start", patient.pk, START | {"plan_shown": plan_of(shown)}, query)
    assert TreatmentCourse.objects.get().assessment == new


def test_a_start_from_an_assessment_makes_few_queries(
    cast: Cast, patient: Patient, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    query = f"?assessment={severe(patient).pk}"
    with django_assert_max_num_queries(12):
        page(cast.doctor.client, "course_start", patient.pk, query)


def severe(patient: Patient, **fields: Any) -> Assessment:
    """A signed assessment of a patient with ataxia and a low B12."""
    case = replace(
        cases.case(Pathway.STRONG_SUSPICION, {Analyte.TOTAL_B12: "90"}),
        symptoms=frozenset({Symptom.ATAXIA}),
    )
    result = interpret(case, cases.edition())
    return build.draft(
        patient,
        state=AssessmentState.SIGNED,
        signed_at=timezone.now(),
        signed_by=build.user(),
        case=case_to_json(case),
        edition="2018",
        result=interpretation_to_json(result),
        chosen_regimen=result.treatment.regimen,
        **fields,
    )


def test_a_patient_who_has_left_is_not_started(cast: Cast) -> None:
    gone = build.patient(cast.practice, moved_on=TODAY)
    response: Any = send(cast.doctor.client, "course_start", gone.pk, START)
    assert response.context["form"].non_field_errors()
    assert not TreatmentCourse.objects.exists()
