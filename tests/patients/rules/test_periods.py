"""Which treatment held when, from the events of the courses."""

from datetime import date
from decimal import Decimal

import pytest

from patients.models import CourseEvent, DosePhase, TreatmentCourse
from patients.rules.periods import Period, periods, stops
from tests.patients import builders

pytestmark = pytest.mark.django_db


def event(course: TreatmentCourse, kind: str, on: date, regimen: str = "") -> CourseEvent:
    return CourseEvent.objects.create(
        course=course,
        kind=kind,
        on=on,
        regimen=regimen,
        recorded_at=builders.NOW,
        recorded_by=builders.user(),
    )


def phase(of: CourseEvent, route: str, first: date, last: date | None = None) -> None:
    DosePhase.objects.create(
        event=of,
        drug="hydroxocobalamin",
        route=route,
        amount=Decimal(1),
        unit="mg",
        per_from=1,
        per_to=1,
        per_unit="days",
        first_day=first,
        last_day=last,
        from_guideline=True,
    )


def started(on: date = date(2025, 1, 1)) -> TreatmentCourse:
    """Five days of injections, then tablets in two doses."""
    course = builders.course(builders.patient(), started_on=on)
    start = event(course, "started", on, "im_5_days_then_oral")
    phase(start, "im", date(2025, 1, 1), date(2025, 1, 5))
    phase(start, "oral", date(2025, 1, 6), date(2025, 2, 5))
    phase(start, "oral", date(2025, 2, 6))
    return course


def test_phases_by_the_same_route_are_one_period() -> None:
    assert periods([started()]) == (
        Period("im", date(2025, 1, 1), date(2025, 1, 5)),
        Period("oral", date(2025, 1, 6), None),
    )


def test_a_stop_ends_the_period_the_day_before() -> None:
    course = started()
    event(course, "stopped", date(2025, 6, 1))
    assert periods([course])[-1] == Period("oral", date(2025, 1, 6), date(2025, 5, 31))
    assert stops([course]) == (date(2025, 6, 1),)


def test_a_switch_within_the_first_phase_leaves_out_what_never_began() -> None:
    course = started()
    switch = event(course, "switched", date(2025, 1, 4), "switch_to_oral_1mg")
    phase(switch, "oral", date(2025, 1, 4))
    assert periods([course]) == (
        Period("im", date(2025, 1, 1), date(2025, 1, 3)),
        Period("oral", date(2025, 1, 4), None),
    )


def test_an_event_without_a_regimen_changes_nothing() -> None:
    course = started()
    event(course, "lost", date(2025, 3, 1))
    assert len(periods([course])) == 2


def test_a_pause_is_not_bridged() -> None:
    course = started()
    event(course, "stopped", date(2025, 3, 1))
    again = event(course, "restarted", date(2025, 9, 1), "oral_2mg")
    phase(again, "oral", date(2025, 9, 1))
    assert [period.first for period in periods([course])] == [
        date(2025, 1, 1),
        date(2025, 1, 6),
        date(2025, 9, 1),
    ]


@pytest.mark.parametrize(
    ("day", "shows"),
    [(1, False), (2, True), (5, True), (6, True), (7, False)],
)
def test_a_sample_shows_the_treatment_before_its_day(day: int, shows: bool) -> None:
    period = Period("im", date(2025, 1, 1), date(2025, 1, 5))
    assert period.shows_on(date(2025, 1, day)) is shows
