"""The Norwegian identity numbers: eleven digits, most of them with a date of birth inside.

Day, month and year of the century come first, then three individual digits, then two check digits.
A D-number (temporary) adds 40 to the day and an H-number (given by a hospital) 40 to the month; an
FH-number (given by the health service) begins with 8 or 9 and says nothing about the person.
Synthetic numbers for tests add 80 (Tenor) or 65 (the health network's test service) to the month.
NAV's test population adds 40, which is an H-number by its looks and is read as one, since real
H-numbers must not be refused; only together with a D-number's day is it known to be synthetic.

From 2032 on the first check digit may be one, two or three steps off (``ODD_STEPS``). Neither the
century nor the sex can be read from such a number. One that happens to be no step off looks like
the older ones, so that a birth date that does not fit is a reason to ask, never to refuse.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from operator import mul

LENGTH = 11
ODD_STEPS = frozenset({1, 2, 3})
_FIRST_WEIGHTS = (3, 7, 6, 1, 8, 9, 4, 5, 2, 1)
_SECOND_WEIGHTS = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
_D = 40
_NEVER = -1000
_TENOR, _HEALTH_NETWORK, _H_OR_NAV = 80, 65, 40


class Kind(StrEnum):
    BIRTH_NUMBER = "birth_number"
    D_NUMBER = "d_number"
    H_NUMBER = "h_number"
    FH_NUMBER = "fh_number"


class Reason(StrEnum):
    """Why a text is not an identity number."""

    LETTERS = "letters"
    LENGTH = "length"
    DATE = "date"
    CHECK_DIGITS = "check_digits"
    SYNTHETIC = "synthetic"


class IdentityNumberError(ValueError):
    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class IdentityNumber:
    """What one number says. ``birth_date`` and ``sex`` ("female" or "male") are ``None`` where the
    number does not tell; ``digits_of_birth`` is ddmmyy, empty in an FH-number."""

    digits: str
    kind: Kind
    synthetic: bool
    digits_of_birth: str
    birth_date: date | None
    sex: str | None

    @property
    def told_birth_date(self) -> str:
        """As it is told, 04.05.1962 or 04.05.62; empty in an FH-number."""
        if self.birth_date:
            return f"{self.birth_date:%d.%m.%Y}"
        digits = self.digits_of_birth
        return ".".join((digits[:2], digits[2:4], digits[4:])) if digits else ""

    def fits(self, birth_date: date) -> bool:
        """May somebody born then have this number?"""
        if self.birth_date:
            return birth_date == self.birth_date
        return self.digits_of_birth in {"", f"{birth_date:%d%m%y}"}


def read(text: str, *, synthetic_allowed: bool) -> IdentityNumber:
    """The number in a text with or without spaces; raises ``IdentityNumberError``."""
    digits = without_spaces(text)
    if not (digits.isascii() and digits.isdecimal()):
        raise IdentityNumberError(Reason.LETTERS)
    if len(digits) != LENGTH:
        raise IdentityNumberError(Reason.LENGTH)
    number = _without_date(digits) if digits[0] in "89" else _with_date(digits)
    if number.synthetic and not synthetic_allowed:
        raise IdentityNumberError(Reason.SYNTHETIC)
    return number


def without_spaces(text: str) -> str:
    return "".join(text.split())


def masked(digits: str) -> str:
    """Enough to tell two people apart, not enough to write the number down."""
    return f"{digits[:6]}\N{NO-BREAK SPACE}*****" if digits else ""


def _without_date(digits: str) -> IdentityNumber:
    if _steps_off(digits) != 0:
        raise IdentityNumberError(Reason.CHECK_DIGITS)
    return IdentityNumber(digits, Kind.FH_NUMBER, False, "", None, None)


def _with_date(digits: str) -> IdentityNumber:
    kind, synthetic, day, month = _additions(int(digits[:2]), int(digits[2:4]))
    year = int(digits[4:6])
    if not any(_date(century + year, month, day) for century in (1800, 1900, 2000)):
        raise IdentityNumberError(Reason.DATE)
    birth = f"{day:02}{month:02}{year:02}"
    steps = _steps_off(digits)
    if steps in ODD_STEPS and kind is not Kind.H_NUMBER:
        return IdentityNumber(digits, kind, synthetic, birth, None, None)
    if steps != 0:
        raise IdentityNumberError(Reason.CHECK_DIGITS)
    born = _date(_century(kind, int(digits[6:9]), year) + year, month, day)
    if born is None:
        raise IdentityNumberError(Reason.DATE)
    sex = "female" if int(digits[8]) % 2 == 0 else "male"
    return IdentityNumber(digits, kind, synthetic, birth, born, sex)


def _additions(day: int, month: int) -> tuple[Kind, bool, int, int]:
    """What was added to day and month, as kind and whether synthetic; and both without it."""
    kind = Kind.BIRTH_NUMBER
    if day > _D:
        kind, day = Kind.D_NUMBER, day - _D
    if month > _TENOR:
        return kind, True, day, month - _TENOR
    if month > _HEALTH_NETWORK:
        return kind, True, day, month - _HEALTH_NETWORK
    if month > _H_OR_NAV:
        synthetic = kind is Kind.D_NUMBER
        return kind if synthetic else Kind.H_NUMBER, synthetic, day, month - _H_OR_NAV
    return kind, False, day, month


def _steps_off(digits: str) -> int | None:
    """By how many steps the first check digit is off; ``None`` when the second one is wrong."""
    numbers = [int(digit) for digit in digits]
    first: int = sum(map(mul, _FIRST_WEIGHTS, numbers)) % 11
    second: int = sum(map(mul, _SECOND_WEIGHTS, numbers)) % 11
    return first if second == 0 else None


def _century(kind: Kind, individual: int, year: int) -> int:
    """By the individual digits. For D-numbers this is the table that holds since November 2021.
    What nobody was given answers a century in which there is no date."""
    if kind is Kind.D_NUMBER:
        if year < 40:
            return 1900 if individual < 200 else 2000
        if not 500 <= individual < 600:
            return 1900
        return 1800 if year >= 58 else _NEVER
    if individual < 500 or (individual >= 900 and year >= 40):
        return 1900
    if year < 40:
        return 2000
    return 1800 if individual < 750 and year >= 54 else _NEVER


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
