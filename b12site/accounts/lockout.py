"""Five failures within five minutes lock for five minutes, counted from the fifth.

allauth counts the failures and forgets each of them after five minutes; by that alone, five that
are spread over four minutes would lock for one minute only.
"""

import time
from hashlib import sha256

from allauth.core.internal import ratelimit
from django.core.cache import cache
from django.http import HttpRequest

MOST = {"login_failed": "5/5m/key"}
"""The part of ``ACCOUNT_RATE_LIMITS`` that belongs to one user."""
SECONDS = 300


def is_locked(key: str) -> bool:
    until: float = cache.get(_name(key), 0.0)
    return time.time() < until


def failed(request: HttpRequest, key: str) -> None:
    """After a failure that has been counted under this key: the fifth locks."""
    app = "allauth.account"
    if not ratelimit.consume(
        request, app=app, action="login_failed", config=MOST, key=key, dry_run=True
    ):
        cache.set(_name(key), time.time() + SECONDS, SECONDS)


def _name(key: str) -> str:
    return f"locked:{sha256(key.encode()).hexdigest()}"
