"""Tables that say in a header what stands in each column."""

import re
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from .signs import BETWEEN, clean, take_dates


class Column(StrEnum):
    NAME = "name"
    CODE = "code"
    VALUE = "value"
    UNIT = "unit"
    INTERVAL = "interval"
    LOWER = "lower"
    UPPER = "upper"
    DATE = "date"
    FLAG = "flag"
    COMMENT = "comment"
    IGNORED = "ignored"


_TITLES = {
    Column.NAME: "analyse analysenavn undersøkelse komponent navn prøve test parameter",
    Column.CODE: "kode nlk npu nlk-kode npu-kode analysekode nlk/npu",
    Column.VALUE: "svar resultat verdi result value prøvesvar analysesvar",
    Column.UNIT: "enhet unit måleenhet benevning",
    Column.INTERVAL: "ref ref. referanse referanseområde ref.omr ref.omr. ref.område refområde "
    "referanseintervall ref.intervall ref.int. ref.verdi normalområde referansegrenser "
    "referanseverdi ref.grenser",
    Column.LOWER: "nedre ned.grense refmin min",
    Column.UPPER: "øvre øvr.grense refmax maks",
    Column.DATE: "dato prøvedato prøvetatt tatt prøvetakingsdato",
    Column.FLAG: "flagg avvik markering h/l utenfor status *",
    Column.COMMENT: "kommentar merknad merknader komm. kommentarer",
    Column.IGNORED: "forrige tidligere svardato mottatt metode laboratorium lab utført besvart nr "
    "godkjent materiale",
}
_BY_TITLE = {title: column for column, titles in _TITLES.items() for title in titles.split()}
_EXTRA = {
    "nedre grense": Column.LOWER,
    "øvre grense": Column.UPPER,
    "forrige svar": Column.IGNORED,
    "tidligere svar": Column.IGNORED,
    "forrige resultat": Column.IGNORED,
    "siste svar": Column.VALUE,
    "nlk kode": Column.CODE,
    "npu kode": Column.CODE,
    "prøve tatt": Column.DATE,
}


class Cell(NamedTuple):
    text: str
    start: int
    end: int


class Heading(NamedTuple):
    kind: Column
    day: date | None
    start: int
    end: int


FLAGS = frozenset({"h", "hh", "l", "ll", "*", "**", "↑", "↓"})
_FLAG = Heading(Column.FLAG, None, 0, 10_000)
"""A flag stands beside its value, often without a heading."""
_BESIDE = 3
"""How many signs a cell may stand beside its heading."""


@dataclass(slots=True)
class Row:
    """One answer of a table row, written as one line; its sample date where a column has it."""

    text: str
    days: list[date | None] = field(default_factory=list)
    unclear: bool = False
    doubted: bool = False


@dataclass(slots=True)
class Header:
    headings: list[Heading]
    sign: str
    """The sign between cells; empty where blanks keep them apart."""

    def rows(self, line: str) -> list[Row] | None:
        """The answers of a line; ``None`` for a line that is no row of this table."""
        cells = _cells(line, self.sign)
        if len(cells) < 2:
            return None
        placed = self._placed(cells)
        if placed is None:
            return [Row(clean(line), unclear=True)]
        rows = [self._row(placed, heading) for heading in self._values() if placed.get(heading)]
        return rows or [Row(clean(line))]

    def _values(self) -> list[Heading]:
        return [heading for heading in self.headings if heading.kind is Column.VALUE]

    def _placed(self, cells: list[Cell]) -> dict[Heading, str] | None:
        """Which cell stands under which heading; ``None`` where that cannot be told."""
        if self.sign:
            if len(cells) > len(self.headings):
                return None
            return {heading: cell.text for heading, cell in zip(self.headings, cells, strict=False)}
        placed: dict[Heading, str] = {}
        for cell in cells:
            under = max(self.headings, key=lambda heading: _overlap(heading, cell))
            if cell.text.lower() in FLAGS:
                under = _FLAG
            if under in placed or _overlap(under, cell) < -_BESIDE:
                return None
            placed[under] = cell.text
        return placed

    def _row(self, placed: dict[Heading, str], value: Heading) -> Row:
        cells = {heading.kind: text for heading, text in placed.items() if heading.day is None}
        get = cells.get
        answer = placed[value]
        limits = get(Column.INTERVAL) or _limits(get(Column.LOWER, ""), get(Column.UPPER, ""))
        parts = [
            get(Column.CODE, ""),
            get(Column.NAME, ""),
            f"{answer} {get(Column.UNIT, '')}",
            limits if re.match(r"\W*$|[(\[]", limits) else f"({limits})",
            get(Column.FLAG, ""),
        ]
        comment = re.sub(r"[\d<>≤≥]", "", get(Column.COMMENT, ""))
        days, _rest = take_dates(get(Column.DATE, ""))
        text = f" {BETWEEN} ".join(part.strip() for part in [*parts, comment] if part.strip())
        return Row(text, [value.day] if value.day else days)


def _limits(lower: str, upper: str) -> str:
    lower, upper = lower.strip(), upper.strip()
    if lower and upper:
        return f"{lower} - {upper}"
    return f"> {lower}" if lower else (f"< {upper}" if upper else "")


def _overlap(heading: Heading, cell: Cell) -> int:
    return min(heading.end, cell.end) - max(heading.start, cell.start)


def _cells(line: str, sign: str) -> list[Cell]:
    if sign:
        inner = line.strip().strip("|") if sign == "|" else line
        return [Cell(clean(part).strip(), 0, 0) for part in inner.split(sign)]
    expanded = line.expandtabs()
    return [Cell(m[0].strip(), m.start(), m.end()) for m in re.finditer(r"\S+(?: \S+)*", expanded)]


def read_header(line: str) -> Header | None:
    """The columns that a line names, if it is a header: a name and at least one value."""
    if len(line) > 300:
        return None
    for sign in ("\t", ";", "|", ""):
        if sign and sign not in line:
            continue
        cells = _cells(line, sign)
        headings = [_heading(cell) for cell in cells]
        known = [heading for heading in headings if heading is not None]
        kinds = {heading.kind for heading in known}
        if len(known) == len(cells) and {Column.NAME, Column.VALUE} <= kinds:
            return Header(known, sign)
    return None


def _heading(cell: Cell) -> Heading | None:
    title = cell.text.lower().strip(" :")
    days, rest = take_dates(title)
    if len(days) == 1 and days[0] and not rest.strip():
        return Heading(Column.VALUE, days[0], cell.start, cell.end)
    kind = _BY_TITLE.get(title) or _EXTRA.get(title)
    if kind is None and not title:
        kind = Column.IGNORED
    return Heading(kind, None, cell.start, cell.end) if kind else None
