"""Which practice a signed-in user works in at the moment."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest

from b12site.accounts.actor import Actor
from b12site.accounts.models import Membership, Practice, Role

SESSION_KEY = "practice"
KNOWN = "known_memberships"
"""Where a user keeps the memberships that were read together with the user (backend.py)."""
NO_PRACTICE = "no practice"
"""Why somebody is refused who belongs nowhere; templates/403.html says what to do."""

Roles = dict[Practice, frozenset[Role]]


def actor_of(request: HttpRequest) -> Actor | None:
    """The user in the practice chosen in this session, else in the first one by name; ``None`` for
    somebody who is not signed in or belongs to no practice."""
    practices = practices_of(request)
    if not practices or not request.user.is_authenticated:
        return None
    chosen = request.session.get(SESSION_KEY)
    practice = next((each for each in practices if each.pk == chosen), next(iter(practices)))
    return Actor(request.user, practice, practices[practice])


def practices_of(request: HttpRequest) -> Roles:
    """The user's practices by name, with the roles there. Read at most once for each request."""
    known: Roles | None = getattr(request, "_practices", None)
    if known is None:
        request._practices = known = _read(request)  # type: ignore[attr-defined]
    return known


def choose(request: HttpRequest, pk: int) -> Practice:
    """Work in that practice from now on in this session; ``Http404`` unless the user belongs to
    it."""
    practice = next((each for each in practices_of(request) if each.pk == pk), None)
    if practice is None:
        raise Http404
    request.session[SESSION_KEY] = practice.pk
    return practice


def memberships_of(user_id: Any) -> QuerySet[Membership]:
    """With user and practice, by the practice's name."""
    memberships = Membership.objects.filter(user=user_id).select_related("user", "practice")
    return memberships.order_by("practice__name", "practice_id")


def _read(request: HttpRequest) -> Roles:
    if not request.user.is_authenticated:
        return {}
    memberships = getattr(request.user, KNOWN, None)
    roles: Roles = {}
    for membership in memberships_of(request.user.pk) if memberships is None else memberships:
        known = roles.get(membership.practice, frozenset())
        roles[membership.practice] = known | {Role(membership.role)}
    return roles
