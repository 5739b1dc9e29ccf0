"""What cannot be done with a course, each with a sentence that says why and what to do instead."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from interpretation.guideline.calendar_time import add_months
from interpretation.presenters.texts import day

from ..models import CourseEvent, EventKind, Injection, Patient, TreatmentCourse
from ..models.course import StopReason

MONTHS_AHEAD = 3
"""How far ahead a start or a change may be planned; not from the guideline."""


class CourseRefusedError(Exception):
    """What was asked for cannot be done with this course; ``field`` is the form's own at fault."""

    def __init__(self, message: str, field: str | None = None) -> None:
        super().__init__(message)
        self.field = field


def check_can_start(patient: Patient) -> None:
    """One course at a time; none for who has left."""
    check_stays(patient)
    if patient.courses.filter(stopped_on__isnull=True).exists():
        raise CourseRefusedError(
            _("The patient is under treatment already. Change that course, or stop it first.")
        )


def check_stays(patient: Patient) -> None:
    if patient.has_left:
        raise CourseRefusedError(
            _("The patient has died or moved. Change that on the patient's page first.")
        )


def check_course_stays(course: TreatmentCourse) -> None:
    check_stays(course.patient)


def check_start_date(patient: Patient, on: date, today: date) -> None:
    """From birth to a few months ahead, and not during an earlier course."""
    if on < patient.birth_date:
        raise CourseRefusedError(_("The patient was not born by then: check the year."), "on")
    check_planned(on, today)
    mistaken = CourseEvent.objects.filter(kind=EventKind.STOPPED, reason=StopReason.MISTAKE)
    earlier = patient.courses.filter(stopped_on__gt=on).exclude(events__in=mistaken).first()
    if earlier is not None and earlier.stopped_on is not None:
        raise CourseRefusedError(
            _("The last treatment went on until %(day)s: this one cannot start before that day.")
            % {"day": day(earlier.stopped_on)},
            "on",
        )


def check_order(course: TreatmentCourse, on: date) -> None:
    """Events come in the order of their dates."""
    last = course.last_event()
    if on < last.on:
        raise CourseRefusedError(
            _("This is before the last event of the treatment (%(event)s on %(day)s).")
            % {"event": last.get_kind_display(), "day": day(last.on)},
            "on",
        )


def check_planned(on: date, today: date) -> None:
    latest = add_months(today, MONTHS_AHEAD)
    if on > latest:
        raise CourseRefusedError(
            _("This is too far ahead: choose a date not later than %(day)s.")
            % {"day": day(latest)},
            "on",
        )


def check_happened(course: TreatmentCourse, on: date, today: date) -> None:
    """Not in the future, except on the day of an event that lies there itself: a start that was
    planned can be called off."""
    if on > max(today, course.last_event().on):
        raise CourseRefusedError(_("This date lies in the future."), "on")


def check_seen(course: TreatmentCourse, seen: int | None) -> None:
    """``seen`` is the last event that the user knew of when deciding."""
    if seen is not None and seen != course.last_event().pk:
        raise CourseRefusedError(
            _("Somebody has changed this treatment meanwhile. Look at it before you go on.")
        )


def check_ongoing(course: TreatmentCourse) -> None:
    if not course.is_ongoing:
        raise CourseRefusedError(_("This treatment has been stopped already."))


def check_stopped(course: TreatmentCourse) -> None:
    if course.is_ongoing:
        raise CourseRefusedError(_("This treatment is going on: it has not been stopped."))


def check_lost(course: TreatmentCourse) -> None:
    if course.lost_since is None:
        raise CourseRefusedError(_("The patient is not registered as lost to follow-up."))


def check_not_lost(course: TreatmentCourse) -> None:
    if course.lost_since is not None:
        raise CourseRefusedError(_("The patient is already registered as lost to follow-up."))


def check_given(given_at: datetime, now: datetime) -> None:
    if given_at > now:
        raise CourseRefusedError(
            _("An injection is registered when it has been given: this time lies in the future."),
            "given_at",
        )


def check_counts(injection: Injection) -> None:
    """What has been corrected or withdrawn already is not corrected once more."""
    if injection.withdrawn or Injection.objects.filter(corrects=injection).exists():
        raise CourseRefusedError(_("Somebody has corrected or withdrawn this injection meanwhile."))
