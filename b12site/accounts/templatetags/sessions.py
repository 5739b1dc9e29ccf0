"""What the pages say about being signed in."""

from typing import Any

from django import template
from django.http import HttpRequest
from django.template.context import Context

from b12site.accounts.sessions import WARNED, limits_of
from b12site.accounts.sessions_open import OpenSession, open_sessions
from b12site.accounts.views_sessions import facts

register = template.Library()


@register.inclusion_tag("components/session.html", takes_context=True)
def session_limits(context: Context) -> dict[str, Any]:
    """Until when; nothing for somebody who is not signed in, or on an answer that was given before
    anybody was looked up."""
    request: HttpRequest = context["request"]
    user = getattr(request, "user", None)
    limits = limits_of(request.session) if user is not None else None
    if user is None or limits is None or not user.is_authenticated:
        return {"limits": None}
    warned = int(WARNED.total_seconds())
    return {"limits": limits, "user": user, "warned": warned, **facts(limits)}


@register.simple_tag(takes_context=True)
def own_sessions(context: Context) -> list[OpenSession]:
    request = context["request"]
    return open_sessions(request.user, request.session)
