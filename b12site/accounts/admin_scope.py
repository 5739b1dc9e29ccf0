"""What a practice administrator sees and does in the administration, and the log of it."""

from typing import Any, TypeVar, cast

from django.contrib import admin
from django.contrib.admin.options import BaseModelAdmin
from django.db.models import Model, QuerySet
from django.forms import BaseInlineFormSet
from django.http import HttpRequest

from b12site.accounts.models import Practice, Role, User
from b12site.audit.log import administered

Row = TypeVar("Row", bound=Model)
Parent = TypeVar("Parent", bound=Model)
InlineFormSet = BaseInlineFormSet[Any, Any, Any]


def administered_by(user: Any) -> QuerySet[Practice]:
    """The practices that the user administers; a superuser administers all."""
    if user.is_superuser:
        return Practice.objects.all()
    return Practice.objects.filter(
        pk__in=user.memberships.filter(role=Role.PRACTICE_ADMIN).values("practice")
    )


def is_administrator(request: HttpRequest) -> bool:
    """Asked dozens of times for one page, read once."""
    if not hasattr(request, "_is_administrator"):
        known = request.user.is_superuser or administered_by(request.user).exists()
        request._is_administrator = known  # type: ignore[attr-defined]
    return bool(request._is_administrator)  # type: ignore[attr-defined]


class Scoped(BaseModelAdmin[Row]):
    """Only rows of the practices that the user administers are there, also to choose from."""

    practice_path = "practice"
    """How a row leads to its practice; "" for practices themselves."""

    def get_queryset(self, request: HttpRequest) -> QuerySet[Row]:
        rows = super().get_queryset(request)
        if request.user.is_superuser:
            return rows
        path = f"{self.practice_path or 'pk'}__in"
        return rows.filter(**{path: administered_by(request.user)}).distinct()

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        related = self.admin_site._registry.get(db_field.related_model)
        if isinstance(related, PracticeScopedAdmin):
            kwargs["queryset"] = related.get_queryset(request)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class PracticeScopedAdmin(Scoped[Row], admin.ModelAdmin[Row]):
    """For what belongs to a practice: its administrators see, add, change and remove it. Each
    change is logged with what stood there before."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return is_administrator(request)

    def has_view_permission(self, request: HttpRequest, obj: Row | None = None) -> bool:
        if obj is None or obj.pk is None:
            return is_administrator(request)
        return self.get_queryset(request).filter(pk=obj.pk).exists()

    def has_add_permission(self, request: HttpRequest) -> bool:
        return is_administrator(request)

    def has_change_permission(self, request: HttpRequest, obj: Row | None = None) -> bool:
        return PracticeScopedAdmin.has_view_permission(self, request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Row | None = None) -> bool:
        return PracticeScopedAdmin.has_view_permission(self, request, obj)

    def get_actions(self, request: HttpRequest) -> Any:
        """Things are removed one by one, on a page that shows what goes with them."""
        actions = super().get_actions(request)
        return {name: action for name, action in actions.items() if name != "delete_selected"}

    def practice_of(self, request: HttpRequest, obj: Any) -> Practice | None:
        """Whose log it is written to."""
        for name in filter(None, self.practice_path.split("__")):
            obj = getattr(obj, name)
        return obj if isinstance(obj, Practice) else None

    def save_model(self, request: HttpRequest, obj: Row, form: Any, change: bool) -> None:
        before = stored(obj, form.changed_data) if change else None
        super().save_model(request, obj, form, change)
        if not change or form.changed_data:
            verb = "changed" if change else "added"
            practice = self.practice_of(request, obj)
            self.log(request, obj, practice, verb, before, values(obj, form.changed_data))

    def delete_model(self, request: HttpRequest, obj: Row) -> None:
        """Logged first: afterwards the object has no number any more."""
        self.log(request, obj, self.practice_of(request, obj), "removed", values(obj), None)
        super().delete_model(request, obj)

    def save_formset(
        self, request: HttpRequest, form: Any, formset: InlineFormSet, change: bool
    ) -> None:
        formset.save(commit=False)
        practice = self.practice_of(request, form.instance)
        for obj in formset.deleted_objects:
            of = getattr(obj, "practice", practice)
            self.log(request, obj, of, "removed", values(obj), None)
            obj.delete()
        for obj, names in formset.changed_objects:
            before = stored(obj, names)
            obj.save()
            of = getattr(obj, "practice", practice)
            self.log(request, obj, of, "changed", before, values(obj, names))
        for obj in formset.new_objects:
            obj.save()
            self.log(request, obj, getattr(obj, "practice", practice), "added", None, values(obj))
        formset.save_m2m()

    def log(
        self,
        request: HttpRequest,
        obj: Model,
        practice: Practice | None,
        verb: str,
        before: dict[str, Any] | None,
        after: dict[str, Any] | None,
    ) -> None:
        administered(
            user=cast(User, request.user),
            practice=practice,
            action=f"{obj._meta.model_name}.{verb}",
            obj=obj,
            before=before,
            after=after,
        )


class PracticeScopedInline(Scoped[Row], admin.StackedInline[Row, Parent]):
    """Rows on the page of something that belongs to a practice. Stacked, since in a table Django
    gives the fields no labels that a screen reader finds."""

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return is_administrator(request)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return is_administrator(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return is_administrator(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return is_administrator(request)


def values(obj: Model, names: list[str] | None = None) -> dict[str, Any]:
    """What the log keeps of an object: never a password, not even its hash."""
    fields = [field for field in obj._meta.concrete_fields if field.name != "password"]
    return {
        field.name: getattr(obj, field.attname)
        for field in fields
        if names is None or field.name in names
    }


def stored(obj: Model, names: list[str]) -> dict[str, Any]:
    """The same as it still stands in the database."""
    return values(type(obj)._default_manager.get(pk=obj.pk), names)
