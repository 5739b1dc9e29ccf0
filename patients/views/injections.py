"""The injection log of a course."""

from django.contrib import messages
from django.db.models import prefetch_related_objects
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ..forms.injections import CorrectionForm, InjectionForm
from ..models import Injection, TreatmentCourse
from ..models.course import COURSE_PARTS
from ..permissions import Action, ClinicalRequest, clinical
from ..presenters import courses as words
from ..presenters.injections import injection_lines
from ..rules import course_checks
from ..rules.course_checks import CourseRefusedError
from ..scope import found
from ..services import injections as services
from ..showing import Page, shown_header


@clinical(Action.GIVE_INJECTION, shows=Page.INJECTION)
@require_http_methods(["GET", "HEAD", "POST"])
def injection_new(request: ClinicalRequest, pk: int) -> HttpResponse:
    course, now = found(TreatmentCourse, request.actor, pk, "patient"), timezone.now()
    prefetch_related_objects([course], *COURSE_PARTS)
    data = request.POST if request.method == "POST" else None
    form = InjectionForm(data, actor=request.actor, course=course, now=now)
    if form.is_valid():
        try:
            services.injection_give(actor=request.actor, course=course, now=now, **form.given())
        except CourseRefusedError as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("The injection was registered."))
            return redirect("patients:course", pk)
    return _page(request, "patients/course/injection.html", course, form)


@clinical(Action.GIVE_INJECTION, shows=Page.INJECTION)
@require_http_methods(["GET", "HEAD", "POST"])
def injection_correct(request: ClinicalRequest, pk: int) -> HttpResponse:
    injection = found(Injection, request.actor, pk, "course__patient", "given_by", "recorded_by")
    course, now = injection.course, timezone.now()
    prefetch_related_objects([course], *COURSE_PARTS)
    data = request.POST if request.method == "POST" else None
    form = CorrectionForm(data, actor=request.actor, course=course, now=now, injection=injection)
    try:
        course_checks.check_counts(injection)
        if form.is_valid():
            _correct(request, form, injection)
            messages.success(request, _("The correction was saved."))
            return redirect("patients:course", course.pk)
    except CourseRefusedError as refused:
        messages.error(request, str(refused))
        return redirect("patients:course", course.pk)
    return _page(request, "patients/course/injection_correct.html", course, form, injection)


def _correct(request: ClinicalRequest, form: CorrectionForm, injection: Injection) -> None:
    reason, now = form.cleaned_data["reason"], form.now
    if form.cleaned_data["withdraw"]:
        services.injection_withdraw(
            actor=request.actor, injection=injection, reason=reason, now=now
        )
    else:
        services.injection_correct(
            actor=request.actor, injection=injection, reason=reason, now=now, **form.given()
        )


def _page(
    request: ClinicalRequest,
    template: str,
    course: TreatmentCourse,
    form: InjectionForm,
    injection: Injection | None = None,
) -> HttpResponse:
    today = timezone.localdate(form.now)
    context = {
        "header": shown_header(request, course.patient, today, injection or course),
        "course": words.summary(course, today),
        "form": form,
        "injections": injection_lines([] if injection is None else [injection]),
    }
    return render(request, template, context)
