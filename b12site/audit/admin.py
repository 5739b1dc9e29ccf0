"""The log in the administration: to be read, never to be written.

A superuser sees every row as it is sealed. A practice's administrator sees who did what and when in
the own practice, with the numbers of records, and nothing of what stands in them.
"""

from typing import Any, cast

from django.contrib import admin
from django.core.paginator import Paginator
from django.db.models import BigIntegerField, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from b12site.accounts.admin_scope import administered_by, is_administrator
from b12site.accounts.models import User
from b12site.audit import log
from b12site.audit.models import Entry, Subject
from b12site.audit.words import in_words, roles_in_words

SHOWN = "shown."
MOST = 5_000
"""So many rows of a choice are listed: counting a whole long log takes longer than reading it."""


class NewestRows(Paginator[Entry]):
    @cached_property
    def count(self) -> int:
        rows = cast(QuerySet[Entry], self.object_list)
        return rows[:MOST].count()


class Kind(admin.SimpleListFilter):
    title = _("kind")
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("read", _("Read")), ("changed", _("Changed"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Entry]) -> QuerySet[Entry]:
        if self.value() == "read":
            return queryset.filter(action__startswith=SHOWN)
        if self.value() == "changed":
            return queryset.exclude(action__startswith=SHOWN)
        return queryset


@admin.register(Entry)
class EntryAdmin(admin.ModelAdmin[Entry]):
    list_display = ("number", "moment", "person", "practice", "what", "record")
    list_display_links = ("number", "moment")
    list_select_related = ("actor", "practice")
    list_per_page = 50
    search_fields = ("actor__name", "actor__email")
    search_help_text = _("Name or e-mail of a user, or the number of a record.")
    ordering = ("-pk",)
    sortable_by = ()
    paginator = NewestRows
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER  # they count the whole log
    known_to_all = ("at", "who", "as_what", "practice", "what", "records")
    sealed = (
        "action", "object_type", "object_id", "ground", "before", "after", "details", "previous",
        "seal",
    )  # fmt: skip

    # Who may do what

    def has_module_permission(self, request: HttpRequest) -> bool:
        return is_administrator(request)

    def has_view_permission(self, request: HttpRequest, obj: Entry | None = None) -> bool:
        if obj is None:
            return is_administrator(request)
        return self.get_queryset(request).filter(pk=obj.pk).exists()

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Entry | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Entry | None = None) -> bool:
        return False

    # What is there

    def get_queryset(self, request: HttpRequest) -> QuerySet[Entry]:
        rows = super().get_queryset(request)
        if _sees_all(request):
            return rows
        return rows.filter(practice__in=administered_by(request.user))

    def get_list_filter(self, request: HttpRequest) -> tuple[Any, ...]:
        return (Kind, "at", *(("practice",) if _sees_all(request) else ()))

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Entry], search_term: str
    ) -> tuple[QuerySet[Entry], bool]:
        term = search_term.strip()
        if not (term.isascii() and term.isdecimal()):
            return super().get_search_results(request, queryset, search_term)
        number = min(int(term), BigIntegerField.MAX_BIGINT)
        among = Subject.objects.filter(subject=number).values("entry")
        return queryset.filter(Q(subject=number) | Q(pk__in=among)), False

    def get_fields(self, request: HttpRequest, obj: Entry | None = None) -> tuple[Any, ...]:
        return (*self.known_to_all, *(self.sealed if _sees_all(request) else ()))

    def get_readonly_fields(
        self, request: HttpRequest, obj: Entry | None = None
    ) -> tuple[Any, ...]:
        return self.get_fields(request, obj)

    @admin.display(description=_("number"))
    def number(self, entry: Entry) -> int:
        return entry.pk

    @admin.display(description=_("at"))
    def moment(self, entry: Entry) -> str:
        return date_format(localtime(entry.at), "SHORT_DATETIME_FORMAT")

    @admin.display(description=_("user"))
    def person(self, entry: Entry) -> str:
        return entry.actor.name

    @admin.display(description=_("user"))
    def who(self, entry: Entry) -> str:
        return str(entry.actor)

    @admin.display(description=_("roles"))
    def as_what(self, entry: Entry) -> str:
        return roles_in_words(entry.roles)

    @admin.display(description=_("what"))
    def what(self, entry: Entry) -> str:
        return in_words(entry.action)

    @admin.display(description=_("record number"), empty_value="")
    def record(self, entry: Entry) -> int | None:
        return entry.subject

    @admin.display(description=_("record numbers"))
    def records(self, entry: Entry) -> str:
        return ", ".join(map(str, _subjects(entry)))

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        limit = _("The newest %(most)s rows of what you choose.") % {"most": MOST}
        return super().changelist_view(request, {"subtitle": limit, **(extra_context or {})})

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """What stood in a record before and after is a look at that record."""
        answer = super().change_view(request, object_id, form_url, extra_context)
        entry = self.get_object(request, object_id)
        if entry is not None and _sees_all(request) and request.method == "GET":
            log.looked_up(user=cast(User, request.user), entry=entry, subjects=_subjects(entry))
        return answer


def _sees_all(request: HttpRequest) -> bool:
    return bool(getattr(request.user, "is_superuser", False))


def _subjects(entry: Entry) -> list[int]:
    alone = [] if entry.subject is None else [entry.subject]
    return alone or sorted(entry.subjects.values_list("subject", flat=True))
