"""A patient's results: listed, typed, pasted, corrected; and tests that are ordered."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from interpretation.laboratory_text import Line
from interpretation.pasting import ticked
from interpretation.presenters.paste import analysis, preselected, review

from ..forms.correction import CorrectionForm
from ..forms.orders import OrderCloseForm, OrderForm
from ..forms.results import ResultPasteForm, ResultsForm
from ..models import Laboratory, Patient, Result, TestOrder
from ..permissions import Action, ClinicalRequest, clinical
from ..presenters.result_form import corrected_value, result_fields
from ..presenters.results import awaited, result_days, shown_value
from ..reading.result_lists import in_record, open_orders, result_page, suggested_tests
from ..scope import found, in_practice
from ..services import orders, results
from ..showing import Page, shown_header


@clinical(Action.SEE_RECORD, shows=Page.RESULTS)
@require_safe
def result_list(request: ClinicalRequest, pk: int) -> HttpResponse:
    patient, today = found(Patient, request.actor, pk), timezone.localdate()
    everything = "all" in request.GET
    page = result_page(
        request.actor, patient, after=request.GET.get("after", ""), with_superseded=everything
    )
    context = {
        "header": shown_header(request, patient, today),
        "days": result_days(page.results),
        "next_after": page.next_after,
        "everything": everything,
        "awaited": awaited(open_orders(request.actor, patient), today),
    }
    return render(request, "patients/results/list.html", context)


@clinical(Action.ENTER_RESULT, shows=Page.RESULTS)
@require_http_methods(["GET", "HEAD", "POST"])
def result_new(request: ClinicalRequest, pk: int) -> HttpResponse:
    now, patient = timezone.now(), found(Patient, request.actor, pk)
    today = timezone.localdate(now)
    laboratories = in_practice(Laboratory, request.actor)
    form = ResultsForm(request.POST or None, laboratories=laboratories, today=today)
    if request.method == "POST" and form.is_valid():
        stored = results.results_record(
            actor=request.actor, patient=patient, entries=form.entries(), now=now
        )
        return _stored(request, patient, len(stored))
    context = {"form": form, "header": shown_header(request, patient, today), **result_fields(form)}
    return render(request, "patients/results/new.html", context)


@clinical(Action.ENTER_RESULT, shows=Page.RESULTS)
@require_http_methods(["GET", "HEAD", "POST"])
def result_paste(request: ClinicalRequest, pk: int) -> HttpResponse:
    now, patient = timezone.now(), found(Patient, request.actor, pk)
    today = timezone.localdate(now)
    form = ResultPasteForm(
        request.POST if request.method == "POST" else None,
        laboratories=in_practice(Laboratory, request.actor),
        today=today,
    )
    valid = form.is_valid()
    lines, chosen, known = form.lines, set[int](), set[int]()
    if lines:
        known = in_record(request.actor, patient, lines, form.cleaned_data.get("sampled_on"))
        chosen = ticked(request.POST, lines) if form.was_shown else preselected(lines) - known
    if valid and form.was_shown and "store" in request.POST and not request.unsaved:
        entries = _confirmed(form, [lines[place] for place in sorted(chosen)])
        if entries:
            stored = results.results_record(
                actor=request.actor, patient=patient, entries=entries, now=now
            )
            return _stored(request, patient, len(stored))
    remarks = dict.fromkeys(known, _("Stands in the record already."))
    context = {
        "form": form,
        "header": shown_header(request, patient, today),
        "review": review(lines, chosen, remarks) if lines else None,
    }
    return render(request, "patients/results/paste.html", context)


def _confirmed(form: ResultPasteForm, lines: list[Line]) -> list[results.NewResult]:
    if not lines:
        form.add_error(None, _("No line is ticked. Tick what is to be stored."))
        return []
    return form.entries(lines)


def _stored(request: ClinicalRequest, patient: Patient, count: int) -> HttpResponse:
    text = ngettext("%(count)s result was stored.", "%(count)s results were stored.", count)
    messages.success(request, text % {"count": count})
    return redirect("patients:result_list", patient.pk)


@clinical(Action.ENTER_RESULT, shows=Page.RESULTS)
@require_http_methods(["GET", "HEAD", "POST"])
def result_correct(request: ClinicalRequest, pk: int) -> HttpResponse:
    now = timezone.now()
    result = found(Result, request.actor, pk, "patient", "laboratory", "corrects")
    form = CorrectionForm(
        request.POST if request.method == "POST" else None,
        result=result,
        laboratories=in_practice(Laboratory, request.actor),
        today=timezone.localdate(now),
    )
    if form.is_valid() and _corrected(request, form, result, now):
        return redirect("patients:result_list", result.patient_id)
    context = {
        "form": form,
        "header": shown_header(request, result.patient, timezone.localdate(now), result),
        "name": analysis(result.code),
        "before": shown_value(form.before),
        "withdrawn": result.withdrawn,
        "lab": corrected_value(form),
    }
    return render(request, "patients/results/correct.html", context)


def _corrected(
    request: ClinicalRequest, form: CorrectionForm, result: Result, now: datetime
) -> bool:
    common: dict[str, Any] = {
        "actor": request.actor,
        "result": result,
        "reason": form.cleaned_data["reason"],
        "now": now,
    }
    try:
        if form.withdraws:
            results.result_withdraw(**common)
            messages.success(request, _("The result was withdrawn."))
        else:
            results.result_correct(entry=form.entry(), **common)
            messages.success(request, _("The result was corrected."))
    except ValidationError as error:
        form.add_error(None, error)
        return False
    return True


@clinical(Action.ENTER_RESULT, shows=Page.ORDER)
@require_http_methods(["GET", "HEAD", "POST"])
def order_new(request: ClinicalRequest, pk: int) -> HttpResponse:
    patient, today = found(Patient, request.actor, pk), timezone.localdate()
    data = request.POST if request.method == "POST" else None
    form = OrderForm(data, today=today, suggested=suggested_tests(request.actor, patient))
    if form.is_valid():
        try:
            orders.order_place(
                actor=request.actor, patient=patient, ordered_on=today, **form.cleaned_data
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The tests were ordered."))
            return redirect("patients:record", patient.pk)
    context = {"form": form, "header": shown_header(request, patient, today)}
    return render(request, "patients/results/order_new.html", context)


@clinical(Action.ENTER_RESULT, shows=Page.ORDER)
@require_http_methods(["GET", "HEAD", "POST"])
def order_cancel(request: ClinicalRequest, pk: int) -> HttpResponse:
    """Close an order by hand: the tests are not taken, or were answered otherwise."""
    order = found(TestOrder, request.actor, pk, "patient", "ordered_by")
    today = timezone.localdate()
    form = OrderCloseForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        answered = form.cleaned_data["outcome"] == "answered"
        close = orders.order_answer if answered else orders.order_cancel
        reason = form.cleaned_data["reason"]
        try:
            close(actor=request.actor, order=order, reason=reason, today=today)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The order was closed."))
            return redirect("patients:record", order.patient_id)
    (shown,) = awaited([order], today)
    header = shown_header(request, order.patient, today, order)
    context = {"form": form, "order": shown, "header": header}
    return render(request, "patients/results/order_close.html", context)
