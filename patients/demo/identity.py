"""Synthetic identity numbers as Tenor makes them: 80 is added to the month."""

from datetime import date

from ..rules.national_identity import IdentityNumberError, read


def synthetic_number(birth_date: date, sex: str) -> str:
    """The first number of the series that fits the birth date and the sex."""
    first, last = (0, 500) if birth_date.year < 2000 else (500, 1000)
    birth = f"{birth_date.day:02}{birth_date.month + 80:02}{birth_date.year % 100:02}"
    for individual in range(first + (sex == "male"), last, 2):
        for check in range(100):
            number = f"{birth}{individual:03}{check:02}"
            if _holds(number, birth_date, sex):
                return number
    raise ValueError("no number fits")


def _holds(number: str, birth_date: date, sex: str) -> bool:
    try:
        known = read(number, synthetic_allowed=True)
    except IdentityNumberError:
        return False
    return (known.birth_date, known.sex) == (birth_date, sex)
