"""What is done with many cases of the queue at once: another reviewer is asked, they are closed, or
they go into a file. Each asks on a page of its own, which lists the cases, before it does anything.

All or nothing: where one case cannot be changed none is, and the page says which and why.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, cast

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from b12site.accounts.actor import Actor
from b12site.accounts.models import User

from ..models import ReviewCase
from ..services.reviews import ReviewRefusedError, review_ask, review_close
from .files import cases_file
from .forms import ActionForm, AssignForm, CloseForm
from .lines import case_line
from .reviewer import acting, log_shown

MOST = 200
"""Cases at a time. Not from the guideline."""

Desk = admin.ModelAdmin[ReviewCase]
Change = Callable[[Actor, ReviewCase], object]


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for: its name among the actions, its words, and its fields."""

    action: str
    title: Promise
    explanation: Promise
    button: Promise
    form: Callable[..., ActionForm]


class _RefusedError(Exception):
    def __init__(self, reasons: dict[int, str]) -> None:
        super().__init__(reasons)
        self.reasons = reasons


@admin.action(permissions=["view"], description=gettext_lazy("Ask another reviewer"))
def assign(desk: Desk, request: HttpRequest, queryset: QuerySet[ReviewCase]) -> HttpResponse | None:
    now = timezone.now()

    def done(cases: list[ReviewCase], asked: dict[str, Any]) -> None:
        reviewer = asked["reviewer"]
        _each(request, cases, lambda actor, case: review_ask(
            actor=actor, case=case, reviewer=reviewer, now=now
        ))  # fmt: skip
        said = ngettext(
            "%(name)s was asked about %(count)s case.",
            "%(name)s was asked about %(count)s cases.",
            len(cases),
        )
        words = {"name": reviewer.name, "count": len(cases)}
        desk.message_user(request, said % words, messages.SUCCESS)

    return _asking(desk, request, queryset, _ASSIGN, done)


@admin.action(permissions=["view"], description=gettext_lazy("Close"))
def close(desk: Desk, request: HttpRequest, queryset: QuerySet[ReviewCase]) -> HttpResponse | None:
    now = timezone.now()

    def done(cases: list[ReviewCase], asked: dict[str, Any]) -> None:
        _each(request, cases, lambda actor, case: review_close(
            actor=actor, case=case, note=asked["note"], now=now
        ))  # fmt: skip
        said = ngettext("%(count)s case was closed.", "%(count)s cases were closed.", len(cases))
        desk.message_user(request, said % {"count": len(cases)}, messages.SUCCESS)

    return _asking(desk, request, queryset, _CLOSE, done)


@admin.action(permissions=["view"], description=gettext_lazy("Export as a file"))
def export(desk: Desk, request: HttpRequest, queryset: QuerySet[ReviewCase]) -> HttpResponse | None:
    today = timezone.localdate()
    user = cast(User, request.user)

    def done(cases: list[ReviewCase], _asked: dict[str, Any]) -> HttpResponse:
        log_shown(request, cases, "shown.review_export")
        name = _("review-cases-%(day)s.csv") % {"day": today}
        return HttpResponse(
            cases_file(cases, user),
            content_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )

    return _asking(desk, request, queryset, _EXPORT, done)


ACTIONS = (assign, close, export)


def _assign_form(data: Any, cases: list[ReviewCase], user: User) -> ActionForm:
    return AssignForm(data, cases=cases, user=user)


def _close_form(data: Any, cases: list[ReviewCase], _user: User) -> ActionForm:
    return CloseForm(data, cases=cases)


def _no_form(data: Any, cases: list[ReviewCase], _user: User) -> ActionForm:
    return ActionForm(data, cases=cases)


_ASSIGN = Asked(
    "assign",
    gettext_lazy("Ask another reviewer"),
    gettext_lazy(
        "The reviewer gets these cases in the queue as well. Neither of you sees the other's "
        "verdict until both have judged."
    ),
    gettext_lazy("Ask the reviewer"),
    _assign_form,
)
_CLOSE = Asked(
    "close",
    gettext_lazy("Close cases"),
    gettext_lazy("Nothing more is done with these cases. They stay readable."),
    gettext_lazy("Close the cases"),
    _close_form,
)
_EXPORT = Asked(
    "export",
    gettext_lazy("Export cases as a file"),
    gettext_lazy(
        "The file holds the cases without name, identity number and date of birth, and without "
        "comments. The age is a group of ages. The export is written to the log."
    ),
    gettext_lazy("Download the file"),
    _no_form,
)


def _asking(
    desk: Desk,
    request: HttpRequest,
    queryset: QuerySet[ReviewCase],
    asked: Asked,
    done: Callable[[list[ReviewCase], dict[str, Any]], HttpResponse | None],
) -> HttpResponse | None:
    """The page that asks, until it has been answered and nothing is refused."""
    cases = list(_with_all(queryset)[: MOST + 1])
    if len(cases) > MOST:
        desk.message_user(request, _too_many(), messages.ERROR)
        return None
    _say_what_is_gone(desk, request, len(cases))
    confirmed = request.POST if "confirmed" in request.POST else None
    form, refused = asked.form(confirmed, cases, cast(User, request.user)), dict[int, str]()
    if form.is_valid():
        try:
            return done(cases, form.cleaned_data)
        except _RefusedError as error:
            refused = error.reasons
    return _page(desk, request, asked, form, cases, refused)


def _with_all(queryset: QuerySet[ReviewCase]) -> QuerySet[ReviewCase]:
    related = queryset.select_related("practice", "assessment", "emergency")
    return related.prefetch_related("reviews", "grounds")


def _too_many() -> str:
    return _(
        "At most %(most)s cases can be handled at once. Nothing was changed. Choose fewer, for "
        "example with the filters."
    ) % {"most": MOST}


def _say_what_is_gone(desk: Desk, request: HttpRequest, found: int) -> None:
    """Between the choice and the answer a case can leave the list that it was chosen from."""
    chosen = len(set(request.POST.getlist(ACTION_CHECKBOX_NAME)))
    if request.POST.get("select_across") != "1" and chosen > found:
        said = ngettext(
            "%(count)s case is not in this list any more and was left out.",
            "%(count)s cases are not in this list any more and were left out.",
            chosen - found,
        )
        desk.message_user(request, said % {"count": chosen - found}, messages.WARNING)


def _each(request: HttpRequest, cases: Iterable[ReviewCase], change: Change) -> None:
    """In one transaction. Raises ``_RefusedError``, with nothing changed, if any was refused."""
    chosen, refused = list(cases), dict[int, str]()
    actors = acting(request)
    with transaction.atomic():
        for case in chosen:
            try:
                change(actors[case.practice_id], case)
            except ReviewRefusedError as error:
                refused[case.pk] = str(error)
        if refused:
            raise _RefusedError(refused)


def _page(
    desk: Desk,
    request: HttpRequest,
    asked: Asked,
    form: ActionForm,
    cases: list[ReviewCase],
    refused: dict[int, str],
) -> HttpResponse:
    """What was refused is not ticked any more: sent again, the rest is done."""
    log_shown(request, cases, "shown.review_chosen")
    context = {
        **desk.admin_site.each_context(request),
        "title": asked.title,
        "subtitle": None,
        "opts": desk.opts,
        "asked": asked,
        "form": form,
        "cases": [(case_line(case), refused.get(case.pk, "")) for case in cases],
        "refused": refused,
        "most": MOST,
        "tick": ACTION_CHECKBOX_NAME,
    }
    return TemplateResponse(request, "admin/patients/reviewcase/confirm.html", context)
