"""The reviewer's desk: who sees which case, what stands on it, and that no more can be done."""

from html import unescape
from typing import Any

import pytest

from b12site.accounts.models import Membership, Role, User
from b12site.audit.models import Entry
from patients.models import Review, ReviewCase
from tests.cast import Cast, Member
from tests.patients import builders
from tests.patients.builders import NOW
from tests.patients.letter_builders import issued

from . import desk
from .desk import AGAINST

pytestmark = pytest.mark.django_db
QUEUE = "/admin/patients/reviewcase/"
AGREE, OVERLOOKED = "agree sound", "doctor overlooked"


@pytest.fixture
def case(office: Cast) -> ReviewCase:
    return desk.case_of(office, patient=named(office))


def named(office: Cast) -> Any:
    return builders.patient(
        office.practice, given_name="Snefrid", family_name="Prøvestrand",
        national_identity_number="04856200167", address="Prøveveien 3",
    )  # fmt: skip


def change(case: ReviewCase) -> str:
    return f"{QUEUE}{case.pk}/change/"


def page(member: Member, path: str, **query: str) -> str:
    answer = member.client.get(path, query)
    assert answer.status_code == 200, path
    return unescape(answer.content.decode())


# Who sees what


def test_the_queue_holds_the_cases_that_one_is_asked_about(office: Cast, case: ReviewCase) -> None:
    other = desk.reviewer(office.practice, "Sindre Prøvelund", "andre@cast.example")
    assert change(case) in page(office.reviewer, QUEUE)
    assert change(case) not in page(other, QUEUE)
    assert other.client.get(change(case)).status_code == 404


@pytest.mark.parametrize("who", ["practice_admin", "doctor", "assistant", "stranger"])
def test_whoever_is_no_reviewer_sees_no_case(office: Cast, case: ReviewCase, who: str) -> None:
    member: Member = getattr(office, who)
    User.objects.filter(pk=member.user.pk).update(is_staff=True)
    assert member.client.get(QUEUE).status_code == 403
    for path in (change(case), f"{QUEUE}{case.pk}/ask/", f"{QUEUE}{case.pk}/letters/1/"):
        assert member.client.get(path).status_code == 404
    assert QUEUE not in member.client.get("/admin/").content.decode()


def test_a_superuser_sees_none_either(office: Cast, case: ReviewCase) -> None:
    User.objects.filter(pk=office.practice_admin.user.pk).update(is_superuser=True)
    client = office.practice_admin.client
    assert client.get(QUEUE).status_code == 403
    assert client.get(change(case)).status_code == 404


def test_whoever_is_no_reviewer_any_more_sees_none(office: Cast, case: ReviewCase) -> None:
    Membership.objects.filter(role=Role.REVIEWER).delete()
    assert office.reviewer.client.get(change(case)).status_code == 404


def test_signed_out_one_is_led_to_the_sign_in(office: Cast, case: ReviewCase) -> None:
    for path in (QUEUE, change(case), f"{QUEUE}take/"):
        assert office.signed_out.get(path).status_code == 302


def test_each_page_takes_its_own_methods(office: Cast, case: ReviewCase) -> None:
    client = office.reviewer.client
    assert client.get(f"{QUEUE}take/").status_code == 405
    assert client.post(f"{QUEUE}{case.pk}/letters/1/").status_code == 405
    for path in (change(case), f"{QUEUE}{case.pk}/ask/"):
        assert client.put(path).status_code == client.delete(path).status_code == 405


@pytest.mark.parametrize("number", ["0", "987654321", "9" * 40, "x", "-1"])
def test_a_number_of_nothing_is_not_found(office: Cast, number: str) -> None:
    for path in (f"{QUEUE}{number}/change/", f"{QUEUE}{number}/ask/"):
        assert office.reviewer.client.get(path).status_code == 404


# The page of a case


def test_it_shows_what_the_doctor_saw_and_chose(office: Cast, case: ReviewCase) -> None:
    text = page(office.reviewer, change(case))
    for words in ("1,2", "1.2"):
        if words in text:
            break
    else:
        pytest.fail("MMA is missing")
    assert "flow-lit" in text
    for words in ("Paraesthesia", "neurological symptoms", "Ragna Prøvevik", "woman"):
        assert words.lower() in text.lower(), words


def test_it_shows_treatment_controls_with_what_was_measured_and_letters(
    office: Cast, case: ReviewCase
) -> None:
    control = builders.control(case.patient)
    builders.result(case.patient, "total_b12_pmol_l", "412", sampled_on=control.earliest)
    issued(office.doctor.actor, case.patient, kind="recall", control=control)
    text = page(office.reviewer, change(case))
    assert "412 pmol/L" in text
    assert "Recall" in text
    assert "/letters/" not in text


def test_it_does_not_say_who_the_patient_is(office: Cast) -> None:
    case = desk.case_of(
        office, patient=named(office), chosen_regimen="oral_uncomplicated",
        comment="Snefrid (04856200167) ringer. Prøvestrands mann, Prøveveien 3, kjører.",
    )  # fmt: skip
    text = page(office.reviewer, change(case))
    assert "ringer" in text
    told = ("Snefrid", "Prøvestrand", "04856200167", "Prøveveien", "1962")
    assert [word for word in told if word in text] == []
    assert not any(word in page(office.reviewer, QUEUE) for word in told)


def test_it_does_where_the_practice_allows_it(office: Cast, case: ReviewCase) -> None:
    desk.set_up(office.practice, shows_identity=True)
    letter = issued(office.doctor.actor, case.patient, kind="recall",
                    control=builders.control(case.patient))  # fmt: skip
    text, address = page(office.reviewer, change(case)), f"{QUEUE}{case.pk}/letters/{letter.pk}/"
    assert "Snefrid Prøvestrand" in text
    assert address in text
    answer = office.reviewer.client.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert Entry.objects.filter(action="shown.review_letter").count() == 1


def test_else_its_letters_are_not_to_be_had(office: Cast, case: ReviewCase) -> None:
    letter = issued(office.doctor.actor, case.patient, kind="recall",
                    control=builders.control(case.patient))  # fmt: skip
    address = f"{QUEUE}{case.pk}/letters/{letter.pk}/"
    assert office.reviewer.client.get(address).status_code == 404
    desk.set_up(office.practice, shows_identity=True)
    other = desk.case_of(office)
    wrong = f"{QUEUE}{other.pk}/letters/{letter.pk}/"
    assert office.reviewer.client.get(wrong).status_code == 404


def test_each_showing_is_logged_once(office: Cast, case: ReviewCase) -> None:
    before = Entry.objects.count()
    page(office.reviewer, change(case))
    entry = Entry.objects.get(action="shown.review_case")
    assert (entry.subject, entry.practice, entry.actor) == (
        case.patient_id, office.practice, office.reviewer.user
    )  # fmt: skip
    page(office.reviewer, QUEUE)
    assert Entry.objects.filter(action="shown.review_queue").count() == 1
    assert Entry.objects.count() == before + 2


# Judging


def test_a_verdict_is_given_on_the_page(office: Cast, case: ReviewCase) -> None:
    sent = {"judgement": OVERLOOKED, "comment": "Fundusgastritt i 2019."}
    answer = office.reviewer.client.post(change(case), sent)
    assert (answer.status_code, answer["Location"]) == (302, QUEUE)
    review = Review.objects.get()
    assert (review.verdict, review.reason, review.judged_at) == ("doctor", "overlooked", NOW)
    text = page(office.reviewer, change(case))
    assert "Fundusgastritt i 2019." in text
    assert 'name="judgement"' not in text


@pytest.mark.parametrize(
    ("sent", "fault"),
    [
        ({}, "Choose one of these."),
        ({"judgement": "agree overlooked"}, "Choose one of these."),
        ({"judgement": OVERLOOKED}, "Write a comment"),
        ({"judgement": "rule limit", "comment": "  "}, "Write a comment"),
        ({"judgement": "insufficient insufficient_other"}, "Write a comment"),
    ],
)
def test_half_a_verdict_is_refused_with_a_sentence(
    office: Cast, case: ReviewCase, sent: dict[str, str], fault: str
) -> None:
    answer = office.reviewer.client.post(change(case), {"comment": ""} | sent)
    text = unescape(answer.content.decode())
    assert (answer.status_code, fault in text, 'id="errors"' in text) == (200, True, True)
    assert Review.objects.get().judged_at is None


def test_what_was_typed_stays_when_the_verdict_is_missing(office: Cast, case: ReviewCase) -> None:
    answer = office.reviewer.client.post(change(case), {"comment": "Se prøven fra 2019"})
    assert "Se prøven fra 2019" in answer.content.decode()


def test_a_second_verdict_is_refused(office: Cast, case: ReviewCase) -> None:
    desk.judge(case.reviews.get(), office.reviewer)
    answer = office.reviewer.client.post(
        change(case), {"judgement": OVERLOOKED, "comment": "Ombestemt"}
    )
    assert "You have judged this case already" in unescape(answer.content.decode())
    assert Review.objects.get().verdict == "agree"


def test_two_reviewers_do_not_see_each_other_before_both_have_judged(office: Cast) -> None:
    other = desk.reviewer(office.practice, "Sindre Prøvelund", "andre@cast.example")
    desk.set_up(office.practice, reviewers_for_each=2)
    case = desk.case_of(office)
    own, theirs = case.reviews.order_by("pk")
    desk.judge(theirs, other, **AGAINST)
    assert "Fundusgastritt" not in page(office.reviewer, change(case))
    desk.judge(own, office.reviewer)
    assert "Fundusgastritt" in page(office.reviewer, change(case))


def test_a_colleague_is_asked_on_a_page(office: Cast, case: ReviewCase) -> None:
    other = desk.reviewer(office.practice, "Sindre Prøvelund", "andre@cast.example")
    address = f"{QUEUE}{case.pk}/ask/"
    assert "Sindre Prøvelund" in page(office.reviewer, address)
    refused = office.reviewer.client.post(address, {"reviewer": office.doctor.user.pk})
    assert "Choose one of these." in unescape(refused.content.decode())
    assert office.reviewer.client.post(address, {"reviewer": other.user.pk}).status_code == 302
    assert set(case.reviews.values_list("reviewer", flat=True)) == {
        office.reviewer.user.pk, other.user.pk
    }  # fmt: skip
    assert change(case) in page(other, QUEUE)


def test_waiting_cases_are_taken(office: Cast) -> None:
    Membership.objects.filter(role=Role.REVIEWER).delete()
    case = desk.case_of(office)
    Membership.objects.create(
        user=office.reviewer.user, practice=office.practice, role=Role.REVIEWER
    )
    assert f"1 case in {office.practice} waits" in page(office.reviewer, QUEUE)
    sent = {"practice": office.practice.pk, "count": "1"}
    assert office.reviewer.client.post(f"{QUEUE}take/", sent).status_code == 302
    assert change(case) in page(office.reviewer, QUEUE)


@pytest.mark.parametrize("count", ["", "0", "x", "21", "-1", "9" * 30])
def test_a_count_that_cannot_be_is_said(office: Cast, count: str) -> None:
    sent = {"practice": office.practice.pk, "count": count}
    answer = office.reviewer.client.post(f"{QUEUE}take/", sent, follow=True)
    assert "Take between 1 and 20" in unescape(answer.content.decode())


@pytest.mark.parametrize("practice", ["", "x", "0"])
def test_cases_of_other_practices_are_not_taken(office: Cast, practice: str) -> None:
    for number in (practice, office.other_practice.pk):
        sent = {"practice": number, "count": "1"}
        assert office.reviewer.client.post(f"{QUEUE}take/", sent).status_code == 404


# Emergency access


def test_an_emergency_access_is_judged(office: Cast) -> None:
    access = desk.access_to(office, named(office))
    case = ReviewCase.objects.get(emergency=access)
    text = page(office.reviewer, change(case))
    for words in ("Oda Prøvedal", "Bevisstløs på legevakten", "Nothing was opened"):
        assert words in text, words
    sent = {"judgement": "agree justified", "comment": ""}
    assert office.reviewer.client.post(change(case), sent).status_code == 302
    access.refresh_from_db()
    assert (access.justified, access.signed_off_by) == (True, office.reviewer.user)


def test_what_was_opened_under_it_stands_there(office: Cast) -> None:
    from b12site.audit import log

    patient = named(office)
    case = ReviewCase.objects.get(emergency=desk.access_to(office, patient))
    log.shown(actor=office.stranger.actor, action="shown.record", subjects=[patient.pk])
    log.shown(actor=office.stranger.actor, action="shown.results", subjects=[patient.pk + 1])
    text = page(office.reviewer, change(case))
    assert "Overview of the record" in text
    assert "Results" not in text
