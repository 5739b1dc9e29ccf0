"""From the open page to the record: what was typed there becomes a draft on a patient."""

from datetime import datetime

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from ..forms.assessments import pairs, typed_fields
from ..forms.search import SearchForm
from ..models import Patient
from ..permissions import Action, ClinicalRequest, clinical
from ..presenters.header import patient_header
from ..reading.record_case import FormData
from ..reading.searched import find
from ..scope import found, in_practice
from ..services import assessments as services
from ..showing import Page, shows


@clinical(Action.DRAFT_ASSESSMENT, shows=Page.CHOICE)
@require_http_methods(["GET", "HEAD", "POST"])
def assessment_from_open_page(request: ClinicalRequest) -> HttpResponse:
    """The fields travel along in the page until a patient is chosen; nothing is kept meanwhile."""
    if request.method != "POST":
        return redirect("interpretation:interpret")
    typed, now = typed_fields(request.POST), timezone.now()
    if "patient" in request.POST and not request.unsaved:
        return _draft(request, typed, now)
    today = timezone.localdate(now)
    form = SearchForm(request.POST if "q" in request.POST else None)
    wanted = form.wanted() if form.is_valid() else None
    page = find(in_practice(Patient, request.actor), wanted, None) if wanted else None
    context = {
        "form": form,
        "typed": pairs(typed),
        "found": [patient_header(patient, today) for patient in page.patients] if page else None,
        "more": bool(page and page.more),
    }
    if wanted and page:
        shows(request, (patient.pk for patient in page.patients), searched=wanted.masked())
    return render(request, "patients/assessment/choose_patient.html", context)


def _draft(request: ClinicalRequest, typed: FormData, now: datetime) -> HttpResponse:
    number = request.POST["patient"]
    if not number.isdecimal():
        raise Http404
    draft = services.assessment_start(
        actor=request.actor,
        patient=found(Patient, request.actor, int(number)),
        form_data=typed,
        as_of=timezone.localdate(now),
        now=now,
    )
    return redirect("patients:assessment", draft.pk)
