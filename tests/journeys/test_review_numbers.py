"""The reviewer's numbers, the meeting and what is done with many cases, in a browser."""

from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Download, Page, expect
from pytest_django.live_server_helper import LiveServer

from patients.models import ReviewCase
from tests.cast import Cast, Member
from tests.patients import builders
from tests.patients.review import desk as places
from tests.patients.review.filled import asked, case

from .record import Calendar, Desk, nb
from .test_admin import sit_down

QUEUE = "/admin/patients/reviewcase/"
NUMBERS, MEETING = f"{QUEUE}numbers/", f"{QUEUE}meeting/"


@pytest.fixture
def second(clinic: Cast) -> Member:
    return places.reviewer(clinic.practice, "Kari Prøveås", "annen@cast.example")


@pytest.fixture
def reviewer(
    clinic: Cast, second: Member, context: BrowserContext, live_server: LiveServer, desk: Desk
) -> Desk:
    """At the browser, with five judged cases, one for the meeting and three that wait."""
    me, patient = clinic.reviewer.user, builders.patient(clinic.practice)
    places.set_up(clinic.practice)
    me.is_staff = True
    me.save()
    for verdict in ("agree", "agree", "agree", "agree", "rule"):
        case(patient, (me, verdict), state="judged")
    disputed = case(patient, (me, "agree"), state="meeting")
    asked(disputed, second.user, "doctor", reason="follow_up", comment="Kontrollen mangler.")
    for _n in range(3):
        case(patient, (me, ""))
    sit_down(context, live_server, clinic.reviewer.client)
    return desk


def text_of(download: Download) -> str:
    return Path(download.path()).read_text(encoding="utf-8")


def said(page: Page, *texts: str) -> None:
    for text in texts:
        expect(page.locator("#content")).to_contain_text(text)


def test_from_the_queue_to_the_agreement_table_and_its_file(reviewer: Desk) -> None:
    reviewer.go(QUEUE).follow("Numbers of the review")
    table = reviewer.page.locator(".review-numbers").first
    expect(table.locator("tbody tr").first.locator("td")).to_contain_text(["6", "5", "83,3"])
    with reviewer.page.expect_download() as loading:
        reviewer.page.get_by_role("link", name=nb("Download the numbers as a file")).click()
    assert ";6;5;83,3;43,6;97,0;0;1;0" in text_of(loading.value)


def test_another_period_and_one_that_is_none(reviewer: Desk) -> None:
    page = reviewer.go(NUMBERS).page
    reviewer.fill(first="2026-02-11", last="2026-02-28").press("Show")
    said(page, nb("No case of this period has a verdict."))
    reviewer.fill(first="2026-02-28", last="2026-02-11").press("Show")
    said(page, nb("The period ends before it begins. Change one of the days."))
    assert page.locator("#id_last").input_value() == "2026-02-11"


def test_the_numbers_can_be_scrolled_and_printed_by_keyboard_on_a_telephone(reviewer: Desk) -> None:
    reviewer.page.set_viewport_size({"width": 360, "height": 800})
    page = reviewer.go(NUMBERS).page
    region = page.locator(".review-scroll").first
    region.focus()
    page.keyboard.press("ArrowRight")
    expect(region).not_to_have_js_property("scrollLeft", 0)
    page.emulate_media(media="print")
    expect(page.locator("#header")).to_be_hidden()
    expect(page.locator(".review-period")).to_be_hidden()


def test_the_meeting_concludes_a_case(reviewer: Desk) -> None:
    page = reviewer.go(QUEUE).follow("Cases for the meeting").page
    said(page, "Kontrollen mangler.", "Kari Prøveås")
    page.locator(".review-meeting .review-screen a").click()
    page.locator("#content input.default").click()
    said(reviewer.look().page, nb("Write what the meeting concluded."))
    reviewer.fill(conclusion="Kontroll om tre måneder.")
    page.locator("#content input.default").click()
    expect(page.locator(".success")).to_be_visible()
    expect(reviewer.look().page.locator("#content")).not_to_contain_text("Kontrollen mangler.")
    assert ReviewCase.objects.get(state="closed").closing.note == "Kontroll om tre måneder."


def chosen(page: Page, action: str, count: int) -> None:
    """The newest in the queue, and on to the page that asks."""
    for place in range(count):
        page.locator("input.action-select").nth(place).check()
    page.select_option("select[name=action]", action)
    page.locator("button[name=index]").click()
    page.wait_for_selector(".review-chosen")


def test_three_cases_are_given_to_a_colleague_and_then_closed(
    reviewer: Desk, second: Member
) -> None:
    page = reviewer.go(QUEUE).page
    chosen(page, "assign", 3)
    reviewer.look()
    page.select_option("#id_reviewer", label=second.user.name)
    page.locator("#content input.default").click()
    expect(page.locator(".success")).to_contain_text(second.user.name)
    assert ReviewCase.objects.filter(reviews__reviewer=second.user, state="open").count() == 3
    chosen(page, "close", 3)
    reviewer.look().fill(note="Ryddet etter møtet")
    page.locator("#content input.default").click()
    expect(page.locator(".success")).to_be_visible()
    assert ReviewCase.objects.filter(state="closed").count() == 3


def test_cases_go_into_a_file_after_it_was_asked(reviewer: Desk, calendar: Calendar) -> None:
    page = reviewer.go(QUEUE).page
    chosen(page, "export", 2)
    reviewer.look()
    with page.expect_download() as loading:
        page.locator("#content input.default").click()
    assert loading.value.suggested_filename.endswith("2026-03-02.csv")
    assert len(text_of(loading.value).splitlines()) == 3
