"""What somebody sees who gets an error page, in a browser."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, Page
from pytest_django.live_server_helper import LiveServer

PAGES = {
    "suspicious": 400,
    "forbidden": 403,
    "token": 403,
    "no-such-failure/at-all": 404,
    "method": 405,
    "large": 413,
    "often": 429,
    "fault": 500,
}

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.b12site.raising_urls")]


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """Without the check of the console, which reports that the page is an error."""
    page = context.new_page()
    yield page
    page.close()


@pytest.mark.parametrize("failure", PAGES)
def test_it_is_readable_in_both_languages_on_every_screen(
    page: Page,
    live_server: LiveServer,
    failure: str,
    accessibility_violations: Callable[[Page], list[str]],
) -> None:
    for language in ("nb", "en"):
        chosen = {"name": "b12_language", "value": language, "url": live_server.url}
        page.context.add_cookies([chosen])  # type: ignore[list-item]
        answer = page.goto(f"/fail/{failure}")
        assert answer
        assert answer.status == PAGES[failure]
        for width in (1280, 360):
            page.set_viewport_size({"width": width, "height": 800})
            assert accessibility_violations(page) == []
            assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_it_looks_like_the_site_and_leads_to_the_front_page(page: Page) -> None:
    for failure in PAGES:
        page.goto(f"/fail/{failure}")
        heading = page.locator("main h1.ds-heading")
        font = heading.evaluate("element => getComputedStyle(element).fontFamily")
        assert font.startswith("Inter"), failure
        assert page.locator('main a[href="/"]').count(), failure
