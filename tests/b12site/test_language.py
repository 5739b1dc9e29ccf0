import pytest
from django.test import Client

MISSING = "/no-such-page"


def test_it_is_bokmal_whatever_the_browser_asks_for(client: Client) -> None:
    response = client.get(MISSING, headers={"accept-language": "en-GB,en;q=0.9"})
    assert response["Content-Language"] == "nb"
    assert '<html lang="nb">' in response.text


def test_it_is_english_after_the_switch(client: Client) -> None:
    answer = client.post("/i18n/setlang/", {"language": "en", "next": MISSING})
    assert (answer.status_code, answer["Location"]) == (302, MISSING)
    response = client.get(MISSING)
    assert response["Content-Language"] == "en"
    assert "There is no such page" in response.text


def test_it_is_bokmal_again_after_switching_back(client: Client) -> None:
    for code in ("en", "nb"):
        client.post("/i18n/setlang/", {"language": code, "next": MISSING})
    assert client.get(MISSING)["Content-Language"] == "nb"


@pytest.mark.parametrize("code", ["de", "en-GB", "", "../en", "x" * 5000])
def test_it_does_not_follow_an_unknown_language(client: Client, code: str) -> None:
    client.cookies["b12_language"] = code
    assert client.get(MISSING)["Content-Language"] == "nb"


def test_it_never_leads_to_another_site(client: Client) -> None:
    answer = client.post("/i18n/setlang/", {"language": "en", "next": "https://evil.example/"})
    assert answer["Location"] == "/"


def test_it_sets_the_language_cookie_only(client: Client) -> None:
    answer = client.post("/i18n/setlang/", {"language": "en", "next": MISSING})
    assert set(answer.cookies) == {"b12_language"}
    cookie = answer.cookies["b12_language"]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")


def test_it_tells_caches_that_the_page_depends_on_the_cookie(client: Client) -> None:
    assert "Cookie" in client.get(MISSING)["Vary"]


def test_it_keeps_the_page_but_not_its_query_when_switching(client: Client) -> None:
    page = client.get(f"{MISSING}?ferritin=12").text
    assert f'name="next" value="{MISSING}"' in page
    assert "ferritin" not in page
