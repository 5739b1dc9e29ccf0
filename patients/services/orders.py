"""Ordered tests: placed, closed when they have been answered, or by hand with a reason.

An order is open until every test in it has an answer from a sample of the order's day or later. A
laboratory may also add a test to a sample that it already has; such an answer counts when it was
entered after the order. Orders are closed by ``results.py``, and opened again where the answer
turns out to be somebody else's.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from b12site.accounts.actor import Actor
from b12site.audit import log
from interpretation.guideline.vocabulary import Test

from ..models import Assessment, OrderState, Patient, Result, Seriousness, TestOrder
from ..permissions import Action, require
from ..rules.measured import ANSWERED_BY
from . import work

ADDED_ON = timedelta(days=14)
"""How long a laboratory keeps a sample to which a test can be added. Not from the guideline."""

_REASON_MISSING = ValidationError(
    _("Say why. The reason is kept with the order."), code="reason_missing"
)


@log.logged
def order_place(
    *,
    actor: Actor,
    patient: Patient,
    tests: Iterable[str],
    ordered_on: date,
    expected_by: date,
    assessment: Assessment | None = None,
    seriousness: Seriousness | None = None,
) -> TestOrder:
    """Order tests (codes of the contract) and await the answers, as serious as stated, else as the
    ongoing course. Raises ``ValidationError``."""
    _require(actor, patient)
    chosen = _orderable(tests)
    if patient.has_left:
        raise ValidationError(
            _("The patient has left the practice. Nothing can be ordered."), code="has_left"
        )
    if expected_by < ordered_on:
        raise ValidationError(
            _("The answers cannot be expected before the day of the order."), code="expected_by"
        )
    order = TestOrder.objects.create(
        patient=patient,
        assessment=assessment,
        tests=chosen,
        ordered_on=ordered_on,
        expected_by=expected_by,
        ordered_by=actor.user,
    )
    work.put_order(order, _seriousness(patient) if seriousness is None else seriousness)
    after = {"tests": chosen, "ordered_on": ordered_on, "expected_by": expected_by}
    log.changed(actor=actor, action="order.placed", obj=order, subject=patient.pk, after=after)
    return order


@log.logged
def order_cancel(*, actor: Actor, order: TestOrder, reason: str, today: date) -> TestOrder:
    """The answers are not awaited any more. Raises ``ValidationError``."""
    return _close_by_hand(actor, order, OrderState.CANCELLED, reason, today)


@log.logged
def order_answer(*, actor: Actor, order: TestOrder, reason: str, today: date) -> TestOrder:
    """The answers have come, though not as results (a gastroscopy, a letter). Raises
    ``ValidationError``."""
    return _close_by_hand(actor, order, OrderState.ANSWERED, reason, today)


@log.logged
def orders_follow_results(
    *, actor: Actor, patient: Patient, today: date, recorded: Iterable[Result] = ()
) -> None:
    """Close the orders that are answered now; open those again whose answer was taken away.

    ``recorded`` are the results that were entered a moment ago.
    """
    _require(actor, patient)
    orders = TestOrder.objects.select_for_update().filter(
        patient=patient, state__in=(OrderState.OPEN, OrderState.ANSWERED), reason=""
    )
    known = list(Result.objects.current().filter(patient=patient)) if orders else []
    new = {result.pk for result in recorded}
    for order in orders:
        answered = _is_answered(order, [row for row in known if _counts(row, order, new)])
        if answered and order.state == OrderState.OPEN:
            _set_state(actor, order, OrderState.ANSWERED, today, "")
        elif not answered and order.state == OrderState.ANSWERED:
            _reopen(actor, order)


def _require(actor: Actor, patient: Patient) -> None:
    require(actor, Action.ENTER_RESULT)
    if patient.practice_id != actor.practice.pk:
        raise PermissionDenied("a patient of another practice")


def _seriousness(patient: Patient) -> Seriousness:
    return work.seriousness_of(patient.courses.filter(stopped_on__isnull=True).first())


def _orderable(tests: Iterable[str]) -> list[str]:
    wanted = set(tests)
    if not wanted:
        raise ValidationError(_("Choose at least one test."), code="no_test")
    if wanted - set(ANSWERED_BY):
        raise ValidationError(_("Choose tests that can be ordered."), code="unknown_test")
    return [test.value for test in ANSWERED_BY if test in wanted]


def _counts(result: Result, order: TestOrder, new: set[int]) -> bool:
    """Can the result be an answer to the order?"""
    if result.sampled_on >= order.ordered_on:
        return True
    entered_after = timezone.localdate(result.entered_at) > order.ordered_on or result.pk in new
    return entered_after and result.sampled_on >= order.ordered_on - ADDED_ON


def _is_answered(order: TestOrder, results: Iterable[Result]) -> bool:
    codes = {result.code for result in results}
    asked = [ANSWERED_BY.get(Test(test), ()) for test in order.tests]
    return all(groups and all(codes & set(group) for group in groups) for groups in asked)


def _close_by_hand(
    actor: Actor, order: TestOrder, state: OrderState, reason: str, today: date
) -> TestOrder:
    _require(actor, order.patient)
    order = TestOrder.objects.select_for_update().select_related("patient").get(pk=order.pk)
    if order.state != OrderState.OPEN:
        raise ValidationError(_("The order has been closed already."), code="closed")
    if not reason.strip():
        raise _REASON_MISSING
    return _set_state(actor, order, state, today, reason.strip())


def _set_state(
    actor: Actor, order: TestOrder, state: OrderState, today: date, reason: str
) -> TestOrder:
    order.state, order.closed_on, order.closed_by, order.reason = state, today, actor.user, reason
    order.save(update_fields=("state", "closed_on", "closed_by", "reason"))
    work.drop(order=order)
    log.changed(
        actor=actor,
        action=f"order.{state.value}",
        obj=order,
        subject=order.patient_id,
        before={"state": OrderState.OPEN.value},
        after={"state": state.value, "closed_on": today},
        ground=reason,
    )
    return order


def _reopen(actor: Actor, order: TestOrder) -> None:
    order.state, order.closed_on, order.closed_by = OrderState.OPEN, None, None
    order.save(update_fields=("state", "closed_on", "closed_by"))
    work.put_order(order, _seriousness(order.patient))
    log.changed(
        actor=actor,
        action="order.reopened",
        obj=order,
        subject=order.patient_id,
        before={"state": OrderState.ANSWERED.value},
        after={"state": OrderState.OPEN.value},
    )
