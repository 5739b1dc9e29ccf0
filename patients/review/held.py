"""When controls were held. The day is that of a sample that counts for the control, since answers
take days to come; without one, the day on which a doctor closed it."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from b12site.accounts.models import Practice

from ..models import Control, ControlState, CourseEvent, EventKind, Result
from ..rules.measured import codes_of, counts_from

_DAY = timedelta(days=1)
Samples = Mapping[int, list[tuple[date, str]]]
"""The days and codes of a patient's results, the oldest first."""


class Outcome(StrEnum):
    WITHIN = "within"
    BEFORE = "before"
    AFTER = "after"
    NOT_HELD = "not_held"
    LOST = "lost"
    CANCELLED = "cancelled"


class Visit(NamedTuple):
    """A control. ``earliest`` to ``latest`` is its first window: one that was moved is late all the
    same. ``asked_on`` is the day of the assessment ``asked_by`` that led to it."""

    patient: int
    tests: list[str]
    state: str
    closed_on: date | None
    opens: date
    earliest: date
    latest: date
    start: date | None
    lost_since: date | None
    asked_by: int | None
    asked_on: date | None

    @property
    def is_done(self) -> bool:
        return self.state == ControlState.DONE

    def held_on(self, samples: Samples) -> date | None:
        """A day in the window if a sample of the window counts, else that of the last sample that
        does. ``None`` for one that is not done."""
        closed_on = self.closed_on
        if not self.is_done or closed_on is None:
            return None
        codes, first = codes_of(self.tests), counts_from(min(self.opens, self.earliest), self.start)
        days = [
            day
            for day, code in samples.get(self.patient, ())
            if code in codes and first <= day <= closed_on
        ]
        within = (day for day in days if self.earliest <= day <= self.latest)
        return next(within, days[-1] if days else closed_on)

    def outcome(self, samples: Samples) -> Outcome:
        if self.state == ControlState.CANCELLED:
            return Outcome.CANCELLED
        day = self.held_on(samples)
        if day is None:
            return Outcome.LOST if self.lost_since else Outcome.NOT_HELD
        if day < self.earliest:
            return Outcome.BEFORE
        return Outcome.AFTER if day > self.latest else Outcome.WITHIN


def ended(places: Collection[Practice], first: date, last: date, today: date) -> list[Visit]:
    """Controls whose window ended in these days and is over."""
    last = min(last, today - _DAY)
    return _visits(places, Control.objects.filter(first_latest__range=(first, last)))


def asked_for(places: Collection[Practice], first: date, last: date) -> list[Visit]:
    """Controls that assessments of these days led to: their own, and those of the course that was
    started on them."""
    return _visits(places, Control.objects.all(), asked_on__range=(first, last))


def _visits(
    places: Collection[Practice], controls: QuerySet[Control], **asked: object
) -> list[Visit]:
    """Without those that were only to be considered."""
    restarted = CourseEvent.objects.filter(
        course=OuterRef("course"), kind=EventKind.RESTARTED, on__lte=OuterRef("closed_on")
    )
    rows = controls.filter(patient__practice__in=places, consider=False).annotate(
        start=Coalesce(
            Subquery(restarted.order_by("-on").values("on")[:1]), F("course__started_on")
        ),
        asked_by=Coalesce("origin", "course__assessment"),
        asked_on=Coalesce("origin__as_of", "course__assessment__as_of"),
    )
    return [Visit(*row) for row in rows.filter(**asked).values_list(*_FIELDS)]


_FIELDS = (
    "patient", "tests", "state", "closed_on", "earliest", "first_earliest", "first_latest", "start",
    "course__lost_since", "asked_by", "asked_on",
)  # fmt: skip


def samples_of(places: Collection[Practice], visits: Iterable[Visit]) -> Samples:
    """The results of those whose controls are done, from the first day that can count."""
    done = [visit for visit in visits if visit.is_done]
    found: dict[int, list[tuple[date, str]]] = defaultdict(list)
    if not done:
        return found
    first = min(counts_from(min(visit.opens, visit.earliest), visit.start) for visit in done)
    held = Control.objects.filter(patient__practice__in=places, state=ControlState.DONE)
    results = Result.objects.current().filter(
        patient__in=held.values("patient"), sampled_on__gte=first
    )
    rows = results.order_by("sampled_on", "pk").values_list("patient", "sampled_on", "code")
    for patient, day, code in rows:
        found[patient].append((day, code))
    return found


def waits(visits: Iterable[Visit], samples: Samples) -> tuple[list[int], int]:
    """For each assessment that a control was asked for: the days until the first was held; and how
    many still wait. Where all were cancelled there is nothing to wait for."""
    held: dict[int | None, list[int]] = defaultdict(list)
    waiting: set[int | None] = set()
    for visit in visits:
        day = visit.held_on(samples)
        if day is not None and visit.asked_on is not None:
            held[visit.asked_by].append(max((day - visit.asked_on).days, 0))
        elif visit.state == ControlState.PLANNED:
            waiting.add(visit.asked_by)
    return sorted(map(min, held.values())), len(waiting - held.keys())
