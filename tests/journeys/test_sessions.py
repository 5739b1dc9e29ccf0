"""Called away from the keyboard: warned, signed out, and back with everything that was typed."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from b12site.accounts.session_store import SessionStore
from b12site.accounts.sessions import BEGUN, LONGEST
from patients.models import Patient
from tests.cast import Cast, Member

from .record import Calendar, Desk, Violations, nb

pytestmark = pytest.mark.django_db(transaction=True)

FORM, PLAIN, TYPED = (
    "/patients/new/",
    "/worklist/",
    {"given_name": "Åse", "family_name": "Prøvesen"},
)


class Absence:
    """The same time goes by for the site and for the browser."""

    def __init__(self, calendar: Calendar, page: Page) -> None:
        self.calendar, self.page = calendar, page

    def lasts(self, minutes: int, seconds: int = 0) -> None:
        self.calendar.now += timedelta(minutes=minutes, seconds=seconds)
        self.page.clock.fast_forward((minutes * 60 + seconds) * 1000)


@pytest.fixture
def absence(calendar: Calendar, page: Page) -> Absence:
    page.clock.install()
    return Absence(calendar, page)


@pytest.fixture
def filled_in(clinic: Cast, desk: Desk, absence: Absence) -> Desk:
    """The form for a new patient, half done."""
    desk.sign_in(clinic.doctor).go(FORM).fill(**TYPED)
    desk.page.locator("#id_family_name").focus()
    return desk


def banner(page: Page) -> Locator:
    return page.locator("[data-banner]")


def sign_in_in_a_new_tab(context: BrowserContext, page: Page, member: Member) -> None:
    with context.expect_page() as opened:
        page.get_by_role("link", name=nb("Sign in in a new tab")).click()
    Desk(opened.value).typed_password(member)
    opened.value.close()


def test_the_end_is_announced_two_minutes_before_and_put_off(
    filled_in: Desk, absence: Absence
) -> None:
    page = filled_in.page
    absence.lasts(12, 58)
    expect(banner(page)).to_be_hidden()
    absence.lasts(0, 3)
    expect(banner(page)).to_be_visible()
    expect(banner(page).get_by_role("timer").first).to_have_text("1:59")
    expect(page.locator("[data-said]")).to_have_text(
        nb("You are signed out in two minutes if nothing is done.")
    )
    expect(page.locator("#id_family_name")).to_be_focused()
    filled_in.looked_at.clear()
    filled_in.look()
    filled_in.press("Stay signed in")
    expect(banner(page)).to_be_hidden()
    absence.lasts(12)
    expect(banner(page)).to_be_hidden()
    expect(page.locator("[data-until]")).to_have_text("09:28")


def test_the_announcement_is_put_aside_with_escape(filled_in: Desk, absence: Absence) -> None:
    absence.lasts(13, 1)
    expect(banner(filled_in.page)).to_be_visible()
    filled_in.page.keyboard.press("Escape")
    expect(banner(filled_in.page)).to_be_hidden()
    expect(filled_in.page.locator("#id_family_name")).to_be_focused()


def test_after_almost_12_hours_nothing_is_offered(filled_in: Desk, calendar: Calendar) -> None:
    page = filled_in.page
    (cookie,) = (each for each in page.context.cookies() if each.get("name") == "b12_session")
    session = SessionStore(cookie.get("value"))
    session[BEGUN] = (calendar.now - LONGEST + timedelta(seconds=90)).timestamp()
    session.save()
    filled_in.go(FORM)
    page.clock.run_for(1_000)
    expect(banner(page)).to_contain_text("Lagre det du arbeider med")
    expect(page.get_by_role("button", name=nb("Stay signed in"))).to_be_hidden()


def test_typing_is_doing_something(filled_in: Desk, absence: Absence) -> None:
    absence.lasts(10)
    with filled_in.page.expect_response("**/account/session/"):
        filled_in.page.keyboard.type("x")
    absence.lasts(14)
    expect(banner(filled_in.page)).to_be_visible()
    expect(filled_in.page.locator("[data-until]")).to_have_text("09:25")


def test_afterwards_the_page_is_covered_until_its_user_is_back(
    filled_in: Desk, absence: Absence, clinic: Cast, context: BrowserContext
) -> None:
    page = filled_in.page
    absence.lasts(15, 1)
    expect(page.get_by_role("heading", name=nb("You are signed out"))).to_be_focused()
    expect(page.locator("#main")).to_be_hidden()
    filled_in.looked_at.clear()
    filled_in.look()
    filled_in.press("I have signed in, go on")
    expect(page.get_by_text(nb("Nobody is signed in yet."))).to_be_visible()
    sign_in_in_a_new_tab(context, page, clinic.doctor)
    filled_in.press("I have signed in, go on")
    expect(page.locator("#id_family_name")).to_be_focused()
    filled_in.fill(birth_date="04.05.1962").press("Register")
    filled_in.headed(re.compile("Prøvesen"))


def test_nobody_else_uncovers_it(
    filled_in: Desk, absence: Absence, clinic: Cast, context: BrowserContext
) -> None:
    page = filled_in.page
    absence.lasts(15, 1)
    sign_in_in_a_new_tab(context, page, clinic.assistant)
    filled_in.press("I have signed in, go on")
    expect(page.locator("[data-answer]")).to_have_text(
        nb("Somebody else is signed in now. Only the one who typed this can go on here.")
    )
    expect(page.locator("#main")).to_be_hidden()


def test_a_page_without_a_form_leads_to_signing_in_and_back(
    clinic: Cast, desk: Desk, absence: Absence
) -> None:
    desk.sign_in(clinic.doctor).go(PLAIN)
    absence.lasts(15, 1)
    desk.page.wait_for_url(f"**/account/sign-in/?next={PLAIN.replace('/', '%2F')}")
    desk.sees(nb("You were signed out, since nothing had been done for 15 minutes."))
    desk.typed_password(clinic.doctor)
    assert desk.page.url.endswith(PLAIN)


def test_without_a_script_it_is_kept_by_the_server(
    clinic: Cast,
    calendar: Calendar,
    browser: Browser,
    live_server: LiveServer,
    accessibility_violations: Violations,
) -> None:
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    desk = Scriptless(context.new_page())
    desk.sign_in(clinic.doctor).go(FORM).fill(**TYPED, birth_date="04.05.1962")
    calendar.now += timedelta(minutes=15)
    desk.press("Register").headed(nb("You are signed out. What you typed is kept on this page."))
    sign_in_in_a_new_tab(context, desk.page, clinic.doctor)
    desk.press("I have signed in, go on")
    expect(desk.page.locator("#id_family_name")).to_have_value("Prøvesen")
    assert not Patient.objects.exists()
    desk.press("Register").headed(re.compile("Prøvesen"))
    context.close()


class Scriptless(Desk):
    def look(self) -> Desk:
        return self

    def settle(self) -> None:
        """Nothing is ever on its way."""


def test_the_pages_that_keep_and_that_refuse_can_be_read_by_all(
    filled_in: Desk, calendar: Calendar, clinic: Cast
) -> None:
    page = filled_in.page
    page.route("**/js/session.js", lambda route: route.abort())
    calendar.now += timedelta(minutes=15)
    filled_in.press("Register").headed(
        nb("You are signed out. What you typed is kept on this page.")
    )
