"""Small groups, in which somebody could be recognised, are put together until they are not small.

Hiding a small count beside a total would not do: what is hidden is the total less the rest.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import Generic, NamedTuple, TypeVar

FEWEST = 5
"""Fewer than these are not shown as a group of their own. Not from the guideline."""

Key = TypeVar("Key", bound=Hashable)
Counts = tuple[int, ...]
"""How many of a group went which way; all together they are the group."""


class Group(NamedTuple, Generic[Key]):
    keys: tuple[Key, ...]
    counts: Counts

    @property
    def size(self) -> int:
        return sum(self.counts)

    @property
    def is_small(self) -> bool:
        return self.size < FEWEST


def pooled(groups: Mapping[Key, Counts]) -> list[Group[Key]]:
    """The largest first; the small ones as one group at the end, which takes the next larger one in
    where it would be small itself. Only where all are few together is the answer small."""
    known = [Group((key,), counts) for key, counts in groups.items() if any(counts)]
    known.sort(key=lambda group: -group.size)
    rest: list[Group[Key]] = []
    while known and (known[-1].is_small or (rest and _joined(rest).is_small)):
        rest.insert(0, known.pop())
    return [*known, _joined(rest)] if rest else known


def spans(groups: Sequence[tuple[Key, Counts]]) -> list[Group[Key]]:
    """Groups in an order, such as months: neighbours are joined until none is small."""
    joined: list[Group[Key]] = []
    for key, counts in groups:
        if joined and joined[-1].is_small:
            joined[-1] = _joined([joined[-1], Group((key,), counts)])
        else:
            joined.append(Group((key,), counts))
    if len(joined) > 1 and joined[-1].is_small:
        joined[-2:] = [_joined(joined[-2:])]
    return joined


def _joined(groups: Iterable[Group[Key]]) -> Group[Key]:
    parts = list(groups)
    keys = tuple(key for group in parts for key in group.keys)
    return Group(keys, tuple(map(sum, zip(*(group.counts for group in parts), strict=True))))
