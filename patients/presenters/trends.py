"""Results over time: a drawing and a table for each analysis, with limits and treatment."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import NamedTuple

from django.utils.dateformat import format as date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from interpretation import wording
from interpretation.guideline.quantity import UNITS, Quantity
from interpretation.guideline.vocabulary import Analyte
from interpretation.presenters.texts import short_day

from ..models import Result
from ..rules.periods import Period
from . import changes, chart
from .chart import Tick, TimeScale, ValueScale, number

_DOWN, _UP = {"<", "≤"}, {">", "≥"}
_OPEN = {**dict.fromkeys(_DOWN, Decimal("0.8")), **dict.fromkeys(_UP, Decimal("1.2"))}
"""Room beyond an answer like <60 for its arrow."""
_STEM = 16
_LABEL_FITS = 280
"""A limit that begins further to the right has its label before its end."""
_LIMITS = {
    "lower": gettext_lazy("lower limit %(limit)s"),
    "upper": gettext_lazy("upper limit %(limit)s"),
}
_ROUTES = {"im": gettext_lazy("injections"), "oral": gettext_lazy("tablets")}


class Sample(NamedTuple):
    """A result that is a number."""

    result: Result
    day: date
    quantity: Quantity


class Mark(NamedTuple):
    """One sample: ``shape`` is a dot for a number, an arrow down for <60, an arrow up for >60."""

    x: str
    y: str
    shape: str
    tip: str
    text: str


class Limit(NamedTuple):
    x1: str
    x2: str
    y: str
    label: str
    """Only at the last one of a kind, at the end where the samples are further away."""
    room_to_the_right: bool


class Shade(NamedTuple):
    x: str
    width: str
    route: str
    text: str


class Row(NamedTuple):
    day: str
    value: str
    limits: str
    source: str
    treatment: str
    laboratory: str


@dataclass(frozen=True, slots=True)
class Panel:
    code: str
    name: str
    unit: str
    title: str
    description: str
    values: list[Tick]
    times: list[Tick]
    limits: list[Limit]
    shades: list[Shade]
    stops: list[Tick]
    lines: list[str]
    marks: list[Mark]
    rows: list[Row]
    verdict: str


def panels(
    results: Iterable[Result],
    periods: Sequence[Period],
    stops: Sequence[date],
    scale: TimeScale,
) -> list[Panel]:
    """One for each analysis that has a number within the time shown, in the core's order."""
    by_code = samples_by_analyte(results)
    return [
        _panel(analyte, by_code[analyte], periods, stops, scale)
        for analyte in Analyte
        if analyte in by_code and scale.shows(by_code[analyte][-1].day)
    ]


def samples_by_analyte(results: Iterable[Result]) -> dict[Analyte, list[Sample]]:
    """The numbers among the results, the oldest first."""
    found: dict[Analyte, list[Sample]] = {}
    for result in sorted(results, key=lambda result: (result.sampled_on, result.pk)):
        value = result.quantity
        if value is not None:
            sample = Sample(result, result.sampled_on, value)
            found.setdefault(Analyte(result.code), []).append(sample)
    return found


def _panel(
    analyte: Analyte,
    samples: list[Sample],
    periods: Sequence[Period],
    stops: Sequence[date],
    scale: TimeScale,
) -> Panel:
    shown = [sample for sample in samples if scale.shows(sample.day)]
    heights = ValueScale.over(_extent(shown))
    name = str(wording.ANALYTES[analyte])
    return Panel(
        code=analyte.value,
        name=name,
        unit=wording.unit(UNITS[analyte]),
        title=_("%(analysis)s over time") % {"analysis": name},
        description=_description(shown),
        values=[Tick(number(heights.y(at)), wording.number(at)) for at in heights.ticks()],
        times=times(scale),
        limits=[line for kind in _LIMITS for line in _limits(shown, scale, heights, kind)],
        shades=[_shade(period, scale) for period in periods if _is_seen(period, scale)],
        stops=[Tick(number(scale.x(day)), short_day(day)) for day in stops if scale.shows(day)],
        lines=_lines(shown, scale, heights),
        marks=[_mark(sample, scale, heights) for sample in shown],
        rows=[_row(sample, periods, stops) for sample in reversed(shown)],
        verdict=last_change(analyte, samples),
    )


def times(scale: TimeScale) -> list[Tick]:
    days, are_years = chart.time_ticks(scale)
    # Translators: a month on an axis as Django formats it, for example Mar 2026
    form = "Y" if are_years else _("M Y")
    return [Tick(number(scale.x(day)), date_format(day, form)) for day in days]


def last_change(analyte: Analyte, samples: Sequence[Sample]) -> str:
    """From the last result but one to the last, also where the earlier one is not drawn."""
    if len(samples) == 1:
        return ""
    before, now = samples[-2:]
    words = {
        "before": short_day(before.day),
        "now": short_day(now.day),
        "verdict": changes.verdict(analyte, before.quantity, now.quantity),
    }
    return _("From %(before)s to %(now)s: %(verdict)s") % words


# The drawing


def _extent(samples: Iterable[Sample]) -> list[Decimal]:
    """Every value and limit that needs room."""
    extent = []
    for result, _day, value in samples:
        extent.append(value.value)
        if value.comparator:
            extent.append(value.value * _OPEN[value.comparator])
        extent += [limit for limit in (result.lower_limit, result.upper_limit) if limit is not None]
    return extent


def _mark(sample: Sample, scale: TimeScale, heights: ValueScale) -> Mark:
    comparator = sample.quantity.comparator
    x, y = scale.x(sample.day), heights.y(sample.quantity.value)
    shape = "down" if comparator in _DOWN else "up" if comparator in _UP else "dot"
    tip = {"down": y + _STEM, "up": y - _STEM, "dot": y}[shape]
    return Mark(number(x), number(y), shape, number(tip), _text(sample))


def _text(sample: Sample) -> str:
    return f"{short_day(sample.day)}: {wording.quantity(sample.quantity)}"


def _lines(samples: list[Sample], scale: TimeScale, heights: ValueScale) -> list[str]:
    """The points of each line between exact values: an answer like <60 interrupts it."""
    runs = groupby(samples, key=lambda sample: sample.quantity.comparator == "")
    exact = [list(run) for is_exact, run in runs if is_exact]
    return [
        " ".join(
            f"{number(scale.x(day))},{number(heights.y(value.value))}"
            for _result, day, value in run
        )
        for run in exact
        if len(run) > 1
    ]


def _limits(samples: list[Sample], scale: TimeScale, heights: ValueScale, kind: str) -> list[Limit]:
    """Each limit from its sample to the next one, since a laboratory's limits may change."""
    lines = []
    later = [sample.day for sample in samples[1:]]
    for sample, start, end in zip(
        samples, [scale.first, *later], [*later, scale.last], strict=True
    ):
        value = getattr(sample.result, f"{kind}_limit")
        if value is not None:
            x1, x2, y = scale.x(start), scale.x(end), heights.y(value)
            label = _LIMITS[kind] % {"limit": wording.number(value)}
            lines.append(Limit(number(x1), number(x2), number(y), label, x1 < _LABEL_FITS))
    return [
        line._replace(room_to_the_right=line.room_to_the_right and _is_free(line, samples, heights))
        for line in _joined(lines)
    ]


def _is_free(line: Limit, samples: list[Sample], heights: ValueScale) -> bool:
    """Are the samples at least as far from a limit at its left end as at its right end?"""
    first, last = (heights.y(samples[at].quantity.value) for at in (0, -1))
    return abs(first - float(line.y)) >= abs(last - float(line.y))


def _joined(lines: list[Limit]) -> list[Limit]:
    """One line for each stretch with the same limit; the last one carries the label."""
    joined: list[Limit] = []
    for line in lines:
        if joined and (joined[-1].y, joined[-1].x2) == (line.y, line.x1):
            joined[-1] = joined[-1]._replace(x2=line.x2)
        else:
            joined.append(line)
    return [line._replace(label="") for line in joined[:-1]] + joined[-1:]


def _is_seen(period: Period, scale: TimeScale) -> bool:
    return period.first <= scale.last and (period.last is None or period.last >= scale.first)


def _shade(period: Period, scale: TimeScale) -> Shade:
    x1, x2 = scale.x(period.first), scale.x(period.last or scale.last)
    width = max(x2 - x1, 2)  # five days of injections are seen on an axis of years
    return Shade(number(x1), number(width), period.route, _period_text(period))


def _period_text(period: Period) -> str:
    words = {"route": _ROUTES[period.route], "first": short_day(period.first)}
    if period.last is None:
        return _("%(route)s from %(first)s") % words
    return _("%(route)s from %(first)s to %(last)s") % {**words, "last": short_day(period.last)}


def _description(shown: list[Sample]) -> str:
    count = ngettext("%(count)s result", "%(count)s results", len(shown)) % {"count": len(shown)}
    return _("%(count)s; the last one %(last)s. The same is in the table below.") % {
        "count": count,
        "last": _text(shown[-1]),
    }


# The table


def _row(sample: Sample, periods: Sequence[Period], stops: Sequence[date]) -> Row:
    result = sample.result
    return Row(
        short_day(sample.day),
        wording.quantity(sample.quantity),
        limits_text(result),
        result.get_limit_source_display() if result.limit_source else "",
        _treatment_on(sample.day, periods, stops),
        result.laboratory.name if result.laboratory else "",
    )


def limits_text(result: Result) -> str:
    lower, upper = result.lower_limit, result.upper_limit
    if lower is not None and upper is not None:
        return f"{wording.number(lower)}\N{EN DASH}{wording.number(upper)}"
    if lower is not None:
        return f"≥ {wording.number(lower)}"
    return "" if upper is None else f"≤ {wording.number(upper)}"


def _treatment_on(day: date, periods: Sequence[Period], stops: Sequence[date]) -> str:
    for period in periods:
        if period.shows_on(day):
            return str(_ROUTES[period.route])
    return _("stopped") if any(stop < day for stop in stops) else ""
