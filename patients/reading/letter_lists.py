"""Reading batches of letters: their lines, their files, and whether anybody still works on them."""

from datetime import datetime, timedelta

from django.db.models import Max

from ..models import BatchLine, Letter, LetterBatch, LetterState

LEASE = timedelta(seconds=30)
"""How long a claim holds. A letter takes a tenth of a second, a process's first one a second."""


def lines_of(batch: LetterBatch) -> list[BatchLine]:
    """With patients and letters, without their bytes. Two queries."""
    return list(
        BatchLine.objects.filter(batch=batch)
        .select_related("control__patient", "letter")
        .defer("letter__pdf", "letter__context")
        .prefetch_related("letter__sendings")
        .order_by("position")
    )


def made_letters(batch: LetterBatch) -> list[Letter]:
    """In the order of the list; withdrawn ones are not printed."""
    letters = Letter.objects.filter(batch_line__batch=batch, state=LetterState.ISSUED)
    return list(letters.defer("context").order_by("batch_line__position"))


def is_silent(batch: LetterBatch, now: datetime) -> bool:
    """Has nobody worked on an unfinished batch for as long as a claim holds?"""
    if batch.finished_at is not None:
        return False
    last = BatchLine.objects.filter(batch=batch).aggregate(last=Max("claimed_at"))["last"]
    return max(batch.heard_at, last or batch.heard_at) < now - LEASE
