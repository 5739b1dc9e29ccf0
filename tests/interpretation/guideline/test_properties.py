"""What must hold for every case, whatever the numbers are."""

from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from interpretation.contract import case_from_json, interpretation_to_json
from interpretation.guideline import Case, interpret
from interpretation.guideline.vocabulary import Analyte, Conclusion, Serology

from . import builders
from .strategies import CASES, MARKERS, concluded, diagnoses, repeatable, with_results


def answer(data: dict[str, Any]) -> dict[str, Any]:
    return interpretation_to_json(
        interpret(case_from_json(data, builders.TODAY), builders.edition())
    )


@repeatable
@given(CASES)
def test_it_answers_every_case_that_the_contract_allows(data: dict[str, Any]) -> None:
    answered = answer(data)
    assert (
        answered["errors"]
        or answered["conclusion"]
        or answered["questions"]
        or (answered["monitoring"] or answered["treatment"]["regimen"] != "none")
    )
    assert answer(data) == answered, "the same case, the same answer"


@repeatable
@given(CASES, st.randoms(use_true_random=False))
def test_the_order_of_lists_and_keys_changes_nothing(data: dict[str, Any], shuffled: Any) -> None:
    turned = dict(shuffled.sample(sorted(data.items()), len(data)))
    for key in ("symptoms", "risk_factors"):
        if key in turned:
            turned[key] = shuffled.sample(turned[key], len(turned[key])) * 2
    if "labs" in turned:
        turned["labs"] = dict(shuffled.sample(sorted(turned["labs"].items()), len(turned["labs"])))
    assert answer(turned) == answer(data)


LIKELIHOOD: dict[Conclusion | None, int] = {
    None: 2,
    Conclusion.NONE: 0,
    Conclusion.UNLIKELY: 1,
    Conclusion.NO_INDICATION: 1,
    Conclusion.PROBABLE_FOLATE_DEFICIENCY: 1,
    Conclusion.FURTHER_TESTS: 2,
    Conclusion.POSSIBLE: 3,
    Conclusion.HIGHLY_PROBABLE: 4,
    Conclusion.CONFIRMED: 5,
}
"""How likely B12 deficiency is by a conclusion. Folate deficiency is the answer to a normal MMA."""


@repeatable
@given(diagnoses())
def test_a_positive_anti_if_never_makes_deficiency_less_likely(case: Case) -> None:
    positive = with_results(case, anti_if=Serology.POSITIVE)
    assert LIKELIHOOD[concluded(positive)] >= LIKELIHOOD[concluded(case)]


@repeatable
@given(diagnoses(), st.data())
def test_a_higher_mma_never_makes_deficiency_less_likely(case: Case, data: st.DataObject) -> None:
    order = MARKERS[Analyte.MMA]
    low, high = sorted(data.draw(st.tuples(*[st.integers(0, len(order) - 1)] * 2)))
    values = dict(case.results.values)
    lower, higher = (
        with_results(case, values | {Analyte.MMA: builders.quantity(Analyte.MMA, order[position])})
        for position in (low, high)
    )
    assert LIKELIHOOD[concluded(higher)] >= LIKELIHOOD[concluded(lower)]


CERTAINTY: dict[Conclusion | None, int] = {
    None: 0,
    Conclusion.NO_INDICATION: 0,
    Conclusion.FURTHER_TESTS: 0,
    Conclusion.POSSIBLE: 1,
    Conclusion.UNLIKELY: 2,
    Conclusion.PROBABLE_FOLATE_DEFICIENCY: 2,
    Conclusion.HIGHLY_PROBABLE: 2,
    Conclusion.NONE: 3,
    Conclusion.CONFIRMED: 3,
}
"""How settled the question is by a conclusion, whichever way. Nothing measured settles nothing."""

FOR, AGAINST = "for", "against"


def points(case: Case, analyte: Analyte | None) -> str:
    """What one result says by itself; ``None`` stands for anti-IF. A grey value is a word against
    "unlikely", so it counts as pointing for deficiency."""
    if analyte is None:
        return FOR if case.results.anti_if is Serology.POSITIVE else AGAINST
    value = case.results.values[analyte].value
    older = case.age is not None and case.age > 70
    raised = {
        Analyte.TOTAL_B12: value <= 250,
        Analyte.ACTIVE_B12: value <= 70,
        Analyte.MMA: value >= (Decimal("0.36") if older else Decimal("0.26")),
        Analyte.HOMOCYSTEINE: value >= 15,
        Analyte.FOLATE: value < 7,
    }
    return FOR if raised[analyte] else AGAINST


DEFICIENT = {Conclusion.POSSIBLE, Conclusion.HIGHLY_PROBABLE, Conclusion.CONFIRMED}


def contradicts(case: Case, removed: Analyte | None, conclusion: Conclusion | None) -> bool:
    """Did the removed result speak against what is concluded without it?

    Only such a result may make the conclusion less certain by being there: a raised MMA beside a
    high B12, say. A result that agrees, or that was never asked for, may not.
    """
    speaks = points(case, removed)
    return speaks == (AGAINST if conclusion in DEFICIENT else FOR)


@repeatable
@given(diagnoses())
def test_removing_a_result_never_makes_a_conclusion_more_certain(case: Case) -> None:
    whole = concluded(case)
    removable: list[Analyte | None] = list(case.results.values)
    if case.results.anti_if is not None:
        removable.append(None)
    for removed in removable:
        left = {key: value for key, value in case.results.values.items() if key is not removed}
        anti_if = None if removed is None else case.results.anti_if
        without = concluded(with_results(case, left, anti_if=anti_if))
        gained = CERTAINTY[without] > CERTAINTY[whole]
        assert not gained or contradicts(case, removed, without), (removed, whole, without)
