"""A share with its Wilson score interval of 95 %: honest for few cases and for shares near 0 and 1,
where the usual interval is empty or reaches beyond. Wilson, J Am Stat Assoc 1927; 22: 209-212."""

from decimal import Decimal
from typing import NamedTuple

Z = Decimal("1.959963984540054")
"""The quantile of the normal distribution that leaves 2.5 % on either side."""


class Share(NamedTuple):
    """``hits`` of ``of``, which is not 0; ``low`` to ``high`` is the interval."""

    hits: int
    of: int
    share: Decimal
    low: Decimal
    high: Decimal


def share(hits: int, of: int) -> Share:
    """Without correction for continuity. Raises ``ValueError`` for what is no share."""
    if not 0 <= hits <= of or of == 0:
        raise ValueError(f"{hits} of {of} is no share")
    p, n = Decimal(hits) / of, Decimal(of)
    widened = 1 + Z * Z / n
    middle = (p + Z * Z / (2 * n)) / widened
    half = Z / widened * (p * (1 - p) / n + Z * Z / (4 * n * n)).sqrt()
    low = middle - half if hits else Decimal(0)
    high = middle + half if hits < of else Decimal(1)
    return Share(hits, of, p, low, high)
