"""Signing out, how long the session lasts, and in which other browsers one is signed in."""

from typing import Any, cast

from allauth.account import views as allauth
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from b12site.accounts.models import User
from b12site.accounts.sessions import Limits, limits_of
from b12site.accounts.sessions_open import end_one, end_others

# Not "cookies": the session's is removed anyway, and the chosen language is to stay.
CLEARED = '"cache", "storage"'


@never_cache
def sign_out(request: HttpRequest) -> HttpResponseBase:
    """allauth's page. Afterwards the browser keeps nothing of what it was shown."""
    response = allauth.logout(request)
    if request.method == "POST":
        response.headers["Clear-Site-Data"] = CLEARED
    return response


@never_cache
@require_safe
def session(request: HttpRequest) -> HttpResponse:
    """For js/session.js: how many seconds are left, and a token for forms that were shown before
    signing in again. Asking keeps somebody signed in like any page, unless the page asks by itself
    (``sessions.BACKGROUND``)."""
    limits = limits_of(request.session)
    if limits is None or not request.user.is_authenticated:
        return JsonResponse({"left": 0})
    user = request.user
    return JsonResponse(
        facts(limits) | {"user": user.pk, "name": user.name, "token": get_token(request)}
    )


def facts(limits: Limits) -> dict[str, Any]:
    return {
        "left": max(0, int((limits.ends - timezone.now()).total_seconds())),
        "until": time_format(timezone.localtime(limits.ends), "TIME_FORMAT"),
        "final": limits.is_final,
    }


@login_required
@require_POST
def end(request: HttpRequest) -> HttpResponse:
    """One of the own sessions, or all but this one. This one is ended by signing out."""
    user, this = cast(User, request.user), request.session.session_key
    if "others" in request.POST:
        ended = end_others(user, this)
        text = ngettext("%(n)s session was ended.", "%(n)s sessions were ended.", ended)
        messages.success(request, text % {"n": ended})
        return redirect("account_me")
    number = request.POST.get("session", "")
    if not (number.isascii() and number.isdecimal() and len(number) < 18):
        raise Http404
    if not end_one(user, int(number), this):
        raise Http404
    messages.success(request, _("The session was ended."))
    return redirect("account_me")
