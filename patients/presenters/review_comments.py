"""A reviewer's comment as the doctor who signed reads it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from interpretation.presenters.texts import short_day

from ..models import Review, Verdict
from ..review import words
from .review_case import Opinion, opinion


@dataclass(frozen=True, slots=True)
class Comment:
    pk: int
    assessment: int | None
    patient: str
    about: str
    """The date of the assessment and what it came to."""
    waits: bool
    opinion: Opinion


def comment(review: Review) -> Comment:
    """Needs reviewer, case, assessment, patient and answers."""
    case = review.case
    said = {"day": short_day(case.day), "conclusion": words.subject(case)}
    return Comment(
        pk=review.pk,
        assessment=case.assessment_id,
        patient=case.patient.name,
        about=_("Assessment of %(day)s: %(conclusion)s") % said,
        waits=review.verdict != Verdict.AGREE and not review.replies.all(),
        opinion=opinion(review),
    )
