"""The plan lays out doses, calendar and controls from the day that it is written on."""

from datetime import date
from typing import Any

import pytest

from patients.letters import plan
from patients.letters.context import Letter, Section
from tests.patients import builders

from . import samples

pytestmark = pytest.mark.django_db


def _section(letter: Letter, heading: str) -> Section:
    return next(section for section in letter.sections if section.heading == heading)


def _rows(letter: Letter, heading: str) -> list[tuple[str, ...]]:
    table = _section(letter, heading).table
    return list(table.rows) if table else []


def _plan(on: date, **given: Any) -> Letter:
    who = samples.patient()
    about = samples.about("en", who) | {"on": on}
    return plan.build(course=samples.course(who, **given), controls=[], **about)


def test_it_dates_each_phase() -> None:
    rows = _rows(samples.plan_letter("en"), "Your medicine")
    assert rows == [
        (
            "9 March 2026 to 13 March 2026",
            "Injection with vitamin B12 (hydroxocobalamin)",
            "1 milligram, once daily",
        ),
        ("14 March 2026 to 13 April 2026", "Tablets with vitamin B12", "2 milligrams, once daily"),
        ("From 14 April 2026", "Tablets with vitamin B12", "1 to 2 milligrams, once daily"),
    ]


def test_it_has_a_calendar_with_each_injection_and_control() -> None:
    rows = _rows(samples.plan_letter("en"), "Your calendar")
    assert rows[0] == ("Monday 9 March 2026", "Injection 1 out of 5")
    assert rows[4] == ("Friday 13 March 2026", "Injection 5 out of 5")
    assert rows[5] == ("Saturday 14 March 2026", "Start with 2 milligrams a day")
    assert rows[-1] == ("2 September 2026 to 2 March 2027", "Control with us")


def test_it_leaves_out_what_is_over() -> None:
    letter = _plan(date(2026, 4, 20), regimen="oral_uncomplicated")
    assert [row[0] for row in _rows(letter, "Your medicine")] == ["From 2 April 2026"]
    assert "Your calendar" not in {section.heading for section in letter.sections}


def test_it_names_the_next_injection_of_maintenance() -> None:
    letter = _plan(date(2026, 3, 9), regimen="continue_im_maintenance")
    assert ("9 March 2026", "Your next injection") in _rows(letter, "Your calendar")


def test_it_says_what_to_expect_only_where_the_course_carries_it() -> None:
    plain = _plan(samples.ON, neurological=False, anaemia=False, regimen="oral_uncomplicated")
    points = _section(plain, "What you can expect").points
    assert points == ("After 2 to 3 months the signs that you lack vitamin B12 should be gone.",)
    assert not any(section.urgent for section in plain.sections)


def test_it_expects_nothing_of_prevention() -> None:
    letter = _plan(samples.ON, regimen="prophylaxis_oral_1mg")
    assert "What you can expect" not in {section.heading for section in letter.sections}


def test_it_tells_what_to_do_about_a_forgotten_dose_and_whose_advice_that_is() -> None:
    section = _section(samples.plan_letter("en"), "If you forget a dose")
    assert [point.split(":")[0] for point in section.points] == ["Tablets", "Injections"]
    assert "guideline does not speak of it" in section.note


def test_it_says_for_how_long() -> None:
    medicine = _section(samples.plan_letter("en"), "Your medicine")
    assert "You need vitamin B12 for the rest of your life." in medicine.paragraphs


def test_it_marks_a_dose_that_the_guideline_does_not_state() -> None:
    letter = _plan(samples.ON, regimen="treatment_trial_oral", trial=True, duration="")
    assert _rows(letter, "Your medicine")[0][2].endswith(" *")
    assert _section(letter, "Your medicine").note


def test_it_marks_a_control_that_the_guideline_does_not_time() -> None:
    who = samples.patient()
    late = builders.control(who, times=["after_some_months"], from_guideline=False)
    letter = plan.build(course=samples.course(who), controls=[late], **samples.about("en", who))
    section = _section(letter, "Your controls")
    assert section.table is not None
    assert section.table.rows[0][0].endswith(" *")
    assert section.note.startswith("* This time is ours.")
