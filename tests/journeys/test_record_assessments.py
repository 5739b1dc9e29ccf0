"""Choosing otherwise, correcting what was signed, two doctors on one draft, and a session that ran
out: nothing that was decided is hidden, and nothing that was typed is lost."""

from datetime import date, timedelta

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from patients.models import Assessment, Patient
from tests.cast import Cast
from tests.patients import builders

from .record import Calendar, Desk, Violations, nb


@pytest.fixture
def of(clinic: Cast) -> Patient:
    """A woman with low B12 and much MMA, sampled last week."""
    patient = builders.patient(clinic.practice)
    sampled = {"sampled_on": date(2026, 2, 27)}
    builders.result(patient, "total_b12_pmol_l", "90", **sampled)
    builders.result(patient, "mma_umol_l", "1.2", unit="µmol/L", **sampled)
    return patient


def drafted(desk: Desk, of: Patient) -> int:
    desk.go(f"/patients/{of.pk}/assessments/new/").press("Begin the assessment")
    return int(desk.page.url.strip("/").split("/")[-1])


def signed(desk: Desk, of: Patient) -> int:
    number = drafted(desk, of)
    desk.tick("symptoms", "fatigue").press("Save and go on to sign").press("Sign")
    desk.headed(nb("Signed assessment"))
    return number


def test_choosing_otherwise_needs_a_reason_and_stays_visible(
    desk: Desk, clinic: Cast, of: Patient
) -> None:
    desk.sign_in(clinic.doctor)
    drafted(desk, of)
    desk.press("Save and go on to sign").tick("follow", "otherwise")
    desk.page.locator("#id_regimen").select_option("im_5_days_then_im_hydroxo")
    desk.fill(comment="Vil ha kontroll hos oss").press("Sign")
    expect(desk.page.locator("#errors")).to_be_visible()
    expect(desk.page.locator("#id_comment")).to_have_value("Vil ha kontroll hos oss")
    desk.page.locator("#id_override_reason").select_option("practical")
    desk.fill(override_text="Svelger ikke tabletter").press("Sign")
    desk.sees(nb("Signed, otherwise than the guideline"), "Svelger ikke tabletter")
    desk.sees("praktiske grunner", "Tabletter: 2 mg daglig i én måned", "Vil ha kontroll hos oss")
    desk.go(f"/patients/{of.pk}/").sees("Injeksjoner i 5 dager")


def test_a_correction_counts_and_what_it_corrects_stays_readable(
    desk: Desk, clinic: Cast, of: Patient
) -> None:
    desk.sign_in(clinic.doctor)
    old = signed(desk, of)
    desk.sees("1,2 µmol/L", "Slapphet").follow("Correct").fill(reason="MMA var 0,12, ikke 1,2")
    desk.press("Begin the correction").fill(mma_umol_l="0,12")
    desk.press("Save and go on to sign").press("Sign")
    new = int(desk.page.url.strip("/").split("/")[-1])
    desk.sees("0,12", "MMA var 0,12, ikke 1,2").follow("Show what it corrects")
    assert desk.page.url.endswith(f"/assessments/{old}/")
    desk.sees("1,2 µmol/L", "MMA var 0,12, ikke 1,2").follow("Show the correction")
    assert desk.page.url.endswith(f"/assessments/{new}/")
    desk.go(f"/patients/{of.pk}/")
    expect(desk.page.locator(".record-now a").first).to_have_attribute(
        "href", f"/assessments/{new}/"
    )
    expect(desk.page.locator(f'.record-timeline a[href="/assessments/{old}/"]')).to_be_visible()


@pytest.fixture
def other_desk(
    browser: Browser, live_server: LiveServer, accessibility_violations: Violations
) -> Desk:
    """A colleague's machine."""
    context = browser.new_context(base_url=live_server.url, viewport={"width": 1280, "height": 900})
    return Desk(context.new_page(), accessibility_violations)


def test_two_doctors_on_one_draft_choose_between_both_versions(
    desk: Desk, other_desk: Desk, clinic: Cast, of: Patient
) -> None:
    number = drafted(desk.sign_in(clinic.doctor), of)
    other_desk.sign_in(clinic.colleague).go(f"/assessments/{number}/")
    desk.fill(folate_nmol_l="22").tick("symptoms", "paraesthesia").press("Save draft")
    other_desk.fill(folate_nmol_l="5", ferritin_ug_l="12").press("Save draft")
    other_desk.headed(nb("Two versions of the draft")).sees("22", "5", "12", "Ragna Prøvevik")
    assert Assessment.objects.get().form_data["folate_nmol_l"] == ["22"]
    other_desk.tick("pick-folate_nmol_l", "theirs").tick("pick-symptoms", "theirs")
    other_desk.press("Save what is chosen")
    expect(other_desk.page.locator("#id_folate_nmol_l")).to_have_value("22")
    expect(other_desk.page.locator("#id_ferritin_ug_l")).to_have_value("12")
    expect(other_desk.page.locator('input[value="paraesthesia"]')).to_be_checked()
    other_desk.page.context.close()


def test_what_was_typed_when_the_session_ran_out_is_there_after_signing_in(
    desk: Desk, clinic: Cast, of: Patient, calendar: Calendar
) -> None:
    number = drafted(desk.sign_in(clinic.doctor), of)
    calendar.now += timedelta(hours=13)
    desk.fill(folate_nmol_l="5").tick("symptoms", "paraesthesia")
    desk.page.get_by_role("button", name=nb("Save draft"), exact=True).click()
    desk.look().sees(nb("You are signed out. What you typed is kept on this page."))
    signed_in_beside(desk, clinic)
    desk.press("I have signed in, go on").headed(nb("Assessment, draft"))
    expect(desk.page.locator(".ds-alert").first).to_contain_text(str(clinic.doctor.user))
    expect(desk.page.locator("#id_folate_nmol_l")).to_have_value("5")
    assert "folate_nmol_l" not in Assessment.objects.get().form_data
    desk.press("Save draft").sees(nb("The draft was saved."))
    assert Assessment.objects.get(pk=number).form_data["symptoms"] == ["paraesthesia"]


def signed_in_beside(desk: Desk, clinic: Cast) -> None:
    """In a new tab, as the page says."""
    with desk.page.context.expect_page() as opened:
        desk.page.get_by_role("link", name=nb("Sign in in a new tab")).click()
    tab: Page = opened.value
    beside = Desk(tab)
    tab.wait_for_load_state()
    beside.typed_password(clinic.doctor)
    tab.close()
