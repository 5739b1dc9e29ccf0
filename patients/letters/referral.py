"""The referral: the question, findings, results with limits and dates, what has been done.

Written for a colleague: the words are those of the record.
"""

from collections.abc import Iterable, Sequence
from typing import Unpack

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from interpretation import wording
from interpretation.guideline import Interpretation
from interpretation.guideline.phases import Phase
from interpretation.guideline.vocabulary import Regimen, Risk, Symptom
from interpretation.presenters.advice import conclusion
from interpretation.presenters.paste import analysis
from interpretation.presenters.texts import day, short_day
from interpretation.wording.numbers import lowered

from ..models import Assessment, LimitSource, Result, Specialty, TreatmentCourse
from ..presenters.doses import dose, regimen_name
from ..presenters.results import shown_value
from . import common
from .common import Common
from .context import Letter, Section, Table
from .drawing import trends

_RECIPIENTS = {
    Specialty.GASTROSCOPY: gettext_lazy("Department of gastroenterology"),
    Specialty.HAEMATOLOGY: gettext_lazy("Department of haematology"),
    Specialty.NEUROLOGY: gettext_lazy("Department of neurology"),
}
_HEADINGS = {
    Specialty.GASTROSCOPY: gettext_lazy("Referral to gastroscopy"),
    Specialty.HAEMATOLOGY: gettext_lazy("Referral to a haematologist"),
    Specialty.NEUROLOGY: gettext_lazy("Referral to a neurologist"),
}
_QUESTIONS = {
    Specialty.GASTROSCOPY: gettext_lazy(
        "We ask for gastroscopy with biopsies. Is there a cause in the stomach or small bowel, "
        "such as atrophic gastritis or coeliac disease?"
    ),
    Specialty.HAEMATOLOGY: gettext_lazy(
        "We ask for an assessment of the blood picture. Is there another cause than lack of "
        "vitamin B12, and what treatment do you advise?"
    ),
    Specialty.NEUROLOGY: gettext_lazy(
        "We ask for an assessment of the neurological symptoms. Can they be explained by lack of "
        "vitamin B12, or is there another cause?"
    ),
}
"""Asked when the doctor writes no question; as questions they claim nothing. Gastroscopy with
biopsies: G90."""


def build(
    *,
    specialty: str,
    interpretation: Interpretation | None,
    assessment: Assessment | None,
    results: Sequence[Result],
    course: TreatmentCourse | None,
    history: Sequence[Result] = (),
    courses: Sequence[TreatmentCourse] = (),
    **about: Unpack[Common],
) -> Letter:
    """``free_text`` is the doctor's question."""
    with translation.override(about["language"]):
        to = Specialty(specialty)
        sections = (
            _question(to, about["free_text"]),
            *_findings(interpretation, assessment),
            *_results(results),
            *trends(history, courses, about["on"]),
            *_done(assessment, course),
        )
        return Letter(
            language=about["language"],
            title=_("Referral"),
            heading=str(_HEADINGS[to]),
            letterhead=common.letterhead(about["practice"]),
            recipient=(str(_RECIPIENTS[to]),),
            about=who(about),
            date=day(about["on"]),
            sections=sections,
            closing=common.closing(about),
        )


def who(about: Common) -> tuple[str, ...]:
    """Name, birth and number, as a colleague needs them."""
    patient = about["patient"]
    number = patient.national_identity_number
    born = _("Born %(day)s") % {"day": day(patient.birth_date)}
    return (
        _("About %(name)s") % {"name": patient.name},
        _("Identity number %(number)s") % {"number": f"{number[:6]} {number[6:]}"}
        if number
        else born,
        *([patient.telephone] if patient.telephone else []),
    )


def _question(specialty: Specialty, typed: str) -> Section:
    paragraphs = tuple(line.strip() for line in typed.splitlines() if line.strip())
    return Section(_("Our question"), paragraphs or (str(_QUESTIONS[specialty]),))


def _findings(result: Interpretation | None, assessment: Assessment | None) -> list[Section]:
    if result is None or assessment is None:
        return []
    case = assessment.case or {}
    symptoms = [str(wording.SYMPTOMS[Symptom(code)]) for code in case.get("symptoms", ())]
    risks = [str(wording.RISKS[Risk(code)]) for code in case.get("risk_factors", ())]
    points = [
        _("Assessed on %(day)s: %(conclusion)s")
        % {"day": day(assessment.as_of), "conclusion": conclusion(result)},
        _("Symptoms and signs: %(list)s.") % {"list": _in_line(symptoms)} if symptoms else "",
        _("Risk: %(list)s.") % {"list": _in_line(risks)} if risks else "",
        *(f"{wording.CAVEATS[code].short}." for code in result.caveats[:_MOST_CAVEATS]),
    ]
    return [Section(_("Findings"), points=tuple(point for point in points if point))]


_MOST_CAVEATS = 3
"""The most important ones, as in the journal."""


def _in_line(words: Sequence[str]) -> str:
    first, *rest = words
    return ", ".join([first, *map(lowered, rest)])


def _results(results: Iterable[Result]) -> list[Section]:
    rows = tuple(_row(result) for result in results)
    if not rows:
        return []
    columns = (_("Analysis"), _("Result"), _("Limits"), _("Date"))
    stated = all(result.limit_source != LimitSource.DEFAULT for result in results)
    note = "" if stated else _("* Default limit, not from the laboratory or the guideline.")
    table = Table(columns, rows)
    return [Section(_("Laboratory"), table=table, note=note)]


def _row(result: Result) -> tuple[str, str, str, str]:
    limits = common.usual_range(result.lower_limit, result.upper_limit)
    if result.limit_source == LimitSource.DEFAULT:
        limits = f"{limits} *"
    value = common.answer(result.quantity) if result.quantity else shown_value(result)
    return analysis(result.code), value, limits, short_day(result.sampled_on)


def _done(assessment: Assessment | None, course: TreatmentCourse | None) -> list[Section]:
    points = []
    if course is not None:
        points.append(
            _("Treated with vitamin B12 since %(day)s.") % {"day": day(course.started_on)}
        )
        points += [_phase_line(phase) for phase in course.history()]
        if given := course.injected_on():
            words = {"count": len(given), "day": day(max(given))}
            points.append(_("Injections given: %(count)s, the last one on %(day)s.") % words)
    elif assessment is not None and assessment.chosen_regimen:
        name = regimen_name(Regimen(assessment.chosen_regimen))
        points.append(_("Decided: %(regimen)s.") % {"regimen": lowered(name)})
    if not points:
        points.append(_("No treatment with vitamin B12 is registered."))
    return [Section(_("What has been done"), points=tuple(points))]


def _phase_line(phase: Phase) -> str:
    return f"{common.capital(common.days(phase.first_day, phase.last_day))}: {dose(phase)}."
