"""One control: what was expected against what was measured, and what is done with it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ..forms.controls import CancelForm, CloseForm, MoveForm, ReopenForm
from ..models import Control, ControlState
from ..permissions import Action, ClinicalRequest, clinical, may
from ..presenters import controls as words
from ..presenters.changes import caveat
from ..presenters.control_history import history
from ..presenters.worklist import window
from ..reading import controls as reading
from ..scope import found
from ..services import controls as services
from ..showing import Page, shown_header


@clinical(Action.SEE_RECORD, shows=Page.CONTROL)
@require_safe
def control(request: ClinicalRequest, pk: int) -> HttpResponse:
    today = timezone.localdate()
    seen = reading.held(request.actor, pk, today)
    compared = words.comparison(seen)
    is_open = seen.control.state == ControlState.PLANNED
    asked = is_open and compared.any_now
    answer, unusable = reading.answer_today(seen, today) if asked else (None, [])
    is_own = seen.control.patient_id not in request.actor.beyond
    context: dict[str, Any] = {
        "page": words.page(seen, today),
        "compared": compared,
        "is_open": is_open,
        "is_due": seen.since <= today,
        "answer": answer,
        "unusable": unusable,
        "caveat": caveat(),
        "line": getattr(seen.control, "work", None),
        "may_close": may(request.actor, Action.SIGN_ASSESSMENT),
        "history": history(reading.history(seen.control, with_drafts=is_own)),
    }
    return _page(request, "patients/control/page.html", seen.control, **context)


@clinical(Action.PLAN_CONTROL, shows=Page.CONTROL)
@require_http_methods(["GET", "HEAD", "POST"])
def control_move(request: ClinicalRequest, pk: int) -> HttpResponse:
    planned, now = _found(request, pk), timezone.now()
    form = MoveForm(_sent(request), control=planned, today=timezone.localdate(now))
    return _act(request, "move", planned, form, services.control_move, now=now)


@clinical(Action.PLAN_CONTROL, shows=Page.CONTROL)
@require_http_methods(["GET", "HEAD", "POST"])
def control_cancel(request: ClinicalRequest, pk: int) -> HttpResponse:
    planned = _found(request, pk)
    form = CancelForm(_sent(request), control=planned)
    return _act(request, "cancel", planned, form, services.control_cancel, now=timezone.now())


@clinical(Action.SIGN_ASSESSMENT, shows=Page.CONTROL)
@require_http_methods(["GET", "HEAD", "POST"])
def control_close(request: ClinicalRequest, pk: int) -> HttpResponse:
    planned, now = _found(request, pk), timezone.now()
    today = timezone.localdate(now)
    form = CloseForm(_sent(request), measured=reading.is_measured(planned, today))
    return _act(request, "close", planned, form, services.control_close, now=now, today=today)


@clinical(Action.PLAN_CONTROL, shows=Page.CONTROL)
@require_http_methods(["GET", "HEAD", "POST"])
def control_reopen(request: ClinicalRequest, pk: int) -> HttpResponse:
    ended, form = _found(request, pk), ReopenForm(_sent(request))
    return _act(request, "reopen", ended, form, services.control_reopen, now=timezone.now())


def _found(request: ClinicalRequest, pk: int) -> Control:
    return found(Control, request.actor, pk, "patient", "course")


def _sent(request: ClinicalRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _act(
    request: ClinicalRequest,
    name: str,
    control: Control,
    form: Form,
    service: Callable[..., Control],
    **options: Any,
) -> HttpResponse:
    """Do what the form asks for and go back to the control; else show the form, with everything
    that was typed and with why it was refused."""
    if form.is_valid():
        try:
            service(actor=request.actor, control=control, **form.cleaned_data, **options)
        except services.ControlRefusedError as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The control was saved."))
            return redirect("patients:control", pk=control.pk)
    return _page(request, f"patients/control/{name}.html", control, form=form)


def _page(
    request: ClinicalRequest, template: str, control: Control, **context: Any
) -> HttpResponse:
    context |= {
        "header": shown_header(request, control.patient, timezone.localdate(), control),
        "control": control,
        "name": words.control_name(control),
        "window": window(control.earliest, control.latest),
    }
    return render(request, template, context)
