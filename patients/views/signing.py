"""Assessments: signed by a doctor, corrected by a new one, or thrown away as drafts."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from interpretation.views import answer_context

from ..forms.assessments import CorrectionForm, SignForm, pairs, posted_version, typed_fields
from ..models import Assessment, TreatmentCourse
from ..permissions import Action, ClinicalRequest, clinical
from ..presenters import assessments as words
from ..reading.record_case import current_results, weeks_by_record
from ..rules.answered import Answered, answered
from ..rules.course_plan import STARTS
from ..rules.typed_values import typed_values
from ..scope import found, in_practice
from ..services import assessments as services
from ..showing import Page, shown_header

_RELATED = ("patient", "updated_by", "signed_by", "corrects")


@clinical(Action.SIGN_ASSESSMENT, shows=Page.ASSESSMENT)
@require_http_methods(["GET", "HEAD", "POST"])
def assessment_sign(request: ClinicalRequest, pk: int) -> HttpResponse:
    """The answer with the doctor's choice. What was chosen stays on the page when the signature is
    refused, also when the draft was changed meanwhile: then the new answer stands above it."""
    draft, error = found(Assessment, request.actor, pk, *_RELATED), None
    now = timezone.now()
    today = timezone.localdate(now)
    if request.method == "POST" and not draft.is_signed and not request.unsaved:
        signed, error = _sign(request, draft, now)
        if signed is not None:
            return _after_signing(request, signed)
        draft = found(Assessment, request.actor, pk, *_RELATED)
    answer = answered(draft.form_data, today)
    if draft.is_signed or answer is None:
        return _not_to_be_signed(request, draft)
    form = SignForm(_with_version(request, draft), answer=answer, version=draft.version)
    if request.method == "POST" and posted_version(request.POST) != draft.version:
        error = words.changed_meanwhile(draft)
    if error is not None:
        form.is_valid()
        form.add_error(None, error)
    return _sign_page(request, draft, answer, form)


def _with_version(request: ClinicalRequest, draft: Assessment) -> Any:
    """What was posted, on top of the draft as it stands now; ``None`` when nothing was."""
    if request.method != "POST":
        return None
    data = request.POST.copy()
    data["version"] = str(draft.version)
    return data


def _sign(
    request: ClinicalRequest, draft: Assessment, now: datetime
) -> tuple[Assessment | None, str | ValidationError | None]:
    """The signed assessment, or why it was refused; neither where the form says it itself."""
    answer = answered(draft.form_data, timezone.localdate(now))
    if answer is None:
        return None, None
    form = SignForm(request.POST, answer=answer, version=draft.version)
    if not form.is_valid():
        return None, None
    try:
        signed = services.assessment_sign(
            actor=request.actor,
            assessment=draft,
            version=form.cleaned_data["version"],
            form_data=draft.form_data,
            now=now,
            **form.decision(),
        )
    except services.AssessmentConflictError as conflict:
        return None, words.changed_meanwhile(conflict.current)
    except services.AssessmentRefusedError as refused:
        return None, str(refused)
    except ValidationError as refused:
        return None, refused
    return signed, None


def _not_to_be_signed(request: ClinicalRequest, draft: Assessment) -> HttpResponse:
    if draft.is_signed:
        messages.info(request, _("The assessment is signed already."))
    else:
        messages.error(request, _("Correct what is marked before you sign."))
    return redirect("patients:assessment", draft.pk)


def _after_signing(request: ClinicalRequest, signed: Assessment) -> HttpResponse:
    messages.success(request, _("The assessment was signed."))
    if "start_treatment" in request.POST and signed.chosen_regimen in STARTS:
        address = reverse("patients:course_start", args=[signed.patient_id])
        return redirect(f"{address}?assessment={signed.pk}")
    return redirect("patients:assessment", signed.pk)


def _sign_page(
    request: ClinicalRequest, draft: Assessment, answer: Answered, form: SignForm
) -> HttpResponse:
    today = answer.case.as_of
    values = words.value_texts(typed_values(answer, current_results(draft.patient, today)), draft)
    treated = (
        in_practice(TreatmentCourse, request.actor)
        .filter(patient=draft.patient, stopped_on=None)
        .exists()
    )
    context: dict[str, Any] = {
        "form": form,
        "draft": draft,
        "header": shown_header(request, draft.patient, today, draft),
        "values": values,
        "undated": [value for value in values if not value.sampled],
        "unlike": words.unlike_record(
            draft.form_data, draft.patient, today, weeks_by_record(draft.patient, today)
        ),
        "may_start": not treated,
        **answer_context(answer.form),
    }
    return render(request, "patients/assessment/sign.html", context)


# Throwing away and correcting


@clinical(Action.DRAFT_ASSESSMENT, shows=Page.ASSESSMENT)
@require_http_methods(["GET", "HEAD", "POST"])
def assessment_discard(request: ClinicalRequest, pk: int) -> HttpResponse:
    draft = found(Assessment, request.actor, pk, *_RELATED)
    if draft.is_signed:
        return redirect("patients:assessment", pk)
    if request.method == "POST":
        try:
            services.assessment_discard(
                actor=request.actor, assessment=draft, version=posted_version(request.POST)
            )
        except services.AssessmentConflictError as conflict:
            messages.error(request, words.changed_meanwhile(conflict.current))
            return redirect("patients:assessment_discard", pk)
        messages.success(request, _("The draft was discarded."))
        return redirect("patients:record", draft.patient_id)
    context = {
        "draft": draft,
        "header": shown_header(request, draft.patient, timezone.localdate(), draft),
        "saved": words.saved(draft),
        "fields": words.field_texts(draft.form_data),
    }
    return render(request, "patients/assessment/discard.html", context)


@clinical(Action.DRAFT_ASSESSMENT, shows=Page.ASSESSMENT)
@require_http_methods(["GET", "HEAD", "POST"])
def assessment_correct(request: ClinicalRequest, pk: int) -> HttpResponse:
    """A new draft that takes the place of a signed assessment; filled with what was signed, or
    with what somebody was typing while it was signed."""
    signed, now = found(Assessment, request.actor, pk, "patient", "corrected_by"), timezone.now()
    if not signed.is_signed:
        return redirect("patients:assessment", pk)
    typed = typed_fields(request.POST)
    form = CorrectionForm(request.POST if "reason" in request.POST else None)
    if form.is_valid() and not request.unsaved:
        try:
            draft = services.assessment_start(
                actor=request.actor,
                patient=signed.patient,
                form_data=typed or signed.form_data,
                as_of=timezone.localdate(now),
                now=now,
                corrects=signed,
                correction_reason=form.cleaned_data["reason"],
            )
            return redirect("patients:assessment", draft.pk)
        except services.AssessmentRefusedError as refused:
            form.add_error(None, str(refused))
    context = {
        "form": form,
        "header": shown_header(request, signed.patient, timezone.localdate(now), signed),
        "assessment": signed,
        "correction": getattr(signed, "corrected_by", None),
        "typed": pairs(typed),
    }
    return render(request, "patients/assessment/correct.html", context)
