import pytest
from django.http import HttpResponse
from django.test import Client

PAGES = [
    "/account/sign-in/",
    "/account/password/reset/",
    "/no-such-page",
    "/fail/fault",
    "/fail/large",
    "/fail/suspicious",
]

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.b12site.raising_urls")]


@pytest.fixture(params=PAGES)
def answer(request: pytest.FixtureRequest) -> HttpResponse:
    client = Client(raise_request_exception=False)
    response = client.get(request.param)
    assert isinstance(response, HttpResponse)
    return response


def test_it_allows_nothing_but_its_own_files(answer: HttpResponse) -> None:
    policy = dict(
        directive.split(" ", 1) for directive in answer["Content-Security-Policy"].split("; ")
    )
    assert policy.pop("img-src") == "'self' data:"
    assert {name for name, sources in policy.items() if sources == "'none'"} == {
        "base-uri",
        "default-src",
        "frame-ancestors",
    }
    assert set(policy.values()) == {"'none'", "'self'"}


def test_it_sends_the_other_protective_headers(answer: HttpResponse) -> None:
    headers = {
        "X-Frame-Options": "DENY",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
    }
    assert {name: answer[name] for name in headers} == headers


def test_it_has_no_inline_script_or_style(answer: HttpResponse) -> None:
    assert "<style" not in answer.text
    assert " style=" not in answer.text
    assert "<script>" not in answer.text
    assert "onclick=" not in answer.text


def test_it_sets_no_cookie_but_the_forms_token(answer: HttpResponse) -> None:
    assert set(answer.cookies) <= {"b12_csrf"}
    assert all(cookie["httponly"] for cookie in answer.cookies.values())
