"""Recall letters for many patients: ordered at once, made one by one, sent together."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.core.exceptions import PermissionDenied

from b12site.accounts.actor import Actor
from b12site.audit import log

from ..models import (
    BatchLine,
    Control,
    Letter,
    LetterBatch,
    LetterKind,
    LetterState,
    LineError,
    SendingWay,
)
from ..permissions import Action, require
from ..reading.letters_data import Written
from ..tasks import LETTERS_OF_A_TASK, make_letters
from .letters import letter_draft, letter_issue, letter_send

LONGEST_BATCH = 500
RECENT = timedelta(days=14)
"""A second recall letter within this time would be one too many; not from the guideline."""


@log.logged
def batch_order(*, actor: Actor, controls: Sequence[Control], now: datetime) -> LetterBatch:
    """A letter for each control, in this order, to be made in the background."""
    require(actor, Action.ISSUE_RECALL)
    if any(control.patient.practice_id != actor.practice.pk for control in controls):
        raise PermissionDenied("a control of another practice")
    batch = LetterBatch.objects.create(
        practice=actor.practice, created_at=now, created_by=actor.user, heard_at=now
    )
    BatchLine.objects.bulk_create(
        BatchLine(batch=batch, position=position, control=control)
        for position, control in enumerate(controls, start=1)
    )
    _enqueue(batch, len(controls))
    after = {"controls": [control.pk for control in controls]}
    log.changed(actor=actor, action="batch.ordered", obj=batch, after=after)
    return batch


@log.logged
def batch_again(*, actor: Actor, batch: LetterBatch, now: datetime) -> None:
    """Take up what has no letter: lines that failed, and those whose worker died."""
    _require(actor, batch, Action.ISSUE_RECALL)
    missing = BatchLine.objects.filter(batch=batch, letter=None)
    missing.exclude(error="").update(error="", claimed_by="", claimed_at=None)
    count = missing.count()
    LetterBatch.objects.filter(pk=batch.pk).update(heard_at=now, finished_at=None)
    _enqueue(batch, count)
    log.changed(actor=actor, action="batch.taken_up", obj=batch, after={"missing": count})


@log.logged
def batch_letter(
    *, actor: Actor, line: BatchLine, written: Written, pdf: bytes, now: datetime
) -> None:
    """Issue the letter of a line, unless somebody else holds its claim by now or the patient has
    such a letter already."""
    _require(actor, line.batch, Action.ISSUE_RECALL)
    control = Control.objects.select_for_update(of=("self",)).get(pk=line.control_id)
    held = BatchLine.objects.select_for_update().get(pk=line.pk)
    if held.letter_id is not None or held.claimed_by != line.claimed_by:
        return
    if _has_letter(control, now):
        held.error = LineError.ALREADY
        held.save(update_fields=["error"])
        log.changed(actor=actor, action="batch.refused", obj=held, after={"error": held.error})
        return
    draft = letter_draft(
        actor=actor,
        patient=line.control.patient,
        kind=LetterKind.RECALL,
        language=line.control.patient.letter_language,
        control=control,
        now=now,
    )
    held.letter = letter_issue(actor=actor, letter=draft, written=written, pdf=pdf, now=now)
    held.save(update_fields=["letter"])


@log.logged
def batch_send(
    *, actor: Actor, batch: LetterBatch, how: SendingWay, on: date, now: datetime
) -> int:
    """Mark all letters of a batch as sent that are not marked yet; says how many they were."""
    _require(actor, batch, Action.WRITE_LETTER)
    unsent = Letter.objects.filter(
        batch_line__batch=batch, state=LetterState.ISSUED, sendings=None
    ).defer("pdf", "context")
    letters = list(unsent)
    for letter in letters:
        letter_send(actor=actor, letter=letter, how=how, on=on, now=now)
    log.changed(actor=actor, action="batch.sent", obj=batch, after={"letters": len(letters)})
    return len(letters)


def _require(actor: Actor, batch: LetterBatch, action: Action) -> None:
    require(actor, action)
    if batch.practice_id != actor.practice.pk:
        raise PermissionDenied("a batch of another practice")


def _has_letter(control: Control, now: datetime) -> bool:
    return control.letters.filter(
        kind=LetterKind.RECALL, state=LetterState.ISSUED, issued_at__gt=now - RECENT
    ).exists()


def _enqueue(batch: LetterBatch, letters: int) -> None:
    for _task in range(-(-letters // LETTERS_OF_A_TASK)):
        make_letters.enqueue(batch.pk)
