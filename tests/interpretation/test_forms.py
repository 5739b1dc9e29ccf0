"""The form: what is typed ends in a ``Case``, or in a sentence at its field."""

from datetime import date
from decimal import Decimal
from typing import Any, cast

import pytest
from django.forms import MultipleChoiceField
from django.http import QueryDict

from interpretation.choices import GIVEN_REGIMENS
from interpretation.fields import RefusedError
from interpretation.forms import CaseForm
from interpretation.guideline.quantity import Comparator, Quantity
from interpretation.guideline.vocabulary import (
    Analyte,
    ErrorCode,
    LimitKey,
    OngoingRegimen,
    Pathway,
    Regimen,
    Risk,
    Serology,
    Sex,
    Symptom,
)

TODAY = date(2026, 3, 10)


def form(**data: Any) -> CaseForm:
    query = QueryDict(mutable=True)
    for name, value in data.items():
        query.setlist(name, value if isinstance(value, list) else [value])
    bound = CaseForm(query, today=TODAY)
    bound.is_valid()
    return bound


def refused(bound: CaseForm, name: str) -> RefusedError:
    (error,) = bound.errors.as_data()[name]
    assert isinstance(error, RefusedError)
    return error


@pytest.mark.parametrize(
    ("typed", "comparator", "value"),
    [
        ("0,31", "", "0.31"),
        ("0.31", "", "0.31"),
        (" 12 ", "", "12"),
        ("<0,10", "<", "0.10"),
        ("> 1,5", ">", "1.5"),
        ("≤2", "≤", "2"),
    ],
)
def test_it_reads_a_value_as_the_laboratory_prints_it(
    typed: str, comparator: str, value: str
) -> None:
    case = form(mma_umol_l=typed).case()
    expected = Quantity(Decimal(value), "µmol/L", Comparator(comparator))
    assert case.results.get(Analyte.MMA) == expected


def test_it_reads_thousands_with_a_no_break_space() -> None:
    case = form(ferritin_ug_l="1\u00a0234,5").case()
    assert case.results.get(Analyte.FERRITIN) == Quantity(Decimal("1234.5"), "µg/L")


@pytest.mark.parametrize(
    "data",
    [
        {"mma_umol_l": "310", "mma_umol_l_unit": "nmol/L"},
        {"mma_umol_l": "310 nmol/L"},
        {"mma_umol_l": "310 nmol/L", "mma_umol_l_unit": "µmol/L"},
    ],
)
def test_it_converts_a_chosen_or_a_typed_unit_and_remembers_what_was_given(data: Any) -> None:
    case = form(**data).case()
    assert case.results.get(Analyte.MMA) == Quantity(Decimal("0.310"), "µmol/L")
    (conversion,) = case.conversions
    assert conversion.given == Quantity(Decimal(310), "nmol/L")


@pytest.mark.parametrize("typed", ["femti", "1.234,5", "１２", "0,3,1", "--2"])
def test_it_refuses_what_is_not_one_number_and_keeps_what_was_typed(typed: str) -> None:
    bound = form(mma_umol_l=typed)
    assert refused(bound, "mma_umol_l").refused.code is ErrorCode.NOT_A_NUMBER
    assert bound["mma_umol_l"].value()[0] == typed
    assert bound.case().results.is_empty


def test_it_refuses_a_typed_unit_that_cannot_be_converted() -> None:
    bound = form(mma_umol_l="3 mg/mL")
    assert refused(bound, "mma_umol_l").refused.code is ErrorCode.UNKNOWN_UNIT
    assert bound.case().refused[0].field == "mma_umol_l"


@pytest.mark.parametrize("typed", ["<50", "seksti", "50,5,5"])
def test_it_takes_only_a_plain_number_as_age(typed: str) -> None:
    bound = form(age=typed)
    assert refused(bound, "age").refused.code is ErrorCode.NOT_A_NUMBER
    assert bound.case().age is None


def test_it_ends_in_a_case_with_everything_that_was_entered() -> None:
    case = form(
        age="71,5",
        sex="female",
        circumstances=["estrogen_contraception"],
        takes_b12_supplement="no",
        pathway="nonspecific",
        symptoms=["fatigue", "glossitis"],
        risk_factors=["vegan"],
        mma_upper_umol_l="0,28",
        anti_if="negative",
        plans=["post_operative"],
    ).case()
    assert case.as_of == TODAY
    assert (case.age, case.sex) == (Decimal("71.5"), Sex.FEMALE)
    assert (case.estrogen_contraception, case.pregnant) == (True, None)
    assert case.takes_b12_supplement is False
    assert case.pathway is Pathway.NONSPECIFIC
    assert case.symptoms == {Symptom.FATIGUE, Symptom.GLOSSITIS}
    assert case.risk_factors == {Risk.VEGAN}
    assert case.local_limits == {LimitKey.MMA_UPPER: Decimal("0.28")}
    assert case.results.anti_if is Serology.NEGATIVE
    assert (case.post_operative, case.patient_declines_treatment) == (True, None)


def test_what_is_left_empty_is_unknown_and_never_no() -> None:
    case = form().case()
    assert (case.pregnant, case.takes_b12_supplement, case.sex, case.age) == (None,) * 4
    assert case.treatment_status is None
    assert case.results.is_empty


def offered(name: str) -> set[str]:
    """Every code of a field with groups."""
    groups: Any = cast(MultipleChoiceField, CaseForm.base_fields[name]).choices
    return {value for _title, rows in groups for value, _label in rows}


@pytest.mark.parametrize(
    ("circumstance", "risk"), [("pregnant", Risk.PREGNANCY), ("breastfeeding", Risk.BREASTFEEDING)]
)
def test_pregnancy_and_breastfeeding_are_asked_once_and_count_as_risk(
    circumstance: str, risk: Risk
) -> None:
    assert risk in form(circumstances=[circumstance]).case().risk_factors
    assert risk not in offered("risk_factors")


def test_every_other_risk_and_every_symptom_can_be_chosen() -> None:
    assert offered("symptoms") == set(Symptom)
    assert set(Risk) - offered("risk_factors") == {Risk.PREGNANCY, Risk.BREASTFEEDING}


@pytest.mark.parametrize(
    "data",
    [
        {"sex": "other"},
        {"symptoms": ["fatigue", "headache"]},
        {"regimen": "garlic"},
        {"mma_umol_l": "0,3", "mma_umol_l_unit": "stones"},
        {"takes_b12_supplement": "maybe"},
    ],
)
def test_it_knows_that_a_code_it_does_not_offer_was_sent(data: Any) -> None:
    assert form(**data).tampered


def test_a_wrong_value_is_no_tampering() -> None:
    assert not form(mma_umol_l="x", age="y").tampered


# Dates


@pytest.mark.parametrize("typed", ["2026-03-01", "01.03.2026", "1.3.26"])
def test_it_reads_a_date_in_both_ways_of_writing(typed: str) -> None:
    dates = form(sample_date=typed, mma_umol_l="0,3").sample_dates()
    assert dates == {Analyte.MMA: date(2026, 3, 1)}


def test_a_result_with_its_own_date_does_not_take_the_common_one() -> None:
    dates = form(
        sample_date="2026-03-01",
        mma_umol_l="0,3",
        folate_nmol_l="9",
        date_folate_nmol_l="2026-02-01",
    ).sample_dates()
    assert dates == {Analyte.MMA: date(2026, 3, 1), Analyte.FOLATE: date(2026, 2, 1)}


@pytest.mark.parametrize("name", ["sample_date", "date_mma_umol_l"])
@pytest.mark.parametrize(("typed", "code"), [("2026-03-11", "future_date"), ("mars", "not_a_date")])
def test_a_date_to_come_or_no_date_is_an_error_that_stops_the_answer(
    name: str, typed: str, code: str
) -> None:
    bound = form(**{name: typed}, mma_umol_l="0,3")
    assert bound.has_error(name, code)
    assert not bound.answerable


def test_today_is_not_in_the_future() -> None:
    assert form(sample_date="2026-03-10").is_valid()


@pytest.mark.parametrize(("day", "old"), [("2025-09-07", True), ("2025-09-08", False)])
def test_a_result_gets_a_note_when_it_is_older_than_half_a_year(day: str, old: bool) -> None:
    bound = form(sample_date=day, mma_umol_l="0,3")
    assert bound.old_results() == ((Analyte.MMA,) if old else ())


# Already treated


def test_treatment_ends_in_a_treatment_status() -> None:
    status = (
        form(
            treatment="ongoing",
            regimen="oral_1mg",
            weeks_since_start="12",
            adherence="yes",
            neuro="improving",
            folate_given="5_mg_daily",
            baseline_haemoglobin_g_dl="9,8",
        )
        .case()
        .treatment_status
    )
    assert status is not None
    assert status.on_treatment is True
    assert status.regimen is OngoingRegimen.ORAL_1MG
    assert status.weeks_since_start == 12
    assert (status.adherence, status.stable) == (True, None)
    assert status.baseline.get(Analyte.HAEMOGLOBIN) == Quantity(Decimal("9.8"), "g/dL")


def test_treatment_that_was_stopped_is_not_ongoing() -> None:
    status = form(treatment="stopped", stopped_months_ago="12").case().treatment_status
    assert status is not None
    assert status.on_treatment is False
    assert status.stopped_months_ago == 12


@pytest.mark.parametrize(
    "data", [{"regimen": "oral_1mg"}, {"adherence": "no"}, {"baseline_mma_umol_l": "0,9"}]
)
def test_details_of_a_treatment_need_to_know_whether_it_goes_on(data: Any) -> None:
    bound = form(**data)
    assert bound.has_error("treatment", "treated_or_not")
    assert not bound.answerable


def test_a_refused_baseline_value_is_named_as_the_contract_names_it() -> None:
    bound = form(treatment="ongoing", baseline_mma_umol_l="x")
    assert bound.case().refused[0].field == "baseline_labs.mma_umol_l"


def test_each_regimen_that_can_be_given_is_offered_once() -> None:
    assert len(set(GIVEN_REGIMENS)) == len(GIVEN_REGIMENS)
    assert set(OngoingRegimen) < set(GIVEN_REGIMENS)
    assert Regimen.NONE not in GIVEN_REGIMENS


# What the core refuses


def test_what_the_core_refuses_comes_to_the_field_once() -> None:
    from interpretation.guideline import edition_for, interpret

    bound = form(mma_umol_l="320", age="x", sex="male", circumstances=["pregnant"])
    result = interpret(bound.case(), edition_for(TODAY))
    bound.add_refusals(result.errors)
    assert set(bound.errors) == {"mma_umol_l", "age", "circumstances"}
    assert [len(errors) for errors in bound.errors.values()] == [1, 1, 1]
    assert "nmol/L" in str(bound.errors["mma_umol_l"])


# The layout


def test_the_layout_shows_every_field_once() -> None:
    from crispy_forms.utils import render_crispy_form

    bound = form()
    render_crispy_form(bound, context={"csrf_token": "token"})
    assert bound.rendered_fields == set(bound.fields)  # type: ignore[attr-defined]


def test_forms_do_not_share_answers() -> None:
    first, second = form(age="50", mma_umol_l="x"), form(age="60")
    assert first.case().age == 50
    assert second.case().age == 60
    assert "mma_umol_l" in first.errors
    assert not second.errors
