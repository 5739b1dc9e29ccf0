"""In which browsers somebody is signed in, and ending that from elsewhere.

allauth notes the browser once, at sign-in; what changes from page to page stands in the session.
So the list costs nothing until somebody looks at it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from allauth.usersessions.models import UserSession
from django.contrib.auth import HASH_SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from b12site.accounts.browsers import in_words
from b12site.accounts.models import Practice, User
from b12site.accounts.sessions import limits_of
from b12site.audit.log import administered


@dataclass(frozen=True, slots=True)
class OpenSession:
    number: int
    browser: str
    since: datetime
    active: datetime
    is_this: bool


def open_sessions(user: User, this: SessionBase | None = None) -> list[OpenSession]:
    """The newest first; ``this`` is the one that is looked at from. Those that have reached a
    limit, or that a new password has closed, are none."""
    browsers = {row.session_key: row for row in UserSession.objects.filter(user=user)}
    found, valid, now = [], user.get_session_auth_hash(), timezone.now()
    for stored in Session.objects.filter(session_key__in=browsers):
        browser = browsers[stored.session_key]
        is_this = this is not None and stored.session_key == this.session_key
        session: Any = this if is_this else stored.get_decoded()
        limits = limits_of(session)
        is_valid = constant_time_compare(session.get(HASH_SESSION_KEY, ""), valid)
        if limits is not None and is_valid and now < limits.ends:
            words = in_words(browser.user_agent)
            found.append(OpenSession(browser.pk, words, limits.begun, limits.active, is_this))
    return sorted(found, key=lambda each: each.since, reverse=True)


def end_one(user: User, number: int, this: str | None) -> bool:
    """Was there such a session of the user's, besides this one?"""
    others = UserSession.objects.filter(user=user).exclude(session_key=this)
    return _end(others.filter(pk=number)) == 1


def end_others(user: User, this: str | None) -> int:
    """How many were ended."""
    return _end(UserSession.objects.filter(user=user).exclude(session_key=this))


@transaction.atomic
def end_all(*, user: User, by: User, practice: Practice | None) -> int:
    """In the administration; logged, also when there were none."""
    ended = _end(UserSession.objects.filter(user=user))
    administered(
        user=by, practice=practice, action="user.sessions_ended", obj=user, after={"ended": ended}
    )
    return ended


def _end(noted: Iterable[UserSession]) -> int:
    """The next thing that is done in them asks to sign in."""
    rows = list(noted)
    for row in rows:
        row.end()
    return len(rows)
