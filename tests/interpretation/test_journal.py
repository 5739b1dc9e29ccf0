"""The plain text for the record says what was used, and says it whole."""

from collections.abc import Iterator
from decimal import Decimal

import pytest
from django.utils import translation

from interpretation.contract import case_from_json
from interpretation.guideline import Case, TreatmentStatus, interpret
from interpretation.guideline.vocabulary import Analyte, Pathway, Regimen, Risk, Symptom, Test
from interpretation.presenters import present

from .guideline.builders import TODAY, case, edition


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


def record(of: Case) -> str:
    text = present(interpret(of, edition()), of, edition(), {}, ()).journal
    return text.replace("\u00a0", " ")


def test_a_refused_value_is_no_result_in_the_record() -> None:
    text = record(case(values={Analyte.TOTAL_B12: "80", Analyte.HAEMOGLOBIN: "118"}))
    results = next(line for line in text.splitlines() if line.startswith("Results"))
    assert "80 pmol/L" in results
    assert "118" not in results


def test_a_converted_value_stands_as_it_was_given_and_as_it_was_read() -> None:
    given = {"value": Decimal(300), "unit": "pg/mL"}
    text = record(case_from_json({"age": Decimal(50), "labs": {"total_b12_pmol_l": given}}, TODAY))
    assert "300 pg/mL (= 221.34 pmol/L)" in text


def test_a_dose_that_the_guideline_does_not_state_says_so() -> None:
    trial = record(case(values={Analyte.TOTAL_B12: "180", Analyte.MMA: "0,40"}))
    treatment = next(line for line in trial.splitlines() if line.startswith("Treatment"))
    assert "guideline does not state" in treatment


def test_a_control_says_what_to_measure_and_whether_its_time_is_the_guidelines() -> None:
    severe = case(
        Pathway.STRONG_SUSPICION,
        {Analyte.TOTAL_B12: "60", Analyte.HAEMOGLOBIN: "7,0"},
        symptoms=frozenset({Symptom.ATAXIA, Symptom.MACROCYTIC_ANAEMIA}),
    )
    controls = next(line for line in record(severe).splitlines() if line.startswith("Controls"))
    assert "Potassium" in controls
    assert "not from the guideline" in controls


def test_the_record_says_how_many_caveats_it_leaves_out() -> None:
    severe = case(Pathway.STRONG_SUSPICION, {Analyte.TOTAL_B12: "60"})
    left_out = len(interpret(severe, edition()).caveats) - 3
    assert left_out > 0
    assert f"{left_out} more points were shown" in record(severe)


def test_a_late_control_without_results_names_what_should_have_been_measured() -> None:
    status = TreatmentStatus(
        on_treatment=True, regimen=Regimen.ORAL_UNCOMPLICATED, weeks_since_start=Decimal(12)
    )
    answer = interpret(case(treatment_status=status), edition())
    assert {Test.TOTAL_B12, Test.HAEMOGLOBIN, Test.MCV_MCH, Test.FERRITIN} <= {*answer.next_tests}


def test_a_check_to_be_considered_is_not_written_as_planned() -> None:
    text = record(
        case(values={Analyte.TOTAL_B12: "180", Analyte.MMA: "0,15", Analyte.HOMOCYSTEINE: "9"})
    )
    assert "may be considered" in text


def test_a_control_after_stopping_waits_for_the_day_of_stopping() -> None:
    vegan = case(
        values={Analyte.TOTAL_B12: "120", Analyte.MMA: "0,85"}, risk_factors=frozenset({Risk.VEGAN})
    )
    assert "depends on when the treatment stops" in record(vegan)
