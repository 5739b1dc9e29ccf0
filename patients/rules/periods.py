"""When a patient was treated by injections and when by tablets. Pure: reads what it is given."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from ..models import CourseEvent, EventKind, TreatmentCourse

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
    found = sorted(_periods(courses), key=lambda period: period.first)
    joined: list[Period] = []
    for period in found:
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


def _periods(courses: Iterable[TreatmentCourse]) -> Iterator[Period]:
    for course in courses:
        deciding = [event for event in course.events.all() if _decides(event)]
        for event, following in pairwise([*deciding, None]):
            if event is not None:
                yield from _phases(event, None if following is None else following.on)


def _decides(event: CourseEvent) -> bool:
    return event.kind == EventKind.STOPPED or bool(event.regimen)


def _phases(event: CourseEvent, ended: date | None) -> Iterator[Period]:
    """The phases that an event began, cut short on the day of the next one."""
    for phase in event.phases.all():
        ends = [day for day in (phase.last_day, ended and ended - _DAY) if day is not None]
        last = min(ends) if ends else None
        if last is None or last >= phase.first_day:
            yield Period(phase.route, phase.first_day, last)
