import pytest
from django.test import Client, override_settings

ENGLISH = {"b12_language": "en"}


@pytest.fixture
def english() -> Client:
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.cookies.load(ENGLISH)
    return client


def says(page: str, heading: str) -> bool:
    """Whether the page has that heading, a way on, and nothing that was meant for programmers."""
    assert "Traceback" not in page
    assert "patient 42" not in page
    return heading in page and 'href="/"' in page


def test_it_has_a_page_for_an_unknown_address(english: Client) -> None:
    response = english.get("/no-such-page")
    assert response.status_code == 404
    assert says(response.text, "There is no such page")


@pytest.mark.parametrize("token", ["", "broken", "a" * 64])
def test_it_has_a_page_for_a_broken_form_token(english: Client, token: str) -> None:
    response = english.post("/i18n/setlang/", {"csrfmiddlewaretoken": token})
    assert response.status_code == 403
    assert says(response.text, "The page had expired")


@pytest.mark.urls("tests.b12site.raising_urls")
@pytest.mark.parametrize(
    ("failure", "status", "heading"),
    [
        ("fault", 500, "Something went wrong"),
        ("fault", 500, "Noe gikk galt"),
        ("forbidden", 403, "You do not have access"),
        ("large", 413, "That was too much at once"),
        ("suspicious", 400, "The request could not be understood"),
    ],
)
def test_it_has_a_page_for(english: Client, failure: str, status: int, heading: str) -> None:
    response = english.get(f"/fail/{failure}")
    assert response.status_code == status
    assert says(response.text, heading)


@override_settings(ALLOWED_HOSTS=["practice.example"])
def test_it_has_a_page_for_a_foreign_host_name(english: Client) -> None:
    response = english.get("/no-such-page", headers={"host": "evil.example"})
    assert response.status_code == 400
    assert says(response.text, "The request could not be understood")


def test_it_tells_in_norwegian_when_nothing_was_chosen(client: Client) -> None:
    assert "There is no such page" not in client.get("/no-such-page").text
