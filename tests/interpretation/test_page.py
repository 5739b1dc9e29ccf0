"""The page `/` without a browser: what is sent back, and what is refused."""

import re
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

TYPICAL = {
    "age": "54",
    "sex": "female",
    "symptoms": ["tiredness", "paraesthesia"],
    "total_b12_pmol_l": "180",
    "mma_umol_l": "0,31",
    "homocysteine_umol_l": "17",
}
HTMX = {"HX-Request": "true"}


def post(client: Client, data: Any, **headers: str) -> str:
    response = client.post("/", data, headers=headers)
    assert response.status_code == 200
    return response.content.decode()


def test_the_empty_form_asks_and_does_not_answer(client: Client) -> None:
    page = client.get("/").content.decode()
    assert 'id="case-form"' in page
    assert 'id="conclusion"' not in page


def test_a_post_brings_the_form_with_what_was_typed_and_the_answer(client: Client) -> None:
    page = post(client, TYPICAL)
    assert 'id="conclusion"' in page
    assert re.search(r'id="id_mma_umol_l"[^>]*value="0,31"', page)
    assert re.search(r'value="paraesthesia"\s+checked', page)


def test_htmx_gets_the_answer_and_never_the_form(client: Client) -> None:
    answer = post(client, TYPICAL, **HTMX)
    assert 'id="conclusion"' in answer
    assert "<form" not in answer
    assert "<input" not in answer


def test_page_and_fragment_say_the_same(client: Client) -> None:
    def conclusion(text: str) -> str:
        found = re.search(r'id="conclusion">([^<]+)<', text)
        assert found
        return found[1]

    assert conclusion(post(client, TYPICAL)) == conclusion(post(client, TYPICAL, **HTMX))


def test_the_page_sets_no_cookie_but_the_one_against_forgery(client: Client) -> None:
    assert set(client.get("/").cookies) <= {settings.CSRF_COOKIE_NAME}
    assert set(client.post("/", TYPICAL).cookies) <= {settings.CSRF_COOKIE_NAME}


@pytest.mark.parametrize("method", ["get", "post"])
def test_no_cache_keeps_what_was_typed(client: Client, method: str) -> None:
    assert "no-store" in getattr(client, method)("/").headers["Cache-Control"]


def test_it_needs_no_database(client: Client) -> None:
    """The test has no mark for the database: a query would fail it."""
    post(client, TYPICAL)


def test_what_was_typed_never_stands_in_an_address(client: Client) -> None:
    page = post(client, TYPICAL)
    assert 'method="post"' in page
    assert not re.search(r'(href|action|hx-get|hx-post)="[^"]*\?', page)
    assert "hx-push-url" not in page


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_refused(client: Client, method: str) -> None:
    assert getattr(client, method)("/").status_code == 405


# Errors


def test_an_error_is_told_in_the_title_the_summary_and_at_the_field(client: Client) -> None:
    page = post(client, TYPICAL | {"mma_umol_l": "abc"})
    assert re.search(r"<title>(Feil|Error):", page)
    assert re.search(r'id="errors" tabindex="-1" autofocus', page)
    assert 'href="#id_mma_umol_l"' in page
    assert re.search(r'id="id_mma_umol_l"[^>]*value="abc"', page)
    assert re.search(
        r'id="id_mma_umol_l"[^>]*aria-invalid="true"\s+aria-describedby="id_mma_umol_l-error"', page
    )
    assert 'id="id_mma_umol_l-error"' in page


def test_a_page_without_errors_says_so_in_the_title(client: Client) -> None:
    assert not re.search(r"<title>\s*(Feil|Error)", post(client, TYPICAL))


def test_an_implausible_value_is_refused_at_its_field_with_the_unit_it_would_fit(
    client: Client,
) -> None:
    page = post(client, TYPICAL | {"mma_umol_l": "320"})
    error = page.split('id="id_mma_umol_l-error"')[1][:600]
    assert "nmol/L" in error


def test_the_fragment_tells_the_errors_too(client: Client) -> None:
    answer = post(client, TYPICAL | {"mma_umol_l": "abc"}, **HTMX)
    assert 'href="#id_mma_umol_l"' in answer


def test_no_diagnosis_is_built_on_the_rest_when_a_marker_is_refused(client: Client) -> None:
    page = post(client, TYPICAL | {"total_b12_pmol_l": "abc"})
    answer = page.split('id="answer"')[1]
    assert "flow-conclusion" not in answer
    assert "answer-doses" not in answer


def test_errors_of_details_open_them(client: Client) -> None:
    page = post(client, TYPICAL | {"mma_upper_umol_l": "abc"})
    details = page[: page.index('id="id_mma_upper_umol_l"')].rsplit("<details", 1)[1]
    assert details.split(">", 1)[0].endswith("open")


def test_a_wrong_date_stops_the_answer(client: Client) -> None:
    page = post(client, TYPICAL | {"sample_date": "2999-01-01"})
    assert 'id="conclusion"' not in page
    assert 'href="#id_sample_date"' in page


@pytest.mark.parametrize(
    "data",
    [{"symptoms": ["headache"]}, {"sex": "'; --"}, {"mma_umol_l": "1", "mma_umol_l_unit": "x"}],
)
@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_code_that_is_not_offered_gets_a_plain_error_page(
    client: Client, data: Any, headers: dict[str, str]
) -> None:
    response = client.post("/", data, headers=headers)
    assert response.status_code == 400
    assert b"Traceback" not in response.content


def test_a_broken_token_gets_a_plain_error_page() -> None:
    response = Client(enforce_csrf_checks=True).post("/", TYPICAL)
    assert response.status_code == 403
    assert b"Traceback" not in response.content


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", '"><b>', "{{ 1 }}", "\x00", "١٢"])
def test_whatever_is_typed_is_shown_as_text(client: Client, text: str) -> None:
    page = post(client, {"mma_umol_l": text, "age": text, "sample_date": text})
    assert "<script>alert" not in page
    assert '"><b>' not in page


# What the answer holds


def test_a_converted_value_is_shown_for_confirmation(client: Client) -> None:
    answer = post(client, TYPICAL | {"mma_umol_l": "310", "mma_umol_l_unit": "nmol/L"}, **HTMX)
    assert re.search(r"310\snmol/L[^<]*0[.,]310?\sµmol/L", answer)


def test_an_old_result_gets_a_note(client: Client) -> None:
    answer = post(client, TYPICAL | {"sample_date": "2020-01-01"}, **HTMX)
    assert "six months" in answer or "seks måneder" in answer


def test_the_answer_names_its_edition(client: Client) -> None:
    answer = post(client, TYPICAL, **HTMX)
    assert "2018" in answer
    assert "2022" in answer


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"age": "54"},
        {"age": "9", "symptoms": ["fatigue"]},
        {"age": "40", "risk_factors": ["gastric_bypass"], "plans": ["post_operative"]},
        {"treatment": "ongoing", "regimen": "oral_1mg", "weeks_since_start": "12"},
        {"treatment": "stopped", "stopped_months_ago": "12", "total_b12_pmol_l": "120"},
        {"total_b12_pmol_l": "<60", "pathway": "nonspecific", "age": "30"},
        TYPICAL | {"plans": ["patient_declines_treatment"], "preference": "im"},
    ],
)
def test_every_kind_of_case_gets_an_answer_with_its_reasons_as_a_list(
    client: Client, data: Any
) -> None:
    answer = post(client, data, **HTMX)
    assert 'id="conclusion"' in answer
    assert "answer-steps" in answer


def test_a_monitored_patient_gets_the_list_and_no_flowchart(client: Client) -> None:
    data = {"treatment": "ongoing", "regimen": "oral_uncomplicated", "weeks_since_start": "2"}
    answer = post(client, data, **HTMX)
    assert "<svg" not in answer
    assert "answer-steps" in answer


def test_no_answer_breaks_the_security_policy(client: Client) -> None:
    page = post(client, TYPICAL)
    assert not re.search(r"\sstyle=|\son[a-z]+=|<style|<script(?![^>]*\ssrc=)", page)


def test_the_language_switch_keeps_what_was_typed_and_sets_the_language_cookie_only(
    client: Client,
) -> None:
    answer = client.post("/", {"age": "58", "mma_umol_l_0": "0,31", "language": "en"})
    text = answer.content.decode()
    assert '<html lang="en">' in text
    assert 'value="58"' in text
    assert answer["Content-Language"] == "en"
    assert {name for name in answer.cookies if "csrf" not in name} == {"b12_language"}


def test_an_unknown_language_is_no_switch(client: Client) -> None:
    answer = client.post("/", {"age": "58", "language": "xx"})
    assert '<html lang="nb">' in answer.content.decode()
    assert "b12_language" not in answer.cookies
