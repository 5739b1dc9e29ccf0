"""The reviewer's desk in the administration: the queue of cases and the page of each.

A reviewer sees the cases that he is asked about and nobody else's; whoever administers a practice
or the whole site sees none. Nothing here can be added, changed or removed: verdicts go through the
services (services/reviews.py).
"""

from collections.abc import Callable
from typing import Any, cast

from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from b12site.accounts.admin import PracticeScopedAdmin
from b12site.accounts.models import User
from interpretation.presenters.texts import short_day

from .kept import kept_in_administration
from .models import ReviewCase, ReviewSetting
from .review import case_page, pages, words
from .review.actions import ACTIONS
from .review.filters import AgeFilter, ConclusionFilter, GroundFilter, NodeFilter, VerdictFilter
from .review.queue import Queue, counts, waiting_places
from .review.reviewer import acting, log_shown, practices
from .services.reviews import MOST_TAKEN, ReviewRefusedError, review_take

_LONGEST_NUMBER = 18
View = Callable[..., HttpResponse]
Methods = Callable[[View], View]


@admin.register(ReviewCase)
class ReviewCaseAdmin(admin.ModelAdmin[ReviewCase]):
    list_display = (
        "number", "own", "state", "on", "concluded", "why", "decided_by", "age_group", "doctor",
    )  # fmt: skip
    list_display_links = ("number",)
    list_filter = (
        VerdictFilter,
        "state",
        GroundFilter,
        ConclusionFilter,
        NodeFilter,
        AgeFilter,
        ("practice", admin.RelatedOnlyFieldListFilter),
    )
    date_hierarchy = "day"
    list_per_page = 50
    search_fields = ("pk", "doctor")  # see get_search_results
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    actions = ACTIONS
    change_list_template = "admin/patients/reviewcase/change_list.html"

    # Who may what

    def has_module_permission(self, request: HttpRequest) -> bool:
        return bool(acting(request))

    def has_view_permission(self, request: HttpRequest, obj: ReviewCase | None = None) -> bool:
        if obj is None:
            return self.has_module_permission(request)
        return self.get_queryset(request).filter(pk=obj.pk).exists()

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: ReviewCase | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: ReviewCase | None = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[ReviewCase]:
        return ReviewCase.objects.filter(
            reviews__reviewer=cast(User, request.user), practice__in=practices(request)
        )

    # Addresses

    def get_urls(self) -> list[URLPattern]:
        """Only these: there is no page to add, change or remove anything, nor a history."""
        asks, sends = require_http_methods(["GET", "HEAD", "POST"]), require_POST

        def view(page: View, methods: Methods = asks) -> View:
            return self.admin_site.admin_view(methods(page))

        def form(page: View) -> View:
            return kept_in_administration(self.admin_site.admin_view, asks(page))

        name = "patients_reviewcase_{}".format
        return [
            *pages.urls(self),
            path("", view(self.changelist_view), name=name("changelist")),
            path("take/", view(self.take_view, sends), name=name("take")),
            path("<int:pk>/change/", form(self.case_view), name=name("change")),
            path("<int:pk>/ask/", form(self.ask_view), name=name("ask")),
            path(
                "<int:pk>/letters/<int:letter>/",
                view(self.letter_view, require_safe),
                name=name("letter"),
            ),
        ]

    def case_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        return case_page.case_view(self, request, self.case(request, pk))

    def ask_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        return case_page.ask_view(self, request, self.case(request, pk))

    def letter_view(self, request: HttpRequest, pk: int, letter: int) -> HttpResponse:
        return case_page.letter_view(request, self.case(request, pk), letter)

    def case(self, request: HttpRequest, pk: int) -> ReviewCase:
        """Raises ``Http404`` for a case that the user is not asked about."""
        related = (
            "practice__review_setting", "patient", "closing__by", "assessment__signed_by",
            "assessment__corrects", "assessment__corrected_by__signed_by",
            "emergency__user", "emergency__practice", "emergency__signed_off_by",
        )  # fmt: skip
        try:
            return self.get_queryset(request).select_related(*related).get(pk=pk)
        except (ReviewCase.DoesNotExist, OverflowError):
            raise Http404 from None

    # The queue

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        user = cast(User, request.user)
        places = practices(request)
        context = {
            "title": _("Cases for review"),
            "counts": counts(user, places),
            "places": waiting_places(user, places),
            "most": MOST_TAKEN,
        }
        answer = super().changelist_view(request, {**context, **(extra_context or {})})
        listed = getattr(answer, "context_data", None) or {}
        if "cl" in listed:
            log_shown(request, listed["cl"].result_list, "shown.review_queue")
        return answer

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return Queue

    @admin.display(description=_("case"), ordering="pk")
    def number(self, case: ReviewCase) -> int | None:
        return case.pk

    @admin.display(description=_("date"), ordering="day")
    def on(self, case: ReviewCase) -> str:
        return short_day(case.day)

    @admin.display(description=_("conclusion"), ordering="conclusion")
    def concluded(self, case: ReviewCase) -> str:
        return words.subject(case)

    @admin.display(description=_("deciding node"), ordering="node")
    def decided_by(self, case: ReviewCase) -> str:
        return words.node(case.node)

    @admin.display(description=_("age"), ordering="age")
    def age_group(self, case: ReviewCase) -> str:
        return words.age_group(case.age)

    @admin.display(description=_("ground"))
    def why(self, case: ReviewCase) -> str:
        return words.grounds(case)

    @admin.display(description=_("doctor"))
    def doctor(self, case: ReviewCase) -> str:
        return words.doctor(case)

    @admin.display(description=_("your verdict"))
    def own(self, case: ReviewCase) -> str:
        return words.verdict(case.own_reviews[0])  # type: ignore[attr-defined]

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[ReviewCase], search_term: str
    ) -> tuple[QuerySet[ReviewCase], bool]:
        term = search_term.strip()
        if not term:
            return queryset, False
        if term.isascii() and term.isdecimal() and len(term) < _LONGEST_NUMBER:
            return queryset.filter(pk=int(term)), False
        signed = queryset.filter(assessment__signed_by__name__icontains=term)
        return signed | queryset.filter(emergency__user__name__icontains=term), False

    def take_view(self, request: HttpRequest) -> HttpResponse:
        """The next cases that nobody is asked about, of one practice."""
        actors = {str(place): actor for place, actor in acting(request).items()}
        actor = actors.get(request.POST.get("practice", ""))
        if actor is None:
            raise Http404
        count = request.POST.get("count", "")
        wanted = int(count) if count.isascii() and count.isdecimal() and len(count) < 4 else 0
        try:
            taken = len(review_take(actor=actor, count=wanted, now=timezone.now()))
        except ReviewRefusedError as refused:
            messages.error(request, str(refused))
        else:
            said = ngettext("You took %(n)s case.", "You took %(n)s cases.", taken)
            messages.success(request, said % {"n": taken})
        return redirect("admin:patients_reviewcase_changelist")


@admin.register(ReviewSetting)
class ReviewSettingAdmin(PracticeScopedAdmin[ReviewSetting]):
    """What the practice's administrators decide about the review; nothing clinical."""

    list_display = ("practice", "sample_share", "reviewers_for_each", "shows_identity")
    list_select_related = ("practice",)
