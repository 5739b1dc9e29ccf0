"""A control as finished strings: what was expected by now against what was measured."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.utils.translation import gettext as _

from interpretation import wording
from interpretation.guideline.edition import edition_for
from interpretation.guideline.vocabulary import (
    Analyte,
    ControlTime,
    Test,
)
from interpretation.presenters.texts import short_day

from ..models import Control, ControlState, Result
from ..reading.controls import Held
from ..rules.measured import GROUPS, Group, missing
from . import changes
from .expected import Expectation, expectation, sections
from .trends import limits_text
from .worklist import tests, window


class Reason(NamedTuple):
    """Why a control is held at its time."""

    when: str
    words: str
    section: str
    from_guideline: bool


class Row(NamedTuple):
    """One analysis: before, now, what became of it, and what was expected."""

    name: str
    before: str
    now: str
    limits: str
    """Those that were stored with the value now, and where they come from."""
    changes: list[str]
    expected: str
    sections: str


class Looked(NamedTuple):
    """What is asked or examined rather than measured."""

    name: str
    expected: str
    sections: str


@dataclass(frozen=True, slots=True)
class Page:
    """The control itself; ``state`` is a sentence, ``tone`` its colour."""

    name: str
    window: str
    first_window: str
    tests: str
    state: str
    tone: str
    reasons: list[Reason]
    lost: str
    course_text: str
    counted: str
    """Which samples count as taken for it."""


@dataclass(frozen=True, slots=True)
class Comparison:
    rows: list[Row]
    looked_at: list[Looked]
    missing: list[str]
    before_label: str
    any_now: bool


def control_name(control: Control) -> str:
    names = ", ".join(str(wording.CONTROL_TIMES[ControlTime(when)]) for when in control.times)
    if control.consider:
        return _("%(control)s (may be considered)") % {"control": names}
    return names


def page(seen: Held, today: date) -> Page:
    control, course = seen.control, seen.control.course
    moved = window(control.first_earliest, control.first_latest) if control.is_moved else ""
    lost = course.lost_since if course else None
    state, tone = _state(control, today)
    return Page(
        name=control_name(control),
        window=window(control.earliest, control.latest),
        first_window=moved,
        tests=tests(control.tests),
        state=state,
        tone=tone,
        reasons=_reasons(control, today),
        lost=_("Lost to follow-up since %(day)s") % {"day": short_day(lost)} if lost else "",
        course_text=_("Treatment started %(day)s") % {"day": short_day(seen.start)}
        if seen.start
        else "",
        counted=_counted(seen),
    )


def _state(control: Control, today: date) -> tuple[str, str]:
    """Where the control stands, in words and as a colour that only repeats them."""
    if control.state != ControlState.PLANNED:
        words = {"state": control.get_state_display().capitalize()}
        if control.closed_on:
            words["day"] = short_day(control.closed_on)
            return _("%(state)s %(day)s") % words, "neutral"
        return words["state"], "neutral"
    if control.latest < today:
        late = wording.duration((today - control.latest).days, "days")
        return _("Overdue by %(time)s") % {"time": late}, "danger"
    if control.earliest <= today:
        return _("Due now"), "warning"
    wait = wording.duration((control.earliest - today).days, "days")
    return _("Planned; can be held in %(time)s") % {"time": wait}, "info"


def _counted(seen: Held) -> str:
    first, last = short_day(seen.since), short_day(seen.until)
    if seen.until == date.max:
        text = _("Samples from %(first)s on count as taken for this control.") % {"first": first}
    else:
        text = _("Samples from %(first)s to %(last)s count as taken for this control.") % {
            "first": first,
            "last": last,
        }
    return text + " " + _("These days are not from the guideline.")


def _reasons(control: Control, today: date) -> list[Reason]:
    edition = edition_for(today)
    times = [ControlTime(when) for when in control.times]
    return [
        Reason(
            str(wording.CONTROL_TIMES[when]),
            str(wording.CONTROL_REASONS[when]),
            str(wording.SECTIONS[edition.controls[when].section]),
            edition.controls[when].from_guideline,
        )
        for when in times
    ]


# Expected against measured


def comparison(seen: Held) -> Comparison:
    tests = [Test(test) for test in seen.control.tests]
    rows = [row for test in tests for row in _rows(seen, test)]
    lacking = missing(seen.control.tests, seen.measured())
    return Comparison(
        rows=rows,
        looked_at=[_looked(seen, test) for test in tests if test not in GROUPS],
        missing=[_group_name(group) for group in lacking],
        before_label=_("Last time") if seen.start is None else _("Before treatment"),
        any_now=bool(seen.measured()),
    )


def _rows(seen: Held, test: Test) -> Iterable[Row]:
    expected = expectation(seen.control.times, test)
    for group in GROUPS.get(test, ()):
        known = [code for code in group if seen.now(code) or seen.before(code)]
        for code in known or group[:1]:
            yield _row(seen, Analyte(code), expected)


def _row(seen: Held, analyte: Analyte, expected: Expectation | None) -> Row:
    before, now = seen.before(analyte), seen.now(analyte)
    return Row(
        str(wording.ANALYTES[analyte]),
        value(before),
        value(now),
        _limits(now),
        _changes(analyte, before, seen.previous(analyte), now),
        str(expected.words) if expected else "",
        sections(expected),
    )


def value(result: Result | None) -> str:
    """The value with its date; nothing where there is none."""
    number = None if result is None else result.quantity
    if result is None or number is None:
        return ""
    return f"{wording.quantity(number)} ({short_day(result.sampled_on)})"


def _limits(result: Result | None) -> str:
    limits = "" if result is None else limits_text(result)
    if result is None or not limits:
        return ""
    words = {"limits": limits, "source": result.get_limit_source_display()}
    return _("Limits %(limits)s (%(source)s)") % words if result.limit_source else limits


def _changes(
    analyte: Analyte, before: Result | None, previous: Result | None, now: Result | None
) -> list[str]:
    """From the value before, and from the last one in between where there is one."""
    latest = None if now is None else now.quantity
    if latest is None:
        return []
    texts = []
    for earlier in (before, previous):
        number = None if earlier is None else earlier.quantity
        if earlier is not None and number is not None:
            verdict = changes.verdict(analyte, number, latest)
            words = {"day": short_day(earlier.sampled_on), "verdict": verdict}
            texts.append(_("Since %(day)s: %(verdict)s") % words)
    return texts


def _looked(seen: Held, test: Test) -> Looked:
    expected = expectation(seen.control.times, test)
    words = str(expected.words) if expected else ""
    return Looked(str(wording.TESTS[test]), words, sections(expected))


def _group_name(group: Group) -> str:
    return _(" or ").join(str(wording.ANALYTES[Analyte(code)]) for code in group)
