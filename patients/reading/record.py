"""What matters now about a patient: the conclusion, the treatment, and what is to be done."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import F, Q, Subquery

from ..models import Assessment, AssessmentState, Patient, TreatmentCourse, WorkItem, WorkKind
from .plans import with_plans


@dataclass(frozen=True, slots=True)
class Now:
    signed: Assessment | None
    """The last signed assessment; one that is being corrected holds until that is signed."""
    drafts: Sequence[Assessment]
    course: TreatmentCourse | None
    """The ongoing course, else the one that was stopped last."""
    work: Sequence[WorkItem]
    """Everything planned or awaited, the most urgent first."""


def now_of(patient: Patient) -> Now:
    """Three queries."""
    signed = Assessment.objects.filter(patient=patient, state=AssessmentState.SIGNED).exclude(
        corrected_by__state=AssessmentState.SIGNED
    )
    assessments = Assessment.objects.filter(
        Q(pk=Subquery(signed.order_by("-as_of", "-pk").values("pk")[:1]))
        | Q(patient=patient, state=AssessmentState.DRAFT)
    ).select_related("signed_by", "updated_by", "corrects")
    read = list(assessments)
    latest = TreatmentCourse.objects.filter(patient=patient).order_by(
        F("stopped_on").desc(nulls_first=True), "-pk"
    )
    course = with_plans(TreatmentCourse.objects.filter(pk=Subquery(latest.values("pk")[:1])))
    work = WorkItem.objects.filter(patient=patient).exclude(kind=WorkKind.DRAFT)
    return Now(
        signed=next((row for row in read if row.is_signed), None),
        drafts=[row for row in read if not row.is_signed],
        course=course[0] if course else None,
        work=list(
            work.select_related("control", "course", "order", "assessment").order_by("due", "pk")
        ),
    )
