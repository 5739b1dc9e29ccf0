"""What keeps the hazards of docs/safety/hazards.md away, where no other test shows it.

Cases go in as the JSON of the contract, or through the page as a doctor sends them.
"""

import json
import re
from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from interpretation import wording
from interpretation.contract import case_from_json, interpretation_to_json, parse_json
from interpretation.guideline import edition_for, interpret
from interpretation.guideline.vocabulary import (
    B12_MARKERS,
    NEUROLOGICAL,
    SEVERE_NEUROLOGICAL,
    Analyte,
    Caveat,
    Symptom,
)
from interpretation.presenters import present

from .guideline.builders import TODAY, edition

Json = dict[str, Any]

TIRED: Json = {"age": 50, "sex": "female", "pathway": "nonspecific", "symptoms": ["tiredness"]}
NUMB: Json = {
    "age": 50,
    "sex": "female",
    "pathway": "strong_suspicion",
    "symptoms": ["paraesthesia"],
}
SHOWN = {"confirmed_b12_deficiency", "b12_deficiency_highly_probable"}
CLOSED = {"b12_deficiency_unlikely", "no_b12_deficiency"}


def answer(base: Json, labs: Json | None = None, **more: Any) -> Any:
    data = parse_json(json.dumps(base | more | {"labs": labs or {}}))
    case = case_from_json(data, TODAY)
    return interpretation_to_json(interpret(case, edition_for(TODAY)))


def record_text(base: Json, labs: Json, **more: Any) -> str:
    case = case_from_json(parse_json(json.dumps(base | more | {"labs": labs})), TODAY)
    return present(interpret(case, edition()), case, edition(), {}, ()).journal


def varied(*bases: Json) -> Iterator[tuple[Json, Json]]:
    """Each base with B12, MMA, homocysteine and folate missing, normal, borderline or abnormal."""
    markers = {
        "total_b12_pmol_l": (None, 60, 160, 400),
        "mma_umol_l": (None, "0.15", "0.40", "1.2"),
        "homocysteine_umol_l": (None, 9, 30),
        "folate_nmol_l": (None, 4, 20),
    }
    for base, values in product(bases, product(*markers.values())):
        labs = {key: value for key, value in zip(markers, values, strict=True) if value is not None}
        yield base, labs


# What is entered


@pytest.mark.parametrize("analyte", list(Analyte))
def test_a_refused_value_is_named_and_never_used(analyte: Analyte) -> None:
    beyond = str(edition().plausible[analyte].highest * 2)
    result = answer(TIRED, {"total_b12_pmol_l": 80, analyte: beyond})
    assert {error["field"] for error in result["errors"]} == {analyte}
    assert "implausible_value" in result["caveats"]
    assert [step["node"] for step in result["trace"] if analyte in step["used"]] == []
    if analyte in B12_MARKERS:
        assert result["conclusion"] in {None, "further_tests_needed"}
        assert result["treatment"]["doses"] == []


@pytest.mark.parametrize(
    "labs", [{"total_b12_pmol_l": ">150"}, {"total_b12_pmol_l": ">90"}, {"mma_umol_l": "<0.40"}]
)
def test_a_value_that_may_lie_on_either_side_of_a_limit_closes_nothing(labs: Json) -> None:
    assert answer(TIRED, labs)["conclusion"] not in CLOSED


def test_what_is_not_stated_is_asked_for_and_never_taken_for_no() -> None:
    result = answer({}, {"total_b12_pmol_l": 200, "mma_umol_l": "0.30"})
    assert result["questions"] == ["age", "pathway"]
    assert {"missing_age", "missing_pathway"} <= set(result["caveats"])
    assert result["conclusion"] not in CLOSED


def test_a_converted_value_asks_to_be_confirmed() -> None:
    result = answer(TIRED, {"total_b12_pmol_l": {"value": 300, "unit": "pg/mL"}})
    assert result["questions"] == ["confirm_conversion:total_b12_pmol_l"]
    assert "unit_suspected" in result["caveats"]


PAGE = {
    "age": "54",
    "sex": "female",
    "symptoms": ["paraesthesia"],
    "total_b12_pmol_l": "180",
    "mma_umol_l": "0,31",
}


def test_a_new_page_knows_nothing_of_the_last_patient(client: Client) -> None:
    client.post("/", PAGE)
    page = client.get("/").content.decode()
    assert 'value="180"' not in page
    assert not re.search(r'value="paraesthesia"\s+checked', page)
    assert 'id="conclusion"' not in page


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_every_answer_repeats_what_it_was_given(client: Client, headers: dict[str, str]) -> None:
    text = client.post("/", PAGE, headers=headers).content.decode()
    entered = text.split('class="answer-summary"')[1].split("</ul>")[0]
    for words in (r"54 år", r"Parestesier", r"180\spmol/L", r"0,31\sµmol/L"):
        assert re.search(words, entered)


# Nerves, folate, children


@pytest.mark.parametrize("sign", sorted(NEUROLOGICAL))
@pytest.mark.parametrize("stated", ["strong_suspicion", "nonspecific", None])
def test_no_neurological_sign_waits_for_a_result(sign: Symptom, stated: str | None) -> None:
    case = NUMB | {"pathway": stated, "symptoms": [sign]}
    for labs in ({"total_b12_pmol_l": 120}, {"total_b12_pmol_l": 160}):
        result = answer(case, labs)
        assert result["pathway"] == "strong_suspicion"
        assert result["treatment"]["strength"] == "start"
        assert "do_not_delay_neuro" in result["caveats"]


def test_normal_blood_counts_never_lower_a_conclusion() -> None:
    counts = {"haemoglobin_g_dl": "13.5", "mcv_fl": 90}
    for base, labs in varied(NUMB, TIRED):
        assert answer(base, labs | counts)["conclusion"] == answer(base, labs)["conclusion"], labs
    assert "neuro_before_anaemia" in answer(NUMB, counts)["caveats"]


@pytest.mark.parametrize("sign", sorted(SEVERE_NEUROLOGICAL))
def test_a_sign_of_established_nerve_damage_makes_the_deficiency_severe(sign: Symptom) -> None:
    result = answer(NUMB | {"symptoms": [sign]}, {"total_b12_pmol_l": 120})
    assert result["treatment"]["regimen"].startswith("im_5_days")


def test_folate_is_never_given_alone_while_b12_deficiency_is_open() -> None:
    for base, labs in varied(TIRED, NUMB):
        result = answer(base, labs)
        if result["treatment"]["folate"] == "5_mg_daily":
            assert result["treatment"]["strength"] == "none", labs
            assert result["conclusion"] in {*CLOSED, "probable_folate_deficiency"}, labs


def test_folate_deficiency_is_never_named_before_mma_is_known_to_be_normal() -> None:
    for base, labs in varied(TIRED, NUMB):
        if answer(base, labs)["conclusion"] == "probable_folate_deficiency":
            assert labs["mma_umol_l"] == "0.15"


@pytest.mark.parametrize("age", [0, 1, 9, 17, 17.9])
@pytest.mark.parametrize(
    "more",
    [
        {"symptoms": ["ataxia"]},
        {"pathway": "strong_suspicion"},
        {"risk_factors": ["vegan"]},
        {"risk_factors": ["gastric_bypass"], "post_operative": True},
        {"treatment_status": {"on_treatment": True, "regimen": "oral_1mg"}},
    ],
)
def test_a_child_never_gets_a_dose_or_a_diagnosis(age: float, more: Json) -> None:
    for labs in ({}, {"total_b12_pmol_l": 60}, {"total_b12_pmol_l": 300, "mma_umol_l": "1.2"}):
        result = answer({"age": age}, labs, **more)
        assert result["conclusion"] == "outside_scope"
        assert result["treatment"]["doses"] == []
        assert "out_of_scope_child" in result["caveats"]


# The answer itself


def test_every_treatment_that_is_started_has_a_control() -> None:
    for base, labs in varied(TIRED, NUMB, TIRED | {"risk_factors": ["vegan", "gastric_bypass"]}):
        result = answer(base, labs)
        if result["treatment"]["strength"] != "none":
            assert result["follow_up"], labs


def test_every_diagnosis_says_that_no_single_test_settles_it() -> None:
    for base, labs in varied(TIRED, NUMB):
        if labs and set(labs) != {"folate_nmol_l"}:
            assert "no_gold_standard" in answer(base, labs)["caveats"], labs


def test_every_diagnosis_comes_with_its_reasons() -> None:
    for base, labs in varied(TIRED, NUMB):
        steps = answer(base, labs)["trace"]
        assert steps
        assert [step["node"] for step in steps if not step["statements"]] == []
        assert [step["node"] for step in steps for b in step["not_taken"] if not b["why"]] == []


def test_normal_values_under_a_supplement_never_amount_to_no_deficiency() -> None:
    for base, labs in varied(TIRED, NUMB):
        result = answer(base, labs, takes_b12_supplement=True)
        assert result["conclusion"] != "no_b12_deficiency", labs
        if labs and set(labs) != {"folate_nmol_l"}:
            assert "ongoing_b12_masks" in result["caveats"], labs


def test_a_positive_anti_if_never_closes_a_case() -> None:
    for base, labs in varied(TIRED, NUMB):
        assert answer(base, labs | {"anti_if": "positive"})["conclusion"] not in CLOSED, labs


def test_a_negative_anti_if_never_lowers_a_conclusion() -> None:
    for base, labs in varied(TIRED, NUMB):
        without = answer(base, labs)["conclusion"]
        assert answer(base, labs | {"anti_if": "negative"})["conclusion"] == without, labs


def test_a_bleeding_risk_does_not_get_injections_for_mild_signs() -> None:
    result = answer(NUMB, {"total_b12_pmol_l": 120}, risk_factors=["anticoagulant"])
    assert result["treatment"]["regimen"] == "oral_uncomplicated"


def test_a_trial_without_mma_from_before_it_is_not_judged() -> None:
    status = {"on_treatment": True, "regimen": "treatment_trial_oral", "weeks_since_start": 2}
    for value in ("0.15", "0.40"):
        result = answer(TIRED, {"mma_umol_l": value}, treatment_status=status)
        assert result["conclusion"] in {None, "further_tests_needed"}
        assert result["monitoring"] not in {"response_adequate", "treatment_may_be_stopped"}


def test_a_control_without_results_concludes_nothing_on_the_effect() -> None:
    status = {"on_treatment": True, "regimen": "oral_uncomplicated", "weeks_since_start": 12}
    result = answer({"age": 50, "sex": "male"}, treatment_status=status)
    assert result["conclusion"] is None
    assert result["monitoring"] in {
        None,
        "treatment_started_plan_follow_up",
        "result_uninformative",
    }


# What leaves the page


@pytest.mark.parametrize("language", ["nb", "en"])
def test_the_text_for_the_record_carries_what_must_not_be_missed(language: str) -> None:
    with translation.override(language):
        for labs in ({"total_b12_pmol_l": 120, "haemoglobin_g_dl": 9, "folate_nmol_l": 3}, {}):
            text = record_text(NUMB, labs, pregnant=True, risk_factors=["renal_failure"])
            assert str(wording.CAVEATS[Caveat.DO_NOT_DELAY_NEURO].short) in text
        labs = {"total_b12_pmol_l": 60, "haemoglobin_g_dl": 118}
        child = record_text({"age": 9, "symptoms": ["ataxia"]}, labs)
        for caveat in (Caveat.OUT_OF_SCOPE_CHILD, Caveat.DO_NOT_DELAY_NEURO):
            assert str(wording.CAVEATS[caveat].short) in child


def test_the_text_for_the_record_names_the_edition_and_that_a_newer_one_exists() -> None:
    for base, labs in ((TIRED, {"total_b12_pmol_l": 80}), ({"age": 9}, {}), ({}, {})):
        basis = record_text(base, labs).splitlines()[-1]
        assert "2018" in basis
        assert "2022" in basis


@pytest.mark.parametrize("language", ["nb", "en"])
def test_the_text_for_the_record_says_that_a_value_cannot_be_right(language: str) -> None:
    with translation.override(language):
        warning = str(wording.CAVEATS[Caveat.IMPLAUSIBLE_VALUE].short)
        for labs in ({"mma_umol_l": 320}, {"total_b12_pmol_l": 80, "haemoglobin_g_dl": 118}):
            assert warning in record_text(TIRED, labs)
