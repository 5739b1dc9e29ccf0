"""An administrator sees where a user is signed in, and signs the user out everywhere."""

from typing import Any

import allauth.usersessions.admin  # noqa: F401  (registers what is taken out below)
from allauth.usersessions.models import UserSession
from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from b12site.accounts.admin_scope import PracticeScopedAdmin
from b12site.accounts.models import User
from b12site.accounts.sessions_open import end_all, open_sessions

# The table shows the keys of sessions, and whoever has one is signed in with it.
admin.site.unregister(UserSession)


class SessionsAdmin(PracticeScopedAdmin[User]):
    """Mixed into the administration of users. Whoever may change a user may end the sessions."""

    @admin.display(description=gettext_lazy("Signed in"))
    def sessions(self, user: User) -> str:
        count = len(open_sessions(user))
        if not count:
            return _("nowhere")
        words = ngettext("in %(n)s browser", "in %(n)s browsers", count) % {"n": count}
        address = reverse("admin:sessions", args=(user.pk,))
        return format_html('{} <a href="{}">{}</a>', words, address, _("Look, and sign out"))

    def get_urls(self) -> Any:
        page = self.admin_site.admin_view(self.sessions_page)
        return [path("<int:pk>/sessions/", page, name="sessions"), *super().get_urls()]

    def sessions_page(self, request: HttpRequest, pk: int) -> HttpResponse:
        """What is open, and a button that ends it all."""
        user = self.get_object(request, str(pk))
        if user is None:
            raise Http404
        if request.method == "POST":
            return self._ended(request, user)
        context = self.admin_site.each_context(request) | {
            "title": _("Where the user is signed in"),
            "opts": self.opts,
            "original": user,
            "sessions": open_sessions(user, request.session),
        }
        return TemplateResponse(request, "admin/accounts/user/sessions.html", context)

    def _ended(self, request: HttpRequest, user: User) -> HttpResponse:
        by: Any = request.user
        ended = end_all(user=user, by=by, practice=self.practice_of(request, user))
        text = ngettext("%(n)s session was ended.", "%(n)s sessions were ended.", ended)
        messages.success(request, text % {"n": ended})
        return redirect("admin:accounts_user_change", user.pk)
