"""The handout names nobody, and leaves to the doctor what the doctor decides."""

import pytest

from patients.letters import handout

from . import samples
from .plain_language import blocks


def _words(given: dict[str, object] | None = None) -> str:
    answer = samples.answered(given)[1] if given else None
    return " ".join(blocks(handout.build(language="en", practice=None, interpretation=answer)))


def test_it_explains_the_general_things() -> None:
    words = _words()
    for topic in ("Tablets, or injections?", "What you can eat", "For life, or for a time?"):
        assert topic in words


def test_it_stands_without_a_practice() -> None:
    letter = handout.build(language="nb", practice=None, interpretation=None)
    assert (letter.letterhead, letter.recipient, letter.date) == (None, (), "")


@pytest.mark.django_db
def test_it_bears_the_letterhead_of_a_practice_and_its_telephone() -> None:
    letter = samples.handout_letter("nb")
    assert letter.letterhead is not None
    assert "77 00 00 00" in letter.sections[-1].paragraphs[0]


def test_it_says_the_answer_to_a_case_and_that_the_doctor_decides() -> None:
    words = _words(dict(samples.SEVERE))
    assert "Your doctor decides." in words
    assert "You have too little vitamin B12. We are certain of this." in words
    assert "Call your doctor the same day if" in words


def test_it_gives_no_dose_of_what_is_only_to_be_considered() -> None:
    words = _words(dict(samples.BORDERLINE))
    assert "You and your doctor can talk about whether you should try treatment." in words
    assert "milligrams" not in words


def test_it_names_the_guideline() -> None:
    letter = handout.build(language="en", practice=None, interpretation=None)
    assert letter.footnote.endswith("guideline on vitamin B12 of 2018.")
