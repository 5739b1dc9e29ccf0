"""Pasting on the open page: read, looked through, filled in, and nothing stored."""

import re
from datetime import date
from html import unescape
from typing import Any

import pytest
from django.test import Client

TEXT = (
    "Prøvetatt 02.03.2026\n"
    "Vitamin B12\t143\tpmol/L\t175-700\n"
    "Metylmalonsyre\t320\tnmol/L\t<280\n"
    "Hb\t13,2\n"
    "U-MMA\t1,2\tµmol/L\n"
    "Anti-IF\tpositiv\n"
    "CRP <1 mg/L\n"
)
TYPED: dict[str, Any] = {
    "age": "54",
    "sex": "female",
    "symptoms": ["tiredness", "ataxia"],
    "mcv_fl": "104",
}


@pytest.fixture(autouse=True)
def fixed_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: date(2026, 3, 9))


def post(client: Client, data: Any) -> str:
    response = client.post("/paste/", data)
    assert response.status_code == 200
    return unescape(response.content.decode())


def digest(page: str) -> str:
    found = re.search(r'name="reviewed" value="(\w+)"', page)
    assert found
    return found[1]


def fill(client: Client, *lines: int, text: str = TEXT, **typed: Any) -> str:
    shown = digest(post(client, {"text": text}))
    sent = {"text": text, "reviewed": shown, "fill": "1", "line": [str(line) for line in lines]}
    return post(client, typed | sent)


def value(page: str, name: str) -> str | None:
    found = re.search(rf'id="id_{name}"[^>]*value="([^"]*)"', page)
    return found[1] if found else None


def test_the_front_page_leads_to_the_box_with_all_that_was_typed(client: Client) -> None:
    page = client.get("/").content.decode()
    assert re.search(r'<button[^>]*form="case-form"[^>]*formaction="/paste/"', page)
    box = post(client, TYPED)
    assert re.search(r'type="hidden" name="symptoms" value="ataxia"', box)
    assert 'name="text"' in box


def test_the_box_opens_by_itself_too(client: Client) -> None:
    assert 'name="text"' in client.get("/paste/").content.decode()


def test_each_line_is_shown_with_what_it_was_read_as(client: Client) -> None:
    page = post(client, {"text": TEXT})
    assert "320 nmol/L = 0,32 µmol/L" in page
    assert page.count('type="checkbox"') == 4
    assert "CRP <1 mg/L" in page


def test_only_recognised_lines_are_ticked_beforehand(client: Client) -> None:
    page = post(client, {"text": TEXT})
    ticked = re.findall(r'name="line" value="(\d+)" (?:checked)?\s', page)
    assert ticked == ["0", "1", "2", "4"]
    assert re.findall(r'name="line" value="(\d+)" checked', page) == ["0", "1", "4"]


def test_confirmed_lines_stand_in_the_form_with_unit_limit_and_date(client: Client) -> None:
    page = fill(client, 0, 1, 4)
    assert (value(page, "total_b12_pmol_l"), value(page, "mma_umol_l")) == ("143", "320")
    assert re.search(r'<option value="nmol/L" selected', page)
    assert value(page, "total_b12_lower_pmol_l") == "175"
    assert value(page, "mma_upper_umol_l") == "0,28"
    assert value(page, "date_mma_umol_l") == "2026-03-02"
    assert re.search(r'<option value="positive" selected', page)
    assert 'id="conclusion"' in page


def test_what_was_typed_before_is_kept(client: Client) -> None:
    page = fill(client, 0, **TYPED)
    assert (value(page, "age"), value(page, "mcv_fl")) == ("54", "104")
    assert re.search(r'value="ataxia"\s+checked', page)


def test_a_line_that_replaces_a_typed_value_says_so(client: Client) -> None:
    assert ": 188" in post(client, {"text": TEXT, "total_b12_pmol_l": "188"}).split("CRP")[0]
    page = fill(client, 0, total_b12_pmol_l="188")
    assert value(page, "total_b12_pmol_l") == "143"


def test_lines_that_are_not_ticked_are_not_filled_in(client: Client) -> None:
    assert value(fill(client, 0), "mma_umol_l") == ""


@pytest.mark.parametrize("line", ["3", "5", "99", "x", "-1"])
def test_a_line_that_cannot_be_used_is_never_filled_in(client: Client, line: str) -> None:
    shown = digest(post(client, {"text": TEXT}))
    page = post(client, {"text": TEXT, "reviewed": shown, "fill": "1", "line": line})
    assert value(page, "mma_umol_l") == ""


def test_a_tick_is_worth_nothing_when_the_text_has_been_changed(client: Client) -> None:
    shown = digest(post(client, {"text": TEXT}))
    changed = TEXT.replace("143", "413")
    page = post(client, {"text": changed, "reviewed": shown, "fill": "1", "line": "0"})
    assert 'name="line"' in page
    assert 'id="case-form"' not in page


def test_two_lines_for_one_analysis_are_refused_and_shown_again(client: Client) -> None:
    text = "Folat 12 nmol/L 01.03.2026\nFolat 14 nmol/L 02.03.2026"
    page = fill(client, 0, 1, text=text)
    assert 'id="errors"' in page
    assert len(re.findall(r'name="line" value="\d" checked', page)) == 2


def test_of_several_dates_the_newest_is_ticked(client: Client) -> None:
    text = "Folat 12 nmol/L 01.03.2026\nFolat 14 nmol/L 02.03.2026"
    assert re.findall(r'name="line" value="(\d)" checked', post(client, {"text": text})) == ["1"]


def test_an_empty_box_and_too_much_text_are_told_at_the_box(client: Client) -> None:
    for text in ("", "  ", "Hb 12\n" * 500):
        page = post(client, {"text": text, "age": "54"})
        assert 'href="#id_text"' in page
        assert 'name="age" value="54"' in page


def test_going_back_brings_what_was_typed(client: Client) -> None:
    page = client.post("/", TYPED | {"text": TEXT, "back": "1"}).content.decode()
    assert value(page, "age") == "54"


def test_going_back_with_nothing_typed_brings_the_empty_form(client: Client) -> None:
    page = client.post("/", {"text": "", "back": "1"}).content.decode()
    assert 'id="conclusion"' not in page


def test_the_language_is_switched_with_nothing_lost(client: Client) -> None:
    shown = digest(post(client, {"text": TEXT}))
    sent = TYPED | {"text": TEXT, "reviewed": shown, "line": "1", "language": "en"}
    page = post(client, sent)
    assert "Another analysis" in page
    assert re.findall(r'name="line" value="(\d)" checked', page) == ["1"]
    assert 'name="age" value="54"' in page


def test_an_empty_box_is_not_complained_of_when_the_language_is_switched(client: Client) -> None:
    page = post(client, TYPED | {"text": "", "language": "en"})
    assert 'id="errors"' not in page
    assert 'name="age" value="54"' in page


def test_it_needs_no_database_and_sets_no_session(client: Client) -> None:
    """The test has no mark for the database: a query would fail it."""
    fill(client, 0, **TYPED)
    assert "b12_session" not in client.cookies


def test_nothing_is_kept_by_a_cache_and_other_methods_are_refused(client: Client) -> None:
    assert "no-store" in client.post("/paste/", {"text": TEXT}).headers["Cache-Control"]
    assert client.put("/paste/").status_code == 405


def test_an_old_result_is_not_ticked_beforehand(client: Client) -> None:
    page = post(client, {"text": "Folat 12 nmol/L 01.03.2020"})
    assert 'name="line" value="0"' in page
    assert not re.search(r'name="line" value="0" checked', page)
