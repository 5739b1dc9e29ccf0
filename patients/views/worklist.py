"""The practice's work list, and what can be done from its lines."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ..forms.worklist import ContactForm, FilterForm, RemovalForm
from ..models import WorkItem
from ..permissions import Action, ClinicalRequest, clinical, may
from ..presenters import worklist as words
from ..presenters.worklist_file import file_of
from ..reading import worklist as reading
from ..reading.reviews import comments
from ..scope import found
from ..services import worklist as services
from ..showing import Page, shown_header, shows


@clinical(Action.SEE_RECORD, shows=Page.WORK_LIST)
@require_safe
def worklist(request: ClinicalRequest) -> HttpResponse:
    now = timezone.now()
    form = FilterForm(request.GET)
    answers = may(request.actor, Action.ANSWER_REVIEW)
    context: dict[str, Any] = {
        "form": form,
        "limit": reading.CSV_LIMIT,
        "shown": None,
        "comments": comments(request.actor) if answers else None,
    }
    if form.is_valid():
        lines = reading.lines(request.actor, form.wanted(), now)
        page = reading.page(lines, after=_mark(request, "after"), before=_mark(request, "before"))
        around = reading.around(page.items, now)
        today = timezone.localdate(now)
        shows(request, (item.patient_id for item in page.items))
        context["shown"] = {
            "lines": [words.line(item, around, today) for item in page.items],
            "page": page,
            "query": form.query(),
            "empty": words.empty(form.wanted()),
        }
    return render(request, "patients/worklist/list.html", context)


def _mark(request: ClinicalRequest, name: str) -> reading.Mark | None:
    try:
        return reading.Mark.read(request.GET[name]) if name in request.GET else None
    except ValueError:
        raise Http404 from None


@clinical(Action.SEE_RECORD, shows=Page.WORK_LIST_FILE)
@require_safe
def worklist_csv(request: ClinicalRequest) -> HttpResponse:
    """All lines of the choice, up to a limit. Not streamed: half a file would look like a whole
    one if something failed on the way."""
    now, form = timezone.now(), FilterForm(request.GET)
    if not form.is_valid():
        raise Http404
    items = reading.beginning(reading.lines(request.actor, form.wanted(), now))
    today = timezone.localdate(now)
    name = _("work-list")
    shows(request, (item.patient_id for item in items))
    return HttpResponse(
        file_of(items, reading.around(items, now), today),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}-{today}.csv"'},
    )


@clinical(Action.PLAN_CONTROL, shows=Page.WORK_LINE)
@require_http_methods(["GET", "HEAD", "POST"])
def work_remove(request: ClinicalRequest, pk: int) -> HttpResponse:
    item = _item(request, pk)
    form = RemovalForm(_sent(request))
    if form.is_valid():
        try:
            services.work_remove(
                actor=request.actor, item=item, today=timezone.localdate(), **form.cleaned_data
            )
            messages.success(request, _("The line was removed. It can be brought back."))
        except services.NotOnTheListError:
            messages.info(request, _("Somebody else had already removed the line."))
        return _back(request)
    return _line_page(request, "patients/worklist/remove.html", item, form=form)


@clinical(Action.PLAN_CONTROL)
@require_POST
def work_restore(request: ClinicalRequest, pk: int) -> HttpResponse:
    try:
        services.work_restore(actor=request.actor, item=_item(request, pk))
        messages.success(request, _("The line is back on the list."))
    except services.NotOnTheListError:
        messages.info(request, _("Somebody else had already brought the line back."))
    return _back(request)


@clinical(Action.CONTACT_PATIENT, shows=Page.WORK_LINE)
@require_http_methods(["GET", "HEAD", "POST"])
def contact_new(request: ClinicalRequest, pk: int) -> HttpResponse:
    item, now = _item(request, pk), timezone.now()
    form = ContactForm(_sent(request), now=now)
    if form.is_valid():
        services.contact_log(actor=request.actor, item=item, **form.cleaned_data)
        messages.success(request, _("The contact attempt was saved."))
        return _back(request)
    made = reading.attempts_of([item.patient_id], now).get(item.patient_id, [])
    attempts = [words.attempt(attempt) for attempt in made]
    return _line_page(request, "patients/worklist/contact.html", item, form=form, attempts=attempts)


def _sent(request: ClinicalRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _item(request: ClinicalRequest, pk: int) -> WorkItem:
    return found(WorkItem, request.actor, pk, "patient", "control", "course", "order", "assessment")


def _back(request: ClinicalRequest) -> HttpResponse:
    """To the list as it was when the line was chosen: the same choice, the same page."""
    return redirect(f"{reverse('patients:worklist')}?{request.GET.urlencode()}")


def _line_page(
    request: ClinicalRequest, template: str, item: WorkItem, **context: Any
) -> HttpResponse:
    """A page about one line, which stands above the form."""
    now = timezone.now()
    today = timezone.localdate(now)
    context |= {
        "header": shown_header(request, item.patient, today, item),
        "line": words.line(item, reading.around([item], now), today),
        "patient": item.patient,
    }
    return render(request, template, context)
