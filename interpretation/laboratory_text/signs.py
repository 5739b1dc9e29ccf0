"""Taking dates, codes, units, intervals and numbers out of a line, each with its sign.

Each function answers what it found and the text without it. What has been taken leaves a blank, so
that the rest can be asked whether anything was overlooked.
"""

import re
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from ..guideline.quantity import Comparator, NotANumberError, parse_number

BETWEEN = "¦"
"""Stands between two cells of a line."""

_CLEAN = str.maketrans("＜﹤‹＞﹥›⩽⩾\u2212", "<<<>>>≤≥-")
_ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&nbsp;", " "), ("&le;", "≤"), ("&ge;", "≥"))
_SPACED = re.compile(r" {2,}|\u00a0{2,}")


def clean(line: str) -> str:
    """One spelling of each sign, and one sign between cells."""
    for written, sign in _ENTITIES:
        line = line.replace(written, sign)
    line = re.sub(r"[\t;|¦]", f" {BETWEEN} ", line.translate(_CLEAN))
    line = re.sub(rf" *{BETWEEN} *", f" {BETWEEN} ", line).strip()
    return _SPACED.sub(f" {BETWEEN} ", line)


# Dates

_CLOCK = r"(?:\s*kl\.?\s*\d{1,2}[:.]\d{2}|[T,]?\s*\d{1,2}:\d{2})(?::\d{2}(?:[.,]\d+)?)?"
_TIME = rf"(?:{_CLOCK}(?:Z|[+-]\d{{2}}:?\d{{2}})?(?![\d.,]))?"
_ISO = r"(\d{4})-(\d{1,2})-(\d{1,2})"
_LOCAL = r"(\d{1,2})[./](\d{1,2})[./](\d{4}|\d{2})"
_DATE = re.compile(rf"(?<![\w.,/-])(?:{_ISO}|{_LOCAL})(?![/-]|[.,]\d|(?!T\d)\w){_TIME}")
_COMPACT = re.compile(r"(?<!\d)(20\d{2})(\d{2})(\d{2})(?:\d{4}|\d{6})?(?!\d)")
_CENTURY = 2000


def take_dates(text: str) -> tuple[list[date | None], str]:
    """Dates with day, month and year; ``None`` for what looks like one and is none."""
    found: list[date | None] = []

    def read(match: re.Match[str]) -> str:
        year, month, day, day2, month2, year2 = match.groups()
        found.append(_day(year or year2, month or month2, day or day2))
        return " "

    return found, _DATE.sub(read, text)


def compact_date(text: str) -> date | None:
    """``20260302`` or ``202603020815``, where a date is expected."""
    match = _COMPACT.search(text)
    return _day(*match.groups()) if match else None


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year) + (_CENTURY if len(year) == 2 else 0), int(month), int(day))
    except ValueError:
        return None


# Units: each becomes one private sign, since some of them contain digits

_FIRST_SIGN = 0xE000
_SIGNS = "[\ue000-\uf8ff]"
_POWER = (
    r"(?<![\w.,])[x×*]?\s?(?:10\s?(?:\^|\*{1,2}|[eE])?\s?(?:9|12|6)|10[⁹¹²⁶]+|[eE]9)"
    r"\s?/\s?[lL](?!\w)"
)
_EGFR = r"m[lL]/min(?:\s?/\s?1[.,]73(?:\s?m(?:2|²|\^2))?)?(?!\w)"
_WORD_UNIT = (
    r"(?:[fpnµμumkM]?(?:mol|kat|g|cg)|mcg|[km]?(?:U|IU|IE|AU|E|CU)|arb\.? ?enh\.?)"
    r"\s?/\s?(?:(?:[mdµμu]?[lL]|100 ?m[lL]|k?g|m?mol|min|h|t|d(?:øgn)?)(?:\s?krea\w*)?)(?!\w)"
)
_BARE = r"(?:f[lL]|pg|%|‰|[mµ]?mol|arb\.? ?enh\.?)(?!\w)"
_UNIT = re.compile(rf"{_POWER}|(?<![^\W\d_])(?<!/)(?:{_EGFR}|{_WORD_UNIT}|{_BARE})", re.IGNORECASE)


def take_units(text: str) -> tuple[list[str], str]:
    """The units, and the text with one sign in the place of each."""
    units: list[str] = []

    def read(match: re.Match[str]) -> str:
        units.append(_spelled(match[0].strip()))
        return f" {chr(_FIRST_SIGN + len(units) - 1)} "

    return units, _UNIT.sub(read, re.sub(_SIGNS, " ", text))


def _spelled(unit: str) -> str:
    if re.fullmatch(_POWER, unit, re.IGNORECASE) and not re.search(r"12|6|¹|⁶", unit[2:]):
        return "10⁹/L"
    if unit.lower().startswith("ml/min/1"):
        return "mL/min/1.73 m²"
    return unit


def unit_at(sign: str, units: list[str]) -> str:
    return units[ord(sign) - _FIRST_SIGN]


# Intervals

_N = "\\d+(?:[\u00a0\u202f]\\d{3})*(?:[.,]\\d+)?"
_ONE = rf"(?:<=|>=|=<|=>|[<>≤≥]|(?:under|over|inntil)(?=\s))\s*{_N}"
_RANGE = rf"{_N}\s*(?:-|–|—|til|to)\s*{_N}"
_LABEL = (
    r"(?:ref(?:eranse)?\.?(?:[ -]?(?:områder?|omr\.?|intervall|int\.?|verdi(?:er)?|grenser?))?"
    r"|normal(?:område|verdi(?:er)?)?|nedre grense|øvre grense)\s*[:=]?\s*"
)
_INTERVALS = (
    re.compile(rf"[(\[{{]\s*(?:{_LABEL})?({_RANGE}|{_ONE})\s*({_SIGNS})?\s*[)\]}}]", re.IGNORECASE),
    re.compile(rf"(?<!\w){_LABEL}({_RANGE}|{_ONE})(?![\w]|[.,]\d)\s*({_SIGNS})?", re.IGNORECASE),
    re.compile(rf"(?<![\w.,<>≤≥/-])({_RANGE})(?!\w|[.,]\d)\s*({_SIGNS})?", re.IGNORECASE),
)


class Interval(NamedTuple):
    lower: Decimal | None
    upper: Decimal | None
    unit: str


def take_intervals(text: str, units: list[str]) -> tuple[list[Interval], str]:
    """Reference intervals: in brackets, behind a label, or as two numbers with a dash."""
    found: list[Interval] = []

    def read(match: re.Match[str]) -> str:
        unit = unit_at(match[2], units) if match[2] else ""
        found.append(interval(match[1], unit))
        return f" {BETWEEN} "

    for pattern in _INTERVALS:
        text = pattern.sub(read, text)
    return found, text


def interval(text: str, unit: str) -> Interval:
    numbers = [_number(digits) for digits in re.findall(_N, text)]
    if len(numbers) == 2:
        return Interval(numbers[0], numbers[1], unit)
    upper = bool(re.match(r"=?[<≤]|under|inntil", text.strip(), re.IGNORECASE))
    return Interval(None, numbers[0], unit) if upper else Interval(numbers[0], None, unit)


def _number(digits: str) -> Decimal:
    return Decimal(re.sub("[\u00a0\u202f]", "", digits).replace(",", "."))


# Numbers

_WORDS = (
    (re.compile(r"(?<!\w)(?:under|mindre enn|lavere enn|mindre en)\s+(?=\d)", re.IGNORECASE), "<"),
    (re.compile(r"(?<!\w)(?:over|større enn|høyere enn|mer enn)\s+(?=\d)", re.IGNORECASE), ">"),
    (re.compile(r"(?<!\w)(?:minst)\s+(?=\d)", re.IGNORECASE), "≥"),
    (re.compile(r"(?<!\w)(?:inntil|opptil|maks)\s+(?=\d)", re.IGNORECASE), "≤"),
)
_NUMBER = re.compile(
    rf"(?P<sign><=|>=|=<|=>|[<>≤≥])?[\s{BETWEEN}]*(?<![\w.,^/+~±-])"
    "(?P<digits>\\d{1,3}(?:[ \u00a0\u2009\u202f]\\d{3})+(?:[.,]\\d+)?(?![\\d.,])|\\d+(?:[.,]\\d+)*)"
    r"(?![\w^]|-\d)"
)


class Number(NamedTuple):
    """A number as it is printed. ``text`` has its comparator; ``unit`` is the one behind it."""

    text: str
    value: Decimal | None
    comparator: Comparator
    unit: str
    start: int
    end: int

    @property
    def is_spaced(self) -> bool:
        """Grouped by an ordinary space, which may as well part two numbers."""
        return " " in self.text.lstrip("<>=≤≥ ")

    @property
    def may_be_thousands(self) -> bool:
        """``1.234`` is one and a bit here, and one thousand and more to some systems."""
        return bool(re.search(r"(?<!\d)[1-9]\d{0,2}[.,]\d{3}$", self.text))


def words_to_signs(text: str) -> str:
    """``under 60`` is ``<60``."""
    for words, sign in _WORDS:
        text = words.sub(sign, text)
    return text


def numbers(text: str, units: list[str]) -> list[Number]:
    """Every number that stands by itself; without ``value`` where it can be read in two ways."""
    found = []
    for match in _NUMBER.finditer(text):
        sign = {"=<": "<=", "=>": ">="}.get(match["sign"] or "", match["sign"] or "")
        try:
            value, comparator = parse_number(f"{sign}{match['digits']}")
        except NotANumberError:
            value, comparator = None, Comparator.EXACT
        behind = re.match(rf"\s*{BETWEEN}?\s*({_SIGNS})", text[match.end() :])
        unit = unit_at(behind[1], units) if behind else ""
        shown = f"{sign}{match['digits']}"
        found.append(Number(shown, value, comparator, unit, match.start(), match.end()))
    return found


def without_signs(text: str) -> str:
    return re.sub(_SIGNS, " ", text)
