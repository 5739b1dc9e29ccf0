"""The form as the record fills it: what is known, with its date, and nothing that is not."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from interpretation.guideline import edition_for, interpret
from interpretation.guideline.quantity import Comparator, Quantity
from interpretation.guideline.vocabulary import (
    Analyte,
    LimitKey,
    MonitoringConclusion,
    Regimen,
    Serology,
)
from interpretation.guideline.vocabulary import Test as Lab
from patients.models import Assessment, CourseEvent, Patient, TreatmentCourse
from patients.reading.record_case import case_form, form_data_from_record, weeks_by_record
from patients.rules.answered import answered
from patients.rules.course_plan import CHANGES, STARTS
from tests.patients import builders

pytestmark = [pytest.mark.django_db, pytest.mark.parametrize("language", ["nb"])]
TODAY = builders.TODAY
START = date(2026, 2, 2)
LATER = date(2026, 2, 20)


def filled(of: Patient, **more: Any) -> dict[str, list[str]]:
    return form_data_from_record(of, TODAY, **more)


def signed(of: Patient, as_of: date = TODAY, **form_data: list[str]) -> Assessment:
    return builders.draft(
        of, state="signed", as_of=as_of, form_data=form_data, case={}, result={},
        signed_at=builders.NOW, signed_by=builders.user(),
    )  # fmt: skip


def treated(of: Patient, regimen: str = "im_5_days_then_oral", **fields: Any) -> TreatmentCourse:
    course = builders.course(of, started_on=START, **fields)
    event(course, "started", START, regimen)
    return course


def found_antibodies(of: Patient, sampled_on: date = TODAY) -> None:
    result = builders.result(of, "anti_if", sampled_on=sampled_on, unit="", finding="positive")
    type(result).objects.filter(pk=result.pk).update(value=None)


def event(course: TreatmentCourse, kind: str, on: date, regimen: str = "") -> None:
    CourseEvent.objects.create(
        course=course, kind=kind, on=on, regimen=regimen,
        recorded_at=builders.NOW, recorded_by=builders.user(),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("birth_date", "age"),
    [
        (date(1962, 3, 2), "64"),
        (date(1962, 3, 3), "63"),
        (date(1962, 3, 1), "64"),
        (date(2024, 3, 2), "2"),
        (date(2024, 3, 3), "1,9"),
        (date(2025, 9, 2), "0,5"),
        (date(2026, 3, 2), "0,0"),
    ],
)
def test_it_counts_the_age_on_the_day(birth_date: date, age: str) -> None:
    assert filled(builders.patient(birth_date=birth_date))["age"] == [age]


def test_a_sex_that_is_not_known_is_left_open() -> None:
    assert "sex" not in filled(builders.patient(sex=""))


def test_it_takes_the_newest_result_of_each_analysis_with_its_own_date() -> None:
    of = builders.patient()
    builders.result(of, value="300", sampled_on=date(2024, 1, 1))
    builders.result(of, value="143", sampled_on=LATER)
    builders.result(of, "ferritin_ug_l", "1234.5", unit="µg/L", sampled_on=date(2025, 1, 1))
    data = filled(of)
    assert data["total_b12_pmol_l"] == ["143"]
    assert data["date_total_b12_pmol_l"] == ["2026-02-20"]
    assert data["date_ferritin_ug_l"] == ["2025-01-01"]


def test_the_form_reads_back_exactly_what_is_stored() -> None:
    of = builders.patient()
    builders.result(of, value="60", comparator="<")
    builders.result(of, "ferritin_ug_l", "1234.5", unit="µg/L")
    values = case_form(filled(of), TODAY)
    assert values.is_valid()
    assert values.case().results.values == {
        Analyte.TOTAL_B12: Quantity(Decimal(60), "pmol/L", Comparator.LESS),
        Analyte.FERRITIN: Quantity(Decimal("1234.5"), "µg/L"),
    }


def test_what_was_corrected_withdrawn_or_sampled_later_does_not_count() -> None:
    of = builders.patient()
    first = builders.result(of, value="14")
    builders.result(of, value="140", corrects=first)
    builders.result(of, "mma_umol_l", "0.9", withdrawn=True)
    builders.result(of, "ferritin_ug_l", "40", sampled_on=date(2026, 3, 3))
    data = filled(of)
    assert data["total_b12_pmol_l"] == ["140"]
    assert not {"mma_umol_l", "ferritin_ug_l"} & set(data)


def test_answers_in_words_and_a_fasting_sample_are_filled() -> None:
    of = builders.patient()
    found_antibodies(of)
    builders.result(of, "gastrin_pmol_l", "30", fasting=False)
    data = filled(of)
    assert (data["anti_if"], data["gastrin_fasting"]) == (["positive"], ["no"])
    assert case_form(data, TODAY).is_valid()


@pytest.mark.parametrize(
    ("source", "expected"),
    [("answer", {"200"}), ("laboratory", {"200"}), ("default", set()), ("", set())],
)
def test_only_the_laboratorys_own_limits_are_filled(source: str, expected: set[str]) -> None:
    of = builders.patient()
    limits: dict[str, Any] = {
        "lower_limit": Decimal(200),
        "upper_limit": Decimal(700),
        "limit_source": source,
    }
    builders.result(of, **limits)
    assert set(filled(of).get(LimitKey.TOTAL_B12_LOWER, [])) == expected


def test_an_old_result_is_filled_and_marked_old_by_the_form() -> None:
    of = builders.patient()
    builders.result(of, sampled_on=date(2025, 6, 1))
    form = case_form(filled(of), TODAY)
    form.is_valid()
    assert form.old_results() == (Analyte.TOTAL_B12,)


def test_risks_medicines_and_circumstances_come_from_the_last_signed_assessment() -> None:
    of = builders.patient()
    signed(of, date(2025, 1, 1), risk_factors=["vegan"])
    signed(of, date(2026, 1, 1), risk_factors=["vegetarian"], circumstances=["pregnant"])
    builders.draft(of, form_data={"risk_factors": ["b12_poor_diet"]})
    data = filled(of)
    assert (data["risk_factors"], data["circumstances"]) == (["vegetarian"], ["pregnant"])


def test_a_correction_counts_from_its_signature() -> None:
    of = builders.patient()
    old = signed(of, risk_factors=["vegan"])
    correction = builders.draft(of, corrects=old, form_data={"risk_factors": ["vegetarian"]})
    assert filled(of)["risk_factors"] == ["vegan"]
    Assessment.objects.filter(pk=correction.pk).update(
        state="signed", as_of=date(2026, 1, 1), signed_at=builders.NOW,
        signed_by=builders.user(), case={}, result={},
    )  # fmt: skip
    assert filled(of)["risk_factors"] == ["vegetarian"]


def test_a_pregnancy_of_long_ago_is_not_carried_on() -> None:
    of = builders.patient()
    signed(of, date(2025, 1, 1), circumstances=["pregnant", "estrogen_contraception"])
    assert filled(of)["circumstances"] == ["estrogen_contraception"]


def test_symptoms_and_codes_that_the_form_does_not_know_are_not_carried_on() -> None:
    of = builders.patient()
    signed(of, symptoms=["fatigue"], risk_factors=["a_code_of_old"])
    assert not {"symptoms", "risk_factors"} & set(filled(of))


def test_on_treatment_the_values_now_are_those_since_the_start() -> None:
    of = builders.patient()
    treated(of)
    builders.result(of, "haemoglobin_g_dl", "9.1", sampled_on=START)
    builders.result(of, "haemoglobin_g_dl", "10.2", sampled_on=LATER)
    builders.result(of, value="90", sampled_on=date(2026, 1, 20))
    data = filled(of)
    assert data["haemoglobin_g_dl"] == ["10,2"]
    assert data["baseline_haemoglobin_g_dl"] == ["9,1"]
    assert data["baseline_total_b12_pmol_l"] == ["90"]
    assert "total_b12_pmol_l" not in data


def test_a_metabolite_of_the_second_week_is_no_value_of_the_third_month() -> None:
    of = builders.patient()
    course = builders.course(of, started_on=date(2025, 11, 28))
    event(course, "started", course.started_on, "im_5_days_then_oral")
    builders.result(of, "haemoglobin_g_dl", "9.8", sampled_on=course.started_on)
    builders.result(of, "mma_umol_l", "0.6", sampled_on=date(2025, 12, 7))
    for code, value in (("ferritin_ug_l", "9"), ("haemoglobin_g_dl", "12.6"), ("mcv_fl", "89")):
        builders.result(of, code, value, sampled_on=date(2026, 2, 27))
    builders.result(of, value="410", sampled_on=date(2026, 2, 27))
    visit = builders.control(
        of, course=course, earliest=date(2026, 1, 28), latest=date(2026, 2, 28)
    )
    for data in (filled(of), filled(of, control=visit)):
        form = case_form(data, TODAY)
        assert form.is_valid()
        case = form.case()
        assert case.results.get(Analyte.MMA) is None
        answer = interpret(case, edition_for(TODAY))
        assert answer.monitoring is MonitoringConclusion.IRON_DEFICIENCY


def test_after_a_stop_the_values_under_treatment_are_no_values_of_now() -> None:
    of = builders.patient()
    course = treated(of, stopped_on=LATER)
    event(course, "stopped", LATER)
    builders.result(of, value="410", sampled_on=LATER)
    assert "total_b12_pmol_l" not in filled(of)


def test_on_treatment_kidney_function_and_antibodies_of_before_still_count() -> None:
    of = builders.patient()
    treated(of)
    builders.result(of, "creatinine_umol_l", "70", sampled_on=date(2026, 1, 1))
    found_antibodies(of, START)
    case = case_form(filled(of), TODAY)
    case.is_valid()
    assert case.case().results.anti_if is Serology.POSITIVE
    assert case.case().results.get(Analyte.CREATININE) is not None


def test_on_treatment_the_form_says_what_is_given_and_since_when() -> None:
    of = builders.patient()
    treated(of, cause="Pernisiøs anemi")
    form = case_form(filled(of), TODAY)
    assert form.is_valid()
    status = form.case().treatment_status
    assert status is not None
    assert (status.on_treatment, status.weeks_since_start) == (True, Decimal(4))
    assert (status.regimen, status.cause_known) == (Regimen.IM_5_DAYS_THEN_ORAL, True)


def test_the_regimen_is_the_last_one_decided_by_today() -> None:
    of = builders.patient()
    course = treated(of)
    event(course, "dose_changed", LATER, "oral_2mg")
    event(course, "dose_changed", date(2026, 4, 1), "oral_uncomplicated")
    assert filled(of)["regimen"] == ["oral_2mg"]


def test_weeks_are_counted_from_the_last_start() -> None:
    of = builders.patient()
    course = treated(of)
    event(course, "stopped", date(2026, 2, 10))
    event(course, "restarted", LATER, "oral_2mg")
    assert filled(of)["weeks_since_start"] == ["1,5"]


def test_injections_that_replace_tablets_count_as_a_start() -> None:
    of = builders.patient()
    course = treated(of, "oral_uncomplicated")
    event(course, "switched", LATER, "restart_parenteral")
    builders.result(of, "haemoglobin_g_dl", "9.9", sampled_on=LATER)
    data = filled(of)
    assert data["weeks_since_start"] == ["1,5"]
    assert data["baseline_haemoglobin_g_dl"] == ["9,9"]


@pytest.mark.parametrize(
    ("days", "weeks", "again"), [(13, "1,9", 14), (14, "2", 14 + 28), (15, "2,2", 15 + 28)]
)
def test_the_control_after_two_weeks_is_counted_in_days(days: int, weeks: str, again: int) -> None:
    of, today = builders.patient(), START + timedelta(days=days)
    treated(of, "treatment_trial_oral", trial=True)
    data = form_data_from_record(of, today)
    answer = answered(data, today)
    assert data["weeks_since_start"] == [weeks]
    assert answer is not None
    mma, later = answer.result.follow_up
    assert (mma.check, mma.earliest) == ((Lab.MMA,), START + timedelta(days=again))
    assert later.start == START


def test_the_weeks_of_treatment_are_those_of_the_course_that_is_given() -> None:
    of = builders.patient()
    assert weeks_by_record(of, TODAY) is None
    course = treated(of)
    assert weeks_by_record(of, START - timedelta(days=1)) is None
    assert weeks_by_record(of, START + timedelta(days=13)) == Decimal("1.9")
    event(course, "stopped", LATER)
    course.stopped_on = LATER
    course.save()
    assert weeks_by_record(of, LATER - timedelta(days=1)) is not None
    assert weeks_by_record(of, LATER) is None


def test_a_likely_group_of_causes_is_no_known_cause() -> None:
    of = builders.patient()
    treated(of, cause_group="2_malabsorption")
    assert "cause_known" not in filled(of)


@pytest.mark.parametrize("regimen", [*STARTS, *CHANGES])
def test_every_regimen_of_a_course_is_told(regimen: str) -> None:
    of = builders.patient()
    treated(of, regimen)
    form = case_form(filled(of), TODAY)
    assert form.is_valid()
    status = form.case().treatment_status
    assert status is not None
    assert status.regimen is not None


def test_a_stopped_treatment_is_told_as_stopped() -> None:
    of = builders.patient()
    treated(of, stopped_on=date(2026, 1, 3))
    data = filled(of)
    assert (data["treatment"], data["stopped_months_ago"]) == (["stopped"], ["1"])
    assert "weeks_since_start" not in data


def test_neurological_symptoms_that_are_treated_stay() -> None:
    of = builders.patient()
    signed(of, symptoms=["fatigue", "paraesthesia"])
    treated(of, neurological=True)
    assert filled(of)["symptoms"] == ["paraesthesia"]


def test_a_control_is_filled_from_its_own_course() -> None:
    of = builders.patient()
    course = treated(of, stopped_on=LATER)
    builders.course(of, started_on=date(2026, 3, 1))
    control = builders.control(of, course=course)
    assert filled(of)["treatment"] == ["ongoing"]
    assert filled(of, control=control)["treatment"] == ["stopped"]


def test_it_asks_the_same_number_of_queries_however_many_results(
    django_assert_num_queries: Any,
) -> None:
    of = builders.patient()
    treated(of)
    for day in range(1, 21):
        builders.result(of, sampled_on=date(2025, 5, day))
    with django_assert_num_queries(3):
        filled(of)
