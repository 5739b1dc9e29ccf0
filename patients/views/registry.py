"""Patients: looking for them, registering them, and the record of each on one page."""

import re
from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ..forms.registry import NUMBER_TAKEN, PatientForm, StatusForm
from ..forms.search import SearchForm
from ..models import LetterState, Patient
from ..permissions import Action, ClinicalRequest, clinical, may
from ..presenters.header import Header, patient_header
from ..presenters.letters import rows as letter_rows
from ..presenters.record import now_text
from ..presenters.registry import found_text
from ..presenters.timeline import timeline_days
from ..reading.letters_changed import letters_of
from ..reading.record import now_of
from ..reading.searched import find
from ..reading.timeline import timeline_of
from ..scope import found, in_practice
from ..services import patients as services
from ..showing import Page, shown_header, shows

_ROWS = re.compile(r"[0-9]{1,6}")


@clinical(Action.SEE_RECORD, shows=Page.SEARCH)
@require_http_methods(["GET", "HEAD", "POST"])
def search(request: ClinicalRequest) -> HttpResponse:
    """What is looked for is posted and answered at once: nothing about a person in an address."""
    form, today = SearchForm(_posted(request)), timezone.localdate()
    context: dict[str, Any] = {
        "form": form,
        "found": None,
        "may_open_others": may(request.actor, Action.EMERGENCY_ACCESS),
    }
    if form.is_valid() and (wanted := form.wanted()):
        after = form.cleaned_data["after"]
        page = find(in_practice(Patient, request.actor), wanted, after)
        context["found"] = found_text(page, today, is_first=after is None)
        shows(request, (patient.pk for patient in page.patients), searched=wanted.masked())
    return render(request, "patients/search.html", context)


@clinical(Action.REGISTER_PATIENT, shows=Page.ALIKE)
@require_http_methods(["GET", "HEAD", "POST"])
def patient_new(request: ClinicalRequest) -> HttpResponse:
    now = timezone.now()
    form = PatientForm(
        _posted(request),
        patients=in_practice(Patient, request.actor),
        today=timezone.localdate(now),
    )
    register = partial(services.patient_register, actor=request.actor, now=now)
    if patient := _saved(form, register):
        messages.success(request, _("The patient was registered."))
        return redirect("patients:record", patient.pk)
    return _form_page(request, form, header=None)


@clinical(Action.REGISTER_PATIENT, shows=Page.PERSON)
@require_http_methods(["GET", "HEAD", "POST"])
def patient_edit(request: ClinicalRequest, pk: int) -> HttpResponse:
    patient, today = found(Patient, request.actor, pk), timezone.localdate()
    header = shown_header(request, patient, today)
    form = PatientForm(
        _posted(request),
        patients=in_practice(Patient, request.actor),
        today=today,
        patient=patient,
    )
    update = partial(services.patient_update, actor=request.actor, patient=patient)
    if _saved(form, update):
        messages.success(request, _("The changes were saved."))
        return redirect("patients:record", pk)
    return _form_page(request, form, header=header)


def _posted(request: ClinicalRequest) -> QueryDict | None:
    """What was sent, also when it is nothing: two empty dates are an answer."""
    return request.POST if request.method == "POST" else None


def _saved(form: PatientForm, service: Callable[..., Patient]) -> Patient | None:
    if not form.is_valid():
        return None
    try:
        return service(details=form.details)
    except services.NumberTakenError:
        form.add_error("national_identity_number", NUMBER_TAKEN)
        return None


def _form_page(request: ClinicalRequest, form: PatientForm, header: Header | None) -> HttpResponse:
    today = timezone.localdate()
    alike = [*([form.same_number] if form.same_number else []), *form.similar]
    context = {
        "form": form,
        "header": header,
        "alike": [patient_header(patient, today) for patient in alike],
    }
    if alike:
        shows(request, (patient.pk for patient in alike))
    return render(request, "patients/patient_form.html", context)


@clinical(Action.REGISTER_PATIENT, shows=Page.PERSON)
@require_http_methods(["GET", "HEAD", "POST"])
def patient_status(request: ClinicalRequest, pk: int) -> HttpResponse:
    patient, today = found(Patient, request.actor, pk), timezone.localdate()
    form = StatusForm(_posted(request), patient=patient, today=today)
    if form.is_valid():
        services.patient_set_status(actor=request.actor, patient=patient, **form.cleaned_data)
        messages.success(request, _("The changes were saved."))
        return redirect("patients:record", pk)
    context = {"form": form, "header": shown_header(request, patient, today)}
    return render(request, "patients/status.html", context)


@clinical(Action.SEE_RECORD, shows=Page.RECORD)
@require_safe
def record(request: ClinicalRequest, pk: int) -> HttpResponse:
    patient, today = found(Patient, request.actor, pk), timezone.localdate()
    skipped = _skip(request)
    timeline = timeline_of(patient, skipped)
    header, letters = shown_header(request, patient, today), letters_of(patient)
    if header.reads_only:
        letters = letters.exclude(state=LetterState.DRAFT)
    context = {
        "header": header,
        "now": now_text(now_of(patient), today),
        "days": timeline_days(timeline),
        "older": timeline.older,
        "skipped": skipped,
        "may_decide": may(request.actor, Action.DECIDE_TREATMENT),
        "letters": letter_rows(letters),
    }
    return render(request, "patients/record.html", context)


def _skip(request: ClinicalRequest) -> int:
    """How many rows of the timeline are newer than what is asked for."""
    text = request.GET.get("skip", "0")
    if not _ROWS.fullmatch(text):
        raise Http404
    return int(text)
