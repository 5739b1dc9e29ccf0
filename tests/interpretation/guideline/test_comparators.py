"""A censored result such as <60 is never more certain than the numbers it could stand for (A21)."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interpretation.guideline import Case, Interpretation, interpret
from interpretation.guideline.quantity import Comparator, Quantity
from interpretation.guideline.vocabulary import Analyte, Conclusion

from . import builders
from .strategies import MARKERS, concluded, diagnoses, repeatable, with_results

PLAUSIBLE_NUMBERS = {
    Analyte.TOTAL_B12: (10, 1500),
    Analyte.ACTIVE_B12: (1, 200),
    Analyte.MMA: (1, 300),
    Analyte.HOMOCYSTEINE: (1, 100),
}
"""Lowest and highest number tried, in hundredths for MMA."""


def _number(analyte: Analyte, units: int) -> Decimal:
    return Decimal(units) / (100 if analyte is Analyte.MMA else 1)


def _stands_for(comparator: Comparator, bound: Decimal, value: Decimal) -> bool:
    return {
        Comparator.EXACT: value == bound,
        Comparator.LESS: value < bound,
        Comparator.AT_MOST: value <= bound,
        Comparator.MORE: value > bound,
        Comparator.AT_LEAST: value >= bound,
    }[comparator]


def _branches(result: Interpretation) -> dict[str, str]:
    return {step.node.name: step.outcome for step in result.trace}


UNDECIDED = {"undecided", "unknown"}
NODES = {
    Analyte.TOTAL_B12: ("flow1.total_b12", "flow2.total_b12"),
    Analyte.ACTIVE_B12: ("flow1.active_b12", "flow2.active_b12"),
    Analyte.MMA: ("flow1.mma", "flow2.mma"),
    Analyte.HOMOCYSTEINE: ("flow1.homocysteine", "flow2.homocysteine"),
}


AT_LEAST = {"raised": {"raised", "certain"}, "borderline": {"borderline", "raised"}}
"""A value above a bound is at least so high: the milder answer is given where it may be more."""


@st.composite
def _censored_and_exact(draw: st.DrawFn, analyte: Analyte) -> tuple[Case, Case, str]:
    """A case with a censored value, the same with a number that it could stand for, and both."""
    case = draw(diagnoses())
    near = st.sampled_from(MARKERS[analyte]).map(Decimal)
    low, high = PLAUSIBLE_NUMBERS[analyte]
    numbers = near | st.integers(low, high).map(lambda units: _number(analyte, units))
    bound, comparator = draw(numbers), draw(st.sampled_from([c for c in Comparator if c]))
    step = Decimal("0.01")
    allowed = builders.edition().plausible[analyte]
    candidates = numbers | st.sampled_from([bound - step, bound + step])
    inner = draw(
        candidates.filter(
            lambda value: (
                _stands_for(comparator, bound, value) and allowed.lowest <= value <= allowed.highest
            )
        )
    )
    values, unit = dict(case.results.values), builders.quantity(analyte, "1").unit
    censored = with_results(case, values | {analyte: Quantity(bound, unit, comparator)})
    exact = with_results(case, values | {analyte: Quantity(inner, unit)})
    return censored, exact, f"{comparator}{bound} and {inner}"


@pytest.mark.parametrize("analyte", list(NODES))
@repeatable
@given(data=st.data())
def test_a_censored_value_is_placed_like_every_number_it_could_stand_for(
    analyte: Analyte, data: st.DataObject
) -> None:
    censored, exact, told = data.draw(_censored_and_exact(analyte))
    edition = builders.edition()
    placed, known = (_branches(interpret(each, edition)) for each in (censored, exact))
    for node in NODES[analyte]:
        if node in placed and node in known and placed[node] not in UNDECIDED:
            said = AT_LEAST.get(placed[node], {placed[node]})
            assert known[node] in said, (node, told)


_B12_IS_NOT_LACKING = {
    Conclusion.UNLIKELY,
    Conclusion.NONE,
    Conclusion.PROBABLE_FOLATE_DEFICIENCY,
}
SETTLED = {
    Conclusion.CONFIRMED: {Conclusion.CONFIRMED},
    Conclusion.UNLIKELY: _B12_IS_NOT_LACKING,
    Conclusion.NONE: _B12_IS_NOT_LACKING,
}
"""What is certain or closed on a censored value must be so for each number. (A value that cannot be
placed is as good as none, so the other conclusions may well differ.)"""


@pytest.mark.parametrize("analyte", list(NODES))
@repeatable
@given(data=st.data())
def test_what_a_censored_value_settles_holds_for_every_number_it_could_stand_for(
    analyte: Analyte, data: st.DataObject
) -> None:
    censored, exact, told = data.draw(_censored_and_exact(analyte))
    settled = concluded(censored)
    refused = interpret(exact, builders.edition()).errors
    if settled in SETTLED and not refused:
        assert concluded(exact) in SETTLED[settled], told


@repeatable
@given(st.sampled_from(list(Comparator)), *[st.integers(0, 60).map(Decimal)] * 3)
def test_a_comparison_is_true_or_false_only_when_it_is_so_for_every_number(
    comparator: Comparator, bound: Decimal, limit: Decimal, value: Decimal
) -> None:
    stated = Quantity(bound, "pmol/L", comparator)
    if _stands_for(comparator, bound, value):
        assert stated.below(limit) in {None, value < limit}
        assert stated.above(limit) in {None, value > limit}


@repeatable
@given(st.sampled_from(list(Comparator)), *[st.integers(0, 60).map(Decimal)] * 2)
def test_cannot_say_is_answered_only_when_both_could_be(
    comparator: Comparator, bound: Decimal, limit: Decimal
) -> None:
    """Among halves up to 200 there is a number on either side whenever the answer is unknown."""
    stated = Quantity(bound, "pmol/L", comparator)
    halves = [Decimal(half) / 2 for half in range(-1, 400)]
    numbers = [value for value in halves if _stands_for(comparator, bound, value)]
    below, above = {value < limit for value in numbers}, {value > limit for value in numbers}
    assert stated.below(limit) == (below.pop() if len(below) == 1 else None)
    assert stated.above(limit) == (above.pop() if len(above) == 1 else None)
