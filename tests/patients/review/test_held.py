"""When a control was held, and what came of it. No database."""

from datetime import date
from typing import Any

import pytest

from patients.review.held import Outcome, Visit, waits

PATIENT = 7
START = date(2026, 1, 1)
B12 = "total_b12_pmol_l"


def visit(**given: Any) -> Visit:
    """Started on 1 January; from 2 March to 1 April, samples count from 15 February on."""
    values: dict[str, Any] = {
        "patient": PATIENT,
        "tests": ["total_b12"],
        "state": "done",
        "closed_on": date(2026, 4, 10),
        "opens": date(2026, 3, 2),
        "earliest": date(2026, 3, 2),
        "latest": date(2026, 4, 1),
        "start": START,
        "lost_since": None,
        "asked_by": 1,
        "asked_on": START,
    }
    return Visit(**values | given)


def sampled(*days: date, code: str = B12) -> dict[int, list[tuple[date, str]]]:
    return {PATIENT: [(day, code) for day in days]}


def test_it_was_held_on_the_day_of_the_sample_not_when_the_answer_was_read() -> None:
    day = date(2026, 3, 30)
    assert visit().held_on(sampled(day)) == day
    assert visit().outcome(sampled(day)) == Outcome.WITHIN


def test_without_a_sample_it_was_held_when_it_was_closed() -> None:
    assert visit().held_on({}) == date(2026, 4, 10)
    assert visit().outcome({}) == Outcome.AFTER
    assert visit(closed_on=date(2026, 4, 1)).outcome({}) == Outcome.WITHIN


@pytest.mark.parametrize(
    "other",
    [
        sampled(date(2026, 2, 14)),  # a day too early to count
        sampled(date(2026, 4, 11)),  # after it was closed
        sampled(date(2026, 3, 30), code="ferritin_ug_l"),  # not what the control asks for
        {PATIENT + 1: [(date(2026, 3, 30), B12)]},
    ],
)
def test_a_sample_that_does_not_count_says_nothing(other: Any) -> None:
    assert visit().held_on(other) == date(2026, 4, 10)


def test_of_several_samples_one_in_the_window_counts_first_and_else_the_last() -> None:
    early, within, late = date(2026, 2, 20), date(2026, 3, 5), date(2026, 4, 8)
    assert visit().held_on(sampled(early, within, late)) == within
    assert visit().held_on(sampled(early, late)) == late
    assert visit().outcome(sampled(early)) == Outcome.BEFORE


def test_one_that_was_moved_is_measured_by_its_first_window() -> None:
    moved = visit(opens=date(2026, 5, 1), closed_on=date(2026, 5, 4))
    assert moved.outcome(sampled(date(2026, 5, 2))) == Outcome.AFTER


def test_what_was_not_held_is_told_apart() -> None:
    still: dict[str, Any] = {"state": "planned", "closed_on": None}
    assert visit(**still).outcome({}) == Outcome.NOT_HELD
    assert visit(**still, lost_since=START).outcome({}) == Outcome.LOST
    assert visit(state="cancelled").outcome({}) == Outcome.CANCELLED


def test_the_wait_is_for_the_first_control_that_was_held() -> None:
    """Assessment 1 waited 60 days, 2 still waits, of 3 everything was cancelled."""
    planned: dict[str, Any] = {"state": "planned", "closed_on": None}
    visits = [
        visit(closed_on=date(2026, 6, 1)),
        visit(closed_on=date(2026, 3, 2)),
        visit(**planned),
        visit(**planned, asked_by=2),
        visit(state="cancelled", asked_by=3),
    ]
    assert waits(visits, {}) == ([60], 1)


def test_a_sample_from_before_the_assessment_is_no_negative_wait() -> None:
    soon = visit(asked_on=date(2026, 3, 20))
    assert waits([soon], sampled(date(2026, 3, 10))) == ([0], 0)
