"""The timeline in words. No database: the rows are built by hand."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from patients.models import EventKind, Result
from patients.presenters.timeline import Entry, timeline_days, value
from patients.reading.timeline import Kind, Row, Timeline

DAY = date(2026, 3, 2)


def entry(kind: Kind, **fields: Any) -> Entry:
    row = Row(DAY, kind, 1, 7, None, "", "", "", "", "")._replace(**fields)
    (only,) = timeline_days(Timeline([row], {}, None))[0].entries
    return only


def result(code: str, **fields: Any) -> Result:
    return Result(code=code, sampled_on=DAY, **fields)


def number(value: str, **fields: Any) -> Result:
    return result("total_b12_pmol_l", value=Decimal(value), **fields)


def test_an_assessment_says_its_conclusion_and_who_signed() -> None:
    shown = entry(Kind.ASSESSMENT, code="possible_b12_deficiency", who="Lege Testesen")
    assert shown.lines[0].startswith("Vitamin B12 deficiency is possible")
    assert shown.lines[1] == "Signed by Lege Testesen"
    assert (shown.to, shown.mark) == (("patients:assessment", 7), "")


def test_a_corrected_assessment_is_marked() -> None:
    assert entry(Kind.ASSESSMENT, code="unlikely", reason="corrected").mark == "Corrected later"


def test_a_correction_says_why() -> None:
    shown = entry(Kind.ASSESSMENT, reason="correction", text="Wrong value")
    assert "Corrects an earlier one: Wrong value" in shown.lines


@pytest.mark.parametrize(
    ("code", "detail", "sentence"),
    [
        ("", "response_adequate", "The treatment works as expected."),
        (
            "confirmed_b12_deficiency",
            "oral_2mg",
            "The patient has a certain vitamin B12 deficiency.",
        ),
        ("", "prophylaxis_oral_1mg", "Prevention: tablets 1 mg daily"),
        ("", "", "Assessed without a conclusion."),
        ("of_a_later_edition", "", "of_a_later_edition"),
    ],
)
def test_the_most_telling_of_what_was_concluded_is_shown(
    code: str, detail: str, sentence: str
) -> None:
    assert entry(Kind.ASSESSMENT, code=code, detail=detail).lines[0] == sentence


@pytest.mark.parametrize("kind", EventKind)
def test_every_event_of_a_course_has_words(kind: EventKind) -> None:
    shown = entry(Kind.COURSE, code=kind.value, reason="other", text="Own words", who="X")
    assert shown.title == f"Treatment: {kind.label}"
    assert shown.lines == ["another reason, described below", "Own words", "X"]


def test_a_moved_control_says_until_when() -> None:
    shown = entry(
        Kind.CONTROL, code="moved", detail='["total_b12", "mma"]', until=DAY, reason="illness"
    )
    assert shown.title == "Control: moved"
    assert shown.lines[0] == "Total vitamin B12, methylmalonic acid (MMA)"
    assert shown.lines[2] == "other illness"


def test_an_injection_says_dose_batch_and_who_gave_it() -> None:
    shown = entry(Kind.INJECTION, code="hydroxocobalamin", detail="1.0", text="A1", who="Unni")
    assert shown.lines == [
        "Hydroxocobalamin injection (i.m.) 1.0 mg",
        "Batch A1",
        "Given by Unni",
    ]


def test_an_order_says_whether_answers_are_awaited() -> None:
    shown = entry(Kind.ORDER, code="open", detail='["mma"]', who="Lege")
    assert shown.title == "Tests ordered: answers awaited"


def test_a_contact_says_how_and_with_what_outcome() -> None:
    shown = entry(Kind.CONTACT, code="telephone", detail="not_reached", text="Two calls", who="U")
    assert shown.title == "Contact by telephone: not reached"
    assert shown.lines == ["Two calls", "U"]


@pytest.mark.parametrize(
    ("lower", "upper", "words"),
    [
        (None, None, "Total vitamin B12: 143 pmol/L"),
        ("150", "650", "Total vitamin B12: 143 pmol/L, below the limit of 150"),
        ("143", "650", "Total vitamin B12: 143 pmol/L"),
        ("100", "142", "Total vitamin B12: 143 pmol/L, above the limit of 142"),
    ],
)
def test_a_value_outside_its_own_limits_is_said(
    lower: str | None, upper: str | None, words: str
) -> None:
    limits = {"lower_limit": lower and Decimal(lower), "upper_limit": upper and Decimal(upper)}
    assert value(number("143", **limits)) == words


def test_an_open_value_keeps_its_sign() -> None:
    assert value(number("60", comparator="<")) == "Total vitamin B12: <60 pmol/L"


def test_a_finding_is_a_word() -> None:
    assert value(result("anti_if", finding="positive")).endswith("(anti-IF): Positive")
    assert value(result("blood_smear", finding="normal")) == "Blood film: Normal blood film"


def test_the_results_of_a_day_stand_together() -> None:
    row = Row(DAY, Kind.RESULTS, 0, 7, None, "", "", "", "", "")
    results = {DAY: [number("143"), result("anti_if", finding="negative")]}
    (only,) = timeline_days(Timeline([row], results, None))
    assert len(only.entries[0].lines) == 2


def test_a_letter_says_what_it_is_and_who_issued_it() -> None:
    shown = entry(Kind.LETTER, code="issued", detail="result", who="Lege Testesen")
    assert (shown.title, shown.to) == ("Letter issued: result letter", ("patients:letter", 7))
    assert (shown.lines, shown.mark) == (["Lege Testesen"], "")


def test_a_letter_says_how_it_was_sent() -> None:
    shown = entry(Kind.LETTER, code="sent handed_over", detail="plan", who="Bo")
    assert shown.title == "Letter sent: treatment plan"
    assert shown.lines == ["Handed over", "Bo"]


def test_a_referral_names_the_specialty_and_a_correction_says_so() -> None:
    fields = {"detail": "referral", "reason": "neurology", "text": "correction", "who": "Bo"}
    shown = entry(Kind.LETTER, code="issued", **fields)
    assert shown.title == "Letter issued: referral, neurology"
    assert shown.lines == ["Corrects an earlier letter", "Bo"]


def test_a_withdrawn_letter_is_marked_and_says_why() -> None:
    fields = {"detail": "recall", "who": "Bo"}
    assert entry(Kind.LETTER, code="issued", text="withdrawn", **fields).mark == "Withdrawn later"
    shown = entry(Kind.LETTER, code="withdrawn", text="Wrong patient", **fields)
    assert shown.title == "Letter withdrawn: recall letter"
    assert (shown.lines, shown.mark) == (["Wrong patient", "Bo"], "")
