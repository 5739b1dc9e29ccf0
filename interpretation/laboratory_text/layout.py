"""From a pasted block to single answers: tables with a header, dates that stand above or below, and
names, values and intervals that are broken over lines."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from .columns import Header, read_header
from .line import Note
from .names import CODE, known_name, names_in, read_name, tokens
from .scanning import Parts, scan
from .signs import BETWEEN, clean, compact_date, take_dates, take_intervals, take_units

LONGEST_LINE = 300

_SAMPLED = re.compile(
    r"(?<!\w)(?:prøve(?:n|ne)?\s*(?:er\s*)?(?:dato|tatt|taking\w*|tid\w*)|prøvetatt|prøvedato|uttatt|"
    r"tatt(?:\s*dato)?|sample\w*|taken|collected)",
    re.IGNORECASE,
)
_OTHER_DATE = re.compile(
    r"mottatt|svar\w*|besvart|rapport\w*|utskrift\w*|skrevet|godkjent|født|f\.\s?dato|fdato|fnr|"
    r"personnr|bestilt|rekvir\w*|henvist|sendt|ferdig\w*|received|reported|born",
    re.IGNORECASE,
)
_ONLY_DATE = re.compile(
    r"(?:dato|date|den|man\w*|tir\w*|ons\w*|tor\w*|fre\w*|lør\w*|søn\w*)?", re.IGNORECASE
)
_LABELLED = re.compile(r"\W*[^\W\d_]{3}")
_VALUE = re.compile(r"[\s¦:]*(?:[<>≤≥]|\d|(?:positiv|negativ|ikke påvist)\b)", re.IGNORECASE)


class Piece(NamedTuple):
    """One logical line: ``text`` is cleaned, ``original`` is as pasted."""

    original: str
    text: str
    physical: str


class Dated(NamedTuple):
    """The date of the samples around it."""

    day: date | None


def pieces(block: str) -> Iterator[Parts]:
    """Every answer, and every line that is none, in the order of the text."""
    header: Header | None = None
    heading = Dated(None)
    for paragraph in _paragraphs(block):
        entries: list[Parts | Dated] = []
        for line in _joined(paragraph):
            found = read_header(line.physical)
            if found:
                header = found
                continue
            entries += _entry(line, header)
        heading = _with_dates(entries, heading)
        yield from (entry for entry in entries if isinstance(entry, Parts))


def _paragraphs(block: str) -> Iterator[list[str]]:
    lines: list[str] = []
    for line in [*block.splitlines(), ""]:
        if re.search(r"[\w*]", line):
            lines.append(line.rstrip())
        elif not line.strip() and lines:
            yield lines
            lines = []


def _entry(line: Piece, header: Header | None) -> list[Parts | Dated]:
    if len(line.original) > LONGEST_LINE:
        return [Parts(line.original[: LONGEST_LINE - 1] + "…", notes={Note.TOO_LONG})]
    heading = _heading_date(line.text)
    if heading:
        unread = [Parts(line.original, notes={Note.DATE_UNREADABLE})] if not heading.day else []
        return [*unread, heading]
    rows = header.rows(line.physical) if header else None
    if rows is None:
        return [*scan(line.text, line.original)]
    found: list[Parts | Dated] = []
    for row in rows:
        for parts in scan(row.text, line.original):
            parts.days = row.days or parts.days
            if row.unclear:
                parts.notes.add(Note.COLUMNS_UNCLEAR)
            parts.doubted |= row.doubted
            found.append(parts)
    return found


# Dates that stand by themselves


def _heading_date(text: str) -> Dated | None:
    """A line with the date of the samples and nothing else that counts."""
    if next(names_in(CODE.sub(" ", text)), None) or CODE.search(text):
        return None
    days, rest = take_dates(text)
    label = _SAMPLED.search(text)
    if label:
        behind, _rest = take_dates(text[label.end() :])
        day = behind[0] if behind else compact_date(text[label.end() :])
        return Dated(day) if behind or day else None
    if len(days) != 1 or _OTHER_DATE.search(rest):
        return None
    words = " ".join(token.word for token in tokens(rest))
    return Dated(days[0]) if _ONLY_DATE.fullmatch(words) else None


def _with_dates(entries: list[Parts | Dated], heading: Dated) -> Dated:
    """Give each answer of a paragraph its date, and answer the date that holds below.

    A paragraph that begins with an answer and ends with a date has its dates below the answers.
    """
    counting = [entry for entry in entries if isinstance(entry, Dated) or entry.is_answer]
    below = len(counting) > 1 and isinstance(counting[-1], Dated)
    below = below and isinstance(counting[0], Parts)
    for entry in reversed(entries) if below else entries:
        if isinstance(entry, Dated):
            heading = entry
        elif not entry.days and heading.day is not None:
            entry.days = [heading.day]
    return Dated(None) if below else heading


# Lines that belong together


def _joined(lines: Iterable[str]) -> Iterator[Piece]:
    """A name alone waits for its value on the next line; an interval alone goes with the line
    before it. Nothing is joined where values stand first, or where names follow each other: which
    value belongs to which name cannot be told there."""
    waiting: Piece | None = None
    joins, named_before = True, False
    for physical in lines:
        line = Piece(physical.strip(), clean(physical[: LONGEST_LINE + 1]), physical)
        named = _is_known_alone(line.text)
        if (named and named_before) or (waiting is None and _begins_with_value(line.text)):
            joins = joins and _goes_on(waiting, line)
        named_before = named
        if waiting is None:
            waiting = line
        elif _continues(waiting, line) and (joins or _is_interval(line.text)):
            text = f"{waiting.text} {BETWEEN if _is_interval(line.text) else ''} {line.text}"
            original = f"{waiting.original} / {line.original}"
            waiting = Piece(original, clean(text), original)
        else:
            yield waiting
            waiting = line
    if waiting:
        yield waiting


def _continues(before: Piece, line: Piece) -> bool:
    if len(before.text) + len(line.text) > LONGEST_LINE or read_header(before.physical):
        return False
    if _is_interval(line.text):
        return bool(re.search(r"\d", before.text)) and not _is_interval(before.text)
    if not _is_name_alone(before.text):
        return False
    return _begins_with_value(line.text) or _is_one_name(before.text, line.text)


def _is_interval(text: str) -> bool:
    """An interval behind its label (``Referanseområde: 175-700``) and nothing else."""
    units, masked = take_units(text)
    found, rest = take_intervals(masked, units)
    return len(found) == 1 and not re.search(r"\w", rest) and bool(_LABELLED.match(text))


def _is_name_alone(text: str) -> bool:
    bare = CODE.sub(" ", text)
    found = tokens(bare)
    name = read_name(bare, found, 0) if found else None
    if name is None:
        return bool(found) and len(found) <= 4 and not re.search(r"\d", bare)
    return name.end == found[-1].end


def _is_known_alone(text: str) -> bool:
    """A known name and nothing else."""
    return bool(next(names_in(CODE.sub(" ", text)), None)) and _is_name_alone(text)


def _goes_on(before: Piece | None, line: Piece) -> bool:
    return before is not None and _is_one_name(before.text, line.text)


def _begins_with_value(text: str) -> bool:
    return bool(_VALUE.match(text)) and not take_dates(text)[0]


def _is_one_name(before: str, line: str) -> bool:
    """Do the two begin one known name, which neither of them is alone?"""
    first, second = [token.word for token in tokens(before)], [t.word for t in tokens(line)]
    if next(names_in(line), None) and known_name(tuple(first)):
        return _same_code(before, line)
    return any(known_name((*first, *second[:length])) for length in (1, 2, 3))


def _same_code(before: str, line: str) -> bool:
    """``Metylmalonsyre`` and, below it, ``(MMA) 0,31 µmol/L``."""
    codes = {code for text in (before, line) for name in names_in(text) for code in name.codes}
    return len(codes) == 1 and bool(re.match(r"\s*\(", line))
