"""What the journeys through the record share: people at a computer, and a calendar.

Texts are looked up in the catalogue as the page does it, so that a journey reads like the source
and clicks what stands on the Norwegian page.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext, override
from playwright.sync_api import Locator, Page, expect

from tests.cast import Member, code_for

PASSWORD = "et-langt-passord-1"
TOO_WIDE = """() => document.documentElement.scrollWidth <= innerWidth ? [] :
    [...document.querySelectorAll("main *")]
        .filter((part) => part.getBoundingClientRect().right > innerWidth)
        .map((part) => part.outerHTML.slice(0, 200))"""
"""What makes the page wider than its window."""
Violations = Callable[[Page], list[str]]


def nb(text: str, **values: str) -> str:
    """As it stands on the page."""
    with override("nb"):
        said = gettext(text)
    return said % values if values else said


@dataclass
class Calendar:
    """The day on which the site believes to be."""

    now: datetime = field(default_factory=lambda: at("2026-03-02"))

    def on(self, day: str, clock: str = "09:00") -> None:
        self.now = at(day, clock)


def at(day: str, clock: str = "09:00") -> datetime:
    return datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=ZoneInfo("Europe/Oslo"))


class Desk:
    """A browser with somebody in front of it. Each new page is looked at by axe, and may not be
    wider than its window."""

    def __init__(self, page: Page, violations: Violations | None = None) -> None:
        self.page, self.violations = page, violations
        self.looked_at: set[str] = set()

    # Getting about

    def sign_in(self, member: Member) -> "Desk":
        """Through the page, whoever sat here before."""
        self.page.context.clear_cookies()
        return self.go("/account/sign-in/").typed_password(member)

    def typed_password(self, member: Member) -> "Desk":
        self.page.locator("#id_login").fill(member.user.email)
        self.page.locator("#id_password").fill(PASSWORD)
        code = code_for(member.user)
        self.press("Sign in")
        self.page.locator("#id_code").fill(code)
        self.press("Sign in")
        expect(self.page.get_by_text(member.user.name).first).to_be_visible()
        return self

    def go(self, path: str) -> "Desk":
        self.page.goto(path)
        return self.look()

    def press(self, text: str) -> "Desk":
        self.settle()
        self.page.get_by_role("button", name=nb(text), exact=True).click()
        return self.look()

    def settle(self) -> None:
        """Nothing is on its way to or from the page."""
        expect(self.page.locator(".htmx-request")).to_have_count(0)

    def follow(self, text: str, within: Locator | None = None) -> "Desk":
        place = self.page.locator("main") if within is None else within
        place.get_by_role("link", name=nb(text), exact=True).first.click()
        return self.look()

    def look(self) -> "Desk":
        """Once for each kind of page, with errors and without."""
        self.page.wait_for_load_state()
        kind = re.sub(r"\d+", "1", self.page.url) + str(self.page.locator("#errors").count())
        if kind not in self.looked_at and self.violations:
            self.looked_at.add(kind)
            found = self.violations(self.page)
            assert found == [], f"{self.page.url}: {found}"
        too_wide = self.page.evaluate(TOO_WIDE)
        assert too_wide == [], f"{self.page.url}: {too_wide}"
        return self

    # What is typed

    def fill(self, **fields: str) -> "Desk":
        """Text fields by name; dates as 2026-03-02."""
        for name, value in fields.items():
            self.page.locator(f"#id_{name}").fill(value)
        return self

    def tick(self, name: str, value: str = "") -> "Desk":
        """A box or one of several choices, by name and value."""
        chosen = f'input[name="{name}"]' + (f'[value="{value}"]' if value else "")
        self.page.locator(chosen).check()
        return self

    # What is seen

    def sees(self, *texts: str | re.Pattern[str]) -> "Desk":
        for text in texts:
            expect(self.page.locator("main")).to_contain_text(text)
        return self

    def misses(self, *texts: str | re.Pattern[str]) -> "Desk":
        for text in texts:
            expect(self.page.locator("main")).not_to_contain_text(text)
        return self

    def headed(self, text: str | re.Pattern[str]) -> "Desk":
        expect(self.page.get_by_role("heading", level=1)).to_have_text(text)
        return self


def with_passwords(*members: Member) -> None:
    for member in members:
        member.user.set_password(PASSWORD)
        member.user.save()
