"""eGFR by CKD-EPI 2009 (creatinine, without the ethnicity factor)."""

from decimal import Decimal

import pytest

from interpretation.guideline.kidney import estimated_gfr
from interpretation.guideline.quantity import Comparator, Quantity
from interpretation.guideline.vocabulary import Sex


def creatinine(value: str, comparator: Comparator = Comparator.EXACT) -> Quantity:
    return Quantity(Decimal(value), "µmol/L", comparator)


def by_the_published_formula(umol: float, age: int, sex: Sex) -> float:
    """Levey 2009, one line for each sex and creatinine range, in binary fractions: it shares
    nothing with the product but the constants."""
    mg = umol / 88.4
    if sex is Sex.FEMALE:
        exponent = -0.329 if mg <= 0.7 else -1.209
        return float(141 * 1.018 * (mg / 0.7) ** exponent * 0.993**age)
    exponent = -0.411 if mg <= 0.9 else -1.209
    return float(141 * (mg / 0.9) ** exponent * 0.993**age)


@pytest.mark.parametrize("sex", list(Sex))
@pytest.mark.parametrize("age", [18, 40, 70, 71, 95])
@pytest.mark.parametrize("umol", [30, 61.88, 62, 79.56, 80, 105, 150, 400, 900])
def test_it_agrees_with_the_published_formula(umol: float, age: int, sex: Sex) -> None:
    """Within 0.05, half of the last digit that is kept."""
    made = estimated_gfr(creatinine(str(umol)), Decimal(age), sex)
    assert made is not None
    expected = by_the_published_formula(umol, age, sex)
    assert float(made.value) == pytest.approx(expected, abs=0.0501)
    assert made.unit == "mL/min/1.73 m²"


@pytest.mark.parametrize(
    ("umol", "age", "sex", "expected"),
    [
        ("88.4", 50, Sex.FEMALE, "65.6"),
        ("88.4", 50, Sex.MALE, "87.4"),
        ("150", 50, Sex.FEMALE, "34.6"),
        ("62", 25, Sex.MALE, "131.1"),
    ],
)
def test_it_gives_these_values_worked_out_by_hand(
    umol: str, age: int, sex: Sex, expected: str
) -> None:
    made = estimated_gfr(creatinine(umol), Decimal(age), sex)
    assert made is not None
    assert abs(made.value - Decimal(expected)) <= Decimal("0.1")


@pytest.mark.parametrize(
    ("value", "age", "sex"),
    [
        (None, Decimal(50), Sex.MALE),
        (creatinine("90"), None, Sex.MALE),
        (creatinine("90"), Decimal(50), None),
        (creatinine("90", Comparator.LESS), Decimal(50), Sex.MALE),
        (creatinine("90", Comparator.AT_LEAST), Decimal(50), Sex.MALE),
    ],
)
def test_it_does_not_guess(value: Quantity | None, age: Decimal | None, sex: Sex | None) -> None:
    assert estimated_gfr(value, age, sex) is None
