"""An emergency access ends with the session that it is open in, also when that has run out, so that
the reviewer sees for how long the record could be read. One whose session was ended from elsewhere
stands until its time, though nobody can use it any more."""

from datetime import datetime
from typing import Any, cast

from django.http import HttpRequest
from django.utils import timezone

from b12site.accounts.active import practices_of
from b12site.accounts.actor import Actor
from b12site.accounts.models import User

from .emergency import SESSION_KEY, held
from .permissions import Action, may
from .services.emergency import emergency_end


def end_held(request: HttpRequest, now: datetime) -> None:
    """Whoever may open none any more cannot read either: nothing to end."""
    for access in held(request):
        roles = practices_of(request).get(access.practice, frozenset())
        actor = Actor(cast(User, request.user), access.practice, roles)
        if may(actor, Action.EMERGENCY_ACCESS):
            emergency_end(actor=actor, access=access, now=now)
    request.session.pop(SESSION_KEY, None)


def at_sign_out(request: HttpRequest | None, user: User | None, **_signal: Any) -> None:
    if request is not None and user is not None:
        end_held(request, timezone.now())
