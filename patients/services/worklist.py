"""What people do to the work list by hand: take a line away, bring it back, try to reach the
patient."""

from datetime import date, datetime

from django.core.exceptions import PermissionDenied

from b12site.accounts.actor import Actor
from b12site.audit import log

from ..models import Channel, ContactAttempt, ContactOutcome, RemovalReason, WorkItem
from ..permissions import Action, require


class NotOnTheListError(Exception):
    """Somebody else has removed, restored or finished the line in the meantime."""


@log.logged
def work_remove(
    *, actor: Actor, item: WorkItem, reason: RemovalReason, text: str, today: date
) -> None:
    """The line stays, with who took it away and why. Raises ``NotOnTheListError``."""
    _require(actor, item, Action.PLAN_CONTROL)
    item = _locked(item, removed=False)
    item.removed_on, item.removed_by = today, actor.user
    item.removed_reason, item.removed_text = reason, text
    item.save(update_fields=_REMOVAL)
    log.changed(
        actor=actor,
        action="work.removed",
        obj=item,
        subject=item.patient_id,
        after={"kind": item.kind, "due": item.due, "reason": reason},
        ground=text or reason,
    )


@log.logged
def work_restore(*, actor: Actor, item: WorkItem) -> None:
    """Back on the list. Raises ``NotOnTheListError``."""
    _require(actor, item, Action.PLAN_CONTROL)
    item = _locked(item, removed=True)
    before = {"removed_on": item.removed_on, "reason": item.removed_reason}
    item.removed_on = item.removed_by = None
    item.removed_reason = item.removed_text = ""
    item.save(update_fields=_REMOVAL)
    log.changed(
        actor=actor, action="work.restored", obj=item, subject=item.patient_id, before=before
    )


def _require(actor: Actor, item: WorkItem, action: Action) -> None:
    require(actor, action)
    if item.practice_id != actor.practice.pk:
        raise PermissionDenied("a line of another practice")


_REMOVAL = ("removed_on", "removed_by", "removed_reason", "removed_text")


def _locked(item: WorkItem, *, removed: bool) -> WorkItem:
    """The line as it is now, kept from others until the end of the transaction."""
    found = WorkItem.objects.select_for_update(of=("self",)).filter(
        pk=item.pk, removed_on__isnull=not removed
    )
    now = found.first()
    if now is None:
        raise NotOnTheListError
    return now


@log.logged
def contact_log(
    *,
    actor: Actor,
    item: WorkItem,
    at: datetime,
    channel: Channel,
    outcome: ContactOutcome,
    note: str,
) -> ContactAttempt:
    """One attempt to reach the patient; it shows on the control that the line stands for."""
    _require(actor, item, Action.CONTACT_PATIENT)
    attempt = ContactAttempt.objects.create(
        patient=item.patient,
        control=item.control,
        at=at,
        channel=channel,
        outcome=outcome,
        note=note,
        recorded_by=actor.user,
    )
    log.changed(
        actor=actor,
        action="contact.logged",
        obj=attempt,
        subject=item.patient_id,
        after={"at": at, "channel": channel, "outcome": outcome, "note": note},
    )
    return attempt
