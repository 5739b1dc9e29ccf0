"""Reading the work list: a page begins after the last line seen, and the table is never counted.

The order is seriousness, then the day it is due (so the longest overdue come first), then the
number of the line. Every function makes the same number of queries however long the list is.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.db.models import Exists, OuterRef, QuerySet, TextChoices, prefetch_related_objects
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from b12site.accounts.actor import Actor

from ..models import (
    ContactAttempt,
    ContactOutcome,
    TreatmentCourse,
    WorkItem,
)
from ..scope import in_practice
from .plans import with_plans

PAGE_SIZE = 25
CSV_LIMIT = 2000
COMING = timedelta(days=14)
"""How far ahead the list can look, and how recent a contact is. Not from the guideline."""
REMEMBERED = timedelta(days=365)
"""Older contact attempts say nothing about today's work."""
UNREACHED_LIMIT = 3
"""So many attempts in a row without reaching anybody suggest that the patient is lost to follow-up.
Not from the guideline."""

ORDER = ("-seriousness", "due", "pk")
REACHED = frozenset({ContactOutcome.BOOKED, ContactOutcome.DECLINED})


class Show(TextChoices):
    """Which lines: what waits today, a part of it, more of it, or what was taken away."""

    DUE = "", _("Due and overdue")
    OVERDUE = "overdue", _("Overdue only")
    COMING = "coming", _("Also the next 14 days")
    REMOVED = "removed", _("Removed from the list")


class Contacted(TextChoices):
    ANY = "", _("All")
    YES = "yes", _("Yes")
    NO = "no", _("No")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the reader chose; nothing chosen is everything that waits today."""

    kind: str = ""
    seriousness: int | None = None
    show: str = Show.DUE
    contacted: str = Contacted.ANY


class Mark(NamedTuple):
    """The place of a line in the order of the list; in an address ``3.2026-03-02.417``."""

    seriousness: int
    due: date
    pk: int

    def __str__(self) -> str:
        return f"{self.seriousness}.{self.due.isoformat()}.{self.pk}"

    @classmethod
    def read(cls, text: str) -> "Mark":
        """Raises ``ValueError``."""
        seriousness, due, pk = text.split(".")
        if len(seriousness) > 1 or len(pk) > 18:
            raise ValueError(text)
        return cls(int(seriousness), date.fromisoformat(due), int(pk))

    @classmethod
    def of(cls, item: WorkItem) -> "Mark":
        return cls(item.seriousness, item.due, item.pk)


class Page(NamedTuple):
    items: list[WorkItem]
    before: Mark | None
    """Where the previous page ends; ``None`` on the first one."""
    after: Mark | None
    """Where the next page begins; ``None`` on the last one."""


def lines(actor: Actor, wanted: Wanted, now: datetime) -> QuerySet[WorkItem]:
    """What was chosen, in order. Who has died or moved is off the list."""
    today = localdate(now)
    found = in_practice(WorkItem, actor).filter(
        patient__deceased_on__isnull=True, patient__moved_on__isnull=True
    )
    found = found.filter(removed_on__isnull=wanted.show != Show.REMOVED)
    if wanted.show in {Show.DUE, Show.OVERDUE}:
        found = found.filter(visible_from__lte=today)
    if wanted.show == Show.OVERDUE:
        found = found.filter(due__lt=today)
    if wanted.show == Show.COMING:
        found = found.filter(visible_from__lte=today + COMING)
    if wanted.kind:
        found = found.filter(kind=wanted.kind)
    if wanted.seriousness is not None:
        found = found.filter(seriousness=wanted.seriousness)
    return _contacted(found, wanted, now).select_related(
        "patient", "control", "course", "order", "assessment__created_by", "removed_by"
    )


def _contacted(found: QuerySet[WorkItem], wanted: Wanted, now: datetime) -> QuerySet[WorkItem]:
    attempted = Exists(
        ContactAttempt.objects.filter(patient=OuterRef("patient"), at__gte=now - COMING)
    )
    if wanted.contacted == Contacted.ANY:
        return found
    return found.filter(attempted if wanted.contacted == Contacted.YES else ~attempted)


def page(
    found: QuerySet[WorkItem], *, after: Mark | None = None, before: Mark | None = None
) -> Page:
    """One page of ``found``: the first, the one after a mark, or the one before a mark."""
    if before:
        items = _preceding(found, before, PAGE_SIZE + 1)
        shown = items[:PAGE_SIZE][::-1]
        return Page(
            shown,
            Mark.of(shown[0]) if len(items) > PAGE_SIZE else None,
            Mark.of(shown[-1]) if shown else None,
        )
    items = _following(found, after, PAGE_SIZE + 1)
    shown = items[:PAGE_SIZE]
    return Page(
        shown,
        (Mark.of(shown[0]) if shown else after) if after else None,
        Mark.of(shown[-1]) if len(items) > PAGE_SIZE else None,
    )


def beginning(found: QuerySet[WorkItem]) -> list[WorkItem]:
    """The first lines for a file, and one more if there are more."""
    return list(found.order_by(*ORDER)[: CSV_LIMIT + 1])


def _following(found: QuerySet[WorkItem], mark: Mark | None, size: int) -> list[WorkItem]:
    """Two short reads of the index: the rest of the mark's own seriousness, then what is less
    serious. One read with all of it would walk past everything before the mark."""
    found = found.order_by(*ORDER)
    if mark is None:
        return list(found[:size])
    same = found.filter(seriousness=mark.seriousness, due__gte=mark.due)
    items = list(same.exclude(due=mark.due, pk__lte=mark.pk)[:size])
    if len(items) < size:
        items += found.filter(seriousness__lt=mark.seriousness)[: size - len(items)]
    return items


def _preceding(found: QuerySet[WorkItem], mark: Mark, size: int) -> list[WorkItem]:
    """The same backwards, nearest to the mark first."""
    found = found.order_by("seriousness", "-due", "-pk")
    same = found.filter(seriousness=mark.seriousness, due__lte=mark.due)
    items = list(same.exclude(due=mark.due, pk__gte=mark.pk)[:size])
    if len(items) < size:
        items += found.filter(seriousness__gt=mark.seriousness)[: size - len(items)]
    return items


# What stands beside the lines


class Contact(NamedTuple):
    """The last contact attempt with a patient, how many there were since the line could be seen on
    the list, and how many of the latest in a row reached nobody."""

    last: ContactAttempt
    attempts: int
    unreached: int


@dataclass(frozen=True, slots=True)
class Around:
    """What the lines of a page need besides themselves: contact attempts and the latest course by
    patient, all courses by their number."""

    attempts: dict[int, list[ContactAttempt]]
    latest_course: dict[int, TreatmentCourse]
    courses: dict[int, TreatmentCourse]

    def contact(self, item: WorkItem) -> Contact | None:
        attempts = self.attempts.get(item.patient_id)
        if not attempts:
            return None
        since = item.visible_from - COMING
        count = sum(localdate(attempt.at) >= since for attempt in attempts)
        return Contact(attempts[0], count, unreached(attempts))


def unreached(newest_first: Iterable[ContactAttempt]) -> int:
    """How many of the latest attempts in a row reached nobody."""
    count = 0
    for attempt in newest_first:
        if attempt.outcome in REACHED:
            break
        count += 1
    return count


def around(items: list[WorkItem], now: datetime) -> Around:
    """Three queries, however many lines."""
    patients = {item.patient_id for item in items}
    known = TreatmentCourse.objects.filter(patient__in=patients)
    courses = with_plans(known.order_by("started_on", "pk"))
    prefetch_related_objects(courses, "injections")
    return Around(
        attempts_of(patients, now),
        {course.patient_id: course for course in courses},
        {course.pk: course for course in courses},
    )


def attempts_of(patients: Iterable[int], now: datetime) -> dict[int, list[ContactAttempt]]:
    """The contact attempts of the last year with each of these patients, newest first."""
    found: dict[int, list[ContactAttempt]] = {}
    attempts = ContactAttempt.objects.filter(patient__in=patients, at__gte=now - REMEMBERED)
    for attempt in attempts.select_related("recorded_by"):
        found.setdefault(attempt.patient_id, []).append(attempt)
    return found
