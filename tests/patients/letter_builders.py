"""Letters for tests of what happens to them; what stands in them is tested with their texts."""

from io import BytesIO
from typing import Any

import pikepdf

from b12site.accounts.actor import Actor
from patients.letters.context import Letter as Context
from patients.letters.context import Section
from patients.models import (
    BatchLine,
    Control,
    Letter,
    LetterBatch,
    LetterKind,
    Patient,
    Result,
)
from patients.reading.letters_data import Written
from patients.services import letters as services

from . import builders as build


def empty_page() -> bytes:
    file, pdf = BytesIO(), pikepdf.new()
    pdf.add_blank_page(page_size=(595, 842))
    pdf.save(file, deterministic_id=True)
    return file.getvalue()


PDF = empty_page()


def plain(*, language: str = "nb", free_text: str = "", **basis: Any) -> Context:
    """A letter that says what it was built from, as the builders of the letters are called."""
    told = [f"{name}: {basis[name]}" for name in sorted(basis) if name not in {"patient", "case"}]
    return Context(
        language=language,
        title="Brev",
        heading="Brev",
        sections=(Section("Grunnlag", paragraphs=tuple(told)),),
        free_text=free_text,
    )


def words(*results: Result, **fields: Any) -> Written:
    return Written(plain(**fields), results, "2018")


def draft(actor: Actor, of: Patient, kind: LetterKind = LetterKind.REFERRAL, **more: Any) -> Letter:
    more = {"specialty": "gastroscopy"} | more if kind == LetterKind.REFERRAL else more
    return services.letter_draft(
        actor=actor, patient=of, kind=kind, language="nb", now=build.NOW, **more
    )


def issued(actor: Actor, of: Patient, *results: Result, **more: Any) -> Letter:
    return services.letter_issue(
        actor=actor,
        letter=draft(actor, of, **more),
        written=words(*results),
        pdf=PDF,
        now=build.NOW,
    )


def batch(actor: Actor, *controls: Control, **fields: Any) -> LetterBatch:
    """Ordered, and nobody has begun."""
    made = LetterBatch.objects.create(
        **{"practice": actor.practice, "created_by": actor.user, "created_at": build.NOW}
        | {"heard_at": build.NOW}
        | fields
    )
    for position, control in enumerate(controls, start=1):
        BatchLine.objects.create(batch=made, position=position, control=control)
    return made
