"""Assessments: begun, and worked on as drafts. What follows is in the modules beside this one."""

from datetime import date, datetime

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from b12site.language import with_language_switch
from interpretation.views import answer_context

from ..forms.assessments import DraftHelper, pairs, posted_version, typed_fields
from ..kept import kept_fields
from ..models import Assessment, AssessmentState, Control, Patient
from ..permissions import Action, ClinicalRequest, clinical, may
from ..presenters import assessments as words
from ..presenters.header import patient_header
from ..reading.record_case import (
    FormData,
    case_form,
    form_data_from_record,
    weeks_by_record,
)
from ..reading.signed import signed_context
from ..scope import found, in_practice
from ..services import assessments as services
from ..showing import Page, shown_header, shows
from .open_page import assessment_from_open_page
from .reviews import comments_on
from .signing import assessment_correct, assessment_discard, assessment_sign

__all__ = [
    "assessment",
    "assessment_correct",
    "assessment_discard",
    "assessment_from_open_page",
    "assessment_new",
    "assessment_sign",
]

CONFLICT = 409
_NOT_SAVED = "patients/assessment/not_saved.html"


@clinical(Action.DRAFT_ASSESSMENT, shows=Page.ASSESSMENT)
@require_http_methods(["GET", "HEAD", "POST"])
def assessment_new(request: ClinicalRequest, pk: int) -> HttpResponse:
    """Says which drafts there are already; a post begins one from the record."""
    patient, now = found(Patient, request.actor, pk), timezone.now()
    today = timezone.localdate(now)
    drafts = in_practice(Assessment, request.actor).filter(
        patient=patient, state=AssessmentState.DRAFT
    )
    if request.method != "POST":
        listed = [(draft.pk, words.saved(draft)) for draft in drafts.select_related("updated_by")]
        context = {"header": shown_header(request, patient, today), "drafts": listed}
        return render(request, "patients/assessment/new.html", context)
    control = _control(request, patient)
    draft = drafts.filter(control=control).first() if control else None
    draft = draft or services.assessment_start(
        actor=request.actor,
        patient=patient,
        form_data=form_data_from_record(patient, today, control),
        as_of=today,
        now=now,
        control=control,
    )
    return redirect("patients:assessment", draft.pk)


def _control(request: ClinicalRequest, patient: Patient) -> Control | None:
    """The control that is to be assessed, if one is named."""
    number = request.POST.get("control", "")
    if not number:
        return None
    if not number.isdecimal():
        raise Http404
    control = found(Control, request.actor, int(number))
    if control.patient_id != patient.pk:
        raise Http404
    return control


@clinical(Action.SEE_RECORD, shows=Page.ASSESSMENT)
@require_http_methods(["GET", "HEAD", "POST"])
@with_language_switch
def assessment(request: ClinicalRequest, pk: int) -> HttpResponse:
    """A draft with its answer, or the signed page. htmx asks for the answer alone, or saves while
    the doctor works; a button saves, or goes on to signing."""
    try:
        draft = found(Assessment, request.actor, pk, *_RELATED)
    except Http404:
        if request.method != "POST":
            raise
        return _gone(request)
    now = timezone.now()
    today = timezone.localdate(now)
    if request.method != "POST":
        show = _signed_page if draft.is_signed else _page
        return show(request, draft, today)
    typed = _typed(request, today)
    if request.unsaved and request.POST.get("action") == "autosave":
        return render(request, _NOT_SAVED, {"saved": words.saved(draft), "unsaved": True})
    if not draft.is_signed and (request.unsaved or not _is_to_be_saved(request)):
        return _page(request, draft, today, typed)
    return _save(request, draft, typed, now)


def _is_to_be_saved(request: ClinicalRequest) -> bool:
    """A button that saves was pressed. With its requests for the answer, htmx sends the last button
    as well: of those only the automatic save saves."""
    action = request.POST.get("action")
    return action == "autosave" or (action is not None and "HX-Request" not in request.headers)


_RELATED = ("patient", "updated_by", "signed_by", "corrects", "corrected_by__signed_by")


def _typed(request: ClinicalRequest, today: date) -> FormData:
    """What was posted. Raises ``BadRequest`` when a code was sent that the form does not offer."""
    typed = typed_fields(request.POST)
    form = case_form(typed, today)
    form.is_valid()
    if form.tampered:
        raise BadRequest("a code that the form does not offer")
    return typed


def _save(
    request: ClinicalRequest, draft: Assessment, typed: FormData, now: datetime
) -> HttpResponse:
    action = request.POST.get("action", "")
    typed = _picked(request.POST, typed, draft)
    try:
        saved = services.assessment_save(
            actor=request.actor,
            assessment=draft,
            version=posted_version(request.POST),
            form_data=typed,
            now=now,
        )
    except services.AssessmentConflictError as conflict:
        return _conflict(request, conflict.current, typed, timezone.localdate(now))
    if action == "autosave":
        context = {"saved": words.saved(saved), "version": saved.version}
        return render(request, "patients/assessment/saved.html", context)
    if action == "sign":
        return redirect("patients:assessment_sign", saved.pk)
    messages.success(request, _("The draft was saved."))
    return redirect("patients:assessment", saved.pk)


def _picked(post: QueryDict, typed: FormData, draft: Assessment) -> FormData:
    """Where two versions stood side by side: the fields that were chosen from the other one."""
    merged = dict(typed)
    for difference in words.differing(typed, draft.form_data):
        choice = post.get("keep") or post.get(f"pick-{difference.name}")
        if choice == "theirs":
            for part in (difference.name, f"{difference.name}_unit"):
                merged.pop(part, None)
                if part in draft.form_data:
                    merged[part] = draft.form_data[part]
    return merged


def _signed_page(request: ClinicalRequest, signed: Assessment, today: date) -> HttpResponse:
    header = shown_header(request, signed.patient, today, signed)
    may_decide = may(request.actor, Action.DECIDE_TREATMENT) and not header.reads_only
    comments = comments_on(request.actor, signed)
    context = {"header": header, "comments": comments}
    context |= signed_context(signed, may_decide=may_decide)
    return render(request, "patients/assessment/signed.html", context)


# The pages of a draft


def _page(
    request: ClinicalRequest, draft: Assessment, today: date, typed: FormData | None = None
) -> HttpResponse:
    """The form with its answer; for htmx the answer alone."""
    data = draft.form_data if typed is None else typed
    form = case_form(data, today)
    only_answer = bool(request.headers.get("HX-Request"))
    context = {"form": form, "only_answer": only_answer, **answer_context(form)}
    shows(request, [draft.patient_id], draft)
    if only_answer:
        return render(request, "interpretation/answer.html", context)
    context |= {
        "draft": draft,
        "header": patient_header(draft.patient, today),
        "helper": DraftHelper(reverse("patients:assessment", args=[draft.pk])),
        "version": draft.version if typed is None else posted_version(request.POST),
        "saved": words.saved(draft),
        "corrects": words.corrects(draft),
        "unlike": words.unlike_record(
            data, draft.patient, today, weeks_by_record(draft.patient, today)
        ),
        "may_sign": may(request.actor, Action.SIGN_ASSESSMENT),
    }
    return render(request, "patients/assessment/draft.html", context)


def _conflict(
    request: ClinicalRequest, current: Assessment, typed: FormData, today: date
) -> HttpResponse:
    """Both versions, where they differ; whoever came second decides field by field."""
    context = {
        "draft": current,
        "header": shown_header(request, current.patient, today, current),
        "saved": words.saved(current),
        "differences": words.differing(typed, current.form_data),
        "typed": pairs(typed),
        "action": request.POST.get("action", ""),
        "unsaved": False,
    }
    if context["action"] == "autosave":
        return render(request, _NOT_SAVED, context)
    template = "signed_meanwhile.html" if current.is_signed else "conflict.html"
    return render(request, f"patients/assessment/{template}", context, status=CONFLICT)


def _gone(request: ClinicalRequest) -> HttpResponse:
    """A draft that is not there (any more): what was typed is not lost with it."""
    context = {"kept": kept_fields(request)}
    return render(request, "patients/assessment/gone.html", context, status=404)
