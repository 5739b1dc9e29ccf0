"""How long an emergency access holds, and for whom."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from b12site.accounts.models import Membership, Practice, Role
from b12site.audit.models import Entry
from patients.models import EmergencyAccess, Patient
from tests.cast import Cast, join

from ..builders import NOW, patient
from ..emergencies import (
    ASK,
    NUMBER,
    UNKNOWN,
    asked,
    code,
    open_for,
    opens,
    with_app,
    without_token,
)

pytestmark = pytest.mark.django_db

END = "/emergency/end/"
MINUTE = timedelta(minutes=1)


class Clock:
    now = NOW


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch, settings: Any) -> Clock:
    settings.B12_DEMO = True  # numbers that belong to nobody
    clock = Clock()
    monkeypatch.setattr("django.utils.timezone.now", lambda: clock.now)
    return clock


@pytest.fixture
def person(cast: Cast) -> Patient:
    return patient(cast.practice, national_identity_number=NUMBER)


def work_on(client: Client, clock: Clock, minutes: int) -> None:
    """So much later, in a session that has not run out meanwhile."""
    while clock.now < NOW + minutes * MINUTE:
        clock.now = min(clock.now + 10 * MINUTE, NOW + minutes * MINUTE)
        assert client.get("/patients/").status_code == 200


@pytest.mark.parametrize(("minutes", "status"), [(239, 200), (240, 404), (241, 404)])
def test_it_ends_by_itself_and_says_so(
    minutes: int, status: int, cast: Cast, person: Patient, clock: Clock
) -> None:
    open_for(cast.stranger, person)
    work_on(cast.stranger.client, clock, minutes)
    answer = cast.stranger.client.get(f"/patients/{person.pk}/")
    assert answer.status_code == status
    said = "The emergency access has ended" in answer.content.decode()
    assert said == (status == 404)


def test_what_never_was_there_looks_the_same_when_an_access_is_over(
    cast: Cast, person: Patient, clock: Clock
) -> None:
    other = patient(cast.practice)
    open_for(cast.stranger, person)
    work_on(cast.stranger.client, clock, 241)
    bodies = {
        cast.stranger.client.get(f"/patients/{number}/")
        .content.decode()
        .replace(f"/patients/{number}/", "…")
        for number in (person.pk, other.pk, 987_654_321)
    }
    assert len({without_token(body) for body in bodies}) == 1


def test_the_user_ends_it(cast: Cast, person: Patient) -> None:
    (access,) = open_for(cast.stranger, person)
    answer = cast.stranger.client.post(END, follow=True)
    assert answer.redirect_chain == [("/patients/", 302)]
    assert "The emergency access has ended." in answer.content.decode()
    access.refresh_from_db()
    assert access.ended_at == NOW
    assert opens(cast.stranger.client, person) == 404


def test_ending_nothing_is_no_mistake(cast: Cast) -> None:
    assert cast.stranger.client.post(END).status_code == 302
    assert not Entry.objects.exists()


def test_a_form_with_an_old_token_opens_and_ends_nothing(cast: Cast, person: Patient) -> None:
    with_app(cast.stranger)
    careful = Client(enforce_csrf_checks=True)
    careful.force_login(cast.stranger.user)
    used = code()
    again = careful.post(ASK, asked(code=used))
    assert (again.status_code, EmergencyAccess.objects.count()) == (200, 0)
    assert asked()["reason"] in again.content.decode()
    (access,) = open_for(cast.stranger, person, client=careful)
    assert careful.post(END).status_code == 409
    access.refresh_from_db()
    assert access.ended_at is None


def test_signing_out_ends_it(cast: Cast, person: Patient) -> None:
    (access,) = open_for(cast.stranger, person)
    cast.stranger.client.post(reverse("account_logout"))
    access.refresh_from_db()
    assert access.ended_at == NOW
    cast.stranger.client.force_login(cast.stranger.user)
    assert opens(cast.stranger.client, person) == 404


def test_the_end_of_an_idle_session_ends_it(cast: Cast, person: Patient, clock: Clock) -> None:
    (access,) = open_for(cast.stranger, person)
    clock.now = NOW + 15 * MINUTE
    assert opens(cast.stranger.client, person) == 302
    access.refresh_from_db()
    assert access.ended_at == clock.now


def test_another_session_of_the_same_user_has_nothing_open(cast: Cast, person: Patient) -> None:
    open_for(cast.stranger, person)
    other = Client()
    other.force_login(cast.stranger.user)
    assert (opens(cast.stranger.client, person), opens(other, person)) == (200, 404)


def test_another_user_has_nothing_from_the_same_numbers(cast: Cast, person: Patient) -> None:
    colleague = join(cast.other_practice, Role.DOCTOR, "to@cast.example", "Eli Prøveås")
    open_for(cast.stranger, person, client=colleague.client)
    assert opens(colleague.client, person) == 404


def test_it_holds_in_the_practice_that_it_was_opened_in_and_in_the_role(
    cast: Cast, person: Patient
) -> None:
    open_for(cast.stranger, person)
    third = Practice.objects.create(name="Tredje legekontor")
    membership = Membership.objects.get(user=cast.stranger.user)
    for changed in ({"role": Role.ASSISTANT}, {"role": Role.DOCTOR, "practice": third}):
        Membership.objects.filter(pk=membership.pk).update(**changed)
        assert opens(cast.stranger.client, person) == 404
    assert cast.stranger.client.post(reverse("account_logout")).status_code == 302


def test_opening_another_record_ends_the_one_before(cast: Cast, person: Patient) -> None:
    with_app(cast.stranger)
    asking = cast.stranger.client
    (first,) = open_for(cast.stranger, person)
    assert "You have an emergency access open" in asking.get(ASK).content.decode()
    other = patient(cast.practice, national_identity_number=UNKNOWN)
    assert asking.post(ASK, asked(national_identity_number=UNKNOWN)).status_code == 302
    first.refresh_from_db()
    assert first.ended_at == NOW
    assert (opens(asking, person), opens(asking, other)) == (404, 200)
