"""The recall letter: which control, which tests, fasting or not, how to book."""

from datetime import date

import pytest

from patients.letters.context import Letter, Section

from . import samples

pytestmark = pytest.mark.django_db


def _section(letter: Letter, heading: str) -> Section:
    return next(section for section in letter.sections if section.heading == heading)


def test_it_names_the_window_and_the_tests() -> None:
    letter = samples.recall_letter("en")
    assert _section(letter, "Why we write").paragraphs[0] == (
        "It is time for a control. It should be between 2 May 2026 and 2 June 2026."
    )
    assert _section(letter, "What we check").points == (
        "Vitamin B12",
        "Haemoglobin (the red dye of the blood)",
    )


def test_it_blames_nobody_for_a_day_that_has_passed() -> None:
    letter = samples.recall_letter("en", earliest=date(2026, 1, 2), latest=date(2026, 2, 2))
    assert _section(letter, "Why we write").paragraphs[0] == (
        "We had planned a control for you by 2 February 2026. You can still come."
    )


@pytest.mark.parametrize(
    ("tests", "words"),
    [
        (["total_b12"], "You do not need to fast."),
        (["gastrin_fasting", "total_b12"], "One of the tests is taken fasting."),
    ],
)
def test_it_says_whether_to_fast(tests: list[str], words: str) -> None:
    letter = samples.recall_letter("en", tests=tests)
    assert _section(letter, "Before the sample").paragraphs[0].startswith(words)


def test_it_says_nothing_of_samples_when_none_are_taken() -> None:
    letter = samples.recall_letter("en", tests=["gastroscopy"])
    assert "Before the sample" not in {section.heading for section in letter.sections}


def test_it_tells_how_to_book_also_without_a_telephone() -> None:
    who = samples.patient()
    assert "77 00 00 00" in _section(samples.recall_letter("en", who), "How to book").paragraphs[0]
    who.practice.telephone = ""
    booking = _section(samples.recall_letter("en", who), "How to book").paragraphs[0]
    assert booking == "Get in touch with us and ask for a time."
