"""Dates of the controls: calendar units, and controls that become one visit."""

from datetime import date

import pytest

from interpretation.guideline.calendar_time import add, add_months
from interpretation.guideline.edition import ControlWindow
from interpretation.guideline.follow_up import control, visits
from interpretation.guideline.interpretation import Control
from interpretation.guideline.vocabulary import ControlTime, Test

from . import builders


@pytest.mark.parametrize(
    ("start", "months", "expected"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2026, 1, 28), 1, date(2026, 2, 28)),
        (date(2026, 3, 31), 1, date(2026, 4, 30)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 11, 15), 1, date(2026, 12, 15)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2026, 5, 5), 0, date(2026, 5, 5)),
    ],
)
def test_a_month_later_is_the_same_day_or_the_last_of_the_month(
    start: date, months: int, expected: date
) -> None:
    assert add_months(start, months) == expected


@pytest.mark.parametrize(
    ("amount", "unit", "expected"),
    [
        (10, "days", date(2026, 2, 10)),
        (2, "weeks", date(2026, 2, 14)),
        (1, "months", date(2026, 2, 28)),
        (5, "years", date(2031, 1, 31)),
    ],
)
def test_it_counts_in_calendar_units(amount: int, unit: str, expected: date) -> None:
    assert add(date(2026, 1, 31), amount, unit) == expected


def test_a_control_has_its_window_from_the_start() -> None:
    made = control(builders.edition(), ControlTime.DAY_7_TO_14, date(2026, 2, 25), Test.HAEMOGLOBIN)
    assert (made.earliest, made.latest) == (date(2026, 3, 4), date(2026, 3, 11))
    assert (made.repeats, made.from_guideline) == (False, True)


def test_a_control_has_no_dates_while_its_start_is_open() -> None:
    made = control(builders.edition(), ControlTime.ANNUAL_AFTER_STOPPING, None, Test.TOTAL_B12)
    assert (made.earliest, made.latest, made.repeats) == (None, None, True)


START = date(2026, 5, 1)


def _control(
    when: ControlTime, first: int, last: int, *check: Test, repeats: bool = False
) -> Control:
    """A control in a window of days in May."""
    window = ControlWindow(first - 1, last - 1, "days", repeats, ("G129",), "Effect", True)
    return Control(when, check, START, window)


def test_controls_whose_windows_meet_become_one_visit() -> None:
    early = _control(ControlTime.DAY_7_TO_14, 4, 12, Test.HAEMOGLOBIN, Test.RETICULOCYTES)
    trial = _control(ControlTime.TWO_WEEKS, 12, 16, Test.MMA, Test.HAEMOGLOBIN, repeats=True)
    (visit,) = visits([trial, early])
    assert (visit.earliest, visit.latest) == (date(2026, 5, 12), date(2026, 5, 12))
    assert visit.times == (ControlTime.DAY_7_TO_14, ControlTime.TWO_WEEKS)
    assert visit.check == (Test.HAEMOGLOBIN, Test.RETICULOCYTES, Test.MMA)
    assert visit.repeats


def test_controls_a_day_apart_stay_two_visits() -> None:
    early = _control(ControlTime.DAY_7_TO_14, 4, 12, Test.HAEMOGLOBIN)
    later = _control(ControlTime.TWO_WEEKS, 13, 16, Test.MMA)
    assert [visit.times for visit in visits([later, early])] == [
        (ControlTime.DAY_7_TO_14,),
        (ControlTime.TWO_WEEKS,),
    ]


def test_the_joined_window_serves_every_control_in_it() -> None:
    """A third control that meets only the wider of two joined windows is a visit of its own."""
    wide = _control(ControlTime.TWO_TO_THREE_MONTHS, 1, 20, Test.TOTAL_B12)
    narrow = _control(ControlTime.TWO_WEEKS, 5, 8, Test.MMA)
    late = _control(ControlTime.THREE_MONTHS, 15, 25, Test.FOLATE)
    first, second = visits([wide, narrow, late])
    assert (first.earliest, first.latest) == (date(2026, 5, 5), date(2026, 5, 8))
    assert second.times == (ControlTime.THREE_MONTHS,)


def test_a_control_without_dates_is_no_visit() -> None:
    when = ControlTime.ANNUAL_AFTER_STOPPING
    assert visits([control(builders.edition(), when, None, Test.TOTAL_B12)]) == ()
