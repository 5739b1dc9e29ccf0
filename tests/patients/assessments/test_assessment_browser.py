"""In a real browser the draft saves itself while the doctor works, and the answer follows."""

from collections.abc import Callable

import pytest
from django.conf import settings
from playwright.sync_api import BrowserContext, Page, expect

from patients.models import Assessment
from tests.cast import Cast

from .pages import first_saved
from .pages import page as address

pytestmark = pytest.mark.django_db


@pytest.fixture
def doctors_page(page: Page, context: BrowserContext, cast: Cast, live_server: object) -> Page:
    """A browser in which the doctor is signed in, in English."""
    session = cast.doctor.client.cookies[settings.SESSION_COOKIE_NAME].value
    url = str(live_server)
    context.add_cookies(
        [
            {"name": settings.SESSION_COOKIE_NAME, "value": session, "url": url},
            {"name": settings.LANGUAGE_COOKIE_NAME, "value": "en", "url": url},
        ]
    )
    return page


def test_the_draft_saves_itself_and_the_button_saves_the_rest(
    doctors_page: Page,
    draft: Assessment,
    accessibility_violations: Callable[[Page], list[str]],
) -> None:
    page = doctors_page
    page.goto(address(draft))
    page.locator("#id_age").fill("64")
    page.locator("#id_age").press("Tab")
    expect(page.locator("#draft-version")).to_have_value("2")
    assert Assessment.objects.get().form_data["age"] == ["64"]
    page.locator("#id_total_b12_pmol_l").fill("400")
    expect(page.locator("#answer")).to_contain_text("400")
    page.get_by_role("button", name="Save draft").click()
    expect(page.get_by_text("The draft was saved.")).to_be_visible()
    assert Assessment.objects.get().form_data["total_b12_pmol_l"] == ["400"]
    assert accessibility_violations(page) == []


def test_a_change_by_somebody_else_is_said_and_both_versions_are_shown(
    doctors_page: Page,
    cast: Cast,
    draft: Assessment,
    accessibility_violations: Callable[[Page], list[str]],
) -> None:
    page = doctors_page
    page.goto(address(draft))
    first_saved(cast, draft)
    page.locator("#id_age").fill("64")
    page.locator("#id_age").press("Tab")
    expect(page.locator("#draft-status")).to_contain_text("Your last changes are not saved")
    page.get_by_role("button", name="Save draft").click()
    page.get_by_role("radio", name="70").check()
    assert accessibility_violations(page) == []
    page.get_by_role("button", name="Save what is chosen").click()
    expect(page.locator("#id_age")).to_have_value("70")
