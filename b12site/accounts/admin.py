"""Administrators manage practices and users at /admin/.

A superuser sees all. A practice administrator sees the own practices and who belongs to them, and
nothing clinical; whoever has another role sees nothing. What they may do hangs on their role, not
on Django's groups and permissions.
"""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import AdminUserCreationForm
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.forms import BaseInlineFormSet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from b12site.accounts.admin_scope import (
    PracticeScopedAdmin as PracticeScopedAdmin,  # also for the applications
)
from b12site.accounts.admin_scope import (
    PracticeScopedInline as PracticeScopedInline,
)
from b12site.accounts.admin_scope import administered_by
from b12site.accounts.admin_second_factor import SecondFactorAdmin, works_elsewhere
from b12site.accounts.admin_sessions import SessionsAdmin
from b12site.accounts.models import Membership, Practice, User

admin.site.unregister(Group)


class MembershipFormSet(BaseInlineFormSet[Membership, Any, Any]):
    acting: User

    def clean(self) -> None:
        """Nobody decides alone what he may himself."""
        super().clean()
        own = any(
            form.has_changed() and form.instance.user_id == self.acting.pk for form in self.forms
        )
        if own and not self.acting.is_superuser:
            raise ValidationError(
                _("You cannot change your own roles. Ask another administrator to do it.")
            )


class MembershipInline(PracticeScopedInline[Membership, Any]):
    model = Membership
    formset = MembershipFormSet
    extra = 0
    autocomplete_fields = ("user", "practice")
    fieldsets = ((None, {"fields": (("user", "practice", "role"),)}),)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Membership]:
        memberships = super().get_queryset(request)
        if request.user.is_superuser:
            return memberships
        return memberships.filter(user__is_superuser=False)

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        """A practice administrator's new user belongs to the practice from the start, or would be
        out of sight at once."""
        if obj is None and not request.user.is_superuser:
            kwargs |= {"min_num": 1, "validate_min": True}
        formset: Any = super().get_formset(request, obj, **kwargs)
        formset.acting = request.user
        return formset


class UserCreationForm(AdminUserCreationForm[User]):
    class Meta:
        model = User
        fields = ("email", "name", "hpr_number")


class InvitationForm(forms.ModelForm[User]):
    """Without a password: the new user chooses one by way of the link on the sign-in page."""

    class Meta:
        model = User
        fields = ("email", "name", "hpr_number")


@admin.register(User)
class UserAdmin(SecondFactorAdmin, SessionsAdmin, DjangoUserAdmin[User]):
    """Django's own user pages with the e-mail address in the place of the user name.

    A practice administrator sets no password, and changes no address that has been used or belongs
    to somebody who works elsewhere too: each would open that person's account.
    """

    practice_path = "memberships__practice"
    add_form = UserCreationForm
    add_form_template = "admin/accounts/user/add_form.html"
    list_display = ("email", "name", "is_active", "is_staff")
    list_filter = ("is_active", "is_staff", "memberships__role")
    search_fields = ("email", "name", "hpr_number")
    ordering = ("email",)
    inlines = (MembershipInline,)
    readonly_fields = ("last_login", "date_joined", "second_factor", "sessions")
    person = ("email", "name", "hpr_number")
    new_password = ("usable_password", "password1", "password2")
    filter_horizontal = ()

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        users = super().get_queryset(request)
        return users if _superuser(request) else users.filter(is_superuser=False)

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> Any:
        own = _superuser(request)
        if obj is None:
            fields = self.person + (self.new_password if own else ())
            return ((None, {"classes": ("wide",), "fields": fields}),)
        access = ("is_active", "is_staff") + (("is_superuser",) if own else ())
        access += ("second_factor", "sessions")
        return (
            (None, {"fields": self.person + (("password",) if own else ())}),
            (_("Access"), {"fields": access}),
            (_("Dates"), {"fields": ("last_login", "date_joined")}),
        )

    def get_form(
        self, request: HttpRequest, obj: User | None = None, change: bool = False, **kwargs: Any
    ) -> Any:
        if obj is None and not _superuser(request):
            kwargs["form"] = InvitationForm
        return super().get_form(request, obj, change=change, **kwargs)

    def get_list_filter(self, request: HttpRequest) -> Any:
        practice = ("memberships__practice",) if _superuser(request) else ()
        return (*self.list_filter, *practice)

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> Any:
        if obj is None or _superuser(request):
            return self.readonly_fields
        if works_elsewhere(obj, request.user):
            return (*self.readonly_fields, *self.person, "is_active", "is_staff")
        return (*self.readonly_fields, *(("email",) if obj.last_login else ()))

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return _superuser(request)

    def practice_of(self, request: HttpRequest, obj: User) -> Practice | None:
        return administered_by(request.user).filter(memberships__user=obj).first()

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        if not obj.password:
            obj.set_unusable_password()
        super().save_model(request, obj, form, change)

    def user_change_password(
        self,
        request: HttpRequest,
        id: str,  # noqa: A002 (Django's name)
        form_url: str = "",
    ) -> HttpResponse:
        if not _superuser(request):
            raise PermissionDenied
        with transaction.atomic():
            response = super().user_change_password(request, id, form_url)
            user = self.get_object(request, id)
            if user is not None and response.status_code == 302:
                self.log(request, user, self.practice_of(request, user), "password_set", None, None)
        return response


@admin.register(Practice)
class PracticeAdmin(PracticeScopedAdmin[Practice]):
    """Practices are opened and closed by whoever runs the site."""

    practice_path = ""
    list_display = ("name", "city", "telephone")
    search_fields = ("name",)
    inlines = (MembershipInline,)
    fieldsets = (
        (None, {"fields": ("name",)}),
        (
            _("Letterhead"),
            {
                "fields": (
                    "address",
                    ("postal_code", "city"),
                    "telephone",
                    "organisation_number",
                )
            },
        ),
    )

    def has_add_permission(self, request: HttpRequest) -> bool:
        return _superuser(request)

    def has_delete_permission(self, request: HttpRequest, obj: Practice | None = None) -> bool:
        return _superuser(request)


def _superuser(request: HttpRequest) -> bool:
    return bool(getattr(request.user, "is_superuser", False))
