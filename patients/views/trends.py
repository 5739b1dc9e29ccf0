"""How a patient's results have changed over time."""

from collections.abc import Iterable
from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from interpretation.guideline.calendar_time import add_months

from ..models import Patient, Result
from ..permissions import Action, ClinicalRequest, clinical
from ..presenters.changes import caveat
from ..presenters.chart import TimeScale
from ..presenters.trends import panels
from ..rules.periods import Period, periods, stops
from ..scope import found
from ..showing import Page, shown_header

RANGES = {"1": 12, "5": 60, "all": None}
"""Months that are shown, by what the address says; the second is the usual one."""
_RANGE_NAMES = (("1", _("1 year")), ("5", _("5 years")), ("all", _("All years")))


@clinical(Action.SEE_RECORD, shows=Page.TRENDS)
@require_safe
def trends(request: ClinicalRequest, pk: int) -> HttpResponse:
    today = timezone.localdate()
    patient = found(Patient, request.actor, pk)
    chosen = request.GET.get("range", "")
    chosen = chosen if chosen in RANGES else "5"
    results = list(patient.results.current().select_related("laboratory"))
    courses = list(patient.courses.prefetch_related("events__phases"))
    treated = periods(courses)
    scale = time_scale(results, treated, chosen, today)
    context = {
        "header": shown_header(request, patient, today),
        "panels": panels(results, treated, stops(courses), scale),
        "ranges": _RANGE_NAMES,
        "chosen": chosen,
        "caveat": caveat(),
        "has_results": bool(results),
    }
    return render(request, "patients/trends/page.html", context)


def time_scale(
    results: Iterable[Result], treated: Iterable[Period], chosen: str, today: date
) -> TimeScale:
    """From the first sample or treatment within the chosen years until today."""
    days = [result.sampled_on for result in results if result.value is not None]
    first = min([*days, *(period.first for period in treated)], default=today)
    months = RANGES[chosen]
    if months is not None:
        first = max(first, add_months(today, -months))
    return TimeScale.over(first, today)
