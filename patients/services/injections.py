"""Injections as they were given. Never edited: a correction or a withdrawal is a row of its own,
and the line of the next injection follows in the same transaction."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from b12site.accounts.actor import Actor
from b12site.accounts.models import User
from b12site.audit import log

from ..models import Injection, TreatmentCourse
from ..permissions import Action, require
from ..rules import course_checks
from . import work


@log.logged
def injection_give(
    *,
    actor: Actor,
    course: TreatmentCourse,
    given_at: datetime,
    drug: str,
    amount_mg: Decimal,
    batch: str = "",
    given_by: User,
    now: datetime,
) -> Injection:
    """Register an injection that was given. One that was not due is registered as well: it was
    given, and whoever registers it has been told."""
    require(actor, Action.GIVE_INJECTION)
    held = TreatmentCourse.objects.select_for_update(of=("self",)).select_related("patient")
    course_checks.check_stays(held.get(pk=course.pk).patient)
    course_checks.check_given(given_at, now)
    injection = Injection.objects.create(
        course=course,
        given_at=given_at,
        drug=drug,
        amount_mg=amount_mg,
        batch=batch,
        given_by=given_by,
        recorded_at=now,
        recorded_by=actor.user,
    )
    _done(actor, "injection.given", injection)
    return injection


@log.logged
def injection_correct(
    *,
    actor: Actor,
    injection: Injection,
    given_at: datetime,
    drug: str,
    amount_mg: Decimal,
    batch: str = "",
    given_by: User,
    reason: str,
    now: datetime,
) -> Injection:
    """What was registered wrongly, registered anew; the old row stays readable."""
    require(actor, Action.GIVE_INJECTION)
    course_checks.check_given(given_at, now)
    wrong = _current(injection)
    right = Injection.objects.create(
        course_id=wrong.course_id,
        given_at=given_at,
        drug=drug,
        amount_mg=amount_mg,
        batch=batch,
        given_by=given_by,
        recorded_at=now,
        recorded_by=actor.user,
        corrects=wrong,
        correction_reason=reason,
    )
    _done(actor, "injection.corrected", right, before=_values(wrong), ground=reason)
    return right


@log.logged
def injection_withdraw(
    *, actor: Actor, injection: Injection, reason: str, now: datetime
) -> Injection:
    """It was not given, or not to this patient."""
    require(actor, Action.GIVE_INJECTION)
    wrong = _current(injection)
    withdrawal = Injection.objects.create(
        course_id=wrong.course_id,
        given_at=wrong.given_at,
        drug=wrong.drug,
        amount_mg=wrong.amount_mg,
        batch=wrong.batch,
        given_by_id=wrong.given_by_id,
        recorded_at=now,
        recorded_by=actor.user,
        corrects=wrong,
        correction_reason=reason,
        withdrawn=True,
    )
    _done(actor, "injection.withdrawn", withdrawal, before=_values(wrong), ground=reason)
    return withdrawal


def _current(injection: Injection) -> Injection:
    """The row, held until the end of the transaction, if it still counts."""
    TreatmentCourse.objects.select_for_update(of=("self",)).get(pk=injection.course_id)
    course_checks.check_counts(injection)
    return injection


def _done(
    actor: Actor,
    action: str,
    injection: Injection,
    *,
    before: dict[str, Any] | None = None,
    ground: str = "",
) -> None:
    log.changed(
        actor=actor,
        action=action,
        obj=injection,
        subject=injection.course.patient_id,
        before=before,
        after=_values(injection),
        ground=ground,
    )
    work.keep_injection(injection.course_id)


def _values(injection: Injection) -> dict[str, Any]:
    names = ("course", "given_at", "drug", "amount_mg", "batch", "given_by", "withdrawn")
    return {name: getattr(injection, name) for name in names}
