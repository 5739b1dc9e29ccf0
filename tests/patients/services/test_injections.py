"""An injection is registered, corrected or withdrawn; the next one on the work list follows."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from b12site.accounts.models import Role
from b12site.audit.models import Entry
from patients.models import Injection, Patient, TreatmentCourse, WorkItem, WorkKind
from patients.rules.course_checks import CourseRefusedError
from patients.services.courses import course_change, course_start
from patients.services.injections import injection_correct, injection_give, injection_withdraw
from tests.patients import builders

pytestmark = pytest.mark.django_db

LATER = datetime(2026, 12, 31, 12, tzinfo=UTC)


def course(regimen: str = "im_5_days_then_im_hydroxo") -> TreatmentCourse:
    return course_start(
        actor=builders.member(),
        patient=builders.patient(),
        started_on=builders.TODAY,
        regimen=regimen,
        now=builders.NOW,
    )


def values(day: date, hour: int = 8, **given: Any) -> dict[str, Any]:
    return {
        "actor": builders.member(Role.ASSISTANT),
        "given_at": datetime(day.year, day.month, day.day, hour, tzinfo=UTC),
        "drug": "hydroxocobalamin",
        "amount_mg": Decimal(1),
        "batch": "AB12",
        "given_by": builders.user(),
        "now": LATER,
    } | given


def give(to: TreatmentCourse, day: int, month: int = 3, **given: Any) -> Injection:
    return injection_give(course=to, **values(date(2026, month, day), **given))


def due() -> tuple[date, date] | None:
    line = WorkItem.objects.filter(kind=WorkKind.INJECTION).first()
    return None if line is None else (line.visible_from, line.due)


def test_each_injection_moves_the_line_to_the_next_one() -> None:
    treatment = course()
    for day in range(2, 6):
        give(treatment, day)
        assert due() == (date(2026, 3, day + 1), date(2026, 3, day + 1))
    give(treatment, 6)
    assert due() == (date(2026, 5, 6), date(2026, 6, 6))


def test_the_line_goes_with_the_last_injection_before_tablets() -> None:
    treatment = course("im_5_days_then_oral")
    for day in range(2, 7):
        assert due() is not None
        give(treatment, day)
    assert due() is None


def test_an_injection_keeps_who_gave_it_and_who_registered_it() -> None:
    given = give(course(), 2)
    assert (given.given_by, given.recorded_by) == (
        builders.user(),
        builders.member(Role.ASSISTANT).user,
    )
    assert (given.batch, given.amount_mg, given.recorded_at) == ("AB12", Decimal(1), LATER)


def test_the_day_is_the_day_in_norway() -> None:
    """Half past ten in the evening by universal time is the next day here."""
    treatment = course()
    late = datetime(2026, 3, 2, 23, 30, tzinfo=UTC)
    give(treatment, 2, given_at=late)
    assert due() == (date(2026, 3, 4), date(2026, 3, 4))


def test_an_injection_in_the_future_is_refused() -> None:
    with pytest.raises(CourseRefusedError, match="in the future"):
        give(course(), 3, now=builders.NOW)
    assert not Injection.objects.exists()


def test_who_has_left_gets_no_injection() -> None:
    treatment = course()
    Patient.objects.update(deceased_on=builders.TODAY)
    with pytest.raises(CourseRefusedError, match="died or moved"):
        give(treatment, 2)


def test_a_correction_counts_instead_of_what_it_corrects() -> None:
    treatment = course()
    wrong = give(treatment, 2)
    right = injection_correct(injection=wrong, **values(date(2026, 3, 3), reason="Wrong day"))
    assert list(Injection.objects.current()) == [right]
    assert (right.corrects, right.correction_reason) == (wrong, "Wrong day")
    assert due() == (date(2026, 3, 4), date(2026, 3, 4))
    wrong.refresh_from_db()
    assert wrong.given_at.day == 2


def test_a_withdrawal_leaves_nothing_given() -> None:
    treatment = course()
    wrong = give(treatment, 2)
    injection_withdraw(
        actor=builders.member(), injection=wrong, reason="Another patient", now=LATER
    )
    assert list(Injection.objects.current()) == []
    assert due() == (date(2026, 3, 2), date(2026, 3, 2))


@pytest.mark.parametrize("withdrawn", [True, False])
def test_what_has_been_corrected_is_not_corrected_once_more(withdrawn: bool) -> None:
    wrong = give(course(), 2)
    if withdrawn:
        injection_withdraw(actor=builders.member(), injection=wrong, reason="No", now=LATER)
    else:
        injection_correct(injection=wrong, **values(date(2026, 3, 3), reason="Wrong day"))
    with pytest.raises(CourseRefusedError, match="meanwhile"):
        injection_withdraw(actor=builders.member(), injection=wrong, reason="No", now=LATER)
    assert Injection.objects.count() == 2


def test_a_withdrawal_is_not_corrected() -> None:
    wrong = give(course(), 2)
    gone = injection_withdraw(actor=builders.member(), injection=wrong, reason="No", now=LATER)
    with pytest.raises(CourseRefusedError, match="meanwhile"):
        injection_correct(injection=gone, **values(date(2026, 3, 3), reason="Wrong day"))


def test_a_change_of_route_counts_injections_of_the_new_plan_only() -> None:
    treatment = course("oral_uncomplicated")
    give(treatment, 2)
    on = date(2026, 3, 9)
    course_change(
        actor=builders.member(),
        course=treatment,
        on=on,
        regimen="im_5_days_then_oral",
        reason="no_effect",
        now=datetime(2026, 3, 9, 9, tzinfo=UTC),
    )
    assert due() == (on, on)


def test_each_leaves_a_log_row_with_what_was_before() -> None:
    first = give(course(), 2)
    right = injection_correct(injection=first, **values(date(2026, 3, 3), reason="Wrong day"))
    injection_withdraw(actor=builders.member(), injection=right, reason="Not given", now=LATER)
    rows = Entry.objects.filter(object_type="patients.injection").order_by("id")
    assert [(row.action, row.ground, row.subject) for row in rows] == [
        ("injection.given", "", first.course.patient_id),
        ("injection.corrected", "Wrong day", first.course.patient_id),
        ("injection.withdrawn", "Not given", first.course.patient_id),
    ]
    assert (rows[1].before or {})["given_at"].startswith("2026-03-02")


def test_who_has_no_clinical_role_registers_nothing() -> None:
    treatment = course()
    with pytest.raises(PermissionDenied):
        give(treatment, 2, actor=builders.member(Role.REVIEWER))
    assert not Injection.objects.exists()
