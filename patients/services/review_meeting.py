"""What a meeting concluded about a case on which verdicts differ."""

from datetime import datetime

from django.utils.translation import gettext as _

from b12site.accounts.actor import Actor
from b12site.audit import log

from ..models import CaseState, ReviewCase
from ..permissions import Action, require
from .reviews import ReviewRefusedError, review_close


@log.logged
def meeting_conclude(
    *, actor: Actor, case: ReviewCase, conclusion: str, now: datetime
) -> ReviewCase:
    """Close the case with what was agreed, for one who was asked about it. ``review_close`` holds
    the case and writes the log. Raises ``ReviewRefusedError``."""
    require(actor, Action.REVIEW)
    state = ReviewCase.objects.select_for_update().values_list("state", flat=True).get(pk=case.pk)
    if state != CaseState.MEETING:
        raise ReviewRefusedError(
            _("The case is not for the meeting any more: somebody has changed it meanwhile.")
        )
    if not conclusion.strip():
        raise ReviewRefusedError(_("Write what the meeting concluded."))
    return review_close(actor=actor, case=case, note=conclusion, now=now)
