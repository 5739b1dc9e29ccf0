"""The record without JavaScript and with the keyboard alone, and on a telephone."""

from collections.abc import Iterator

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from patients.models import Assessment, Patient, Result
from tests.cast import Cast, code_for
from tests.patients.stage import Stage, staged
from tests.patients.test_refusals import RULES, address

from .record import PASSWORD, Desk, nb

FILES = {"worklist_csv", "letter_pdf", "batch_pdf"}
PRESSES = 250
"""More than the longest form has places to stop at."""


@pytest.fixture
def plain(browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    """A browser without JavaScript."""
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


class Keyboard:
    """Somebody who has no mouse: moves on with Tab until the place with the name is reached."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def to(self, css: str) -> "Keyboard":
        wanted = self.page.locator(css).first
        expect(wanted).to_be_attached()
        for _press in range(PRESSES):
            self.page.keyboard.press("Tab")
            if self.page.locator(f":focus:is({css})").count():
                return self
        raise AssertionError(f"{css} cannot be reached with Tab on {self.page.url}")

    def write(self, css: str, text: str) -> "Keyboard":
        self.to(css).page.keyboard.type(text)
        return self

    def press(self, text: str) -> "Keyboard":
        """The button with these words."""
        self.to(f'button:text-is("{nb(text)}")')
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        return self


def test_it_works_by_keyboard_and_without_javascript(plain: Page, clinic: Cast) -> None:
    keys = Keyboard(plain)
    plain.goto("/account/sign-in/")
    code = code_for(clinic.doctor.user)
    keys.write("#id_login", clinic.doctor.user.email).write("#id_password", PASSWORD)
    keys.press("Sign in").write("#id_code", code).press("Sign in")
    plain.goto("/patients/new/")
    keys.write("#id_given_name", "Bo").write("#id_family_name", "Prøveli")
    keys.write("#id_birth_date", "04.05.1958").press("Register")
    expect(plain.get_by_role("heading", level=1)).to_have_text("Bo Prøveli")
    results_typed(keys, Patient.objects.get())
    drafted_and_signed(keys, Patient.objects.get())
    assert Assessment.objects.get().chosen_regimen == "oral_uncomplicated"


def results_typed(keys: Keyboard, patient: Patient) -> None:
    keys.page.goto(f"/patients/{patient.pk}/results/new/")
    keys.write("#id_sampled_on", "02022026")  # day and month in either order
    keys.write("#id_total_b12_pmol_l", "90").write("#id_mma_umol_l", "1,2")
    keys.press("Store the results")
    assert Result.objects.filter(patient=patient).count() == 2


def drafted_and_signed(keys: Keyboard, patient: Patient) -> None:
    keys.page.goto(f"/patients/{patient.pk}/assessments/new/")
    keys.press("Begin the assessment")
    keys.to('input[value="fatigue"]').page.keyboard.press("Space")
    keys.press("Save and go on to sign")
    expect(keys.page.locator("main")).to_contain_text("sikker vitamin B12-mangel")
    keys.press("Sign")
    expect(keys.page.get_by_role("heading", level=1)).to_have_text(nb("Signed assessment"))


@pytest.fixture
def stage(clinic: Cast) -> Stage:
    return staged(clinic)


def test_no_page_of_the_record_is_wider_than_a_telephone(
    desk: Desk, clinic: Cast, stage: Stage
) -> None:
    """Nor has axe anything to say about it."""
    desk.page.set_viewport_size({"width": 360, "height": 780})
    desk.sign_in(clinic.doctor)
    for name, rule in RULES.items():
        if "GET" in rule.methods and rule.asked == 200 and name not in FILES:
            desk.go(address(name, stage))
    desk.go(reverse("patients:assessment", args=[stage["signed assessment"]]))
    desk.go(reverse("patients:control", args=[stage["ended control"]]))
    desk.go(reverse("patients:worklist") + "?show=removed")


def test_enter_in_a_field_saves_and_does_not_switch_the_language(plain: Page, clinic: Cast) -> None:
    """The switch stands above the form and sends it too: it must not be the form's first button."""
    Desk(plain).sign_in(clinic.doctor)
    plain.goto("/patients/new/")
    plain.fill("#id_given_name", "Beret")
    plain.fill("#id_family_name", "Prøvestad")
    plain.fill("#id_birth_date", "1970-04-05")
    with plain.expect_navigation():
        plain.press("#id_birth_date", "Enter")
    assert Patient.objects.filter(given_name="Beret").exists()
    expect(plain.locator("html")).to_have_attribute("lang", "nb")
