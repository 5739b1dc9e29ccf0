"""The one way to a patient's data: through the practice of whoever is acting.

What belongs to another practice is answered exactly like what does not exist: 404.
"""

from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from django.http import Http404

from b12site.accounts.actor import Actor

from .models import (
    Assessment,
    Control,
    Injection,
    Laboratory,
    Letter,
    LetterBatch,
    Patient,
    Result,
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
}
"""How each kind of object leads to the practice that it belongs to."""


def in_practice(model: type[Scoped], actor: Actor) -> QuerySet[Scoped]:
    """All of a kind in the actor's practice."""
    query: dict[str, Any] = {PRACTICE_OF[model]: actor.practice}
    return model._default_manager.filter(**query)


def found(model: type[Scoped], actor: Actor, pk: int, *related: str) -> Scoped:
    """The one with this number in the actor's practice, with ``related`` objects in the same query;
    raises ``Http404``."""
    try:
        return in_practice(model, actor).select_related(*related).get(pk=pk)
    except (model.DoesNotExist, OverflowError):  # type: ignore[attr-defined]
        raise Http404 from None
