"""Asking for the record of another practice's patient."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from b12site.audit.models import Entry
from patients.models import EmergencyAccess, Patient
from tests.cast import Cast

from ..builders import NOW, patient
from ..emergencies import (
    ASK,
    NUMBER,
    UNKNOWN,
    asked,
    code,
    opens,
    with_app,
    without_token,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    settings.B12_DEMO = True  # numbers that belong to nobody
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


@pytest.fixture
def person(cast: Cast) -> Patient:
    return patient(cast.practice, national_identity_number=NUMBER, given_name="Solfrid")


@pytest.fixture
def asking(cast: Cast, person: Patient) -> Client:
    """A doctor of another practice who has an app."""
    with_app(cast.stranger)
    return cast.stranger.client


def page_of(client: Client, **given: Any) -> str:
    answer = client.post(ASK, asked(**given))
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_it_opens_the_record_of_the_person(asking: Client, person: Patient) -> None:
    answer = asking.post(ASK, asked())
    assert (answer.status_code, answer["Location"]) == (302, f"/patients/{person.pk}/")
    assert opens(asking, person) == 200
    assert not any(NUMBER in str(value) for value in asking.session.values())


def test_the_search_page_leads_there_for_doctors_only(cast: Cast) -> None:
    sentence = "The patient belongs to another practice and it is urgent"
    found = {
        who: sentence in getattr(cast, who).client.get("/patients/").content.decode()
        for who in ("doctor", "assistant")
    }
    assert found == {"doctor": True, "assistant": False}


def test_an_own_patient_is_opened_as_always(cast: Cast) -> None:
    with_app(cast.doctor)
    own = patient(cast.practice, national_identity_number=NUMBER)
    answer = cast.doctor.client.post(ASK, asked(code="000000"), follow=True)
    assert answer.redirect_chain == [(f"/patients/{own.pk}/", 302)]
    assert "a patient of your own practice" in answer.content.decode()
    assert not EmergencyAccess.objects.exists()


def test_a_number_that_nobody_has_is_said_and_logged(asking: Client) -> None:
    page = page_of(asking, national_identity_number=UNKNOWN)
    assert "No other practice here has a patient with this number" in page
    (entry,) = Entry.objects.all()
    assert (entry.action, entry.ground) == ("emergency.not_found", asked()["reason"])


def test_without_reason_or_code_it_says_nothing_about_who_is_registered(asking: Client) -> None:
    known, unknown = (
        [page_of(asking, national_identity_number=number, **wrong) for wrong in WRONG]
        for number in (NUMBER, UNKNOWN)
    )
    assert _alike(known, NUMBER) == _alike(unknown, UNKNOWN)
    assert not Entry.objects.exists()


def _alike(pages: list[str], number: str) -> list[str]:
    return [without_token(page.replace(number, "…")) for page in pages]


WRONG: tuple[dict[str, str], ...] = ({"reason": "haster"}, {"code": ""}, {"code": "000000"})


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"national_identity_number": ""}, "Write the patient&#x27;s national identity number"),
        ({"national_identity_number": "0485620007"}, "has 11 digits"),
        ({"national_identity_number": "04856200074"}, "check digits do not fit"),
        ({"national_identity_number": "4" * 31}, "at most 30 characters"),
        ({"reason": "grunn " * 84}, "at most 500 characters"),
        ({"reason": ""}, "Write why you need the record now."),
        ({"reason": "bevisstløs her"}, "Write 1 more character"),
        ({"reason": "x" * 15}, "This says nothing"),
        ({"hours": "5"}, "Select a valid choice"),
        ({"hours": ""}, "This field is required"),
        ({"code": ""}, "Write the code that your authenticator app shows now."),
        ({"code": "000000"}, "The code is not right"),
    ],
)
def test_what_is_wrong_is_said_and_only_the_code_is_lost(
    given: dict[str, str], said: str, asking: Client
) -> None:
    page = page_of(asking, **given)
    assert said in page
    sent = asked(**given)
    assert sent["reason"] in page
    assert sent["national_identity_number"] in page
    assert not sent["code"] or sent["code"] not in page
    assert not EmergencyAccess.objects.exists()


@pytest.mark.parametrize("reason", ["bevisstløs her!", "bevisstløs her!!"])
def test_fifteen_characters_are_enough(reason: str, asking: Client, person: Patient) -> None:
    assert asking.post(ASK, asked(reason=reason)).status_code == 302
    assert EmergencyAccess.objects.get().reason == reason


def test_a_code_works_once(asking: Client, cast: Cast, person: Patient) -> None:
    used = code()
    assert asking.post(ASK, asked(code=used)).status_code == 302
    assert "it was used before" in page_of(asking, code=used)
    assert EmergencyAccess.objects.count() == 1


def test_a_mistake_elsewhere_in_the_form_does_not_use_the_code_up(
    asking: Client, person: Patient
) -> None:
    used = code()
    page_of(asking, reason="haster", code=used)
    assert asking.post(ASK, asked(code=used)).status_code == 302


def test_after_five_wrong_codes_the_right_one_has_to_wait(asking: Client, person: Patient) -> None:
    for _time in range(5):
        assert "The code is not right" in page_of(asking, code="000000")
    assert "Wait five minutes" in page_of(asking)
    assert opens(asking, person) == 404


def test_whoever_has_no_second_factor_is_told_to_set_one_up(cast: Cast, person: Patient) -> None:
    for answer in (cast.stranger.client.get(ASK), cast.stranger.client.post(ASK, asked())):
        page = answer.content.decode()
        assert "Set up an authenticator app first" in page
        assert f'href="{reverse("account_app")}"' in page
    assert opens(cast.stranger.client, person) == 404


def test_the_language_switch_keeps_what_was_typed_and_uses_no_code(
    asking: Client, person: Patient
) -> None:
    used = code()
    page = page_of(asking, code=used, language="en")
    assert asked()["reason"] in page
    assert used not in page
    assert asking.post(ASK, asked(code=used)).status_code == 302
