"""What one answer contains, before anybody asks whether it fits together."""

import re
from dataclasses import dataclass, field
from datetime import date

from .line import Note
from .names import CODE, Name, names_in, tokens
from .signs import (
    BETWEEN,
    Interval,
    Number,
    interval,
    numbers,
    take_dates,
    take_intervals,
    take_units,
    without_signs,
    words_to_signs,
)

_FLAGS = {
    "h": "H", "hh": "H", "høy": "H", "høyt": "H", "↑": "H", "l": "L", "ll": "L", "lav": "L",
    "lavt": "L", "↓": "L", "*": "", "**": "", "+": "",
}  # fmt: skip
_FLAG = re.compile(r"(?<![\w])(?:HH?|LL?|høyt?|lavt?|[↑↓]|\*{1,2})(?![\w])", re.IGNORECASE)
_FILLING = frozenset({"er", "var", "ble", "på", "målt", "til", "svar", "resultat", "verdi", "nå"})
_DOUBT = re.compile(
    r"hemoly|lipemi|ikteri|usikker|feil|kansell|avvis|ugyldig|foreløpig|korriger|rettet|for lite|"
    r"forveksl|interferens|ikke pålitelig|\bca\b|~",
    re.IGNORECASE,
)
_AWAITED = re.compile(
    r"følger|avvent|ikke (?:ferdig|utført|besvart|analysert)|kommer|mangler|utgår|ventes",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Parts:
    """The pieces of one answer. ``between`` is what stands between the name and the value."""

    original: str
    name: Name | None = None
    codes: list[str] = field(default_factory=list)
    number: Number | None = None
    found: int = 0
    stray: bool = False
    loose: bool = False
    empty_cell: bool = False
    units: list[str] = field(default_factory=list)
    intervals: list[Interval] = field(default_factory=list)
    flag: str = ""
    words: str = ""
    before: str = ""
    between: str = ""
    doubted: bool = False
    awaited: bool = False
    days: list[date | None] = field(default_factory=list)
    notes: set[Note] = field(default_factory=set)

    @property
    def is_answer(self) -> bool:
        """Does it name an analysis?"""
        return bool(self.name or self.codes)


def scan(text: str, original: str) -> list[Parts]:
    """The answers in one (cleaned) line: one, or several in an enumeration."""
    codes = [re.sub(r"\s", "", match).upper() for match in CODE.findall(text)]
    days, text = take_dates(CODE.sub(" ", text))
    names = list(names_in(text))
    if not names:
        return [_parts(original, text, None, codes, days)]
    starts = _segments(text, names)
    found = []
    for at, name in enumerate(starts):
        end = starts[at + 1].start if at + 1 < len(starts) else len(text)
        piece = _parts(original, text[name.end : end], name, codes, days)
        piece.before = text[: name.start].strip(f" {BETWEEN}:-*•·([") if at == 0 else ""
        found.append(piece)
    return found


def _segments(text: str, names: list[Name]) -> list[Name]:
    """Names that begin an answer of their own: the one before has a digit or a word behind it."""
    starts = [names[0]]
    for name in names[1:]:
        between = text[starts[-1].end : name.start]
        if re.search(r"\w", re.sub(r"\b(?:og|samt)\b", "", between)):
            starts.append(name)
        else:
            joined = starts[-1].codes | name.codes
            starts[-1] = starts[-1]._replace(codes=joined, end=name.end)
    return starts


def _parts(
    original: str, text: str, name: Name | None, codes: list[str], days: list[date | None]
) -> Parts:
    parts = Parts(original, name, codes=list(codes), days=list(days))
    parts.doubted, parts.awaited = bool(_DOUBT.search(text)), bool(_AWAITED.search(text))
    units, text = take_units(text)
    parts.intervals, text = take_intervals(text, units)
    text = words_to_signs(text)
    found = numbers(text, units)
    if len(found) == 2 and found[1].comparator and not parts.intervals and found[1].value:
        second = found.pop()
        parts.intervals = [interval(second.text, second.unit)]
        text = text[: second.start] + " " + text[second.end :]
    parts.units = list(dict.fromkeys(units))
    parts.found = len(found)
    rest = text
    if len(found) == 1:
        parts.number = found[0]
        parts.between = text[: found[0].start]
        parts.empty_cell = text[: found[0].start].count(BETWEEN) > 1
        rest = text[: found[0].start] + " " + text[found[0].end :]
    rest = without_signs(rest)
    parts.stray = bool(re.search(r"\d", rest))
    parts.loose = bool(re.search(r"[<>≤≥~±]", rest))
    parts.flag = "".join({_FLAGS[match.lower()] for match in _FLAG.findall(rest)} - {""})
    parts.between = _unexplained(parts.between)
    parts.words = _wording(rest)
    return parts


def _unexplained(text: str) -> str:
    words = [token.word for token in tokens(without_signs(text))]
    return " ".join(word for word in words if word not in {*_FILLING, *_FLAGS})


def _wording(text: str) -> str:
    """The answer as a word: without signs, flags and cells that stand around it."""
    cells = [cell.strip(" .:,()=*-–") for cell in text.split(BETWEEN)]
    return next((cell for cell in cells if cell and cell.lower() not in _FLAGS), "").lower()
