"""A new letter: which one, from what, in which language."""

from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from interpretation.guideline.calendar_time import add_months

from ..forms.letters import NewLetterForm
from ..models import (
    Assessment,
    AssessmentState,
    Control,
    ControlState,
    LetterKind,
    Patient,
    TreatmentCourse,
)
from ..permissions import Action, ClinicalRequest, clinical
from ..scope import found, in_practice
from ..services import letters as services
from ..showing import Page, shown_header


@clinical(Action.WRITE_LETTER, shows=Page.LETTER)
@require_http_methods(["GET", "HEAD", "POST"])
def letter_new(request: ClinicalRequest, pk: int) -> HttpResponse:
    """What the address names (``?kind=``, ``?assessment=``, ``?control=``) is chosen already."""
    patient, now = found(Patient, request.actor, pk), timezone.now()
    today = timezone.localdate(now)
    assessment = _assessment(request, patient)
    course = in_practice(TreatmentCourse, request.actor).filter(patient=patient, stopped_on=None)
    ongoing = course.first()
    controls = list(
        in_practice(Control, request.actor).filter(patient=patient, state=ControlState.PLANNED)
    )
    form = NewLetterForm(
        request.POST if request.method == "POST" else None,
        controls=controls,
        initial=_initial(request, patient, today),
        today=today,
        is_assessed=assessment is not None,
        is_treated=ongoing is not None,
    )
    if form.is_valid():
        kind = LetterKind(form.cleaned_data["kind"])
        draft = services.letter_draft(
            actor=request.actor,
            patient=patient,
            now=now,
            **_basis(form.cleaned_data, kind, assessment, ongoing, controls),
        )
        return redirect("patients:letter", draft.pk)
    context = {"form": form, "header": shown_header(request, patient, today)}
    return render(request, "patients/letter/new.html", context)


def _assessment(request: ClinicalRequest, patient: Patient) -> Assessment | None:
    """The signed one that the address names, else the last one that holds."""
    signed = in_practice(Assessment, request.actor).filter(
        patient=patient, state=AssessmentState.SIGNED
    )
    if "assessment" in request.GET:
        number = request.GET["assessment"]
        chosen = signed.filter(pk=number).first() if _is_number(number) else None
        if chosen is None:
            raise Http404
        return chosen
    return signed.exclude(corrected_by__state=AssessmentState.SIGNED).first()


def _initial(request: ClinicalRequest, patient: Patient, today: date) -> dict[str, Any]:
    """Who has read the record: of the last year, if nothing else is chosen."""
    named = {name: request.GET[name] for name in ("kind", "control") if name in request.GET}
    usual = {"first": add_months(today, -12), "last": today}
    return {"letter_language": patient.letter_language} | usual | named


def _basis(
    chosen: dict[str, Any],
    kind: LetterKind,
    assessment: Assessment | None,
    course: TreatmentCourse | None,
    controls: list[Control],
) -> dict[str, Any]:
    """What a letter of this kind is written from, and nothing else."""
    needs_assessment = kind in {LetterKind.RESULT, LetterKind.JOURNAL, LetterKind.REFERRAL}
    recalls = kind == LetterKind.RECALL
    number = chosen["control"]
    return {
        "kind": kind,
        "language": chosen["letter_language"],
        "assessment": assessment if needs_assessment else None,
        "course": course if kind == LetterKind.PLAN else None,
        "control": next(each for each in controls if each.pk == number) if recalls else None,
        "specialty": chosen["specialty"] if kind == LetterKind.REFERRAL else "",
        "period": (chosen["first"], chosen["last"]) if kind == LetterKind.ACCESS else None,
    }


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < _LONGEST


_LONGEST = 18
