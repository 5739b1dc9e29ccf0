"""Lines of the work list in words, without a database."""

from datetime import UTC, date, datetime, timedelta

import pytest

from b12site.accounts.models import User
from interpretation.guideline.edition import edition_for
from interpretation.guideline.phases import phases
from interpretation.guideline.vocabulary import Regimen
from interpretation.presenters.texts import short_day
from patients.models import (
    Assessment,
    ContactAttempt,
    Control,
    Patient,
    TestOrder,
    TreatmentCourse,
    WorkItem,
)
from patients.presenters import worklist as words
from patients.presenters.worklist import Line, Link
from patients.reading.worklist import Around, Contact, Show, Wanted

TODAY = date(2026, 3, 2)
NOBODY = Around({}, {}, {})


def patient() -> Patient:
    return Patient(
        pk=7, given_name="Åse", family_name="Prøvesen", birth_date=date(1962, 5, 4), sex="female"
    )


def item(kind: str, **fields: object) -> WorkItem:
    return WorkItem(pk=1, kind=kind, patient=patient(), visible_from=TODAY, due=TODAY, **fields)


def control_item(**fields: object) -> WorkItem:
    control = Control(pk=3, tests=["total_b12", "haemoglobin", "folate"], **fields)
    return item("control", control=control)


def shown(of: WorkItem, around: Around = NOBODY) -> Line:
    return words.line(of, around, TODAY)


def test_a_control_names_its_tests() -> None:
    line = shown(control_item())
    assert line.what == "Control: Total vitamin B12, haemoglobin (Hb), folate"
    assert (line.detail, line.open) == ("", Link("patients:control", 3))


def test_a_control_that_is_only_considered_says_so() -> None:
    assert shown(control_item(consider=True)).detail == "to be considered"


def test_awaited_answers_name_tests_and_day() -> None:
    order = TestOrder(pk=4, tests=["mma"], ordered_on=date(2026, 2, 20))
    line = shown(item("answers", order=order))
    assert line.what == "Answers awaited: Methylmalonic acid (MMA)"
    assert line.detail.startswith("ordered ")
    assert line.open == Link("patients:record", 7)


def test_a_draft_names_who_began_it() -> None:
    draft = Assessment(pk=5, created_by=User(name="Ragna Prøvevik"))
    line = shown(item("draft", assessment=draft))
    assert (line.detail, line.open) == ("begun by Ragna Prøvevik", Link("patients:assessment", 5))


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (0, "Injection 1 of 5"),
        (4, "Injection 5 of 5"),
        (5, "Injection, every 2–3 months"),
        (9, "Injection, every 2–3 months"),
    ],
)
def test_an_injection_says_which_one_it_is(given: int, expected: str) -> None:
    doses = edition_for(TODAY).regimens[Regimen.IM_5_DAYS_THEN_IM_HYDROXO].doses
    days = [TODAY + timedelta(days=n) for n in range(given)]
    assert words.injection(phases(doses, TODAY), days) == expected


def test_an_injection_without_a_plan_is_still_an_injection() -> None:
    assert words.injection((), []) == "Injection"


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (-30, -12, "12 days overdue"),
        (-30, -1, "1 day overdue"),
        (-30, 0, "due today"),
        (0, 1, "1 day left"),
        (1, 9, "in 1 day"),
        (14, 14, "in 14 days"),
    ],
)
def test_it_says_how_late_it_is(first: int, last: int, expected: str) -> None:
    window = (TODAY + timedelta(days=first), TODAY + timedelta(days=last))
    assert words.lateness(*window, TODAY) == expected


@pytest.mark.parametrize(
    ("seriousness", "marks", "text"),
    [(3, "●●●", "neurological symptoms"), (1, "●○○", "trial of treatment"), (0, "○○○", "ordinary")],
)
def test_seriousness_is_a_shape_and_words(seriousness: int, marks: str, text: str) -> None:
    line = shown(item("draft", seriousness=seriousness, assessment=Assessment(created_by=User())))
    assert (line.marks, line.serious) == (marks, text)


def attempt(outcome: str = "not_reached") -> ContactAttempt:
    return ContactAttempt(
        at=datetime(2026, 3, 1, 23, 30, tzinfo=UTC),  # already 2 March in Norway
        channel="telephone",
        outcome=outcome,
        recorded_by=User(name="Unni Prøveli"),
    )


def test_the_last_contact_attempt_stands_with_its_outcome() -> None:
    text = words.last_contact(attempt("message_left"))
    assert text == f"{short_day(TODAY)}, telephone: message left"


@pytest.mark.parametrize(("unreached", "advised"), [(2, False), (3, True)])
def test_three_attempts_in_a_row_suggest_that_the_patient_is_lost(
    unreached: int, advised: bool
) -> None:
    text = words.advice(Contact(attempt(), 3, unreached))
    assert bool(text) == advised
    assert ("not from the guideline" in text) == advised


def test_a_lost_patient_is_not_suggested_again() -> None:
    course = TreatmentCourse(pk=8, lost_since=date(2026, 2, 1))
    around = Around({7: [attempt()] * 3}, {7: course}, {8: course})
    line = shown(control_item(), around)
    assert line.lost.startswith("Lost to follow-up since ")
    assert (line.advice, line.course) == ("", 8)


def test_a_removed_line_says_by_whom_and_why() -> None:
    of = control_item()
    of.removed_on, of.removed_by = TODAY, User(name="Unni Prøveli")
    of.removed_reason, of.removed_text = "agreed_later", "Etter påske"
    line = shown(of)
    assert line.removed.endswith("by Unni Prøveli")
    assert line.why_removed == "agreed with the patient to wait: Etter påske"


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (Wanted(), "Nothing waits today."),
        (Wanted(show=Show.REMOVED), "No line has been removed from the list."),
        (Wanted(kind="draft"), "Nothing on the list fits this choice."),
    ],
)
def test_an_empty_list_says_why(wanted: Wanted, expected: str) -> None:
    assert words.empty(wanted) == expected
