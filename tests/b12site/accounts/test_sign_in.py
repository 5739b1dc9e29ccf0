"""Signing in and out, as somebody at a keyboard meets it."""

import re
from collections.abc import Iterable, Iterator
from importlib import import_module

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.test import Client
from django.urls import URLPattern, URLResolver

from b12site.accounts.models import User
from b12site.accounts.urls import urlpatterns
from tests.cast import Cast, code_for

from .second_step import EMAIL, PASSWORD, SECOND_STEP, SIGN_IN, Clock, sign_in
from .second_step import clock as clock  # a fixture

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english(client: Client) -> None:
    client.cookies.load({"b12_language": "en"})


@pytest.fixture
def ida() -> User:
    """She has an authenticator app."""
    user = User.objects.create_user(EMAIL, PASSWORD, name="Ida Prøve")
    code_for(user)
    return user


# In and out


def test_it_leads_to_where_the_role_works(client: Client, ida: User) -> None:
    assert sign_in(client) == "/account/"
    assert client.session["_auth_user_id"] == str(ida.pk)


def test_upper_case_in_the_address_does_not_matter(client: Client, ida: User) -> None:
    assert sign_in(client, email="Ida@Practice.Example") == "/account/"


def test_it_leads_back_to_the_page_that_was_asked_for(client: Client, ida: User) -> None:
    assert sign_in(client, query="?next=/patients/7/") == "/patients/7/"


@pytest.mark.parametrize("address", ["https://evil.example/", "//evil.example", "javascript:1"])
def test_it_leads_nowhere_else(client: Client, ida: User, address: str) -> None:
    assert sign_in(client, query=f"?next={address}") == "/account/"


def test_a_page_of_the_record_asks_to_sign_in_first(client: Client) -> None:
    assert client.get("/patients/7/")["Location"] == f"{SIGN_IN}?next=/patients/7/"


def test_it_says_the_same_of_a_wrong_password_and_of_an_unknown_or_closed_user(
    client: Client, ida: User
) -> None:
    User.objects.create_user("closed@practice.example", PASSWORD, name="X", is_active=False)
    User.objects.create_user("new@practice.example", name="Without a password")
    pages = {
        re.sub(r'value="[^"]*"', "", page)
        for page in (
            sign_in(client, "wrong"),
            sign_in(client, email="nobody@practice.example"),
            sign_in(client, email="closed@practice.example"),
            sign_in(client, email="new@practice.example"),
        )
    }
    assert len(pages) == 1
    assert "do not belong together" in pages.pop()


def test_what_is_missing_is_named_beside_the_field(client: Client) -> None:
    page = sign_in(client, "", "")
    assert 'href="#id_login"' in page
    assert 'href="#id_password"' in page


def test_after_five_failures_the_right_password_does_not_help_either(
    client: Client, ida: User
) -> None:
    for _ in range(5):
        sign_in(client, "wrong")
    assert "Wait five minutes" in sign_in(client)


@pytest.mark.parametrize("address", [EMAIL, "nobody@practice.example"])
@pytest.mark.parametrize(("seconds", "locked"), [(0, True), (299, True), (301, False)])
def test_the_lock_is_open_after_five_minutes(
    client: Client, ida: User, clock: Clock, address: str, seconds: int, locked: bool
) -> None:
    for _ in range(5):
        sign_in(client, "wrong", address)
    clock.now += seconds
    assert ("Wait five minutes" in sign_in(client, "wrong", address)) == locked


@pytest.mark.parametrize("address", [EMAIL, "nobody@practice.example"])
@pytest.mark.parametrize(("seconds", "locked"), [(0, True), (299, True), (301, False)])
def test_it_locks_for_five_minutes_from_the_fifth_failure_on(
    client: Client, ida: User, clock: Clock, address: str, seconds: int, locked: bool
) -> None:
    for _ in range(5):
        clock.now += 58
        sign_in(client, "wrong", address)
    clock.now += seconds
    assert ("Wait five minutes" in sign_in(client, "wrong", address)) == locked


@pytest.mark.parametrize(
    "who", [EMAIL, "nobody@practice.example", "closed@x.example", "new@x.example"]
)
def test_every_wrong_password_takes_the_same_time(
    client: Client, ida: User, monkeypatch: pytest.MonkeyPatch, who: str
) -> None:
    """One hash is made, also for somebody who does not exist: that is what takes time."""
    User.objects.create_user("closed@x.example", PASSWORD, name="X", is_active=False)
    User.objects.create_user("new@x.example", name="Without a password")
    made: list[str] = []
    encode = MD5PasswordHasher.encode

    def counted(self: MD5PasswordHasher, password: str, salt: str) -> str:
        made.append(password)
        return encode(self, password, salt)

    monkeypatch.setattr(MD5PasswordHasher, "encode", counted)
    sign_in(client, "wrong", who)
    assert len(made) == 1


def test_unknown_users_are_locked_out_with_the_same_text(client: Client) -> None:
    for _ in range(5):
        sign_in(client, "wrong")
    assert "Wait five minutes" in sign_in(client)


def test_one_place_gets_no_more_than_ten_failures_a_minute(client: Client, ida: User) -> None:
    for number in range(10):
        sign_in(client, "wrong", f"nobody{number}@practice.example")
    assert "Wait five minutes" in sign_in(client)


def test_the_session_ends_with_the_browser(client: Client, ida: User) -> None:
    client.post(SIGN_IN, {"login": EMAIL, "password": PASSWORD})
    response = client.post(SECOND_STEP, {"code": code_for(ida)})
    cookie = response.cookies["b12_session"]
    assert (cookie["max-age"], cookie["expires"]) == ("", "")
    assert client.session.get_expiry_age() == 12 * 3600


def test_signing_out_ends_the_session(cast: Cast) -> None:
    key = cast.doctor.client.session.session_key
    response = cast.doctor.client.post("/account/sign-out/")
    assert response["Location"] == SIGN_IN
    assert not cast.doctor.client.session.exists(str(key))


def test_a_link_does_not_sign_out(cast: Cast) -> None:
    assert cast.doctor.client.get("/account/sign-out/").status_code == 200
    assert "_auth_user_id" in cast.doctor.client.session


def test_somebody_whose_user_is_closed_is_out_at_once(cast: Cast) -> None:
    User.objects.filter(pk=cast.doctor.user.pk).update(is_active=False)
    assert cast.doctor.client.get("/account/")["Location"].startswith(SIGN_IN)


# Only these addresses


def routes(patterns: Iterable[URLPattern | URLResolver], before: str = "") -> Iterator[str]:
    """All paths below some patterns, with numbers and words filled in."""
    for each in patterns:
        route = before + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from routes(each.url_patterns, route)
        else:
            route = re.sub(r"\(\?P<[^>]*>[^)]*\)|<[^>]*>", "1", route)
            yield re.sub(r"[\^$?]|\\[ZAz]", "", route)


OURS = {f"account/{path}" for path in routes(urlpatterns)}
ALLAUTHS = sorted(
    {
        f"{before}{path}"
        for module in ("account", "mfa", "mfa.totp", "mfa.webauthn", "mfa.recovery_codes")
        for path in routes(import_module(f"allauth.{module}.urls").urlpatterns)
        for before in ("account/", "account/2fa/", "accounts/", "accounts/2fa/")
    }
)


def test_allauths_addresses_are_known() -> None:
    assert {"account/signup/", "account/2fa/totp/activate/", "accounts/login/"} < {*ALLAUTHS}


def test_the_others_of_allauth_are_not_there(cast: Cast) -> None:
    found = {
        path
        for path in ALLAUTHS
        for client in (cast.signed_out, cast.doctor.client)
        for ask in (client.get, client.post)
        if path not in OURS and ask(f"/{path}").status_code != 404
    }
    assert found == set()


def test_only_the_needed_addresses_exist() -> None:
    """Each of them is in a test here or in test_second_factor.py."""
    assert {pattern.name for pattern in urlpatterns} == {
        "account_start",
        "account_login",
        "account_logout",
        "account_practice",
        "account_change_password",
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key",
        "account_reset_password_from_key_done",
        "account_session",
        "account_sessions_end",
        "account_me",
        "account_set_up",
        "account_set_up_passkey",
        "account_app",
        "account_passkey",
        "account_remove_factor",
        "account_recovery_codes",
        "account_reauthenticate",
        "mfa_authenticate",
        "mfa_reauthenticate",
        "mfa_reauthenticate_webauthn",
    }


# The administration has no door of its own


def test_the_administrations_sign_in_is_the_sites(client: Client) -> None:
    step = client.get("/admin/accounts/user/")["Location"]
    assert client.get(step)["Location"] == f"{SIGN_IN}?next=/admin/accounts/user/"


def test_nobody_tries_passwords_past_the_counting(client: Client, ida: User) -> None:
    User.objects.update(is_staff=True, is_superuser=True)
    client.post("/admin/login/", {"username": EMAIL, "password": PASSWORD})
    assert "_auth_user_id" not in client.session


def test_who_is_no_administrator_is_told_so(cast: Cast) -> None:
    assert cast.doctor.client.get("/admin/login/").status_code == 403


def test_the_administrations_password_page_is_the_sites(cast: Cast) -> None:
    response = cast.practice_admin.client.get("/admin/password_change/")
    assert response["Location"] == "/account/password/"
