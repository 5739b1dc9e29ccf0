"""Numbers and laboratory values as they are written in the active language."""

from decimal import Decimal

from django.utils import formats

from interpretation.guideline.quantity import Quantity

_NO_BREAK_SPACE = "\u00a0"


def number(value: Decimal) -> str:
    """The exact digits, in groups of three: ``0,31`` and ``1 234,5`` in Norwegian, ``0.31`` in
    English. A (no-break) space groups in both, since a comma means the decimal sign to half of
    the readers. Nothing is rounded."""
    whole, _point, decimals = f"{value:f}".partition(".")
    grouped = f"{int(whole):,}".replace(",", _NO_BREAK_SPACE)
    sign = "-" if whole.startswith("-") and not grouped.startswith("-") else ""
    return f"{sign}{grouped}" + (
        f"{formats.get_format('DECIMAL_SEPARATOR')}{decimals}" if decimals else ""
    )


def unit(name: str) -> str:
    """A unit of measurement; only one of them contains a number, ``mL/min/1.73 m²``."""
    return name.replace("1.73", f"1{formats.get_format('DECIMAL_SEPARATOR')}73")


def quantity(value: Quantity) -> str:
    """A laboratory value with its comparator and unit: ``<60 pmol/L``."""
    return f"{value.comparator}{number(value.value)} {unit(value.unit)}"


def lowered(words: str) -> str:
    """Words for the middle of a sentence: ``folate`` for ``Folate``; ``MMA`` and ``Hb`` stay."""
    first = words.split(" ", 1)[0]
    is_word = len(first) > 2 and first[1:2].islower()
    return words[:1].lower() + words[1:] if is_word else words
