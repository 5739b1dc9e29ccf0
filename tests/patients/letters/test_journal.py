"""The journal summary: inputs, lit flowchart, limits, edition, who signed."""

import pytest

from patients.letters.context import Letter, Section

from . import samples

pytestmark = pytest.mark.django_db


def _section(letter: Letter, heading: str) -> Section:
    return next(section for section in letter.sections if section.heading == heading)


def test_it_says_the_flowchart_in_words_too() -> None:
    figure = _section(samples.journal_letter("en"), "The way through the flowchart").figure
    assert figure is not None
    assert figure.alternative.startswith("Flowchart 1: strong suspicion. The way through the chart")
    assert "Certain B12 deficiency" in figure.alternative
    assert figure.svg.count('stroke-width="2"') > 4


def test_it_has_no_drawing_where_no_flowchart_was_walked() -> None:
    letter = samples.journal_letter("en", samples.TREATED)
    assert not any(section.figure for section in letter.sections)


def test_it_holds_inputs_with_their_days_and_every_limit_with_its_source() -> None:
    letter = samples.journal_letter("en")
    inputs = _section(letter, "What it rests on").points
    assert "Total vitamin B12 143 pmol/L (26 Feb 2026)" in inputs[-1]
    limits = _section(letter, "Limits used").points
    assert "MMA: deficiency certain from: 0.75 µmol/L (the guideline)" in limits


def test_it_names_a_limit_of_the_laboratory_as_that() -> None:
    local = dict(samples.SEVERE) | {"lab_limits": {"total_b12_lower_pmol_l": "160"}}
    limits = _section(samples.journal_letter("en", local), "Limits used").points
    assert any(limit.endswith(": 160 pmol/L (the laboratory)") for limit in limits)


def test_it_says_who_signed_when_and_under_which_edition() -> None:
    letter = samples.journal_letter("en")
    assert letter.closing == ("Signed by Lege Testesen on 2 March 2026",)
    assert "first edition, March 2018" in letter.footnote


def test_it_says_what_the_doctor_chose_instead_and_why() -> None:
    letter = samples.journal_letter(
        "en",
        chosen_regimen="oral_uncomplicated",
        override_reason="patient_wish",
        override_text="Afraid of needles.",
        comment="Seen with her daughter.",
    )
    points = _section(letter, "Decided").points
    assert points[-3].startswith("Chosen otherwise than the guideline: ")
    assert points[-2:] == ("Afraid of needles.", "Comment: Seen with her daughter.")
