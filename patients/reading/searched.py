"""Finding a patient: what was asked for, and one page of those whom it fits."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from django.db.models import Q, QuerySet

from ..models import Patient

PAGE = 25
_OWN_LETTERS = frozenset("åäö")
"""Letters of their own in the Nordic alphabets, not an a or o with a mark."""


def searchable(name: str) -> str:
    """In small letters and without accents, so that andre finds André, and åse finds Åse only."""
    composed = unicodedata.normalize("NFC", name).lower()
    return "".join(
        letter if letter in _OWN_LETTERS else _without_marks(letter) for letter in composed
    )


def _without_marks(letter: str) -> str:
    parts = unicodedata.normalize("NFD", letter)
    return "".join(part for part in parts if not unicodedata.combining(part))


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was typed: each word must occur in the name. A two-digit year leaves two birth dates."""

    words: tuple[str, ...] = ()
    birth_dates: tuple[date, ...] = ()
    number: str = ""
    also_left: bool = False

    def masked(self) -> str:
        """For the log: enough to know again what was looked for, too little to learn whom."""
        parts = [f"name: {word[0]}… ({len(word)} letters)" for word in self.words]
        parts += [f"born: {born:%d.%m.}, year hidden" for born in self.birth_dates[:1]]
        parts += [f"number: {len(self.number)} digits"] if self.number else []
        return ", ".join(parts)


@dataclass(frozen=True, slots=True)
class Found:
    patients: Sequence[Patient]
    more: bool


def find(patients: QuerySet[Patient], wanted: Wanted, after: int | None) -> Found:
    """At most a page of the patients, by name, beginning behind the one numbered ``after``."""
    last = patients.filter(pk=after).first() if after else None
    for word in wanted.words:
        patients = patients.filter(search_name__contains=searchable(word))
    if wanted.birth_dates:
        patients = patients.filter(birth_date__in=wanted.birth_dates)
    if wanted.number:
        patients = patients.filter(national_identity_number=wanted.number)
    if not wanted.also_left:
        patients = patients.filter(deceased_on__isnull=True, moved_on__isnull=True)
    if last:
        patients = patients.filter(
            Q(search_name__gt=last.search_name) | Q(search_name=last.search_name, pk__gt=last.pk)
        )
    rows = list(patients.order_by("search_name", "pk")[: PAGE + 1])
    return Found(rows[:PAGE], len(rows) > PAGE)


def similar(patients: QuerySet[Patient], name: str, birth_date: date) -> list[Patient]:
    """Those born on the same day whose name shares a word with this one, or nearly so: they may be
    the same person. How much alike words must be is our own choice."""
    words = searchable(name).split()
    return [
        patient
        for patient in patients.filter(birth_date=birth_date)
        if any(get_close_matches(word, patient.search_name.split(), 1, 0.75) for word in words)
    ]
