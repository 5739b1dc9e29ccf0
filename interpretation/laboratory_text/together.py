"""Lines beside each other: what is said twice, and what may be a limit without an answer."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from ..guideline.vocabulary import ANALYTE_OF_LIMIT
from .line import Line, Note, State


def compared_with_each_other(lines: Iterable[Line]) -> tuple[Line, ...]:
    """Mark what is said twice, and a lone comparator among lines that print limits."""
    listed = list(lines)
    limits_printed = any(line.lower is not None or line.upper is not None for line in listed)
    seen: dict[tuple[str, date | None], Line] = {}
    answer = []
    for line in listed:
        if limits_printed and _may_be_a_limit(line):
            line = line.lowered_to(State.HOLD, Note.MAY_BE_A_LIMIT)
        if line.confirmable:
            first = seen.setdefault((line.code, line.day), line)
            if first is not line:
                line = _twice(line, first)
        answer.append(line)
    return tuple(_both_held(answer))


def _twice(line: Line, first: Line) -> Line:
    same = (line.quantity, line.finding) == (first.quantity, first.finding)
    note = Note.SAME_TWICE if same else Note.TWO_VALUES
    return replace(line, state=State.DUPLICATE, notes=(*line.notes, note))


def _both_held(lines: list[Line]) -> Iterable[Line]:
    """Where two values are given for one sample, a person chooses: the first is held as well."""
    doubtful = {(line.code, line.day) for line in lines if Note.TWO_VALUES in line.notes}
    for line in lines:
        if line.confirmable and (line.code, line.day) in doubtful and _is_first(line):
            line = line.lowered_to(State.HOLD, Note.TWO_VALUES)
        yield line


def _is_first(line: Line) -> bool:
    return line.state is not State.DUPLICATE


def _may_be_a_limit(line: Line) -> bool:
    """``<0,28`` alone behind MMA may be the limit, with no answer printed before it."""
    if line.quantity is None or line.lower is not None or line.upper is not None:
        return False
    ends = {
        "<": "_upper_", "≤": "_upper_", ">": "_lower_", "≥": "_lower_",
    }  # fmt: skip
    end = ends.get(line.quantity.comparator)
    return end is not None and any(
        of == line.code and end in key for key, of in ANALYTE_OF_LIMIT.items()
    )
