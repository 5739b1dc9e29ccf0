"""Coming in: the first time with an app, later with its code or a passkey, and after a lock."""

import re
import time
from types import SimpleNamespace

import pytest
from allauth.core.internal import ratelimit
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import override_settings
from playwright.sync_api import Page, expect

from b12site.accounts import lockout, second_factor
from tests.cast import Cast, Member, code_for

from .record import PASSWORD, Desk, Violations, nb, with_passwords

SIGN_IN, SECOND_STEP, SET_UP = "/account/sign-in/", "/account/second-factor/", "/account/set-up/"
WRONG = "000000"


@pytest.fixture
def narrow(page: Page, accessibility_violations: Violations) -> Desk:
    """A telephone."""
    page.set_viewport_size({"width": 360, "height": 760})
    return Desk(page, accessibility_violations)


def password(desk: Desk, member: Member) -> Desk:
    desk.go(SIGN_IN).fill(login=member.user.email, password=PASSWORD)
    return desk.press("Sign in")


def app_code(desk: Desk) -> str:
    """What the app shows that took in the key on the page."""
    key = desk.page.locator(".account-key").inner_text().replace(" ", "")
    return format_hotp_value(hotp_value(key, int(time.time()) // 30))


def with_passkey(desk: Desk, button: str) -> Desk:
    """The browser sends the page when the passkey has answered."""
    with desk.page.expect_navigation():
        desk.page.get_by_role("button", name=nb(button)).click()
    return desk.look()


def is_at(desk: Desk, path: str) -> Desk:
    expect(desk.page).to_have_url(re.compile(re.escape(path) + r"(\?|$)"))
    return desk


def test_the_first_sign_in_ends_at_the_work_list(desk: Desk, clinic: Cast) -> None:
    is_at(password(desk, clinic.doctor), SET_UP)
    desk.fill(code=WRONG).press("Finish and sign in").sees(nb("Correct this first"))
    desk.fill(code=app_code(desk)).press("Finish and sign in")
    desk.sees(nb("Your recovery codes"))
    with desk.page.expect_download() as saved:
        desk.page.get_by_role("link", name=nb("Save as a file")).click()
    codes = re.findall(r"\d{8}", saved.value.path().read_text())
    assert codes == desk.page.locator(".account-codes code").all_inner_texts()
    desk.follow("I have kept them: go on")
    is_at(desk, "/worklist/")
    desk.press("Sign out")
    is_at(password(desk, clinic.doctor), SECOND_STEP)
    desk.fill(code=codes[0]).press("Sign in")
    is_at(desk, "/worklist/")


def test_it_fits_a_telephone(narrow: Desk, clinic: Cast) -> None:
    is_at(password(narrow, clinic.doctor), SET_UP)
    narrow.fill(code=app_code(narrow)).press("Finish and sign in")
    narrow.follow("I have kept them: go on").go("/account/me/").sees(nb("Recovery codes"))
    narrow.follow("Make new codes").sees(nb("Is it you?"))
    narrow.fill(password=PASSWORD).press("Go on")
    narrow.press("Make new codes").sees(nb("Your recovery codes"))
    for path in ("app/", "passkey/"):
        narrow.go(f"{SECOND_STEP}{path}")


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """How far the clock by which failures are counted is ahead."""
    clock = SimpleNamespace(ahead=0.0)
    ahead = SimpleNamespace(
        time=lambda: time.time() + clock.ahead, monotonic=time.monotonic, sleep=time.sleep
    )
    monkeypatch.setattr(ratelimit, "time", ahead)
    monkeypatch.setattr(lockout, "time", ahead)
    return clock


def test_locked_out_and_back(desk: Desk, clinic: Cast, later: SimpleNamespace) -> None:
    code = code_for(clinic.doctor.user)
    password(desk, clinic.doctor)
    for _ in range(5):
        desk.fill(code=WRONG).press("Sign in")
    desk.fill(code=code).press("Sign in")
    too_many = "There have been too many failed attempts. Wait five minutes and try again."
    desk.sees(nb(too_many))
    later.ahead = 301
    desk.fill(code=code).press("Sign in")
    is_at(desk, "/worklist/")


def test_wrong_passwords_lock_too(desk: Desk, clinic: Cast, later: SimpleNamespace) -> None:
    code = code_for(clinic.doctor.user)
    desk.go(SIGN_IN)
    for _ in range(5):
        desk.fill(login=clinic.doctor.user.email, password="wrong").press("Sign in")
    password(desk, clinic.doctor).sees(re.compile("fem minutter|five minutes"))
    later.ahead = 301
    is_at(password(desk, clinic.doctor), SECOND_STEP)
    desk.fill(code=code).press("Sign in")
    is_at(desk, "/worklist/")


def test_a_passkey_from_the_first_sign_in_on(desk: Desk, clinic: Cast) -> None:
    plug_in_a_passkey(desk.page)
    password(desk, clinic.doctor)
    desk.follow("Use a passkey instead").fill(name="Nøkkelknippet")
    with_passkey(desk, "Create the passkey").sees(nb("Your recovery codes"))
    desk.follow("I have kept them: go on")
    desk.press("Sign out")
    is_at(password(desk, clinic.doctor), SECOND_STEP)
    with_passkey(desk, "Use the passkey")
    is_at(desk, "/worklist/")
    desk.go("/account/me/").sees("Nøkkelknippet")
    app_added_with_the_passkey(desk)
    desk.page.get_by_role("link", name=re.compile(f"{nb('Remove')}.*Nøkkelknippet")).click()
    desk.look().press("Remove").sees(nb("It is removed."))
    assert [each.type for each in second_factor.of(clinic.doctor.user)] == ["totp"]


def app_added_with_the_passkey(desk: Desk) -> None:
    desk.follow("Set up an authenticator app").follow("Use a passkey instead")
    with_passkey(desk, "Use the passkey")
    is_at(desk, f"{SECOND_STEP}app/")
    desk.fill(code=app_code(desk)).press("Save").sees(nb("Authenticator app"))


def test_a_passkey_that_says_nothing_is_explained(desk: Desk, clinic: Cast) -> None:
    plug_in_a_passkey(desk.page, present=False)
    password(desk, clinic.doctor)
    desk.follow("Use a passkey instead")
    desk.page.get_by_role("button", name=nb("Create the passkey")).click()
    nothing = "Nothing came from the passkey. Try once more, or use another way."
    expect(desk.page.get_by_role("alert")).to_have_text(nb(nothing), timeout=70_000)
    assert not Authenticator.objects.exists()


def plug_in_a_passkey(page: Page, *, present: bool = True) -> None:
    """Chromium's own, in software; ``present`` says whether anybody touches it."""
    tools = page.context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "usb",
        "hasUserVerification": True,
        "isUserVerified": present,
        "automaticPresenceSimulation": True,
    }
    tools.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def test_the_administrator_helps_whoever_lost_the_telephone(desk: Desk, clinic: Cast) -> None:
    with_passwords(clinic.practice_admin)
    code_for(clinic.doctor.user)
    desk.sign_in(clinic.practice_admin).go(f"/admin/accounts/user/{clinic.doctor.user.pk}/change/")
    desk.page.get_by_role("link", name=nb("Take it away")).click()
    desk.look()
    desk.page.get_by_role("button", name=nb("Take it away")).click()
    expect(desk.page.get_by_text(clinic.doctor.user.name).first).to_be_visible()
    desk.page.context.clear_cookies()
    is_at(password(desk, clinic.doctor), SET_UP)


@override_settings(B12_DEMO=True)
def test_a_demo_user_comes_in_with_the_password(desk: Desk, clinic: Cast) -> None:
    second_factor.excuse(clinic.doctor.user)
    is_at(password(desk, clinic.doctor), "/worklist/")
    desk.go("/account/me/").sees(nb("None. In this demonstration the password is enough."))
