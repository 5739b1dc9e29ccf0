"""Calendar arithmetic: days are calendar days, months are calendar months."""

from calendar import monthrange
from datetime import date, timedelta


def add_months(start: date, months: int) -> date:
    """Calendar months; 31 January plus one month is the last day of February."""
    month = start.month - 1 + months
    year, month = start.year + month // 12, month % 12 + 1
    return date(year, month, min(start.day, monthrange(year, month)[1]))


def add(start: date, amount: int, unit: str) -> date:
    """``start`` plus an amount in days, weeks, calendar months or years."""
    if unit in {"months", "years"}:
        return add_months(start, amount * (12 if unit == "years" else 1))
    return start + timedelta(days=amount * (7 if unit == "weeks" else 1))
