"""What the header shows of whoever is signed in."""

from typing import Any

from django import template
from django.http import HttpRequest
from django.template.context import Context

from b12site.accounts.active import actor_of, practices_of
from b12site.accounts.models import Role

register = template.Library()


@register.inclusion_tag("components/header.html", takes_context=True)
def header(context: Context) -> dict[str, Any]:
    """An answer given before anybody was looked up (a foreign host name, a body that is too
    large) shows the way to the front page only."""
    request: HttpRequest = context["request"]
    if not hasattr(request, "user"):
        return {"known": False}
    actor = actor_of(request)
    return {
        "known": True,
        "user": request.user,
        "actor": actor,
        "clinician": actor is not None and actor.has(Role.DOCTOR, Role.ASSISTANT),
        "several": len(practices_of(request)) > 1,
        "area": area_of(request),
        "csrf_token": context.get("csrf_token", ""),
    }


def area_of(request: HttpRequest) -> str:
    """Which entry of the navigation the page belongs to; "" for none."""
    if request.path == "/":
        return "front"
    match = request.resolver_match
    if match is None or match.namespace != "patients":
        return ""
    return "worklist" if request.path.startswith("/worklist/") else "patients"
