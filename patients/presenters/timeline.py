"""The timeline of a record as finished strings."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Any, NamedTuple

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from interpretation import wording
from interpretation.guideline.vocabulary import Analyte, Test
from interpretation.presenters.texts import short_day

from ..models import (
    Channel,
    ContactOutcome,
    ControlEventKind,
    EventKind,
    LetterKind,
    OrderState,
    Result,
    SendingWay,
    Specialty,
)
from ..models.control import CancelReason, CloseReason, MoveReason
from ..models.course import REASONS
from ..reading.timeline import Kind, Row, Timeline
from .record import concluded, word
from .worklist import Link, tests


class Entry(NamedTuple):
    title: str
    to: Link | None
    lines: list[str]
    mark: str
    """What must not be overlooked, such as that it was corrected."""


@dataclass(frozen=True, slots=True)
class Day:
    day: str
    entries: list[Entry]


def timeline_days(timeline: Timeline) -> list[Day]:
    return [
        Day(short_day(on), [_entry(row, timeline.results.get(on, ())) for row in rows])
        for on, rows in groupby(timeline.rows, key=lambda row: row.day)
    ]


def _entry(row: Row, results: Sequence[Result]) -> Entry:
    if row.kind == Kind.RESULTS:
        lines = [value(result) for result in results]
        return Entry(_("Results"), Link("patients:result_list", row.to), lines, "")
    return _WORDS[Kind(row.kind)](row)


def value(result: Result) -> str:
    """A result with its name, and whether it lies outside the limits that came with it."""
    quantity = result.quantity
    if quantity is None:
        words = wording.BLOOD_SMEARS if result.code == Test.BLOOD_SMEAR else wording.SEROLOGY
        return f"{word(wording.TESTS, result.code)}: {word(words, result.finding)}"
    text = f"{wording.ANALYTES[Analyte(result.code)]}: {wording.quantity(quantity)}"
    if result.lower_limit is not None and quantity.below(result.lower_limit):
        return _("%(result)s, below the limit of %(limit)s") % {
            "result": text,
            "limit": wording.number(result.lower_limit),
        }
    if result.upper_limit is not None and quantity.above(result.upper_limit):
        return _("%(result)s, above the limit of %(limit)s") % {
            "result": text,
            "limit": wording.number(result.upper_limit),
        }
    return text


def _assessment(row: Row) -> Entry:
    lines = [concluded(row.code, row.detail), _("Signed by %(name)s") % {"name": row.who}]
    if row.text:
        lines.append(_("Corrects an earlier one: %(reason)s") % {"reason": row.text})
    mark = _("Corrected later") if row.reason == "corrected" else ""
    return Entry(_("Assessment"), Link("patients:assessment", row.to), lines, mark)


def _course(row: Row) -> Entry:
    kind = EventKind(row.code)
    lines = [word(wording.REGIMENS, row.detail)] if row.detail else []
    if row.reason:
        lines.append(word(dict(REASONS[kind].choices), row.reason))
    title = _("Treatment: %(event)s") % {"event": kind.label}
    return Entry(title, Link("patients:course", row.to), [*lines, *_text(row)], "")


def _control(row: Row) -> Entry:
    kind = ControlEventKind(row.code)
    lines = [tests(json.loads(row.detail))]
    if row.until and kind == ControlEventKind.MOVED:
        lines.append(_("now at the latest %(day)s") % {"day": short_day(row.until)})
    if row.reason:
        lines.append(word(_CONTROL_REASONS, row.reason))
    title = _("Control: %(event)s") % {"event": kind.label}
    return Entry(title, Link("patients:control", row.to), [*lines, *_text(row)], "")


def _injection(row: Row) -> Entry:
    amount = _("%(dose)s mg") % {"dose": wording.number(Decimal(row.detail))} if row.detail else ""
    lines = [f"{word(wording.DRUGS, row.code)} {amount}".strip()]
    if row.text:
        lines.append(_("Batch %(batch)s") % {"batch": row.text})
    lines.append(_("Given by %(name)s") % {"name": row.who})
    return Entry(_("Injection"), Link("patients:course", row.to), lines, "")


def _order(row: Row) -> Entry:
    lines = [tests(json.loads(row.detail))]
    lines += [line for line in (row.text, _("Ordered by %(name)s") % {"name": row.who}) if line]
    title = _("Tests ordered: %(state)s") % {"state": OrderState(row.code).label}
    return Entry(title, None, lines, "")


def _contact(row: Row) -> Entry:
    title = _("Contact by %(channel)s: %(outcome)s") % {
        "channel": Channel(row.code).label,
        "outcome": ContactOutcome(row.detail).label,
    }
    return Entry(title, None, _text(row), "")


def _letter(row: Row) -> Entry:
    happened, _space, how = row.code.partition(" ")
    name = str(LetterKind(row.detail).label)
    if row.reason:
        name = f"{name}, {Specialty(row.reason).label}"
    lines = [capfirst(str(SendingWay(how).label))] if how else []
    if happened == "withdrawn":
        lines.append(row.text)
    elif row.text == "correction":
        lines.append(_("Corrects an earlier letter"))
    mark = _("Withdrawn later") if happened == "issued" and row.text == "withdrawn" else ""
    title = _LETTER[happened] % {"letter": name}
    return Entry(title, Link("patients:letter", row.to), [*lines, row.who], mark)


def _text(row: Row) -> list[str]:
    """What somebody wrote in own words, and who."""
    return [line for line in (row.text, row.who) if line]


_CONTROL_REASONS: Mapping[str, object] = {
    **dict(MoveReason.choices),
    **dict(CancelReason.choices),
    **dict(CloseReason.choices),
}
_LETTER: Mapping[str, Any] = {
    "issued": gettext_lazy("Letter issued: %(letter)s"),
    "sent": gettext_lazy("Letter sent: %(letter)s"),
    "withdrawn": gettext_lazy("Letter withdrawn: %(letter)s"),
}
_WORDS: Mapping[Kind, Callable[[Row], Entry]] = {
    Kind.ASSESSMENT: _assessment,
    Kind.COURSE: _course,
    Kind.CONTROL: _control,
    Kind.INJECTION: _injection,
    Kind.ORDER: _order,
    Kind.CONTACT: _contact,
    Kind.LETTER: _letter,
}
