"""The referral: the question, the findings, the results, what has been done."""

import pytest

from patients.letters import referral
from patients.letters.context import Letter, Section

from . import samples

pytestmark = pytest.mark.django_db


def _section(letter: Letter, heading: str) -> Section:
    return next(section for section in letter.sections if section.heading == heading)


@pytest.mark.parametrize(
    ("specialty", "heading", "to"),
    [
        ("gastroscopy", "Referral to gastroscopy", "Department of gastroenterology"),
        ("haematology", "Referral to a haematologist", "Department of haematology"),
        ("neurology", "Referral to a neurologist", "Department of neurology"),
    ],
)
def test_it_goes_to_a_specialist(specialty: str, heading: str, to: str) -> None:
    letter = samples.referral_letter("en", specialty)
    assert (letter.heading, letter.recipient) == (heading, (to,))


def test_it_asks_what_the_doctor_asks() -> None:
    letter = samples.referral_letter("en", free_text="Is it the stomach?\r\n\r\nOr the bowel?")
    question = _section(letter, "Our question")
    assert question.paragraphs == ("Is it the stomach?", "Or the bowel?")
    assert letter.free_text == ""


def test_it_asks_something_when_the_doctor_writes_nothing() -> None:
    assert "?" in _section(samples.referral_letter("en"), "Our question").paragraphs[0]


def test_it_says_whom_it_is_about_beside_the_date() -> None:
    about = samples.referral_letter("en").about
    assert about[:2] == (
        "About Ánne Márjjá Čáhppesčorru-Šiŋa",
        "Identity number 048562 12345",
    )


def test_it_holds_findings_results_and_treatment() -> None:
    letter = samples.referral_letter("en")
    points = _section(letter, "Findings").points
    assert (
        points[0] == "Assessed on 2 March 2026: The patient has a certain vitamin B12 deficiency."
    )
    assert points[1] == "Symptoms and signs: Ataxia, paraesthesia, tiredness."
    table = _section(letter, "Laboratory").table
    assert table is not None
    assert table.rows[0] == ("Total vitamin B12", "143 pmol/L", "from 150 to 650", "26 Feb 2026")
    assert _section(letter, "What has been done").points[0].endswith("since 2 March 2026.")
    assert any(section.figure for section in letter.sections)


def test_it_can_be_written_without_an_assessment_and_a_treatment() -> None:
    who = samples.patient()
    letter = referral.build(
        specialty="neurology",
        assessment=None,
        interpretation=None,
        results=[],
        course=None,
        **samples.about("en", who),
    )
    assert [section.heading for section in letter.sections] == [
        "Our question",
        "What has been done",
    ]
    assert letter.sections[1].points == ("No treatment with vitamin B12 is registered.",)
