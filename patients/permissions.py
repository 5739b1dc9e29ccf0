"""What each role may do in the record. The table is read by the services and by the views."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from enum import StrEnum
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from b12site.accounts.active import NO_PRACTICE, actor_of
from b12site.accounts.actor import Actor
from b12site.accounts.models import Role
from b12site.language import with_language_switch

from .emergency import reading_beyond
from .kept import NotSavedError, not_done, show_again, signed_out, token_is_old
from .showing import Page, Showing, ShowingRequest, logged


class Action(StrEnum):
    SEE_RECORD = "see_record"
    REGISTER_PATIENT = "register_patient"
    ENTER_RESULT = "enter_result"
    DRAFT_ASSESSMENT = "draft_assessment"
    SIGN_ASSESSMENT = "sign_assessment"
    DECIDE_TREATMENT = "decide_treatment"
    GIVE_INJECTION = "give_injection"
    PLAN_CONTROL = "plan_control"
    CONTACT_PATIENT = "contact_patient"
    WRITE_LETTER = "write_letter"
    ISSUE_LETTER = "issue_letter"
    ISSUE_RECALL = "issue_recall"
    REVIEW = "review"
    ANSWER_REVIEW = "answer_review"
    EMERGENCY_ACCESS = "emergency_access"
    SIGN_OFF_EMERGENCY = "sign_off_emergency"


_CLINICIANS = frozenset({Role.DOCTOR, Role.ASSISTANT})
_DOCTORS = frozenset({Role.DOCTOR})

ALLOWED: Mapping[Action, frozenset[Role]] = {
    Action.SEE_RECORD: _CLINICIANS,
    Action.REGISTER_PATIENT: _CLINICIANS,
    Action.ENTER_RESULT: _CLINICIANS,
    Action.DRAFT_ASSESSMENT: _CLINICIANS,
    Action.SIGN_ASSESSMENT: _DOCTORS,
    Action.DECIDE_TREATMENT: _DOCTORS,
    Action.GIVE_INJECTION: _CLINICIANS,
    Action.PLAN_CONTROL: _CLINICIANS,
    Action.CONTACT_PATIENT: _CLINICIANS,
    Action.WRITE_LETTER: _CLINICIANS,
    Action.ISSUE_LETTER: _DOCTORS,
    Action.ISSUE_RECALL: _CLINICIANS,
    Action.REVIEW: frozenset({Role.REVIEWER}),
    Action.ANSWER_REVIEW: _DOCTORS,
    Action.EMERGENCY_ACCESS: _DOCTORS,
    Action.SIGN_OFF_EMERGENCY: frozenset({Role.REVIEWER}),
}


def may(actor: Actor, action: Action) -> bool:
    return actor.has(*ALLOWED[action])


def require(actor: Actor, action: Action) -> None:
    """Raises ``PermissionDenied`` unless one of the actor's roles allows the action. Each service
    asks, so that nothing is changed by what was sent with an old form (kept.py)."""
    if not may(actor, action):
        raise PermissionDenied(action.value)
    if actor.only_looks:
        raise NotSavedError(action.value)


def issuing(kind: str) -> Action:
    """What somebody must be allowed to, to issue or withdraw a letter of this kind."""
    return Action.ISSUE_RECALL if kind == "recall" else Action.ISSUE_LETTER


class ClinicalRequest(ShowingRequest):
    """A request of somebody who was let in by ``clinical``. ``unsaved`` says that what was sent is
    to be shown again and not saved."""

    unsaved: bool


def clinical(
    action: Action, shows: Page | None = None
) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """For a view of the record: sign-in first (a redirect, or a page that keeps what was sent),
    then the role (403). The view finds who is acting in ``request.actor``; nothing that it answers
    is kept by a cache. A view that shows patients declares as what it ``shows`` them, and notes
    whom (showing.py)."""

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        switched = with_language_switch(view)
        beyond = reading_beyond(switched)

        @csrf_exempt  # asked here, so that what was typed is not lost
        @never_cache
        @wraps(view)
        def admitted(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
            request.unsaved = token_is_old(request)
            if not request.user.is_authenticated:
                return signed_out(request) if request.method == "POST" else _to_sign_in(request)
            actor = actor_of(request)
            if actor is None:
                raise PermissionDenied(NO_PRACTICE)
            require(actor, action)
            request.actor = replace(actor, only_looks=request.unsaved)
            request.showing = Showing(shows)
            if request.unsaved:
                show_again(request)
            widens = action == Action.SEE_RECORD and may(actor, Action.EMERGENCY_ACCESS)
            show = beyond if widens else switched
            try:
                return logged(request, show(request, *args, **kwargs))
            except NotSavedError:
                return not_done(request)

        return admitted

    return decorate


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    """A redirect; for htmx one of the whole page, not of the part that it asked for."""
    response = redirect_to_login(request.get_full_path())
    if "HX-Request" not in request.headers:
        return response
    return HttpResponse(headers={"HX-Redirect": response.url})
