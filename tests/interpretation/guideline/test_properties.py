"""What must hold for every case, whatever the numbers are."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interpretation.contract import case_from_json, interpretation_to_json
from interpretation.guideline import Case, Interpretation, interpret
from interpretation.guideline.quantity import Comparator, Quantity
from interpretation.guideline.vocabulary import (
    Analyte,
    BloodSmear,
    Conclusion,
    LimitKey,
    NeuroCourse,
    OngoingFolate,
    OngoingRegimen,
    Pathway,
    Preference,
    Regimen,
    Risk,
    Serology,
    Sex,
    Symptom,
)

from . import builders

repeatable = settings(derandomize=True, deadline=None, max_examples=100)
repeatable_fast = settings(derandomize=True, deadline=None, max_examples=150)

FLAGS = (
    "pregnant", "breastfeeding", "estrogen_contraception", "takes_b12_supplement",
    "patient_declines_treatment", "post_operative",
)  # fmt: skip
STATUS_FLAGS = (
    "on_treatment", "baseline_samples", "adherence", "stable", "cause_known",
    "underlying_disease_treated",
)  # fmt: skip

# Strategies: a case as the contract allows it, with what a laboratory prints


def _codes(kind: Any) -> st.SearchStrategy[str]:
    return st.sampled_from([code.value for code in kind])


def _maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | strategy


def _lab_values(analyte: str) -> st.SearchStrategy[Any]:
    """Plausible and implausible numbers, with every comparator and as text."""
    allowed = builders.edition().plausible[analyte]
    low, high = int(allowed.lowest * 90), int(min(allowed.highest, allowed.lowest + 400) * 110)
    number = st.integers(low, high).map(lambda hundredths: Decimal(hundredths) / 100)
    signs = st.sampled_from(["", "<", ">", "≤", "≥"])
    text = st.builds(lambda sign, value: f"{sign}{value:f}".replace(".", ","), signs, number)
    return number | text


LABS = st.fixed_dictionaries(
    {},
    optional={
        **{analyte.value: _lab_values(analyte) for analyte in Analyte},
        "reticulocytosis": st.booleans(),
        "gastrin_fasting": st.booleans(),
        **{key: _codes(Serology) for key in ("anti_if", "anti_parietal", "coeliac_serology")},
        "blood_smear": _codes(BloodSmear),
    },
)
WEEKS = st.sampled_from(["0", "0.5", "1", "1.9", "2", "4.9", "5", "7", "8", "10", "26", "52", "60"])
STATUS = st.fixed_dictionaries(
    {},
    optional={
        **{key: st.booleans() for key in STATUS_FLAGS},
        "regimen": _codes(Regimen) | _codes(OngoingRegimen),
        "weeks_since_start": WEEKS.map(Decimal),
        "stopped_months_ago": st.sampled_from(["1", "12"]).map(Decimal),
        "baseline_labs": LABS,
        "folate": _codes(OngoingFolate),
        "neuro": _codes(NeuroCourse),
    },
)
LIMITS = st.fixed_dictionaries(
    {},
    optional={
        key.value: st.integers(1, 400).map(lambda tenths: Decimal(tenths) / 10) for key in LimitKey
    },
)
CASES = st.fixed_dictionaries(
    {},
    optional={
        "as_of": st.dates(date(2018, 3, 1), date(2030, 12, 31)).map(str),
        "age": st.sampled_from(["0.5", "17", "18", "50", "70", "71", "95"]).map(Decimal),
        "sex": _codes(Sex),
        **{key: st.booleans() for key in FLAGS},
        "pathway": _codes(Pathway),
        "symptoms": st.lists(_codes(Symptom), max_size=6),
        "risk_factors": st.lists(_codes(Risk), max_size=6),
        "labs": LABS,
        "lab_limits": LIMITS,
        "treatment_status": st.none() | STATUS,
        "preference": _codes(Preference),
    },
)


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


# Monotony. Cases of diagnosis with plausible markers.

MARKERS = {
    Analyte.TOTAL_B12: ("60", "99", "100", "140", "149", "150", "165", "200", "250", "251", "600"),
    Analyte.ACTIVE_B12: ("10", "24", "25", "40", "70", "71", "120"),
    Analyte.MMA: ("0.10", "0.25", "0.26", "0.35", "0.36", "0.50", "0.51", "0.74", "0.75", "3.0"),
    Analyte.HOMOCYSTEINE: ("8", "14.9", "15", "20", "20.1", "60"),
    Analyte.FOLATE: ("3", "6.9", "7", "30"),
}
_CHILDREN = {
    Symptom.DEVELOPMENTAL_DELAY,
    Symptom.FAILURE_TO_THRIVE,
    Risk.MOTHER_VEGAN_UNSUPPLEMENTED,
}
SYMPTOMS = st.frozensets(st.sampled_from([s for s in Symptom if s not in _CHILDREN]), max_size=3)
RISKS = st.frozensets(st.sampled_from([r for r in Risk if r not in _CHILDREN]), max_size=3)


@st.composite
def diagnoses(draw: st.DrawFn) -> Case:
    """A case of diagnosis without contradictions: a woman, plausible values, no treatment."""
    values = {
        analyte: draw(st.sampled_from(texts))
        for analyte, texts in MARKERS.items()
        if draw(st.booleans())
    }
    total, active = values.get(Analyte.TOTAL_B12), values.get(Analyte.ACTIVE_B12)
    if total and active and Decimal(active) > Decimal(total):
        del values[Analyte.ACTIVE_B12]
    return builders.case(
        draw(st.sampled_from([*Pathway, None])),
        values,
        draw(_maybe(st.sampled_from(list(Serology)))),
        age=draw(st.sampled_from([Decimal(40), Decimal(70), Decimal(71), None])),
        symptoms=draw(SYMPTOMS),
        risk_factors=draw(RISKS),
        pregnant=draw(_maybe(st.booleans())),
        estrogen_contraception=draw(_maybe(st.booleans())),
        takes_b12_supplement=draw(_maybe(st.booleans())),
    )


def concluded(case: Case) -> Conclusion | None:
    return interpret(case, builders.edition()).conclusion


def with_results(case: Case, values: dict[Analyte, Quantity] | None = None, **more: Any) -> Case:
    """The same case with other numbers, or with another answer of a test."""
    results = case.results
    kept = {
        name: getattr(results, name) for name in type(results).__slots__ if name not in more
    } | more
    kept["values"] = dict(results.values) if values is None else values
    stated = {name: getattr(case, name) for name in Case.__slots__ if name != "results"}
    return Case(**stated, results=type(results)(**kept))


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


@repeatable_fast
@given(diagnoses())
def test_a_positive_anti_if_never_makes_deficiency_less_likely(case: Case) -> None:
    positive = with_results(case, anti_if=Serology.POSITIVE)
    assert LIKELIHOOD[concluded(positive)] >= LIKELIHOOD[concluded(case)]


@repeatable_fast
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


@repeatable_fast
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


# Comparators

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


UNDECIDED = {"undecided", "unknown", "other", "wait", "not_taken"}
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
@repeatable_fast
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
@repeatable_fast
@given(data=st.data())
def test_what_a_censored_value_settles_holds_for_every_number_it_could_stand_for(
    analyte: Analyte, data: st.DataObject
) -> None:
    censored, exact, told = data.draw(_censored_and_exact(analyte))
    settled = concluded(censored)
    refused = interpret(exact, builders.edition()).errors
    if settled in SETTLED and not refused:
        assert concluded(exact) in SETTLED[settled], told


@repeatable_fast
@given(st.sampled_from(list(Comparator)), *[st.integers(0, 60).map(Decimal)] * 3)
def test_a_comparison_is_true_or_false_only_when_it_is_so_for_every_number(
    comparator: Comparator, bound: Decimal, limit: Decimal, value: Decimal
) -> None:
    stated = Quantity(bound, "pmol/L", comparator)
    if _stands_for(comparator, bound, value):
        assert stated.below(limit) in {None, value < limit}
        assert stated.above(limit) in {None, value > limit}


@repeatable_fast
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
