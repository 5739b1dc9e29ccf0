"""Why a signed assessment is looked at again."""

from itertools import pairwise
from typing import Any

import pytest

from patients.models import Assessment, Ground
from patients.review import choosing

QUIET: dict[str, Any] = {
    "conclusion": "b12_deficiency_unlikely",
    "monitoring": None,
    "next_tests": [],
    "treatment": {
        "regimen": "none",
        "alternatives": [],
        "strength": "none",
        "duration": None,
        "folate": None,
        "iron": False,
    },
    "caveats": ["no_gold_standard"],
    "trace": [
        {"node": "scope", "outcome": "adult"},
        {"node": "flow2.total_b12", "outcome": "high"},
        {"node": "prevention", "outcome": "none"},
    ],
    "conversions": [],
    "errors": [],
}


def signed(**fields: Any) -> Assessment:
    values: dict[str, Any] = {"pk": 1, "result": QUIET, "case": {"symptoms": ["fatigue"]}}
    return Assessment(**values | fields)


def found(assessment: Assessment, **given: Any) -> set[Ground]:
    return choosing.grounds(assessment, **{"share": 0} | given)


def asked(node: str, outcome: str = "x") -> dict[str, Any]:
    return QUIET | {"trace": [*QUIET["trace"], {"node": node, "outcome": outcome}]}


def error(code: str) -> dict[str, Any]:
    return {"field": "mma_umol_l", "code": code, "message": "", "suggestion": None}


def test_an_ordinary_assessment_is_not_looked_at_again() -> None:
    assert found(signed()) == set()


@pytest.mark.parametrize(
    ("fields", "ground"),
    [
        ({"override_reason": "practical"}, Ground.OVERRIDE),
        ({"case": {"symptoms": ["fatigue", "ataxia"]}}, Ground.NEUROLOGICAL),
        ({"result": QUIET | {"caveats": ["discordant_total_active"]}}, Ground.DISCORDANT),
        ({"result": QUIET | {"caveats": ["anti_if_false_high_b12"]}}, Ground.DISCORDANT),
        (
            {"result": QUIET | {"monitoring": "mixed_signal_look_for_iron_or_folate_deficiency"}},
            Ground.DISCORDANT,
        ),
        ({"result": asked("flow1.agreement")}, Ground.DISCORDANT),
        ({"result": asked("flow2.low_b12_metabolites")}, Ground.DISCORDANT),
        ({"result": asked("homocysteine.folate")}, Ground.DISCORDANT),
        ({"result": asked("treatment.severity", "severe")}, Ground.SEVERE),
        ({"result": QUIET | {"conversions": [{"field": "mma_umol_l"}]}}, Ground.VALUES),
        ({"result": QUIET | {"errors": [error("implausible_value")]}}, Ground.VALUES),
        ({"result": QUIET | {"errors": [error("unknown_unit")]}}, Ground.VALUES),
        ({"result": QUIET | {"caveats": ["unit_suspected"]}}, Ground.VALUES),
    ],
)
def test_each_rule_finds_its_ground_and_no_other(fields: dict[str, Any], ground: Ground) -> None:
    assert found(signed(**fields)) == {ground}


@pytest.mark.parametrize(
    "result",
    [
        asked("treatment.severity", "neurological"),
        asked("treatment.folate", "severe"),
        asked("flow2.mma", "raised"),
        QUIET | {"errors": [error("inconsistent_input")]},
        QUIET | {"caveats": ["anti_if_false_high_b12"], "monitoring": "continue_lifelong"},
        QUIET | {"caveats": ["hcy_borderline_15_20", "mma_slightly_raised"]},
    ],
)
def test_what_only_resembles_a_ground_is_none(result: dict[str, Any]) -> None:
    assert found(signed(result=result)) == set()


@pytest.mark.parametrize(
    ("change", "otherwise"),
    [
        ({}, False),
        ({"trace": []}, False),
        ({"caveats": []}, False),
        ({"conclusion": "possible_b12_deficiency"}, True),
        ({"next_tests": ["mma"]}, True),
        ({"treatment": QUIET["treatment"] | {"regimen": "oral_uncomplicated"}}, True),
        ({"treatment": QUIET["treatment"] | {"folate": "5_mg_daily"}}, True),
    ],
)
def test_a_newer_edition_counts_when_it_tells_the_doctor_something_else(
    change: dict[str, Any], otherwise: bool
) -> None:
    expected = {Ground.EDITION} if otherwise else set()
    assert found(signed(), newest=QUIET | change) == expected


# The random sample


def drawn(share: int, numbers: range = range(1, 10_001)) -> set[int]:
    return {number for number in numbers if choosing.is_drawn(number, share)}


def test_the_sample_is_as_large_as_the_share_says() -> None:
    assert drawn(0) == set()
    assert len(drawn(100)) == 10_000
    assert 430 <= len(drawn(5)) <= 570


def test_a_larger_share_only_adds() -> None:
    shares = [drawn(share, range(1, 2_000)) for share in (1, 5, 6, 50, 99, 100)]
    assert all(small < large for small, large in pairwise(shares))


def test_the_sample_is_the_same_on_every_machine() -> None:
    """These numbers must never change: a case that was drawn once stays drawn."""
    assert sorted(drawn(5, range(1, 60))) == [51, 53]


def test_a_sampled_assessment_needs_no_other_ground() -> None:
    number = min(drawn(5))
    assert found(signed(pk=number), share=5) == {Ground.SAMPLE}


# The deciding question


@pytest.mark.parametrize(
    ("nodes", "deciding"),
    [
        (["scope", "indication", "pathway", "flow2.total_b12", "flow2.mma",
          "treatment.severity", "cause.group"], "flow2.mma"),
        (["scope", "flow2.total_b12", "flow2.mma", "mma.anti_if", "prevention"], "mma.anti_if"),
        (["scope", "monitoring.potassium", "monitoring.late", "monitoring.switch"],
         "monitoring.late"),
        (["scope"], "scope"),
        (["scope", "indication", "indication.prevention", "prevention"],
         "indication.prevention"),
        ([], ""),
    ],
)  # fmt: skip
def test_the_deciding_node_is_the_last_question_before_the_conclusion(
    nodes: list[str], deciding: str
) -> None:
    trace = [{"node": node, "outcome": "x"} for node in nodes]
    assert choosing.deciding_node(QUIET | {"trace": trace}) == deciding
