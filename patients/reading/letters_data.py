"""From the record to a letter: what a letter is written from is read here, the builders in
``letters`` write it, and ``printed`` makes the file.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from importlib import import_module
from typing import Any

from django.db.models import prefetch_related_objects
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from interpretation.guideline import EditionError
from interpretation.guideline.edition import edition_for

from ..letters.context import Letter as Context
from ..models import (
    Assessment,
    Control,
    ControlState,
    Letter,
    LetterKind,
    Result,
    TreatmentCourse,
)
from ..models.course import COURSE_PARTS
from ..presenters.access import readings
from . import letters_changed
from .access import shown_until
from .recomputed import Rerun, rerun
from .record_case import current_results


class NotWritableError(Exception):
    """The letter cannot be written from the record as it is; the message says why."""


@dataclass(frozen=True, slots=True)
class Written:
    """A letter in words, with what it was written from."""

    context: Context
    results: Sequence[Result]
    edition: str

    @property
    def fingerprint(self) -> str:
        """Of the words, so that what is issued is what was looked at."""
        words = json.dumps(self.context.as_json(), sort_keys=True)
        return sha256(words.encode()).hexdigest()


def written(letter: Letter, *, author: str, today: date) -> Written:
    """The letter as it would be issued today. Raises ``NotWritableError``."""
    patient = letter.patient
    common: dict[str, Any] = {
        "language": letter.language,
        "patient": patient,
        "practice": patient.practice,
        "author": author,
        "on": today,
        "free_text": letter.free_text,
    }
    basis: dict[str, Any] = _BASES[LetterKind(letter.kind)](letter)
    context: Context = builder(letter.kind)(**common, **basis)
    if letter.corrects is not None:
        section = letters_changed.section(letter.corrects, letter.language)
        context = replace(context, sections=(section, *context.sections))
    assessment = letter.assessment
    edition = assessment.edition if assessment else edition_for(today).id
    return Written(context, basis.get("results", ()), edition)


def printed(context: Context) -> bytes:
    """The PDF. Raises ``letters.render.PangoMissingError``."""
    from ..letters.render import pdf

    with translation.override(context.language):
        return pdf(render_to_string("patients/letters/letter.xhtml", {"letter": context}))


def builder(kind: str) -> Callable[..., Context]:
    build: Callable[..., Context] = import_module(f"patients.letters.{kind}").build
    return build


# What each kind is written from


def _from_assessment(letter: Letter) -> dict[str, Any]:
    assessment, again = _signed(letter)
    history = current_results(letter.patient, date.max)
    return {
        "assessment": assessment,
        "interpretation": again.result,
        "results": _results(assessment, history),
        "controls": _planned(letter),
        "history": history,
        "courses": _courses(letter, "events__phases"),
    }


def _journal(letter: Letter) -> dict[str, Any]:
    assessment, again = _signed(letter)
    return {"assessment": assessment, "interpretation": again.result, "case": again.case}


def _referral(letter: Letter) -> dict[str, Any]:
    if not letter.specialty:
        raise NotWritableError(_("Choose which specialist the referral goes to."))
    history, courses = current_results(letter.patient, date.max), _courses(letter, *COURSE_PARTS)
    basis: dict[str, Any] = {
        "specialty": letter.specialty,
        "course": next((course for course in courses if course.is_ongoing), None),
        "history": history,
        "courses": courses,
    }
    if letter.assessment_id is None:
        return basis | {"assessment": None, "interpretation": None, "results": _newest(history)}
    assessment, again = _signed(letter)
    results = _results(assessment, history)
    return basis | {"assessment": assessment, "interpretation": again.result, "results": results}


def _plan(letter: Letter) -> dict[str, Any]:
    course = letter.course
    if course is None:
        raise NotWritableError(_("There is no treatment to write a plan of."))
    if not course.is_ongoing:
        raise NotWritableError(_("The treatment has been stopped, so there is no plan of it."))
    prefetch_related_objects([course], *COURSE_PARTS)
    return {"course": course, "controls": _planned(letter)}


def _recall(letter: Letter) -> dict[str, Any]:
    if letter.control is None:
        raise NotWritableError(_("Choose which control the patient is called to."))
    if letter.control.state != ControlState.PLANNED:
        raise NotWritableError(
            _("The control is %(state)s, so nobody is called to it.")
            % {"state": letter.control.get_state_display()}
        )
    return {"control": letter.control}


def _access(letter: Letter) -> dict[str, Any]:
    if letter.period is None:
        raise NotWritableError(_("Choose from which day to which: write a new letter."))
    first, last = letter.period
    entries = shown_until(letter, first, last)
    with translation.override(letter.language):
        rows = readings(entries, letter.patient.practice_id)
    return {"rows": rows, "first": first, "last": last}


_BASES: Mapping[LetterKind, Callable[[Letter], dict[str, Any]]] = {
    LetterKind.RESULT: _from_assessment,
    LetterKind.PLAN: _plan,
    LetterKind.RECALL: _recall,
    LetterKind.REFERRAL: _referral,
    LetterKind.JOURNAL: _journal,
    LetterKind.ACCESS: _access,
}


def _signed(letter: Letter) -> tuple[Assessment, Rerun]:
    """The assessment and its answer, which must be the one that was signed."""
    assessment = letter.assessment
    if assessment is None or not assessment.is_signed:
        raise NotWritableError(_("This letter needs a signed assessment. Sign one first."))
    try:
        again = rerun(assessment)
    except EditionError as error:
        raise NotWritableError(
            _("The edition under which the assessment was signed is not installed any more.")
        ) from error
    if again.differences:
        raise NotWritableError(
            _("The program would answer otherwise today than when this was signed. Assess anew.")
        )
    return assessment, again


def _results(assessment: Assessment, history: Sequence[Result]) -> list[Result]:
    """The results that the assessment was made from, as they stand in the record now."""
    known = [result for result in history if result.sampled_on <= assessment.as_of]
    return [result for result in _newest(known) if result.code in assessment.form_data]


def _newest(results: Sequence[Result]) -> list[Result]:
    newest: dict[str, Result] = {}
    for result in results:
        newest.setdefault(result.code, result)
    return list(newest.values())


def _planned(letter: Letter) -> list[Control]:
    planned = Control.objects.filter(patient=letter.patient, state=ControlState.PLANNED)
    return list(planned.order_by("earliest", "pk"))


def _courses(letter: Letter, *parts: str) -> list[TreatmentCourse]:
    courses = TreatmentCourse.objects.filter(patient=letter.patient)
    return list(courses.prefetch_related(*parts))
