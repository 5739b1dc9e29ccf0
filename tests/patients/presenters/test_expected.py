"""What the guideline expects by the time of a control, and the words of reasons."""

import pytest

from interpretation.guideline.vocabulary import ControlTime, Test
from patients.models.control import CancelReason, CloseReason, MoveReason
from patients.presenters.control_history import REASONS
from patients.presenters.expected import EXPECTED, expectation, sections


def test_every_time_of_the_guideline_has_an_expectation() -> None:
    without = set(ControlTime) - {when for when, _test in EXPECTED}
    assert without == {ControlTime.AFTER_SOME_WEEKS}


@pytest.mark.parametrize("key", EXPECTED, ids=str)
def test_an_expectation_names_where_it_stands(key: tuple[ControlTime, Test]) -> None:
    cited = sections(EXPECTED[key])
    assert all(statement in cited for statement in EXPECTED[key].statements)
    assert str(EXPECTED[key].words).endswith(".")


def test_of_a_joined_visit_the_latest_expectation_holds() -> None:
    found = expectation(["2-3_months", "annual"], Test.TOTAL_B12)
    assert found is EXPECTED[ControlTime.ANNUAL, Test.TOTAL_B12]


def test_of_a_joined_visit_a_test_of_the_earlier_time_keeps_its_expectation() -> None:
    found = expectation(["6-12_months", "annual"], Test.NEUROLOGICAL_SYMPTOMS)
    assert found is EXPECTED[ControlTime.SIX_TO_TWELVE_MONTHS, Test.NEUROLOGICAL_SYMPTOMS]


def test_where_the_guideline_says_nothing_there_is_no_expectation() -> None:
    assert expectation(["after_some_weeks"], Test.FERRITIN) is None
    assert sections(None) == ""


def test_every_coded_reason_has_one_wording() -> None:
    for reasons in (MoveReason, CancelReason, CloseReason):
        for code, label in reasons.choices:
            assert str(REASONS[code]) == str(label)
