"""Treatment courses with all that was decided about them: courses, events and phases in one query.

Django's prefetch would ask three times, on pages that ask for much else.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import Manager, Model, QuerySet

from ..models import CourseEvent, DosePhase, TreatmentCourse

_PARTS: tuple[tuple[str, type[Model]], ...] = (
    ("", TreatmentCourse),
    ("events__", CourseEvent),
    ("events__phases__", DosePhase),
)


def with_plans(courses: QuerySet[TreatmentCourse]) -> list[TreatmentCourse]:
    """``courses`` in their order, as after ``prefetch_related("events__phases")``."""
    names = [f"{path}{name}" for path, model in _PARTS for name in _names(model)]
    own: Any = courses.query.order_by or TreatmentCourse._meta.ordering
    order = (*own, *_order())
    found: dict[int, tuple[TreatmentCourse, dict[int, tuple[CourseEvent, list[DosePhase]]]]] = {}
    for row in courses.order_by(*order).values_list(*names):
        course, event, phase = _read(row, courses.db)
        _course, events = found.setdefault(course.pk, (course, {}))
        if event is not None:
            _event, phases = events.setdefault(event.pk, (event, []))
            phases += [] if phase is None else [phase]
    return [_put_together(course, list(events.values())) for course, events in found.values()]


def _order() -> Iterator[str]:
    for path, model in _PARTS[1:]:
        yield from (f"{path}{name}" for name in model._meta.ordering or ("pk",))


def _names(model: type[Model]) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields]


def _read(row: Sequence[Any], db: str) -> Iterator[Any]:
    """An object for each part of a row; ``None`` where there is none."""
    first = 0
    for _path, model in _PARTS:
        names = _names(model)
        values = row[first : first + len(names)]
        first += len(names)
        missing = values[names.index(model._meta.pk.attname)] is None
        yield None if missing else model.from_db(db, names, values)


def _put_together(
    course: TreatmentCourse, events: list[tuple[CourseEvent, list[DosePhase]]]
) -> TreatmentCourse:
    for event, phases in events:
        event.course = course
        for phase in phases:
            phase.event = event
        _keep(event, "phases", event.phases, phases)
    _keep(course, "events", course.events, [event for event, _phases in events])
    return course


def _keep(of: Model, name: str, manager: Manager[Any], rows: list[Any]) -> None:
    """As Django keeps what it has prefetched, for ``.all()``."""
    query: Any = manager.all()
    query._result_cache, query._prefetch_done = rows, True
    vars(of).setdefault("_prefetched_objects_cache", {})[name] = query
