"""What reviewers have said about the assessments that a doctor signed."""

from collections.abc import Sequence
from typing import NamedTuple

from django.db.models import Case, Count, Exists, OuterRef, Q, QuerySet, When
from django.http import Http404

from b12site.accounts.actor import Actor

from ..models import Assessment, Review, ReviewReply, Verdict
from ..scope import in_practice

MOST = 100
"""How many stand on the list; each stands on the page of its assessment as well."""


class Comments(NamedTuple):
    total: int
    unanswered: int
    """Those that do not agree, and to which the doctor has said nothing yet."""


def about(actor: Actor) -> QuerySet[Review]:
    """All that is finished about what the actor signed."""
    answered = Exists(ReviewReply.objects.filter(review=OuterRef("pk")))
    own = in_practice(Review, actor).filter(
        case__assessment__signed_by=actor.user, judged_at__isnull=False
    )
    return own.annotate(answered=answered)


_WAITS = Q(answered=False) & ~Q(verdict=Verdict.AGREE)


def comments(actor: Actor) -> Comments:
    return Comments(**about(actor).aggregate(total=Count("pk"), unanswered=Count("pk", _WAITS)))


def listed(actor: Actor) -> Sequence[Review]:
    """What waits for an answer first, then the newest. Two queries."""
    first = Case(When(_WAITS, then=0), default=1)
    return list(_with_all(about(actor)).order_by(first, "-judged_at", "-pk")[:MOST])


def of_assessment(assessment: Assessment, actor: Actor) -> Sequence[Review]:
    """For the doctor who signed it; others see none. Two queries."""
    if assessment.signed_by_id != actor.user.pk:
        return []
    return list(_with_all(about(actor)).filter(case__assessment=assessment).order_by("pk"))


def one(actor: Actor, pk: int) -> Review:
    """Raises ``Http404``."""
    try:
        return _with_all(about(actor)).get(pk=pk)
    except (Review.DoesNotExist, OverflowError):
        raise Http404 from None


def _with_all(reviews: QuerySet[Review]) -> QuerySet[Review]:
    related = ("reviewer", "case__assessment", "case__patient")
    return reviews.select_related(*related).prefetch_related("replies__by")
