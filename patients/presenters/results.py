"""A patient's results as a list by sample date, and the orders that are awaited."""

from collections.abc import Iterable
from datetime import date
from itertools import groupby
from typing import NamedTuple

from django.utils import timezone
from django.utils.translation import gettext as _

from interpretation.guideline.quantity import UNITS
from interpretation.guideline.vocabulary import Analyte
from interpretation.presenters.paste import analysis, finding, limits
from interpretation.presenters.texts import short_day
from interpretation.wording.numbers import quantity, unit

from ..models import Result, TestOrder
from .worklist import tests


class Row(NamedTuple):
    pk: int
    name: str
    value: str
    mark: str
    """Low or high against the limits shown; empty within them or where it cannot be said."""
    limits: str
    limit_source: str
    laboratory: str
    original: str
    entered: str
    superseded: str
    """Who replaced or withdrew the row, when and why; empty for what counts now."""
    bring_back: int | None
    """The withdrawal, where the row can be brought back."""


class Day(NamedTuple):
    day: str
    rows: list[Row]


class Awaited(NamedTuple):
    pk: int
    tests: str
    ordered: str
    expected: str
    overdue: bool


def shown_value(result: Result) -> str:
    """The value with comparator and unit, or the word."""
    if result.finding:
        return finding(result.code, result.finding)
    return quantity(result.quantity) if result.quantity else ""


def result_days(results: Iterable[Result]) -> list[Day]:
    """Results that come sorted by sample date."""
    return [
        Day(short_day(day), sorted(map(_row, rows), key=lambda row: row.name))
        for day, rows in groupby(results, key=lambda result: result.sampled_on)
    ]


def awaited(orders: Iterable[TestOrder], today: date) -> list[Awaited]:
    return [
        Awaited(
            pk=order.pk,
            tests=tests(order.tests),
            ordered=_("Ordered %(day)s by %(name)s")
            % {"day": short_day(order.ordered_on), "name": order.ordered_by.name},
            expected=short_day(order.expected_by),
            overdue=order.expected_by < today,
        )
        for order in orders
    ]


def _row(result: Result) -> Row:
    newer: Result | None = getattr(result, "corrected_by", None)
    undone = newer if newer and newer.withdrawn and not hasattr(newer, "corrected_by") else None
    return Row(
        pk=result.pk,
        name=analysis(result.code),
        value=shown_value(result),
        mark=_mark(result),
        limits=_limits(result),
        limit_source=result.get_limit_source_display() if result.limit_source else "",
        laboratory=result.laboratory.name if result.laboratory else "",
        original=result.original,
        entered=_("%(source)s by %(name)s, %(day)s")
        % {
            "source": result.get_source_display(),
            "name": result.entered_by.name,
            "day": short_day(timezone.localdate(result.entered_at)),
        },
        superseded=_superseded(newer) if newer else "",
        bring_back=undone.pk if undone else None,
    )


def _superseded(newer: Result) -> str:
    words = {
        "name": newer.entered_by.name,
        "day": short_day(timezone.localdate(newer.entered_at)),
        "reason": newer.correction_reason,
    }
    if newer.withdrawn:
        return _("Withdrawn by %(name)s, %(day)s: %(reason)s") % words
    return _("Corrected by %(name)s, %(day)s: %(reason)s") % words


def _mark(result: Result) -> str:
    number = result.quantity
    if number is None:
        return ""
    if result.lower_limit is not None and number.below(result.lower_limit):
        return _("low")
    high = result.upper_limit is not None and number.above(result.upper_limit)
    return _("high") if high else ""


def _limits(result: Result) -> str:
    printed = limits(result.lower_limit, result.upper_limit)
    return f"{printed} {unit(UNITS[Analyte(result.code)])}" if printed else ""
