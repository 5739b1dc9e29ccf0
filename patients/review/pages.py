"""The reviewer's pages beside the queue: the numbers, and the list for the meeting."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from b12site.accounts.models import Practice

from ..kept import kept_in_administration
from ..models import CaseState, Review, ReviewCase
from ..services.review_meeting import meeting_conclude
from ..services.reviews import ReviewRefusedError
from .files import numbers_file
from .forms import ConclusionForm, PeriodForm
from .lines import meeting_case
from .numbers import numbers
from .reviewer import acting, log_shown, practices
from .sections import sections
from .tables import BAR, Section

Desk = admin.ModelAdmin[ReviewCase]
MOST = 100
"""Cases on the list for one meeting. Not from the guideline."""


def urls(desk: Desk) -> list[URLPattern]:
    def for_reviewers(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        def admitted(request: HttpRequest, **where: Any) -> HttpResponse:
            if not desk.has_view_permission(request):
                raise PermissionDenied("no reviewer")
            return view(request, desk=desk, **where)

        return admitted

    def page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        return desk.admin_site.admin_view(for_reviewers(view))

    conclude = kept_in_administration(desk.admin_site.admin_view, for_reviewers(conclude_page))
    name = "patients_reviewcase_{}".format
    return [
        path("numbers/", page(numbers_page), name=name("numbers")),
        path("numbers/csv/", page(numbers_csv), name=name("numbers_csv")),
        path("meeting/", page(meeting_page), name=name("meeting")),
        path("meeting/<int:pk>/", conclude, name=name("meeting_close")),
    ]


@require_safe
def numbers_page(request: HttpRequest, *, desk: Desk) -> HttpResponse:
    today, places = timezone.localdate(), practices(request)
    form = PeriodForm(request.GET, today=today)
    context = {
        "title": _("Numbers of the review"),
        "form": form,
        "places": places,
        "days": form.days(),
        "sections": _sections(form, places, today),
        "bar": BAR,
    }
    return _page(desk, request, "numbers", context)


@require_safe
def numbers_csv(request: HttpRequest, *, desk: Desk) -> HttpResponse:
    today = timezone.localdate()
    found = _sections(PeriodForm(request.GET, today=today), practices(request), today)
    if found is None:
        raise Http404
    name = _("review-numbers-%(day)s.csv") % {"day": today}
    return HttpResponse(
        numbers_file(found),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _sections(form: PeriodForm, places: list[Practice], today: date) -> list[Section] | None:
    """``None`` when what was written is no period."""
    days = form.days()
    return None if days is None else sections(numbers(places, *days, today))


@require_safe
def meeting_page(request: HttpRequest, *, desk: Desk) -> HttpResponse:
    cases = list(_for_meeting(desk, request)[: MOST + 1])
    log_shown(request, cases[:MOST], "shown.review_meeting")
    context = {
        "title": _("Cases for the meeting"),
        "cases": [meeting_case(case) for case in cases[:MOST]],
        "more": len(cases) > MOST,
        "most": MOST,
    }
    return _page(desk, request, "meeting", context)


@require_http_methods(["GET", "HEAD", "POST"])
def conclude_page(request: HttpRequest, *, desk: Desk, pk: int) -> HttpResponse:
    case = _for_meeting(desk, request).filter(pk=pk).first()
    if case is None:
        raise Http404
    form = ConclusionForm(request.POST or None)
    if form.is_valid():
        try:
            actor, now = acting(request)[case.practice_id], timezone.now()
            meeting_conclude(actor=actor, case=case, now=now, **form.cleaned_data)
        except ReviewRefusedError as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The case was closed with the conclusion."))
            return redirect("admin:patients_reviewcase_meeting")
    log_shown(request, [case], "shown.review_meeting")
    context = {"title": _("Conclusion of the meeting"), "case": meeting_case(case), "form": form}
    return _page(desk, request, "conclude", context)


def _for_meeting(desk: Desk, request: HttpRequest) -> QuerySet[ReviewCase]:
    """The user's cases with verdicts to talk about, once nobody's verdict is awaited."""
    related = (
        "practice__review_setting", "patient", "assessment__signed_by", "emergency__user",
    )  # fmt: skip
    cases = desk.get_queryset(request).filter(state=CaseState.MEETING)
    reviews = Review.objects.select_related("reviewer").prefetch_related("replies")
    return (
        cases.exclude(reviews__judged_at__isnull=True)
        .select_related(*related)
        .prefetch_related("grounds", Prefetch("reviews", reviews))
        .order_by("day", "pk")
    )


def _page(desk: Desk, request: HttpRequest, name: str, context: dict[str, Any]) -> HttpResponse:
    common = {**desk.admin_site.each_context(request), "opts": desk.opts, "subtitle": None}
    template = f"admin/patients/reviewcase/{name}.html"
    return TemplateResponse(request, template, {**common, **context})
