"""An ``Interpretation`` as finished strings for page and print: no query, no HTML.

Everything shown comes from the result object; the words come from ``wording``.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.forms import BoundField, CheckboxSelectMultiple, Form

from .. import wording
from ..fields import RefusedError
from ..guideline.case import Case
from ..guideline.edition import Edition
from ..guideline.interpretation import Interpretation
from ..guideline.vocabulary import Analyte, Caveat, Regimen
from . import advice, journal, reasons, texts
from .reasons import StepText
from .texts import CaveatText, ControlText, Named, RegimenText

__all__ = ["Answer", "ErrorText", "error_texts", "present"]

_MISSING = {
    Caveat.MISSING_B12,
    Caveat.MISSING_MMA,
    Caveat.MISSING_HCY,
    Caveat.MISSING_FOLATE,
    Caveat.MISSING_AGE,
    Caveat.MISSING_PATHWAY,
}


class ErrorText(NamedTuple):
    target: str
    message: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What the page shows, in its order."""

    conclusion: str
    label: str
    tone: str
    pathway: str
    actions: list[str]
    next_tests: list[Named]
    missing: list[Named]
    treatment: RegimenText | None
    treatment_strength: str
    treatment_notes: list[str]
    alternatives: list[RegimenText]
    controls: list[ControlText]
    controls_note: str
    cause: str
    cause_tests: list[Named]
    patient_information: list[str]
    caveats: list[CaveatText]
    conversions: list[str]
    questions: list[str]
    not_from_guideline: list[str]
    old_results: str
    steps: list[StepText]
    sections: list[str]
    edition: str
    summary: list[str]
    journal: str


def present(
    result: Interpretation,
    case: Case,
    edition: Edition,
    dates: Mapping[Analyte, date],
    old: Iterable[Analyte],
) -> Answer:
    """Everything the page shows. ``dates`` are those of the samples, ``old`` the outdated ones."""
    treatment = result.treatment
    given = treatment.regimen is not Regimen.NONE
    refused = {error.field for error in result.errors}
    summary = journal.case_summary(case, dates, refused)
    return Answer(
        conclusion=advice.conclusion(result),
        label=advice.label(result),
        tone=advice.tone(result),
        pathway=advice.pathway(result),
        actions=advice.actions(result),
        next_tests=[texts.ordered(test) for test in result.next_tests],
        missing=[texts.missing(caveat) for caveat in result.caveats if caveat in _MISSING],
        treatment=texts.regimen(treatment.regimen, treatment.doses) if given else None,
        treatment_strength=str(wording.STRENGTHS[treatment.strength]),
        treatment_notes=advice.treatment_notes(result),
        alternatives=[
            texts.regimen(code, edition.regimens[code].doses) for code in treatment.alternatives
        ],
        controls=texts.controls(result.follow_up),
        controls_note=advice.controls_note(case, result),
        cause=advice.cause(result),
        cause_tests=[texts.ordered(test) for test in result.cause_workup.tests],
        patient_information=[
            str(wording.PATIENT_INFORMATION[code]) for code in result.patient_information
        ],
        caveats=[texts.caveat(caveat) for caveat in result.caveats if caveat not in _MISSING],
        conversions=[texts.conversion(conversion) for conversion in result.conversions],
        questions=texts.questions(result.questions),
        not_from_guideline=[
            texts.not_from_guideline(key, edition) for key in result.not_from_guideline
        ],
        old_results=", ".join(str(wording.ANALYTES[key]) for key in old),
        steps=[reasons.step_text(step) for step in result.trace],
        sections=reasons.sections(result),
        edition=journal.edition_name(),
        summary=summary,
        journal=journal.journal(result, summary),
    )


def error_texts(form: Form) -> list[ErrorText]:
    """Every error of the form with the element that it belongs to. A refused value is named in its
    own sentence; any other error gets the field's label in front."""
    texts = []
    for name, errors in form.errors.as_data().items():
        bound = form[name] if name in form.fields else None
        for error in errors:
            message = " ".join(error.messages)
            if bound is not None and not isinstance(error, RefusedError):
                message = f"{bound.label}: {message}"
            texts.append(ErrorText(_target(bound), message))
    return texts


def _target(bound: BoundField | None) -> str:
    if bound is None:
        return ""
    several = isinstance(bound.field.widget, CheckboxSelectMultiple)
    return f"{bound.auto_id}_0" if several else bound.auto_id
