"""A practice whose people can sign in, and the day on which they do."""

import pytest
from django.core.cache import cache
from playwright.sync_api import Page

from tests.cast import Cast

from .record import Calendar, Desk, Violations, with_passwords


@pytest.fixture
def calendar(monkeypatch: pytest.MonkeyPatch) -> Calendar:
    calendar = Calendar()
    monkeypatch.setattr("django.utils.timezone.now", lambda: calendar.now)
    return calendar


@pytest.fixture
def clinic(live_server: object, calendar: Calendar, cast: Cast) -> Cast:
    cache.clear()  # failed sign-ins are not in a table that is emptied between tests
    with_passwords(cast.doctor, cast.colleague, cast.assistant)
    return cast


@pytest.fixture
def desk(page: Page, accessibility_violations: Violations) -> Desk:
    return Desk(page, accessibility_violations)
