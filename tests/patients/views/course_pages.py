"""Asking for the pages of a course, for the tests."""

from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from patients.models import Patient, TreatmentCourse
from patients.services.courses import course_start
from tests.cast import Cast

TODAY = timezone.localdate()


def day(offset: int) -> str:
    return (TODAY + timedelta(days=offset)).isoformat()


def begun(cast: Cast, patient: Patient, **given: Any) -> TreatmentCourse:
    values: dict[str, Any] = {
        "started_on": TODAY - timedelta(days=100),
        "regimen": "im_5_days_then_im_hydroxo",
        "now": timezone.now(),
    }
    return course_start(actor=cast.doctor.actor, patient=patient, **values | given)


def address(name: str, pk: int) -> str:
    return reverse(f"patients:{name}", args=(pk,))


def page(client: Client, name: str, pk: int, query: str = "") -> str:
    response = client.get(address(name, pk) + query)
    assert response.status_code == 200
    return response.content.decode()


def send(client: Client, name: str, pk: int, data: dict[str, Any], query: str = "") -> HttpResponse:
    return client.post(address(name, pk) + query, data)  # type: ignore[return-value]


def plan_of(response: Any) -> str:
    plan = response.context["plan"]
    assert plan is not None, response.context["form"].errors
    signature: str = plan.signature
    return signature
