"""Tests are ordered from the record, and an order is closed by hand."""

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.utils import timezone

from patients.models import OrderState, Patient, TestOrder
from tests.cast import Cast
from tests.patients import builders

pytestmark = pytest.mark.django_db


@pytest.fixture
def patient(cast: Cast) -> Patient:
    return builders.patient(at=cast.practice)


def order(patient: Patient) -> TestOrder:
    return TestOrder.objects.create(
        patient=patient,
        tests=["mma"],
        ordered_on=builders.TODAY,
        expected_by=builders.TODAY + timedelta(days=14),
        ordered_by=builders.user(),
    )


def place(cast: Cast, patient: Patient, **fields: Any) -> Any:
    day = timezone.localdate() + timedelta(days=14)
    data = {"tests": ["mma", "total_b12"], "expected_by": day.isoformat()} | fields
    return cast.assistant.client.post(f"/patients/{patient.pk}/orders/new/", data)


def test_an_order_is_placed(cast: Cast, patient: Patient) -> None:
    assert place(cast, patient).status_code == 302
    placed = TestOrder.objects.get()
    assert (placed.tests, placed.state) == (["total_b12", "mma"], OrderState.OPEN)
    assert placed.ordered_by == cast.assistant.user


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"tests": []}, "tests"),
        ({"tests": ["sodium"]}, "tests"),
        ({"expected_by": ""}, "expected_by"),
        ({"expected_by": "2020-01-01"}, "expected_by"),
        ({"expected_by": "2199-01-01"}, "expected_by"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_ordered(
    cast: Cast, patient: Patient, fields: dict[str, Any], field: str
) -> None:
    response = place(cast, patient, **fields)
    assert response.status_code == 200
    assert f'href="#id_{field}' in response.content.decode()
    assert not TestOrder.objects.exists()


def test_nothing_is_ordered_for_who_has_left(cast: Cast) -> None:
    gone = builders.patient(at=cast.practice, deceased_on=builders.TODAY)
    assert 'id="errors"' in place(cast, gone).content.decode()
    assert not TestOrder.objects.exists()


def test_what_the_last_signed_assessment_asked_for_is_ticked(cast: Cast, patient: Patient) -> None:
    builders.draft(
        patient,
        state="signed",
        signed_at=builders.NOW,
        signed_by=cast.doctor.user,
        case={},
        result={"next_tests": ["mma", "clinical_state", "homocysteine"]},
    )
    text = cast.doctor.client.get(f"/patients/{patient.pk}/orders/new/").content.decode()
    ticked = re.findall(r'value="(\w+)"[^>]*checked', text)
    assert sorted(ticked) == ["homocysteine", "mma"]


def test_open_orders_stand_above_the_results_with_their_day(cast: Cast, patient: Patient) -> None:
    placed = order(patient)
    text = unescape(cast.doctor.client.get(f"/patients/{patient.pk}/results/").content.decode())
    assert f"/orders/{placed.pk}/cancel/" in text
    assert re.search(r"Forfalt|Overdue", text)


@pytest.mark.parametrize("outcome", ["cancelled", "answered"])
def test_an_order_is_closed_with_a_reason(cast: Cast, patient: Patient, outcome: str) -> None:
    placed = order(patient)
    data = {"outcome": outcome, "reason": "Tatt på sykehuset"}
    response = cast.assistant.client.post(f"/orders/{placed.pk}/cancel/", data)
    assert response.status_code == 302
    placed.refresh_from_db()
    assert (placed.state, placed.reason) == (outcome, "Tatt på sykehuset")


@pytest.mark.parametrize("data", [{"outcome": "cancelled"}, {"reason": "x"}, {"outcome": "x"}])
def test_without_outcome_or_reason_it_stays_open(
    cast: Cast, patient: Patient, data: dict[str, str]
) -> None:
    placed = order(patient)
    assert cast.doctor.client.post(f"/orders/{placed.pk}/cancel/", data).status_code == 200
    placed.refresh_from_db()
    assert placed.state == OrderState.OPEN


def test_a_closed_order_says_so(cast: Cast, patient: Patient) -> None:
    placed, data = order(patient), {"outcome": "cancelled", "reason": "x"}
    cast.doctor.client.post(f"/orders/{placed.pk}/cancel/", data)
    again = cast.doctor.client.post(f"/orders/{placed.pk}/cancel/", data)
    assert 'id="errors"' in again.content.decode()


def test_an_order_is_closed_by_nobody_else(cast: Cast, patient: Patient) -> None:
    url = f"/orders/{order(patient).pk}/cancel/"
    assert cast.stranger.client.post(url, {}).status_code == 404
    assert cast.practice_admin.client.post(url, {}).status_code == 403
    assert cast.reviewer.client.post(url, {}).status_code == 403
    assert cast.signed_out.post(url, {}).status_code == 401
    assert cast.doctor.client.put(url).status_code == 405
    assert cast.doctor.client.get("/orders/999999/cancel/").status_code == 404
