"""The handout, for anybody and about nobody."""

from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse

from patients.letters.context import Letter as Context
from patients.letters.render import PangoMissingError
from tests.cast import Cast

pytestmark = pytest.mark.django_db
URL = reverse("handout")
CASE = {"age": "63", "sex": "female", "total_b12_pmol_l": "90", "total_b12_pmol_l_unit": "pmol/L"}


@pytest.fixture(autouse=True)
def asked(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What the handout was built from."""
    found: dict[str, Any] = {}

    def build(**basis: Any) -> Context:
        found.update(basis)
        return Context(language=basis["language"], title="B12", heading="B12")

    monkeypatch.setattr("patients.reading.letters_data.builder", lambda _kind: build)
    monkeypatch.setattr("patients.letters.render.pdf", lambda _xhtml: b"%PDF")
    return found


def test_anybody_gets_it(client: Client, asked: dict[str, Any]) -> None:
    answer = client.post(URL, {"letter_language": "nn"})
    assert (answer.status_code, answer.content) == (200, b"%PDF")
    assert answer["Content-Disposition"] == 'inline; filename="b12.pdf"'
    assert "no-store" in answer["Cache-Control"]
    assert asked == {"language": "nn", "practice": None, "interpretation": None}


def test_it_carries_the_answer_to_the_case_that_is_filled_in(
    client: Client, asked: dict[str, Any]
) -> None:
    client.post(URL, CASE)
    assert asked["interpretation"].conclusion is not None
    assert asked["language"] == "nb"


def test_it_carries_the_letterhead_of_whoever_is_signed_in(
    cast: Cast, asked: dict[str, Any]
) -> None:
    cast.doctor.client.post(URL)
    assert asked["practice"] == cast.practice


def test_a_case_that_cannot_be_read_is_shown_again(client: Client, asked: dict[str, Any]) -> None:
    answer = client.post(URL, CASE | {"age": "gammel"})
    assert answer["Content-Type"].startswith("text/html")
    assert answer.context["errors"]
    assert "gammel" in answer.content.decode()
    assert asked == {}


def test_nothing_is_stored(client: Client) -> None:
    client.post(URL, CASE)
    models = apps.get_app_config("patients").get_models()
    assert not any(model._default_manager.exists() for model in models)


def test_asking_for_its_address_leads_to_the_form(client: Client) -> None:
    assert client.get(URL)["Location"] == "/"
    assert client.put(URL).status_code == 405


def test_without_pango_it_says_what_to_install(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_pango(_xhtml: str) -> bytes:
        raise PangoMissingError("libpango-1.0-0")

    monkeypatch.setattr("patients.letters.render.pdf", no_pango)
    answer = client.post(URL)
    assert (answer.status_code, "apt-get install" in answer.content.decode()) == (503, True)


def test_the_open_page_offers_it_in_three_languages(client: Client) -> None:
    page = client.get("/").content.decode()
    assert page.count(f'formaction="{URL}"') == 3
