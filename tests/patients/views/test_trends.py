"""The page of results over time."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from b12site.accounts.models import Role
from patients.models import CourseEvent, DosePhase, Patient, Result
from patients.presenters.chart import TimeScale
from patients.presenters.trends import panels
from tests.cast import Cast
from tests.patients import builders
from tests.patients.builders import NOW, TODAY


@pytest.fixture(autouse=True)
def english(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    settings.LANGUAGE_CODE = "en"
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    with override("en"):
        yield


@pytest.fixture
def patient(cast: Cast) -> Patient:
    return builders.patient(cast.practice)


def text(client: Client, of: Patient, query: str = "") -> str:
    answer = client.get(reverse("patients:trends", args=[of.pk]) + query)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def many(of: Patient, rows: int) -> None:
    course = builders.course(of, started_on=date(2024, 1, 1))
    event = CourseEvent.objects.create(
        course=course,
        kind="started",
        on=course.started_on,
        regimen="oral_2mg",
        recorded_at=NOW,
        recorded_by=builders.user(),
    )
    DosePhase.objects.create(
        event=event,
        drug="vitamin_b12_tablets",
        route="oral",
        amount=Decimal(2),
        unit="mg",
        per_from=1,
        per_to=1,
        per_unit="days",
        first_day=course.started_on,
        from_guideline=True,
    )
    laboratory = builders.laboratory(of.practice)
    template = builders.result(of, laboratory=laboratory)
    values = {
        field.attname: getattr(template, field.attname)
        for field in Result._meta.fields
        if field.name != "id"
    }
    Result.objects.bulk_create(
        Result(**(values | {"sampled_on": TODAY - timedelta(days=back)})) for back in range(rows)
    )


@pytest.mark.parametrize("member", ["doctor", "assistant"])
def test_it_draws_each_analysis_with_a_table(cast: Cast, patient: Patient, member: str) -> None:
    builders.result(patient, value="60", comparator="<", sampled_on=date(2025, 5, 1))
    builders.result(patient, "haemoglobin_g_dl", "11.2")
    shown = text(getattr(cast, member).client, patient)
    assert shown.count("<svg xmlns") == 2
    assert "<td>&lt;60 pmol/L</td>" in shown
    assert "Not from the guideline." in shown


def test_a_patient_without_results_gets_a_sentence(cast: Cast, patient: Patient) -> None:
    assert "No results have been entered yet." in text(cast.doctor.client, patient)


def test_results_outside_the_time_shown_are_not_denied(cast: Cast, patient: Patient) -> None:
    builders.result(patient, sampled_on=date(2012, 1, 1))
    assert "Choose a longer time." in text(cast.doctor.client, patient)
    assert "<svg xmlns" in text(cast.doctor.client, patient, "?range=all")


@pytest.mark.parametrize(
    ("query", "count"), [("?range=1", 1), ("?range=5", 2), ("?range=all", 3), ("?range=x", 2)]
)
def test_the_time_shown_can_be_chosen(cast: Cast, patient: Patient, query: str, count: int) -> None:
    for day in (date(2026, 1, 1), date(2023, 1, 1), date(2015, 1, 1)):
        builders.result(patient, sampled_on=day)
    assert text(cast.doctor.client, patient, query).count('<th scope="row">') == count


def test_withdrawn_and_corrected_results_are_not_drawn(cast: Cast, patient: Patient) -> None:
    wrong = builders.result(patient, value="999")
    builders.result(patient, value="99", corrects=wrong)
    builders.result(patient, value="888", withdrawn=True)
    shown = text(cast.doctor.client, patient)
    assert "99 pmol/L" in shown
    assert "999 pmol" not in shown
    assert "888 pmol" not in shown


def test_the_drawing_needs_no_style_and_no_script(cast: Cast, patient: Patient) -> None:
    many(patient, 10)
    shown = text(cast.doctor.client, patient)
    drawings = re.findall(r"<svg.*?</svg>", shown)
    assert drawings
    assert not any("style=" in drawing or "class=" in drawing for drawing in drawings)


def test_the_drawing_is_well_formed_for_letters(patient: Patient) -> None:
    result = builders.result(patient, value="60", comparator="<", lower_limit=Decimal(150))
    (panel,) = panels([result], (), (TODAY,), TimeScale.over(date(2025, 1, 1), TODAY))
    ElementTree.fromstring(render_to_string("components/trend_panel.svg", {"panel": panel}))


@pytest.mark.parametrize("rows", [10, 1000])
def test_it_asks_at_most_twelve_times_whatever_the_number_of_results(
    cast: Cast, patient: Patient, rows: int
) -> None:
    many(patient, rows)
    with CaptureQueriesContext(connection) as queries:
        text(cast.doctor.client, patient)
    assert len(queries) <= 12


def test_who_may_not_see_the_record_is_refused(cast: Cast, patient: Patient) -> None:
    address = reverse("patients:trends", args=[patient.pk])
    assert cast.stranger.client.get(address).status_code == 404
    assert [
        m.client.get(address).status_code for m in cast.others(Role.DOCTOR, Role.ASSISTANT)
    ] == [
        403,
        403,
    ]
    assert cast.signed_out.get(address).status_code == 302
    assert cast.doctor.client.post(address).status_code == 405


@pytest.mark.parametrize("pk", [0, 999999, 99999999999999999999])
def test_a_patient_who_does_not_exist_is_not_found(cast: Cast, pk: int) -> None:
    assert cast.doctor.client.get(reverse("patients:trends", args=[pk])).status_code == 404
