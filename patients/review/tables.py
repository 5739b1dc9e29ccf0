"""Tables of counts and shares: the same for a page and for a file."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from interpretation.wording import number

from .small import FEWEST, Counts, Group
from .wilson import share

Cell = str | int | Decimal
BAR = 120
"""The width of a bar that stands for all."""
NOTHING = "–"
Named = Callable[[Sequence[Any]], Sequence[str]]
"""The names of a group, by the keys of those that it was put together from."""


class Bar(NamedTuple):
    """Where the bar and its interval end, of ``BAR``."""

    share: str
    low: str
    high: str


@dataclass(frozen=True, slots=True)
class Row:
    """``names`` are those of the groups that were put together, usually one."""

    names: Sequence[str]
    cells: Sequence[Cell]
    bar: Bar | None = None
    is_total: bool = False

    @property
    def name(self) -> str:
        if len(self.names) == 1:
            return self.names[0]
        return _("%(count)s groups together") % {"count": len(self.names)}

    @property
    def texts(self) -> list[str]:
        """The cells as the page shows them."""
        return [text(cell) for cell in self.cells]


@dataclass(frozen=True, slots=True)
class Table:
    """``columns`` names the rows and the cells. ``empty`` is said when there is nothing."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Row]
    empty: str = ""
    remarks: Sequence[str] = field(default=())

    @property
    def notes(self) -> list[str]:
        """What a reader must know, and who is together in a row."""
        together = ["; ".join(row.names) for row in self.rows if len(row.names) > 1]
        said = [_("Together are: %(names)s.") % {"names": names} for names in together]
        return [*self.remarks, *said] if self.rows else []

    @property
    def has_bars(self) -> bool:
        return any(row.bar for row in self.rows)


@dataclass(frozen=True, slots=True)
class Section:
    title: str
    tables: Sequence[Table]


def text(cell: Cell) -> str:
    return cell if isinstance(cell, str) else number(Decimal(cell))


def counted(pairs: Iterable[tuple[Any, Any]], ways: Sequence[Any]) -> dict[Any, Counts]:
    """How many of each key went each of the ways."""
    found: dict[Any, Counter[Any]] = {}
    for key, way in pairs:
        found.setdefault(key, Counter())[way] += 1
    return {key: tuple(counts[way] for way in ways) for key, counts in found.items()}


def share_columns(of: str, count: str) -> list[str]:
    return [of, count, _("Share, %"), _("Interval from, %"), _("Interval to, %")]


def rows(groups: Iterable[Group[Any]], named: Named, *, parts: bool = True) -> list[Row]:
    """Of each group the share of its first way; with ``parts`` the others as well."""
    return [_row(named(group.keys), group, parts=parts) for group in groups]


def _row(names: Sequence[str], group: Group[Any], *, parts: bool, is_total: bool = False) -> Row:
    others = list(group.counts[1:]) if parts else []
    if group.is_small:
        return Row(names, [few(), *[NOTHING] * (4 + len(others))], None, is_total)
    found = share(group.counts[0], group.size)
    ends = (found.share, found.low, found.high)
    cells: list[Cell] = [found.of, found.hits, *map(_percent, ends), *others]
    return Row(names, cells, Bar(*(f"{end * BAR:.1f}" for end in ends)), is_total)


def totals(name: str, counts: Mapping[str, Counts], *, parts: bool = True) -> list[Row]:
    return [_row([name], Group(("",), one), parts=parts, is_total=True) for one in counts.values()]


def plain(groups: Iterable[Group[Any]], named: Named) -> list[Row]:
    """Numbers without a share."""
    return [Row(named(group.keys), [few() if group.is_small else group.size]) for group in groups]


def few() -> str:
    return _("fewer than %(fewest)s") % {"fewest": FEWEST}


def _percent(part: Decimal) -> Decimal:
    return round(part * 100, 1)
