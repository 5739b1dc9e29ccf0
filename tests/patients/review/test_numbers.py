"""What is counted, and what not; each expectation is counted by hand."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from b12site.accounts.models import Practice
from patients.models import Assessment, Control, Patient, Result, Review, ReviewCase
from patients.review.held import Outcome
from patients.review.numbers import Judged, Numbers, Signed, numbers
from tests.cast import Cast
from tests.patients import builders
from tests.patients.builders import NOW, TODAY

from . import filled
from .filled import CONCLUSION, DAY, NODE, case

pytestmark = pytest.mark.django_db
FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)
FEBRUARY = date(2026, 2, 1)


@pytest.fixture
def patient(cast: Cast) -> Patient:
    return builders.patient(cast.practice)


@pytest.fixture
def elsewhere(cast: Cast) -> Patient:
    return builders.patient(cast.other_practice)


def of(cast: Cast, first: date = FIRST, last: date = LAST) -> Numbers:
    return numbers([cast.practice], first, last, TODAY)


# Verdicts


def test_a_case_counts_with_its_node_its_month_and_its_verdict(
    cast: Cast, patient: Patient
) -> None:
    case(patient, (cast.reviewer.user, "rule"), grounds=["override", "sample"])
    assert of(cast).judged == [Judged(NODE, FEBRUARY, True, "rule", None)]


def test_of_two_verdicts_the_one_that_came_first_counts_and_both_are_a_pair(
    cast: Cast, patient: Patient
) -> None:
    """The one who was asked second judged first."""
    made = case(patient)
    filled.asked(made, cast.reviewer.user, "agree", judged_at=NOW)
    filled.asked(made, cast.colleague.user, "doctor", judged_at=NOW - timedelta(days=1))
    assert of(cast).judged == [Judged(NODE, FEBRUARY, False, "doctor", ("agree", "doctor"))]


def test_only_judged_cases_of_signed_assessments_in_the_period_and_the_practice_count(
    cast: Cast, patient: Patient, elsewhere: Patient
) -> None:
    judged = (cast.reviewer.user, "agree")
    case(patient, (cast.reviewer.user, ""))
    case(elsewhere, judged)
    case(patient, judged, on=date(2025, 12, 31))
    case(patient, judged, emergency=filled.emergency(patient, cast.stranger.user))
    assert of(cast).judged == []


@pytest.mark.parametrize(("first", "last", "count"), [(DAY, DAY, 1), (FIRST, date(2026, 2, 9), 0)])
def test_both_ends_of_the_period_belong_to_it(
    cast: Cast, patient: Patient, first: date, last: date, count: int
) -> None:
    case(patient, (cast.reviewer.user, "agree"))
    assert len(of(cast, first, last).judged) == count


# Chosen otherwise


def test_signed_assessments_are_counted_by_conclusion_reason_and_month(
    cast: Cast, patient: Patient
) -> None:
    for _n in range(3):
        filled.signed(patient)
    filled.signed(patient, override_reason="patient_wish")
    filled.signed(patient, conclusion="", monitoring="response_adequate", on=date(2026, 3, 1))
    assert set(of(cast).signed) == {
        Signed(CONCLUSION, "", FEBRUARY, 3),
        Signed(CONCLUSION, "patient_wish", FEBRUARY, 1),
        Signed("response_adequate", "", date(2026, 3, 1), 1),
    }


def test_what_is_no_draft_not_replaced_and_not_from_elsewhere_counts(
    cast: Cast, patient: Patient, elsewhere: Patient
) -> None:
    """Of the replaced one its correction counts; a correction that is begun replaces nothing."""
    old = filled.signed(patient, conclusion="possible_b12_deficiency")
    filled.signed(patient, corrects=old)
    builders.draft(patient, as_of=DAY, corrects=filled.signed(patient))
    filled.signed(elsewhere)
    assert of(cast).signed == [Signed(CONCLUSION, "", FEBRUARY, 2)]


# Controls


def held(of: Patient, closed_on: date, **fields: Any) -> Control:
    return builders.control(of, state="done", closed_on=closed_on, **fields)


WINDOW: dict[str, Any] = {"earliest": date(2026, 2, 10), "latest": date(2026, 2, 20)}


def test_the_wait_is_from_the_assessment_to_the_control_of_its_course(
    cast: Cast, patient: Patient
) -> None:
    """Closed 21 days after the assessment; the sample was taken after 14."""
    asked = filled.signed(patient, date(2026, 2, 1))
    course = builders.course(patient, assessment=asked, started_on=date(2026, 2, 2))
    held(patient, date(2026, 2, 22), course=course, **WINDOW)
    builders.result(patient, sampled_on=date(2026, 2, 15))
    assert (of(cast).waits, of(cast).waiting) == ([14], 0)


def test_it_is_the_same_for_a_control_without_a_course(cast: Cast, patient: Patient) -> None:
    asked, waiting = (filled.signed(patient, date(2026, 2, 1)) for _n in range(2))
    held(patient, date(2026, 2, 12), origin=asked, **WINDOW)
    builders.control(patient, origin=waiting, **WINDOW)
    assert (of(cast).waits, of(cast).waiting) == ([11], 1)


def test_each_control_whose_window_is_over_has_one_outcome(cast: Cast, patient: Patient) -> None:
    lost = builders.course(patient, lost_since=TODAY)
    held(patient, date(2026, 2, 9), **WINDOW)
    held(patient, date(2026, 2, 10), **WINDOW)
    held(patient, date(2026, 2, 20), **WINDOW)
    held(patient, date(2026, 2, 21), **WINDOW)
    builders.control(patient, **WINDOW)
    builders.control(patient, course=lost, **WINDOW)
    builders.control(patient, state="cancelled", **WINDOW)
    found = [outcome for _month, outcome in of(cast).outcomes]
    assert sorted(found) == sorted([*Outcome, Outcome.WITHIN])


def test_what_is_not_over_or_only_to_be_considered_or_elsewhere_is_not_counted(
    cast: Cast, patient: Patient, elsewhere: Patient
) -> None:
    builders.control(patient, earliest=FEBRUARY, latest=TODAY)
    builders.control(patient, consider=True, **WINDOW)
    builders.control(elsewhere, **WINDOW)
    assert of(cast).outcomes == []
    builders.control(patient, earliest=FEBRUARY, latest=TODAY - timedelta(days=1))
    assert of(cast).outcomes == [(date(2026, 3, 1), Outcome.NOT_HELD)]


def test_after_a_restart_samples_count_from_there_on(cast: Cast, patient: Patient) -> None:
    """The sample of the day of the restart shows what was before it."""
    course = builders.course(patient, started_on=date(2026, 1, 2))
    restart = {"on": date(2026, 2, 8), "kind": "restarted", "recorded_by": cast.doctor.user}
    course.events.create(recorded_at=NOW, **restart)
    held(patient, date(2026, 2, 21), course=course, **WINDOW)
    builders.result(patient, sampled_on=date(2026, 2, 8))
    assert of(cast).outcomes == [(FEBRUARY, Outcome.AFTER)]
    builders.result(patient, sampled_on=date(2026, 2, 19))
    assert of(cast).outcomes == [(FEBRUARY, Outcome.WITHIN)]


# Size


def fill(cast: Cast, patient: Patient, count: int) -> None:
    """As many cases, with their assessments, verdicts, controls and results."""
    like = filled.signed(patient)
    values = {
        field.attname: getattr(like, field.attname)
        for field in Assessment._meta.concrete_fields
        if not field.primary_key
    }
    signed = Assessment.objects.bulk_create(Assessment(**values) for _n in range(count))
    cases = ReviewCase.objects.bulk_create(
        ReviewCase(
            practice=cast.practice, patient=patient, assessment=one, day=DAY, age=63,
            conclusion=CONCLUSION, node=NODE, created_at=NOW,
        )
        for one in signed
    )  # fmt: skip
    Review.objects.bulk_create(
        Review(
            case=one, reviewer=cast.reviewer.user, asked_at=NOW, verdict="agree",
            reason="sound", judged_at=NOW,
        )
        for one in cases
    )  # fmt: skip
    window = {"earliest": DAY, "latest": DAY, "first_earliest": DAY, "first_latest": DAY}
    Control.objects.bulk_create(
        Control(
            patient=patient, origin=one, times=["annual"], tests=["total_b12"], state="done",
            closed_on=DAY, **window,
        )
        for one in signed
    )  # fmt: skip
    Result.objects.bulk_create(
        Result(
            patient=patient, code="total_b12_pmol_l", value=Decimal(200 + n), unit="pmol/L",
            original=str(n), sampled_on=DAY, source="typed", entered_at=NOW,
            entered_by=cast.doctor.user,
        )
        for n in range(count)
    )  # fmt: skip


def counted(place: Practice) -> int:
    with CaptureQueriesContext(connection) as queries:
        found = numbers([place], FIRST, LAST, TODAY)
    assert found.judged
    assert found.outcomes
    return len(queries)


def test_a_thousand_cases_take_as_many_queries_as_ten(cast: Cast, patient: Patient) -> None:
    fill(cast, patient, 10)
    few = counted(cast.practice)
    fill(cast, patient, 990)
    assert counted(cast.practice) == few == 5
