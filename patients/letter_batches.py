"""The worker's part of a batch of letters: claim a line, make its letter, go on with the next.

A claim is one conditional UPDATE, so two workers never hold the same line. It runs out: a line
whose worker was killed is free again, and if that worker was only slow, ``batch_letter`` finds
somebody else's claim on the line and throws the slow one's letter away.
"""

import logging
from collections.abc import Callable
from datetime import datetime
from uuid import uuid4

from django.db.models import Q
from django.utils import timezone

from b12site.accounts.actor import Actor
from b12site.accounts.models import Membership, Role

from .letters.render import PangoMissingError
from .models import BatchLine, ControlState, Letter, LetterBatch, LetterKind, LineError
from .permissions import Action, may
from .reading.letter_lists import LEASE
from .reading.letters_data import printed, written
from .services.letter_batches import batch_letter
from .tasks import LETTERS_OF_A_TASK, make_letters

Clock = Callable[[], datetime]
logger = logging.getLogger(__name__)


def work_on(pk: int, most: int, clock: Clock = timezone.now) -> None:
    """Make up to so many letters of a batch, and say when it is finished."""
    batch = LetterBatch.objects.select_related("practice", "created_by").get(pk=pk)
    actor = _actor(batch)
    for _letter in range(most):
        line = _claim(batch, clock())
        if line is None:
            break
        _make(actor, line, clock())
    _conclude(batch, clock())


def take_up(clock: Clock = timezone.now) -> None:
    """Queue what unfinished batches still lack: a worker that starts cannot know whether the tasks
    of another one, or of itself before it was killed, will be done. One task too many does no
    harm, since it finds no free line."""
    for batch in LetterBatch.objects.filter(finished_at=None):
        LetterBatch.objects.filter(pk=batch.pk).update(heard_at=clock())
        open_lines = BatchLine.objects.filter(batch=batch, letter=None, error="").count()
        for _task in range(-(-open_lines // LETTERS_OF_A_TASK)):
            make_letters.enqueue(batch.pk)


def _actor(batch: LetterBatch) -> Actor:
    """Whoever ordered the letters, with the roles of today."""
    held = Membership.objects.filter(
        user=batch.created_by, practice=batch.practice, user__is_active=True
    )
    roles = frozenset(Role(role) for role in held.values_list("role", flat=True))
    return Actor(batch.created_by, batch.practice, roles)


def _claim(batch: LetterBatch, now: datetime) -> BatchLine | None:
    free = BatchLine.objects.filter(
        Q(claimed_at=None) | Q(claimed_at__lt=now - LEASE), batch=batch, letter=None, error=""
    )
    while (pk := free.values_list("pk", flat=True).first()) is not None:
        token = uuid4().hex
        if free.filter(pk=pk).update(claimed_by=token, claimed_at=now):
            return BatchLine.objects.select_related("batch", "control__patient__practice").get(
                pk=pk
            )
    return None


def _make(actor: Actor, line: BatchLine, now: datetime) -> None:
    """The letter, or the reason why there is none; the next line is made in any case."""
    error = _refusal(actor, line)
    if not error:
        try:
            _issue(actor, line, now)
        except PangoMissingError:
            error = LineError.NO_PDF
        except Exception:
            logger.exception("Line %s of a batch of letters failed", line.pk)
            error = LineError.FAULT
    if error:
        own = BatchLine.objects.filter(pk=line.pk, claimed_by=line.claimed_by, letter=None)
        own.update(error=error)


def _refusal(actor: Actor, line: BatchLine) -> str:
    if not may(actor, Action.ISSUE_RECALL):
        return LineError.NOT_ALLOWED
    if line.control.patient.has_left:
        return LineError.LEFT
    return "" if line.control.state == ControlState.PLANNED else LineError.CLOSED


def _issue(actor: Actor, line: BatchLine, now: datetime) -> None:
    """Made outside the transaction, so that nobody waits for the typesetting."""
    patient = line.control.patient
    letter = Letter(
        patient=patient,
        kind=LetterKind.RECALL,
        language=patient.letter_language,
        control=line.control,
    )
    words = written(letter, author=actor.user.name, today=timezone.localdate(now))
    pdf = printed(words.context)
    batch_letter(actor=actor, line=line, written=words, pdf=pdf, now=now)


def _conclude(batch: LetterBatch, now: datetime) -> None:
    """The batch is finished with its last line. Lines that are claimed are being made, or their
    worker died: somebody looks after them when the claim has run out."""
    unmade = BatchLine.objects.filter(batch=batch, letter=None, error="")
    if not unmade.exists():
        LetterBatch.objects.filter(pk=batch.pk, finished_at=None).update(finished_at=now)
    elif not unmade.filter(claimed_at=None).exists() and make_letters.get_backend().supports_defer:
        make_letters.using(run_after=now + LEASE).enqueue(batch.pk)
