"""What a reviewer reads about one case besides the assessment: treatment, controls and letters of
the patient so far, and what the reviewers think."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch

from b12site.accounts.models import User
from b12site.audit.models import Entry

from ..models import (
    Control,
    CourseEvent,
    EmergencyAccess,
    EventKind,
    Letter,
    LetterState,
    Patient,
    Result,
    Review,
    ReviewCase,
    ReviewReply,
    TreatmentCourse,
)
from ..rules.measured import codes_of, counts_from, counts_until


@dataclass(frozen=True, slots=True)
class Held:
    control: Control
    results: Sequence[Result]
    """Those that count for the control, the oldest first."""


@dataclass(frozen=True, slots=True)
class Followed:
    """What came after an assessment."""

    courses: Sequence[TreatmentCourse]
    controls: Sequence[Held]
    letters: Sequence[Letter]


def followed(patient: Patient, today: date) -> Followed:
    """Seven queries."""
    told = CourseEvent.objects.select_related("recorded_by").prefetch_related("phases")
    parts = (Prefetch("events", told), "injections")
    courses = list(TreatmentCourse.objects.filter(patient=patient).prefetch_related(*parts))
    starts = {course.pk: _start(course, today) for course in courses}
    results = Result.objects.current().filter(patient=patient).order_by("sampled_on", "pk")
    measured = list(results)
    controls = [
        Held(control, _of(control, starts.get(control.course_id or 0), measured))
        for control in Control.objects.filter(patient=patient).order_by("earliest", "pk")
    ]
    return Followed(courses, controls, _letters(patient))


def _start(course: TreatmentCourse, today: date) -> date:
    """The last start, from which the days of the controls are counted."""
    restarts = [
        event.on
        for event in course.events.all()
        if event.kind == EventKind.RESTARTED and event.on <= today
    ]
    return restarts[-1] if restarts else course.started_on


def _of(control: Control, start: date | None, results: Sequence[Result]) -> list[Result]:
    """As ``controls.Held`` counts them."""
    codes = codes_of(control.tests)
    first = counts_from(min(control.earliest, control.first_earliest), start)
    last = counts_until(max(control.latest, control.first_latest), start)
    if control.closed_on is not None:
        last = min(last, control.closed_on)
    return [
        result for result in results if result.code in codes and first <= result.sampled_on <= last
    ]


def _letters(patient: Patient) -> Sequence[Letter]:
    """Issued ones, without what stands in them."""
    issued = Letter.objects.filter(patient=patient).exclude(state=LetterState.DRAFT)
    return list(
        issued.defer("context", "pdf", "free_text").select_related("issued_by", "created_by")
    )


# The reviewers


@dataclass(frozen=True, slots=True)
class Opinions:
    own: Review
    others: Sequence[Review]
    """Empty until all who were asked have judged: nobody is led by a colleague."""
    asked: int


def opinions(case: ReviewCase, user: User) -> Opinions:
    """With the doctor's answers; two queries."""
    reviews = list(
        case.reviews.select_related("reviewer")
        .prefetch_related(Prefetch("replies", ReviewReply.objects.select_related("by")))
        .order_by("pk")
    )
    own = next(review for review in reviews if review.reviewer_id == user.pk)
    done = all(review.judged_at for review in reviews)
    others = [review for review in reviews if review is not own] if done else []
    return Opinions(own, others, len(reviews))


# An emergency access


def opened(access: EmergencyAccess) -> Sequence[Entry]:
    """What the log says that was shown under it, in order."""
    until = access.ended_at or access.ends_at
    rows = Entry.objects.filter(
        actor=access.user, at__range=(access.opened_at, until), action__startswith="shown."
    )
    own = rows.filter(subject=access.patient_id) | rows.filter(subjects__subject=access.patient_id)
    return list(own.distinct().order_by("pk"))
