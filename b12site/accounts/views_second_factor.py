"""Setting up, changing and proving the second factor.

On the way in (``set_up``) nobody is signed in yet: the user is whoever allauth remembers to have
given the right password. Afterwards each change asks for the password, a code or a passkey again.
"""

from base64 import b64encode
from collections.abc import Callable
from typing import Any, cast
from urllib.parse import quote

from allauth.account.decorators import reauthentication_required
from allauth.account.internal.decorators import login_stage_required
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.webauthn.internal.auth import begin_registration
from allauth.mfa.webauthn.views import ReauthenticateWebAuthnView
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from b12site.accounts import second_factor
from b12site.accounts.forms import AppForm, PasskeyForm
from b12site.accounts.models import User
from b12site.accounts.stages import SetUpStage

View = Callable[..., HttpResponse]


def on_the_way_in(view: View) -> View:
    stage = login_stage_required(stage=SetUpStage.key, redirect_urlname="account_login")
    return cast(View, require_http_methods(["GET", "HEAD", "POST"])(stage(view)))


def changing(view: View) -> View:
    """For somebody who is signed in and has just proved it once more."""
    proved = login_required(reauthentication_required(app="allauth.mfa")(view))
    return cast(View, never_cache(require_http_methods(["GET", "HEAD", "POST"])(proved)))


@never_cache
@login_required
@require_http_methods(["GET", "HEAD"])
def me(request: HttpRequest) -> HttpResponse:
    user = cast(User, request.user)
    context = {
        "factors": second_factor.of(user),
        "has_app": second_factor.has(user, second_factor.Type.TOTP),
        "codes_left": second_factor.recovery_codes_left(user),
    }
    return render(request, "account/me.html", context)


# On the way in


@on_the_way_in
def set_up(request: HttpRequest) -> HttpResponse:
    return _app(request, coming_in(request), first=True)


@on_the_way_in
def set_up_passkey(request: HttpRequest) -> HttpResponse:
    return _passkey(request, coming_in(request), first=True)


def coming_in(request: Any) -> User:
    return cast(User, request._login_stage.login.user)


# Signed in


@changing
def app(request: HttpRequest) -> HttpResponse:
    return _app(request, cast(User, request.user), first=False)


@changing
def passkey(request: HttpRequest) -> HttpResponse:
    return _passkey(request, cast(User, request.user), first=False)


@changing
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    user = cast(User, request.user)
    factor = get_object_or_404(second_factor.of(user), pk=pk)
    if request.method != "POST":
        return render(request, "account/remove_factor.html", {"factor": factor})
    if second_factor.remove(user=user, authenticator=factor):
        messages.success(request, _("It is removed."))
    else:
        messages.error(request, _("This is the only one you have. Set up another one first."))
    return redirect("account_me")


@changing
def recovery_codes(request: HttpRequest) -> HttpResponse:
    user = cast(User, request.user)
    if not second_factor.of(user).exists():
        messages.error(request, _("Set up an app or a passkey first."))
        return redirect("account_me")
    if request.method != "POST":
        left = second_factor.recovery_codes_left(user)
        return render(request, "account/new_recovery_codes.html", {"codes_left": left})
    codes = second_factor.renew_recovery_codes(user=user)
    return _shown_once(request, codes, reverse("account_me"))


# What both have in common


def _app(request: HttpRequest, user: User, *, first: bool) -> HttpResponse:
    secret = second_factor.pending_secret(request, user)
    form = AppForm(request.POST if request.method == "POST" else None, secret=secret)
    if form.is_valid():
        return _finish(
            request, first, lambda: second_factor.set_up_app(user=user, secret=secret, first=first)
        )
    adapter = get_adapter()
    address = adapter.build_totp_url(user, secret)
    picture = b64encode(adapter.build_totp_svg(address).encode()).decode()
    context = {
        "form": form,
        "first": first,
        "picture": f"data:image/svg+xml;base64,{picture}",
        "secret": " ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
        "has_app": second_factor.has(user, second_factor.Type.TOTP),
    }
    return render(request, "account/app.html", context)


def _passkey(request: HttpRequest, user: User, *, first: bool) -> HttpResponse:
    form = PasskeyForm(request.POST if request.method == "POST" else None, user=user)
    if form.is_valid():
        name, credential = form.cleaned_data["name"], form.cleaned_data["credential"]
        return _finish(
            request,
            first,
            lambda: second_factor.add_passkey(
                user=user, name=name, credential=credential, first=first
            ),
        )
    options = {"creation_options": begin_registration(user, passwordless=False)}
    context = {"form": form, "first": first, "options": options}
    return render(request, "account/passkey.html", context)


def _finish(request: Any, first: bool, save: Callable[[], list[str]]) -> HttpResponse:
    """Saves, lets in whoever was on the way in, and shows the recovery codes if there are new
    ones."""
    try:
        codes = save()
    except second_factor.AlreadySetUpError:
        messages.error(request, _("A second step has been set up meanwhile. Sign in again."))
        return cast(HttpResponse, request._login_stage.abort())
    request.session.pop(second_factor.PENDING, None)
    if not first:
        messages.success(request, _("It is set up."))
    then = _come_in(request) if first else reverse("account_me")
    return _shown_once(request, codes, then) if codes else redirect(then)


def _come_in(request: Any) -> str:
    """Signed in, with the address to go on to."""
    stage = request._login_stage
    record_authentication(request, stage.login.user, "mfa")
    return str(stage.exit()["Location"])


def _shown_once(request: HttpRequest, codes: list[str], then: str) -> HttpResponse:
    """In the answer to the post that made them, and never again."""
    file = quote("\r\n".join([_("Recovery codes for B12 in general practice"), "", *codes, ""]))
    context = {"codes": codes, "file": f"data:text/plain;charset=utf-8,{file}", "then": then}
    return render(request, "account/recovery_codes.html", context)


# allauth's


class Prove(AuthenticateView):
    """On the way in, with what one has."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Where it was taken away meanwhile, allauth would send the browser in circles."""
        response = super().dispatch(request, *args, **kwargs)
        stage = getattr(self, "stage", None)
        if stage and not second_factor.of(stage.login.user).exists():
            return cast(HttpResponse, stage.abort())
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.stage.login.user
        return super().get_context_data(**kwargs) | {
            "has_app": second_factor.has(user, second_factor.Type.TOTP),
            "has_passkey": second_factor.has(user, second_factor.Type.WEBAUTHN),
        }


class PasskeyAgain(ReauthenticateWebAuthnView):
    def form_invalid(self, form: Any) -> HttpResponse:
        """allauth would leave for the start page."""
        for message in form.errors.get("credential", []):
            messages.error(self.request, message)
        return redirect(self.request.get_full_path())
