"""A doctor reads a record, finds the own reading on the list of who has read it, and gives the
patient the list as a letter."""

from playwright.sync_api import expect

from patients.models import Letter, LetterState
from tests.cast import Cast
from tests.patients import builders

from .record import Calendar, Desk, nb


def test_whoever_reads_stands_on_the_list_and_in_the_letter(
    desk: Desk, clinic: Cast, calendar: Calendar
) -> None:
    patient = builders.patient(clinic.practice)
    desk.sign_in(clinic.doctor).go(f"/patients/{patient.pk}/results/")
    desk.go(f"/patients/{patient.pk}/")
    link = desk.page.get_by_role("link", name=nb("Who has read the record"))
    link.click()
    rows = desk.look().page.locator(".work-list tbody tr")
    expect(rows).to_have_count(2)
    expect(rows.first).to_contain_text(clinic.doctor.user.name)
    expect(rows.first).to_contain_text(nb("Overview of the record"))
    desk.page.locator("#id_what").select_option("changed")
    desk.press("Show")
    expect(desk.page.get_by_text(nb("Nothing stands here for this choice."))).to_be_visible()

    calendar.on("2026-03-02", "09:05")
    desk.page.get_by_role("link", name=nb("Write a letter about it")).click()
    desk.look().press("Go on to the draft")
    desk.press("Issue")
    letter = Letter.objects.get()
    assert letter.state == LetterState.ISSUED
    assert clinic.doctor.user.name in str(letter.context)
