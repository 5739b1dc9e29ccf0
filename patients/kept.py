"""Forms that hold much work lose nothing when the session has run out while they were filled in.

Somebody who is signed out gets a page that keeps what was typed and sends it again after signing
in. Signing in also makes the form's own token old: such a post is shown again and not saved
(``request.unsaved``), so that nobody else's page can save anything in the user's name.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.shortcuts import render, resolve_url
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from .permissions import Action, ClinicalRequest, clinical

NOT_TYPED = frozenset({"csrfmiddlewaretoken", "language"})
SIGNED_OUT = 401


class KeptRequest(ClinicalRequest):
    """``unsaved`` says that the post must be shown again and must not be saved."""

    unsaved: bool


class _Check(CsrfViewMiddleware):
    def _reject(self, request: HttpRequest, reason: str) -> Any:
        return reason


def clinical_or_kept(
    action: Action,
) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """As ``clinical``, for a form whose post must survive a session that ran out."""

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        admitted = clinical(action)(view)

        @csrf_exempt  # checked here, to keep what was typed where the token is old
        @never_cache
        @wraps(view)
        def kept(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            request.unsaved = request.method == "POST" and _token_is_old(request)  # type: ignore[attr-defined]
            if request.method == "POST" and not request.user.is_authenticated:
                return _signed_out(request)
            return admitted(request, *args, **kwargs)

        return kept

    return decorate


def _token_is_old(request: HttpRequest) -> bool:
    """A missing or old token says so; a request from another site is refused outright."""
    fault = _Check(lambda _request: HttpResponse()).process_view(
        request, lambda _request: HttpResponse(), (), {}
    )
    if fault is not None and not str(fault).startswith("CSRF "):
        raise PermissionDenied("a form of another site")
    return fault is not None


def kept_fields(request: HttpRequest) -> list[tuple[str, str]]:
    """What was posted, for hidden fields."""
    return [
        (name, str(value))
        for name, values in request.POST.lists()
        if name not in NOT_TYPED
        for value in values
    ]


def _signed_out(request: HttpRequest) -> HttpResponse:
    context = {
        "kept": kept_fields(request),
        "sign_in": resolve_url(settings.LOGIN_URL),
    }
    return render(request, "patients/assessment/signed_out.html", context, status=SIGNED_OUT)
