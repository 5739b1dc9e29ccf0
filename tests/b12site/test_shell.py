"""The shell around every page, in a browser."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

WIDTHS = [1280, 360]


@pytest.mark.parametrize("width", WIDTHS)
def test_it_is_accessible_in_both_languages(
    page: Page, width: int, accessibility_violations: Callable[[Page], list[str]]
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto("/no-such-page")
    assert accessibility_violations(page) == []
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("button", name="Norsk")).to_be_visible()
    assert accessibility_violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_first_tab_leads_past_the_header(page: Page) -> None:
    page.goto("/no-such-page")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_the_own_font_is_used(page: Page) -> None:
    page.goto("/no-such-page")
    assert page.evaluate("document.fonts.ready.then(() => document.fonts.check('16px Inter'))")
    loaded = page.evaluate("[...document.fonts].filter(f => f.status === 'loaded').length")
    assert loaded > 0
