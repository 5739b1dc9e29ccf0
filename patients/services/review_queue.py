"""Cases for review come from what services do: a signature, or an emergency access. Called inside
their transactions; the log row is that of the act."""

from collections import Counter
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.timezone import localdate

from b12site.accounts.models import Practice, Role, User
from interpretation.contract import case_from_json, interpretation_to_json
from interpretation.guideline import edition_for, interpret

from ..models import (
    Assessment,
    AssessmentState,
    CaseClosing,
    CaseGround,
    CaseState,
    EmergencyAccess,
    Ground,
    Review,
    ReviewCase,
    ReviewSetting,
)
from ..review import choosing
from ..rules.limits import age_on


def consider(
    *,
    assessment: Assessment | None = None,
    emergency: EmergencyAccess | None = None,
    now: datetime,
) -> ReviewCase | None:
    """The case that this becomes, with its grounds and whoever is asked; ``None`` when there is no
    ground. Asked again, it adds the grounds that have come since."""
    if emergency is not None:
        return _put(_of_emergency(emergency, now), {Ground.EMERGENCY}, asked=1, now=now)
    if assessment is None:
        raise ValueError("neither an assessment nor an emergency access")
    return _consider(assessment, now, frozenset(Ground))


def draw(*, now: datetime, edition_only: bool) -> int:
    """Considers all signed assessments that hold anew; the number of grounds that were added. One
    transaction for each: what was found stays found when the rest fails."""
    looked_for = frozenset({Ground.EDITION} if edition_only else Ground)
    signed = Assessment.objects.filter(state=AssessmentState.SIGNED).select_related("patient")
    holding = signed.exclude(corrected_by__state=AssessmentState.SIGNED).order_by("pk")
    before = CaseGround.objects.count()
    for assessment in holding.iterator(chunk_size=200):
        with transaction.atomic():
            _consider(assessment, now, looked_for)
    return CaseGround.objects.count() - before


def _consider(
    assessment: Assessment, now: datetime, looked_for: frozenset[Ground]
) -> ReviewCase | None:
    setting = setting_of(assessment.patient.practice_id)
    newest = answer_of_newest_edition(assessment, now)
    found = choosing.grounds(assessment, share=setting.sample_share, newest=newest) & looked_for
    if not found:
        return None
    case = _of_assessment(assessment, now)
    return _put(case, found, asked=setting.reviewers_for_each, now=now)


def setting_of(practice: int) -> ReviewSetting:
    """What the practice has decided; the defaults where it has not."""
    stored = ReviewSetting.objects.filter(practice=practice).first()
    return stored or ReviewSetting(practice_id=practice)


def answer_of_newest_edition(assessment: Assessment, now: datetime) -> dict[str, Any] | None:
    """What the edition in force says today; ``None`` while it is the one that was signed under."""
    edition = edition_for(localdate(now))
    if edition.id == assessment.edition:
        return None
    case = case_from_json(assessment.case, assessment.as_of)
    return interpretation_to_json(interpret(case, edition))


def eligible(practice: int, patient: int) -> list[User]:
    """The practice's reviewers who have not signed anything about the patient, the one with the
    fewest open reviews first."""
    signed = Assessment.objects.filter(patient=patient, state=AssessmentState.SIGNED)
    reviewers = User.objects.filter(
        is_active=True, memberships__practice=practice, memberships__role=Role.REVIEWER
    ).exclude(pk__in=signed.values("signed_by"))
    waiting = Counter(
        Review.objects.filter(reviewer__in=reviewers, judged_at=None)
        .exclude(case__state=CaseState.CLOSED)
        .values_list("reviewer", flat=True)
    )
    return sorted(reviewers, key=lambda one: (waiting[one.pk], one.pk))


def who_may_judge(case: ReviewCase) -> list[User]:
    """Nobody judges an emergency access of his own."""
    opened_by = case.emergency.user_id if case.emergency else None
    found = eligible(case.practice_id, case.patient_id)
    return [reviewer for reviewer in found if reviewer.pk != opened_by]


def unassigned(user: User, places: Collection[Practice]) -> QuerySet[ReviewCase]:
    """What waits in these practices for a reviewer and may be judged by this one, the oldest
    first."""
    signed = Assessment.objects.filter(signed_by=user, state=AssessmentState.SIGNED)
    waiting = ReviewCase.objects.filter(
        practice__in=places, reviews__isnull=True, state=CaseState.OPEN
    )
    foreign = waiting.exclude(emergency__isnull=False, emergency__user=user)
    return foreign.exclude(patient__in=signed.values("patient")).order_by("day", "pk")


def ask(case: ReviewCase, reviewer: User, now: datetime) -> Review:
    return Review.objects.create(case=case, reviewer=reviewer, asked_at=now)


def _of_assessment(assessment: Assessment, now: datetime) -> ReviewCase:
    patient, result = assessment.patient, assessment.result or {}
    return _found_or_new(
        now,
        {"assessment": assessment},
        patient=patient,
        practice_id=patient.practice_id,
        day=assessment.as_of,
        conclusion=assessment.conclusion or assessment.monitoring,
        node=choosing.deciding_node(result),
        age=age_on(patient.birth_date, assessment.as_of),
    )


def _of_emergency(access: EmergencyAccess, now: datetime) -> ReviewCase:
    """It is the patient's own practice that looks at it."""
    patient, day = access.patient, localdate(access.opened_at)
    return _found_or_new(
        now,
        {"emergency": access},
        patient=patient,
        practice_id=patient.practice_id,
        day=day,
        age=age_on(patient.birth_date, day),
    )


def _found_or_new(now: datetime, about: dict[str, Any], **values: Any) -> ReviewCase:
    case, _made = ReviewCase.objects.get_or_create(**about, defaults={"created_at": now, **values})
    return case


def _put(case: ReviewCase, found: Iterable[Ground], *, asked: int, now: datetime) -> ReviewCase:
    known = set(case.grounds.values_list("ground", flat=True))
    new = sorted(set(found) - known)
    CaseGround.objects.bulk_create(CaseGround(case=case, ground=ground) for ground in new)
    if not known:
        for reviewer in who_may_judge(case)[:asked]:
            ask(case, reviewer, now)
    elif new and case.state in {CaseState.JUDGED, CaseState.CLOSED}:
        _bring_up_again(case)
    return case


def _bring_up_again(case: ReviewCase) -> None:
    """What was judged before there was this ground is for the meeting: a verdict stays as it is."""
    case.state, case.closed_at = CaseState.MEETING, None
    case.save(update_fields=["state", "closed_at"])
    CaseClosing.objects.filter(case=case).delete()
