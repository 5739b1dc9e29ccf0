"""A change counts only when it is larger than chance, and what is not known stays not known."""

from decimal import Decimal

import pytest

from interpretation.guideline.quantity import UNITS, Comparator, Quantity
from interpretation.guideline.vocabulary import Analyte
from patients.rules.change import VARIATIONS, Change, Why, change

D = Decimal


def value(analyte: Analyte, text: str, comparator: str = "") -> Quantity:
    return Quantity(D(text), UNITS[analyte], Comparator(comparator))


def of(analyte: Analyte, before: str, now: str) -> Change:
    return change(analyte, value(analyte, before), value(analyte, now))


@pytest.mark.parametrize(
    ("analyte", "limit"),
    [
        (Analyte.HAEMOGLOBIN, "9.6"),
        (Analyte.FERRITIN, "36.5"),
        (Analyte.MMA, "43.5"),
        (Analyte.RETICULOCYTES, "35.1"),
        (Analyte.MCH, "6.8"),
        (Analyte.HAPTOGLOBIN, "27.2"),
    ],
)
def test_it_computes_the_difference_limit(analyte: Analyte, limit: str) -> None:
    found = VARIATIONS[analyte].limit
    assert found is not None
    assert found.quantize(D("0.1")) == D(limit)


@pytest.mark.parametrize(
    ("now", "larger"),
    [("1.2715", False), ("1.2716", False), ("1.2717", True)],
)
def test_a_rise_is_real_only_above_the_limit(now: str, larger: bool) -> None:
    found = of(Analyte.HAPTOGLOBIN, "1.0000", now)
    assert (found.limit, found.larger, found.why) == (D("27.16"), larger, Why.JUDGED)


@pytest.mark.parametrize(
    ("now", "larger"),
    [("0.7285", False), ("0.7284", False), ("0.7283", True)],
)
def test_a_fall_is_real_only_beyond_the_limit(now: str, larger: bool) -> None:
    found = of(Analyte.HAPTOGLOBIN, "1.0000", now)
    assert found.percent is not None
    assert (found.percent < 0, found.larger) == (True, larger)


@pytest.mark.parametrize(
    ("now", "larger"),
    [("10.963", False), ("10.964", True)],
)
def test_a_limit_with_a_root_lies_between_its_neighbours(now: str, larger: bool) -> None:
    assert of(Analyte.HAEMOGLOBIN, "10.000", now).larger is larger


def test_the_percent_is_of_the_first_value() -> None:
    assert of(Analyte.HAEMOGLOBIN, "10", "12").percent == D(20)
    assert of(Analyte.HAEMOGLOBIN, "8", "6").percent == D(-25)


@pytest.mark.parametrize("analyte", [Analyte.TOTAL_B12, Analyte.ACTIVE_B12])
def test_without_the_variation_within_a_person_it_does_not_guess(analyte: Analyte) -> None:
    assert of(analyte, "100", "300") == Change(D(200), None, None, Why.VARIATION_UNKNOWN)


def test_an_analysis_without_published_variation_is_not_judged() -> None:
    found = of(Analyte.FOLATE, "5", "20")
    assert (found.limit, found.larger, found.why) == (None, None, Why.VARIATION_UNKNOWN)


@pytest.mark.parametrize(("before", "now"), [(("60", "<"), ("40", "")), (("40", ""), ("60", "<"))])
def test_it_cannot_say_with_an_answer_that_is_no_exact_number(
    before: tuple[str, str], now: tuple[str, str]
) -> None:
    analyte = Analyte.FERRITIN
    found = change(analyte, value(analyte, *before), value(analyte, *now))
    assert (found.percent, found.larger, found.why) == (None, None, Why.NOT_EXACT)


@pytest.mark.parametrize("comparator", ["<", "≤", ">", "≥"])
def test_no_comparator_is_taken_for_a_number(comparator: str) -> None:
    analyte = Analyte.MMA
    found = change(analyte, value(analyte, "5", comparator), value(analyte, "0.2"))
    assert found.larger is None


def test_from_zero_there_is_no_percent() -> None:
    found = of(Analyte.RETICULOCYTES, "0", "100")
    assert (found.percent, found.larger, found.why) == (None, None, Why.FROM_ZERO)


def test_no_change_is_not_larger() -> None:
    assert of(Analyte.MMA, "0.40", "0.40").larger is False
