"""A case as a line, and what the meeting reads of it: without name, number and date of birth."""

from typing import NamedTuple

from django.utils.translation import gettext as _

from interpretation.presenters.texts import short_day

from ..models import Review, ReviewCase
from ..presenters.assessments import regimen
from ..presenters.review_case import Hide, hiding
from . import words
from .reviewer import shows_identity


class CaseLine(NamedTuple):
    pk: int
    number: str
    day: str
    age: str
    subject: str
    state: str


def case_line(case: ReviewCase) -> CaseLine:
    return CaseLine(
        case.pk,
        _("Case %(number)s") % {"number": case.pk},
        short_day(case.day),
        words.age_group(case.age),
        words.subject(case),
        case.get_state_display(),
    )


class Said(NamedTuple):
    """A verdict with its comment, and what the doctor answered."""

    by: str
    verdict: str
    reason: str
    comment: str
    answers: list[str]


class MeetingCase(NamedTuple):
    line: CaseLine
    node: str
    grounds: str
    doctor: str
    advised: str
    chosen: str
    why: str
    in_words: str
    said: list[Said]


def meeting_case(case: ReviewCase) -> MeetingCase:
    """Wants the case with patient, setting of the practice, assessment or emergency access,
    grounds, reviews and answers."""
    signed = case.assessment
    hide = hiding(case.patient, shows_identity=shows_identity(case))
    free = signed.override_text if signed else case.emergency.reason if case.emergency else ""
    return MeetingCase(
        case_line(case),
        words.node(case.node) if case.node else "",
        words.grounds(case),
        words.doctor(case),
        regimen(signed.guideline_regimen) if signed else "",
        regimen(signed.chosen_regimen) if signed else "",
        signed.get_override_reason_display() if signed else "",
        hide(free),
        [_said(review, hide) for review in case.reviews.all()],
    )


def _said(review: Review, hide: Hide) -> Said:
    return Said(
        review.reviewer.name,
        review.get_verdict_display(),
        words.reason(review),
        hide(review.comment),
        [hide(reply.text) for reply in review.replies.all()],
    )
