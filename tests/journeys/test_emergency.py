"""A doctor on call needs the record of another practice's patient: opens, reads and closes it."""

from typing import Any

import pytest
from playwright.sync_api import expect

from patients.models import EmergencyAccess, Patient
from tests.cast import Cast
from tests.patients.emergencies import NUMBER, REASON, code, with_app
from tests.patients.stage import Stage, staged

from .record import Calendar, Desk, nb, with_passwords

BANNER = "Emergency access"


@pytest.fixture
def stage(clinic: Cast, settings: Any) -> Stage:
    settings.B12_DEMO = True  # numbers that belong to nobody
    stage = staged(clinic)
    Patient.objects.filter(pk=stage["untreated patient"]).update(national_identity_number=NUMBER)
    with_passwords(clinic.stranger)
    with_app(clinic.stranger)
    return stage


def asked_for(desk: Desk, reason: str, code_typed: str) -> Desk:
    desk.fill(reason=reason, code=code_typed)
    return desk.press("Open the record")


def pages(stage: Stage) -> list[str]:
    patient = stage["untreated patient"]
    return [
        f"/patients/{patient}/",
        f"/patients/{patient}/results/",
        f"/patients/{patient}/trends/",
        f"/assessments/{stage['signed assessment']}/",
        f"/letters/{stage['issued letter']}/",
    ]


def test_a_record_is_opened_read_and_closed_in_an_emergency(
    desk: Desk, clinic: Cast, stage: Stage
) -> None:
    desk.sign_in(clinic.stranger).go("/patients/")
    desk.follow("The patient belongs to another practice and it is urgent")
    desk.fill(national_identity_number=NUMBER)
    asked_for(desk, "haster", code()).sees(nb("Correct this first"))
    expect(desk.page.locator("#id_code")).to_have_value("")
    asked_for(desk, REASON, code()).headed("Bo Prøvesen")
    read(desk, stage)
    desk.press("End the emergency access").sees(nb("The emergency access has ended."))
    desk.go(pages(stage)[0]).headed(nb("There is no such page"))
    assert EmergencyAccess.objects.get().ended_at is not None


def read(desk: Desk, stage: Stage) -> None:
    """On a wide screen and on a telephone."""
    for width in (1280, 360):
        desk.page.set_viewport_size({"width": width, "height": 900})
        for path in pages(stage):
            banner = desk.go(path).page.get_by_role("region", name=nb(BANNER), exact=True)
            expect(banner).to_contain_text(REASON)
            expect(banner).to_contain_text(clinic_of(stage))
            expect(desk.page.get_by_role("button", name=nb("Save"))).to_have_count(0)


def clinic_of(stage: Stage) -> str:
    return Patient.objects.get(pk=stage["untreated patient"]).practice.name


def test_it_ends_by_itself_and_says_so(
    desk: Desk, clinic: Cast, stage: Stage, calendar: Calendar
) -> None:
    """Somebody reads on all the time: the session itself does not run out."""
    desk.sign_in(clinic.stranger).go("/emergency/")
    desk.fill(national_identity_number=NUMBER)
    asked_for(desk, REASON, code(ahead=1)).headed("Bo Prøvesen")  # the other test used one
    for minute in range(10, 60, 10):
        calendar.on("2026-03-02", f"09:{minute}")
        desk.go(pages(stage)[1]).headed(nb("Results"))
    calendar.on("2026-03-02", "10:00")
    desk.go(pages(stage)[0]).headed(nb("The emergency access has ended"))
    desk.follow("Emergency access").headed(nb("Emergency access"))
