"""A treatment course: its page, and what can be decided about it."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.contrib import messages
from django.db.models import prefetch_related_objects
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from ..forms import courses as forms
from ..models import Assessment, AssessmentState, CourseEvent, Patient, TreatmentCourse
from ..models.course import COURSE_PARTS, page_parts
from ..permissions import Action, ClinicalRequest, clinical, may
from ..presenters import courses as words
from ..reading.course_facts import facts_of
from ..rules import course_checks
from ..rules.course_checks import CourseRefusedError
from ..scope import found, in_practice
from ..services import courses as services
from ..showing import Page, shown_header


@clinical(Action.SEE_RECORD, shows=Page.COURSE)
@require_safe
def course(request: ClinicalRequest, pk: int) -> HttpResponse:
    shown = found(TreatmentCourse, request.actor, pk, "patient")
    prefetch_related_objects([shown], *page_parts())
    today = timezone.localdate()
    header = shown_header(request, shown.patient, today, shown)
    allowed = [each for each in Action if may(request.actor, each) and not header.reads_only]
    context = {
        "header": header,
        "course": words.course_page(shown, today, allowed),
    }
    return render(request, "patients/course/page.html", context)


@clinical(Action.DECIDE_TREATMENT, shows=Page.COURSE)
@require_http_methods(["GET", "HEAD", "POST"])
def course_start(request: ClinicalRequest, pk: int) -> HttpResponse:
    """Directly, or from a signed assessment (``?assessment=``) whose answer is filled in."""
    patient, now = found(Patient, request.actor, pk), timezone.now()
    if ongoing := patient.courses.filter(stopped_on__isnull=True).first():
        messages.info(request, _("The patient is under treatment already. This is the course."))
        return redirect("patients:course", ongoing.pk)
    assessment = _assessment(request, patient)
    today = timezone.localdate(now)
    facts = None if assessment is None else facts_of(assessment)
    form = forms.StartForm(_sent(request), patient=patient, facts=facts, today=today)
    if form.is_valid() and form.plan_is_shown():
        basis = {"patient": patient, "assessment": assessment, "now": now}
        decided = basis | form.decided()
        if started := _done(form, lambda: services.course_start(actor=request.actor, **decided)):
            messages.success(request, _("The treatment was started."))
            return redirect("patients:course", started.pk)
    context = {"header": shown_header(request, patient, today), "form": form, "plan": form.plan()}
    return render(request, "patients/course/start.html", context | {"assessment": assessment})


class _Step(NamedTuple):
    """A decision about a course that exists."""

    form: type[forms.CourseForm]
    service: Callable[..., CourseEvent]
    possible: tuple[Callable[[Any], None], ...]
    template: str
    done: Any


_CHANGE = _Step(
    forms.ChangeForm,
    services.course_change,
    (course_checks.check_ongoing, course_checks.check_course_stays),
    "patients/course/change.html",
    gettext_lazy("The treatment was changed."),
)
_STOP = _Step(
    forms.StopForm,
    services.course_stop,
    (course_checks.check_ongoing,),
    "patients/course/stop.html",
    gettext_lazy("The treatment was stopped."),
)
_RESTART = _Step(
    forms.RestartForm,
    services.course_restart,
    (course_checks.check_stopped, course_checks.check_course_stays),
    "patients/course/restart.html",
    gettext_lazy("The treatment was started again."),
)
_LOST = _Step(
    forms.LostForm,
    services.course_lost,
    (course_checks.check_not_lost, course_checks.check_course_stays),
    "patients/course/lost.html",
    gettext_lazy("The patient is registered as lost to follow-up. Controls stay on the work list."),
)
_FOUND = _Step(
    forms.FoundForm,
    services.course_found,
    (course_checks.check_lost, course_checks.check_course_stays),
    "patients/course/found.html",
    gettext_lazy("The patient is back in follow-up."),
)


@clinical(Action.DECIDE_TREATMENT, shows=Page.COURSE)
@require_http_methods(["GET", "HEAD", "POST"])
def course_change(request: ClinicalRequest, pk: int) -> HttpResponse:
    return _decide(request, pk, _CHANGE)


@clinical(Action.DECIDE_TREATMENT, shows=Page.COURSE)
@require_http_methods(["GET", "HEAD", "POST"])
def course_stop(request: ClinicalRequest, pk: int) -> HttpResponse:
    return _decide(request, pk, _STOP)


@clinical(Action.DECIDE_TREATMENT, shows=Page.COURSE)
@require_http_methods(["GET", "HEAD", "POST"])
def course_restart(request: ClinicalRequest, pk: int) -> HttpResponse:
    return _decide(request, pk, _RESTART)


@clinical(Action.PLAN_CONTROL, shows=Page.COURSE)
@require_http_methods(["GET", "HEAD", "POST"])
def course_lost(request: ClinicalRequest, pk: int) -> HttpResponse:
    return _decide(request, pk, _LOST)


@clinical(Action.PLAN_CONTROL, shows=Page.COURSE)
@require_http_methods(["GET", "HEAD", "POST"])
def course_found(request: ClinicalRequest, pk: int) -> HttpResponse:
    return _decide(request, pk, _FOUND)


def _decide(request: ClinicalRequest, pk: int, step: _Step) -> HttpResponse:
    """One step: not possible, or asked for, or shown as a plan, or done."""
    shown, now = found(TreatmentCourse, request.actor, pk, "patient"), timezone.now()
    prefetch_related_objects([shown], *COURSE_PARTS, "controls")
    if refusal := _refusal(step, shown):
        messages.error(request, refusal)
        return redirect("patients:course", pk)
    today = timezone.localdate(now)
    form = step.form(_sent(request), course=shown, today=today)
    if form.is_valid() and form.plan_is_shown():
        decided = form.decided() | {"course": shown, "now": now}
        if _done(form, lambda: step.service(actor=request.actor, **decided)):
            messages.success(request, step.done)
            return redirect("patients:course", pk)
    context = {
        "header": shown_header(request, shown.patient, today, shown),
        "course": words.summary(shown, today),
        "form": form,
        "plan": form.plan(),
    }
    return render(request, step.template, context)


def _refusal(step: _Step, course: TreatmentCourse) -> str:
    try:
        for check in step.possible:
            check(course)
    except CourseRefusedError as refused:
        return str(refused)
    return ""


def _done(form: Any, service: Callable[[], Any]) -> Any:
    """What the service made; nothing when it refused, and the form says why."""
    try:
        return service()
    except CourseRefusedError as refused:
        form.refuse(refused)
        return None


def _assessment(request: ClinicalRequest, patient: Patient) -> Assessment | None:
    """The signed assessment that the treatment starts from, as it was last corrected. Another
    patient's does not exist."""
    number = request.GET.get("assessment")
    if number is None:
        return None
    if not number.isdecimal():
        raise Http404
    assessment = found(Assessment, request.actor, int(number))
    if assessment.patient_id != patient.pk or assessment.state != AssessmentState.SIGNED:
        raise Http404
    signed = in_practice(Assessment, request.actor).filter(state=AssessmentState.SIGNED)
    while corrected := signed.filter(corrects=assessment).first():
        assessment = corrected
    return assessment


def _sent(request: ClinicalRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None
