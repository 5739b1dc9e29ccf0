"""What the queue of cases can be narrowed to."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from ..models import CaseState, Ground, ReviewCase
from . import words

Choices = list[tuple[str, Any]]


class Filter(admin.SimpleListFilter):
    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        value = self.value()
        return queryset if not value else self.narrowed(request, queryset, value)

    def narrowed(
        self, request: HttpRequest, cases: QuerySet[ReviewCase], value: str
    ) -> QuerySet[ReviewCase]:
        return cases.filter(**{self.parameter_name or "": value})

    def known(self, request: HttpRequest, model_admin: Any) -> list[str]:
        """The codes that the user's cases have."""
        cases = model_admin.get_queryset(request).order_by()
        codes = cases.values_list(self.parameter_name, flat=True).distinct()
        return [code for code in codes if code]


class VerdictFilter(Filter):
    title, parameter_name = _("your verdict"), "judged"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        return [("no", _("to be judged by you")), ("yes", _("judged by you"))]

    def narrowed(
        self, request: HttpRequest, cases: QuerySet[ReviewCase], value: str
    ) -> QuerySet[ReviewCase]:
        """What was closed meanwhile is not waiting for anybody."""
        own: dict[str, Any] = {"reviews__reviewer": request.user}
        waiting = value == "no"
        found = cases.filter(**own, reviews__judged_at__isnull=waiting)
        return found.exclude(state=CaseState.CLOSED) if waiting else found


class GroundFilter(Filter):
    title, parameter_name = _("ground"), "grounds__ground"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        return list(Ground.choices)


class ConclusionFilter(Filter):
    title, parameter_name = _("conclusion"), "conclusion"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        known = self.known(request, model_admin)
        return sorted(((code, words.conclusion(code)) for code in known), key=lambda row: row[1])


class NodeFilter(Filter):
    title, parameter_name = _("deciding node"), "node"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        known = self.known(request, model_admin)
        return sorted(((code, words.node(code)) for code in known), key=lambda row: row[1])


class AgeFilter(Filter):
    title, parameter_name = _("age group"), "age"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        return [
            (str(first), words.age_group_words(first, last)) for first, last in words.AGE_GROUPS
        ]

    def narrowed(
        self, request: HttpRequest, cases: QuerySet[ReviewCase], value: str
    ) -> QuerySet[ReviewCase]:
        group = next((group for group in words.AGE_GROUPS if str(group[0]) == value), None)
        return cases.filter(age__range=group) if group else cases.none()
