"""The JSON contract: every key is read, and whatever is wrong is an error on that key."""

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from interpretation.contract import (
    NotACaseError,
    case_from_json,
    interpretation_to_json,
    parse_json,
    to_text,
)
from interpretation.guideline import Case, Results, edition_for, interpret
from interpretation.guideline.quantity import UNITS, Comparator, Quantity
from interpretation.guideline.vocabulary import (
    Analyte,
    BloodSmear,
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

TODAY = date(2026, 3, 2)

FLAGS = (
    "pregnant", "breastfeeding", "estrogen_contraception", "takes_b12_supplement",
    "patient_declines_treatment", "post_operative",
)  # fmt: skip
CODES = ("sex", "pathway", "preference")
LISTS = ("symptoms", "risk_factors")
TABLES = ("labs", "lab_limits", "treatment_status")
STATUS_FLAGS = (
    "on_treatment", "baseline_samples", "adherence", "stable", "cause_known",
    "underlying_disease_treated",
)  # fmt: skip
STATUS_CODES = ("regimen", "folate", "neuro")
STATUS_NUMBERS = ("weeks_since_start", "stopped_months_ago")
LAB_FLAGS = ("reticulocytosis", "gastrin_fasting")
LAB_CODES = ("anti_if", "anti_parietal", "coeliac_serology", "blood_smear")


def read(data: Any) -> Case:
    """A case as it comes from the JSON text of the data."""
    return read_text(json.dumps(data))


def read_text(text: str) -> Case:
    return case_from_json(parse_json(text), TODAY)


def refused(data: Any) -> dict[str, str]:
    return refused_in(read(data))


def refused_in(case: Case) -> dict[str, str]:
    return {error.field: error.code.value for error in case.refused}


def answered(data: Any) -> Any:
    case = read(data)
    return json.loads(to_text(interpretation_to_json(interpret(case, edition_for(case.as_of)))))


# Every key


@pytest.mark.parametrize("key", FLAGS)
@pytest.mark.parametrize("value", [True, False])
def test_it_reads_every_flag(key: str, value: bool) -> None:
    assert getattr(read({key: value}), key) is value


def test_it_reads_who_the_patient_is() -> None:
    case = read({"age": 71.5, "sex": "male", "pathway": "nonspecific", "preference": "im"})
    assert (case.age, case.sex) == (Decimal("71.5"), Sex.MALE)
    assert (case.pathway, case.preference) == (Pathway.NONSPECIFIC, Preference.IM)


def test_it_reads_every_symptom_and_every_risk() -> None:
    case = read({"symptoms": [*Symptom], "risk_factors": [*Risk]})
    assert (case.symptoms, case.risk_factors) == (frozenset(Symptom), frozenset(Risk))
    assert case.refused == ()


@pytest.mark.parametrize("analyte", list(Analyte))
def test_it_reads_every_analyte(analyte: Analyte) -> None:
    expected = Quantity(Decimal("5.5"), UNITS[analyte])
    assert read({"labs": {analyte: 5.5}}).results == Results({analyte: expected})


def test_it_reads_the_answers_that_are_words() -> None:
    given = {
        "reticulocytosis": False,
        "gastrin_fasting": True,
        "anti_if": "positive",
        "anti_parietal": "negative",
        "coeliac_serology": "negative",
        "blood_smear": "normal",
    }
    positive, negative = Serology.POSITIVE, Serology.NEGATIVE
    expected = Results({}, False, True, positive, negative, negative, BloodSmear.NORMAL)
    assert read({"labs": given}).results == expected


@pytest.mark.parametrize("key", list(LimitKey))
def test_it_reads_every_limit_of_the_laboratory(key: LimitKey) -> None:
    assert read({"lab_limits": {key: "12,5"}}).local_limits == {key: Decimal("12.5")}


def test_it_reads_what_is_already_given() -> None:
    status = read(
        {
            "treatment_status": {
                **dict.fromkeys(STATUS_FLAGS, True),
                "regimen": "im_5_days_then_oral",
                "weeks_since_start": 1.5,
                "stopped_months_ago": 3,
                "baseline_labs": {"mma_umol_l": "<0,5", "anti_if": "negative"},
                "folate": "5_mg_daily",
                "neuro": "worse",
            }
        }
    ).treatment_status
    assert status is not None
    assert all(getattr(status, key) is True for key in STATUS_FLAGS)
    assert status.regimen is Regimen.IM_5_DAYS_THEN_ORAL
    assert (status.weeks_since_start, status.stopped_months_ago) == (Decimal("1.5"), Decimal(3))
    assert (status.folate, status.neuro) == (OngoingFolate.FIVE_MG_DAILY, NeuroCourse.WORSE)
    assert str(status.baseline.get(Analyte.MMA)) == "<0.5"
    assert status.baseline.anti_if is Serology.NEGATIVE


@pytest.mark.parametrize("code", [*Regimen, *OngoingRegimen])
def test_it_reads_every_regimen_that_may_be_given(code: str) -> None:
    status = read({"treatment_status": {"regimen": code}}).treatment_status
    assert status is not None
    assert status.regimen == code


def test_the_date_of_the_decision_is_today_unless_stated() -> None:
    assert read({}).as_of == TODAY
    assert read({"as_of": None}).as_of == TODAY
    assert read({"as_of": "2025-12-31"}).as_of == date(2025, 12, 31)


def test_null_is_unknown_everywhere_and_no_error() -> None:
    keys = ("as_of", "age", *FLAGS, *CODES, *LISTS, *TABLES)
    assert read(dict.fromkeys(keys)) == read({})
    nothing = dict.fromkeys((*STATUS_FLAGS, *STATUS_CODES, *STATUS_NUMBERS, "baseline_labs"))
    assert read({"treatment_status": nothing}) == read({"treatment_status": {}})
    labs = dict.fromkeys((*Analyte, *LAB_FLAGS, *LAB_CODES))
    assert read({"labs": labs, "lab_limits": dict.fromkeys(LimitKey)}) == read({})


# Where the case stands


def test_a_case_is_flat_or_under_input() -> None:
    assert read({"input": {"age": 50}}) == read({"age": 50})


def test_other_keys_beside_the_case_are_left_alone() -> None:
    more = {"id": "X1", "title": "t", "expect": {"conclusion": "?"}, "story": [1]}
    assert read({**more, "input": {"age": 50}}) == read({"age": 50})
    assert read({**more, "age": 50}) == read({"age": 50})


@pytest.mark.parametrize("given_id", ["V001", 7, 7.5, "", 0, False, ["a"], {"b": 1}, "æ\u00a0ø"])
def test_the_id_is_echoed_as_it_came(given_id: Any) -> None:
    case = read({})
    result = interpretation_to_json(
        interpret(case, edition_for(case.as_of)), parse_json(json.dumps(given_id))
    )
    assert json.loads(to_text(result))["id"] == given_id


def test_without_an_id_there_is_none() -> None:
    assert "id" not in answered({"age": 50})


@pytest.mark.parametrize("data", [[], "text", 5, True, None, {"input": []}, {"input": None}])
def test_what_is_no_object_is_no_case(data: Any) -> None:
    with pytest.raises(NotACaseError, match="a case is a JSON object, not"):
        read(data)


# Wrong types and unknown codes

NO_FLAG = ["yes", 1, 0, [], {}, "true"]
NO_CODE = ["nonsense", "", 5, True, [], {}, ["female"]]
NO_LIST = ["fatigue", 5, True, {"fatigue": True}]
NO_TABLE = ["text", 5, True, [], [1]]
NO_NUMBER = ["old", "", True, False, [], {}, [50]]


@pytest.mark.parametrize("value", NO_FLAG)
@pytest.mark.parametrize("key", FLAGS)
def test_a_flag_is_true_or_false(key: str, value: Any) -> None:
    assert refused({key: value}) == {key: "unknown_code"}
    assert getattr(read({key: value}), key) is None


@pytest.mark.parametrize("value", NO_CODE)
@pytest.mark.parametrize("key", CODES)
def test_a_code_is_one_of_the_vocabulary(key: str, value: Any) -> None:
    assert refused({key: value}) == {key: "unknown_code"}


@pytest.mark.parametrize("key", LISTS)
@pytest.mark.parametrize("value", NO_LIST)
def test_a_list_of_codes_is_a_list(key: str, value: Any) -> None:
    assert refused({key: value}) == {key: "unknown_code"}


@pytest.mark.parametrize("wrong", ["nonsense", 5, None, ["vegan"], {}, "Fatigue"])
def test_an_unknown_code_in_a_list_is_an_error_and_the_others_stay(wrong: Any) -> None:
    case = read({"symptoms": ["fatigue", wrong]})
    assert {error.field for error in case.refused} == {"symptoms"}
    assert case.symptoms == {Symptom.FATIGUE}


@pytest.mark.parametrize("key", TABLES)
@pytest.mark.parametrize("value", NO_TABLE)
def test_a_table_is_an_object(key: str, value: Any) -> None:
    assert refused({key: value}) == {key: "unknown_code"}


@pytest.mark.parametrize("value", NO_NUMBER)
def test_an_age_is_a_number(value: Any) -> None:
    assert refused({"age": value}) == {"age": "not_a_number"}


@pytest.mark.parametrize("value", ["<18", ">70"])
def test_an_age_has_no_comparator(value: str) -> None:
    assert refused({"age": value}) == {"age": "not_a_number"}


@pytest.mark.parametrize("value", ["in March", "2026-13-01", "02.03.2026", 20260302, [], True])
def test_the_date_is_an_iso_date(value: Any) -> None:
    assert refused({"as_of": value}) == {"as_of": "not_a_number"}


@pytest.mark.parametrize("analyte", list(Analyte))
@pytest.mark.parametrize("value", ["see comment", "", "1.234,5", "１８０", True, False, [], [180]])
def test_a_result_that_is_not_a_number_is_an_error_and_never_empty(
    analyte: Analyte, value: Any
) -> None:
    case = read({"labs": {analyte: value}})
    assert {error.field: error.code.value for error in case.refused} == {analyte: "not_a_number"}
    assert case.results.is_empty


@pytest.mark.parametrize("key", LAB_FLAGS)
@pytest.mark.parametrize("value", NO_FLAG)
def test_a_tick_among_the_results_is_true_or_false(key: str, value: Any) -> None:
    assert refused({"labs": {key: value}}) == {key: "unknown_code"}


@pytest.mark.parametrize("key", LAB_CODES)
@pytest.mark.parametrize("value", ["maybe", "Positive", 1, True, [], {}, ["unheard_of"]])
def test_a_word_among_the_results_is_one_of_the_vocabulary(key: str, value: Any) -> None:
    assert refused({"labs": {key: value}}) == {key: "unknown_code"}


@pytest.mark.parametrize("key", list(LimitKey))
@pytest.mark.parametrize("value", ["none", "<150", True, [], {"value": 1}])
def test_a_limit_is_a_number_without_comparator(key: LimitKey, value: Any) -> None:
    assert refused({"lab_limits": {key: value}}) == {key: "not_a_number"}


@pytest.mark.parametrize("key", STATUS_FLAGS)
def test_a_flag_of_the_treatment_is_true_or_false(key: str) -> None:
    assert refused({"treatment_status": {key: "yes"}}) == {key: "unknown_code"}


@pytest.mark.parametrize("key", STATUS_CODES)
@pytest.mark.parametrize("value", NO_CODE)
def test_a_code_of_the_treatment_is_one_of_the_vocabulary(key: str, value: Any) -> None:
    assert refused({"treatment_status": {key: value}}) == {key: "unknown_code"}


@pytest.mark.parametrize("key", STATUS_NUMBERS)
@pytest.mark.parametrize("value", [*NO_NUMBER, "<3"])
def test_a_time_of_the_treatment_is_a_number(key: str, value: Any) -> None:
    assert refused({"treatment_status": {key: value}}) == {key: "not_a_number"}


def test_results_before_the_treatment_are_errors_under_their_own_name() -> None:
    before = {"mma_umol_l": "high", "anti_if": "maybe", "reticulocytosis": 1, "zinc": 3}
    assert refused({"treatment_status": {"baseline_labs": before}}) == {
        "baseline_labs.mma_umol_l": "not_a_number",
        "baseline_labs.anti_if": "unknown_code",
        "baseline_labs.reticulocytosis": "unknown_code",
        "baseline_labs.zinc": "unknown_code",
    }
    assert refused({"treatment_status": {"baseline_labs": [1]}}) == {
        "baseline_labs": "unknown_code"
    }


@pytest.mark.parametrize(
    ("table", "key"),
    [
        ("labs", "b12"),
        ("labs", "total_b12"),
        ("labs", "MMA_umol_l"),
        ("lab_limits", "mma_umol_l"),
        ("lab_limits", "b12_lower"),
        ("treatment_status", "regime"),
        ("treatment_status", "labs"),
    ],
)
def test_an_unknown_key_in_a_table_is_an_error_and_never_ignored(table: str, key: str) -> None:
    assert refused({table: {key: 1}}) == {key: "unknown_code"}


# Value objects


def test_a_value_with_a_unit_is_converted_and_the_conversion_reported() -> None:
    answer = answered({"labs": {"total_b12_pmol_l": {"value": "406", "unit": "pg/mL"}}})
    assert answer["conversions"] == [
        {
            "field": "total_b12_pmol_l",
            "from": {"value": "406", "unit": "pg/mL"},
            "to": {"value": "299.5468", "unit": "pmol/L"},
            "factor": "0.7378",
        }
    ]
    assert "confirm_conversion:total_b12_pmol_l" in answer["questions"]


def test_a_value_in_its_own_unit_or_without_one_is_no_conversion() -> None:
    for value in ({"value": 190, "unit": "pmol/l"}, {"value": 190}, 190, "190"):
        case = read({"labs": {"total_b12_pmol_l": value}})
        assert (case.conversions, case.refused) == ((), ())
        assert case.results.get(Analyte.TOTAL_B12) == Quantity(Decimal(190), "pmol/L")


def test_the_comparator_survives_the_conversion() -> None:
    case = read({"labs": {"mma_umol_l": {"value": "<100", "unit": "nmol/L"}}})
    assert case.results.get(Analyte.MMA) == Quantity(Decimal("0.100"), "µmol/L", Comparator.LESS)


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ({"value": 5, "unit": "pints"}, "unknown_unit"),
        ({"value": 5, "unit": None}, "unknown_unit"),
        ({"value": 5, "unit": 3}, "unknown_unit"),
        ({"value": "x", "unit": "pg/mL"}, "not_a_number"),
        ({"value": None, "unit": "pg/mL"}, "not_a_number"),
        ({"value": True}, "not_a_number"),
        ({"unit": "pg/mL"}, "not_a_number"),
        ({"value": 5, "unit": "pg/mL", "date": "2026"}, "not_a_number"),
        ({"value": {"value": 5}}, "not_a_number"),
        ({}, "not_a_number"),
    ],
)
def test_a_value_object_has_a_number_and_a_known_unit(value: Any, code: str) -> None:
    assert refused({"labs": {"total_b12_pmol_l": value}}) == {"total_b12_pmol_l": code}


# Numbers


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity"])
def test_what_json_calls_a_number_but_is_none_is_refused(number: str) -> None:
    text = f'{{"age": {number}, "labs": {{"mma_umol_l": {number}}}}}'
    wrong = {"age": "not_a_number", "mma_umol_l": "not_a_number"}
    assert refused_in(read_text(text)) == wrong


@pytest.mark.parametrize("number", ["1e400", "-1e9999", "1e-400", "1e999999999", "1" + "0" * 5000])
def test_a_number_of_no_earthly_size_is_refused_at_once(number: str) -> None:
    text = f'{{"age": {number}, "labs": {{"total_b12_pmol_l": {number}}}}}'
    case = read_text(text)
    wrong = {"age": "implausible_value", "total_b12_pmol_l": "implausible_value"}
    assert refused_in(case) == wrong
    assert interpret(case, edition_for(case.as_of)).conclusion is None


def test_numbers_are_exact_decimals() -> None:
    case = read_text('{"labs": {"mma_umol_l": 0.1, "homocysteine_umol_l": 20.000000000000001}}')
    assert str(case.results.get(Analyte.MMA)) == "0.1"
    assert str(case.results.get(Analyte.HOMOCYSTEINE)) == "20.000000000000001"


# Output

KEYS = {
    "edition", "conclusion", "monitoring", "pathway", "pathway_derived", "next_tests", "treatment",
    "follow_up", "caveats", "cause_workup", "patient_information", "trace", "conversions",
    "not_from_guideline", "questions", "errors",
}  # fmt: skip
RICH = {
    "age": 71,
    "pathway": "strong_suspicion",
    "symptoms": ["ataxia", "macrocytic_anaemia"],
    "labs": {
        "total_b12_pmol_l": {"value": 120, "unit": "pg/mL"},
        "anti_if": "positive",
        "haemoglobin_g_dl": 118,
    },
}


@pytest.mark.parametrize("data", [{}, RICH, {"age": 4}, {"labs": {"mma_umol_l": 320}}])
def test_the_output_has_exactly_the_keys_of_the_contract(data: Any) -> None:
    answer = answered(data)
    assert answer.keys() == KEYS
    assert answer["treatment"].keys() == {
        "regimen", "alternatives", "strength", "doses", "duration", "folate", "iron",
    }  # fmt: skip
    assert answer["cause_workup"].keys() == {"needed", "tests", "cause_group"}


def test_the_parts_of_the_output_have_exactly_the_keys_of_the_contract() -> None:
    answer = answered(RICH)
    parts = {
        "doses": (answer["treatment"]["doses"], "drug route dose frequency duration"),
        "follow_up": (answer["follow_up"], "when check"),
        "trace": (answer["trace"], "node statements used limit outcome not_taken"),
        "conversions": (answer["conversions"], "field from to factor"),
        "errors": (answer["errors"], "field code message suggestion"),
    }
    wrong = {
        name
        for name, (items, keys) in parts.items()
        if not items or any(item.keys() != set(keys.split()) for item in items)
    }
    assert wrong == set()


def test_every_step_says_why_each_other_branch_was_not_taken() -> None:
    for step in answered(RICH)["trace"]:
        assert step["statements"]
        assert all(branch["to"] and branch["why"] for branch in step["not_taken"])


def test_a_refused_value_is_named_with_a_sentence_and_a_unit_that_it_fits() -> None:
    (error,) = answered({"age": 50, "labs": {"mma_umol_l": 320}})["errors"]
    assert (error["field"], error["code"]) == ("mma_umol_l", "implausible_value")
    assert error["suggestion"] == "nmol/L?"
    assert error["message"].endswith((".", "?"))


@pytest.mark.parametrize("key", ["mma_umol_l", "baseline_labs.mma_umol_l"])
def test_a_refused_value_in_another_unit_is_named_as_it_was_written(key: str) -> None:
    labs = {"mma_umol_l": {"value": 0.9, "unit": "mmol/L"}}
    before = {"on_treatment": True, "baseline_labs": labs}
    case = {"treatment_status": before} if "baseline" in key else {"labs": labs}
    error = next(e for e in answered({"age": 50, **case})["errors"] if e["field"] == key)
    assert error["suggestion"] == "µmol/L?"
    assert error["message"].startswith("0.9 mmol/L cannot be right for")


@pytest.mark.parametrize(
    ("given", "echoed"), [([1], '["1"]'), ({"a": None}, '{"a": null}'), (True, "true"), (7, "7")]
)
def test_a_value_of_the_wrong_type_is_echoed_without_the_words_of_the_program(
    given: Any, echoed: str
) -> None:
    (error,) = answered({"age": 50, "sex": given})["errors"]
    assert echoed in error["message"]


def test_text_that_no_file_can_hold_is_still_answered() -> None:
    """A lone surrogate is valid in JSON and in no encoding."""
    data = {"symptoms": ["\ud800"], "labs": {"\udfff": 1, "mma_umol_l": "\ud800"}}
    json.dumps(answered(data), ensure_ascii=False).encode("utf-8")


def test_a_value_nested_beyond_measure_is_refused_like_any_other() -> None:
    deep = "[" * 900 + "]" * 900
    assert refused_in(read_text(f'{{"labs": {deep}}}')) == {"labs": "unknown_code"}


def test_json_that_is_nested_too_deeply_is_one_plain_error() -> None:
    with pytest.raises(ValueError, match="nested too deeply"):
        parse_json("[" * 200_000 + "]" * 200_000)
