"""What was typed on the open page becomes a draft on a patient."""

import pytest
from django.test import Client

from patients.models import Assessment, Patient
from tests.cast import Cast

from .pages import STORED, TYPED, hidden, page

pytestmark = pytest.mark.django_db


OPEN = "/assessments/new/"


def test_the_open_page_offers_to_save_on_a_patient(client: Client) -> None:
    assert f'formaction="{OPEN}"' in client.get("/").content.decode()


def test_what_was_typed_on_the_open_page_becomes_a_draft_on_the_chosen_patient(
    cast: Cast, of: Patient
) -> None:
    first = cast.doctor.client.post(OPEN, TYPED)
    fields = hidden(first.content.decode())
    second = cast.doctor.client.post(OPEN, fields | {"q": "prøvesen"})
    choosing = second.content.decode().split("<form")[-1]
    assert f'name="patient" value="{of.pk}"' in choosing
    answer = cast.doctor.client.post(OPEN, hidden(choosing) | {"patient": str(of.pk)})
    draft = Assessment.objects.get()
    assert (answer["Location"], draft.form_data) == (page(draft), STORED)


def test_a_search_that_finds_nobody_or_is_wrong_keeps_the_fields(cast: Cast) -> None:
    for wanted in ("ingen", "12345678901"):
        html = cast.doctor.client.post(OPEN, TYPED | {"q": wanted}).content.decode()
        assert hidden(html)["mma_umol_l"] == ["1,2"]


def test_signed_out_on_the_open_page_nothing_typed_is_lost(cast: Cast, of: Patient) -> None:
    client = Client(enforce_csrf_checks=True)
    waiting = client.post(OPEN, TYPED)
    assert waiting.status_code == 401
    client.force_login(cast.doctor.user)
    html = client.post(OPEN, hidden(waiting.content.decode())).content.decode()
    assert hidden(html)["mma_umol_l"] == ["1,2"]


@pytest.mark.parametrize("number", ["x", "99999", ""])
def test_a_patient_that_is_none_is_not_found(cast: Cast, number: str) -> None:
    assert cast.doctor.client.post(OPEN, TYPED | {"patient": number}).status_code == 404


def test_a_patient_of_another_practice_cannot_be_chosen_nor_found(cast: Cast, of: Patient) -> None:
    assert cast.stranger.client.post(OPEN, TYPED | {"patient": str(of.pk)}).status_code == 404
    html = cast.stranger.client.post(OPEN, TYPED | {"q": "prøvesen"}).content.decode()
    assert "Prøvesen" not in html


def test_who_is_no_clinician_cannot_save_on_a_patient(cast: Cast) -> None:
    assert cast.reviewer.client.post(OPEN, TYPED).status_code == 403
