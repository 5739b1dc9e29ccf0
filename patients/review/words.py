"""A case for review in words, for the queue, its filters and its files."""

from django.db.models import TextChoices
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from interpretation import wording
from interpretation.guideline.vocabulary import Conclusion, MonitoringConclusion
from interpretation.presenters.texts import short_day

from ..models import REASONS, EmergencyReason, Ground, Review, ReviewCase

AGE_GROUPS = ((0, 17), (18, 39), (40, 59), (60, 69), (70, 79), (80, 150))
"""First and last age. The guideline has limits of its own from 18 and from 70 years; the others are
not from it."""
_CHARTS = {"flow1": gettext_lazy("flowchart 1"), "flow2": gettext_lazy("flowchart 2")}
_KINDS: tuple[type[TextChoices], ...] = (*REASONS.values(), EmergencyReason)
_REASONS = {code: label for reasons in _KINDS for code, label in reasons.choices}
"""No two verdicts share a code."""


def conclusion(code: str) -> str:
    """Of an assessment, or of a control; empty for none."""
    if code in set(Conclusion):
        return str(wording.CONCLUSION_SHORT[Conclusion(code)])
    if code in set(MonitoringConclusion):
        return str(wording.MONITORING[MonitoringConclusion(code)])
    return code


def node(name: str) -> str:
    """The question at a node; those that both flowcharts ask say in which."""
    if name not in wording.NODES:
        return name
    chart = _CHARTS.get(name.split(".")[0])
    return f"{wording.node(name)} ({chart})" if chart else wording.node(name)


def age_group(age: int) -> str:
    first, last = next(group for group in AGE_GROUPS if age <= group[1])
    return age_group_words(first, last)


def age_group_words(first: int, last: int) -> str:
    ages = {"first": first, "last": last, "next": last + 1}
    if first == 0:
        return _("below %(next)s years") % ages
    if last == AGE_GROUPS[-1][1]:
        return _("%(first)s years or more") % ages
    return _("%(first)s–%(last)s years") % ages


def subject(case: ReviewCase) -> str:
    """What the case is about, in a few words."""
    if case.emergency_id is not None:
        return _("Emergency access")
    return conclusion(case.conclusion) or _("No conclusion")


def grounds(case: ReviewCase) -> str:
    """In ``Ground``'s order; reads the case's grounds: prefetch them."""
    found = {row.ground for row in case.grounds.all()}
    return ", ".join(str(ground.label) for ground in Ground if ground in found)


def doctor(case: ReviewCase) -> str:
    """Who signed, or who opened the record."""
    if case.emergency is not None:
        return case.emergency.user.name
    signed = case.assessment
    return signed.signed_by.name if signed and signed.signed_by else ""


def verdict(review: Review) -> str:
    if review.judged_at is None:
        return _("not judged yet")
    return f"{review.get_verdict_display()}, {short_day(localdate(review.judged_at))}"


def reason(review: Review) -> str:
    return str(_REASONS.get(review.reason, review.reason))
