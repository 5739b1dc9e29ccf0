"""A user with an authenticator app, and a clock for it that a test moves."""

import re
from dataclasses import dataclass, field
from time import time
from typing import Any
from urllib.parse import urlencode

import pytest
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.test import Client

from b12site.accounts.models import User
from tests.cast import code_for

EMAIL, PASSWORD = "ida@practice.example", "a long enough word"
SIGN_IN, SECOND_STEP, SET_UP = "/account/sign-in/", "/account/second-factor/", "/account/set-up/"
ME, CONFIRM = "/account/me/", "/account/confirm/"
WRONG = "000000"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@dataclass
class Clock:
    """In the middle of a half minute, so that no test crosses its end. It moves a little each time
    that it is looked at: allauth knows attempts by their time."""

    now: float = field(default_factory=lambda: time() // 30 * 30 + 10)

    def tick(self) -> float:
        self.now += 0.000_1
        return self.now

    def code(self, secret: str = SECRET, later: int = 0) -> str:
        """What the app shows, or will show after so many half minutes."""
        return format_hotp_value(hotp_value(secret, int(self.now) // 30 + later))


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr("time.time", clock.tick)
    return clock


def browser() -> Client:
    """Another one, which speaks English."""
    client = Client()
    client.cookies.load({"b12_language": "en"})
    return client


def asked_first(path: str) -> str:
    """Where a change leads whoever has not just shown who he is."""
    return f"{CONFIRM}?{urlencode({'next': path})}"


def user(**fields: Any) -> User:
    return User.objects.create_user(EMAIL, PASSWORD, name="Ida Prøve", **fields)


def with_app(someone: User) -> User:
    TOTP.activate(someone, SECRET)
    return someone


def type_password(client: Client, password: str = PASSWORD, query: str = "") -> str:
    """Where it leads."""
    response = client.post(f"{SIGN_IN}{query}", {"login": EMAIL, "password": password})
    return str(response.headers.get("Location", response.text))


def type_code(client: Client, code: str) -> str:
    """Where it leads, or the page that says why not."""
    response = client.post(SECOND_STEP, {"code": code})
    return str(response.headers.get("Location", response.text))


def sign_in(client: Client, password: str = PASSWORD, email: str = EMAIL, query: str = "") -> str:
    """Where it leads after both steps, or the page that says why not."""
    response = client.post(f"{SIGN_IN}{query}", {"login": email, "password": password})
    if response.headers.get("Location") == SECOND_STEP:
        code = code_for(User.objects.get(email=email.lower()))
        response = client.post(SECOND_STEP, {"code": code})
    return str(response.headers.get("Location", response.text))


def key_on(page: str) -> str:
    """The key that the page shows for the app."""
    return str(re.findall(r'account-key">([A-Z2-7 ]+)<', page)[0]).replace(" ", "")


def codes_on(page: str) -> list[str]:
    return re.findall(r"<code>(\d{8})</code>", page)


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session
