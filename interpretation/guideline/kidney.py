"""Kidney function where it matters for MMA and homocysteine (G68, A26).

The formula is CKD-EPI 2009 without the ethnicity factor. It is not from the guideline, and the
laboratory's own eGFR always wins.
"""

from decimal import Decimal

from .quantity import Quantity
from .vocabulary import Sex

FORMULA = "ckd_epi_2009"

_UMOL_PER_MG = Decimal("88.4")
_KAPPA = {Sex.FEMALE: Decimal("0.7"), Sex.MALE: Decimal("0.9")}
_ALPHA = {Sex.FEMALE: Decimal("-0.329"), Sex.MALE: Decimal("-0.411")}
_FEMALE = {Sex.FEMALE: Decimal("1.018"), Sex.MALE: Decimal(1)}


def estimated_gfr(
    creatinine: Quantity | None, age: Decimal | None, sex: Sex | None
) -> Quantity | None:
    """eGFR in mL/min/1.73 m² from creatinine in µmol/L, or ``None`` when something is unknown or
    the creatinine is censored."""
    if creatinine is None or age is None or sex is None or creatinine.comparator:
        return None
    ratio = creatinine.value / _UMOL_PER_MG / _KAPPA[sex]
    gfr = (
        141
        * min(ratio, Decimal(1)) ** _ALPHA[sex]
        * max(ratio, Decimal(1)) ** Decimal("-1.209")
        * Decimal("0.993") ** age
        * _FEMALE[sex]
    )
    return Quantity(gfr.quantize(Decimal("0.1")), "mL/min/1.73 m²")
