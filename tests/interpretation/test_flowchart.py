"""The flowchart: the trace alone decides what is lit."""

import re
from collections.abc import Iterator

import pytest
from django.utils import translation

from interpretation.flowchart import WIDTH, Chart, flowchart
from interpretation.guideline import Case, TreatmentStatus, interpret
from interpretation.guideline.vocabulary import Analyte, OngoingRegimen, Pathway, Serology

from .guideline.builders import TODAY, case, edition

CASES = {
    "high B12": case(values={Analyte.TOTAL_B12: "300"}),
    "grey, MMA certain": case(values={Analyte.TOTAL_B12: "180", Analyte.MMA: "0.80"}),
    "grey, all normal": case(
        values={Analyte.TOTAL_B12: "180", Analyte.MMA: "0.15", Analyte.HOMOCYSTEINE: "9"}
    ),
    "strong, low": case(Pathway.STRONG_SUSPICION, {Analyte.TOTAL_B12: "120"}),
    "strong, normal, MMA raised": case(
        Pathway.STRONG_SUSPICION, {Analyte.TOTAL_B12: "260", Analyte.MMA: "0.40"}
    ),
    "low, antibody": case(values={Analyte.TOTAL_B12: "80"}, anti_if=Serology.POSITIVE),
    "comparator that says nothing": case(values={Analyte.TOTAL_B12: "<200"}),
}


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


def chart(of: Case) -> Chart:
    drawn = flowchart(interpret(of, edition()))
    assert drawn is not None
    return drawn


def text(box: object) -> str:
    words = " ".join(line.text for line in box.lines)  # type: ignore[attr-defined]
    return words.replace("\u00a0", " ")


@pytest.mark.parametrize("of", CASES.values(), ids=CASES)
def test_each_question_of_the_chart_that_was_asked_is_lit_with_one_branch(of: Case) -> None:
    steps = [
        step
        for step in interpret(of, edition()).trace
        if re.match(r"flow[12]\.|mma\.|normal_mma\.|homocysteine\.", step.node.name)
    ]
    boxes = chart(of).boxes
    assert len([box for box in boxes if box.kind == "question" and box.lit]) == len(steps)
    assert len([box for box in boxes if box.kind == "branch" and box.lit]) == len(steps)


@pytest.mark.parametrize("of", CASES.values(), ids=CASES)
def test_the_way_ends_in_the_conclusion_of_the_answer(of: Case) -> None:
    from interpretation import wording

    conclusion = interpret(of, edition()).conclusion
    assert conclusion is not None
    (end,) = [box for box in chart(of).boxes if box.kind == "conclusion"]
    assert end.lit
    assert str(wording.CONCLUSION_SHORT[conclusion]) in text(end)


@pytest.mark.parametrize("of", CASES.values(), ids=CASES)
def test_what_is_lit_is_marked_in_words_too(of: Case) -> None:
    for box in chart(of).boxes:
        if box.kind != "question":
            assert text(box).startswith("✓") is box.lit


@pytest.mark.parametrize("of", CASES.values(), ids=CASES)
def test_the_whole_chart_is_shown_whatever_way_was_taken(of: Case) -> None:
    titles = " ".join(text(box) for box in chart(of).boxes if box.kind == "question")
    for question in ("Total B12", "MMA", "Homocysteine"):
        assert question in titles


@pytest.mark.parametrize("of", CASES.values(), ids=CASES)
def test_boxes_lie_inside_the_drawing_and_never_on_each_other(of: Case) -> None:
    drawn = chart(of)
    bottom = 0
    for box in drawn.boxes:
        assert box.x >= 0
        assert box.x + box.width <= WIDTH
        assert box.y >= bottom
        bottom = box.y + box.height
        assert all(box.y < line.y < bottom for line in box.lines)
    assert bottom <= drawn.height


@pytest.mark.parametrize("of", CASES.values(), ids=CASES)
def test_words_fit_their_box(of: Case) -> None:
    for box in chart(of).boxes:
        assert all(len(line.text) * 6.9 <= box.width for line in box.lines)


def test_lit_lines_are_drawn_over_dim_ones() -> None:
    lit = [edge.lit for edge in chart(CASES["grey, all normal"]).edges]
    assert lit == sorted(lit)


def test_a_value_stands_at_the_question_it_answers() -> None:
    shown = [text(box) for box in chart(CASES["grey, MMA certain"]).boxes]
    assert "Total B12: 180 pmol/L" in shown
    assert "MMA: 0.80 µmol/L" in shown


def test_what_cannot_be_placed_is_drawn_only_when_it_happened() -> None:
    from interpretation import wording

    words = str(wording.outcome("flow2.total_b12", "undecided"))
    drawn = {name: [text(box) for box in chart(of).boxes] for name, of in CASES.items()}
    assert f"✓ {words}" in drawn["comparator that says nothing"]
    assert words not in drawn["high B12"]


def test_it_names_the_chart_of_the_pathway() -> None:
    assert chart(CASES["high B12"]).title.startswith("Flowchart 2")
    assert chart(CASES["strong, low"]).title.startswith("Flowchart 1")


@pytest.mark.parametrize(
    "of",
    [
        Case(as_of=TODAY),
        case(treatment_status=TreatmentStatus(on_treatment=True, regimen=OngoingRegimen.ORAL_1MG)),
    ],
    ids=["nothing known", "under treatment"],
)
def test_a_case_that_walks_no_flowchart_gets_none(of: Case) -> None:
    assert flowchart(interpret(of, edition())) is None
