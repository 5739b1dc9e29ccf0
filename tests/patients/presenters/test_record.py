"""What matters now in words. No database: the objects are not saved."""

from datetime import date, timedelta
from typing import Any

import pytest

from b12site.accounts.models import User
from interpretation.guideline.vocabulary import CauseGroup
from patients.models import Assessment, Control, Patient, TestOrder, TreatmentCourse, WorkItem
from patients.presenters.header import patient_header
from patients.presenters.record import now_text
from patients.reading.record import Now

from ..builders import TODAY

DOCTOR = User(name="Lege Testesen", email="lege@test.example")
EMPTY = Now(signed=None, drafts=[], course=None, work=[])


def person(**fields: Any) -> Patient:
    values = {"pk": 5, "given_name": "Åse", "family_name": "Prøvesen", "sex": "female"}
    return Patient(**(values | {"birth_date": date(1962, 5, 4)} | fields))


def signed(**fields: Any) -> Assessment:
    values = {"pk": 3, "state": "signed", "as_of": TODAY, "signed_by": DOCTOR, "updated_by": DOCTOR}
    return Assessment(**(values | {"conclusion": "possible_b12_deficiency"} | fields))


def item(due: date, **fields: Any) -> WorkItem:
    return WorkItem(patient=person(), visible_from=due, due=due, **fields)


def course(**fields: Any) -> TreatmentCourse:
    own = TreatmentCourse(**({"pk": 8, "started_on": TODAY} | fields))
    own._prefetched_objects_cache = {"events": []}  # type: ignore[attr-defined]
    return own


def test_the_header_says_who_the_page_is_about() -> None:
    header = patient_header(person(national_identity_number="04856200073"), TODAY)
    assert (header.pk, header.name, header.age, header.sex) == (
        5,
        "Åse Prøvesen",
        "63 years",
        "woman",
    )
    assert (header.number, header.left) == ("048562\N{NO-BREAK SPACE}*****", "")


def test_the_header_without_number_and_sex_leaves_them_out() -> None:
    header = patient_header(person(sex=""), TODAY)
    assert (header.number, header.sex) == ("", "")


def test_the_age_of_who_has_died_stands_still() -> None:
    header = patient_header(person(deceased_on=date(2000, 5, 3)), TODAY)
    assert header.age == "37 years"
    assert header.left.startswith("Died")


def test_who_has_moved_is_said() -> None:
    assert patient_header(person(moved_on=TODAY), TODAY).left.startswith(
        "Moved to another practice"
    )


def test_the_conclusion_says_by_whom_it_was_signed() -> None:
    shown = now_text(Now(signed(), [], None, []), TODAY).conclusion
    assert shown is not None
    assert shown.sentence.startswith("Vitamin B12 deficiency is possible")
    assert shown.signed.endswith("signed by Lege Testesen")
    assert shown.otherwise == ""


def test_a_choice_against_the_guideline_is_said() -> None:
    chosen = signed(chosen_regimen="oral_2mg", override_reason="patient_wish")
    shown = now_text(Now(chosen, [], None, []), TODAY).conclusion
    assert shown is not None
    assert "Tablets 2 mg daily (the patient wishes it so)" in shown.otherwise


def test_a_correction_that_is_not_signed_is_told_from_a_draft() -> None:
    drafts = [signed(state="draft"), signed(state="draft", corrects_id=2)]
    texts = [draft.text for draft in now_text(Now(None, drafts, None, []), TODAY).drafts]
    assert texts[0].startswith("Draft of")
    assert texts[1].startswith("Correction of")


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"stopped_on": TODAY}, "Stopped"),
        ({"started_on": TODAY + timedelta(days=1)}, "Begins"),
        ({}, "Nothing is to be given now"),
    ],
)
def test_a_course_without_a_dose_today_says_why(fields: dict[str, Any], words: str) -> None:
    shown = now_text(Now(None, [], course(**fields), []), TODAY)
    assert shown.course is not None
    assert shown.course.dose.startswith(words)
    assert shown.is_treated is ("stopped_on" not in fields)


def test_a_course_says_cause_and_duration() -> None:
    known = course(trial=True, duration="lifelong", cause_group=CauseGroup.MALABSORPTION)
    shown = now_text(Now(None, [], known, []), TODAY).course
    assert shown is not None
    assert shown.facts == ["trial of treatment", "Lifelong", "Malabsorption"]


def test_what_is_overdue_is_told_from_what_is_not() -> None:
    control = Control(pk=4, tests=["mma"])
    items = [
        item(TODAY + timedelta(days=days), kind="control", control=control) for days in (-1, 0, 1)
    ]
    shown = now_text(Now(None, [], None, items), TODAY).work
    assert [one.is_overdue for one in shown] == [True, False, False]
    assert [one.lateness for one in shown] == ["1 day overdue", "due today", "in 1 day"]
    assert shown[0].to == ("patients:control", 4)


def test_awaited_answers_can_be_entered_or_cancelled() -> None:
    order = TestOrder(pk=6, tests=["mma"], ordered_on=TODAY)
    (shown,) = now_text(Now(None, [], None, [item(TODAY, kind="answers", order=order)]), TODAY).work
    assert shown.what == "Answers awaited: Methylmalonic acid (MMA)"
    assert [action.to for action in shown.actions] == [
        ("patients:result_new", 5),
        ("patients:order_cancel", 6),
    ]


def test_the_next_injection_can_be_logged() -> None:
    (shown,) = now_text(
        Now(None, [], None, [item(TODAY, kind="injection", course=course())]), TODAY
    ).work
    assert shown.what == "Next injection"
    assert [action.to for action in shown.actions] == [("patients:injection_new", 8)]


def test_what_was_taken_off_the_work_list_is_said() -> None:
    removed = item(TODAY, kind="injection", course=course(), removed_on=TODAY)
    (shown,) = now_text(Now(None, [], None, [removed]), TODAY).work
    assert shown.note.startswith("taken off the work list")


def test_nothing_known_is_nothing_shown() -> None:
    shown = now_text(EMPTY, TODAY)
    assert (shown.conclusion, shown.course, shown.work) == (None, None, [])
