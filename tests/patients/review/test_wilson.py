"""Against values that others have published."""

from decimal import Decimal

import pytest

from patients.review.wilson import share

# Newcombe, Two-sided confidence intervals for the single proportion, Stat Med 1998; 17: 857-872,
# table I, method 3 (score without correction for continuity).
NEWCOMBE = [
    (81, 263, "0.2553", "0.3662"),
    (15, 148, "0.0624", "0.1605"),
    (0, 20, "0.0000", "0.1611"),
    (1, 29, "0.0061", "0.1718"),
]


@pytest.mark.parametrize(("count", "of", "low", "high"), NEWCOMBE)
def test_the_interval_is_the_published_one(count: int, of: int, low: str, high: str) -> None:
    found = share(count, of)
    assert (round(found.low, 4), round(found.high, 4)) == (Decimal(low), Decimal(high))


def test_of_a_single_case_it_is_wide_and_stays_between_0_and_1() -> None:
    """By hand: z² is 3.8415; 3.8415 / 4.8415 is 0.7935."""
    none, all_of = share(0, 1), share(1, 1)
    assert (none.low, round(none.high, 4)) == (Decimal(0), Decimal("0.7935"))
    assert (round(all_of.low, 4), all_of.high) == (Decimal("0.2065"), Decimal(1))


@pytest.mark.parametrize("of", [1, 2, 3, 5, 8, 10])
def test_it_is_the_same_from_the_other_side(of: int) -> None:
    for count in range(of + 1):
        one, other = share(count, of), share(of - count, of)
        assert round(one.low + other.high, 20) == round(one.high + other.low, 20) == 1
        assert 0 <= one.low <= one.share <= one.high <= 1


def test_the_share_is_exact() -> None:
    assert share(3, 8).share == Decimal("0.375")


@pytest.mark.parametrize(("count", "of"), [(0, 0), (-1, 5), (6, 5)])
def test_what_is_no_share_is_refused(count: int, of: int) -> None:
    with pytest.raises(ValueError, match="no share"):
        share(count, of)
