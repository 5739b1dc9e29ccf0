"""Who reviews where: the practices of a reviewer, the actor of the log, and what is shown."""

from collections.abc import Iterable
from typing import cast

from django.http import HttpRequest

from b12site.accounts.active import practices_of
from b12site.accounts.actor import Actor
from b12site.accounts.models import Practice, Role, User
from b12site.audit import log

from ..models import Review, ReviewCase, ReviewSetting


def acting(request: HttpRequest) -> dict[int, Actor]:
    """The user in each practice where he is a reviewer now, with all roles there, by the practice's
    number. No query of its own."""
    user = cast(User, request.user)
    return {
        place.pk: Actor(user, place, roles)
        for place, roles in practices_of(request).items()
        if Role.REVIEWER in roles
    }


def practices(request: HttpRequest) -> list[Practice]:
    """Where the user is a reviewer now."""
    return [actor.practice for actor in acting(request).values()]


def log_shown(request: HttpRequest, cases: Iterable[ReviewCase], action: str) -> None:
    """One log row for each practice whose cases are shown."""
    shown = list(cases)
    for place, actor in acting(request).items():
        here = [case for case in shown if case.practice_id == place]
        if here:
            subjects = [case.patient_id for case in here]
            details = {"cases": [case.pk for case in here]}
            log.shown(actor=actor, action=action, subjects=subjects, details=details)


def shows_identity(case: ReviewCase) -> bool:
    """Does the practice let its reviewers see who the patient is? Reads its setting: select it."""
    setting: ReviewSetting | None = getattr(case.practice, "review_setting", None)
    return setting is not None and setting.shows_identity


def visible(case: ReviewCase, user: User) -> list[Review]:
    """Verdicts that the user may see: all when all who were asked have judged, until then the own.
    Reads the case's reviews: prefetch them."""
    reviews = list(case.reviews.all())
    if all(review.judged_at for review in reviews):
        return reviews
    return [review for review in reviews if review.reviewer_id == user.pk and review.judged_at]
