"""A doctor interprets a case in a real browser."""

import re
import subprocess
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

CONCLUSION = "#conclusion"
Violations = Callable[[Page], list[str]]


def type_typical_case(page: Page) -> None:
    """Age, sex, two symptoms, B12, MMA and homocysteine."""
    page.get_by_label("Alder", exact=True).fill("54")
    page.get_by_label("Kvinne").check()
    page.get_by_label("Tretthet").check()
    page.get_by_label("Parestesier").check()
    page.locator("#id_total_b12_pmol_l").fill("180")
    page.locator("#id_mma_umol_l").fill("0,31")
    page.locator("#id_homocysteine_umol_l").fill("17")


def submit(page: Page) -> None:
    page.get_by_role("button", name="Tolk", exact=True).click()
    page.wait_for_load_state()


def test_the_answer_follows_each_change_without_touching_the_form(page: Page) -> None:
    page.goto("/")
    type_typical_case(page)
    expect(page.locator(CONCLUSION)).to_have_text("Pasienten har en sikker vitamin B12-mangel.")
    expect(page.get_by_text("0,31", exact=False).first).to_be_attached()
    page.locator("#id_mma_umol_l").fill("0,12")
    expect(page.locator(CONCLUSION)).not_to_have_text("Pasienten har en sikker vitamin B12-mangel.")
    assert page.locator("#id_total_b12_pmol_l").input_value() == "180"
    assert page.evaluate("document.activeElement.id") == "id_mma_umol_l"


def test_what_was_opened_in_the_answer_stays_open(page: Page) -> None:
    page.goto("/")
    type_typical_case(page)
    expect(page.locator("#journal")).to_have_value(re.compile(r"17\sµmol"))
    page.get_by_text("Trinn for trinn, med begrunnelse").click()
    expect(page.locator(".answer-steps")).to_be_visible()
    page.locator("#id_homocysteine_umol_l").fill("25")
    expect(page.locator("#journal")).to_have_value(re.compile(r"25\sµmol"))
    expect(page.locator(".answer-steps")).to_be_visible()


def test_a_typical_case_takes_few_keys_and_no_mouse(page: Page) -> None:
    """Tab order is reading order, and two access keys lead past the long lists."""
    page.goto("/")
    page.locator("#id_age").focus()
    presses = 0
    keys = page.context.new_cdp_session(page)

    def press(*names: str) -> None:
        nonlocal presses
        for name in names:
            page.keyboard.press(name)
            presses += 1

    def press_access_key(letter: str) -> None:
        """Playwright's own Alt+letter lacks the text by which Chromium finds an access key."""
        nonlocal presses
        key = {"modifiers": 1, "key": letter, "text": letter, "unmodifiedText": letter}
        keys.send("Input.dispatchKeyEvent", {"type": "keyDown", **key})
        keys.send("Input.dispatchKeyEvent", {"type": "keyUp", **key})
        presses += 1

    page.keyboard.type("54")
    press("Tab", "ArrowDown")
    press_access_key("s")
    press("Space", "Tab", "Space")
    press_access_key("b")
    page.keyboard.type("180")
    press("Tab", "Tab")
    page.keyboard.type("0,31")
    press("Tab", "Tab")
    page.keyboard.type("17")
    journal = page.locator("#journal")
    for words in (r"Kvinne, 54 år", "Slapphet", "Tretthet", r"180\s", r"0,31\s", r"17\s"):
        expect(journal).to_have_value(re.compile(words))
    assert presses <= 12


def test_a_typical_case_takes_seven_clicks(page: Page) -> None:
    page.goto("/")
    clicked = ("#id_age", "text=Kvinne", "text=Tretthet", "text=Parestesier")
    typed = {
        "#id_total_b12_pmol_l": "180",
        "#id_mma_umol_l": "0,31",
        "#id_homocysteine_umol_l": "17",
    }
    for place in (*clicked, *typed):
        page.locator(place).first.click()
        page.keyboard.type(typed.get(place, ""))
    expect(page.locator("#journal")).to_have_value(re.compile(r"17\sµmol"))


def test_the_whole_page_can_be_reached_with_tab_in_reading_order(page: Page) -> None:
    page.goto("/")
    page.locator("#id_age").focus()
    tops = []
    for _press in range(12):
        tops.append(page.evaluate("document.activeElement.getBoundingClientRect().top + scrollY"))
        page.keyboard.press("Tab")
    row = 60  # what stands in one row of the page differs by less
    assert all(after > before - row for before, after in pairwise(tops))


def test_it_works_without_script(browser: Browser, live_server: LiveServer) -> None:
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/")
    type_typical_case(page)
    submit(page)
    expect(page.locator(CONCLUSION)).to_contain_text("sikker vitamin B12-mangel")
    expect(page.locator("#journal")).to_be_visible()
    expect(page.locator("[data-copy]")).to_be_hidden()
    assert page.locator("#id_mma_umol_l").input_value() == "0,31"
    context.close()


def test_the_text_for_the_record_can_be_copied(page: Page) -> None:
    page.context.grant_permissions(["clipboard-write"])
    page.goto("/")
    type_typical_case(page)
    expect(page.locator("#journal")).to_have_value(re.compile(r"17\sµmol"))
    page.get_by_role("button", name="Kopier").click()
    expect(page.get_by_text("Kopiert")).to_be_visible()
    page.evaluate(
        "document.body.append(Object.assign(document.createElement('textarea'), {id: 'note'}))"
    )
    page.locator("#note").focus()
    page.keyboard.press("Control+V")
    copied = page.locator("#note").input_value()
    assert copied == page.locator("#journal").input_value()
    assert 5 <= len(copied.split("\n")) <= 12


def test_the_language_can_be_switched_and_is_remembered(page: Page) -> None:
    page.goto("/")
    assert page.locator("html").get_attribute("lang") == "nb"
    page.locator("button[name=language]").click()
    expect(page.get_by_role("heading", name="Interpret B12 results")).to_be_visible()
    expect(page.get_by_text("The answer comes here")).to_be_visible()
    page.goto("/")
    assert page.locator("html").get_attribute("lang") == "en"
    expect(page.get_by_label("Tiredness")).to_be_visible()


def test_switching_the_language_loses_nothing_that_was_typed(page: Page) -> None:
    page.goto("/")
    page.get_by_label("Alder", exact=True).fill("58")
    page.locator("#id_mma_umol_l").fill("0,31")
    page.locator("button[name=language]").click()
    expect(page.get_by_role("heading", name="Interpret B12 results")).to_be_visible()
    assert page.get_by_label("Age", exact=True).input_value() == "58"
    assert page.locator("#id_mma_umol_l").input_value() == "0,31"
    assert urlsplit(page.url)[2:] == ("/", "", "")


def test_an_error_takes_focus_and_leads_to_its_field(page: Page) -> None:
    page.goto("/")
    type_typical_case(page)
    page.locator("#id_mma_umol_l").fill("femti")
    submit(page)
    expect(page).to_have_title(re.compile("^Feil:"))
    assert page.evaluate("document.activeElement.id") == "errors"
    page.locator("#errors a").first.click()
    assert page.evaluate("document.activeElement.id") == "id_mma_umol_l"
    assert page.locator("#id_mma_umol_l").input_value() == "femti"


def test_an_error_while_typing_is_told_beside_the_form(page: Page) -> None:
    page.goto("/")
    type_typical_case(page)
    page.locator("#id_mma_umol_l").fill("320")
    expect(page.locator("#answer-errors")).to_contain_text("nmol/L")
    expect(page.locator("#answer-status")).to_contain_text("Rett dette først")


def test_an_answer_that_could_not_be_fetched_is_marked_as_stale(context: BrowserContext) -> None:
    """A page of its own: the browser writes the failed request to its console."""
    page = context.new_page()
    page.goto("/")
    type_typical_case(page)
    expect(page.locator("#journal")).to_have_value(re.compile(r"17\sµmol"))
    expect(page.locator("#answer-stale")).to_be_hidden()
    page.route("**/", lambda route: route.fulfill(status=403))
    page.locator("#id_mma_umol_l").fill("0,12")
    expect(page.locator("#answer-stale")).to_be_visible()
    page.unroute_all()
    page.locator("#id_mma_umol_l").fill("0,13")
    expect(page.locator("#answer-stale")).to_be_hidden()


def test_a_patient_under_treatment_gets_a_control(page: Page) -> None:
    page.goto("/")
    page.get_by_label("Alder", exact=True).fill("60")
    page.get_by_text("Allerede under behandling").click()
    page.get_by_label("B12-behandling").select_option("ongoing")
    page.get_by_label("Hva gis").select_option("oral_uncomplicated")
    page.get_by_label("Uker siden start").fill("12")
    expect(page.locator(".answer-conclusion")).to_be_visible()
    expect(page.locator("svg.flowchart")).to_have_count(0)
    expect(page.locator(".answer-steps")).to_be_visible()


def test_nothing_overflows_at_the_width_of_a_phone(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 780})
    page.goto("/")
    type_typical_case(page)
    submit(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    size = page.locator("svg.flowchart").evaluate(
        "svg => 13 * svg.getBoundingClientRect().width / svg.viewBox.baseVal.width"
    )
    assert size >= 12


def printed(page: Page, requires: Callable[[str], str], folder: Path) -> tuple[str, str]:
    """What pdfinfo says of the printed page, and its text."""
    target = folder / "answer.pdf"
    page.pdf(path=target, prefer_css_page_size=True)

    def output(*command: str) -> str:
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout

    return output(requires("pdfinfo"), str(target)), output(requires("pdftotext"), str(target), "-")


def test_it_prints_on_one_page(page: Page, requires: Callable[[str], str], tmp_path: Path) -> None:
    page.goto("/")
    type_typical_case(page)
    submit(page)
    info, text = printed(page, requires, tmp_path)
    assert re.search(r"Pages:\s+1\n", info)
    assert "(A4)" in info
    for words in ("sikker vitamin B12-mangel", "Kvinne, 54 år", "Kontroller", "2018"):
        assert words in text
    assert "Tøm skjemaet" not in text


def test_a_control_prints_its_steps_on_one_page(
    page: Page, requires: Callable[[str], str], tmp_path: Path
) -> None:
    page.goto("/")
    page.get_by_text("Allerede under behandling").click()
    page.get_by_label("B12-behandling").select_option("ongoing")
    page.get_by_label("Hva gis").select_option("oral_uncomplicated")
    page.get_by_label("Uker siden start").fill("12")
    page.locator("#id_haemoglobin_g_dl").fill("11,0")
    page.locator("#id_ferritin_ug_l").fill("8")
    submit(page)
    info, text = printed(page, requires, tmp_path)
    assert re.search(r"Pages:\s+1\n", info)
    assert "Hvorfor ikke noe annet" in text


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("state", ["empty", "answered", "error", "english"])
def test_axe_finds_nothing(
    page: Page, accessibility_violations: Violations, state: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto("/")
    if state != "empty":
        type_typical_case(page)
    if state == "error":
        page.locator("#id_age").fill("femti")
        page.locator("#id_mma_umol_l").fill("320")
    if state in {"answered", "error"}:
        submit(page)
    if state == "english":
        expect(page.locator(CONCLUSION)).to_be_visible()
        page.locator("button[name=language]").click()
        page.wait_for_load_state()
    for summary in page.locator("details:not([open]) > summary").all():
        if summary.is_visible():
            summary.click()
    assert accessibility_violations(page) == []
