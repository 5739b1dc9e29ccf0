"""What a start takes over from a signed assessment, from the case that was frozen."""

from dataclasses import replace
from typing import Any

import pytest

from interpretation.contract import case_to_json, interpretation_to_json
from interpretation.guideline import Case, interpret
from interpretation.guideline.vocabulary import Analyte, Pathway, Risk, Serology, Symptom
from patients.models import Assessment, AssessmentState
from patients.reading.course_facts import CourseFacts, facts_of, is_advised
from tests.interpretation.guideline import builders as cases

from .. import builders

pytestmark = pytest.mark.django_db


def signed(case: Case, **fields: Any) -> Assessment:
    """As signing freezes it."""
    result = interpret(case, cases.edition())
    return builders.draft(
        builders.patient(),
        state=AssessmentState.SIGNED,
        signed_at=builders.NOW,
        signed_by=builders.user(),
        case=case_to_json(case),
        edition="2018",
        result=interpretation_to_json(result),
        guideline_regimen=result.treatment.regimen,
        **{"chosen_regimen": result.treatment.regimen} | fields,
    )


def strong(values: dict[Analyte, str], *symptoms: Symptom, **given: Any) -> Case:
    case = cases.case(Pathway.STRONG_SUSPICION, values, **given)
    return replace(case, symptoms=frozenset(symptoms) or case.symptoms)


def facts(case: Case, **fields: Any) -> CourseFacts:
    return facts_of(signed(case, **fields))


LOW = {Analyte.TOTAL_B12: "90"}


def test_the_chosen_treatment_and_what_the_guideline_allows_beside_it() -> None:
    found = facts(strong(LOW, Symptom.ATAXIA))
    assert found.regimen == "im_5_days_then_oral"
    assert found.advised == ("im_5_days_then_oral", "im_5_days_then_im_hydroxo")
    assert (found.neurological, found.severe_anaemia) == (True, False)


def test_what_the_doctor_chose_otherwise_has_its_reason_already() -> None:
    found = facts(strong(LOW, Symptom.ATAXIA), chosen_regimen="oral_2mg")
    assert found.regimen == "oral_2mg"
    assert is_advised(found, "oral_2mg")
    assert not is_advised(found, "low_dose_triobe")


def test_without_an_assessment_nothing_is_against_a_treatment() -> None:
    assert is_advised(None, "low_dose_triobe")


@pytest.mark.parametrize(
    ("haemoglobin", "severe", "anaemic"),
    [("7.9", True, True), ("8.0", False, True), ("11.6", False, True), ("11.7", False, False)],
)
def test_anaemia_is_read_from_the_frozen_results(
    haemoglobin: str, severe: bool, anaemic: bool
) -> None:
    values = LOW | {Analyte.HAEMOGLOBIN: haemoglobin, Analyte.MCV: "112"}
    found = facts(strong(values, Symptom.PARAESTHESIA))
    assert (found.severe_anaemia, found.anaemia) == (severe, anaemic)


def test_a_nerve_sign_alone_is_no_severe_anaemia() -> None:
    found = facts(strong(LOW | {Analyte.HAEMOGLOBIN: "10"}, Symptom.ATAXIA, Symptom.DYSPNOEA))
    assert (found.neurological, found.anaemia, found.severe_anaemia) == (True, True, False)


def test_the_cause_is_put_into_words() -> None:
    risks = frozenset({Risk.GASTRIC_BYPASS, Risk.LONG_TERM_METFORMIN, Risk.ELDERLY})
    found = facts(strong(LOW, risk_factors=risks))
    assert found.cause_group == "2_malabsorption"
    assert found.duration == "lifelong"
    assert len(found.cause.split(", ")) == 2


def test_positive_anti_if_is_a_cause_and_asks_for_gastroscopy() -> None:
    found = facts(strong(LOW, anti_if=Serology.POSITIVE))
    assert "IF" in found.cause
    assert (found.duration, found.gastroscopy) == ("lifelong", True)


def test_a_trial_is_taken_over_without_a_duration() -> None:
    case = cases.case(values={Analyte.TOTAL_B12: "180", Analyte.MMA: "0.45"})
    found = facts(case)
    assert (found.regimen, found.duration) == ("treatment_trial_oral", "")
