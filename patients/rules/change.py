"""Is the difference between two results larger than chance? Pure; not from the guideline.

Difference limit in percent = 2.8 × √(CVa² + CVb²): two-sided 95 %, as Norwegian university
laboratories state it. It holds for somebody in a steady state with values near the reference
interval. CVa is the variation of the analysis, CVb that within a person.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from interpretation.guideline.quantity import Quantity
from interpretation.guideline.vocabulary import Analyte

FACTOR = Decimal("2.8")


@dataclass(frozen=True, slots=True)
class Variation:
    """Published coefficients in percent. ``total`` where only both together are published."""

    analytical: Decimal | None = None
    within_person: Decimal | None = None
    total: Decimal | None = None

    @property
    def limit(self) -> Decimal | None:
        """The difference limit; ``None`` where a coefficient is not known: nothing is guessed."""
        if self.total is not None:
            return FACTOR * self.total
        if self.analytical is None or self.within_person is None:
            return None
        return FACTOR * (self.analytical**2 + self.within_person**2).sqrt()


VARIATIONS: Mapping[Analyte, Variation] = {
    Analyte.HAEMOGLOBIN: Variation(Decimal(2), Decimal("2.8")),
    Analyte.FERRITIN: Variation(Decimal("2.5"), Decimal("12.8")),
    Analyte.MMA: Variation(Decimal(4), Decimal(15)),
    Analyte.RETICULOCYTES: Variation(Decimal(6), Decimal(11)),
    Analyte.MCH: Variation(Decimal(2), Decimal("1.4")),
    Analyte.HAPTOGLOBIN: Variation(total=Decimal("9.7")),
    Analyte.ACTIVE_B12: Variation(Decimal(8)),
    Analyte.TOTAL_B12: Variation(Decimal(8)),
}
"""Coefficients published by Norwegian laboratories, not this laboratory's own. Total B12 is
published as 7 to 8; of neither B12 analysis is the variation within a person known here."""


class Why(StrEnum):
    """Why a change can or cannot be judged."""

    JUDGED = "judged"
    VARIATION_UNKNOWN = "variation_unknown"
    NOT_EXACT = "not_exact"
    FROM_ZERO = "from_zero"


@dataclass(frozen=True, slots=True)
class Change:
    """``percent`` of the first value; ``larger`` than the limit, or ``None``: cannot say."""

    percent: Decimal | None
    limit: Decimal | None
    larger: bool | None
    why: Why


def change(analyte: Analyte, before: Quantity, now: Quantity) -> Change:
    """From ``before`` to ``now``. A value like ``<60`` is no number to count from, and exactly at
    the limit is not larger than it."""
    limit = VARIATIONS.get(analyte, Variation()).limit
    if before.comparator or now.comparator:
        return Change(None, limit, None, Why.NOT_EXACT)
    if before.value == 0:
        return Change(None, limit, None, Why.FROM_ZERO)
    percent = (now.value - before.value) / before.value * 100
    if limit is None:
        return Change(percent, None, None, Why.VARIATION_UNKNOWN)
    return Change(percent, limit, abs(percent) > limit, Why.JUDGED)
