"""What is done with many cases at once: asked first, all or nothing, and logged."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from b12site.accounts.models import Membership, Practice, Role
from b12site.audit.models import Entry
from patients.models import CaseClosing, Patient, Review, ReviewCase
from tests.cast import Cast, Member
from tests.patients import builders

from . import desk
from .filled import asked, case, emergency

pytestmark = pytest.mark.django_db
QUEUE = "/admin/patients/reviewcase/"
CONFIRM = "admin/patients/reviewcase/confirm.html"


@pytest.fixture
def patient(office: Cast) -> Patient:
    return builders.patient(office.practice)


@pytest.fixture
def second(office: Cast) -> Member:
    return desk.reviewer(office.practice, "Kari Prøveås", "annen@cast.example")


def mine(cast: Cast, patient: Patient, count: int = 1, verdict: str = "") -> list[ReviewCase]:
    return [case(patient, (cast.reviewer.user, verdict)) for _n in range(count)]


def send(cast: Cast, action: str, cases: list[ReviewCase], **fields: Any) -> Any:
    """Chosen in the queue; with ``confirmed`` on the page that asks."""
    chosen = [str(one.pk) for one in cases]
    data = {"action": action, "_selected_action": chosen, **fields}
    if "confirmed" not in fields:
        data |= {"index": "0"}
    return cast.reviewer.client.post(QUEUE, data)


def states(*cases: ReviewCase) -> list[str]:
    return [ReviewCase.objects.get(pk=one.pk).state for one in cases]


def shown(action: str) -> list[dict[str, Any]]:
    return [entry.details or {} for entry in Entry.objects.filter(action=action)]


def changes() -> int:
    return Entry.objects.filter(action__startswith="review.").count()


# Asking


@pytest.mark.parametrize("action", ["assign", "close", "export"])
def test_each_asks_first_on_a_page_that_lists_the_cases(
    office: Cast, patient: Patient, second: Member, action: str
) -> None:
    cases = mine(office, patient, 2)
    answer = send(office, action, cases)
    page = answer.content.decode()
    assert CONFIRM in [template.name for template in answer.templates]
    assert all(f"Case {one.pk}:" in page for one in cases)
    assert "2 cases are meant" in page
    assert patient.family_name not in page
    assert (states(*cases), changes()) == (["open", "open"], 0)
    assert shown("shown.review_chosen") == [{"cases": [cases[1].pk, cases[0].pk]}]


@pytest.mark.parametrize(
    ("action", "said"),
    [
        ("assign", "Choose who is to review the cases."),
        ("close", "Write why the cases are closed."),
    ],
)
def test_what_is_missing_is_said_and_the_choice_stays(
    office: Cast, patient: Patient, second: Member, action: str, said: str
) -> None:
    (one,) = mine(office, patient)
    page = send(office, action, [one], confirmed="1").content.decode()
    assert said in page
    assert f'value="{one.pk}" checked' in page
    assert changes() == 0


def test_more_than_the_most_are_refused(
    office: Cast, patient: Patient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("patients.review.actions.MOST", 3)
    cases = mine(office, patient, 4)
    answer = send(office, "close", cases, confirmed="1", note="Ryddet")
    page = office.reviewer.client.get(answer["Location"]).content.decode()
    assert "At most 3 cases can be handled at once. Nothing was changed." in page
    assert set(states(*cases)) == {"open"}
    assert send(office, "close", cases[1:], confirmed="1", note="Ryddet").status_code == 302
    assert states(*cases) == ["open", "closed", "closed", "closed"]


def test_the_most_is_said_before_and_all_of_a_long_list_can_be_chosen(
    office: Cast, patient: Patient
) -> None:
    """Across the pages of the queue."""
    cases = mine(office, patient, 60)
    page = send(office, "close", cases[:1], select_across="1").content.decode()
    assert "At most 200 cases at once" in page
    assert "60 cases are meant" in page


def test_asking_takes_as_many_queries_for_many_as_for_one(office: Cast, patient: Patient) -> None:
    def counted(cases: list[ReviewCase]) -> int:
        with CaptureQueriesContext(connection) as queries:
            send(office, "export", cases)
        return len(queries)

    assert counted(mine(office, patient, 2)) == counted(mine(office, patient, 100))


# Ask another reviewer


def test_another_reviewer_is_asked_about_all_of_them(
    office: Cast, patient: Patient, second: Member
) -> None:
    cases = mine(office, patient, 2)
    answer = send(office, "assign", cases, confirmed="1", reviewer=second.user.pk)
    assert answer.status_code == 302
    found = Review.objects.filter(reviewer=second.user).values_list("case", flat=True)
    assert set(found) == {one.pk for one in cases}
    assert Entry.objects.filter(action="review.asked").count() == 2


def test_only_reviewers_of_the_practice_can_be_chosen_and_not_oneself(
    office: Cast, patient: Patient, second: Member
) -> None:
    cases = mine(office, patient)
    page = send(office, "assign", cases).content.decode()
    assert second.user.name in page
    for somebody in (office.doctor.user, office.stranger.user, office.reviewer.user):
        answer = send(office, "assign", cases, confirmed="1", reviewer=somebody.pk)
        assert "Select a valid choice" in answer.content.decode()
    assert changes() == 0


def test_where_one_is_refused_none_is_changed_and_the_page_says_which(
    office: Cast, patient: Patient, second: Member
) -> None:
    good, bad = mine(office, patient, 2)
    asked(bad, second.user)
    page = send(
        office, "assign", [good, bad], confirmed="1", reviewer=second.user.pk
    ).content.decode()
    assert "Nothing has been changed." in page
    assert "Kari Prøveås is asked already." in page
    assert f'value="{good.pk}" checked' in page
    assert f'value="{bad.pk}" checked' not in page
    assert (good.reviews.count(), changes()) == (1, 0)


# Close


def test_cases_are_closed_with_the_reason(office: Cast, patient: Patient) -> None:
    cases = mine(office, patient, 2, "agree")
    send(office, "close", cases, confirmed="1", note="Gjennomgått i møtet")
    assert states(*cases) == ["closed", "closed"]
    assert {one.note for one in CaseClosing.objects.all()} == {"Gjennomgått i møtet"}
    entries = Entry.objects.filter(action="review.closed")
    assert {entry.ground for entry in entries} == {"Gjennomgått i møtet"}
    assert {entry.object_id for entry in entries} == {one.pk for one in cases}


def test_an_emergency_access_that_is_not_signed_off_stays_open_with_the_rest(
    office: Cast, patient: Patient
) -> None:
    (good,) = mine(office, patient)
    access = emergency(patient, office.stranger.user)
    opened = case(patient, (office.reviewer.user, ""), emergency=access)
    page = send(office, "close", [good, opened], confirmed="1", note="Ryddet").content.decode()
    assert "has not been signed off" in page
    assert states(good, opened) == ["open", "open"]


# Whose cases


@pytest.mark.parametrize("action", ["assign", "close", "export"])
def test_a_case_of_somebody_else_is_not_touched(
    office: Cast, patient: Patient, second: Member, action: str
) -> None:
    own, foreign = *mine(office, patient), case(patient, (second.user, ""))
    fields = {"confirmed": "1", "note": "Ryddet", "reviewer": second.user.pk}
    answer = send(office, action, [own, foreign], **fields)
    assert states(foreign) == ["open"]
    assert f"Case {foreign.pk}:" not in answer.content.decode()
    subjects = Entry.objects.filter(object_type="patients.reviewcase", object_id=foreign.pk)
    assert not subjects.exists()
    assert f";{foreign.pk};" not in answer.content.decode()


def test_what_left_the_list_is_said_to_be_left_out(
    office: Cast, patient: Patient, second: Member
) -> None:
    own, foreign = *mine(office, patient), case(patient, (second.user, ""))
    page = send(office, "close", [own, foreign]).content.decode()
    assert "1 case is not in this list any more and was left out." in page


def test_whoever_is_no_reviewer_any_more_changes_nothing(office: Cast, patient: Patient) -> None:
    cases = mine(office, patient)
    Membership.objects.filter(user=office.reviewer.user, role=Role.REVIEWER).delete()
    assert send(office, "close", cases, confirmed="1", note="Ryddet").status_code == 403
    assert states(*cases) == ["open"]


def test_cases_of_two_practices_are_each_logged_with_their_own(
    office: Cast, patient: Patient
) -> None:
    elsewhere: Practice = office.other_practice
    Membership.objects.create(user=office.reviewer.user, practice=elsewhere, role=Role.REVIEWER)
    other = builders.patient(elsewhere)
    cases = [*mine(office, patient), *mine(office, other)]
    send(office, "close", cases, confirmed="1", note="Ryddet")
    found = Entry.objects.filter(action="review.closed").values_list("object_id", "practice")
    assert set(found) == {(cases[0].pk, office.practice.pk), (cases[1].pk, elsewhere.pk)}


# Export


def exported(cast: Cast, cases: list[ReviewCase]) -> list[list[str]]:
    text = send(cast, "export", cases, confirmed="1").content.decode()
    assert text.startswith("\ufeff")
    return [line.split(";") for line in text[1:].splitlines()]


def test_the_file_has_no_direct_identifiers(office: Cast, patient: Patient) -> None:
    one = case(patient)
    comment = {"comment": f"Snakket med {patient.name}", "reason": "overlooked"}
    asked(one, office.reviewer.user, "doctor", **comment)
    columns, row = exported(office, [one])
    assert len(columns) == len(row)
    assert row[:8] == [
        str(one.pk), "2026-02", "60–69 years", "B12 deficiency unlikely", "MMA (flowchart 1)",
        "the doctor chose otherwise than the guideline", "", "open",
    ]  # fmt: skip
    assert row[8:11] == [
        "disagree with the doctor", "a finding or a risk was overlooked", "20"
    ]  # fmt: skip
    text = ";".join(row)
    for identifier in (patient.given_name, patient.family_name, "1962", "04.05"):
        assert identifier not in text


def test_the_other_reviewers_verdict_is_not_in_it_until_both_have_judged(
    office: Cast, patient: Patient, second: Member
) -> None:
    waiting = case(patient, (office.reviewer.user, ""), (second.user, "rule"))
    done = case(patient, (office.reviewer.user, "agree"), (second.user, "rule"))
    _columns, *rows = exported(office, [waiting, done])
    verdicts = {row[0]: (row[8], row[11]) for row in rows}
    assert verdicts[str(waiting.pk)] == ("", "")
    assert verdicts[str(done.pk)] == ("agree", "disagree with the rule")


def test_the_export_is_logged_with_its_patients_before_it_is_given(
    office: Cast, patient: Patient
) -> None:
    cases = mine(office, patient, 2)
    exported(office, cases)
    (details,) = shown("shown.review_export")
    assert set(details["cases"]) == {one.pk for one in cases}
    assert Entry.objects.get(action="shown.review_export").subject == patient.pk


def test_without_the_log_there_is_no_file(
    office: Cast, patient: Patient, monkeypatch: pytest.MonkeyPatch
) -> None:
    cases = mine(office, patient)

    def fails(**_row: Any) -> None:
        raise RuntimeError("the log is full")

    monkeypatch.setattr("b12site.audit.log.shown", fails)
    with pytest.raises(RuntimeError, match="the log is full"):
        send(office, "export", cases, confirmed="1")
