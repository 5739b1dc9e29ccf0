"""Reading a pasted block of laboratory answers, line by line, without believing any of it.

A line is recognised only when its name (or code), number and unit agree; everything else is shown
with the reason and left to a person. Pure: the text and today's date in, lines out.
"""

from datetime import date

from .judging import judge
from .layout import pieces
from .line import OLD, Line, Note, State
from .together import compared_with_each_other

__all__ = [
    "LONGEST_TEXT",
    "MOST_LINES",
    "OLD",
    "Line",
    "Note",
    "State",
    "TextTooLongError",
    "read_answers",
]

LONGEST_TEXT = 20_000
MOST_LINES = 400


class TextTooLongError(ValueError):
    """More text than the answers of one patient."""


def read_answers(text: str, today: date) -> tuple[Line, ...]:
    """Every line of the text with what it was read as. Raises :class:`TextTooLongError`."""
    if len(text) > LONGEST_TEXT or len(text.splitlines()) > MOST_LINES:
        raise TextTooLongError
    return compared_with_each_other(judge(parts, today) for parts in pieces(text))
