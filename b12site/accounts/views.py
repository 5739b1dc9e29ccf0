"""What allauth has no pages for: where to begin, and in which practice one works."""

from typing import cast

from allauth.account import views as allauth
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from b12site.accounts.active import NO_PRACTICE, actor_of, choose, practices_of
from b12site.accounts.models import Role, User


@never_cache
@login_required
def start(request: HttpRequest) -> HttpResponse:
    """After signing in: each role to where it works."""
    actor = actor_of(request)
    if actor is not None and actor.has(Role.DOCTOR, Role.ASSISTANT):
        return redirect(settings.CLINICIANS_START)
    if request.user.is_staff:
        return redirect("admin:index")
    return redirect("account_practice")


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def practice(request: HttpRequest) -> HttpResponse:
    """Shows the user's practices and roles, and changes the one to work in."""
    if request.method == "POST":
        chosen = request.POST.get("practice", "")
        if not (chosen.isascii() and chosen.isdecimal()):
            raise Http404
        name = choose(request, int(chosen)).name
        messages.success(request, _("You now work in %(practice)s.") % {"practice": name})
        return redirect("account_start")
    roles = [
        (each, ", ".join(sorted(str(role.label) for role in held)))
        for each, held in practices_of(request).items()
    ]
    return render(
        request, "account/practice.html", {"practices": roles, "actor": actor_of(request)}
    )


def reset_request(request: HttpRequest) -> HttpResponseBase:
    """Where no e-mail is sent, the page says whom to ask instead."""
    if settings.SENDS_EMAIL:
        return allauth.password_reset(request)
    return render(request, "account/no_email.html")


@login_required
def password_change(request: HttpRequest) -> HttpResponseBase:
    """allauth's page, but for a user without a password, whom it sends to a page we don't have."""
    if not cast(User, request.user).has_usable_password():
        return redirect("account_reset_password")
    return allauth.password_change(request)


def administration(request: HttpRequest) -> HttpResponse:
    """In the place of the administration's own sign-in, which counts no failed attempts."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.GET.get("next") or reverse("admin:index"))
    if not request.user.is_staff:
        raise PermissionDenied("" if practices_of(request) else NO_PRACTICE)
    return redirect("admin:index")
