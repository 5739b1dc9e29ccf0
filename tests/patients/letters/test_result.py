"""The result letter says what the interpretation says, and what the doctor chose."""

from datetime import date
from typing import Any

import pytest

from interpretation.guideline.vocabulary import Regimen
from patients.letters import result
from patients.letters.context import Letter, Section
from tests.patients import builders

from . import samples

pytestmark = pytest.mark.django_db


def _section(letter: Letter, heading: str) -> Section:
    return next(section for section in letter.sections if section.heading == heading)


def _letter(given: Any, **fields: Any) -> Letter:
    who = samples.patient()
    return result.build(
        assessment=samples.assessment(who, given, **fields),
        interpretation=samples.answered(given)[1],
        results=samples.results(who),
        controls=[],
        **samples.about("en", who),
    )


def test_it_says_what_was_measured_and_against_which_limit() -> None:
    table = _section(_letter(samples.SEVERE), "What we measured").table
    assert table is not None
    assert table.rows[:2] == (
        ("Vitamin B12", "143 pmol/L", "from 150 to 650"),
        (
            "Methylmalonic acid (rises when the cells lack vitamin B12)",
            "1.2 µmol/L",
            "at most 0.26 *",
        ),
    )
    assert table.rows[3][1:] == ("Found", "not given")


def test_it_names_a_limit_that_is_nobodys() -> None:
    assert "not from the guideline" in _section(_letter(samples.SEVERE), "What we measured").note


def test_it_gives_each_result_its_day_when_they_differ() -> None:
    who = samples.patient()
    early = builders.result(who, sampled_on=date(2026, 1, 2))
    (section,) = result.measured([early, builders.result(who)])
    assert section.table is not None
    assert section.table.columns[-1] == "Dato"
    assert {row[-1] for row in section.table.rows} == {"02.01.2026", "02.03.2026"}


def test_it_says_nothing_of_samples_when_there_are_none() -> None:
    assert result.measured([]) == []


def test_it_gives_the_doses_of_the_treatment() -> None:
    points = _section(_letter(samples.SEVERE), "What happens next").points
    assert (
        points[1]
        == "Injection with vitamin B12 (hydroxocobalamin), 1 milligram, once daily, for 5 days."
    )
    assert points[3].endswith("1 to 2 milligrams, once daily, from then on.")


def test_it_follows_the_doctor_who_chose_otherwise() -> None:
    letter = _letter(samples.SEVERE, chosen_regimen="oral_uncomplicated", override_reason="other")
    points = _section(letter, "What happens next").points
    assert points[0] == "You will take tablets with vitamin B12."
    assert not any("njection" in point for point in points)
    assert "Good to know" not in {section.heading for section in letter.sections}


def test_it_marks_a_dose_that_the_guideline_does_not_state() -> None:
    points = _section(
        _letter(samples.BORDERLINE, chosen_regimen="treatment_trial_oral"), "What happens next"
    ).points
    assert points[1].endswith("for 2 weeks. (This dose is not from the guideline.)")


def test_it_starts_nothing_when_the_doctor_does_not() -> None:
    points = _section(
        _letter(samples.BORDERLINE, chosen_regimen="none"), "What happens next"
    ).points
    assert points[0] == "You will not start with vitamin B12 now."


@pytest.mark.parametrize(
    ("given", "warns"),
    [
        (samples.SEVERE, True),
        (samples.BORDERLINE, True),
        (samples.HEALTHY, False),
        (samples.TREATED, False),
    ],
)
def test_it_names_signs_of_alarm_only_where_the_case_carries_them(given: Any, warns: bool) -> None:
    assert any(section.urgent for section in _letter(given).sections) is warns


def test_it_draws_how_the_values_went_under_treatment() -> None:
    figures = [s.figure for s in samples.follow_up_letter("en").sections if s.figure]
    assert len(figures) == 1
    assert "On 1 September 2025 it was 310 pmol/L." in figures[0].alternative
    assert "tablets from 2 Jun 2025" in figures[0].alternative


def test_it_uses_the_planned_controls_of_the_record() -> None:
    table = _section(samples.result_letter("en"), "What happens next").table
    assert table is not None
    assert [row[0] for row in table.rows] == [
        "2 May 2026 to 2 June 2026",
        "2 September 2026 to 2 March 2027",
    ]


def test_it_leaves_out_a_control_that_is_only_to_be_considered() -> None:
    answer = samples.answered(samples.BORDERLINE)[1]
    sections = result.next_steps(answer, Regimen.TREATMENT_TRIAL_ORAL, [])
    planned = sections[0].table
    assert planned is not None
    assert len(planned.rows) == sum(not item.consider for item in answer.follow_up)


def test_it_names_the_kind_and_nobody_in_its_title() -> None:
    assert samples.result_letter("nb").title == "Prøvesvar"


def test_it_keeps_what_the_doctor_wrote() -> None:
    who = samples.patient()
    letter = result.build(
        assessment=samples.assessment(who, samples.HEALTHY),
        interpretation=samples.answered(samples.HEALTHY)[1],
        results=[],
        controls=[],
        **samples.about("nb", who, "Hils hjem."),
    )
    assert letter.free_text == "Hils hjem."


CONFIRMED_BY_EFFECT = {
    "age": "60",
    "labs": {"mma_umol_l": "0.20"},
    "treatment_status": {
        "on_treatment": True,
        "regimen": "treatment_trial_oral",
        "weeks_since_start": "2",
        "baseline_labs": {"mma_umol_l": "0.60", "total_b12_pmol_l": "180"},
    },
}


def test_it_says_of_a_trial_that_worked_what_it_shows() -> None:
    assert _section(_letter(CONFIRMED_BY_EFFECT), "What it means for you").paragraphs == (
        "The treatment works as it should.",
        "This shows that you have had too little vitamin B12.",
    )


def test_it_promises_nothing_for_whom_the_guideline_does_not_answer() -> None:
    child = {"age": "9", "labs": {"total_b12_pmol_l": "90"}}
    steps = _section(_letter(child), "What happens next")
    assert (steps.paragraphs, steps.points) == (("We agree with you on how it goes on.",), ())


def test_it_says_once_that_the_need_is_for_life() -> None:
    lifelong = {
        "age": "60",
        "risk_factors": ["pernicious_anaemia_known"],
        "labs": {"haemoglobin_g_dl": "14.0", "mcv_fl": "90"},
        "treatment_status": {
            "on_treatment": True,
            "regimen": "continue_im_maintenance",
            "weeks_since_start": "104",
            "cause_known": True,
        },
    }
    sections = _letter(lifelong).sections
    said = [text for section in sections for text in (*section.paragraphs, *section.points)]
    assert " ".join(said).count("for the rest of your life") == 1


@pytest.mark.parametrize(("cause_known", "times"), [(True, 0), (False, 1)])
def test_it_waits_for_no_cause_that_has_been_stated(cause_known: bool, times: int) -> None:
    tablets = {
        "age": "60",
        "labs": {"haemoglobin_g_dl": "14.0", "mcv_fl": "90"},
        "treatment_status": {
            "on_treatment": True,
            "regimen": "oral_1mg",
            "weeks_since_start": "12",
            "cause_known": cause_known,
        },
    }
    said = _section(_letter(tablets), "What happens next").points
    assert " ".join(said).count("when we know the cause") == times
