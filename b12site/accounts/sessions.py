"""How long somebody stays signed in: 15 minutes after the last thing done, 12 hours in all.

Both numbers are ours; the guideline says nothing of them. A session carries when it began and when
something was last done in it. That is written down at most every half minute, so that no page pays
for it; the limit counts from what is written, and so does the time that the page shows.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth import SESSION_KEY, logout
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.contrib.sessions.backends.base import SessionBase
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

IDLE = timedelta(minutes=15)
LONGEST = timedelta(hours=12)
WARNED = timedelta(minutes=2)
"""How long before the end the page says so."""
NOTED_EVERY = timedelta(seconds=30)

BEGUN, ACTIVE = "signed_in_at", "active_at"

BACKGROUND = "X-Background"
"""The header of what the page asks for by itself, with nobody at the keyboard: it keeps nobody
signed in. An automatic save is no such thing, since somebody typed."""


@dataclass(frozen=True, slots=True)
class Limits:
    begun: datetime
    active: datetime

    @property
    def last(self) -> datetime:
        """When it ends whatever is done."""
        return self.begun + LONGEST

    @property
    def ends(self) -> datetime:
        """When it ends if nothing is done."""
        return min(self.active + IDLE, self.last)

    @property
    def is_final(self) -> bool:
        """Has it come so far that doing something does not help?"""
        return self.active + IDLE >= self.last


def limits_of(session: SessionBase | Mapping[str, Any]) -> Limits | None:
    """``None`` where nobody is signed in. A session that does not say when it began has ended."""
    if SESSION_KEY not in session:
        return None
    begun, active = (datetime.fromtimestamp(session.get(name, 0), UTC) for name in (BEGUN, ACTIVE))
    return Limits(begun, active)


def session_limits(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: signs out whoever has reached a limit, before anything is answered."""

    def middleware(request: HttpRequest) -> HttpResponse:
        limits, now = limits_of(request.session), timezone.now()
        if limits is None:
            return get_response(request)
        if now >= limits.ends:
            logout(request)
            messages.info(request, _why(limits))
        elif now - limits.active >= NOTED_EVERY and BACKGROUND not in request.headers:
            request.session[ACTIVE] = now.timestamp()
        return get_response(request)

    return middleware


def _why(limits: Limits) -> str:
    if limits.is_final:
        return _("You were signed out, since you had been signed in for 12 hours.")
    return _("You were signed out, since nothing had been done for 15 minutes.")


@receiver(user_logged_in)
def begin(request: HttpRequest, **_kwargs: Any) -> None:
    request.session[BEGUN] = request.session[ACTIVE] = timezone.now().timestamp()


@receiver(user_logged_out)
def forget(request: HttpRequest, **_kwargs: Any) -> None:
    """The list of somebody's sessions holds those that are open."""
    UserSession.objects.filter(session_key=request.session.session_key).delete()
