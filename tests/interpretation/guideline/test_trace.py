"""The reasons come from the run: what was asked, what opened, and why nothing else did."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from interpretation.guideline import interpret
from interpretation.guideline.edition import Limit, LimitSource
from interpretation.guideline.quantity import Comparator, Quantity
from interpretation.guideline.trace import (
    OTHERWISE,
    Check,
    Made,
    Node,
    Relation,
    Trace,
    above,
    absent,
    all_of,
    any_of,
    at_least,
    at_most,
    below,
    leaves,
    number_below,
    present,
    within,
)
from interpretation.guideline.vocabulary import Analyte, LimitKey, Pathway

from .builders import case, edition
from .vectors import answer, vectors

LIMIT = Limit("limit", Decimal(100), "pmol/L", LimitSource.GUIDELINE)
NODE = Node("node", ("G1",))


def value(number: int, comparator: Comparator = Comparator.EXACT) -> Quantity:
    return Quantity(Decimal(number), "pmol/L", comparator)


def holds(made: Made) -> bool | None:
    return Check.named(made).holds


@pytest.mark.parametrize(
    ("number", "answers"),
    [
        (99, (True, False, False, True)),
        (100, (False, True, False, True)),
        (101, (False, True, True, False)),
    ],
)
def test_a_comparison_is_strict_or_not_as_its_name_says(
    number: int, answers: tuple[bool, ...]
) -> None:
    asked = (below, at_least, above, at_most)
    assert tuple(holds(ask("b12", value(number), LIMIT)) for ask in asked) == answers


@pytest.mark.parametrize("ask", [below, at_least, above, at_most])
def test_what_is_not_measured_or_cannot_be_said_is_unknown(
    ask: Callable[[str, Quantity | None, Limit], Made],
) -> None:
    assert holds(ask("b12", None, LIMIT)) is None
    assert holds(ask("b12", value(150, Comparator.LESS), LIMIT)) is None


def test_a_plain_number_is_compared_strictly() -> None:
    assert holds(number_below("age", Decimal("99.9"), LIMIT)) is True
    assert holds(number_below("age", Decimal(100), LIMIT)) is False
    assert holds(number_below("age", None, LIMIT)) is None


def test_findings_keep_what_was_asked() -> None:
    assert Check.named(present("anaemia", True)).relation is Relation.PRESENT
    assert Check.named(absent("neuro", None)).holds is None
    assert Check.named(present("anti_if", True, "positive")).value == "positive"


YES, NO, UNKNOWN = present("yes", True), present("no", False), present("unknown", None)


@pytest.mark.parametrize(
    ("parts", "all_hold", "any_holds"),
    [
        ((YES, YES), True, True),
        ((YES, NO), False, True),
        ((NO, NO), False, False),
        ((YES, UNKNOWN), None, True),
        ((UNKNOWN, YES), None, True),
        ((NO, UNKNOWN), False, None),
        ((UNKNOWN, NO), False, None),
        ((UNKNOWN, UNKNOWN), None, None),
    ],
)
def test_unknown_never_slides_into_no(
    parts: tuple[Made, ...], all_hold: bool | None, any_holds: bool | None
) -> None:
    assert holds(all_of(*parts)) is all_hold
    assert holds(any_of(*parts)) is any_holds
    assert Check.named(all_of(*parts)).subject == Check.named(any_of(*parts)).subject == ""


def test_the_first_branch_that_holds_is_taken_and_the_others_are_kept() -> None:
    trace = Trace()
    outcome = trace.decide(
        NODE, ("low", below("b12", value(120), LIMIT)), ("high", YES), ("rest", OTHERWISE)
    )
    (step,) = trace.steps
    assert outcome == step.outcome == "high"
    assert step.taken.subject == "yes"
    assert [name for name, _ in step.not_taken] == ["low", "rest"]
    assert step.not_taken[0][1].holds is False


def test_an_unknown_check_opens_nothing() -> None:
    assert Trace().decide(NODE, ("unknown", UNKNOWN), ("rest", OTHERWISE)) == "rest"


def test_a_decision_without_a_last_branch_is_a_fault_of_the_rule() -> None:
    trace = Trace()
    with pytest.raises(ValueError, match="no branch of node opened"):
        trace.decide(NODE, ("low", NO), ("unknown", UNKNOWN))
    assert trace.steps == []


def test_the_single_comparisons_of_a_check_are_found_in_order() -> None:
    nested = Check.named(all_of(YES, any_of(NO, below("b12", value(1), LIMIT))))
    assert [leaf.subject for leaf in leaves(nested)] == ["yes", "no", "b12"]


def test_the_way_through_the_flowchart_is_told_with_values_and_limits() -> None:
    given = case(
        Pathway.NONSPECIFIC,
        {Analyte.TOTAL_B12: "180", Analyte.MMA: "0.40", Analyte.HOMOCYSTEINE: "12"},
    )
    steps = {step.node.name: step for step in interpret(given, edition()).trace}
    assert (steps["flow2.total_b12"].outcome, steps["flow2.mma"].outcome) == ("grey", "raised")
    mma = steps["flow2.mma"].taken
    assert (mma.subject, str(mma.value), mma.limit and mma.limit.value) == (
        "mma_umol_l", "0.40", Decimal("0.26"),
    )  # fmt: skip
    refused = dict(steps["flow2.mma"].not_taken)
    assert refused["certain"].limit == edition().parameters.mma_certain.limit
    assert refused["certain"].holds is False


def test_the_taken_branch_holds_when_it_is_read_and_no_earlier_one_does() -> None:
    """The run answers a question once and its reason is read later: both must say the same."""
    wrong = set()
    for number, vector in enumerate(vectors()):
        for step in answer(number)[0].trace:
            position = [name for name, _ in step.branches].index(step.outcome)
            before = [check.holds for _, check in step.branches[:position]]
            if step.taken.holds is not True or True in before:
                wrong.add((vector.name, step.node.name, step.outcome))
    assert wrong == set()


@pytest.mark.parametrize("ask", [below, at_least, above, at_most])
@pytest.mark.parametrize("comparator", list(Comparator))
@pytest.mark.parametrize("number", [99, 100, 101, None])
def test_a_comparison_is_the_same_in_the_run_and_in_the_reason(
    ask: Callable[[str, Quantity | None, Limit], Made],
    comparator: Comparator,
    number: int | None,
) -> None:
    given, trace = None if number is None else value(number, comparator), Trace()
    opened = trace.decide(NODE, ("asked", ask, "b12", given, LIMIT), ("rest", OTHERWISE))
    assert (opened == "asked") is (holds(ask("b12", given, LIMIT)) is True)


@pytest.mark.parametrize("comparator", list(Comparator))
@pytest.mark.parametrize("number", [49, 50, 75, 100, 101])
def test_a_zone_is_the_same_in_the_run_and_in_the_reason(
    comparator: Comparator, number: int
) -> None:
    given, trace = value(number, comparator), Trace()
    zone = replace(LIMIT, value=Decimal(50)), LIMIT
    opened = trace.decide(NODE, ("inside", within, "b12", given, zone), ("rest", OTHERWISE))
    assert (opened == "inside") is (holds(within("b12", given, zone)) is True)


def test_both_flowcharts_are_never_walked_for_one_case() -> None:
    for pathway in (Pathway.STRONG_SUSPICION, Pathway.NONSPECIFIC, None):
        given = case(pathway, {Analyte.TOTAL_B12: "180", Analyte.MMA: "0.40"})
        charts = {step.node.name.split(".")[0] for step in interpret(given, edition()).trace}
        assert len(charts & {"flow1", "flow2"}) == 1


def test_a_limit_of_the_laboratory_is_labelled_as_such() -> None:
    given = case(
        Pathway.STRONG_SUSPICION,
        {Analyte.TOTAL_B12: "170"},
        local_limits={LimitKey.TOTAL_B12_LOWER: Decimal(180)},
    )
    steps = {step.node.name: step for step in interpret(given, edition()).trace}
    limit = steps["flow1.total_b12"].taken.limit
    assert limit is not None
    assert (limit.value, limit.source) == (Decimal(180), LimitSource.LOCAL)
