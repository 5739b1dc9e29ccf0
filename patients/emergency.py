"""Which records of other practices are open in a session, to read and for a time.

An access belongs to the user and to the session that it was opened in, whose one-time code opened
it: nobody who takes over another machine where the same user is signed in finds the record open.
The session holds only the numbers of the accesses; whether they still hold is read at each request.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from b12site.accounts.actor import Actor

from .models import EmergencyAccess

SESSION_KEY = "emergency"
READING = frozenset({"GET", "HEAD"})

View = Callable[..., HttpResponse]


def hold(request: HttpRequest, accesses: Sequence[EmergencyAccess]) -> None:
    """Open in this session from now on, in the place of what was open."""
    request.session[SESSION_KEY] = [access.pk for access in accesses]


def held(request: HttpRequest) -> list[EmergencyAccess]:
    """What this session's user has opened in it, ended or not, those first that were opened first.
    No query in a session that has opened nothing."""
    numbers = request.session.get(SESSION_KEY)
    if not numbers or not request.user.is_authenticated:
        return []
    accesses = EmergencyAccess.objects.filter(pk__in=numbers, user=request.user)
    return list(accesses.select_related("patient__practice", "practice").order_by("pk"))


def is_open(access: EmergencyAccess, actor: Actor, now: datetime) -> bool:
    """Only where the user works now: the log names this practice for what is read."""
    return not is_over(access, now) and access.practice_id == actor.practice.pk


def is_over(access: EmergencyAccess, now: datetime) -> bool:
    return access.ended_at is not None or now >= access.ends_at


def reading_beyond(view: View) -> View:
    """For a page of the record that is only read: ``request.actor`` may read what the session has
    opened, and ``request.emergency`` says why, for the banner. When it is over, what is not found
    says so; it says the same of whatever is asked for."""

    @wraps(view)
    def opened(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        accesses = held(request) if request.method in READING else []
        still = [each for each in accesses if is_open(each, request.actor, timezone.now())]
        if still:
            request.emergency = still
            beyond = frozenset(access.patient_id for access in still)
            request.actor = replace(request.actor, beyond=beyond, ground=still[0].reason)
        try:
            return view(request, *args, **kwargs)
        except Http404:
            if not any(is_over(each, timezone.now()) for each in accesses):
                raise
            return render(request, "patients/emergency/over.html", status=404)

    return opened
