"""The page of a control, and what is done from it."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from b12site.accounts.models import Role
from patients.models import (
    ContactAttempt,
    Control,
    ControlEvent,
    CourseEvent,
    Result,
    TreatmentCourse,
    WorkItem,
)
from patients.services import work
from tests.cast import Cast
from tests.patients import builders
from tests.patients.builders import NOW, TODAY
from tests.patients.counting import counting

START = date(2025, 12, 22)
PLAN_ACTS = ("control_move", "control_cancel", "control_reopen")
ACTS = (*PLAN_ACTS, "control_close")


@pytest.fixture(autouse=True)
def english(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    settings.LANGUAGE_CODE = "en"
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    with override("en"):
        yield


@pytest.fixture
def course(cast: Cast) -> TreatmentCourse:
    course = builders.course(builders.patient(cast.practice), started_on=START, anaemia=True)
    CourseEvent.objects.create(
        course=course,
        kind="started",
        on=START,
        regimen="oral_uncomplicated",
        recorded_at=NOW,
        recorded_by=builders.user(),
    )
    return course


@pytest.fixture
def control(course: TreatmentCourse) -> Control:
    """The control at two to three months, due now."""
    planned = builders.control(
        course.patient,
        course=course,
        tests=["total_b12", "haemoglobin", "mcv_mch", "folate", "ferritin"],
        earliest=date(2026, 2, 16),
        latest=date(2026, 3, 23),
    )
    work.put_control(planned)
    return planned


def measured(control: Control, code: str, before: str, now: str, **fields: Any) -> None:
    builders.result(control.patient, code, before, sampled_on=START)
    builders.result(control.patient, code, now, sampled_on=date(2026, 2, 27), **fields)


def url(name: str, control: Control) -> str:
    return reverse(f"patients:{name}", args=[control.pk])


def text(client: Client, control: Control) -> str:
    answer = client.get(url("control", control))
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def send(client: Client, name: str, control: Control, **data: Any) -> str:
    """What the page says after the form has been sent; ``control`` is read again."""
    answer = client.post(url(name, control), data, follow=True)
    assert answer.status_code == 200
    control.refresh_from_db()
    return " ".join(answer.content.decode().split())


# The page


@pytest.mark.parametrize("member", ["doctor", "assistant"])
def test_it_shows_before_and_now_and_what_was_expected(
    cast: Cast, control: Control, member: str
) -> None:
    measured(control, "haemoglobin_g_dl", "9.1", "12.9")
    shown = text(getattr(cast, member).client, control)
    assert "9.1 g/dL (22 Dec 2025)" in shown
    assert "12.9 g/dL (27 Feb 2026)" in shown
    assert "+41.8" in shown
    assert "larger than the difference limit" in shown
    assert "Normal: usually so after two months of treatment." in shown
    assert "G124" in shown


def test_it_gives_the_conclusion_of_the_guideline_and_what_to_do(
    cast: Cast, control: Control
) -> None:
    measured(control, "haemoglobin_g_dl", "9.1", "12.9")
    measured(control, "ferritin_ug_l", "85", "9")
    shown = text(cast.doctor.client, control)
    assert "The patient has iron deficiency." in shown
    assert "Give iron" in shown


def test_it_names_what_is_missing(cast: Cast, control: Control) -> None:
    measured(control, "haemoglobin_g_dl", "9.1", "12.9")
    shown = text(cast.doctor.client, control)
    assert (
        "Not measured for this control yet: Total vitamin B12, MCV or MCH, Folate, Ferritin."
        in shown
    )
    assert reverse("patients:order_new", args=[control.patient_id]) in shown


def test_before_its_time_nothing_is_missing(cast: Cast, course: TreatmentCourse) -> None:
    later = builders.control(
        course.patient, course=course, earliest=date(2026, 12, 22), latest=date(2026, 12, 22)
    )
    assert "Not measured for this control yet" not in text(cast.doctor.client, later)


def test_a_value_of_before_the_treatment_is_no_answer_to_it(cast: Cast, control: Control) -> None:
    builders.result(control.patient, "ferritin_ug_l", "9", sampled_on=START)
    shown = text(cast.doctor.client, control)
    assert "Nothing has been measured for this control yet." in shown
    assert "iron deficiency" not in shown


def test_a_result_that_cannot_be_right_is_named_and_not_concluded_from(
    cast: Cast, control: Control
) -> None:
    measured(control, "total_b12_pmol_l", "143", "900000")
    assert "could not be used" in text(cast.doctor.client, control)


def test_a_value_in_between_is_compared_as_well(cast: Cast, control: Control) -> None:
    measured(control, "haemoglobin_g_dl", "9.1", "12.9")
    builders.result(control.patient, "haemoglobin_g_dl", "9.8", sampled_on=date(2026, 1, 5))
    shown = text(cast.doctor.client, control)
    assert "Since 22 Dec 2025: +41.8" in shown
    assert "Since 5 Jan 2026: +31.6" in shown


def test_a_corrected_result_counts_as_corrected(cast: Cast, control: Control) -> None:
    wrong = builders.result(control.patient, "haemoglobin_g_dl", "19", sampled_on=TODAY)
    builders.result(control.patient, "haemoglobin_g_dl", "12.9", sampled_on=TODAY, corrects=wrong)
    shown = text(cast.doctor.client, control)
    assert "12.9 g/dL" in shown
    assert "19 g/dL" not in shown


def test_what_is_asked_and_examined_is_named(cast: Cast, course: TreatmentCourse) -> None:
    nerves = builders.control(
        course.patient, course=course, times=["6-12_months"], tests=["neurological_symptoms"]
    )
    shown = text(cast.doctor.client, nerves)
    assert "Neurological symptoms: Better or gone" in shown


def test_a_control_without_a_treatment_compares_with_the_last_time(cast: Cast) -> None:
    own = builders.patient(cast.practice)
    control = builders.control(
        own, times=["after_some_months"], tests=["repeat_b12_and_metabolites"]
    )
    builders.result(own, "mma_umol_l", "0.40", sampled_on=date(2025, 12, 1))
    builders.result(own, "mma_umol_l", "0.20", sampled_on=date(2026, 5, 3))
    shown = text(cast.doctor.client, control)
    assert "Last time" in shown
    assert "0.40 µmol/L (1 Dec 2025)" in shown
    assert "the time is not from the guideline" in shown


def test_lost_to_follow_up_is_said(cast: Cast, control: Control) -> None:
    TreatmentCourse.objects.update(lost_since=date(2026, 2, 1))
    assert "Lost to follow-up since 1 Feb 2026" in text(cast.doctor.client, control)


@pytest.mark.parametrize(
    ("earliest", "latest", "state"),
    [
        (date(2026, 3, 3), date(2026, 3, 9), "Planned; can be held in 1 day"),
        (date(2026, 3, 2), date(2026, 3, 9), "Due now"),
        (date(2026, 2, 2), date(2026, 3, 2), "Due now"),
        (date(2026, 2, 2), date(2026, 3, 1), "Overdue by 1 day"),
    ],
)
def test_it_says_where_the_control_stands(
    cast: Cast, control: Control, earliest: date, latest: date, state: str
) -> None:
    Control.objects.update(earliest=earliest, latest=latest)
    assert state in text(cast.doctor.client, control)


def test_contact_with_the_patient_is_shown(cast: Cast, control: Control) -> None:
    ContactAttempt.objects.create(
        patient=control.patient,
        control=control,
        at=NOW,
        channel="telephone",
        outcome="not_reached",
        note="Svarer ikke",
        recorded_by=cast.assistant.user,
    )
    shown = text(cast.doctor.client, control)
    assert "telephone: not reached – Svarer ikke" in shown
    line = WorkItem.objects.get(control=control)
    assert reverse("patients:contact_new", args=[line.pk]) in shown


def test_a_closed_control_keeps_what_was_known_when_it_was_closed(
    cast: Cast, control: Control
) -> None:
    measured(control, "haemoglobin_g_dl", "9.1", "12.9")
    send(cast.doctor.client, "control_close", control)
    builders.result(control.patient, "haemoglobin_g_dl", "15.5", sampled_on=date(2026, 3, 20))
    shown = text(cast.doctor.client, control)
    assert "Done 2 Mar 2026" in shown
    assert "12.9 g/dL" in shown
    assert "15.5" not in shown
    assert "What the guideline says now" not in shown


def test_an_assessment_of_the_control_is_linked(cast: Cast, control: Control) -> None:
    draft = builders.draft(control.patient, control=control)
    shown = text(cast.doctor.client, control)
    assert reverse("patients:assessment", args=[draft.pk]) in shown


def test_the_assessment_is_begun_with_the_number_of_the_control(
    cast: Cast, control: Control
) -> None:
    shown = text(cast.assistant.client, control)
    assert reverse("patients:assessment_new", args=[control.patient_id]) in shown
    assert f'name="control" value="{control.pk}"' in shown


def full(control: Control, rows: int) -> None:
    template = builders.result(control.patient, "haemoglobin_g_dl", "12")
    values = {
        field.attname: getattr(template, field.attname)
        for field in Result._meta.fields
        if field.name != "id"
    }
    Result.objects.bulk_create(
        Result(**(values | {"sampled_on": TODAY - timedelta(days=back)})) for back in range(rows)
    )
    event = {"control": control, "kind": "moved", "earliest": TODAY, "latest": TODAY}
    ControlEvent.objects.bulk_create(
        ControlEvent(**event, recorded_at=NOW, recorded_by=builders.user()) for _ in range(rows)
    )


@pytest.mark.parametrize("rows", [10, 1000])
def test_it_asks_at_most_twelve_times_whatever_the_number_of_rows(
    cast: Cast, control: Control, rows: int
) -> None:
    full(control, rows)
    with counting(12):
        text(cast.doctor.client, control)


# Moving


def window(earliest: str, latest: str, **data: str) -> dict[str, str]:
    return {"earliest": earliest, "latest": latest, "reason": "patient"} | data


def test_an_assistant_moves_a_control_with_a_reason(cast: Cast, control: Control) -> None:
    shown = send(
        cast.assistant.client, "control_move", control, **window("2026-04-01", "2026-04-15")
    )
    assert (control.earliest, control.latest) == (date(2026, 4, 1), date(2026, 4, 15))
    assert "moved; first planned 16 Feb 2026 – 23 Mar 2026" in shown
    assert "the patient asked for it" in shown


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (window("2026-04-15", "2026-04-01"), "The latest day lies before the earliest."),
        (window("2026-02-20", "2026-03-01"), "This day has passed."),
        (window("2026-04-01", "2036-03-03"), "This is more than ten years ahead."),
        (window("2026-02-16", "2026-03-23"), "This is the time it has already."),
        (window("", "2026-04-01"), "This field is required."),
        (window("2026-04-01", "1.april"), "Enter a valid date."),
        (window("2026-04-01", "2026-04-15", reason=""), "This field is required."),
        (window("2026-04-01", "2026-04-15", reason="other"), "Describe the other reason."),
        (window("2026-04-01", "2026-04-15", reason="whim"), "Select a valid choice."),
    ],
)
def test_a_move_that_cannot_be_is_refused_and_keeps_what_was_typed(
    cast: Cast, control: Control, data: dict[str, str], sentence: str
) -> None:
    shown = send(cast.doctor.client, "control_move", control, **data)
    assert sentence in shown
    assert f'value="{data["latest"]}"' in shown
    assert (control.latest, control.events.count()) == (date(2026, 3, 23), 0)


@pytest.mark.parametrize("latest", ["2026-03-02", "2036-03-02"])
def test_today_and_ten_years_ahead_are_allowed(cast: Cast, control: Control, latest: str) -> None:
    send(cast.doctor.client, "control_move", control, **window("2026-02-16", latest))
    assert control.latest == date.fromisoformat(latest)


# Cancelling, closing, opening again


def test_an_assistant_cancels_a_control_with_a_reason(cast: Cast, control: Control) -> None:
    shown = send(cast.assistant.client, "control_cancel", control, reason="other_provider")
    assert control.state == "cancelled"
    assert "somebody else follows the patient" in shown


def test_a_control_that_comes_back_asks_whether_this_one_only(cast: Cast, control: Control) -> None:
    Control.objects.update(repeats=True, times=["annual"])
    shown = send(cast.doctor.client, "control_cancel", control, reason="declined")
    assert control.state == "planned"
    assert "This control comes back" in shown
    send(cast.doctor.client, "control_cancel", control, reason="declined", plan_next="next")
    assert Control.objects.get(state="planned").latest == date(2027, 3, 23)


def test_a_control_that_comes_back_can_be_cancelled_for_good(cast: Cast, control: Control) -> None:
    Control.objects.update(repeats=True, times=["annual"])
    send(cast.doctor.client, "control_cancel", control, reason="declined", plan_next="none")
    assert not Control.objects.filter(state="planned").exists()


def test_a_doctor_closes_a_control_that_has_results(cast: Cast, control: Control) -> None:
    measured(control, "haemoglobin_g_dl", "9.1", "12.9")
    send(cast.doctor.client, "control_close", control)
    assert (control.state, control.closed_on) == ("done", TODAY)


def test_closing_without_results_asks_why(cast: Cast, control: Control) -> None:
    shown = send(cast.doctor.client, "control_close", control)
    assert control.state == "planned"
    assert "Why there are no results" in shown
    send(cast.doctor.client, "control_close", control, reason="measured_elsewhere")
    assert control.state == "done"


def test_a_control_that_was_cancelled_by_mistake_is_opened_again(
    cast: Cast, control: Control
) -> None:
    send(cast.assistant.client, "control_cancel", control, reason="declined")
    send(cast.assistant.client, "control_reopen", control, text="Feil pasient")
    assert control.state == "planned"
    assert WorkItem.objects.filter(control=control).exists()


def test_opening_again_asks_why(cast: Cast, control: Control) -> None:
    Control.objects.update(state="cancelled", closed_on=TODAY)
    assert "This field is required." in send(cast.doctor.client, "control_reopen", control)
    assert control.state == "cancelled"


def test_what_somebody_else_did_meanwhile_is_said_and_nothing_typed_is_lost(
    cast: Cast, control: Control
) -> None:
    Control.objects.update(state="cancelled", closed_on=TODAY)
    data = window("2026-04-01", "2026-04-15", text="Ring i april")
    shown = send(cast.doctor.client, "control_move", control, **data)
    assert "Somebody has changed this control meanwhile: it is cancelled now." in shown
    assert "Ring i april" in shown


# Refusals


@pytest.mark.parametrize("name", ["control", *ACTS])
def test_another_practice_does_not_find_it(cast: Cast, control: Control, name: str) -> None:
    assert cast.stranger.client.get(url(name, control)).status_code == 404
    if name != "control":
        assert cast.stranger.client.post(url(name, control), {}).status_code == 404


@pytest.mark.parametrize("name", ["control", *ACTS])
def test_roles_without_patients_are_refused(cast: Cast, control: Control, name: str) -> None:
    for member in cast.others(Role.DOCTOR, Role.ASSISTANT):
        assert member.client.get(url(name, control)).status_code == 403


def test_an_assistant_does_not_close_a_control(cast: Cast, control: Control) -> None:
    close = url("control_close", control)
    assert cast.assistant.client.get(close).status_code == 403
    assert cast.assistant.client.post(close, {"reason": "examined"}).status_code == 403
    assert close not in text(cast.assistant.client, control)


@pytest.mark.parametrize("name", ["control", *ACTS])
def test_who_is_signed_out_is_led_to_the_sign_in(cast: Cast, control: Control, name: str) -> None:
    answer = cast.signed_out.get(url(name, control))
    assert (answer.status_code, "next=" in answer["Location"]) == (302, True)


@pytest.mark.parametrize("name", ["control", *ACTS])
@pytest.mark.parametrize("pk", [0, 999999, 99999999999999999999])
def test_a_number_that_does_not_exist_is_not_found(cast: Cast, name: str, pk: int) -> None:
    assert cast.doctor.client.get(reverse(f"patients:{name}", args=[pk])).status_code == 404


def test_other_methods_are_refused(cast: Cast, control: Control) -> None:
    assert cast.doctor.client.post(url("control", control)).status_code == 405
    for name in ACTS:
        assert cast.doctor.client.put(url(name, control)).status_code == 405


@pytest.mark.parametrize("name", ACTS)
def test_looking_at_a_form_changes_nothing(cast: Cast, control: Control, name: str) -> None:
    assert cast.doctor.client.get(url(name, control)).status_code == 200
    control.refresh_from_db()
    assert (control.state, control.events.count()) == ("planned", 0)
