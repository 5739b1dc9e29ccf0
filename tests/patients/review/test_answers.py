"""What reviewers say reaches the doctor who signed, and nobody else."""

from html import unescape

import pytest

from patients.models import Review, ReviewReply
from tests.cast import Cast, Member
from tests.patients.builders import NOW

from . import desk
from .desk import AGAINST
from .test_queue import queries

pytestmark = pytest.mark.django_db
SAID = "Fundusgastritt i 2019."


@pytest.fixture
def judged(office: Cast) -> Review:
    case = desk.case_of(office)
    return desk.judge(case.reviews.get(), office.reviewer, **AGAINST)


def page(member: Member, path: str) -> str:
    answer = member.client.get(path)
    assert answer.status_code == 200, path
    return unescape(answer.content.decode())


def assessment(review: Review) -> str:
    return f"/assessments/{review.case.assessment_id}/"


def test_the_doctor_reads_it_on_the_assessment_and_in_the_list(
    office: Cast, judged: Review
) -> None:
    for path in (assessment(judged), "/reviews/", f"/reviews/{judged.pk}/answer/"):
        assert SAID in page(office.doctor, path), path
    assert "1 not answered" in page(office.doctor, "/worklist/")


def test_colleagues_read_the_assessment_without_it(office: Cast, judged: Review) -> None:
    for member in (office.colleague, office.assistant):
        assert SAID not in page(member, assessment(judged))
        assert "/reviews/" not in page(member, "/worklist/")
    assert SAID not in page(office.colleague, "/reviews/")


def test_nothing_is_said_before_it_is_judged(office: Cast) -> None:
    review = desk.case_of(office).reviews.get()
    assert "Review" not in page(office.doctor, assessment(review))
    assert office.doctor.client.get(f"/reviews/{review.pk}/answer/").status_code == 404
    assert "No reviewer has commented" in page(office.doctor, "/reviews/")


def test_the_answer_is_seen_by_the_reviewer(office: Cast, judged: Review) -> None:
    address = f"/reviews/{judged.pk}/answer/"
    answer = office.doctor.client.post(address, {"text": "Takk, anti-IF er bestilt."})
    assert (answer.status_code, answer["Location"]) == (302, assessment(judged))
    case = f"/admin/patients/reviewcase/{judged.case_id}/change/"
    assert "Takk, anti-IF er bestilt." in page(office.reviewer, case)
    assert "not answered" not in page(office.doctor, "/worklist/")
    assert ReviewReply.objects.get().at == NOW


@pytest.mark.parametrize("text", ["", "   ", "x" * 4001])
def test_an_answer_that_cannot_be_kept_is_said_and_stays(
    office: Cast, judged: Review, text: str
) -> None:
    answer = office.doctor.client.post(f"/reviews/{judged.pk}/answer/", {"text": text})
    body = answer.content.decode()
    assert (answer.status_code, 'id="errors"' in body, text.strip() in body) == (200, True, True)
    assert not ReviewReply.objects.exists()


def test_what_waits_for_an_answer_stands_first(office: Cast, judged: Review) -> None:
    later = desk.judge(desk.case_of(office).reviews.get(), office.reviewer)
    text = page(office.doctor, "/reviews/")
    assert text.index(f"/reviews/{judged.pk}/") < text.index(f"/reviews/{later.pk}/")


def test_the_list_asks_no_more_however_long_it_is(office: Cast, judged: Review) -> None:
    desk.judge(desk.case_of(office).reviews.get(), office.reviewer)
    few = queries(office.doctor, "/reviews/")
    for _ in range(4):
        desk.judge(desk.case_of(office).reviews.get(), office.reviewer, **AGAINST)
    assert queries(office.doctor, "/reviews/") == few <= 12


def test_the_page_of_the_assessment_keeps_its_limit(office: Cast, judged: Review) -> None:
    assert queries(office.doctor, assessment(judged)) <= 12
    assert queries(office.doctor, "/worklist/") <= 12
