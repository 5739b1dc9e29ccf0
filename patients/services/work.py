"""Keeping the work list in step: called by the services inside their own transactions.

A line has no log row of its own: what it stands for has one. Only removing and restoring a line by
hand are acts of their own (``worklist.py``). A removed line comes back by itself when its days
change: somebody took away the injection due in March, not the one due in May.
"""

from datetime import date
from typing import Any

from ..models import (
    Assessment,
    Control,
    Patient,
    Seriousness,
    TestOrder,
    TreatmentCourse,
    WorkItem,
    WorkKind,
)
from ..models.course import COURSE_PARTS


def seriousness_of(course: TreatmentCourse | None) -> Seriousness:
    """Neurological symptoms before severe anaemia before a trial of treatment."""
    if course is None:
        return Seriousness.ORDINARY
    if course.neurological:
        return Seriousness.NEUROLOGICAL
    if course.severe_anaemia:
        return Seriousness.SEVERE_ANAEMIA
    return Seriousness.TRIAL if course.trial else Seriousness.ORDINARY


def put_control(control: Control) -> None:
    """The line of a planned control, which shows from the first day of its window."""
    _put(
        {"control": control},
        patient=control.patient,
        kind=WorkKind.CONTROL,
        seriousness=seriousness_of(control.course),
        visible_from=control.earliest,
        due=control.latest,
    )


def put_injection(course: TreatmentCourse, due: date, latest: date) -> None:
    """The next injection of a course: may be given from ``due``, overdue after ``latest``."""
    _put(
        {"course": course},
        patient=course.patient,
        kind=WorkKind.INJECTION,
        seriousness=seriousness_of(course),
        visible_from=due,
        due=latest,
    )


def keep_injection(pk: int) -> None:
    """The line of a course's next injection as plan and injections stand now, if one is due."""
    courses = TreatmentCourse.objects.select_related("patient").prefetch_related(*COURSE_PARTS)
    course = courses.get(pk=pk)
    due = course.next_injection()
    if due is None:
        drop(course=course)
    else:
        put_injection(course, due.earliest, due.latest)


def put_order(order: TestOrder, seriousness: Seriousness) -> None:
    """Answers are awaited from the day of the order, and overdue after the day expected."""
    _put(
        {"order": order},
        patient=order.patient,
        kind=WorkKind.ANSWERS,
        seriousness=seriousness,
        visible_from=order.ordered_on,
        due=order.expected_by,
    )


def put_draft(assessment: Assessment, seriousness: Seriousness) -> None:
    """A draft that nobody has signed, due on its own day."""
    _put(
        {"assessment": assessment},
        patient=assessment.patient,
        kind=WorkKind.DRAFT,
        seriousness=seriousness,
        visible_from=assessment.as_of,
        due=assessment.as_of,
    )


def put_decision(assessment: Assessment, seriousness: Seriousness) -> None:
    """A treatment that was chosen in a signed assessment, until the course says so: due at once."""
    drop(assessment=assessment)
    _put(
        {"assessment": assessment},
        patient=assessment.patient,
        kind=WorkKind.DECISION,
        seriousness=seriousness,
        visible_from=assessment.as_of,
        due=assessment.as_of,
    )


def drop_decisions(patient: Patient) -> None:
    """A start, change, stop or restart was recorded: what had been decided is carried out."""
    WorkItem.objects.filter(patient=patient, kind=WorkKind.DECISION).delete()


def _put(stands_for: dict[str, Any], *, patient: Patient, **values: Any) -> None:
    values |= {"patient": patient, "practice_id": patient.practice_id}
    item, created = WorkItem.objects.get_or_create(**stands_for, defaults=values)
    if created:
        return
    if (item.visible_from, item.due) != (values["visible_from"], values["due"]):
        values |= {
            "removed_on": None,
            "removed_by": None,
            "removed_reason": "",
            "removed_text": "",
        }
    for name, value in values.items():
        setattr(item, name, value)
    item.save()


def drop(
    *,
    control: Control | None = None,
    course: TreatmentCourse | None = None,
    order: TestOrder | None = None,
    assessment: Assessment | None = None,
) -> None:
    """Take away the line of what is done, whichever of the four it is."""
    (named,) = (
        {name: obj}
        for name, obj in {
            "control": control,
            "course": course,
            "order": order,
            "assessment": assessment,
        }.items()
        if obj is not None
    )
    WorkItem.objects.filter(**named).delete()
