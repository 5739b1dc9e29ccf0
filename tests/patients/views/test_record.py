"""The record page: what it shows to whom, and what it costs."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from interpretation.presenters.texts import short_day
from patients.models import Assessment, ContactAttempt, CourseEvent, Injection, Patient, Result
from patients.reading.timeline import PAGE
from patients.services import work
from tests.cast import Cast

from .. import builders as build
from ..builders import NOW, TODAY


@pytest.fixture(autouse=True)
def english(settings: Any) -> Iterator[None]:
    settings.LANGUAGE_CODE = "en"
    with override("en"):
        yield


def text(client: Client, of: Patient, query: str = "") -> str:
    answer = client.get(reverse("patients:record", args=[of.pk]) + query)
    assert answer.status_code == 200
    return answer.content.decode()


def full_record(of: Patient, rows: int) -> None:
    """Something of each kind; of most kinds as many as asked for."""
    course, by = build.course(of), build.user()
    CourseEvent.objects.create(
        course=course, kind="started", on=TODAY, regimen="oral_2mg", recorded_at=NOW, recorded_by=by
    )
    signed = {"state": "signed", "signed_at": NOW, "signed_by": by, "case": {}, "result": {}}
    build.draft(of, conclusion="possible_b12_deficiency", **signed)
    build.draft(of)
    template = build.result(of)
    for back in range(3):
        control = build.control(of, latest=timezone.localdate() - timedelta(days=back + 1))
        work.put_control(control)
    given = {"given_by": by, "recorded_by": by, "recorded_at": NOW, "drug": "hydroxocobalamin"}
    Injection.objects.bulk_create(
        Injection(course=course, given_at=NOW, amount_mg="1", **given) for _ in range(rows)
    )
    ContactAttempt.objects.bulk_create(
        ContactAttempt(patient=of, at=NOW, channel="letter", outcome="booked", recorded_by=by)
        for _ in range(rows)
    )
    values = {
        f.attname: getattr(template, f.attname) for f in Result._meta.fields if f.name != "id"
    }
    Result.objects.bulk_create(
        Result(**(values | {"sampled_on": TODAY - timedelta(days=back)})) for back in range(rows)
    )


def test_a_new_record_says_that_nothing_is_known(cast: Cast) -> None:
    shown = text(cast.doctor.client, build.patient(cast.practice))
    assert "Not assessed yet" in shown
    assert "Nothing has been recorded here" in shown


@pytest.mark.parametrize("member", ["doctor", "assistant"])
def test_it_shows_what_matters_now_to_clinicians(cast: Cast, member: str) -> None:
    own = build.patient(cast.practice, national_identity_number="04856200073")
    full_record(own, 1)
    shown = text(getattr(cast, member).client, own)
    assert "Vitamin B12 deficiency is possible" in shown
    assert "not signed" in shown
    assert "overdue" in shown
    assert "048562\N{NO-BREAK SPACE}*****" in shown
    assert "04856200073" not in shown


def test_only_a_doctor_is_offered_to_start_a_treatment(cast: Cast) -> None:
    own = build.patient(cast.practice)
    start = reverse("patients:course_start", args=[own.pk])
    assert start in text(cast.doctor.client, own)
    assert start not in text(cast.assistant.client, own)
    build.course(own)
    assert start not in text(cast.doctor.client, own)


def test_who_is_lost_to_follow_up_is_said(cast: Cast) -> None:
    own = build.patient(cast.practice)
    build.course(own, lost_since=TODAY)
    assert "Lost to follow-up since" in text(cast.doctor.client, own)


def test_the_newest_stands_on_top(cast: Cast) -> None:
    own = build.patient(cast.practice)
    old = build.result(own, sampled_on=TODAY - timedelta(days=400))
    build.result(own)
    shown = text(cast.doctor.client, own)
    assert shown.index(short_day(TODAY)) < shown.index(short_day(old.sampled_on))


@pytest.mark.parametrize("rows", [10, 1000])
def test_it_makes_at_most_12_queries(
    cast: Cast, rows: int, django_assert_max_num_queries: Any
) -> None:
    own = build.patient(cast.practice)
    full_record(own, rows)
    with django_assert_max_num_queries(12):
        shown = text(cast.doctor.client, own)
    assert shown.count("record-entry") <= PAGE


def test_older_rows_stand_on_a_page_of_their_own(cast: Cast) -> None:
    own = build.patient(cast.practice)
    for back in range(PAGE + 1):
        build.result(own, sampled_on=TODAY - timedelta(days=back))
    first, second = text(cast.doctor.client, own), text(cast.doctor.client, own, f"?skip={PAGE}")
    assert f"?skip={PAGE}#timeline" in first
    assert second.count("record-entry") == 1
    assert "skip=" not in second


@pytest.mark.parametrize("skip", ["-1", "x", "", "1" * 7, "٣"])
def test_a_page_that_cannot_be_gets_404(cast: Cast, skip: str) -> None:
    path = reverse("patients:record", args=[build.patient(cast.practice).pk])
    assert cast.doctor.client.get(path, {"skip": skip}).status_code == 404


def test_showing_changes_nothing(cast: Cast) -> None:
    own = build.patient(cast.practice)
    build.draft(own)
    before = list(Assessment.objects.values())
    text(cast.doctor.client, own)
    assert list(Assessment.objects.values()) == before


@pytest.mark.parametrize("left", ["deceased_on", "moved_on"])
def test_a_patient_who_has_left_is_offered_no_treatment(cast: Cast, left: str) -> None:
    own = build.patient(cast.practice, **{left: TODAY})
    shown = text(cast.doctor.client, own)
    for name in ("course_start", "order_new"):
        assert reverse(f"patients:{name}", args=[own.pk]) not in shown
    new = reverse("patients:assessment_new", args=[own.pk])
    assert f'ds-link" href="{new}"' in shown
    assert f'ds-button" href="{new}"' not in shown
