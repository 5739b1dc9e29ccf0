"""A case that is written can be read back as the same case, with the same answer."""

import json
from datetime import date
from typing import Any

import pytest
from django.utils.datastructures import MultiValueDict
from hypothesis import given
from hypothesis import strategies as st

from interpretation.contract import case_from_json, case_to_json, interpretation_to_json
from interpretation.forms import _STATUS_FIELDS as STATUS
from interpretation.forms import CaseForm
from interpretation.guideline import edition_for, interpret
from interpretation.guideline.quantity import units_of
from interpretation.guideline.vocabulary import Analyte, LimitKey
from tests.interpretation.guideline.strategies import CASES, repeatable

TODAY = date(2026, 3, 2)
OTHER_DAY = date(2030, 1, 1)

NUMBERS = st.builds(
    lambda sign, whole, decimals: f"{sign}{whole}{decimals}",
    st.sampled_from(["", "", "", "<", ">", "≤", "≥", "<= ", "-"]),
    st.integers(0, 99_999),
    st.sampled_from(["", "", ",5", ".50", ",004"]),
)
PLAIN = st.integers(0, 400).map(str) | st.sampled_from(["63,5", "0.50"])


def _choice(name: str) -> st.SearchStrategy[list[str]]:
    field: Any = CaseForm.base_fields[name]
    codes = [
        str(code)
        for value, label in field.choices
        for code, _ in (label if isinstance(label, list) else [(value, label)])
    ]
    if hasattr(field.widget, "allow_multiple_selected") and field.widget.allow_multiple_selected:
        return st.lists(st.sampled_from(codes), max_size=4)
    return st.sampled_from(codes).map(lambda code: [code])


def _typed() -> dict[str, st.SearchStrategy[list[str]]]:
    """For each field of the form what may be typed or chosen in it."""
    fields: dict[str, st.SearchStrategy[list[str]]] = {}
    for name, field in CaseForm.base_fields.items():
        if hasattr(field, "choices"):
            fields[name] = _choice(name)
        elif name in set(LimitKey) | {"age", "weeks_since_start", "stopped_months_ago"}:
            fields[name] = PLAIN.map(lambda text: [text])
    for prefix in ("", "baseline_"):
        for analyte in Analyte:
            if f"{prefix}{analyte}" in CaseForm.base_fields:
                fields[f"{prefix}{analyte}"] = NUMBERS.map(lambda text: [text])
                units = st.sampled_from(units_of(analyte))
                fields[f"{prefix}{analyte}_unit"] = units.map(lambda unit: [unit])
    return fields


FORMS = st.fixed_dictionaries({}, optional=_typed()).map(
    lambda data: (
        data
        if data.get("treatment", [""]) != [""]
        else {
            name: typed for name, typed in data.items() if name.removesuffix("_unit") not in STATUS
        }
    )
)
"""What is said about a treatment needs a treatment: the form asks for it."""


@repeatable
@given(FORMS)
def test_every_case_that_the_form_can_make_comes_back_the_same(data: dict[str, list[str]]) -> None:
    form = CaseForm(MultiValueDict(data), today=TODAY)
    form.is_valid()
    assert form.answerable
    case = form.case()
    stored = json.loads(json.dumps(case_to_json(case)))
    assert case_from_json(stored, OTHER_DAY) == case


@repeatable
@given(CASES)
def test_every_case_of_the_contract_gives_the_same_answer_again(data: Any) -> None:
    case = case_from_json(data, TODAY)
    again = case_from_json(json.loads(json.dumps(case_to_json(case))), OTHER_DAY)
    edition = edition_for(case.as_of)
    assert again == case
    assert interpretation_to_json(interpret(again, edition)) == interpretation_to_json(
        interpret(case, edition)
    )


def test_what_the_guideline_refuses_is_refused_again() -> None:
    data = {"labs": {"total_b12_pmol_l": "143000"}, "sex": "male", "pregnant": True}
    case = case_from_json(data, TODAY)
    again = case_from_json(case_to_json(case), OTHER_DAY)
    errors = interpret(again, edition_for(TODAY)).errors
    assert {error.field for error in errors} == {"total_b12_pmol_l", "pregnant"}


def test_a_converted_value_is_written_as_it_came() -> None:
    labs = {"total_b12_pmol_l": {"value": "<406", "unit": "pg/ml"}}
    case = case_from_json({"labs": labs}, TODAY)
    assert case_to_json(case)["labs"] == labs


def test_trailing_zeros_stay() -> None:
    case = case_from_json({"labs": {"mma_umol_l": "0,310"}}, TODAY)
    assert case_to_json(case)["labs"] == {"mma_umol_l": "0.310"}


def test_what_could_not_be_read_cannot_be_written() -> None:
    case = case_from_json({"labs": {"mma_umol_l": "high"}}, TODAY)
    with pytest.raises(ValueError, match="unreadable"):
        case_to_json(case)
