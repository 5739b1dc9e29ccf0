"""Every address of the site, asked by everybody: the headers, the cookies, the addresses."""

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.contrib import admin
from django.db.models import ForeignObjectRel, IntegerField
from django.http import HttpResponse
from django.test import Client, override_settings

from b12site.accounts.models import User
from tests.b12site.answers import Route, faults, routes
from tests.cast import Cast

pytestmark = pytest.mark.django_db

HTTPS = {
    "SECURE_HSTS_SECONDS": 31_536_000,
    "SECURE_HSTS_INCLUDE_SUBDOMAINS": True,
    "SECURE_HSTS_PRELOAD": True,
}
FRAMED = {"patients:letter_pdf"}
"""Shown in a frame of the letter's page."""
COOKIES = {"b12_session", "b12_csrf", "b12_language"}


@pytest.fixture
def operator(db: None) -> Client:
    """Whoever runs the site."""
    user = User.objects.create_superuser("drift@cast.example", name="Dag Prøvemo")
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def everybody(cast: Cast, operator: Client) -> Iterator[list[Client]]:
    with override_settings(**HTTPS):
        members = (cast.doctor, cast.practice_admin, cast.reviewer)
        clients = [Client(), operator, *(member.client for member in members)]
        for client in clients:
            client.raise_request_exception = False
            client.handler.load_middleware()
        yield clients


def answers(clients: list[Client], method: str) -> Iterator[tuple[Route, HttpResponse]]:
    for route in routes():
        for client in clients:
            yield route, getattr(client, method)(route.path, secure=True)


@pytest.mark.parametrize("method", ["get", "put", "options"])
def test_it_sends_the_protective_headers_from_every_address(
    everybody: list[Client], method: str
) -> None:
    found = {}
    for route, answer in answers(everybody, method):
        framed = route.name in FRAMED and answer.status_code < 400
        found[route.name, answer.status_code] = faults(answer.headers, framed=framed)
    assert {key: wrong for key, wrong in found.items() if wrong} == {}
    assert len({name for name, _status in found}) > 60


def test_it_fails_at_no_address(everybody: list[Client]) -> None:
    assert {
        (route.name, answer.status_code)
        for route, answer in answers(everybody, "get")
        if answer.status_code >= 500
    } == set()


def test_it_sets_three_cookies_at_most_that_no_script_and_no_other_site_gets(
    everybody: list[Client],
) -> None:
    for route, answer in answers(everybody[:2], "get"):
        assert set(answer.cookies) <= COOKIES, route
        for cookie in answer.cookies.values():
            kept = (cookie["httponly"], cookie["samesite"], cookie["path"], cookie["domain"])
            assert kept == (True, "Lax", "/", ""), route


FIXED_WORDS = {
    ("admin:app_list", "app_label"): "the name of an application",
    ("account_reset_password_from_key", "uidb36"): "the number of a user",
    ("account_reset_password_from_key", "key"): "taken out of the address by the first answer",
}


OF_DJANGO = {"object_id", "id", "content_type_id", "url"}
"""In the administration numbers pass for texts, and any unknown address ends in one view."""


def test_no_address_holds_anything_but_numbers_and_fixed_words() -> None:
    other = {
        (route.name, name)
        for route in routes()
        for name, converter in route.parameters.items()
        if converter != "IntConverter" and not (name in OF_DJANGO and "admin:" in route.name)
    }
    assert other == set(FIXED_WORDS)


def test_objects_in_the_administration_have_numbers() -> None:
    keys = {model.__name__: model._meta.pk for model in admin.site._registry}
    assert {name for name, key in keys.items() if not isinstance(key, IntegerField)} == set()


def test_no_search_in_the_administration_asks_for_patients() -> None:
    """It is sent in the address, where a name would stay in the browser's history."""
    searched = {
        (model.__name__, path)
        for model, page in admin.site._registry.items()
        for path in page.search_fields
        if "Patient" in _models_on_the_way(model, path)
    }
    assert searched == set()


def _models_on_the_way(model: type, path: str) -> set[str]:
    names, here = {model.__name__}, apps.get_model(model._meta.label)  # type: ignore[attr-defined]
    for step in path.strip("^=@").split("__"):
        field = here._meta.get_field(step) if step in _names(here) else None
        if field is None or field.related_model is None:
            break
        here = field.related_model
        names.add(here.__name__)
    return names


def _names(model: type) -> set[str]:
    fields = model._meta.get_fields()  # type: ignore[attr-defined]
    return {
        str(field.get_accessor_name() if isinstance(field, ForeignObjectRel) else field.name)
        for field in fields
    }


@pytest.mark.parametrize("address", ["https://evil.example/", "//evil.example", "/\\evil.example"])
def test_no_address_leads_to_another_site(client: Client, address: str) -> None:
    """Where sign-in leads to afterwards is tested with it."""
    login = client.get("/admin/login/", {"next": address})
    assert login.headers["Location"].startswith("/account/sign-in/?next=")
    assert "evil" not in client.get(login.headers["Location"]).text
    switched = client.post("/i18n/setlang/", {"language": "en", "next": address})
    assert switched.headers["Location"] == "/"
