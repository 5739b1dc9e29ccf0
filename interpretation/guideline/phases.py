"""A regimen laid out in days, and when its next injection is due (G95, G98 to G103, G108, G112,
G114)."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from .calendar_time import add
from .edition import Dose

_DAY = timedelta(days=1)
INJECTED = "im"


class Phase(NamedTuple):
    """One dose from its first to its last day, both included; ``None`` for maintenance."""

    dose: Dose
    first_day: date
    last_day: date | None


class Due(NamedTuple):
    """An injection may be given from ``earliest``; after ``latest`` it is overdue."""

    earliest: date
    latest: date


def phases(doses: Iterable[Dose], start: date) -> tuple[Phase, ...]:
    """The doses one after the other from ``start``: five daily injections fill days 1 to 5, the
    month of tablets begins on day 6. What has no length is maintenance and the last phase."""
    laid: list[Phase] = []
    day = start
    for dose in doses:
        if dose.duration is None:
            return (*laid, Phase(dose, day, None))
        after = add(day, *dose.duration)
        laid.append(Phase(dose, day, after - _DAY))
        day = after
    return tuple(laid)


def until(laid: Iterable[Phase], day: date) -> tuple[Phase, ...]:
    """What was carried out of a plan that something else replaces from ``day`` on."""
    return tuple(
        phase
        if phase.last_day is not None and phase.last_day < day
        else phase._replace(last_day=day - _DAY)
        for phase in laid
        if phase.first_day < day
    )


def phase_on(laid: Iterable[Phase], day: date) -> Phase | None:
    """The phase that a day lies in: none before the start and after the end."""
    return next(
        (
            phase
            for phase in laid
            if phase.first_day <= day and (phase.last_day is None or day <= phase.last_day)
        ),
        None,
    )


def injections_in(phase: Phase) -> int | None:
    """How many injections a phase consists of, one at least; ``None`` while it has no end."""
    if phase.last_day is None:
        return None
    _first, interval, unit = phase.dose.per
    number = 1
    while add(phase.first_day, number * interval, unit) <= phase.last_day:
        number += 1
    return number


def next_injection(laid: tuple[Phase, ...], given: Iterable[date]) -> Due | None:
    """When the next injection is due, from the days on which one has been given.

    A counted phase is over when all of its injections have been given, however many days it took:
    a missed day is not made good by the calendar. Maintenance is counted from the last injection
    of all, also from one before this plan; when none is known, one is due at once.
    """
    days = sorted(set(given))
    own = [day for day in days if laid and day >= laid[0].first_day]
    for phase in _injected(laid):
        number = injections_in(phase)
        if number is None:
            return _after(phase, days)
        if len(own) < number:
            return _after(phase, own)
        own = own[number:]
    return None


def injections_so_far(laid: tuple[Phase, ...], given: Iterable[date]) -> tuple[int, int] | None:
    """How many of the counted injections that a plan begins with have been given: 3 of 5."""
    counted = [number for number in map(injections_in, _injected(laid)) if number is not None]
    if not counted:
        return None
    return min(len({day for day in given if day >= laid[0].first_day}), sum(counted)), sum(counted)


def _injected(laid: Iterable[Phase]) -> list[Phase]:
    return [phase for phase in laid if phase.dose.route == INJECTED]


def _after(phase: Phase, days: list[date]) -> Due:
    """One interval after the last of these days, and never before the phase itself."""
    first = phase.first_day
    if not days:
        return Due(first, first)
    shortest, longest, unit = phase.dose.per
    return Due(max(first, add(days[-1], shortest, unit)), max(first, add(days[-1], longest, unit)))
