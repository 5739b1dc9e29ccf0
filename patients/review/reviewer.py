"""Who reviews where: the practices of a reviewer, the actor of the log, and what is shown."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from b12site.accounts.actor import Actor
from b12site.accounts.models import Membership, Practice, Role, User
from b12site.audit import log

from ..models import Review, ReviewCase


def practices(user: Any) -> QuerySet[Practice]:
    """Where the user is a reviewer now."""
    held = Membership.objects.filter(user=user, role=Role.REVIEWER)
    return Practice.objects.filter(pk__in=held.values("practice"))


def acting(user: User, cases: Iterable[ReviewCase]) -> dict[int, Actor]:
    """The user as an actor in the practice of each case, by the practice's number; one query."""
    wanted = {case.practice_id for case in cases}
    held = Membership.objects.filter(user=user, practice__in=wanted).select_related("practice")
    roles: dict[Practice, set[Role]] = defaultdict(set)
    for membership in held:
        roles[membership.practice].add(Role(membership.role))
    return {place.pk: Actor(user, place, frozenset(some)) for place, some in roles.items()}


def log_shown(user: User, cases: Iterable[ReviewCase], action: str) -> None:
    """One log row for each practice whose cases are shown."""
    shown = list(cases)
    for place, actor in acting(user, shown).items():
        here = [case for case in shown if case.practice_id == place]
        subjects = sorted({case.patient_id for case in here})
        details = {"cases": [case.pk for case in here]}
        log.shown(actor=actor, action=action, subjects=subjects, details=details)


def visible(case: ReviewCase, user: User) -> list[Review]:
    """Verdicts that the user may see: all when all who were asked have judged, until then the own.
    Reads the case's reviews: prefetch them."""
    reviews = list(case.reviews.all())
    if all(review.judged_at for review in reviews):
        return reviews
    return [review for review in reviews if review.reviewer_id == user.pk and review.judged_at]
