"""Scales and ticks of the drawings."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patients.presenters.chart import (
    BOTTOM,
    LEFT,
    RIGHT,
    TOP,
    TimeScale,
    ValueScale,
    number,
    time_ticks,
)

D = Decimal
TODAY = date(2026, 3, 2)


def test_time_runs_from_left_to_right() -> None:
    scale = TimeScale.over(date(2025, 3, 2), TODAY)
    assert [scale.x(day) for day in (date(2025, 3, 2), TODAY)] == [LEFT, RIGHT]
    assert LEFT < scale.x(date(2025, 9, 1)) < RIGHT


def test_a_day_outside_stands_at_the_edge() -> None:
    scale = TimeScale.over(date(2025, 3, 2), TODAY)
    assert scale.x(date(2020, 1, 1)) == LEFT
    assert not scale.shows(date(2020, 1, 1))


def test_a_single_day_gets_two_months() -> None:
    assert TimeScale.over(TODAY, TODAY).first == TODAY - timedelta(days=60)


@pytest.mark.parametrize(
    ("first", "ticks", "are_years"),
    [
        (date(2026, 1, 10), [date(2026, month, 1) for month in (1, 2, 3)], False),
        (
            date(2025, 3, 2),
            [date(2025, 4, 1), date(2025, 7, 1), date(2025, 10, 1), date(2026, 1, 1)],
            False,
        ),
        (date(2021, 3, 2), [date(year, 1, 1) for year in range(2022, 2027)], True),
        (
            date(2008, 3, 2),
            [date(2012, 1, 1), date(2016, 1, 1), date(2020, 1, 1), date(2024, 1, 1)],
            True,
        ),
    ],
)
def test_ticks_are_the_first_days_of_months_or_years(
    first: date, ticks: list[date], are_years: bool
) -> None:
    assert time_ticks(TimeScale.over(first, TODAY)) == (ticks, are_years)


@given(st.dates(date(1950, 1, 1), TODAY))
def test_there_are_never_more_than_six_ticks_of_time(first: date) -> None:
    scale = TimeScale.over(first, TODAY)
    days, _are_years = time_ticks(scale)
    assert len(days) <= 6
    assert all(scale.shows(day) for day in days)


@pytest.mark.parametrize(
    ("values", "ticks"),
    [
        (["60", "740", "150", "650"], ["0", "200", "400", "600", "800"]),
        (["9.1", "14.1", "11.7", "15.3"], ["8", "10", "12", "14", "16"]),
        (["0.2", "1.45"], ["0.0", "0.5", "1.0", "1.5"]),
        (["0", "0"], ["0.0", "0.5", "1.0"]),
    ],
)
def test_values_get_round_ticks_around_them(values: list[str], ticks: list[str]) -> None:
    found = ValueScale.over(map(D, values)).ticks()
    assert found == [D(tick) for tick in ticks]


def test_larger_values_stand_higher() -> None:
    scale = ValueScale.over([D(0), D(100)])
    assert (scale.y(D(0)), scale.y(D(100))) == (BOTTOM, TOP)


_VALUES = st.lists(st.decimals("0", "100000", places=3), min_size=1, max_size=8)


@given(_VALUES)
def test_every_value_lies_within_the_drawing(values: list[Decimal]) -> None:
    scale = ValueScale.over(values)
    assert all(TOP <= scale.y(value) <= BOTTOM for value in values)
    assert 2 <= len(scale.ticks()) <= 7
    assert "E" not in "".join(map(str, scale.ticks()))


def test_a_coordinate_has_a_point_in_every_language() -> None:
    assert number(12.345) == "12.3"
