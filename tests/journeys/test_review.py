"""A case from the queue to the verdict, the doctor's answer, and the numbers that come of it."""

import pytest
from playwright.sync_api import expect

from b12site.accounts.models import User
from patients.models import Review, ReviewCase
from tests.cast import Cast
from tests.patients import builders
from tests.patients.review import desk as office

from .record import Calendar, Desk, nb, with_passwords

SAID = "Fundusgastritt i 2019 er ikke med. Ta anti-IF."
ANSWER = "Takk, den hadde jeg oversett. Anti-IF er bestilt."


@pytest.fixture
def case(clinic: Cast, calendar: Calendar) -> ReviewCase:
    with_passwords(clinic.reviewer)
    User.objects.filter(pk=clinic.reviewer.user.pk).update(is_staff=True)
    office.set_up(clinic.practice)
    patient = builders.patient(clinic.practice, given_name="Snefrid", family_name="Prøvestrand")
    return office.case_of(clinic, patient=patient)


ADMIN = "#content-start"
"""What a page of the administration says."""


def says(desk: Desk, *texts: str) -> None:
    for text in texts:
        expect(desk.page.locator(ADMIN)).to_contain_text(text)


def queue(desk: Desk, clinic: Cast) -> Desk:
    """A reviewer begins in the administration."""
    desk.sign_in(clinic.reviewer)
    desk.page.wait_for_url("**/admin/")
    name = nb("cases for review").capitalize()
    desk.page.locator(ADMIN).get_by_role("link", name=name).click()
    return desk.look()


@pytest.mark.parametrize("width", [1280, 360])
def test_a_case_goes_from_the_queue_to_a_verdict_an_answer_and_the_numbers(
    desk: Desk, clinic: Cast, case: ReviewCase, width: int
) -> None:
    desk.page.set_viewport_size({"width": width, "height": 900})
    queue(desk, clinic)
    says(desk, nb("to be judged by you"))
    desk.page.locator("#result_list").get_by_role("link", name=str(case.pk), exact=True).click()
    says(desk.look(), "Ragna Prøvevik", "1,2 µmol/L")
    for name in ("Snefrid", "Prøvestrand"):
        expect(desk.page.locator(ADMIN)).not_to_contain_text(name)
    expect(desk.page.locator("svg.flowchart .flow-conclusion.flow-lit")).to_have_count(1)
    desk.tick("judgement", "doctor overlooked").press("Give the verdict")
    expect(desk.page.locator("#errors")).to_be_visible()
    desk.fill(comment=SAID).press("Give the verdict")
    says(desk, nb("Your verdict on case %(n)s was kept.", n=str(case.pk)))
    answered(desk, clinic)
    says(queue(desk, clinic).go(f"/admin/patients/reviewcase/{case.pk}/change/"), ANSWER)
    says(desk.go("/admin/patients/reviewcase/numbers/"), "MMA")
    assert Review.objects.get().verdict == "doctor"


def answered(desk: Desk, clinic: Cast) -> None:
    desk.sign_in(clinic.doctor).go("/worklist/").follow("Comments on your assessments")
    desk.sees(SAID, "Snefrid Prøvestrand").follow("Snefrid Prøvestrand")
    desk.sees(SAID).press("Send the answer")
    expect(desk.page.locator("#errors")).to_be_visible()
    desk.fill(text=ANSWER).press("Send the answer")
    desk.sees(nb("Your answer was kept. The reviewer sees it."), ANSWER)
