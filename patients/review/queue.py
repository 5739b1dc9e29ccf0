"""The queue of a reviewer: its rows in a constant number of queries, and what stands above them."""

from collections.abc import Collection
from typing import Any, NamedTuple

from django.contrib.admin.views.main import ChangeList
from django.db.models import Count, Prefetch, Q, QuerySet
from django.http import HttpRequest

from b12site.accounts.models import Practice, User

from ..models import CaseState, Review, ReviewCase
from ..services.review_queue import unassigned

_HEAVY = ("assessment__form_data", "assessment__case", "assessment__result")


class Queue(ChangeList):
    """Reads what a row shows together with the rows, and nothing of the patient but the number."""

    def get_queryset(
        self, request: HttpRequest, exclude_parameters: Any = None
    ) -> QuerySet[ReviewCase]:
        own = Review.objects.filter(reviewer=request.user)  # type: ignore[misc]
        cases: QuerySet[ReviewCase] = super().get_queryset(request, exclude_parameters)
        return (
            cases.select_related("practice", "assessment__signed_by", "emergency__user")
            .defer(*_HEAVY)
            .prefetch_related("grounds", Prefetch("reviews", own, to_attr="own_reviews"))
        )


class Counts(NamedTuple):
    waiting: int
    judged: int
    meeting: int
    closed: int


def counts(user: User, places: Collection[Practice]) -> Counts:
    """Of the reviewer's cases: to be judged by him, judged by all who are asked, for the meeting,
    closed. One query."""
    state = {name: Count("pk", Q(case__state=name)) for name in ("judged", "meeting", "closed")}
    waiting = Count("pk", Q(judged_at=None) & ~Q(case__state=CaseState.CLOSED))
    own = Review.objects.filter(reviewer=user, case__practice__in=places)
    return Counts(**own.aggregate(waiting=waiting, **state))


class Place(NamedTuple):
    pk: int
    name: str
    waiting: int


def waiting_places(user: User, places: Collection[Practice]) -> list[Place]:
    """The practices with cases that nobody is asked about and that the user may judge."""
    rows = unassigned(user, places).order_by("practice").values("practice", "practice__name")
    return [Place(*row) for row in rows.annotate(n=Count("pk")).values_list(*_PLACE)]


_PLACE = ("practice", "practice__name", "n")
