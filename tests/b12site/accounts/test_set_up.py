"""The first sign-in, on which a second factor is set up."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.core import mail
from django.core.management import call_command
from django.test import Client, override_settings

from b12site.accounts import second_factor
from b12site.accounts.models import User
from b12site.audit.models import Entry
from patients.demo.places import WORKERS, make_places
from tests.cast import Cast

from .second_step import (
    EMAIL,
    PASSWORD,
    SET_UP,
    SIGN_IN,
    WRONG,
    Clock,
    codes_on,
    is_in,
    key_on,
    type_password,
    user,
    with_app,
)
from .second_step import clock as clock  # a fixture

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english(client: Client) -> None:
    client.cookies.load({"b12_language": "en"})


@pytest.mark.parametrize(
    "path",
    ["/patients/", "/worklist/", "/admin/", "/account/", "/account/me/", "/account/password/"],
)
def test_nothing_is_open_before_it_is_set_up(client: Client, path: str) -> None:
    user(is_staff=True, is_superuser=True)
    assert type_password(client) == SET_UP
    assert not is_in(client)
    response = client.get(path, follow=True)
    assert response.redirect_chain[-1][0] == SET_UP


def test_every_role_sets_one_up(cast: Cast) -> None:
    members = (cast.doctor, cast.assistant, cast.practice_admin, cast.reviewer, cast.stranger)
    for member in members:
        member.user.set_password(PASSWORD)
        member.user.save()
        answers = {"login": member.user.email, "password": PASSWORD}
        assert Client().post(SIGN_IN, answers)["Location"] == SET_UP


def test_so_does_the_first_administrator(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", PASSWORD)
    call_command("createsuperuser", interactive=False, email=EMAIL, name="Ida", verbosity=0)
    assert type_password(client) == SET_UP


def test_the_first_code_signs_in_and_brings_the_recovery_codes(
    client: Client, clock: Clock
) -> None:
    someone = user()
    type_password(client, query="?next=/patients/7/")
    key = key_on(client.get(SET_UP).text)
    page = client.post(SET_UP, {"code": clock.code(key)}).text
    assert is_in(client)
    assert codes_on(page) == RecoveryCodes.activate(someone).get_unused_codes()
    assert len(codes_on(page)) == 10
    assert 'href="/patients/7/"' in page
    assert client.get(SET_UP)["Location"] == "/account/"


def test_the_code_that_set_it_up_is_used(client: Client, clock: Clock) -> None:
    someone = user()
    type_password(client)
    code = clock.code(key_on(client.get(SET_UP).text))
    client.post(SET_UP, {"code": code})
    assert not second_factor.verify_code(someone, code)


def test_a_wrong_code_leaves_the_key_as_it_was(client: Client, clock: Clock) -> None:
    user()
    type_password(client)
    key = key_on(client.get(SET_UP).text)
    page = client.post(SET_UP, {"code": WRONG}).text
    assert "This is not right" in page
    assert key_on(page) == key == key_on(client.get(SET_UP).text)
    assert not is_in(client)
    assert not Authenticator.objects.exists()


def test_the_next_one_at_this_browser_gets_another_key(client: Client) -> None:
    """The first one has seen it."""
    user()
    User.objects.create_user("bo@practice.example", PASSWORD, name="Bo")
    type_password(client)
    seen = key_on(client.get(SET_UP).text)
    client.post("/account/sign-out/")
    client.post(SIGN_IN, {"login": "bo@practice.example", "password": PASSWORD})
    assert key_on(client.get(SET_UP).text) != seen


def test_whoever_else_knows_the_password_does_not_replace_it(client: Client, clock: Clock) -> None:
    someone = user()
    type_password(client)
    key = key_on(client.get(SET_UP).text)
    with_app(someone)
    response = client.post(SET_UP, {"code": clock.code(key)})
    assert response["Location"] == SIGN_IN
    assert "has been set up meanwhile" in client.get(SIGN_IN).text
    assert not is_in(client)
    assert second_factor.verify_code(someone, clock.code())


@pytest.mark.parametrize("path", [SET_UP, f"{SET_UP}passkey/"])
def test_it_is_for_those_who_gave_the_password(cast: Cast, path: str) -> None:
    assert cast.signed_out.get(path)["Location"] == SIGN_IN
    assert cast.signed_out.post(path)["Location"] == SIGN_IN
    assert cast.doctor.client.get(path)["Location"] == "/account/"


def test_setting_it_up_is_logged_and_told(client: Client, clock: Clock) -> None:
    someone = user()
    type_password(client)
    client.post(SET_UP, {"code": clock.code(key_on(client.get(SET_UP).text))})
    entry = Entry.objects.get()
    assert (entry.actor_id, entry.action, entry.object_id) == (
        someone.pk, "user.app_added", someone.pk,
    )  # fmt: skip
    assert [message.to for message in mail.outbox] == [[EMAIL]]
    assert "authenticator app was set up" in str(mail.outbox[0].body)


# Demonstrations


@pytest.mark.parametrize(
    ("demo", "made_for_it", "leads_to"),
    [(True, True, "/account/"), (True, False, SET_UP), (False, True, SET_UP)],
)
def test_only_demo_users_of_a_demonstration_come_in_without(
    client: Client, demo: bool, made_for_it: bool, leads_to: str
) -> None:
    someone = user()
    if made_for_it:
        second_factor.excuse(someone)
    with override_settings(B12_DEMO=demo):
        assert type_password(client) == leads_to


@override_settings(B12_DEMO=True)
def test_demo_data_makes_such_users() -> None:
    make_places(PASSWORD)
    assert User.objects.count() == len(WORKERS)
    assert all(second_factor.is_excused(each) for each in User.objects.all())
