"""The letter about results: what was measured, what it means, what happens next, whom to call."""

from collections.abc import Iterable, Sequence
from typing import Unpack

from django.utils import translation
from django.utils.translation import gettext as _

from interpretation.guideline import Interpretation, load_edition
from interpretation.guideline.vocabulary import (
    PREVENTIVE,
    Analyte,
    Conclusion,
    Duration,
    FolateAdvice,
    MonitoringConclusion,
    Regimen,
    Test,
)
from interpretation.presenters.texts import day, short_day

from ..models import Assessment, Control, LimitSource, Result, TreatmentCourse
from . import common, wording, words_laboratory
from .common import Common
from .context import Letter, Section, Table
from .drawing import trends

_OPEN = frozenset(
    {
        Conclusion.CONFIRMED,
        Conclusion.HIGHLY_PROBABLE,
        Conclusion.POSSIBLE,
        Conclusion.FURTHER_TESTS,
    }
)
_CALM = frozenset(
    {
        MonitoringConclusion.ADEQUATE,
        MonitoringConclusion.CONTINUE_LIFELONG,
        MonitoringConclusion.MAY_BE_STOPPED,
        MonitoringConclusion.STARTED,
    }
)
"""Answers that are no reason to name signs of alarm."""
_WITHOUT_ANSWER = frozenset({None, Conclusion.OUTSIDE_SCOPE})
_NOT_GIVEN = frozenset({Regimen.NONE, Regimen.STOP_B12})


def build(
    *,
    assessment: Assessment,
    interpretation: Interpretation,
    results: Sequence[Result],
    controls: Sequence[Control],
    history: Sequence[Result] = (),
    courses: Sequence[TreatmentCourse] = (),
    **about: Unpack[Common],
) -> Letter:
    """``history`` are all results that count and ``courses`` all treatments (with their events and
    phases): how the values went under treatment is drawn from them."""
    with translation.override(about["language"]):
        chosen = Regimen(assessment.chosen_regimen or Regimen.NONE)
        drawn = trends(history, courses, about["on"]) if interpretation.monitoring else ()
        sections = (
            *measured(results),
            *drawn,
            Section(_("What it means for you"), tuple(meaning(interpretation))),
            *next_steps(interpretation, chosen, controls),
            *good_to_know(interpretation, chosen),
            *at_once(interpretation),
            common.contact(about["practice"]),
        )
        return common.to_patient(about, _("Your results"), _("Your test results"), sections)


# What was measured


def measured(results: Sequence[Result]) -> list[Section]:
    if not results:
        return []
    days = sorted({result.sampled_on for result in results})
    if len(days) == 1:
        intro = _("You had samples taken on %(day)s.") % {"day": day(days[0])}
    else:
        intro = _("You have had samples taken on several days.")
    columns = [_("Test"), _("Your answer"), _("Usual range")]
    if len(days) > 1:
        columns.append(_("Date"))
    rows = tuple(_row(result)[: len(columns)] for result in results)
    table = Table(tuple(columns), rows)
    return [Section(_("What we measured"), (intro,), table=table, note=_limit_note(results))]


def _row(result: Result) -> tuple[str, ...]:
    limits = common.usual_range(result.lower_limit, result.upper_limit)
    if result.limit_source == LimitSource.DEFAULT:
        limits = f"{limits} *"
    return name(result.code), value(result), limits, short_day(result.sampled_on)


def name(code: str) -> str:
    if code in set(Analyte):
        return str(words_laboratory.ANALYTES[Analyte(code)])
    return common.capital(str(words_laboratory.TESTS[Test(code)]))


def value(result: Result) -> str:
    if result.finding:
        return common.capital(str(words_laboratory.FINDINGS[result.finding]))
    return common.answer(result.quantity) if result.quantity else ""


def _limit_note(results: Iterable[Result]) -> str:
    if all(result.limit_source != LimitSource.DEFAULT for result in results):
        return ""
    return _("* The laboratory gave no limit. This one is much used, but not from the guideline.")


# What it means


def meaning(result: Interpretation) -> list[str]:
    sentences = concluded(result.conclusion, result.monitoring, result.treatment.regimen)
    told = {str(wording.INFORMATION[code]) for code in result.patient_information}
    notes = [str(wording.CAVEATS[code]) for code in result.caveats if code in wording.CAVEATS]
    return sentences + [note for note in notes if note not in told]


def concluded(
    conclusion: Conclusion | None, monitoring: MonitoringConclusion | None, regimen: Regimen
) -> list[str]:
    """``regimen`` is what the guideline answers, not what the doctor chose."""
    sentences = [str(wording.MONITORING[monitoring])] if monitoring else []
    if monitoring and conclusion is Conclusion.CONFIRMED:
        sentences.append(_("This shows that you have had too little vitamin B12."))
    elif conclusion and monitoring is not MonitoringConclusion.NEW_DEFICIENCY:
        sentences.append(str(wording.MEANINGS[conclusion]))
    return sentences or [_without_conclusion(regimen)]


def _without_conclusion(regimen: Regimen) -> str:
    if regimen in PREVENTIVE:
        return _("It is wise to see to it that you do not come to lack vitamin B12.")
    return _("What we know now gives no answer.")


# What happens next


def next_steps(
    result: Interpretation, chosen: Regimen, controls: Sequence[Control]
) -> list[Section]:
    points = [*treatment(result, chosen), *more_tests(result)]
    visits = common.planned(controls)
    if not visits and chosen is result.treatment.regimen:
        visits = common.advised(result.follow_up)
    if not points and not visits:
        return [Section(_("What happens next"), (_("We agree with you on how it goes on."),))]
    return [
        Section(
            _("What happens next"),
            points=tuple(points),
            table=common.visit_table(visits, _("Your controls")) if visits else None,
            note=common.visit_note(visits),
        )
    ]


def treatment(result: Interpretation, chosen: Regimen) -> list[str]:
    """What the doctor chose, with its doses; how long only where that is what was advised."""
    untreated = not result.monitoring and result.conclusion not in _WITHOUT_ANSWER
    points = [str(wording.REGIMENS[chosen])] if chosen is not Regimen.NONE or untreated else []
    doses = load_edition(result.edition).regimens[chosen].doses
    points += common.dose_sentences(doses)
    given = chosen not in _NOT_GIVEN
    duration = _how_long(result)
    if given and duration and chosen is result.treatment.regimen:
        points.append(str(wording.DURATIONS[duration]))
    folate = result.treatment.folate
    if folate in wording.FOLATE and (given or folate is not FolateAdvice.FIVE_MG_AFTER_B12):
        points.append(str(wording.FOLATE[folate]))
    if result.treatment.iron:
        points.append(_("You will take iron."))
    return points


def _how_long(result: Interpretation) -> Duration | None:
    """Nothing where the meaning has said it already."""
    said = result.monitoring is MonitoringConclusion.CONTINUE_LIFELONG
    return None if said else result.treatment.duration


def more_tests(result: Interpretation) -> list[str]:
    if not result.next_tests:
        return []
    named = common.listed(common.tests(result.next_tests))
    points = [_("This should be examined now: %(tests)s.") % {"tests": named}]
    if not words_laboratory.FASTING.isdisjoint(result.next_tests):
        points.append(_("One of the tests is taken fasting. We tell you how when you book."))
    return points


# What else to know


def good_to_know(result: Interpretation, chosen: Regimen) -> list[Section]:
    """Only for the treatment that was advised: what is told belongs to it."""
    if chosen is not result.treatment.regimen or not result.patient_information:
        return []
    told = tuple(str(wording.INFORMATION[code]) for code in result.patient_information)
    return [Section(_("Good to know"), points=told)]


def at_once(result: Interpretation, heading: str = "") -> list[Section]:
    """Where a deficiency is open or shown, or a treatment does not go as it should."""
    if result.monitoring is MonitoringConclusion.HYPOKALAEMIA:
        # What low potassium feels like is common knowledge, not from the guideline.
        extra = (_("your heart beats unevenly, or your muscles get weak"),)
        return [common.call_at_once(extra, heading=heading)]
    watched = result.monitoring and result.monitoring not in _CALM
    if watched or (not result.monitoring and result.conclusion in _OPEN):
        return [common.call_at_once(heading=heading)]
    return []
