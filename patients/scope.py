"""The one way to a patient's data: through the practice of whoever is acting.

What belongs to another practice is answered exactly like what does not exist: 404. A record that is
open by emergency access can be read page by page and stands in no list.
"""

from typing import Any, TypeVar

from django.db.models import Model, Q, QuerySet
from django.http import Http404

from b12site.accounts.actor import Actor

from .models import (
    Assessment,
    AssessmentState,
    Control,
    Injection,
    Laboratory,
    Letter,
    LetterBatch,
    LetterState,
    Patient,
    Result,
    Review,
    TestOrder,
    TreatmentCourse,
    WorkItem,
)

Scoped = TypeVar("Scoped", bound=Model)

PRACTICE_OF: dict[type[Model], str] = {
    Patient: "practice",
    Laboratory: "practice",
    WorkItem: "practice",
    Result: "patient__practice",
    TestOrder: "patient__practice",
    Assessment: "patient__practice",
    TreatmentCourse: "patient__practice",
    Injection: "course__patient__practice",
    Control: "patient__practice",
    Letter: "patient__practice",
    LetterBatch: "practice",
    Review: "case__practice",
}
"""How each kind of object leads to the practice that it belongs to."""


def in_practice(model: type[Scoped], actor: Actor) -> QuerySet[Scoped]:
    """All of a kind in the actor's practice."""
    query: dict[str, Any] = {PRACTICE_OF[model]: actor.practice}
    return model._default_manager.filter(**query)


def readable(model: type[Scoped], actor: Actor) -> QuerySet[Scoped]:
    """All of a kind in the actor's practice, and of the patients elsewhere whose records are open
    to the actor; for what is asked for by its number or its patient, never to list patients."""
    if not actor.beyond or model not in _PATIENT_OF:
        return in_practice(model, actor)
    own = Q(**{PRACTICE_OF[model]: actor.practice})
    opened = Q(**{f"{_PATIENT_OF[model]}__in": actor.beyond}) & _FINISHED.get(model, Q())
    return model._default_manager.filter(own | opened)


_PATIENT_OF: dict[type[Model], str] = {
    Patient: "pk",
    Result: "patient",
    TestOrder: "patient",
    Assessment: "patient",
    TreatmentCourse: "patient",
    Injection: "course__patient",
    Control: "patient",
    Letter: "patient",
}
_FINISHED = {
    Assessment: Q(state=AssessmentState.SIGNED),
    Letter: ~Q(state=LetterState.DRAFT),
}
"""Drafts are for those who write them."""


def found(model: type[Scoped], actor: Actor, pk: int, *related: str) -> Scoped:
    """The one with this number that the actor may read, with ``related`` objects in the same query;
    raises ``Http404``."""
    try:
        return readable(model, actor).select_related(*related).get(pk=pk)
    except (model.DoesNotExist, OverflowError):  # type: ignore[attr-defined]
        raise Http404 from None
