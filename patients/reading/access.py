"""Who has been shown a patient's record and who has changed it, from the log."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from django.db.models import QuerySet, TextChoices
from django.utils.timezone import make_aware
from django.utils.translation import gettext_lazy as _

from b12site.audit.models import Entry, Subject

from ..models import Letter

PAGE = 50
SHOWN = "shown."
"""How the actions begin by which something was shown and nothing changed."""


class What(TextChoices):
    ALL = "", _("Read and changed")
    READ = "read", _("Read only")
    CHANGED = "changed", _("Changed only")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the reader chose; nothing chosen is everything."""

    person: int | None = None
    first: date | None = None
    last: date | None = None
    what: str = What.ALL


class Page(NamedTuple):
    entries: Sequence[Entry]
    older: int | None
    """The number after which the next page begins; ``None`` on the last one."""


def entries_of(patient: int) -> QuerySet[Entry]:
    """All rows about a patient, the newest first: those about this one alone, and those about
    several. Two reads of an index; one condition with "or" would walk through the whole log."""
    alone = Entry.objects.order_by().filter(subject=patient).values("pk")
    among = Subject.objects.filter(subject=patient).values("entry")
    entries = Entry.objects.filter(pk__in=alone.union(among))
    return entries.select_related("actor", "practice").order_by("-pk")


def page_of(patient: int, wanted: Wanted, after: int | None) -> Page:
    entries = _chosen(entries_of(patient), wanted)
    if after is not None:
        entries = entries.filter(pk__lt=after)
    rows = list(entries[: PAGE + 1])
    return Page(rows[:PAGE], rows[PAGE - 1].pk if len(rows) > PAGE else None)


def people(patient: int) -> list[tuple[int, str]]:
    """Everybody who stands in the rows about a patient, by name."""
    rows = entries_of(patient).order_by("actor__name", "actor").values_list("actor", "actor__name")
    return list(rows.distinct())


def shown_until(letter: Letter, first: date, last: date) -> list[Entry]:
    """To whom the patient's record was shown from one day to another, the newest first; nothing
    later than the letter, which would read otherwise each time that somebody looks at it."""
    entries = _chosen(entries_of(letter.patient_id), Wanted(None, first, last, What.READ))
    return list(entries.filter(at__lt=letter.created_at))


def _chosen(entries: QuerySet[Entry], wanted: Wanted) -> QuerySet[Entry]:
    if wanted.person is not None:
        entries = entries.filter(actor=wanted.person)
    if wanted.first is not None:
        entries = entries.filter(at__gte=_midnight(wanted.first))
    if wanted.last is not None:
        entries = entries.filter(at__lt=_midnight(wanted.last + timedelta(days=1)))
    if wanted.what == What.READ:
        entries = entries.filter(action__startswith=SHOWN)
    if wanted.what == What.CHANGED:
        entries = entries.exclude(action__startswith=SHOWN)
    return entries


def _midnight(day: date) -> datetime:
    return make_aware(datetime.combine(day, time()))
