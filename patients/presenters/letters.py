"""Letters as finished strings: in the record's list, and on their own pages."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.text import capfirst
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from b12site.pango import ADVICE, missing_libraries
from interpretation.presenters.texts import short_day

from ..models import (
    BatchLine,
    Letter,
    LetterBatch,
    LetterKind,
    LetterSending,
    LetterState,
    LineError,
    SendingWay,
)


@dataclass(frozen=True, slots=True)
class LetterRow:
    pk: int
    title: str
    state: str
    sent: str
    outdated: bool
    """Something behind it has been corrected, and no correction letter has been written."""


@dataclass(frozen=True, slots=True)
class LetterText:
    title: str
    state: str
    tone: str
    language: str
    withdrawn: str
    sendings: list[str]
    checksum: str


def rows(letters: Iterable[Letter]) -> list[LetterRow]:
    """Of ``letters_changed.letters_of``."""
    return [
        LetterRow(
            letter.pk,
            title(letter),
            state(letter),
            capfirst(_left(letter.sent_how, letter.sent_on)),  # type: ignore[attr-defined]
            letter.outdated and not letter.has_correction,  # type: ignore[attr-defined]
        )
        for letter in letters
    ]


def title(letter: Letter) -> str:
    """The kind, with the specialist and what it corrects."""
    name = letter.get_kind_display()
    name = name[:1].upper() + name[1:]
    if letter.kind == LetterKind.REFERRAL and letter.specialty:
        name = f"{name}: {letter.get_specialty_display()}"
    return _("%(letter)s (correction)") % {"letter": name} if letter.corrects_id else name


def state(letter: Letter) -> str:
    if letter.is_draft:
        return _("Draft by %(name)s, %(day)s") % {
            "name": letter.created_by.name,
            "day": _on(letter.created_at),
        }
    by = letter.issued_by.name if letter.issued_by else ""
    issued = _("Issued %(day)s by %(name)s") % {"day": _on(letter.issued_at), "name": by}
    if letter.state == LetterState.WITHDRAWN:
        return f"{issued}. " + _("Withdrawn %(day)s") % {"day": _on(letter.withdrawn_at)}
    return issued


def sent(sendings: Sequence[LetterSending]) -> str:
    """The last time it left the practice."""
    return _left(sendings[-1].how, sendings[-1].on) if sendings else ""


def _left(how: str | None, on: date | None) -> str:
    return f"{SendingWay(how).label} {short_day(on)}" if how and on else ""


def letter_text(letter: Letter) -> LetterText:
    """Needs the names of whoever wrote, issued, withdrew and sent it."""
    by = letter.withdrawn_by.name if letter.withdrawn_by else ""
    words = {"day": _on(letter.withdrawn_at), "name": by, "reason": letter.withdrawn_reason}
    is_withdrawn = letter.state == LetterState.WITHDRAWN
    return LetterText(
        title=title(letter),
        state=state(letter),
        tone="warning" if is_withdrawn else "success",
        language=letter.get_language_display(),
        withdrawn=_("Withdrawn %(day)s by %(name)s: %(reason)s") % words if is_withdrawn else "",
        sendings=[_sending(each) for each in letter.sendings.all()],
        checksum=letter.sha256,
    )


def _sending(sending: LetterSending) -> str:
    return _("%(how)s %(day)s, marked by %(name)s") % {
        "how": sending.get_how_display().capitalize(),
        "day": short_day(sending.on),
        "name": sending.recorded_by.name,
    }


def _on(at: datetime | None) -> str:
    return short_day(localdate(at)) if at else ""


def no_pdf() -> str:
    """What to install where PDF cannot be made."""
    return ADVICE.format(missing=", ".join(missing_libraries()) or "Pango")


# Batches


@dataclass(frozen=True, slots=True)
class BatchRow:
    patient: int
    name: str
    letter: int | None
    outcome: str
    problem: bool
    remark: str
    """What to see to with a letter that was made, such as an address that is missing."""


@dataclass(frozen=True, slots=True)
class BatchText:
    pk: int
    ordered: str
    progress: str
    total: int
    handled: int
    made: int
    failed: int
    unsent: int
    is_finished: bool
    install: str
    rows: list[BatchRow]


def batch_text(batch: LetterBatch, lines: Sequence[BatchLine]) -> BatchText:
    """Needs the lines with their controls' patients and their letters."""
    made = [line.letter for line in lines if line.letter is not None]
    failed = [line for line in lines if line.error]
    words = {"made": len(made), "total": len(lines)}
    addressed = Counter(line.control.patient_id for line in lines if line.letter is not None)
    return BatchText(
        pk=batch.pk,
        ordered=_("Letters ordered %(day)s by %(name)s")
        % {"day": _on(batch.created_at), "name": batch.created_by.name},
        progress=_("%(made)s of %(total)s letters are made") % words,
        total=len(lines),
        handled=len(made) + len(failed),
        made=len(made),
        failed=len(failed),
        unsent=sum(
            letter.state == LetterState.ISSUED and not letter.sendings.all() for letter in made
        ),
        is_finished=batch.finished_at is not None,
        install=no_pdf() if any(line.error == LineError.NO_PDF for line in lines) else "",
        rows=[_batch_row(line, addressed[line.control.patient_id]) for line in lines],
    )


def _batch_row(line: BatchLine, to_the_same: int) -> BatchRow:
    patient, letter = line.control.patient, line.letter
    outcome = line.get_error_display() if line.error else _("waiting")
    if letter is not None:
        outcome = sent(list(letter.sendings.all())) or letter.get_state_display()
    remarks = []
    if letter is not None and not (patient.address and patient.city):
        remarks.append(_("No address: hand it over or find the address."))
    if letter is not None and to_the_same > 1:
        remarks.append(_("One of several letters to this patient: post them together."))
    return BatchRow(
        patient=patient.pk,
        name=patient.name,
        letter=letter.pk if letter else None,
        outcome=outcome,
        problem=bool(line.error),
        remark=" ".join(remarks),
    )
