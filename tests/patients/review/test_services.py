"""Cases come from signatures and emergency accesses, are judged once, and are answered."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command

from b12site.accounts.models import Membership, Role
from b12site.audit.models import Entry
from patients.models import CaseState, Ground, Patient, Review, ReviewCase, ReviewReply
from patients.services import review_queue
from patients.services.reviews import (
    ReviewRefusedError,
    review_ask,
    review_close,
    review_judge,
    review_reply,
    review_take,
)
from tests.cast import Cast, Member
from tests.patients import builders
from tests.patients.builders import NOW

from . import desk
from .desk import AGAINST, SOUND

pytestmark = pytest.mark.django_db


@pytest.fixture
def second(office: Cast) -> Member:
    return desk.reviewer(office.practice, "Sindre Prøvelund", "andre@cast.example")


def grounds(case: ReviewCase) -> set[str]:
    return set(case.grounds.values_list("ground", flat=True))


def asked(case: ReviewCase) -> list[str]:
    return list(case.reviews.order_by("pk").values_list("reviewer__email", flat=True))


# How cases come


def test_a_signature_with_a_ground_becomes_a_case_of_the_practices_reviewer(office: Cast) -> None:
    case = desk.case_of(office)
    assert (grounds(case), asked(case)) == ({Ground.NEUROLOGICAL}, ["fagfelle@cast.example"])
    assert (case.conclusion, case.age) == ("confirmed_b12_deficiency", 63)
    assert (case.node, case.day, case.state) == ("flow1.mma", builders.TODAY, "open")


def test_a_signature_without_a_ground_becomes_none(office: Cast) -> None:
    patient = builders.patient(office.practice)
    desk.sign(office.doctor, patient, desk.PLAIN, chosen_regimen="oral_uncomplicated")
    assert not ReviewCase.objects.exists()


def test_every_signature_is_drawn_when_the_share_is_the_whole(office: Cast) -> None:
    desk.set_up(office.practice, sample_share=100)
    case = desk.case_of(office, data=desk.PLAIN, chosen_regimen="oral_uncomplicated")
    assert grounds(case) == {Ground.SAMPLE}


def test_what_is_signed_otherwise_than_advised_is_looked_at(office: Cast) -> None:
    case = desk.case_of(
        office, data=desk.PLAIN, chosen_regimen="im_5_days_then_im_hydroxo",
        override_reason="practical",
    )  # fmt: skip
    assert grounds(case) == {Ground.OVERRIDE}


def test_without_a_reviewer_it_waits_until_one_takes_it(office: Cast) -> None:
    Membership.objects.filter(role=Role.REVIEWER).delete()
    case = desk.case_of(office)
    assert asked(case) == []


def test_it_goes_to_whoever_has_the_least_to_do(office: Cast, second: Member) -> None:
    first, then, third = (desk.case_of(office) for _ in range(3))
    assert [asked(case) for case in (first, then)] == [
        [office.reviewer.user.email],
        [second.user.email],
    ]
    desk.judge(then.reviews.get(), second)
    assert asked(desk.case_of(office)) == [second.user.email]
    assert asked(third) == [office.reviewer.user.email]


def test_two_are_asked_where_the_practice_wants_two(office: Cast, second: Member) -> None:
    desk.set_up(office.practice, reviewers_for_each=2)
    assert asked(desk.case_of(office)) == [office.reviewer.user.email, second.user.email]


def test_whoever_has_signed_for_the_patient_is_not_asked(office: Cast) -> None:
    patient = builders.patient(office.practice)
    Membership.objects.filter(role=Role.REVIEWER).delete()
    for doctor in (office.doctor, office.colleague):
        Membership.objects.create(user=doctor.user, practice=office.practice, role=Role.REVIEWER)
    desk.sign(office.colleague, patient)
    case = desk.case_of(office, patient=patient)
    assert asked(case) == []


def test_nobody_who_is_gone_is_asked(office: Cast) -> None:
    type(office.reviewer.user).objects.filter(pk=office.reviewer.user.pk).update(is_active=False)
    assert asked(desk.case_of(office)) == []


def test_a_reviewer_of_another_practice_is_not_asked(office: Cast) -> None:
    desk.reviewer(office.other_practice, "Fremmed Prøvemo", "fremmed@cast.example")
    assert asked(desk.case_of(office)) == [office.reviewer.user.email]


def test_a_newer_edition_that_answers_otherwise_adds_its_ground(
    office: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = desk.case_of(office)
    desk.judge(case.reviews.get(), office.reviewer)
    newer = {**(case.assessment.result or {}), "next_tests": ["mma"]}  # type: ignore[union-attr]
    monkeypatch.setattr(review_queue, "answer_of_newest_edition", lambda *_: newer)
    call_command("review_draw", "--edition")
    case.refresh_from_db()
    assert grounds(case) == {Ground.NEUROLOGICAL, Ground.EDITION}
    assert case.state == CaseState.MEETING


def test_drawing_again_changes_nothing(office: Cast) -> None:
    desk.case_of(office)
    before = [list(model.objects.values()) for model in (ReviewCase, Review)]
    call_command("review_draw")
    assert [list(model.objects.values()) for model in (ReviewCase, Review)] == before


def test_a_larger_share_draws_among_what_was_signed_before(office: Cast) -> None:
    patient = builders.patient(office.practice)
    desk.sign(office.doctor, patient, desk.PLAIN, chosen_regimen="oral_uncomplicated")
    desk.set_up(office.practice, sample_share=100)
    call_command("review_draw", "--edition")
    assert not ReviewCase.objects.exists()
    call_command("review_draw")
    assert grounds(ReviewCase.objects.get()) == {Ground.SAMPLE}


# Taking and asking


@pytest.fixture
def waiting(office: Cast) -> list[ReviewCase]:
    held = Membership.objects.get(role=Role.REVIEWER)
    held.delete()
    cases = [desk.case_of(office) for _ in range(3)]
    Membership.objects.create(user=held.user, practice=held.practice, role=Role.REVIEWER)
    return cases


def test_a_reviewer_takes_the_next_cases(office: Cast, waiting: list[ReviewCase]) -> None:
    taken = review_take(actor=office.reviewer.actor, count=2, now=NOW)
    assert [review.case for review in taken] == waiting[:2]
    assert Entry.objects.filter(action="review.taken").count() == 2
    assert len(review_take(actor=office.reviewer.actor, count=20, now=NOW)) == 1


@pytest.mark.parametrize("count", [0, -1, 21])
def test_as_many_as_are_sensible(office: Cast, waiting: list[ReviewCase], count: int) -> None:
    with pytest.raises(ReviewRefusedError):
        review_take(actor=office.reviewer.actor, count=count, now=NOW)
    assert not Review.objects.exists()


def test_cases_of_own_patients_are_left_to_others(office: Cast, waiting: list[ReviewCase]) -> None:
    actor = builders.member(Role.REVIEWER, at=office.practice, email=office.doctor.user.email)
    assert review_take(actor=actor, count=5, now=NOW) == []


def test_a_second_reviewer_is_asked(office: Cast, second: Member) -> None:
    case = desk.case_of(office)
    review_ask(actor=office.reviewer.actor, case=case, reviewer=second.user, now=NOW)
    assert asked(case) == [office.reviewer.user.email, second.user.email]
    with pytest.raises(ReviewRefusedError, match="asked already"):
        review_ask(actor=office.reviewer.actor, case=case, reviewer=second.user, now=NOW)


def test_a_third_reviewer_is_not(office: Cast, second: Member) -> None:
    case = desk.case_of(office)
    third = desk.reviewer(office.practice, "Tora Prøvetun", "tredje@cast.example")
    review_ask(actor=office.reviewer.actor, case=case, reviewer=second.user, now=NOW)
    with pytest.raises(ReviewRefusedError, match="Two reviewers"):
        review_ask(actor=office.reviewer.actor, case=case, reviewer=third.user, now=NOW)


@pytest.mark.parametrize("who", ["doctor", "colleague", "stranger"])
def test_only_a_reviewer_of_the_practice_can_be_asked(office: Cast, who: str) -> None:
    case, member = desk.case_of(office), getattr(office, who)
    with pytest.raises(ReviewRefusedError, match="Choose a reviewer"):
        review_ask(actor=office.reviewer.actor, case=case, reviewer=member.user, now=NOW)


# Judging


def test_a_verdict_is_kept_and_logged(office: Cast) -> None:
    case = desk.case_of(office)
    judged = desk.judge(case.reviews.get(), office.reviewer, **AGAINST)
    case.refresh_from_db()
    assert (judged.verdict, judged.comment, judged.judged_at) == (
        "doctor", "Fundusgastritt i 2019.", NOW
    )  # fmt: skip
    assert case.state == CaseState.MEETING
    entry = Entry.objects.get(action="review.judged")
    assert (entry.subject, entry.actor) == (case.patient_id, office.reviewer.user)


def test_agreement_closes_the_question(office: Cast) -> None:
    case = desk.case_of(office)
    desk.judge(case.reviews.get(), office.reviewer)
    case.refresh_from_db()
    assert case.state == CaseState.JUDGED


def test_a_verdict_is_not_changed(office: Cast) -> None:
    review = desk.case_of(office).reviews.get()
    desk.judge(review, office.reviewer)
    with pytest.raises(ReviewRefusedError, match="not changed"):
        desk.judge(review, office.reviewer, **AGAINST)
    review.refresh_from_db()
    assert review.verdict == "agree"


@pytest.mark.parametrize(
    "said",
    [
        {"verdict": "agree", "reason": "overlooked"},
        {"verdict": "doctor", "reason": "sound", "comment": "x"},
        {"verdict": "", "reason": "sound"},
        {"verdict": "agree", "reason": ""},
        {"verdict": "agree", "reason": "justified"},
        {"verdict": "doctor", "reason": "overlooked", "comment": "  "},
        {"verdict": "rule", "reason": "limit", "comment": ""},
        {"verdict": "insufficient", "reason": "insufficient_other", "comment": ""},
    ],
)
def test_a_verdict_has_a_reason_of_its_own_and_words_where_they_are_needed(
    office: Cast, said: dict[str, str]
) -> None:
    review = desk.case_of(office).reviews.get()
    with pytest.raises(ReviewRefusedError):
        desk.judge(review, office.reviewer, **said)
    review.refresh_from_db()
    assert review.judged_at is None


@pytest.mark.parametrize(
    ("first", "other", "state"),
    [
        (SOUND, SOUND, "judged"),
        (SOUND, AGAINST, "meeting"),
        (AGAINST, AGAINST, "meeting"),
        (SOUND, {"verdict": "insufficient", "reason": "marker"}, "meeting"),
        ({"verdict": "insufficient", "reason": "marker"},
         {"verdict": "insufficient", "reason": "early"}, "judged"),
    ],
)  # fmt: skip
def test_two_reviewers_who_differ_meet(
    office: Cast, second: Member, first: Any, other: Any, state: str
) -> None:
    desk.set_up(office.practice, reviewers_for_each=2)
    case = desk.case_of(office)
    own, theirs = case.reviews.order_by("pk")
    desk.judge(own, office.reviewer, **first)
    case.refresh_from_db()
    assert case.state == CaseState.OPEN
    desk.judge(theirs, second, **other)
    case.refresh_from_db()
    assert case.state == state


# Answering and closing


def test_the_doctor_who_signed_answers(office: Cast) -> None:
    review = desk.judge(desk.case_of(office).reviews.get(), office.reviewer, **AGAINST)
    reply = review_reply(actor=office.doctor.actor, review=review, text=" Sett. ", now=NOW)
    assert (reply.text, reply.by) == ("Sett.", office.doctor.user)
    assert Entry.objects.filter(action="review.answered").count() == 1


@pytest.mark.parametrize("who", ["colleague", "assistant", "reviewer", "stranger"])
def test_nobody_else_answers(office: Cast, who: str) -> None:
    review = desk.judge(desk.case_of(office).reviews.get(), office.reviewer)
    with pytest.raises(PermissionDenied):
        review_reply(actor=getattr(office, who).actor, review=review, text="Ja", now=NOW)
    assert not ReviewReply.objects.exists()


def test_what_is_not_judged_or_not_said_is_no_answer(office: Cast) -> None:
    review = desk.case_of(office).reviews.get()
    with pytest.raises(ReviewRefusedError, match="not finished"):
        review_reply(actor=office.doctor.actor, review=review, text="Ja", now=NOW)
    review = desk.judge(review, office.reviewer)
    with pytest.raises(ReviewRefusedError, match="Write your answer"):
        review_reply(actor=office.doctor.actor, review=review, text="  ", now=NOW)


def test_what_all_agree_on_is_closed_without_words(office: Cast) -> None:
    case = desk.case_of(office)
    desk.judge(case.reviews.get(), office.reviewer)
    closed = review_close(actor=office.reviewer.actor, case=case, note="", now=NOW)
    assert (closed.state, closed.closed_at, closed.closing.by) == (
        "closed", NOW, office.reviewer.user
    )  # fmt: skip
    with pytest.raises(ReviewRefusedError, match="is closed"):
        review_close(actor=office.reviewer.actor, case=case, note="", now=NOW)


@pytest.mark.parametrize("judged", [True, False])
def test_what_is_open_or_disputed_is_closed_with_words(office: Cast, judged: bool) -> None:
    case = desk.case_of(office)
    if judged:
        desk.judge(case.reviews.get(), office.reviewer, **AGAINST)
    with pytest.raises(ReviewRefusedError, match="Write what was concluded"):
        review_close(actor=office.reviewer.actor, case=case, note=" ", now=NOW)
    assert (
        review_close(actor=office.reviewer.actor, case=case, note="Drøftet", now=NOW).closing.note
        == "Drøftet"
    )


def test_a_closed_case_is_not_judged(office: Cast) -> None:
    case = desk.case_of(office)
    review = case.reviews.get()
    review_close(actor=office.reviewer.actor, case=case, note="Trukket", now=NOW)
    with pytest.raises(ReviewRefusedError, match="closed meanwhile"):
        desk.judge(review, office.reviewer)


# Who may not


def test_another_reviewers_case_is_not_to_be_touched(office: Cast, second: Member) -> None:
    case = desk.case_of(office)
    review, asking = case.reviews.get(), {"case": case, "now": NOW}
    with pytest.raises(PermissionDenied):
        desk.judge(review, second)
    with pytest.raises(PermissionDenied):
        review_ask(actor=second.actor, reviewer=second.user, **asking)  # type: ignore[arg-type]
    with pytest.raises(PermissionDenied):
        review_close(actor=second.actor, note="x", **asking)  # type: ignore[arg-type]


@pytest.mark.parametrize("who", ["doctor", "assistant", "practice_admin", "stranger"])
def test_other_roles_do_not_review(office: Cast, who: str) -> None:
    actor, case = getattr(office, who).actor, desk.case_of(office)
    with pytest.raises(PermissionDenied):
        review_take(actor=actor, count=1, now=NOW)
    with pytest.raises(PermissionDenied):
        review_judge(actor=actor, review=case.reviews.get(), now=NOW, **SOUND)


# Emergency access


@pytest.fixture
def opened(office: Cast) -> ReviewCase:
    number = "04856200167"
    patient: Patient = builders.patient(office.practice, national_identity_number=number)
    return ReviewCase.objects.get(emergency=desk.access_to(office, patient))


def test_an_emergency_access_goes_to_the_patients_own_practice(
    office: Cast, opened: ReviewCase
) -> None:
    assert (opened.practice, grounds(opened)) == (office.practice, {Ground.EMERGENCY})
    assert (asked(opened), opened.node) == ([office.reviewer.user.email], "")


@pytest.mark.parametrize(
    ("said", "justified"),
    [
        ({"verdict": "agree", "reason": "justified", "comment": ""}, True),
        ({"verdict": "doctor", "reason": "not_justified", "comment": "Ikke hastende"}, False),
    ],
)
def test_the_verdict_on_it_signs_it_off(
    office: Cast, opened: ReviewCase, said: dict[str, str], justified: bool
) -> None:
    later = NOW + timedelta(days=1)
    desk.judge(opened.reviews.get(), office.reviewer, later, **said)
    opened.refresh_from_db()
    access = opened.emergency
    assert access is not None
    assert (access.justified, access.signed_off_by, access.signed_off_at) == (
        justified, office.reviewer.user, later
    )  # fmt: skip
    assert opened.state == ("judged" if justified else "meeting")


def test_it_is_not_closed_before_it_is_signed_off(office: Cast, opened: ReviewCase) -> None:
    with pytest.raises(ReviewRefusedError, match="not been signed off"):
        review_close(actor=office.reviewer.actor, case=opened, note="Greit", now=NOW)


@pytest.mark.parametrize("reason", ["sound", "overlooked", ""])
def test_it_has_verdicts_of_its_own(office: Cast, opened: ReviewCase, reason: str) -> None:
    with pytest.raises(ReviewRefusedError):
        desk.judge(opened.reviews.get(), office.reviewer, reason=reason, comment="x")
