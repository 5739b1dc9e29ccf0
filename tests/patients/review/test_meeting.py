"""The list for the meeting, and the conclusion that closes a case."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from b12site.audit.models import Entry
from patients.models import CaseClosing, Patient, ReviewCase
from patients.services.review_meeting import meeting_conclude
from patients.services.reviews import ReviewRefusedError, review_reply
from tests.cast import Cast, Member
from tests.patients import builders
from tests.patients.builders import NOW

from . import desk, filled
from .filled import asked, case

pytestmark = pytest.mark.django_db
MEETING = "/admin/patients/reviewcase/meeting/"
MOST = 12


@pytest.fixture
def patient(office: Cast) -> Patient:
    return builders.patient(office.practice)


@pytest.fixture
def second(office: Cast) -> Member:
    return desk.reviewer(office.practice, "Kari Prøveås", "annen@cast.example")


@pytest.fixture
def disputed(office: Cast, patient: Patient, second: Member) -> ReviewCase:
    """The doctor chose otherwise; one reviewer agrees, the other does not."""
    override: dict[str, Any] = {
        "guideline_regimen": "oral_uncomplicated", "chosen_regimen": "none",
        "override_reason": "patient_wish", "override_text": "Åse vil vente",
        "signed_by": office.doctor.user,
    }  # fmt: skip
    made = case(patient, assessment=filled.signed(patient, **override), state="meeting")
    asked(made, office.reviewer.user, "agree", comment="Greit å vente.")
    asked(made, second.user, "doctor", reason="follow_up", comment="Åse bør ha en kontroll.")
    return made


def page(cast: Cast, address: str = MEETING) -> str:
    return cast.reviewer.client.get(address).content.decode()


def conclude(cast: Cast, of: ReviewCase, text: str = "Vente, kontroll om tre måneder") -> Any:
    return cast.reviewer.client.post(f"{MEETING}{of.pk}/", {"conclusion": text})


def test_a_disputed_case_stands_there_with_both_comments_and_the_answers(
    office: Cast, disputed: ReviewCase
) -> None:
    _own, theirs = disputed.reviews.all()
    review_reply(actor=office.doctor.actor, review=theirs, text="Kontroll er bestilt.", now=NOW)
    text = page(office)
    for words in (
        f"Case {disputed.pk}", "Greit å vente.", "bør ha en kontroll.", "Kontroll er bestilt.",
        "the follow-up does not suffice", "the patient wishes it so", "Kari Prøveås",
    ):  # fmt: skip
        assert words in text


def test_the_patients_name_is_masked_where_somebody_wrote_it(
    office: Cast, disputed: ReviewCase, patient: Patient
) -> None:
    text = page(office)
    assert patient.given_name not in text
    assert "[…] vil vente" in text


def test_a_practice_that_shows_names_to_its_reviewers_shows_them_here(
    office: Cast, disputed: ReviewCase
) -> None:
    desk.set_up(office.practice, shows_identity=True)
    assert "Åse vil vente" in page(office)


@pytest.mark.parametrize("state", ["open", "judged", "closed"])
def test_other_cases_do_not(office: Cast, disputed: ReviewCase, state: str) -> None:
    ReviewCase.objects.update(state=state)
    assert "No case is for the meeting" in page(office)
    assert office.reviewer.client.get(f"{MEETING}{disputed.pk}/").status_code == 404


def test_a_case_with_a_verdict_that_is_awaited_shows_nobody_the_other(
    office: Cast, disputed: ReviewCase
) -> None:
    disputed.reviews.filter(reviewer=office.reviewer.user).update(verdict="", judged_at=None)
    assert "bør ha en kontroll." not in page(office)


def test_a_reviewer_sees_only_cases_that_he_was_asked_about(
    office: Cast, patient: Patient, second: Member
) -> None:
    theirs = case(patient, (second.user, "rule"), state="meeting")
    assert f"Case {theirs.pk}" not in page(office)
    assert office.reviewer.client.get(f"{MEETING}{theirs.pk}/").status_code == 404
    assert conclude(office, theirs).status_code == 404


def test_an_emergency_access_is_there_with_its_reason(office: Cast, patient: Patient) -> None:
    access = filled.emergency(patient, office.stranger.user)
    made = case(patient, emergency=access, state="meeting", conclusion="", node="")
    asked(made, office.reviewer.user, "doctor", reason="not_justified")
    text = page(office)
    assert "Emergency access" in text
    assert "Bevisstløs i venterommet" in text
    assert "the access was not justified" in text


def test_the_conclusion_closes_the_case_and_is_kept(office: Cast, disputed: ReviewCase) -> None:
    assert conclude(office, disputed)["Location"] == MEETING
    disputed.refresh_from_db()
    assert (disputed.state, disputed.closed_at) == ("closed", NOW)
    kept = CaseClosing.objects.get(case=disputed)
    assert (kept.note, kept.by) == ("Vente, kontroll om tre måneder", office.reviewer.user)
    entry = Entry.objects.get(action="review.closed")
    assert (entry.object_id, entry.ground) == (disputed.pk, kept.note)


@pytest.mark.parametrize("text", ["", "   ", "x" * 2_001])
def test_without_a_conclusion_it_stays_and_what_was_written_too(
    office: Cast, disputed: ReviewCase, text: str
) -> None:
    answer = conclude(office, disputed, text)
    assert answer.status_code == 200
    assert "errorlist" in answer.content.decode()
    assert text.strip() in answer.content.decode()
    disputed.refresh_from_db()
    assert disputed.state == "meeting"


def test_the_service_refuses_what_is_not_for_the_meeting(
    office: Cast, disputed: ReviewCase
) -> None:
    ReviewCase.objects.update(state="judged")
    with pytest.raises(ReviewRefusedError, match="not for the meeting any more"):
        meeting_conclude(actor=office.reviewer.actor, case=disputed, conclusion="Enige", now=NOW)
    assert not CaseClosing.objects.exists()


@pytest.mark.parametrize("who", ["doctor", "practice_admin", "stranger"])
def test_the_service_refuses_who_was_not_asked(
    office: Cast, disputed: ReviewCase, who: str
) -> None:
    actor = getattr(office, who).actor
    with pytest.raises(PermissionDenied):
        meeting_conclude(actor=actor, case=disputed, conclusion="Enige", now=NOW)


def test_what_somebody_else_closed_meanwhile_is_said(
    office: Cast, disputed: ReviewCase, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuses(**_given: Any) -> None:
        raise ReviewRefusedError("The case was closed meanwhile.")

    monkeypatch.setattr("patients.review.pages.meeting_conclude", refuses)
    text = conclude(office, disputed, "Skrevet her").content.decode()
    assert "The case was closed meanwhile." in text
    assert "Skrevet her" in text


def test_one_row_of_the_log_says_whose_cases_were_shown(
    office: Cast, disputed: ReviewCase, patient: Patient
) -> None:
    page(office)
    (entry,) = Entry.objects.filter(action="shown.review_meeting")
    assert (entry.subject, entry.details) == (patient.pk, {"cases": [disputed.pk]})


def test_many_cases_take_as_many_queries_as_one(
    office: Cast, disputed: ReviewCase, second: Member
) -> None:
    def counted() -> int:
        with CaptureQueriesContext(connection) as queries:
            page(office)
        return len(queries)

    few = counted()
    for n in range(30):
        person = builders.patient(office.practice, family_name=f"Prøvesen {n}")
        case(person, (office.reviewer.user, "agree"), (second.user, "rule"), state="meeting")
    assert few <= MOST
    assert counted() <= few + 1  # the log names several patients in a row of their own


def test_the_list_ends_at_a_hundred_and_says_so(office: Cast, patient: Patient) -> None:
    for _n in range(101):
        case(patient, (office.reviewer.user, "rule"), state="meeting")
    text = page(office)
    assert text.count("review-meeting") == 100
    assert "These are the 100 oldest." in text
