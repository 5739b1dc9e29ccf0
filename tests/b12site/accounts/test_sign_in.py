"""Signing in and out, and passwords, as somebody at a keyboard meets them."""

import re
from smtplib import SMTPServerDisconnected

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.test import Client, override_settings
from django.urls import reverse

from b12site.accounts.models import User
from b12site.accounts.urls import urlpatterns
from tests.cast import Cast

EMAIL, PASSWORD, NEW = "ida@practice.example", "a long enough word", "another long enough word"
SIGN_IN, RESET = "/account/sign-in/", "/account/password/reset/"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english(client: Client) -> None:
    client.cookies.load({"b12_language": "en"})


@pytest.fixture
def ida() -> User:
    return User.objects.create_user(EMAIL, PASSWORD, name="Ida Prøve")


def sign_in(client: Client, password: str = PASSWORD, email: str = EMAIL, query: str = "") -> str:
    """Where it leads, or the page that says why not."""
    response = client.post(f"{SIGN_IN}{query}", {"login": email, "password": password})
    return str(response.headers.get("Location", response.text))


def reset_link(client: Client, email: str = EMAIL) -> str:
    assert client.post(RESET, {"email": email})["Location"] == f"{RESET}sent/"
    return str(re.findall(r"http://testserver(/\S+)", str(mail.outbox[-1].body))[0])


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


def test_unknown_users_are_locked_out_with_the_same_text(client: Client) -> None:
    for _ in range(5):
        sign_in(client, "wrong")
    assert "Wait five minutes" in sign_in(client)


def test_one_place_gets_no_more_than_ten_failures_a_minute(client: Client, ida: User) -> None:
    for number in range(10):
        sign_in(client, "wrong", f"nobody{number}@practice.example")
    assert "Wait five minutes" in sign_in(client)


def test_the_session_ends_with_the_browser(client: Client, ida: User) -> None:
    response = client.post(SIGN_IN, {"login": EMAIL, "password": PASSWORD})
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


def test_only_the_needed_addresses_exist() -> None:
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
    }


@pytest.mark.parametrize(
    "path",
    [
        "signup/",
        "login/",
        "logout/",
        "email/",
        "confirm-email/",
        "inactive/",
        "reauthenticate/",
        "password/set/",
        "password/change/",
        "login/code/",
        "social/signup/",
        "3rdparty/",
        "2fa/",
    ],
)
def test_the_others_of_allauth_are_not_there(cast: Cast, path: str) -> None:
    for client in (cast.signed_out, cast.doctor.client):
        assert client.get(f"/account/{path}").status_code == 404
        assert client.post(f"/account/{path}").status_code == 404


# Passwords


def test_the_way_to_a_new_password(client: Client, ida: User) -> None:
    link = client.get(reset_link(client))["Location"]
    assert "Choose a password" in client.get(link).text
    response = client.post(link, {"password1": NEW, "password2": NEW})
    assert response["Location"] == f"{RESET}done/"
    assert client.get(response["Location"]).status_code == 200
    assert sign_in(client, NEW) == "/account/"


def test_the_user_is_told_of_the_change(client: Client, ida: User) -> None:
    link = client.get(reset_link(client))["Location"]
    client.post(link, {"password1": NEW, "password2": NEW})
    assert mail.outbox[-1].to == [EMAIL]
    assert mail.outbox[-1].subject == "Your password was changed"


def test_a_new_user_gets_the_first_password_the_same_way(client: Client) -> None:
    User.objects.create_user(EMAIL, name="Ny Lege")
    assert reset_link(client).startswith(RESET)


def test_the_link_works_once(client: Client, ida: User) -> None:
    address = reset_link(client)
    link = client.get(address)["Location"]
    client.post(link, {"password1": NEW, "password2": NEW})
    assert (
        "does not work any more" in Client(headers={"cookie": "b12_language=en"}).get(address).text
    )


@pytest.mark.parametrize("key", ["1-broken", "zzzzzz-a-b", "1-a" + "b" * 300])
def test_a_link_that_nobody_sent_is_refused(client: Client, key: str) -> None:
    response = client.get(f"{RESET}{key}/")
    assert response.status_code == 200
    assert "does not work any more" in response.text


def test_a_link_goes_to_the_newest_address_only(client: Client, ida: User) -> None:
    """allauth would remember the old one and go on sending links there."""
    reset_link(client)
    sign_in(client)
    User.objects.filter(pk=ida.pk).update(email="ida.ny@practice.example")
    mail.outbox.clear()
    client.post(RESET, {"email": EMAIL})
    assert mail.outbox == []
    assert not EmailAddress.objects.exists()


def test_an_unknown_address_gets_the_same_answer_and_no_mail(client: Client, ida: User) -> None:
    known = client.post(RESET, {"email": EMAIL})
    unknown = client.post(RESET, {"email": "nobody@practice.example"})
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert client.get(known["Location"]).status_code == 200
    assert [message.to for message in mail.outbox] == [[EMAIL]]


def test_a_closed_user_gets_no_link(client: Client, ida: User) -> None:
    User.objects.update(is_active=False)
    client.post(RESET, {"email": EMAIL})
    assert mail.outbox == []


def test_a_mail_server_that_is_down_tells_nothing_about_the_address(
    client: Client, ida: User, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def down(self: EmailBackend, messages: object) -> int:
        raise SMTPServerDisconnected("refused")

    monkeypatch.setattr(EmailBackend, "send_messages", down)
    assert client.post(RESET, {"email": EMAIL})["Location"] == f"{RESET}sent/"
    assert "could not be sent" in caplog.text
    assert EMAIL not in caplog.text


@override_settings(SENDS_EMAIL=False)
def test_where_no_mail_is_sent_the_page_says_whom_to_ask(client: Client, ida: User) -> None:
    assert "cannot send e-mail" in client.get(RESET).text
    assert "cannot send e-mail" in client.post(RESET, {"email": EMAIL}).text
    assert mail.outbox == []


@pytest.mark.parametrize(
    ("first", "second", "field"),
    [
        ("short", "short", "password1"),
        ("123456789012345", "123456789012345", "password1"),
        ("ida@practice.example", "ida@practice.example", "password1"),
        (NEW, "something else", "password2"),
    ],
)
def test_a_bad_new_password_is_refused_beside_its_field(
    client: Client, ida: User, first: str, second: str, field: str
) -> None:
    link = client.get(reset_link(client))["Location"]
    page = client.post(link, {"password1": first, "password2": second})
    assert page.status_code == 200
    assert f'href="#id_{field}"' in page.text


def test_a_password_is_changed_with_the_current_one(client: Client, ida: User) -> None:
    client.force_login(ida)
    address = reverse("account_change_password")
    answers = {"oldpassword": "wrong", "password1": NEW, "password2": NEW}
    assert "not your current password" in client.post(address, answers).text
    assert client.post(address, answers | {"oldpassword": PASSWORD}).status_code == 302
    assert "The password is changed." in client.get(address).text
    ida.refresh_from_db()
    assert ida.check_password(NEW)


def test_a_changed_password_ends_the_sessions_elsewhere(client: Client, ida: User) -> None:
    client.force_login(ida)
    elsewhere = Client()
    elsewhere.force_login(ida)
    answers = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    client.post("/account/password/", answers)
    assert elsewhere.get("/account/password/").status_code == 302
    assert client.get("/account/password/").status_code == 200


def test_somebody_without_a_password_is_led_to_the_link(cast: Cast) -> None:
    assert cast.doctor.client.get("/account/password/")["Location"] == RESET


def test_changing_a_password_asks_to_sign_in(client: Client) -> None:
    assert client.get("/account/password/")["Location"] == f"{SIGN_IN}?next=/account/password/"


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
