"""Looking for a patient in a real browser: while typing, and without JavaScript."""

from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.cast import Cast

from ..builders import patient


def sign_in(context: BrowserContext, client: Client, at: LiveServer) -> None:
    name = settings.SESSION_COOKIE_NAME
    context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": at.url}])


@pytest.fixture
def doctor(live_server: LiveServer, cast: Cast) -> Client:
    patient(cast.practice)
    patient(cast.practice, given_name="Bo")
    return cast.doctor.client


def test_those_who_fit_are_shown_while_typing(
    page: Page,
    doctor: Client,
    live_server: LiveServer,
    accessibility_violations: Callable[[Page], list[str]],
) -> None:
    sign_in(page.context, doctor, live_server)
    page.goto("/patients/")
    page.locator("#id_q").press_sequentially("prøv å")
    expect(page.get_by_role("link", name="Åse Prøvesen")).to_be_visible()
    expect(page.get_by_role("link", name="Bo Prøvesen")).to_have_count(0)
    page.locator("#id_q").press_sequentially("se 12")
    expect(page.locator("#found-status")).to_contain_text("“12”")
    expect(page.locator("#found table")).to_have_count(0)
    expect(page.locator("#id_q")).to_be_focused()
    assert page.url.endswith("/patients/")
    assert accessibility_violations(page) == []


def test_it_works_without_javascript(
    browser: Browser, doctor: Client, live_server: LiveServer
) -> None:
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    sign_in(context, doctor, live_server)
    page = context.new_page()
    page.goto("/patients/")
    page.locator("#id_q").fill("bo")
    page.locator("#id_q").press("Enter")
    page.get_by_role("link", name="Bo Prøvesen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bo Prøvesen")
    context.close()
