"""Fields, differences and signatures in words."""

from decimal import Decimal
from typing import Any

import pytest
from django.utils import translation

from interpretation.forms import CaseForm
from patients.models import Patient
from patients.presenters import assessments as words
from tests.patients.builders import TODAY


@pytest.fixture(autouse=True)
def _english() -> Any:
    with translation.override("en"):
        yield


@pytest.mark.parametrize(
    ("name", "data", "shown"),
    [
        ("age", {"age": ["63"]}, "63"),
        ("total_b12_pmol_l", {"total_b12_pmol_l": ["<60"]}, "<60 pmol/L"),
        ("total_b12_pmol_l", {"total_b12_pmol_l": ["406"], "total_b12_pmol_l_unit": ["pg/mL"]},
         "406 pg/mL"),
        ("total_b12_pmol_l", {"total_b12_pmol_l": ["406 pg/mL"]}, "406 pg/mL"),
        ("mma_upper_umol_l", {"mma_upper_umol_l": ["0,26"]}, "0,26 µmol/L"),
        ("date_mma_umol_l", {"date_mma_umol_l": ["2026-03-01"]}, "1 Mar 2026"),
        ("date_mma_umol_l", {"date_mma_umol_l": ["yesterday"]}, "yesterday"),
        ("symptoms", {"symptoms": ["fatigue"]}, "Weakness"),
        ("symptoms", {"symptoms": ["a_code_of_old"]}, "a_code_of_old"),
        ("age", {}, ""),
    ],
)  # fmt: skip
def test_a_field_is_shown_as_it_was_typed_or_chosen(
    name: str, data: dict[str, list[str]], shown: str
) -> None:
    assert words.shown(name, data) == shown


def test_every_field_has_a_label_of_its_own() -> None:
    labels = [words.label(name) for name in CaseForm.base_fields]
    assert len(set(labels)) == len(labels)


def test_what_two_people_filled_alike_is_no_difference() -> None:
    mine = {"age": ["63"], "mma_umol_l": ["1,2"], "mma_umol_l_unit": ["nmol/L"], "sex": ["male"]}
    theirs = {"age": ["63"], "mma_umol_l": ["1,2"], "mma_umol_l_unit": ["µmol/L"]}
    found = [(item.name, item.mine, item.theirs) for item in words.differing(mine, theirs)]
    assert found == [("sex", "Male", "nothing"), ("mma_umol_l", "1,2 nmol/L", "1,2 µmol/L")]


def test_another_order_and_the_unit_that_goes_without_saying_are_no_difference() -> None:
    mine = {"symptoms": ["fatigue", "ataxia"], "mma_umol_l": ["1"]}
    theirs = {"symptoms": ["ataxia", "fatigue"], "mma_umol_l": ["1"], "mma_umol_l_unit": ["µmol/L"]}
    assert words.differing(mine, theirs) == []


@pytest.mark.parametrize(
    ("data", "notes"),
    [
        ({}, 0),
        ({"age": ["63"], "sex": ["female"]}, 0),
        ({"age": ["63,5"]}, 0),
        ({"age": ["62"]}, 1),
        ({"age": ["64"], "sex": ["male"]}, 2),
        ({"age": ["sixty"]}, 1),
    ],
)
def test_an_age_or_sex_unlike_the_record_is_pointed_out(
    data: dict[str, list[str]], notes: int
) -> None:
    of = Patient(birth_date=TODAY.replace(year=1962, month=5), sex="female")
    assert len(words.unlike_record(data, of, TODAY, None)) == notes


@pytest.mark.parametrize(
    ("typed", "by_record", "notes"),
    [
        ("1,9", "1.9", 0),
        ("1.9", "1.9", 0),
        ("1", "1.9", 0),  # whole weeks
        ("1,5", "1.9", 1),
        ("2", "1.9", 1),
        ("2", "2", 0),
        ("2", None, 0),
        ("", "2", 0),
    ],
)
def test_weeks_of_treatment_unlike_the_record_are_pointed_out(
    typed: str, by_record: str | None, notes: int
) -> None:
    of, weeks = Patient(birth_date=TODAY), Decimal(by_record) if by_record else None
    data = {"weeks_since_start": [typed]}
    assert len(words.unlike_record(data, of, TODAY, weeks)) == notes
