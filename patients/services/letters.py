"""Letters: written as drafts, issued once, marked as sent, and withdrawn when they were wrong."""

from collections.abc import Mapping
from datetime import date, datetime, time
from hashlib import sha256
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.timezone import localdate, make_aware
from django.utils.translation import gettext as _

from b12site.accounts.actor import Actor
from b12site.audit import log

from ..models import (
    Assessment,
    Channel,
    ContactAttempt,
    ContactOutcome,
    Control,
    Letter,
    LetterKind,
    LetterSending,
    LetterState,
    Patient,
    SendingWay,
    TreatmentCourse,
)
from ..permissions import Action, issuing, require
from ..reading.letters_data import Written


class LetterRefusedError(Exception):
    """What was asked for cannot be done; the message says why and what to do."""


@log.logged
def letter_draft(
    *,
    actor: Actor,
    patient: Patient,
    kind: LetterKind,
    language: str,
    now: datetime,
    assessment: Assessment | None = None,
    course: TreatmentCourse | None = None,
    control: Control | None = None,
    specialty: str = "",
    free_text: str = "",
    corrects: Letter | None = None,
    period: tuple[date, date] | None = None,
) -> Letter:
    """A letter that nobody has issued yet; with ``corrects`` one that takes another one's place,
    with ``period`` one about the days from the first to the last."""
    require(actor, Action.WRITE_LETTER)
    if patient.practice_id != actor.practice.pk:
        raise PermissionDenied("a patient of another practice")
    if corrects is not None:
        _check_correction(corrects)
    letter = Letter.objects.create(
        patient=patient,
        kind=kind,
        language=language,
        assessment=assessment,
        course=course,
        control=control,
        specialty=specialty,
        free_text=free_text.strip(),
        corrects=corrects,
        context=None if period is None else _days(*period),
        created_at=now,
        created_by=actor.user,
    )
    _log(actor, "letter.drafted", letter, after=_source(letter))
    return letter


@log.logged
def letter_save(
    *, actor: Actor, letter: Letter, language: str, specialty: str, free_text: str
) -> Letter:
    """Keep what is typed in a draft; saving the same again changes nothing."""
    require(actor, Action.WRITE_LETTER)
    draft = _held(actor, letter, LetterState.DRAFT)
    typed = {"language": language, "specialty": specialty, "free_text": free_text.strip()}
    before = {name: getattr(draft, name) for name in typed}
    if typed != before:
        for name, value in typed.items():
            setattr(draft, name, value)
        draft.save(update_fields=list(typed))
        _log(actor, "letter.saved", draft, before=before, after=typed)
    return draft


@log.logged
def letter_discard(*, actor: Actor, letter: Letter) -> None:
    """Throw a draft away; the log keeps what stood in it."""
    require(actor, Action.WRITE_LETTER)
    draft = _held(actor, letter, LetterState.DRAFT)
    before = _source(draft) | {"free_text": draft.free_text}
    _log(actor, "letter.discarded", draft, before=before)
    draft.delete()


@log.logged
def letter_issue(
    *, actor: Actor, letter: Letter, written: Written, pdf: bytes, now: datetime
) -> Letter:
    """Keep the bytes for good. ``written`` and ``pdf`` are what the draft ``letter`` was made into;
    refused when the draft has been changed since it was read."""
    require(actor, issuing(letter.kind))
    draft = _held(actor, letter, LetterState.DRAFT)
    if _typed(draft) != _typed(letter):
        raise LetterRefusedError(
            _("Somebody has changed the letter meanwhile. Look at it again before you issue it.")
        )
    _store(draft, actor=actor, written=written, pdf=pdf, now=now)
    return draft


@log.logged
def letter_withdraw(*, actor: Actor, letter: Letter, reason: str, now: datetime) -> None:
    """It stays readable and is marked."""
    require(actor, issuing(letter.kind))
    issued = _held(actor, letter, LetterState.ISSUED)
    issued.state, issued.withdrawn_at, issued.withdrawn_by = LetterState.WITHDRAWN, now, actor.user
    issued.withdrawn_reason = reason.strip()
    issued.save(update_fields=["state", "withdrawn_at", "withdrawn_by", "withdrawn_reason"])
    _log(actor, "letter.withdrawn", issued, after={"state": issued.state}, ground=reason.strip())


@log.logged
def letter_send(
    *, actor: Actor, letter: Letter, how: SendingWay, on: date, now: datetime
) -> LetterSending:
    """Mark that the letter left the practice; a recall letter is an attempt at contact."""
    require(actor, Action.WRITE_LETTER)
    issued = _held(actor, letter, LetterState.ISSUED)
    if issued.sendings.filter(how=how, on=on).exists():
        raise LetterRefusedError(_("This is marked already."))
    sending = issued.sendings.create(how=how, on=on, recorded_at=now, recorded_by=actor.user)
    if issued.kind == LetterKind.RECALL:
        _contact(actor, issued, on, now)
    _log(actor, "letter.sent", issued, after={"how": how, "on": on})
    return sending


def _store(letter: Letter, *, actor: Actor, written: Written, pdf: bytes, now: datetime) -> None:
    """Bytes, checksum, words, sources and log row of a letter, inside the caller's transaction."""
    letter.state = LetterState.ISSUED
    letter.context, letter.pdf = written.context.as_json(), pdf
    letter.sha256 = sha256(pdf).hexdigest()
    letter.edition = written.edition
    letter.issued_at, letter.issued_by = now, actor.user
    letter.save()
    letter.results.set(written.results)
    names = ("kind", "language", "sha256", "edition", "corrects")
    after = {name: getattr(letter, name) for name in names} | _source(letter)
    after["results"] = [result.pk for result in written.results]
    _log(actor, "letter.issued", letter, after=after)


def _held(actor: Actor, letter: Letter, state: LetterState) -> Letter:
    """The letter as it stands now, locked until the end of the transaction."""
    query = Letter.objects.select_for_update(of=("self",)).select_related("patient", "control")
    held = query.filter(pk=letter.pk).first()
    if held is None:
        raise LetterRefusedError(_("Somebody has discarded the draft meanwhile."))
    if held.patient.practice_id != actor.practice.pk:
        raise PermissionDenied("a letter of another practice")
    if held.state != state:
        raise LetterRefusedError(
            _("This cannot be done: the letter is %(state)s.") % {"state": held.get_state_display()}
        )
    return held


def _typed(letter: Letter) -> tuple[str, str, str]:
    return letter.language, letter.specialty, letter.free_text


def _check_correction(corrects: Letter) -> None:
    if corrects.is_draft:
        raise LetterRefusedError(_("A draft is edited, not corrected."))
    if corrects.corrections.exclude(state=LetterState.WITHDRAWN).exists():
        raise LetterRefusedError(_("There is a correction of this letter already."))


def _contact(actor: Actor, letter: Letter, on: date, now: datetime) -> None:
    at = now if on == localdate(now) else make_aware(datetime.combine(on, time(12)))
    attempt = ContactAttempt.objects.create(
        patient=letter.patient,
        control=letter.control,
        at=at,
        channel=Channel.LETTER,
        outcome=ContactOutcome.LETTER_SENT,
        recorded_by=actor.user,
    )
    log.changed(
        actor=actor,
        action="contact.logged",
        obj=attempt,
        subject=letter.patient_id,
        after={"at": at, "channel": attempt.channel, "outcome": attempt.outcome, "letter": letter},
    )


def _days(first: date, last: date) -> dict[str, str]:
    return {"first": first.isoformat(), "last": last.isoformat()}


def _source(letter: Letter) -> dict[str, Any]:
    """What the letter is and what it is written from, by number."""
    names = ("kind", "assessment_id", "course_id", "control_id", "specialty", "corrects_id")
    return {name: getattr(letter, name) for name in names if getattr(letter, name)}


def _log(
    actor: Actor,
    action: str,
    letter: Letter,
    *,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    ground: str = "",
) -> None:
    log.changed(
        actor=actor,
        action=action,
        obj=letter,
        subject=letter.patient_id,
        before=before,
        after=after,
        ground=ground,
    )
