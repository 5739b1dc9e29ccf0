"""How far two reviewers of the same cases agree beyond what chance would give: Cohen's kappa (Educ
Psychol Meas 1960; 20: 37-46)."""

from collections import Counter
from collections.abc import Hashable, Sequence
from decimal import Decimal

FEWEST_PAIRS = 10
"""Below this kappa is not computed: it would say next to nothing. Not from the guideline."""


def kappa(pairs: Sequence[tuple[Hashable, Hashable]]) -> Decimal | None:
    """``None`` for fewer than ``FEWEST_PAIRS``, and where both always gave the same one answer, so
    that chance alone explains all."""
    if len(pairs) < FEWEST_PAIRS:
        return None
    n = len(pairs)
    first, second = (Counter(side) for side in zip(*pairs, strict=True))
    observed = Decimal(sum(one == other for one, other in pairs)) / n
    expected = Decimal(sum(first[answer] * second[answer] for answer in first)) / (n * n)
    return None if expected == 1 else (observed - expected) / (1 - expected)
