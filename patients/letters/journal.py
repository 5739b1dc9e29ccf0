"""The journal summary: one signed assessment on one page, with its lit flowchart."""

from collections.abc import Iterator
from datetime import date
from typing import Unpack

from django.utils import translation
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from interpretation import wording
from interpretation.guideline import Case, Interpretation
from interpretation.guideline.edition import Limit, LimitSource
from interpretation.guideline.trace import Check, leaves
from interpretation.guideline.vocabulary import Analyte, Regimen
from interpretation.presenters.advice import actions, conclusion, treatment_notes
from interpretation.presenters.journal import case_summary, edition_name
from interpretation.presenters.texts import day
from interpretation.wording.numbers import number, unit

from ..models import Assessment
from ..presenters.doses import regimen_name
from . import common
from .common import Common
from .context import Letter, Section
from .drawing import lit_flowchart
from .referral import who

_SOURCES = {
    LimitSource.GUIDELINE: gettext_lazy("the guideline"),
    LimitSource.LOCAL: gettext_lazy("the laboratory"),
    LimitSource.DEFAULT: gettext_lazy("default, not from the guideline"),
}
_MOST_CAVEATS = 6


def build(
    *,
    assessment: Assessment,
    interpretation: Interpretation,
    case: Case,
    **about: Unpack[Common],
) -> Letter:
    with translation.override(about["language"]):
        return Letter(
            language=about["language"],
            title=_("Journal summary"),
            heading=_("Assessment of vitamin B12, %(day)s") % {"day": day(assessment.as_of)},
            letterhead=common.letterhead(about["practice"]),
            about=who(about),
            date=day(about["on"]),
            sections=_sections(assessment, interpretation, case),
            free_text=about["free_text"],
            closing=_signed(assessment),
            footnote=edition_name(),
            compact=True,
            dense=True,
        )


def _sections(assessment: Assessment, result: Interpretation, case: Case) -> tuple[Section, ...]:
    figure = lit_flowchart(result)
    drawn = Section(_("The way through the flowchart"), figure=figure, beside=True)
    return (
        *([drawn] if figure else []),
        Section(_("Conclusion"), (conclusion(result),)),
        Section(_("What it rests on"), points=tuple(case_summary(case, _dates(assessment)))),
        Section(_("Decided"), points=tuple(_decided(assessment, result))),
        *_caveats(result),
        *_limits(result),
    )


def _dates(assessment: Assessment) -> dict[Analyte, date]:
    """The days of the samples, as they were typed into the form."""
    dates = {}
    for analyte in Analyte:
        typed = "".join(assessment.form_data.get(f"{analyte}_date", ()))
        try:
            dates[analyte] = date.fromisoformat(typed)
        except ValueError:
            continue
    return dates


def _decided(assessment: Assessment, result: Interpretation) -> Iterator[str]:
    """What the guideline advises, and what was chosen where that is something else."""
    yield from actions(result) or [str(wording.REGIMENS[Regimen.NONE])]
    yield from treatment_notes(result)
    if assessment.is_override:
        words = {
            "choice": regimen_name(Regimen(assessment.chosen_regimen)),
            "reason": assessment.get_override_reason_display(),
        }
        yield _("Chosen otherwise than the guideline: %(choice)s (%(reason)s)") % words
    if assessment.override_text:
        yield assessment.override_text
    if assessment.comment:
        yield _("Comment: %(text)s") % {"text": assessment.comment}


def _caveats(result: Interpretation) -> list[Section]:
    shown = [str(wording.CAVEATS[code].short) for code in result.caveats[:_MOST_CAVEATS]]
    more = len(result.caveats) - len(shown)
    if more:
        shown.append(_("%(count)s more points were shown") % {"count": more})
    return [Section(_("To keep in mind"), points=tuple(shown))] if shown else []


def _limits(result: Interpretation) -> list[Section]:
    """Every limit that a result was compared with, once, and where it comes from."""
    points = tuple(dict.fromkeys(_limit(check) for check in _compared(result)))
    return [Section(_("Limits used"), points=points)] if points else []


def _compared(result: Interpretation) -> Iterator[Check]:
    for step in result.trace:
        for _outcome, check in step.branches:
            for leaf in leaves(check):
                if leaf.limit is not None and leaf.subject in set(Analyte) and leaf.value:
                    yield leaf


def _limit(check: Check) -> str:
    limit: Limit = check.limit  # type: ignore[assignment]
    names = {**wording.PARAMETERS, **{key.value: words for key, words in wording.LIMITS.items()}}
    name = names.get(limit.key, wording.ANALYTES[Analyte(check.subject)])
    source = _SOURCES[limit.source]
    return f"{name}: {number(limit.value)} {unit(limit.unit)} ({source})"


def _signed(assessment: Assessment) -> tuple[str, ...]:
    if assessment.signed_by is None or assessment.signed_at is None:
        return ()
    words = {"name": assessment.signed_by.name, "day": day(localdate(assessment.signed_at))}
    return (_("Signed by %(name)s on %(day)s") % words,)
