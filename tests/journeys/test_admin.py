"""The administration as its users see it: axe, and no page wider than its window."""

import re
from datetime import date
from decimal import Decimal

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from b12site.accounts.models import User
from b12site.audit.log import changed
from b12site.audit.models import Entry
from patients.models import Laboratory, ReferenceLimit
from tests.cast import Cast
from tests.patients import builders

from .record import TOO_WIDE, Violations, nb

WIDTHS = [1280, 360]


@pytest.fixture
def laboratory(clinic: Cast) -> Laboratory:
    """With a limit for each half of mankind, so that its page has rows and an empty one."""
    laboratory = builders.laboratory(at=clinic.practice, name="Fjordlaboratoriet")
    for sex in ("female", "male"):
        ReferenceLimit.objects.create(
            laboratory=laboratory,
            analyte="total_b12_pmol_l",
            sex=sex,
            lower=Decimal(175),
            upper=Decimal(700),
            valid_from=date(2026, 1, 1),
        )
    with transaction.atomic():
        changed(actor=clinic.practice_admin.actor, action="laboratory.added", obj=laboratory)
    return laboratory


@pytest.fixture
def operator(clinic: Cast) -> Client:
    user = User.objects.create_superuser("drift@cast.example", name="Dag Prøvemo")
    client = Client()
    client.force_login(user)
    return client


def sit_down(context: BrowserContext, server: LiveServer, client: Client) -> None:
    """The browser goes on in the session of that client."""
    name = settings.SESSION_COOKIE_NAME
    context.clear_cookies()
    context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": server.url}])


def pages(clinic: Cast, laboratory: Laboratory) -> list[str]:
    return [
        "",
        "accounts/",
        "patients/",
        "accounts/practice/",
        f"accounts/practice/{clinic.practice.pk}/change/",
        f"accounts/practice/{clinic.practice.pk}/history/",
        "accounts/user/",
        "accounts/user/?q=prove&is_active__exact=1",
        "accounts/user/add/",
        f"accounts/user/{clinic.doctor.user.pk}/change/",
        "patients/laboratory/",
        "patients/laboratory/add/",
        f"patients/laboratory/{laboratory.pk}/change/",
        f"patients/laboratory/{laboratory.pk}/delete/",
        "patients/reviewsetting/",
        "patients/reviewsetting/add/",
        "audit/",
        "audit/entry/",
        f"audit/entry/{Entry.objects.latest('pk').pk}/change/",
    ]


def for_the_operator(clinic: Cast) -> list[str]:
    return [
        "accounts/practice/add/",
        f"accounts/practice/{clinic.practice.pk}/delete/",
        "accounts/user/add/",
        f"accounts/user/{clinic.doctor.user.pk}/change/",
        f"accounts/user/{clinic.doctor.user.pk}/password/",
    ]


def faults(page: Page, violations: Violations, path: str) -> dict[str, list[str]]:
    page.goto(f"/admin/{path}")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    found = violations(page) + page.evaluate(TOO_WIDE)
    return {path: found} if found else {}


@pytest.mark.parametrize("width", WIDTHS)
def test_no_page_has_a_fault(
    context: BrowserContext,
    page: Page,
    live_server: LiveServer,
    clinic: Cast,
    laboratory: Laboratory,
    operator: Client,
    accessibility_violations: Violations,
    width: int,
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    found: dict[str, list[str]] = {}
    sit_down(context, live_server, clinic.practice_admin.client)
    for path in pages(clinic, laboratory):
        found |= faults(page, accessibility_violations, path)
    sit_down(context, live_server, operator)
    for path in for_the_operator(clinic):
        found |= faults(page, accessibility_violations, path)
    assert found == {}


def test_a_search_field_of_a_new_row_is_read_out_by_its_label(
    context: BrowserContext,
    page: Page,
    live_server: LiveServer,
    clinic: Cast,
    accessibility_violations: Violations,
) -> None:
    sit_down(context, live_server, clinic.practice_admin.client)
    page.goto(f"/admin/accounts/practice/{clinic.practice.pk}/change/")
    page.locator(".add-row a").click()
    new = page.locator("#memberships-5")
    expect(new.get_by_role("combobox", name=re.compile(nb("user"), re.IGNORECASE))).to_be_visible()
    assert accessibility_violations(page) == []
