"""A letter as finished strings, in the order in which it is read. Nothing here asks a database, and
nothing is decided: the builders in this folder have done both.

``as_json`` is what is stored with an issued letter.
"""

import re
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Table:
    """``rows`` have as many cells as ``columns``; the first cell names the row."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str = ""
    """Where the heading of the section does not name it."""

    @property
    def is_short(self) -> bool:
        """Not broken over two pages."""
        return len(self.rows) <= 8

    @property
    def heads_rows(self) -> bool:
        """Are first cells read out as headers of their rows? In a table with more headers than data
        that is more noise than help."""
        columns, rows = len(self.columns), len(self.rows)
        return rows * (columns - 1) >= columns + rows


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawing as SVG markup of our own, and the same in words."""

    svg: str
    alternative: str
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it, in this order."""

    heading: str
    paragraphs: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    table: Table | None = None
    figure: Figure | None = None
    note: str = ""
    urgent: bool = False
    """Framed: what to call about at once."""
    beside: bool = False
    """A tall figure: it stands at the right of all that follows."""


@dataclass(frozen=True, slots=True)
class Letterhead:
    name: str
    address: str = ""
    telephone: str = ""
    organisation_number: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    """``title`` names the kind of document and never a person: it becomes the file's title."""

    language: str
    title: str
    heading: str
    letterhead: Letterhead | None = None
    recipient: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    """Lines beside the date: whom the letter is about, where that is not the recipient."""
    date: str = ""
    greeting: str = ""
    sections: tuple[Section, ...] = ()
    free_text: str = ""
    closing: tuple[str, ...] = ()
    footnote: str = ""
    compact: bool = False
    """Without the window for an address: what is not posted."""
    dense: bool = False
    """Smaller, since all of it must stand on one page."""

    @property
    def has_long_address(self) -> bool:
        """More lines than the window holds in the size of the text. A line holds some 45 signs."""
        return sum(-(-len(line) // 45) for line in self.recipient) > 4

    @property
    def own_words(self) -> tuple[tuple[str, ...], ...]:
        """``free_text`` as paragraphs of lines."""
        typed = "\n".join(line.strip() for line in self.free_text.splitlines())
        return tuple(tuple(part.split("\n")) for part in re.split("\n\n+", typed.strip()) if part)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)
