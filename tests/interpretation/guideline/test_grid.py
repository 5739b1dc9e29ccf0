"""The whole grid of the two flowcharts: every combination of markers around every limit.

The grid is three products, because all dimensions at once would be a million cases: total B12 with
both metabolites at every limit and age; both B12 markers with every state of the patient; active
B12 alone with both metabolites at every limit.
"""

from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import cache
from itertools import product
from typing import Any, NamedTuple

import pytest

from interpretation.guideline import Case, Interpretation, Results, interpret
from interpretation.guideline.quantity import Quantity
from interpretation.guideline.vocabulary import (
    Analyte,
    Caveat,
    Conclusion,
    Pathway,
    Risk,
    Serology,
)

from . import builders

PATHWAYS = (Pathway.STRONG_SUSPICION, Pathway.NONSPECIFIC, None)
ANTIBODY = (None, Serology.NEGATIVE, Serology.POSITIVE)
AGES = (Decimal(70), Decimal(71), None)

Answer = tuple[str | None, ...]

# Missing, and one step below, at and above each limit of the guideline.
TOTAL = (
    None, "99", "100", "101", "149", "150", "151", "169", "170", "171", "249", "250", "251",
)  # fmt: skip
ACTIVE = (None, "24", "25", "26", "69", "70", "71")
MMA = (
    None, "0.25", "0.26", "0.27", "0.35", "0.36", "0.37", "0.49", "0.50", "0.51",
    "0.74", "0.75", "0.76",
)  # fmt: skip
HCY = (None, "14.9", "15", "15.1", "19.9", "20", "20.1")

# What the second product needs of the metabolites: one value for each answer they can give.
MMA_ANSWERS = (None, "0.25", "0.26", "0.50", "0.51", "0.75")
HCY_ANSWERS = (None, "10", "25")

PATIENTS: dict[str, dict[str, Any]] = {
    "plain": {},
    "pregnant": {"pregnant": True},
    "oestrogen": {"estrogen_contraception": True},
    "renal": {"risk_factors": frozenset({Risk.RENAL_FAILURE})},
}


class Corner(NamedTuple):
    """One case of the grid, as its coordinates."""

    pathway: Pathway | None
    anti_if: Serology | None
    patient: str
    age: Decimal | None
    total: str | None
    active: str | None
    mma: str | None
    homocysteine: str | None


_KEYS = (Analyte.TOTAL_B12, Analyte.ACTIVE_B12, Analyte.MMA, Analyte.HOMOCYSTEINE)


@cache
def _quantity(analyte: Analyte, text: str) -> Quantity:
    return builders.quantity(analyte, text)


@cache
def _plain(pathway: Pathway | None, patient: str, age: Decimal | None) -> dict[str, Any]:
    case = builders.case(pathway, age=age, **PATIENTS[patient])
    return {name: getattr(case, name) for name in Case.__slots__}


def case_of(corner: Corner) -> Case:
    values = {
        analyte: _quantity(analyte, text)
        for analyte, text in zip(_KEYS, corner[4:], strict=True)
        if text is not None
    }
    stated = _plain(corner.pathway, corner.patient, corner.age)
    return Case(**(stated | {"results": Results(values, anti_if=corner.anti_if)}))


def _total_and_metabolites(pathway: Pathway | None, anti_if: Serology | None) -> Iterator[Corner]:
    for age, total, mma, hcy in product(AGES, TOTAL, MMA, HCY):
        yield Corner(pathway, anti_if, "plain", age, total, None, mma, hcy)


def _both_markers(pathway: Pathway | None, anti_if: Serology | None) -> Iterator[Corner]:
    grid = product(PATIENTS, TOTAL, ACTIVE[1:], MMA_ANSWERS, HCY_ANSWERS)
    for patient, total, active, mma, hcy in grid:
        yield Corner(pathway, anti_if, patient, AGES[0], total, active, mma, hcy)


def _active_and_metabolites(pathway: Pathway | None, anti_if: Serology | None) -> Iterator[Corner]:
    for patient, active, mma, hcy in product(list(PATIENTS)[1:], ACTIVE[1:], MMA, HCY):
        yield Corner(pathway, anti_if, patient, AGES[1], None, active, mma, hcy)


PRODUCTS = (_total_and_metabolites, _both_markers, _active_and_metabolites)


# What a marker says, from the readings and not from the code


def mma_limit(age: Decimal | None) -> Decimal:
    return Decimal("0.36") if age is not None and age > 70 else Decimal("0.26")


class Says(NamedTuple):
    """What each measured marker of a corner says by itself."""

    mma_raised: bool
    mma_normal: bool
    mma_certain: bool
    homocysteine_high: bool
    homocysteine_borderline: bool
    low: bool
    top: bool
    active_decides: bool


def says(corner: Corner) -> Says:
    mma = None if corner.mma is None else Decimal(corner.mma)
    hcy = None if corner.homocysteine is None else Decimal(corner.homocysteine)
    total = None if corner.total is None else Decimal(corner.total)
    active = None if corner.active is None else Decimal(corner.active)
    low_total = Decimal(150) if corner.pathway is Pathway.STRONG_SUSPICION else Decimal(100)
    raised = mma is not None and mma >= mma_limit(corner.age)
    decides = corner.patient in {"pregnant", "oestrogen"} and active is not None
    # In pregnancy and on the pill active B12 speaks for both (A16, A40).
    counted = [active] if decides else [total, active]
    top = {total: Decimal(250), active: Decimal(70)}
    return Says(
        mma_raised=raised,
        mma_normal=mma is not None and not raised,
        mma_certain=mma is not None and mma >= Decimal("0.75"),
        homocysteine_high=hcy is not None and hcy > 20,
        homocysteine_borderline=hcy is not None and 15 <= hcy <= 20,
        low=(total in counted and total is not None and total < low_total)
        or (active is not None and active < 25),
        top=any(value is not None for value in counted)
        and all(value is None or value > top[value] for value in counted),
        active_decides=decides,
    )


CLOSED = {Conclusion.UNLIKELY, Conclusion.NONE}


def closed_against(corner: Corner, result: Interpretation) -> str | None:
    """Why a case must not have been closed, or nothing.

    Closed is only what the metabolites close (MMA normal and homocysteine known and not high), or
    in flowchart 2 a B12 whose every counted marker is in the top zone with nothing against it. A
    low B12 that is closed says so in the trace, and a low total in its caveats.
    """
    if result.conclusion not in CLOSED:
        return None
    told = says(corner)
    if corner.anti_if is Serology.POSITIVE:
        return "positive anti-IF"
    if told.mma_raised or told.homocysteine_high:
        return "a metabolite is raised"
    by_metabolites = told.mma_normal and corner.homocysteine is not None
    nonspecific = corner.pathway is Pathway.NONSPECIFIC
    # Pregnancy is on flowchart 2's own list (G7): nobody need ask which chart applies.
    derived = corner.pathway is None and corner.patient == "pregnant"
    by_b12 = told.top and (nonspecific or derived)
    if not (by_metabolites or by_b12):
        return "nothing closes it"
    if result.conclusion is Conclusion.NONE and (
        told.homocysteine_borderline or told.low or not by_metabolites
    ):
        return "'none' is too much"
    if told.low:
        return _low_closed(corner, told, result)
    return _silent(corner, told, result)


def _low_closed(corner: Corner, told: Says, result: Interpretation) -> str | None:
    """A B12 that counts is low: with strong suspicion that is never closed; else the metabolites
    must both be normal and the trace must say that this is low B12 without deficiency (A42)."""
    if corner.pathway is Pathway.STRONG_SUSPICION:
        return "low B12 with strong suspicion"
    outcomes = {step.node.name: step.outcome for step in result.trace}
    said = outcomes.get("flow2.low_b12_metabolites") == "no_functional_deficiency"
    apart = outcomes.get("flow2.agreement") == "far_apart"
    return None if said or apart else "low B12 closed without a word in the trace"


def _silent(corner: Corner, told: Says, result: Interpretation) -> str | None:
    """What speaks against a closed case is told as a caveat."""
    total = None if corner.total is None else Decimal(corner.total)
    wanted = set()
    if told.homocysteine_borderline and told.mma_normal:
        wanted.add(Caveat.HCY_BORDERLINE_15_20)
    if told.active_decides and total is not None and total < 100:
        pregnant = corner.patient == "pregnant"
        wanted.add(
            Caveat.LOW_TOTAL_B12_PREGNANCY
            if pregnant
            else Caveat.LOW_TOTAL_B12_ESTROGEN_CONTRACEPTION
        )
    missing = wanted - set(result.caveats)
    return f"without {sorted(missing)}" if missing else None


def certain_without_ground(corner: Corner, result: Interpretation) -> str | None:
    """Certain is low B12 with positive anti-IF (A1), MMA from 0.75 beside a measured B12 (A22,
    A79), raised MMA with positive anti-IF (A4) or with strong suspicion (A25); the last two only
    where the kidneys do not explain it (A26)."""
    if result.conclusion is not Conclusion.CONFIRMED:
        return None
    told = says(corner)
    measured = corner.total is not None or corner.active is not None
    positive = corner.anti_if is Serology.POSITIVE
    kidney = corner.patient == "renal" and Decimal(corner.mma or 0) <= Decimal("0.50")
    strong = corner.pathway is Pathway.STRONG_SUSPICION
    grounds = (
        told.low and positive,
        told.mma_certain and measured,
        told.mma_raised and not kidney and measured and (positive or strong),
    )
    return None if any(grounds) else "certain without a ground"


def badly_traced(_: Corner, result: Interpretation) -> str | None:
    """Every step rests on a statement and ends in one of its own branches."""
    if not result.trace:
        return "no trace"
    for step in result.trace:
        if not step.node.statements:
            return f"{step.node.name} has no statement"
        if step.outcome not in [branch[0] for branch in step.written]:
            return f"{step.node.name} ended outside its branches"
    return None


def not_one_conclusion(corner: Corner, result: Interpretation) -> str | None:
    """Only the corner of which nothing at all is known has none: there everything is asked."""
    if result.errors:
        return f"refused {result.errors}"
    if not any((corner.pathway, corner.anti_if, corner.age, *corner[4:])):
        return None if result.questions == ("all",) else "everything is asked"
    return None if isinstance(result.conclusion, Conclusion) else "no conclusion"


CHECKS: tuple[Callable[[Corner, Interpretation], str | None], ...] = (
    not_one_conclusion,
    badly_traced,
    closed_against,
    certain_without_ground,
)


@pytest.mark.parametrize("anti_if", ANTIBODY, ids=["untested", "negative", "positive"])
@pytest.mark.parametrize("pathway", PATHWAYS, ids=["strong", "nonspecific", "unknown"])
@pytest.mark.parametrize("corners", PRODUCTS)
def test_it_answers_every_corner_of_the_grid(
    corners: Callable[[Pathway | None, Serology | None], Iterator[Corner]],
    pathway: Pathway | None,
    anti_if: Serology | None,
) -> None:
    edition, wrong = builders.edition(), list[tuple[str, Corner, Conclusion | None]]()
    for corner in corners(pathway, anti_if):
        result = interpret(case_of(corner), edition)
        faults = (check(corner, result) for check in CHECKS)
        wrong += [(fault, corner, result.conclusion) for fault in faults if fault]
    assert wrong == []


def test_the_grid_has_the_size_that_it_claims() -> None:
    size = sum(
        1
        for corners in PRODUCTS
        for pathway in PATHWAYS
        for anti_if in ANTIBODY
        for _ in corners(pathway, anti_if)
    )
    assert 90_000 < size < 130_000, size
