"""A practice's administrators edit its laboratories and their limits; nothing clinical is here."""

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from b12site.accounts.admin import PracticeScopedAdmin, PracticeScopedInline

from . import admin_review as admin_review  # registers the reviewer's desk
from .forms.limits import ReferenceLimitForm, ReferenceLimitFormSet, unlikely
from .models import Laboratory, ReferenceLimit


class ReferenceLimitInline(PracticeScopedInline[ReferenceLimit, Laboratory]):
    model = ReferenceLimit
    form = ReferenceLimitForm
    formset = ReferenceLimitFormSet
    practice_path = "laboratory__practice"
    extra = 1
    fieldsets = (
        (
            None,
            {
                "fields": (
                    ("analyte", "method"),
                    ("sex", "age_from", "age_below"),
                    ("lower", "upper", "valid_from", "valid_to"),
                )
            },
        ),
    )


@admin.register(Laboratory)
class LaboratoryAdmin(PracticeScopedAdmin[Laboratory]):
    """Results that are stored keep the limits that they were stored with."""

    list_display = ("name", "practice", "is_default")
    list_select_related = ("practice",)
    search_fields = ("name",)
    inlines = (ReferenceLimitInline,)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        super().save_formset(request, form, formset, change)
        written = [*formset.new_objects, *(limit for limit, _names in formset.changed_objects)]
        for found in (words for limit in written for words in unlikely(limit)):
            messages.warning(
                request,
                _("%(limit)s is an unlikely limit. It was saved: check the number and the unit.")
                % {"limit": found},
            )
