"""A regimen in days: no gap, no overlap, and the next injection from what has been given."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interpretation.guideline.phases import (
    Due,
    Phase,
    injections_in,
    injections_so_far,
    next_injection,
    phase_on,
    phases,
    until,
)
from interpretation.guideline.vocabulary import Regimen

from . import builders

START = date(2026, 3, 2)
DAY = timedelta(days=1)
STARTS = st.dates(date(2000, 1, 1), date(2099, 12, 31))


def laid(regimen: Regimen, start: date = START) -> tuple[Phase, ...]:
    return phases(builders.edition().regimens[regimen].doses, start)


def days(*offsets: int) -> list[date]:
    """Days of the plan, counted from 1."""
    return [START + (offset - 1) * DAY for offset in offsets]


SEVERE = laid(Regimen.IM_5_DAYS_THEN_ORAL)
FOR_LIFE = laid(Regimen.IM_5_DAYS_THEN_IM_HYDROXO)


def test_five_daily_injections_fill_days_1_to_5_and_the_month_of_tablets_begins_on_day_6() -> None:
    assert [(phase.first_day, phase.last_day) for phase in SEVERE] == [
        (date(2026, 3, 2), date(2026, 3, 6)),
        (date(2026, 3, 7), date(2026, 4, 6)),
        (date(2026, 4, 7), None),
    ]


@pytest.mark.parametrize(
    ("start", "last_of_the_month"),
    [
        (date(2026, 1, 1), date(2026, 1, 31)),
        (date(2026, 1, 28), date(2026, 2, 27)),
        (date(2026, 1, 31), date(2026, 2, 27)),
        (date(2028, 1, 31), date(2028, 2, 28)),
        (date(2026, 2, 28), date(2026, 3, 27)),
        (date(2026, 3, 31), date(2026, 4, 29)),
        (date(2026, 12, 15), date(2027, 1, 14)),
    ],
)
def test_a_month_of_tablets_ends_the_day_before_its_day_of_the_next_month(
    start: date, last_of_the_month: date
) -> None:
    full, maintenance = laid(Regimen.ORAL_UNCOMPLICATED, start)
    assert full.last_day == last_of_the_month
    assert maintenance.first_day == last_of_the_month + DAY


@given(regimen=st.sampled_from(Regimen), start=STARTS)
def test_every_day_from_the_start_lies_in_one_phase_until_maintenance(
    regimen: Regimen, start: date
) -> None:
    plan = laid(regimen, start)
    day = start
    for phase in plan:
        assert phase.first_day == day
        assert phase.last_day is None or phase.last_day >= day
        day = (phase.last_day or day) + DAY
    assert [phase.last_day is None for phase in plan[:-1]] == [False] * len(plan[:-1])


@given(start=STARTS, cut=st.integers(-3, 60))
def test_what_is_replaced_ends_the_day_before(start: date, cut: int) -> None:
    plan, day = laid(Regimen.IM_5_DAYS_THEN_ORAL, start), start + cut * DAY
    kept = until(plan, day)
    for each in range(-3, 70):
        on = start + each * DAY
        before = phase_on(plan, on)
        after = phase_on(kept, on)
        assert (after and after.dose) == (before and before.dose if on < day else None)


def test_a_phase_that_would_have_begun_on_the_day_of_the_change_is_gone() -> None:
    injections, tablets, _maintenance = SEVERE
    assert until(SEVERE, tablets.first_day) == (injections,)
    assert until(SEVERE, START) == ()


def test_a_plan_without_doses_has_no_phases() -> None:
    assert laid(Regimen.STOP_B12) == ()
    assert next_injection((), days(1)) is None
    assert injections_so_far((), days(1)) is None


def test_before_the_start_and_after_the_end_nothing_is_given() -> None:
    trial = laid(Regimen.TREATMENT_TRIAL_ORAL)
    assert phase_on(trial, START - DAY) is None
    assert phase_on(trial, START) == phase_on(trial, START + 13 * DAY) == trial[0]
    assert phase_on(trial, START + 14 * DAY) is None


def test_only_a_phase_with_an_end_has_a_number_of_injections() -> None:
    assert [injections_in(phase) for phase in FOR_LIFE] == [5, None]


def series(every: int, unit: str, lasting: int, first_day: date = START) -> Phase:
    """One injection in so many days or weeks, for so many of these. No edition has such a series
    yet; the reckoning is the same."""
    daily = SEVERE[0].dose
    dose = replace(daily, per=(every, every, unit), duration=(lasting, unit))
    (phase,) = phases([dose], first_day)
    return phase


@pytest.mark.parametrize(
    ("every", "unit", "lasting", "number"),
    [
        (1, "days", 1, 1),
        (1, "days", 2, 2),
        (2, "days", 5, 3),
        (1, "weeks", 4, 4),
        (2, "weeks", 8, 4),
    ],
)
def test_the_number_of_injections_follows_from_interval_and_length(
    every: int, unit: str, lasting: int, number: int
) -> None:
    assert injections_in(series(every, unit, lasting)) == number


def test_a_second_series_counts_the_injections_after_the_first() -> None:
    plan = (series(1, "days", 3), series(1, "weeks", 3, START + 3 * DAY))
    assert next_injection(plan, days(1, 2, 3)) == Due(*days(4, 4))
    assert next_injection(plan, days(1, 2, 3, 4)) == Due(*days(11, 11))
    assert next_injection(plan, days(1, 2, 3, 4, 11, 18)) is None


@pytest.mark.parametrize(
    ("given_on", "due"),
    [
        ((), 1),
        ((1,), 2),
        ((1, 2, 3, 4), 5),
        ((1, 2, 4), 5),  # the third day was missed: three are given, the fourth is due on day 5
        ((1, 2, 3, 5), 6),  # and the fifth after the five days
        ((1, 1, 1), 2),  # twice on one day is one day
        ((3,), 4),
    ],
)
def test_the_next_daily_injection_is_due_the_day_after_the_last(
    given_on: tuple[int, ...], due: int
) -> None:
    (day,) = days(due)
    assert next_injection(SEVERE, days(*given_on)) == Due(day, day)


def test_after_the_five_injections_none_is_due_on_tablets() -> None:
    assert next_injection(SEVERE, days(1, 2, 3, 4, 5)) is None
    assert next_injection(SEVERE, days(1, 2, 3, 5, 9)) is None


def test_maintenance_is_due_two_to_three_months_after_the_last_injection() -> None:
    first = next_injection(FOR_LIFE, days(1, 2, 3, 4, 5))
    assert first == Due(date(2026, 5, 6), date(2026, 6, 6))
    again = next_injection(FOR_LIFE, [*days(1, 2, 3, 4, 5), date(2026, 5, 31)])
    assert again == Due(date(2026, 7, 31), date(2026, 8, 31))


@pytest.mark.parametrize(
    ("last", "due"),
    [
        (date(2025, 12, 31), Due(date(2026, 2, 28), date(2026, 3, 31))),
        (date(2027, 12, 31), Due(date(2028, 2, 29), date(2028, 3, 31))),
        (date(2026, 1, 30), Due(date(2026, 3, 30), date(2026, 4, 30))),
    ],
)
def test_an_interval_of_months_ends_with_the_month(last: date, due: Due) -> None:
    plan = laid(Regimen.CONTINUE_IM_MAINTENANCE, date(2025, 1, 1))
    assert next_injection(plan, [last]) == due


def test_cyanocobalamin_is_due_three_to_four_weeks_after_the_last() -> None:
    plan = laid(Regimen.IM_5_DAYS_THEN_IM_CYANO)
    last = days(5)[0]
    due = next_injection(plan, days(1, 2, 3, 4, 5))
    assert due == Due(last + 21 * DAY, last + 28 * DAY)


def test_maintenance_alone_is_due_at_once_while_no_injection_is_known() -> None:
    plan = laid(Regimen.PROPHYLAXIS_IM_EVERY_3_MONTHS)
    assert next_injection(plan, []) == Due(START, START)
    assert next_injection(plan, [START]) == Due(date(2026, 6, 2), date(2026, 6, 2))


def test_maintenance_counts_an_injection_from_before_the_plan_and_never_falls_before_it() -> None:
    plan = laid(Regimen.CONTINUE_IM_MAINTENANCE)
    assert next_injection(plan, [date(2026, 2, 1)]) == Due(date(2026, 4, 1), date(2026, 5, 1))
    assert next_injection(plan, [date(2025, 12, 20)]) == Due(START, date(2026, 3, 20))
    assert next_injection(plan, [date(2024, 1, 1)]) == Due(START, START)


def test_a_new_series_does_not_count_injections_from_before_it() -> None:
    plan = laid(Regimen.RESTART_PARENTERAL)
    earlier = [START - DAY, START - 2 * DAY]
    assert next_injection(plan, earlier) == Due(START, START)
    assert injections_so_far(plan, earlier) == (0, 5)


@pytest.mark.parametrize(("number", "so_far"), [(0, 0), (3, 3), (5, 5), (6, 5)])
def test_it_counts_how_many_of_the_five_are_given(number: int, so_far: int) -> None:
    assert injections_so_far(SEVERE, days(*range(1, number + 1))) == (so_far, 5)


def test_a_plan_without_a_series_counts_nothing() -> None:
    assert injections_so_far(laid(Regimen.CONTINUE_IM_MAINTENANCE), days(1)) is None
    assert injections_so_far(laid(Regimen.ORAL_2MG), days(1)) is None


@given(missed=st.sets(st.integers(1, 12)), start=STARTS)
def test_whatever_day_is_missed_five_are_given_in_the_end(missed: set[int], start: date) -> None:
    plan, day = laid(Regimen.IM_5_DAYS_THEN_ORAL, start), start
    so_far: list[date] = []
    for number in range(1, 30):
        due = next_injection(plan, so_far)
        if due is not None and due.earliest <= day and number not in missed:
            so_far.append(day)
        day += DAY
    assert len(so_far) == 5
