"""Courses as the services make them, for the tests of what follows."""

from datetime import UTC, date, datetime
from typing import Any

from patients.models import ControlState, CourseEvent, Patient, TreatmentCourse
from patients.models.course import COURSE_PARTS
from patients.services.courses import course_change, course_restart, course_start, course_stop

from . import builders
from .builders import NOW, TODAY


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 9, tzinfo=UTC)


def started(patient: Patient | None = None, **given: Any) -> TreatmentCourse:
    values: dict[str, Any] = {
        "actor": builders.member(),
        "patient": patient or builders.patient(),
        "started_on": TODAY,
        "regimen": "im_5_days_then_oral",
        "now": NOW,
    }
    return course_start(**values | given)


def fresh(course: TreatmentCourse) -> TreatmentCourse:
    return TreatmentCourse.objects.prefetch_related(*COURSE_PARTS).get(pk=course.pk)


def change(course: TreatmentCourse, regimen: str, on: date, **given: Any) -> CourseEvent:
    values: dict[str, Any] = {"actor": builders.member(), "reason": "control", "now": at(on)}
    values |= given
    return course_change(course=course, regimen=regimen, on=on, **values)


def stop(course: TreatmentCourse, on: date, reason: str = "stores_filled") -> CourseEvent:
    return course_stop(actor=builders.member(), course=course, on=on, reason=reason, now=at(on))


def restart(course: TreatmentCourse, on: date, regimen: str = "oral_uncomplicated") -> CourseEvent:
    return course_restart(
        actor=builders.member(),
        course=course,
        on=on,
        regimen=regimen,
        reason="new_deficiency",
        now=at(on),
    )


def open_controls(course: TreatmentCourse) -> list[tuple[list[str], date]]:
    controls = course.controls.filter(state=ControlState.PLANNED)
    return [(control.times, control.latest) for control in controls]


def days(course: TreatmentCourse) -> list[tuple[str, date, date | None]]:
    history = fresh(course).history()
    return [(phase.dose.route, phase.first_day, phase.last_day) for phase in history]
