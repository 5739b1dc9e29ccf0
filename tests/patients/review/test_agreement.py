from decimal import Decimal

import pytest

from patients.review.agreement import FEWEST_PAIRS, kappa

YES, NO = "yes", "no"


def test_it_is_what_is_left_of_agreement_when_chance_is_taken_away() -> None:
    """By hand: 35 of 50 agree (0.70); by chance 25 × 30 / 2500 + 25 × 20 / 2500 = 0.50 would;
    (0.70 - 0.50) / (1 - 0.50) = 0.40."""
    pairs = [(YES, YES)] * 20 + [(YES, NO)] * 5 + [(NO, YES)] * 10 + [(NO, NO)] * 15
    assert kappa(pairs) == Decimal("0.4")


def test_four_answers_are_no_different() -> None:
    """By hand: 7 of 10 agree; the first gave 4, 3, 2, 1 and the second 4, 3, 1, 2 of each, so that
    chance gives (16 + 9 + 2 + 2) / 100 = 0.29; 0.41 / 0.71 = 0.5775."""
    pairs = list(zip("aaaabbbccd", "aaaabbbddc", strict=True))
    found = kappa(pairs)
    assert found is not None
    assert round(found, 4) == Decimal("0.5775")


def test_who_never_agree_are_below_0() -> None:
    found = kappa([(YES, NO)] * 5 + [(NO, YES)] * 5)
    assert found == -1


def test_it_is_not_computed_for_fewer_than_ten() -> None:
    pairs = [(YES, YES), (NO, NO)] * 5
    assert len(pairs) == FEWEST_PAIRS
    assert kappa(pairs) == 1
    assert kappa(pairs[:-1]) is None
    assert kappa([]) is None


@pytest.mark.parametrize("answer", [YES, NO])
def test_it_has_no_value_where_both_always_said_the_same(answer: str) -> None:
    assert kappa([(answer, answer)] * 12) is None
