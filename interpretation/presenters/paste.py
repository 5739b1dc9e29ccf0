"""A pasted answer as a table to look through: finished texts, one row for each line."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django.utils.translation import gettext

from interpretation import wording
from interpretation.guideline.quantity import UNITS
from interpretation.guideline.vocabulary import Analyte, BloodSmear, Serology, Test
from interpretation.laboratory_text import Line, State
from interpretation.wording.numbers import number, quantity, unit
from interpretation.wording.paste import NOTES, STATES

from .texts import short_day

_COLOURS = {State.RECOGNISED: "success", State.NOT_RECOGNISED: "neutral"}
_WORDED = {str(test): test for test in Test}


class Row(NamedTuple):
    """``number`` is the line's place in the text, by which it is confirmed."""

    number: int
    original: str
    state: str
    colour: str
    name: str
    value: str
    limits: str
    day: str
    notes: list[str]
    confirmable: bool
    ticked: bool


class Review(NamedTuple):
    rows: list[Row]
    """What names an analysis."""
    left_out: list[Row]
    """What does not; shown all the same, since something may have been overlooked."""
    summary: str

    @property
    def any_confirmable(self) -> bool:
        return any(row.confirmable for row in self.rows)


def analysis(code: str) -> str:
    """The name of an analyte, or of a test whose answer is a word."""
    names: dict[str, str] = {str(key): str(words) for key, words in wording.ANALYTES.items()}
    if code in names:
        return names[code]
    return str(wording.TESTS[_WORDED[code]]) if code in _WORDED else code


def finding(code: str, word: str) -> str:
    if code == "blood_smear":
        return str(wording.BLOOD_SMEARS[BloodSmear(word)])
    return str(wording.SEROLOGY[Serology(word)])


def limits(lower: Decimal | None, upper: Decimal | None) -> str:
    """``175–700``, ``over 7`` or ``below 0.28``."""
    if lower is not None and upper is not None:
        return f"{number(lower)}–{number(upper)}"
    if lower is not None:
        return gettext("from %(limit)s") % {"limit": number(lower)}
    return gettext("up to %(limit)s") % {"limit": number(upper)} if upper is not None else ""


def review(
    lines: Sequence[Line],
    ticked: Collection[int],
    remarks: Mapping[int, str] | None = None,
) -> Review:
    """``remarks`` are further notes by line, such as that a value is in the record already."""
    rows = [
        _row(place, line, place in ticked, (remarks or {}).get(place))
        for place, line in enumerate(lines)
    ]
    named = [row for row, line in zip(rows, lines, strict=True) if _is_named(line)]
    others = [row for row, line in zip(rows, lines, strict=True) if not _is_named(line)]
    return Review(named, others, _summary(lines))


def preselected(lines: Sequence[Line], *, newest_only: bool = False) -> set[int]:
    """Lines that are recognised; with ``newest_only`` the latest sample of each analysis, and none
    that is old: what is filled in decides at once."""
    places = [place for place, line in enumerate(lines) if line.state is State.RECOGNISED]
    if not newest_only:
        return set(places)
    newest: dict[str, int] = {}
    for place in places:
        if lines[place].older_than_six_months:
            continue
        best = newest.get(lines[place].code)
        if best is None or (lines[place].day or date.min) > (lines[best].day or date.min):
            newest[lines[place].code] = place
    return set(newest.values())


def _is_named(line: Line) -> bool:
    return line.state is not State.NOT_RECOGNISED


def _row(place: int, line: Line, ticked: bool, remark: str | None) -> Row:
    notes = [str(NOTES[note]) for note in line.notes]
    return Row(
        number=place,
        original=line.original,
        state=str(STATES[line.state]),
        colour=_COLOURS.get(line.state, "warning"),
        name=analysis(line.code) if line.code else "",
        value=_value(line),
        limits=_limits(line),
        day=short_day(line.day) if line.day else "",
        notes=[*notes, remark] if remark else notes,
        confirmable=line.confirmable,
        ticked=ticked and line.confirmable,
    )


def _value(line: Line) -> str:
    if line.finding:
        return finding(line.code, line.finding)
    if line.given is None or line.quantity is None:
        return ""
    if line.given == line.quantity:
        return quantity(line.given)
    return f"{quantity(line.given)} = {quantity(line.quantity)}"


def _limits(line: Line) -> str:
    printed = limits(line.lower, line.upper)
    return f"{printed} {unit(UNITS[Analyte(line.code)])}" if printed else ""


def _summary(lines: Sequence[Line]) -> str:
    counts = {state: sum(line.state is state for line in lines) for state in State}
    return ", ".join(f"{STATES[state]}: {count}" for state, count in counts.items() if count)
