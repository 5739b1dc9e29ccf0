"""The pages about one case in the administration: read, judged, and shown to a colleague."""

from datetime import date
from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from b12site.accounts.models import User
from b12site.audit.words import in_words

from ..forms.reviews import AskForm, EmergencyVerdictForm, VerdictForm
from ..models import Assessment, CaseState, Letter, LetterState, ReviewCase
from ..presenters import review_case as present
from ..reading import review_case as reading
from ..reading.signed import signed_context
from ..services.review_queue import who_may_judge
from ..services.reviews import ReviewRefusedError, review_ask, review_judge
from . import words
from .reviewer import acting, log_shown, shows_identity

CASE = "admin:patients_reviewcase_change"
QUEUE = "admin:patients_reviewcase_changelist"


def case_view(admin: Any, request: HttpRequest, case: ReviewCase) -> HttpResponse:
    """The case with the verdict form below it; what was typed stays when it is refused."""
    user, now = cast(User, request.user), timezone.now()
    found = reading.opinions(case, user)
    sent = request.POST if request.method == "POST" else None
    form = (EmergencyVerdictForm if case.emergency_id else VerdictForm)(sent)
    if sent is not None and form.is_valid():
        try:
            review_judge(
                actor=acting(request)[case.practice_id],
                review=found.own,
                now=now,
                **form.verdict(),
            )
        except ReviewRefusedError as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Your verdict on case %(n)s was kept.") % {"n": case.pk})
            return redirect(QUEUE)
    context = _context(case, found, timezone.localdate(now)) | {"form": form}
    log_shown(request, [case], "shown.review_case")
    return _page(admin, request, case, "change_form", context)


def _context(case: ReviewCase, found: reading.Opinions, today: date) -> dict[str, Any]:
    shows = shows_identity(case)
    hide = present.hiding(case.patient, shows_identity=shows)
    may_judge = found.own.judged_at is None and case.state != CaseState.CLOSED
    return {
        "facts": present.facts(case, shows_identity=shows),
        "closing": present.closing(case, hide),
        "judged": present.judged(found, hide),
        "may_judge": may_judge,
        "may_ask": found.asked == 1 and case.state != CaseState.CLOSED,
        "shows_identity": shows,
        **_about(case, today, hide),
    }


def _about(case: ReviewCase, today: date, hide: present.Hide) -> dict[str, Any]:
    """The emergency access, or the assessment with what came of it."""
    if case.emergency is not None:
        rows = reading.opened(case.emergency)
        return {
            "emergency": present.emergency(case.emergency, hide),
            "opened": present.opened(rows, in_words),
        }
    signed = cast(Assessment, case.assessment)
    found = reading.followed(case.patient, today)
    return {
        **present.without_identity(signed_context(signed, may_decide=False), hide),
        "followed": present.followed(found, today, hide),
        "emergency": [],
    }


# A second reviewer


def ask_view(admin: Any, request: HttpRequest, case: ReviewCase) -> HttpResponse:
    asked = {review.reviewer_id for review in case.reviews.all()}
    candidates = {one.pk: one for one in who_may_judge(case) if one.pk not in asked}
    sent = request.POST if request.method == "POST" else None
    form = AskForm(sent, candidates=list(candidates.values()))
    if sent is not None and form.is_valid():
        reviewer = candidates[form.cleaned_data["reviewer"]]
        actor = acting(request)[case.practice_id]
        try:
            review_ask(actor=actor, case=case, reviewer=reviewer, now=timezone.now())
        except ReviewRefusedError as refused:
            form.add_error(None, str(refused))
        else:
            said = _("%(name)s is asked about case %(n)s as well.")
            messages.success(request, said % {"name": reviewer.name, "n": case.pk})
            return redirect(CASE, case.pk)
    return _page(admin, request, case, "ask", {"form": form, "candidates": list(candidates)})


# Its letters


def letter_view(request: HttpRequest, case: ReviewCase, number: int) -> HttpResponse:
    """The stored file, only where the practice shows its reviewers who the patient is."""
    letters = Letter.objects.filter(patient=case.patient).exclude(state=LetterState.DRAFT)
    letter = letters.filter(pk=number).first() if shows_identity(case) else None
    if letter is None or letter.pdf is None or case.assessment_id is None:
        raise Http404
    log_shown(request, [case], "shown.review_letter")
    file = f'inline; filename="{letter.file_name}"'
    return HttpResponse(
        bytes(letter.pdf),
        content_type="application/pdf",
        headers={"Content-Disposition": file, "Cache-Control": "no-store"},
    )


def _page(
    admin: Any, request: HttpRequest, case: ReviewCase, name: str, context: dict[str, Any]
) -> HttpResponse:
    title = _("Case %(n)s: %(what)s") % {"n": case.pk, "what": words.subject(case)}
    shared = admin.admin_site.each_context(request) | {
        "title": title,
        "case": case,
        "opts": admin.opts,
        "errors": [],
    }
    return render(request, f"admin/patients/reviewcase/{name}.html", shared | context)
