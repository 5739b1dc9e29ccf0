"""Letters: begun, looked at, issued, and what happens to them afterwards."""

from datetime import datetime
from typing import Any

from csp.constants import SELF
from csp.decorators import csp_update
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ..forms.letters import DraftForm, SendingForm, WithdrawalForm, issued_on
from ..letters.render import PangoMissingError
from ..models import Letter, LetterKind
from ..pdf_pages import in_frame, in_own_frame, no_pdf_page, pdf_answer, problem_page, spoilt
from ..permissions import Action, ClinicalRequest, clinical, issuing, may
from ..presenters import letters as words
from ..reading import letters_changed
from ..reading.letters_data import NotWritableError, Written, printed, written
from ..scope import found, readable
from ..services import letters as services
from ..services.letters import LetterRefusedError
from ..showing import Page, shown_header, shows

_RELATED = (
    "patient__practice", "created_by", "issued_by", "withdrawn_by", "assessment__patient",
    "course", "control", "corrects__assessment",
)  # fmt: skip


@csp_update({"frame-src": [SELF]})
@clinical(Action.SEE_RECORD, shows=Page.LETTER)
@require_http_methods(["GET", "HEAD", "POST"])
def letter(request: ClinicalRequest, pk: int) -> HttpResponse:
    """A draft with its preview, to be changed and issued; an issued letter as it was stored."""
    shown = found(Letter, request.actor, pk, *_RELATED)
    if shown.is_draft:
        return _draft(request, shown)
    if request.method == "POST":
        messages.info(request, _("The letter has been issued meanwhile."))
        return redirect("patients:letter", pk)
    return _issued_page(request, shown)


def _draft(request: ClinicalRequest, draft: Letter) -> HttpResponse:
    now = timezone.now()
    form = DraftForm(_sent(request), letter=draft)
    if form.is_valid():
        try:
            services.letter_save(actor=request.actor, letter=draft, **form.typed())
        except LetterRefusedError as refused:
            messages.error(request, str(refused))
            return redirect("patients:letter", draft.pk)
        if "issue" in request.POST:
            return _issue(request, draft.pk, now)
        messages.success(request, _("The draft was saved."))
        return redirect("patients:letter", draft.pk)
    return _draft_page(request, draft, form)


def _draft_page(request: ClinicalRequest, draft: Letter, form: DraftForm) -> HttpResponse:
    now_written, problem = _written(request, draft)
    context = {
        "form": form,
        "letter": draft,
        "title": words.title(draft),
        "header": shown_header(request, draft.patient, timezone.localdate(), draft),
        "seen": now_written.fingerprint if now_written else "",
        "problem": problem,
        "may_issue": may(request.actor, issuing(draft.kind)),
        "newer": _newer(draft),
    }
    return render(request, "patients/letter/draft.html", context)


def _written(request: ClinicalRequest, draft: Letter) -> tuple[Written | None, str]:
    """The letter as it would be issued now, or why it cannot be."""
    author, today = request.actor.user.name, timezone.localdate()
    try:
        return written(draft, author=author, today=today), ""
    except NotWritableError as error:
        return None, str(error)


def _newer(draft: Letter) -> int | None:
    """The assessment that has taken the place of the one that the draft is written from."""
    if draft.assessment is None:
        return None
    newest = letters_changed.newest(draft.assessment)
    return newest.pk if newest.pk != draft.assessment_id else None


def _issue(request: ClinicalRequest, pk: int, now: datetime) -> HttpResponse:
    """What is issued is what was looked at: else it is shown again."""
    draft = found(Letter, request.actor, pk, *_RELATED)
    made, problem = _written(request, draft)
    if made is not None and made.fingerprint != request.POST.get("seen"):
        problem = _("The letter reads otherwise than when you saw it. Look at it before you issue.")
    if made is not None and not problem:
        try:
            services.letter_issue(
                actor=request.actor,
                letter=draft,
                written=made,
                pdf=printed(made.context),
                now=now,
            )
            messages.success(request, _("The letter was issued. It can be printed now."))
            return redirect("patients:letter", pk)
        except PangoMissingError:
            problem = _("This machine lacks the libraries that PDF is made with.")
        except LetterRefusedError as refused:
            problem = str(refused)
    messages.error(request, problem)
    return redirect("patients:letter", pk)


def _issued_page(request: ClinicalRequest, shown: Letter) -> HttpResponse:
    corrections = readable(Letter, request.actor).filter(corrects=shown).defer("pdf", "context")
    valid = [each for each in corrections if each.withdrawn_at is None]
    is_unchanged = shown.is_unchanged()
    context: dict[str, Any] = {
        "letter": shown,
        "text": words.letter_text(shown),
        "header": shown_header(request, shown.patient, timezone.localdate(), shown),
        "corrections": valid,
        "changes": [] if valid else letters_changed.changes(shown),
        "is_valid": shown.withdrawn_at is None,
        "spoilt": "" if is_unchanged else spoilt(),
        "may_withdraw": may(request.actor, issuing(shown.kind)),
    }
    return render(request, "patients/letter/issued.html", context)


@in_own_frame
@in_frame
@clinical(Action.SEE_RECORD, shows=Page.LETTER_FILE)
@require_safe
def letter_pdf(request: ClinicalRequest, pk: int) -> HttpResponse:
    """The stored bytes of an issued letter; of a draft what it would be."""
    shown = found(Letter, request.actor, pk, *_RELATED)
    if not shown.is_draft:
        if not shown.is_unchanged():
            return problem_page(request, spoilt(), status=500)
        shows(request, [shown.patient_id], shown)
        return pdf_answer(bytes(shown.pdf or b""), shown.file_name)
    made, problem = _written(request, shown)
    if made is None:
        return problem_page(request, problem)
    try:
        answer = pdf_answer(printed(made.context), shown.file_name)
    except PangoMissingError:
        return no_pdf_page(request)
    shows(request, [shown.patient_id], shown)
    return answer


@clinical(Action.WRITE_LETTER)
@require_POST
def letter_discard(request: ClinicalRequest, pk: int) -> HttpResponse:
    draft = found(Letter, request.actor, pk)
    try:
        services.letter_discard(actor=request.actor, letter=draft)
        messages.success(request, _("The draft was discarded."))
    except LetterRefusedError as refused:
        messages.error(request, str(refused))
        return redirect("patients:letter", pk)
    return redirect("patients:record", draft.patient_id)


@clinical(Action.WRITE_LETTER, shows=Page.LETTER)
@require_http_methods(["GET", "HEAD", "POST"])
def letter_withdraw(request: ClinicalRequest, pk: int) -> HttpResponse:
    shown, now = found(Letter, request.actor, pk, "patient"), timezone.now()
    form = WithdrawalForm(_sent(request))
    if form.is_valid():
        try:
            services.letter_withdraw(
                actor=request.actor, letter=shown, now=now, **form.cleaned_data
            )
            messages.success(request, _("The letter was withdrawn. It can still be read."))
            return redirect("patients:letter", pk)
        except LetterRefusedError as refused:
            form.add_error(None, str(refused))
    return _form_page(request, "patients/letter/withdraw.html", shown, form)


@clinical(Action.WRITE_LETTER, shows=Page.LETTER)
@require_http_methods(["GET", "HEAD", "POST"])
def letter_send(request: ClinicalRequest, pk: int) -> HttpResponse:
    shown, now = found(Letter, request.actor, pk, "patient"), timezone.now()
    today = timezone.localdate(now)
    form = SendingForm(_sent(request), issued=issued_on(shown), today=today)
    if form.is_valid():
        try:
            services.letter_send(actor=request.actor, letter=shown, now=now, **form.cleaned_data)
            messages.success(request, _("The letter was marked as sent."))
            return redirect("patients:letter", pk)
        except LetterRefusedError as refused:
            form.add_error(None, str(refused))
    return _form_page(request, "patients/letter/send.html", shown, form)


@clinical(Action.WRITE_LETTER)
@require_POST
def letter_correct(request: ClinicalRequest, pk: int) -> HttpResponse:
    """A draft of the same kind from the record as it is now, which says what has changed."""
    wrong = found(Letter, request.actor, pk, "patient", "assessment", "course", "control")
    try:
        draft = services.letter_draft(
            actor=request.actor,
            patient=wrong.patient,
            kind=LetterKind(wrong.kind),
            language=wrong.language,
            assessment=letters_changed.newest(wrong.assessment) if wrong.assessment else None,
            course=wrong.course,
            control=wrong.control,
            specialty=wrong.specialty,
            free_text=wrong.free_text,
            corrects=wrong,
            now=timezone.now(),
        )
    except LetterRefusedError as refused:
        messages.error(request, str(refused))
        return redirect("patients:letter", pk)
    return redirect("patients:letter", draft.pk)


def _sent(request: ClinicalRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _form_page(request: ClinicalRequest, template: str, shown: Letter, form: Any) -> HttpResponse:
    context = {
        "form": form,
        "letter": shown,
        "title": words.title(shown),
        "header": shown_header(request, shown.patient, timezone.localdate(), shown),
    }
    return render(request, template, context)
