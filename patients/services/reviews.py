"""Reviews: taken or asked for, judged once, answered by the doctor who signed, and closed."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from b12site.accounts.actor import Actor
from b12site.accounts.models import User
from b12site.audit import log

from ..models import (
    AGAINST,
    EMERGENCY_VERDICTS,
    REASONS,
    CaseClosing,
    CaseState,
    EmergencyReason,
    Review,
    ReviewCase,
    ReviewReply,
)
from ..permissions import Action, require
from ..review.choosing import disagreed
from . import emergency
from .review_queue import ask, unassigned, who_may_judge
from .review_queue import consider as consider  # for the services that make cases

MOST_TAKEN = 20
"""How many cases a reviewer takes at once; not from the guideline."""
REVIEWERS = 2


class ReviewRefusedError(Exception):
    """What was asked for cannot be done; the message says why and what to do."""


@log.logged
def review_take(*, actor: Actor, count: int, now: datetime) -> list[Review]:
    """The next cases of the practice that nobody is asked about, the oldest first; those of the
    reviewer's own patients are left to others."""
    require(actor, Action.REVIEW)
    if not 1 <= count <= MOST_TAKEN:
        raise ReviewRefusedError(
            _("Take between 1 and %(most)s cases at once.") % {"most": MOST_TAKEN}
        )
    taken = [
        ask(case, actor.user, now) for case in unassigned(actor.user, [actor.practice])[:count]
    ]
    for review in taken:
        _log(actor, "review.taken", review)
    return taken


@log.logged
def review_ask(*, actor: Actor, case: ReviewCase, reviewer: User, now: datetime) -> Review:
    """Ask a colleague as well; both judge without seeing each other's verdict."""
    held = _held(actor, case)
    asked = list(held.reviews.all())
    if held.state == CaseState.CLOSED:
        raise ReviewRefusedError(_("The case is closed."))
    if any(review.reviewer_id == reviewer.pk for review in asked):
        raise ReviewRefusedError(_("%(name)s is asked already.") % {"name": reviewer.name})
    if len(asked) >= REVIEWERS:
        raise ReviewRefusedError(_("Two reviewers are asked about this case already."))
    if reviewer not in who_may_judge(held):
        raise ReviewRefusedError(
            _("Choose a reviewer of the practice who has not signed anything about this patient.")
        )
    review = ask(held, reviewer, now)
    _set_state(held)
    _log(actor, "review.asked", review)
    return review


@log.logged
def review_judge(
    *, actor: Actor, review: Review, verdict: str, reason: str, comment: str, now: datetime
) -> Review:
    """What the reviewer thinks, once and for all. Of an emergency access it is its signing-off."""
    case = _held(actor, review.case)
    held = Review.objects.select_for_update().get(pk=review.pk)
    if held.reviewer_id != actor.user.pk:
        raise PermissionDenied("somebody else's review")
    if held.judged_at is not None:
        raise ReviewRefusedError(_("You have judged this case already. A verdict is not changed."))
    if case.state == CaseState.CLOSED:
        raise ReviewRefusedError(_("The case was closed meanwhile."))
    _check(case, verdict, reason, comment)
    held.verdict, held.reason, held.comment = verdict, reason, comment.strip()
    held.judged_at = now
    held.save()
    _sign_off(actor, case, held, now)
    _set_state(case)
    after = {"verdict": verdict, "reason": reason, "comment": held.comment}
    _log(actor, "review.judged", held, after=after)
    return held


@log.logged
def review_reply(*, actor: Actor, review: Review, text: str, now: datetime) -> ReviewReply:
    """The answer of the doctor who signed."""
    require(actor, Action.ANSWER_REVIEW)
    signed = review.case.assessment
    own = signed is not None and signed.signed_by_id == actor.user.pk
    if review.case.practice_id != actor.practice.pk or not own:
        raise PermissionDenied("somebody else's assessment")
    if review.judged_at is None:
        raise ReviewRefusedError(_("The review is not finished yet."))
    if not text.strip():
        raise ReviewRefusedError(_("Write your answer."))
    reply = ReviewReply.objects.create(review=review, by=actor.user, at=now, text=text.strip())
    _log(actor, "review.answered", review, after={"text": reply.text})
    return reply


@log.logged
def review_close(*, actor: Actor, case: ReviewCase, note: str, now: datetime) -> ReviewCase:
    """Nothing more is done with the case. Where there is no agreement yet, the note says what came
    of it."""
    held = _held(actor, case)
    if held.state == CaseState.CLOSED:
        raise ReviewRefusedError(_("The case is closed."))
    if held.emergency is not None and held.emergency.signed_off_at is None:
        raise ReviewRefusedError(
            _("The emergency access has not been signed off. Judge the case first.")
        )
    if held.state != CaseState.JUDGED and not note.strip():
        raise ReviewRefusedError(_("Write what was concluded before you close the case."))
    before = {"state": held.state}
    held.state, held.closed_at = CaseState.CLOSED, now
    held.save(update_fields=["state", "closed_at"])
    CaseClosing.objects.create(case=held, by=actor.user, note=note.strip())
    log.changed(
        actor=actor,
        action="review.closed",
        obj=held,
        subject=held.patient_id,
        before=before,
        after={"state": held.state},
        ground=note.strip(),
    )
    return held


def _held(actor: Actor, case: ReviewCase) -> ReviewCase:
    """The case as it stands now, locked; of the actor's practice, and asked of the actor."""
    require(actor, Action.REVIEW)
    held = (
        ReviewCase.objects.select_for_update(of=("self",))
        .select_related("emergency")
        .get(pk=case.pk)
    )
    asked = held.reviews.filter(reviewer=actor.user).exists()
    if held.practice_id != actor.practice.pk or not asked:
        raise PermissionDenied("a case that the reviewer was not asked about")
    return held


def _sign_off(actor: Actor, case: ReviewCase, review: Review, now: datetime) -> None:
    """The first verdict on an emergency access signs it off."""
    if case.emergency is None or case.emergency.signed_off_at is not None:
        return
    try:
        emergency.emergency_sign_off(
            actor=actor,
            access=case.emergency,
            justified=review.reason == EmergencyReason.JUSTIFIED,
            comment=review.comment,
            now=now,
        )
    except emergency.EmergencyRefusedError as refused:
        raise ReviewRefusedError(str(refused)) from refused


def _check(case: ReviewCase, verdict: str, reason: str, comment: str) -> None:
    """A verdict, a reason that belongs to it, and words where a code does not say enough."""
    if case.emergency_id is not None:
        fits = (verdict, reason) in EMERGENCY_VERDICTS
    else:
        fits = verdict in REASONS and reason in REASONS[verdict].values
    if not fits:
        raise ReviewRefusedError(_("Choose a verdict with its reason."))
    if (verdict in AGAINST or reason.endswith("other")) and not comment.strip():
        raise ReviewRefusedError(_("Write a comment: the doctor is to understand your verdict."))


def _set_state(case: ReviewCase) -> None:
    """Open until everybody who is asked has judged."""
    verdicts = list(case.reviews.values_list("verdict", flat=True))
    if "" in verdicts:
        case.state = CaseState.OPEN
    else:
        case.state = CaseState.MEETING if disagreed(verdicts, AGAINST) else CaseState.JUDGED
    case.save(update_fields=["state"])


def _log(actor: Actor, action: str, review: Review, after: dict[str, str] | None = None) -> None:
    log.changed(
        actor=actor,
        action=action,
        obj=review,
        subject=review.case.patient_id,
        after={"case": review.case_id, "reviewer": review.reviewer_id, **(after or {})},
    )
