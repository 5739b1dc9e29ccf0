"""What was typed into the record is not lost when the session has run out meanwhile.

A post of somebody who is signed out is answered with a page that keeps it and sends it again after
signing in. Signing in also makes the form's own token old: such a post is shown again and not
saved, so that nobody else's page can save anything in the user's name, and whoever signs in on the
page of another sees what would be saved, and under which name.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.shortcuts import render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from b12site.forms import ShownAgain

NOT_TYPED = frozenset({"csrfmiddlewaretoken", "language", "code"})
"""Of no use later: the token, the language switch, and a one-time code."""
SIGNED_OUT = 401
NOT_DONE = 409


class NotSavedError(PermissionDenied):
    """A service was asked for, and what was sent is only to be shown again."""


class _Check(CsrfViewMiddleware):
    def _reject(self, request: HttpRequest, reason: str) -> Any:
        return reason


def token_is_old(request: HttpRequest) -> bool:
    """A missing or old token says so; a request from another site is refused outright."""
    if request.method in {"GET", "HEAD", "OPTIONS", "TRACE"}:
        return False
    fault = _Check(lambda _request: HttpResponse()).process_view(
        request, lambda _request: HttpResponse(), (), {}
    )
    if fault is not None and not str(fault).startswith("CSRF "):
        raise PermissionDenied("a form of another site")
    return fault is not None


def show_again(request: HttpRequest) -> None:
    """What was sent counts as typed and not as sent; the page says so, and under which name it
    would be saved."""
    request.POST = ShownAgain.of(request.POST)  # type: ignore[assignment]
    if "HX-Request" in request.headers:
        return
    text = _(
        "You have signed in again, as %(name)s. Nothing has been saved yet: look through what "
        "stands here and send it once more."
    )
    messages.warning(request, text % {"name": request.user})


def kept_fields(request: HttpRequest) -> list[tuple[str, str]]:
    """What was posted, for hidden fields."""
    return [
        (name, str(value))
        for name, values in request.POST.lists()
        if name not in NOT_TYPED
        for value in values
    ]


def signed_out(request: HttpRequest) -> HttpResponse:
    context = {"kept": kept_fields(request), "sign_in": resolve_url(settings.LOGIN_URL)}
    return render(request, "patients/signed_out.html", context, status=SIGNED_OUT)


def kept_in_administration(
    admin_view: Callable[..., Any], view: Callable[..., HttpResponse]
) -> Callable[..., HttpResponse]:
    """A page of the administration (``admin_view`` is its site's) whose form loses nothing when the
    session has run out, as ``permissions.clinical`` does it for the record. Its form must be a
    ``SiteForm``: what was sent with an old token is shown again and never valid."""
    admitted = admin_view(csrf_exempt(view))

    @csrf_exempt  # asked here, so that what was typed is not lost
    @never_cache
    @wraps(view)
    def kept(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        is_old = token_is_old(request)
        if request.method == "POST" and not request.user.is_authenticated:
            return signed_out(request)
        if is_old:
            show_again(request)
        answer: HttpResponse = admitted(request, *args, **kwargs)
        return answer

    return kept


def not_done(request: HttpRequest) -> HttpResponse:
    """For what has no form of its own: a button. Going back would show the old page again."""
    page = request.headers.get("Referer", "")
    known = url_has_allowed_host_and_scheme(
        page, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    context = {"back": page if known else resolve_url(settings.LOGIN_REDIRECT_URL)}
    return render(request, "patients/not_done.html", context, status=NOT_DONE)
