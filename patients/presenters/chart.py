"""Where things stand in a drawing: scales and ticks, as finished numbers for SVG attributes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import NamedTuple

from interpretation.guideline.calendar_time import add_months

LEFT, RIGHT, TOP, BOTTOM = 46, 408, 14, 186
"""The edges of the plot in components/trend_panel.svg; beside them stand the labels."""
SHORTEST = timedelta(days=60)
"""The time axis is at least this long, so that one sample does not stand alone in nothing."""
_MOST_TICKS = 5


class Tick(NamedTuple):
    at: str
    label: str


def number(value: float) -> str:
    """A coordinate: always with a point, whatever the language of the page."""
    return f"{value:.1f}"


@dataclass(frozen=True, slots=True)
class TimeScale:
    """From the first to the last day, left to right."""

    first: date
    last: date

    @classmethod
    def over(cls, first: date, last: date) -> "TimeScale":
        return cls(min(first, last - SHORTEST), last)

    def x(self, day: date) -> float:
        share = (day - self.first).days / (self.last - self.first).days
        return LEFT + (RIGHT - LEFT) * min(max(share, 0), 1)

    def shows(self, day: date) -> bool:
        return self.first <= day <= self.last


def time_ticks(scale: TimeScale) -> tuple[list[date], bool]:
    """The first days of months or years on the axis, at most five, and whether they are years."""
    months = (scale.last - scale.first).days / 30.4
    step = next((step for step in (1, 2, 3, 6, 12) if months / step <= _MOST_TICKS), 0)
    step = step or 12 * -(-int(months) // (12 * _MOST_TICKS))
    day = date(scale.first.year, 1, 1)
    days = []
    while day <= scale.last:
        if scale.shows(day):
            days.append(day)
        day = add_months(day, step)
    return days, step >= 12


@dataclass(frozen=True, slots=True)
class ValueScale:
    """From the lowest to the highest tick, bottom to top."""

    low: Decimal
    high: Decimal
    step: Decimal

    @classmethod
    def over(cls, values: Iterable[Decimal]) -> "ValueScale":
        """Round ticks around all values; a single value gets room on both sides. Never below 0."""
        known = list(values)
        low, high = min(known), max(known)
        if low == high:
            low, high = low * Decimal("0.8"), (high * Decimal("1.2") or Decimal(1))
        step = _round_step((high - low) / (_MOST_TICKS - 1))
        bottom = (low / step).to_integral_value(ROUND_FLOOR) * step
        top = (high / step).to_integral_value(ROUND_CEILING) * step
        return cls(max(bottom, Decimal(0)), top, step)

    def y(self, value: Decimal) -> float:
        return BOTTOM - (BOTTOM - TOP) * float((value - self.low) / (self.high - self.low))

    def ticks(self) -> list[Decimal]:
        count = int((self.high - self.low) / self.step)
        return [self.low + self.step * number for number in range(count + 1)]


def _round_step(least: Decimal) -> Decimal:
    """The smallest of 1, 2 and 5 times a power of ten that is not below ``least``, written
    without an exponent."""
    power = Decimal(1).scaleb(least.adjusted())
    step = next(power * factor for factor in (1, 2, 5, 10) if power * factor >= least)
    return Decimal(f"{step:f}")
