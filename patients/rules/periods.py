"""When a patient was treated by injections and when by tablets. Pure: reads what it is given."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from ..models import EventKind, TreatmentCourse

_DAY = timedelta(days=1)


class Period(NamedTuple):
    """Days on which one ``route`` ("im" or "oral") held; ``last`` is ``None`` while it goes on."""

    route: str
    first: date
    last: date | None

    def shows_on(self, day: date) -> bool:
        """Does a sample of this day show this treatment? On the first day it shows what was before,
        on the day after the last one still this."""
        return self.first < day and (self.last is None or day <= self.last + _DAY)


def periods(courses: Iterable[TreatmentCourse]) -> tuple[Period, ...]:
    """The periods of all courses in time order; phases that follow one another by the same route
    are one. Reads ``events`` with their ``phases``."""
    carried_out = (
        Period(phase.dose.route, phase.first_day, phase.last_day)
        for course in courses
        for phase in course.history()
    )
    joined: list[Period] = []
    for period in sorted(carried_out, key=lambda period: period.first):
        before = joined[-1] if joined else None
        if before and before.route == period.route and _touches(before, period):
            joined[-1] = before._replace(last=period.last)
        else:
            joined.append(period)
    return tuple(joined)


def stops(courses: Iterable[TreatmentCourse]) -> tuple[date, ...]:
    """The days on which treatment was stopped."""
    return tuple(
        event.on
        for course in courses
        for event in course.events.all()
        if event.kind == EventKind.STOPPED
    )


def _touches(before: Period, after: Period) -> bool:
    return before.last is None or after.first <= before.last + _DAY
