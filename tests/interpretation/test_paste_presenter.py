"""Pasted lines as rows of a table: finished texts, in the reader's language."""

from datetime import date

import pytest
from django.utils import translation

from interpretation.laboratory_text import Note, State, read_answers
from interpretation.presenters.paste import preselected, review
from interpretation.wording.paste import NOTES, STATES

TODAY = date(2026, 3, 9)


def test_every_state_and_every_note_has_words() -> None:
    assert set(STATES) == set(State)
    assert set(NOTES) == set(Note)


def test_a_row_has_value_limits_and_date_in_norwegian() -> None:
    lines = read_answers("MMA 0,31 µmol/L (<0,28) 02.03.2026", TODAY)
    with translation.override("nb"):
        (row,) = review(lines, {0}).rows
    assert row.value == "0,31 µmol/L"
    assert row.limits.endswith("0,28 µmol/L")
    assert (row.day, row.ticked, row.colour) == ("02.03.2026", True, "success")


def test_a_converted_value_is_shown_both_ways() -> None:
    with translation.override("en"):
        (row,) = review(read_answers("MMA 320 nmol/L", TODAY), set()).rows
    assert row.value == "320 nmol/L = 0.32 µmol/L"


def test_what_cannot_be_confirmed_is_never_ticked() -> None:
    lines = read_answers("U-MMA 1,2 µmol/L\nFolat 12 13 nmol/L", TODAY)
    assert [row.ticked for row in review(lines, {0, 1}).rows] == [False, False]


def test_lines_that_name_nothing_stand_apart() -> None:
    shown = review(read_answers("CRP 3 mg/L\nFolat 12 nmol/L", TODAY), set())
    assert ([row.original for row in shown.left_out], len(shown.rows)) == (["CRP 3 mg/L"], 1)


def test_a_remark_stands_last() -> None:
    (row,) = review(read_answers("MCV 97", TODAY), set(), {0: "Remark"}).rows
    assert (row.notes[-1], len(row.notes)) == ("Remark", 2)


@pytest.mark.parametrize(("newest_only", "places"), [(False, {0, 1, 2}), (True, {1})])
def test_it_selects_what_is_recognised(newest_only: bool, places: set[int]) -> None:
    text = "Folat 12 nmol/L 01.03.2026\nFolat 13 nmol/L 02.03.2026\nMCV 97 fL 01.01.2020"
    lines = read_answers(text, TODAY)
    assert preselected(lines, newest_only=newest_only) == places
