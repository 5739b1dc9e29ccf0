"""What belongs to another practice is answered with the very bytes of what does not exist."""

import re
from collections.abc import Iterator

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests.cast import Cast

from . import builders
from .builders import NOW
from .stage import Stage, staged
from .test_refusals import NONE, RULES, address, ask, names

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def repeatable(monkeypatch: pytest.MonkeyPatch) -> None:
    """One moment, and form tokens that are not hidden by other random letters in each answer."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    monkeypatch.setattr("django.middleware.csrf._mask_cipher_secret", lambda secret: secret)


@pytest.fixture
def stage(cast: Cast, repeatable: None) -> Stage:
    return staged(cast)


CLOCK = {"Expires", "Content-Length"}
"""Tells the second of the answer, and how long the number is."""


def said(answer: HttpResponse, number: int) -> tuple[int, bytes, list[tuple[str, str]]]:
    """All that comes over the wire, but for the number that the asker has written himself."""
    headers = sorted(
        (name, hidden(value, number)) for name, value in answer.items() if name not in CLOCK
    )
    return answer.status_code, answer.content.replace(b"/%d/" % number, b"/-/"), headers


def hidden(text: str, number: int) -> str:
    return re.sub(rf"(?<!\d){number}(?!\d)", "-", text)


@pytest.mark.parametrize("method", ["GET", "POST", "PUT"])
def test_a_page_of_the_record_does_not_tell_the_two_apart(
    cast: Cast, stage: Stage, method: str
) -> None:
    client, unlike = cast.stranger.client, []
    client.get("/account/practice/")  # sets the cookie that the tokens are made from
    for name in (name for name in names() if RULES[name].of):
        answers = [
            said(ask(client, method, address(name, stage, number), name, stage), number)
            for number in (stage[RULES[name].of], NONE)
        ]
        if answers[0] != answers[1]:
            unlike.append(name)
    assert unlike == []


def administered(cast: Cast) -> Iterator[tuple[str, int]]:
    """Of the other practice, by the names of their pages."""
    yield "patients_laboratory", builders.laboratory(at=cast.other_practice).pk
    yield "accounts_practice", cast.other_practice.pk
    yield "accounts_user", cast.stranger.user.pk


def messages_of(client: Client, number: int) -> list[str]:
    """What the next page tells, without the number."""
    page = client.get("/admin/")
    return [hidden(str(message), number) for message in page.context["messages"]]


@pytest.mark.parametrize("page", ["change", "delete", "history"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_the_administration_does_not_tell_them_apart(cast: Cast, page: str, method: str) -> None:
    client = cast.practice_admin.client
    client.get("/account/practice/")
    for name, theirs in administered(cast):
        answers = []
        for number in (theirs, NONE):
            answer = getattr(client, method)(reverse(f"admin:{name}_{page}", args=[number]))
            answers.append((said(answer, number), messages_of(client, number)))
        assert answers[0] == answers[1], name
        assert answers[0][0][0] in {302, 403, 404}, name
