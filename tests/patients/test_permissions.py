"""What every page of the record does alike: sign-in first, and a language switch without loss."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from b12site.audit.models import Entry
from patients.models import Control, Patient
from tests.cast import Cast

from . import builders

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


@pytest.fixture
def patient(cast: Cast) -> Patient:
    return builders.patient(cast.doctor.actor.practice)


@pytest.fixture
def control(patient: Patient) -> Control:
    return builders.control(patient)


def test_it_leads_somebody_signed_out_to_the_sign_in_and_back(client: Client) -> None:
    response = client.get("/worklist/")
    assert (response.status_code, response["Location"]) == (
        302,
        f"{reverse(settings.LOGIN_URL)}?next=/worklist/",
    )


def test_it_leads_the_whole_page_there_when_a_part_was_asked_for(client: Client) -> None:
    response = client.get("/worklist/", headers=HTMX)
    assert response["HX-Redirect"] == f"{reverse(settings.LOGIN_URL)}?next=/worklist/"
    assert response.content == b""


@pytest.mark.parametrize("name", ["patient_new", "patient_edit", "result_new", "course_start"])
def test_the_language_switch_of_a_form_keeps_what_was_typed_and_saves_nothing(
    name: str, cast: Cast, patient: Patient
) -> None:
    address = reverse(f"patients:{name}", args=[] if name == "patient_new" else [patient.pk])
    typed = {"given_name": "Beritsen-Š", "sampled_on": "2026-01-0x", "on": "2026-01-0x"}
    changes = Entry.objects.exclude(action__startswith="shown.")
    before = changes.count()
    response = cast.doctor.client.post(address, typed | {"language": "en"})
    page = response.content.decode()
    assert (response.status_code, response["Content-Language"]) == (200, "en")
    assert "Beritsen-Š" in page or "2026-01-0x" in page
    assert "ds-error-summary" not in page
    assert changes.count() == before


def test_the_language_switch_of_a_reason_closes_nothing(cast: Cast, control: Control) -> None:
    reasons = {"reason": "other", "text": "Etter påske", "language": "en"}
    page = cast.doctor.client.post(reverse("patients:control_close", args=[control.pk]), reasons)
    control.refresh_from_db()
    assert (page.status_code, control.state) == (200, "planned")
    assert "Etter påske" in page.content.decode()
