"""Forgotten, first and changed passwords."""

import re
from smtplib import SMTPServerDisconnected

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.test import Client, override_settings
from django.urls import reverse

from b12site.accounts.models import User
from tests.cast import Cast, code_for

from .second_step import EMAIL, PASSWORD, SIGN_IN, sign_in

NEW, RESET = "another long enough word", "/account/password/reset/"

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


def reset_link(client: Client, email: str = EMAIL) -> str:
    assert client.post(RESET, {"email": email})["Location"] == f"{RESET}sent/"
    return str(re.findall(r"http://testserver(/\S+)", str(mail.outbox[-1].body))[0])


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
        ("gåsunge4711", "gåsunge4711", "password1"),  # eleven characters
        ("q1w2e3r4t5y6", "q1w2e3r4t5y6", "password1"),  # among the common ones
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


def test_twelve_characters_are_enough(client: Client, ida: User) -> None:
    link = client.get(reset_link(client))["Location"]
    answers = {"password1": "gåsunger4711", "password2": "gåsunger4711"}
    assert client.post(link, answers).status_code == 302


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
