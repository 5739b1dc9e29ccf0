"""Somebody has lost the telephone and the recovery codes: an administrator takes the second factor
away, and the user sets up another one at the next sign-in.

Nobody does so for himself, which would go round the proof that each own change asks for. A practice
administrator does so only for whoever works nowhere else, since it weakens the sign-in everywhere.
"""

from typing import Any

import allauth.account.admin
import allauth.mfa.admin  # noqa: F401  (both register what is taken out below)
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from b12site.accounts import second_factor
from b12site.accounts.admin_scope import PracticeScopedAdmin, administered_by
from b12site.accounts.models import User

# Nobody needs to see these tables, and what is changed there would be in no log.
admin.site.unregister((Authenticator, EmailAddress))


def held(user: User) -> str:
    """What the user has, in words; "" for nothing."""
    app = second_factor.has(user, second_factor.Type.TOTP)
    passkeys = second_factor.of(user).filter(type=second_factor.Type.WEBAUTHN).count()
    parts = [_("authenticator app")] if app else []
    if passkeys:
        parts.append(ngettext("%(n)s passkey", "%(n)s passkeys", passkeys) % {"n": passkeys})
    return ", ".join(parts)


def works_elsewhere(user: User, administrator: Any) -> bool:
    return user.memberships.exclude(practice__in=administered_by(administrator)).exists()


def refusal(user: User, administrator: Any) -> str:
    """Why the administrator may not; "" if he may."""
    if user.pk == administrator.pk:
        return _("You change your own on the page of your own sign-in.")
    if not administrator.is_superuser and works_elsewhere(user, administrator):
        return _("This user also works in another practice. Ask the administrator of the site.")
    return ""


class SecondFactorAdmin(PracticeScopedAdmin[User]):
    """Mixed into the administration of users."""

    @admin.display(description=gettext_lazy("Second step of signing in"))
    def second_factor(self, user: User) -> str:
        words = held(user)
        if not words:
            return _("none yet: it is set up at the first sign-in")
        address = reverse("admin:second_factor", args=(user.pk,))
        return format_html(
            '<div>{}</div><div><a href="{}">{}</a></div>', words, address, _("Take it away")
        )

    def get_urls(self) -> Any:
        page = self.admin_site.admin_view(self.take_away)
        return [path("<int:pk>/second-factor/", page, name="second_factor"), *super().get_urls()]

    def take_away(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Asks first, then does it."""
        user = self.get_object(request, str(pk))
        if user is None:
            raise Http404
        refused = refusal(user, request.user)
        if request.method == "POST":
            return self.taken_away(request, user, refused)
        context = self.admin_site.each_context(request) | {
            "title": _("Take away the second step of signing in"),
            "opts": self.opts,
            "original": user,
            "refused": refused,
            "held": held(user),
        }
        return TemplateResponse(request, "admin/accounts/user/second_factor.html", context)

    def taken_away(self, request: HttpRequest, user: User, refused: str) -> HttpResponse:
        if refused:
            raise PermissionDenied(refused)
        by: Any = request.user
        second_factor.take_away(user=user, by=by, practice=self.practice_of(request, user))
        messages.success(
            request, _("%(name)s sets up a new one at the next sign-in.") % {"name": user.name}
        )
        return redirect("admin:accounts_user_change", user.pk)
