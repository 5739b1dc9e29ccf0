"""Who has read the record, and who has changed it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from ..forms.access import AccessFilterForm
from ..models import Patient
from ..permissions import Action, ClinicalRequest, clinical
from ..presenters.access import rows
from ..reading.access import page_of, people
from ..scope import found
from ..showing import Page, shown_header


@clinical(Action.SEE_RECORD, shows=Page.ACCESS)
@require_safe
def access(request: ClinicalRequest, pk: int) -> HttpResponse:
    """That this page is looked at stands on it the next time."""
    patient = found(Patient, request.actor, pk)
    form = AccessFilterForm(request.GET, people=people(pk))
    context: dict[str, Any] = {
        "header": shown_header(request, patient, timezone.localdate()),
        "form": form,
        "shown": None,
    }
    if form.is_valid():
        page = page_of(pk, form.wanted(), form.after_row())
        context["shown"] = {
            "rows": rows(page.entries, patient.practice_id),
            "older": page.older,
            "query": form.query(),
            "is_first": form.after_row() is None,
        }
    return render(request, "patients/access/page.html", context)
