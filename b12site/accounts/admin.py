"""Administrators manage practices and users at /admin/."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import AdminUserCreationForm
from django.utils.translation import gettext_lazy as _

from b12site.accounts.models import Membership, Practice, User


class MembershipInline(admin.TabularInline[Membership, User]):
    model = Membership
    extra = 0
    autocomplete_fields = ("user", "practice")


class UserCreationForm(AdminUserCreationForm[User]):
    class Meta:
        model = User
        fields = ("email", "name", "hpr_number")


@admin.register(User)
class UserAdmin(DjangoUserAdmin[User]):
    """Django's own user pages with the e-mail address in the place of the user name."""

    add_form = UserCreationForm
    list_display = ("email", "name", "is_active", "is_staff")
    list_filter = ("is_active", "is_staff", "memberships__practice", "memberships__role")
    search_fields = ("email", "name", "hpr_number")
    ordering = ("email",)
    inlines = (MembershipInline,)
    readonly_fields = ("last_login", "date_joined")
    fieldsets = (
        (None, {"fields": ("email", "name", "hpr_number", "password")}),
        (_("Access"), {"fields": ("is_active", "is_staff", "is_superuser", "groups")}),
        (_("Dates"), {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = (
        (
            None,
            {
                "classes": ("wide",),
                "fields": (
                    "email",
                    "name",
                    "hpr_number",
                    "usable_password",
                    "password1",
                    "password2",
                ),
            },
        ),
    )
    filter_horizontal = ("groups",)


@admin.register(Practice)
class PracticeAdmin(admin.ModelAdmin[Practice]):
    search_fields = ("name",)
    inlines = (MembershipInline,)
