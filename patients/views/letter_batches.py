"""Recall letters for many: ordered on the work list, followed while they are made, then printed and
sent together."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ..forms.letters import SendingForm
from ..forms.worklist import FilterForm
from ..letters.file import merged
from ..models import Control, LetterBatch, WorkKind
from ..pdf_pages import pdf_answer, problem_page, spoilt
from ..permissions import Action, ClinicalRequest, clinical
from ..presenters import letters as words
from ..reading import worklist as reading
from ..reading.letter_lists import is_silent, lines_of, made_letters
from ..scope import found, in_practice
from ..services import letter_batches as services
from ..showing import Page, shows

_LONGEST_NUMBER = 18


@clinical(Action.ISSUE_RECALL)
@require_POST
def batch_new(request: ClinicalRequest) -> HttpResponse:
    """For the lines that were ticked, or for all controls of the choice in the address."""
    now = timezone.now()
    controls = _all(request) if "all" in request.POST else _ticked(request)
    back = f"{reverse('patients:worklist')}?{request.GET.urlencode()}"
    if not controls:
        messages.error(request, _("Tick the controls to which you want to call patients."))
        return redirect(back)
    if len(controls) > services.LONGEST_BATCH:
        limit = services.LONGEST_BATCH
        messages.error(
            request,
            _("At most %(limit)s letters are made at once. Choose fewer lines.") % {"limit": limit},
        )
        return redirect(back)
    batch = services.batch_order(actor=request.actor, controls=controls, now=now)
    return redirect("patients:letter_batch", batch.pk)


def _ticked(request: ClinicalRequest) -> list[Control]:
    """In the order of the list, which is the order of the boxes."""
    numbers = list(dict.fromkeys(request.POST.getlist("control")))
    if not all(each.isdecimal() and len(each) < _LONGEST_NUMBER for each in numbers):
        raise Http404
    known = in_practice(Control, request.actor).select_related("patient")
    controls = {control.pk: control for control in known.filter(pk__in=numbers)}
    if len(controls) < len(numbers):
        raise Http404
    return [controls[int(number)] for number in numbers]


def _all(request: ClinicalRequest) -> list[Control]:
    form = FilterForm(request.GET)
    if not form.is_valid():
        raise Http404
    lines = reading.lines(request.actor, form.wanted(), timezone.now())
    chosen = lines.filter(kind=WorkKind.CONTROL, control__isnull=False).order_by(*reading.ORDER)
    items = list(chosen[: services.LONGEST_BATCH + 1])
    for item in items:
        if item.control is not None:
            item.control.patient = item.patient
    return [item.control for item in items if item.control is not None]


@clinical(Action.SEE_RECORD, shows=Page.LETTERS)
@require_safe
def letter_batch(request: ClinicalRequest, pk: int) -> HttpResponse:
    """How far it has come; for htmx the progress alone until it is finished."""
    batch = found(LetterBatch, request.actor, pk, "created_by")
    text = words.batch_text(batch, lines_of(batch))
    context = {"batch": text, "silent": is_silent(batch, timezone.now())}
    if not request.headers.get("HX-Request"):
        shows(request, (row.patient for row in text.rows), batch)
        return render(request, "patients/letter/batch.html", context)
    if batch.finished_at is None and not context["silent"]:
        return render(request, "patients/letter/progress.html", context)
    return HttpResponse(headers={"HX-Refresh": "true"})


@clinical(Action.SEE_RECORD, shows=Page.LETTERS_FILE)
@require_safe
def batch_pdf(request: ClinicalRequest, pk: int) -> HttpResponse:
    """All letters in the order of the list, put together from their stored bytes."""
    batch = found(LetterBatch, request.actor, pk)
    letters = made_letters(batch)
    if not letters:
        return problem_page(request, _("No letter of this batch has been made yet."))
    damaged = [str(letter.pk) for letter in letters if not letter.is_unchanged()]
    if damaged:
        return problem_page(request, f"{spoilt()} (brev-{', brev-'.join(damaged)})", status=500)
    two_sided = request.GET.get("sides") == "2"
    shows(request, (letter.patient_id for letter in letters), batch)
    whole = merged(
        (bytes(letter.pdf or b"") for letter in letters),
        title=_("Recall letters"),
        two_sided=two_sided,
    )
    return pdf_answer(whole, f"innkalling-{batch.pk}.pdf")


@clinical(Action.ISSUE_RECALL)
@require_POST
def batch_again(request: ClinicalRequest, pk: int) -> HttpResponse:
    batch = found(LetterBatch, request.actor, pk)
    services.batch_again(actor=request.actor, batch=batch, now=timezone.now())
    messages.success(request, _("The letters that are missing have been ordered again."))
    return redirect("patients:letter_batch", pk)


@clinical(Action.WRITE_LETTER)
@require_http_methods(["GET", "HEAD", "POST"])
def batch_send(request: ClinicalRequest, pk: int) -> HttpResponse:
    batch, now = found(LetterBatch, request.actor, pk), timezone.now()
    today = timezone.localdate(now)
    sent = request.POST if request.method == "POST" else None
    form = SendingForm(sent, issued=timezone.localdate(batch.created_at), today=today)
    if form.is_valid():
        count = services.batch_send(actor=request.actor, batch=batch, now=now, **form.cleaned_data)
        messages.success(
            request,
            ngettext(
                "%(n)s letter was marked as sent.", "%(n)s letters were marked as sent.", count
            )
            % {"n": count},
        )
        return redirect("patients:letter_batch", pk)
    return render(request, "patients/letter/batch_send.html", {"form": form, "pk": pk})
