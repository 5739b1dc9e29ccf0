"""Which analysis a name or a code stands for.

A name counts only as a whole: in "Hemoglobin A1c" the first word is no haemoglobin. What stands
around it (system, "total", "estimated") is known by its own word, and nothing is skipped.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from .line import Note

TABLE = Path(__file__).parent / "codes.toml"

_SYSTEMS = {
    "p": "P", "fp": "P", "plasma": "P", "s": "S", "fs": "S", "serum": "S", "b": "B", "fb": "B",
    "blod": "B", "fullblod": "B", "e": "E", "erc": "E", "ercs": "E", "erytrocytter": "E",
    "pt": "Pt", "u": "U", "du": "U", "urin": "U", "døgnurin": "U", "f": "F", "feces": "F",
    "avføring": "F", "csv": "Csv", "sp": "Csv", "spinalvæske": "Csv", "ascites": "fluid",
    "leddvæske": "fluid", "pleuravæske": "fluid", "nyre": "Pt",
}  # fmt: skip
_FASTING = frozenset({"fp", "fs", "fb", "fastende"})
_SURROUNDING = frozenset(
    {"total", "totalt", "i", "av", "fastende", "ckd", "epi", "estimert", "beregnet", "edta"}
)
_TOKEN = re.compile(r"\d+(?:[.,]\d+)+|[^\W_]+")
CODE = re.compile(r"(?<!\w)(?:NPU|NOR)\s?\d{5}(?!\w)", re.IGNORECASE)
_GAP = frozenset(" \u00a0()[]{}-–/,.:;=¦*'\"")


class Token(NamedTuple):
    word: str
    start: int
    end: int


class Name(NamedTuple):
    """The codes that the words name (``wrong:...`` for what only looks like one of them)."""

    codes: frozenset[str]
    systems: frozenset[str]
    fasting: bool
    start: int
    end: int


class Table(NamedTuple):
    by_name: Mapping[tuple[str, ...], str]
    by_code: Mapping[str, str]
    systems: Mapping[str, frozenset[str]]
    longest: int


@cache
def table() -> Table:
    data = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    wrong = {f"wrong:{Note(key)}": row for key, row in data.pop("wrong").items()}
    rows = data | wrong
    by_name = {tuple(name.split()): key for key, row in rows.items() for name in row["names"]}
    by_code = {code: key for key, row in rows.items() for code in row["codes"]}
    systems = {key: frozenset(row["systems"]) for key, row in data.items()}
    return Table(by_name, by_code, systems, max(map(len, by_name)))


def tokens(text: str) -> list[Token]:
    return [Token(m[0].lower(), m.start(), m.end()) for m in _TOKEN.finditer(text)]


def of_code(code: str) -> str | None:
    return table().by_code.get(code)


def known_name(words: tuple[str, ...]) -> str | None:
    return table().by_name.get(words)


def _longest_at(words: list[str], at: int) -> tuple[str, int] | None:
    for length in range(min(table().longest, len(words) - at), 0, -1):
        key = table().by_name.get(tuple(words[at : at + length]))
        if key:
            return key, length
    return None


def read_name(text: str, found: list[Token], at: int) -> Name | None:
    """The name that begins at this token, with all that belongs to it."""
    words = [token.word for token in found]
    codes: set[str] = set()
    systems: set[str] = set()
    fasting, here = False, at
    while here < len(found) and _joined(text, found, at, here):
        match = _longest_at(words, here)
        word = words[here]
        if match:
            codes.add(match[0])
            here += match[1]
        elif word in _SYSTEMS or word in _SURROUNDING:
            systems |= {_SYSTEMS[word]} if word in _SYSTEMS else set()
            fasting |= word in _FASTING
            here += 1
        else:
            break
    if not codes:
        return None
    return Name(frozenset(codes), frozenset(systems), fasting, found[at].start, found[here - 1].end)


def _joined(text: str, found: list[Token], first: int, here: int) -> bool:
    """Is there nothing but signs between the token and the one before it?"""
    return here == first or set(text[found[here - 1].end : found[here].start]) <= _GAP


def names_in(text: str) -> Iterator[Name]:
    """The names that begin a line, a cell, a sentence or a part of an enumeration."""
    found = tokens(text)
    here = 0
    while here < len(found):
        name = read_name(text, found, here) if _may_begin(text, found, here) else None
        if name:
            yield name
            while here < len(found) and found[here].start < name.end:
                here += 1
        else:
            here += 1


def _may_begin(text: str, found: list[Token], at: int) -> bool:
    before = text[: found[at].start].rstrip(" \u00a0([*-•·")
    return not before or before[-1] in ",;.:¦" or found[at - 1].word in {"og", "samt", "mens"}
