"""The controls of a treatment that the record starts or changes by itself.

Those of a start that the guideline's own answer plans are in the vectors: it asks the same rule.
"""

from datetime import date
from typing import Any

import pytest

from interpretation.guideline.follow_up import course_controls
from interpretation.guideline.vocabulary import ControlTime, Duration, Regimen, Test

from . import builders

START = date(2026, 3, 2)


def times(regimen: Regimen, **given: Any) -> list[str]:
    return [control.when.value for control in planned(regimen, **given)]


def planned(regimen: Regimen, **given: Any) -> Any:
    stated: dict[str, Any] = {
        "neurological": False,
        "anaemia": False,
        "duration": None,
        "gastroscopy": False,
        "start": START,
    }
    return course_controls(builders.edition(), regimen, **(stated | given))


@pytest.mark.parametrize("regimen", [Regimen.CONTINUE_ORAL_1MG, Regimen.CONTINUE_IM_MAINTENANCE])
def test_what_goes_on_as_before_is_seen_once_a_year_and_nothing_is_waited_for(
    regimen: Regimen,
) -> None:
    assert times(regimen, anaemia=True) == ["annual"]
    assert times(regimen, duration=Duration.LIFELONG) == ["annual"]
    assert times(regimen, neurological=True) == ["6-12_months", "annual"]


def test_a_switch_to_tablets_is_seen_after_three_months_with_b12() -> None:
    (check,) = planned(Regimen.SWITCH_TO_ORAL_1MG, anaemia=True)
    assert (check.when, check.earliest) == (ControlTime.THREE_MONTHS, date(2026, 6, 2))
    assert check.check == (Test.CLINICAL_STATE, Test.HAEMOGLOBIN, Test.MCV_MCH, Test.TOTAL_B12)


def test_b12_is_measured_every_year_again_after_a_switch_to_tablets() -> None:
    *_, annual = planned(Regimen.SWITCH_TO_ORAL_1MG, duration=Duration.LIFELONG)
    assert (annual.when, Test.TOTAL_B12 in annual.check) == (ControlTime.ANNUAL, True)


def test_a_severe_start_is_seen_early_late_and_for_the_nerves() -> None:
    severe = {"anaemia": True, "neurological": True, "gastroscopy": True}
    assert times(Regimen.IM_5_DAYS_THEN_ORAL, duration=Duration.LIFELONG, **severe) == [
        "during_injections",
        "day_7_to_14",
        "2-3_months",
        "6-12_months",
        "annual",
        "every_5_years",
    ]


@pytest.mark.parametrize(
    "regimen",
    [Regimen.IM_5_DAYS_THEN_ORAL, Regimen.ORAL_UNCOMPLICATED, Regimen.SWITCH_TO_ORAL_1MG],
)
def test_every_control_of_a_treatment_that_goes_on_has_its_dates(regimen: Regimen) -> None:
    severe = {"anaemia": True, "neurological": True, "gastroscopy": True}
    controls = planned(regimen, duration=Duration.LIFELONG, **severe)
    assert {control.start for control in controls} == {START}


def test_potassium_is_measured_during_injections_only() -> None:
    assert times(Regimen.ORAL_UNCOMPLICATED, anaemia=True) == ["day_7_to_14", "2-3_months"]


def test_a_trial_is_decided_by_mma_alone_unless_the_nerves_are_affected() -> None:
    assert times(Regimen.TREATMENT_TRIAL_ORAL, anaemia=True) == ["2_weeks"]
    later = times(Regimen.TREATMENT_TRIAL_ORAL, neurological=True)
    assert later == ["2_weeks", "2-3_months", "6-12_months"]


def test_prevention_is_seen_once_a_year() -> None:
    assert times(Regimen.PROPHYLAXIS_ORAL_1MG, neurological=True, gastroscopy=True) == ["annual"]


def test_the_yearly_control_after_a_temporary_treatment_waits_for_its_end() -> None:
    *_, after = planned(Regimen.ORAL_UNCOMPLICATED, duration=Duration.UNTIL_STORES_FILLED)
    assert (after.when, after.earliest) == (ControlTime.ANNUAL_AFTER_STOPPING, None)
