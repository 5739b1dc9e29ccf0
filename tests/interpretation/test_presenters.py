"""An interpretation in finished strings."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.utils import translation

from interpretation.guideline import Case, Interpretation, TreatmentStatus, interpret
from interpretation.guideline.case import Results
from interpretation.guideline.interpretation import CauseWorkup, Control, Treatment
from interpretation.guideline.quantity import Conversion, Quantity
from interpretation.guideline.vocabulary import (
    Analyte,
    CauseGroup,
    Caveat,
    Conclusion,
    ControlTime,
    Duration,
    MonitoringConclusion,
    Pathway,
    Regimen,
    Serology,
    Sex,
    Strength,
    Symptom,
    Test,
)
from interpretation.presenters import Answer, present
from interpretation.presenters.journal import case_summary

from .guideline.builders import TODAY, case, edition

SAMPLE = date(2026, 2, 27)


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


def answer(result: Interpretation, of: Case | None = None) -> Answer:
    return present(result, of or case(), edition(), {}, ())


def result(conclusion: Conclusion | None = Conclusion.POSSIBLE, **given: Any) -> Interpretation:
    return Interpretation(edition="2018", as_of=TODAY, conclusion=conclusion, **given)


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def test_the_conclusion_is_one_sentence() -> None:
    for conclusion in Conclusion:
        text = answer(result(conclusion)).conclusion
        assert text.endswith(".")
        assert text.count(".") == 1


def test_a_control_shows_what_it_found_and_not_a_diagnosis() -> None:
    shown = answer(result(None, monitoring=MonitoringConclusion.HYPOKALAEMIA))
    assert "Potassium" in shown.conclusion
    assert shown.label == "Control under treatment"


def test_without_conclusion_it_says_what_to_do() -> None:
    assert "entered" in answer(result(None)).conclusion
    prevention = Treatment(Regimen.PROPHYLAXIS_ORAL_1MG, strength=Strength.START)
    assert answer(result(None, treatment=prevention)).label == "Prevention"


def test_what_must_not_wait_is_the_first_thing_to_do() -> None:
    shown = answer(
        result(
            treatment=Treatment(Regimen.IM_5_DAYS_THEN_ORAL, strength=Strength.START),
            next_tests=(Test.ANTI_IF,),
            caveats=(Caveat.NO_GOLD_STANDARD, Caveat.DO_NOT_DELAY_NEURO),
        )
    )
    assert "wait" in shown.actions[0]
    assert shown.actions[-1].startswith("Order:")


def test_a_treatment_to_consider_is_not_an_order() -> None:
    trial = Treatment(Regimen.TREATMENT_TRIAL_ORAL, strength=Strength.CONSIDER)
    assert answer(result(treatment=trial)).actions[0].startswith("Consider")


def test_what_is_missing_stands_apart_from_the_caveats_with_its_reason() -> None:
    shown = answer(result(caveats=(Caveat.MISSING_MMA, Caveat.NO_GOLD_STANDARD)))
    assert len(shown.missing) == len(shown.caveats) == 1
    assert shown.missing[0].reason


def test_caveats_keep_the_order_of_importance() -> None:
    order = (Caveat.HCY_NONSPECIFIC, Caveat.NO_GOLD_STANDARD, Caveat.ORAL_PREFERRED)
    shown = answer(result(caveats=order))
    backwards = answer(result(caveats=order[::-1]))
    assert shown.caveats == backwards.caveats[::-1]


def test_alternatives_come_with_their_doses() -> None:
    treatment = Treatment(
        Regimen.ORAL_UNCOMPLICATED,
        alternatives=(Regimen.IM_5_DAYS_THEN_ORAL,),
        strength=Strength.START,
        doses=edition().regimens[Regimen.ORAL_UNCOMPLICATED].doses,
        duration=Duration.LIFELONG,
        iron=True,
    )
    shown = answer(result(treatment=treatment))
    assert shown.treatment is not None
    assert [line.dose for line in shown.treatment.doses] == ["2 mg", "1 mg"]
    assert len(shown.alternatives[0].doses) == 3
    assert shown.treatment_notes == ["Duration: Lifelong", "Give iron."]


@pytest.mark.parametrize(
    ("cause_known", "notes"),
    [(True, []), (False, ["Duration: Until the cause is known; then decide on the duration"])],
)
def test_nothing_lasts_until_a_cause_is_known_that_has_been_stated(
    cause_known: bool, notes: list[str]
) -> None:
    status = TreatmentStatus(
        on_treatment=True,
        regimen=Regimen.CONTINUE_IM_MAINTENANCE,
        weeks_since_start=Decimal(52),
        cause_known=cause_known,
    )
    of = case(treatment_status=status)
    assert answer(interpret(of, edition()), of).treatment_notes == notes


def planned(when: ControlTime, *check: Test, start: date | None = TODAY) -> Control:
    return Control(when, check, start, edition().controls[when])


def test_a_control_has_its_window_in_dates() -> None:
    control = planned(ControlTime.TWO_TO_THREE_MONTHS, Test.HAEMOGLOBIN)
    (shown,) = answer(result(follow_up=(control,))).controls
    assert shown.dates == "27 April 2026 – 1 June 2026"
    assert shown.from_guideline


def test_controls_that_fall_together_are_one_visit() -> None:
    early = planned(ControlTime.DAY_7_TO_14, Test.HAEMOGLOBIN)
    trial = planned(ControlTime.TWO_WEEKS, Test.MMA, Test.HAEMOGLOBIN)
    (shown,) = answer(result(follow_up=(early, trial))).controls
    assert shown.dates == "16 March 2026"
    assert shown.when == "Day 7 to 14, After 2 weeks"
    assert shown.check.count("Haemoglobin") == 1


def test_a_control_at_a_time_of_ours_is_marked() -> None:
    control = planned(ControlTime.AFTER_SOME_MONTHS, Test.MMA)
    assert not answer(result(follow_up=(control,))).controls[0].from_guideline


def test_a_control_without_a_known_start_says_so() -> None:
    control = planned(ControlTime.ANNUAL_AFTER_STOPPING, Test.TOTAL_B12, start=None)
    assert "depends" in answer(result(follow_up=(control,))).controls[0].dates


def test_controls_under_treatment_are_not_counted_from_today() -> None:
    treated = case(treatment_status=TreatmentStatus(on_treatment=True))
    assert "today" not in answer(result(), treated).controls_note
    assert "today" in answer(result()).controls_note


def test_a_check_without_treatment_does_not_speak_of_a_start() -> None:
    assert answer(result()).controls_note == "Counted from today."
    given = result(treatment=Treatment(Regimen.ORAL_UNCOMPLICATED, strength=Strength.START))
    assert "treatment starts" in answer(given).controls_note


def test_no_cause_is_spoken_of_where_deficiency_is_unlikely() -> None:
    closed = result(Conclusion.UNLIKELY, cause_workup=CauseWorkup(False))
    obvious = result(Conclusion.CONFIRMED, cause_workup=CauseWorkup(False))
    assert answer(closed).cause == ""
    assert answer(obvious).cause


def test_the_cause_says_whether_to_look_for_it() -> None:
    needed = CauseWorkup(True, (Test.ANTI_IF,), None)
    obvious = CauseWorkup(False, (), CauseGroup.INTAKE)
    assert answer(result(cause_workup=needed)).cause == "Look for the cause."
    assert "intake" in answer(result(cause_workup=obvious)).cause
    assert answer(result()).cause == ""


def test_a_conversion_shows_both_values() -> None:
    given, own = Quantity(Decimal(310), "nmol/L"), Quantity(Decimal("0.310"), "µmol/L")
    (text,) = answer(
        result(conversions=(Conversion("mma_umol_l", given, own, Decimal("0.001")),))
    ).conversions
    assert "310 nmol/L" in plain(text)
    assert "0.310 µmol/L" in plain(text)


def test_a_number_that_is_not_from_the_guideline_is_shown_with_its_value() -> None:
    shown = answer(result(not_from_guideline=("egfr_reduced", "adult_age")))
    assert plain(shown.not_from_guideline[0]).endswith("60 mL/min/1.73 m²")
    assert shown.not_from_guideline[1].endswith("18 years")


def test_each_step_has_a_reason_and_one_sentence_for_each_branch_not_taken() -> None:
    of = case(values={Analyte.TOTAL_B12: "180", Analyte.MMA: "0.31"})
    found = interpret(of, edition())
    shown = answer(found, of)
    assert len(shown.steps) == len(found.trace)
    for text, step in zip(shown.steps, found.trace, strict=True):
        assert text.reason
        assert len(text.not_taken) == len(step.not_taken)


def test_the_sections_cited_are_those_of_the_statements_in_the_trace() -> None:
    of = case(values={Analyte.TOTAL_B12: "300"})
    assert any(
        "Flowchart 2" in section for section in answer(interpret(of, edition()), of).sections
    )


# The text for the record


@pytest.mark.parametrize(
    "of",
    [
        case(None),
        case(values={Analyte.TOTAL_B12: "300"}),
        case(
            Pathway.STRONG_SUSPICION,
            {Analyte.TOTAL_B12: "80", Analyte.MMA: "1.2", Analyte.HAEMOGLOBIN: "7.1"},
            Serology.POSITIVE,
            symptoms=frozenset({Symptom.ATAXIA, Symptom.MACROCYTIC_ANAEMIA}),
        ),
        Case(as_of=TODAY),
    ],
)
@pytest.mark.parametrize("language", ["en", "nb"])
def test_the_text_for_the_record_has_5_to_12_plain_lines(of: Case, language: str) -> None:
    with translation.override(language):
        text = present(interpret(of, edition()), of, edition(), {}, ()).journal
    lines = text.split("\n")
    assert 5 <= len(lines) <= 12
    assert all(line.strip() for line in lines)
    assert "<" not in text
    assert "2018" in lines[-1]


def test_the_summary_has_values_with_units_and_dates() -> None:
    of = case(values={Analyte.TOTAL_B12: "<60"}, age=Decimal("71.5"), pregnant=True)
    lines = case_summary(of, {Analyte.TOTAL_B12: SAMPLE})
    assert lines[0] == "Female, 71.5 years, pregnant."
    assert "<60 pmol/L (27 Feb 2026)" in plain(lines[-1])


def test_the_summary_says_what_is_not_stated() -> None:
    lines = case_summary(Case(as_of=TODAY), {})
    assert lines == ["Sex not stated, age not stated.", "Results: none."]


def test_answers_in_words_are_part_of_the_results() -> None:
    of = case(sex=Sex.MALE)
    of = Case(as_of=TODAY, sex=of.sex, results=Results(anti_if=Serology.NEGATIVE))
    assert "Negative" in case_summary(of, {})[-1]


def test_numbers_and_dates_are_written_in_the_active_language() -> None:
    of = case(values={Analyte.MMA: "0.31"})
    with translation.override("nb"):
        assert "0,31" in case_summary(of, {})[-1]
    assert "0.31" in case_summary(of, {})[-1]


DECLINED = "The patient declines vitamin B12: offer what is advised again at the next control."


def test_a_patient_who_declines_is_named_before_the_rest_of_the_plan() -> None:
    declines = case(values={Analyte.TOTAL_B12: "80"}, patient_declines_treatment=True)
    shown = answer(interpret(declines, edition()), declines)
    assert shown.actions[0] == DECLINED
    assert f"Plan: {DECLINED.rstrip('.')}" in shown.journal


def test_who_declines_to_go_on_is_not_told_to_go_on() -> None:
    treatment = Treatment(alternatives=(Regimen.CONTINUE_ORAL_1MG,))
    given = result(None, monitoring=MonitoringConclusion.ADEQUATE, treatment=treatment)
    assert answer(given).actions == [DECLINED]


def test_low_potassium_is_treated_also_when_b12_is_declined() -> None:
    treatment = Treatment(alternatives=(Regimen.CONTINUE_CURRENT,))
    given = result(None, monitoring=MonitoringConclusion.HYPOKALAEMIA, treatment=treatment)
    assert len(answer(given).actions) == 2


def test_prevention_that_waits_for_tests_is_not_declined() -> None:
    treatment = Treatment(alternatives=(Regimen.PROPHYLAXIS_DIET_SUPPLEMENT,))
    assert answer(result(Conclusion.FURTHER_TESTS, treatment=treatment)).actions == []
    assert answer(result(Conclusion.UNLIKELY, treatment=treatment)).actions == [DECLINED]
    assert answer(result(Conclusion.UNLIKELY)).actions == []


def test_what_prevents_after_stopping_is_said_at_once() -> None:
    treatment = Treatment(
        Regimen.STOP_B12,
        (Regimen.PROPHYLAXIS_DIET_SUPPLEMENT, Regimen.CONTINUE_ORAL_1MG),
        Strength.START,
    )
    assert answer(result(None, treatment=treatment)).actions == [
        "Stop vitamin B12.",
        "Advise a daily dietary supplement that contains B12.",
    ]
