"""What the record knows about one control: read for its page and for closing it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.shortcuts import get_object_or_404

from b12site.accounts.actor import Actor
from interpretation.guideline.edition import edition_for
from interpretation.guideline.run import interpret
from interpretation.presenters import Answer, error_texts, present

from ..models import (
    Assessment,
    AssessmentState,
    ContactAttempt,
    Control,
    ControlEvent,
    CourseEvent,
    EventKind,
    Result,
)
from ..rules.measured import codes_of, counts_from, counts_until
from ..scope import readable
from .record_case import case_form, form_data_from_record

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Held:
    """A control with the results of its tests, the newest first: those up to the day on which it
    was closed, else all. Samples from ``since`` to ``until`` count for it; ``start`` is the last
    start of the treatment."""

    control: Control
    start: date | None
    since: date
    until: date
    results: Sequence[Result]

    def now(self, code: str) -> Result | None:
        return self._newest(code, self.since, self.until)

    def before(self, code: str) -> Result | None:
        """Before the treatment; without one, the last time."""
        return self._newest(code, date.min, self.start or self.since - _DAY)

    def previous(self, code: str) -> Result | None:
        """The last one before those of this control, under the same treatment."""
        start = self.start or date.max
        found = self._newest(code, date.min, self.since - _DAY)
        return found if found is not None and found.sampled_on > start else None

    def measured(self) -> set[str]:
        return {
            result.code for result in self.results if self.since <= result.sampled_on <= self.until
        }

    def _newest(self, code: str, first: date, last: date) -> Result | None:
        return next(
            (
                result
                for result in self.results
                if result.code == code and first <= result.sampled_on <= last
            ),
            None,
        )


class History(NamedTuple):
    """What has happened with a control: events in order, contact and assessments newest first."""

    events: list[ControlEvent]
    attempts: list[ContactAttempt]
    assessments: list[Assessment]


def history(control: Control, *, with_drafts: bool = True) -> History:
    """Three queries."""
    last = control.assessments.filter(corrected_by__isnull=True)
    if not with_drafts:
        signed = control.assessments.filter(state=AssessmentState.SIGNED)
        last = signed.exclude(corrected_by__state=AssessmentState.SIGNED)
    return History(
        list(control.events.select_related("recorded_by")),
        list(control.contact_attempts.select_related("recorded_by")),
        list(last),
    )


def held(actor: Actor, pk: int, today: date) -> Held:
    """Two queries; raises ``Http404`` for a control of another practice."""
    query = readable(Control, actor).annotate(start=_start(today))
    related = ("patient", "course", "work", "origin")
    control = get_object_or_404(query.select_related(*related), pk=pk)
    start: date | None = control.start  # type: ignore[attr-defined]
    results = Result.objects.current().filter(
        patient_id=control.patient_id, code__in=codes_of(control.tests)
    )
    if control.closed_on is not None:
        results = results.filter(sampled_on__lte=control.closed_on)
    newest_first = results.order_by("-sampled_on", "-id")
    return Held(control, start, *_counted(control, start), list(newest_first))


def _counted(control: Control, start: date | None) -> tuple[date, date]:
    """The days whose samples count. A control that was moved keeps what was sampled for it in its
    first window."""
    first = min(control.earliest, control.first_earliest)
    last = max(control.latest, control.first_latest)
    return counts_from(first, start), counts_until(last, start)


def is_measured(control: Control, today: date) -> bool:
    """Does the record hold a result that belongs to the control?"""
    same = Control.objects.filter(pk=control.pk).annotate(start=_start(today))
    results = Result.objects.current().filter(
        patient_id=control.patient_id,
        code__in=codes_of(control.tests),
        sampled_on__range=_counted(control, same.values_list("start", flat=True).get()),
    )
    return results.exists()


def _start(today: date) -> Coalesce:
    """The last start of the course of a control, if it has one."""
    restarted = CourseEvent.objects.filter(
        course=OuterRef("course"), kind=EventKind.RESTARTED, on__lte=today
    )
    last = restarted.order_by("-on").values("on")[:1]
    return Coalesce(Subquery(last), F("course__started_on"))


def answer_today(seen: Held, today: date) -> tuple[Answer | None, list[str]]:
    """What the guideline says to what the record holds today, and what it could not use. Nothing
    is stored: the answer counts when a doctor has signed the assessment."""
    form = case_form(form_data_from_record(seen.control.patient, today, seen.control), today)
    form.is_valid()
    if form.tampered or not form.answerable:
        return None, [error.message for error in error_texts(form)]
    case = form.case()
    edition = edition_for(today)
    result = interpret(case, edition)
    form.add_refusals(result.errors)
    answer = present(result, case, edition, form.sample_dates(), form.old_results())
    return answer, [error.message for error in error_texts(form)]
