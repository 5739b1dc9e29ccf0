"""What has been corrected since a letter was issued, and the part of a new letter that says so."""

from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import translation
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from interpretation.presenters.paste import analysis

from ..letters.context import Section, Table
from ..models import (
    Assessment,
    AssessmentState,
    Letter,
    LetterSending,
    LetterState,
    Patient,
    Result,
)
from ..presenters.header import day
from ..presenters.record import concluded
from ..presenters.results import shown_value


class Change(NamedTuple):
    what: str
    before: str
    now: str


def letters_of(patient: Patient) -> QuerySet[Letter]:
    """The letters of a record without their bytes. ``outdated`` says that something behind an
    issued letter has been corrected. One query."""
    corrected = Result.objects.filter(letters=OuterRef("pk"), corrected_by__isnull=False)
    assessed_anew = Assessment.objects.filter(
        corrects=OuterRef("assessment"), state=AssessmentState.SIGNED
    )
    corrections = Letter.objects.filter(corrects=OuterRef("pk")).exclude(
        state=LetterState.WITHDRAWN
    )
    sendings = LetterSending.objects.filter(letter=OuterRef("pk")).order_by("-on", "-pk")
    return (
        Letter.objects.filter(patient=patient)
        .defer("pdf", "context")
        .select_related("issued_by", "created_by")
        .annotate(
            outdated=(Exists(corrected) | Exists(assessed_anew)) & Q(state=LetterState.ISSUED),
            has_correction=Exists(corrections),
            sent_how=Subquery(sendings.values("how")[:1]),
            sent_on=Subquery(sendings.values("on")[:1]),
        )
    )


def newest(assessment: Assessment) -> Assessment:
    """The last signed one of those that correct each other."""
    while True:
        following = Assessment.objects.filter(
            corrects=assessment, state=AssessmentState.SIGNED
        ).first()
        if following is None:
            return assessment
        assessment = following


def changes(letter: Letter) -> list[Change]:
    """What stands otherwise in the record than in the letter; in the language that is active."""
    found = [] if letter.assessment is None else _conclusion(letter.assessment)
    rows = letter.results.filter(corrected_by__isnull=False).order_by("-sampled_on", "code")
    return found + [_result(row) for row in rows.select_related("corrected_by__corrected_by")]


def section(corrected: Letter, language: str) -> Section:
    """Stands first in a letter that corrects another one."""
    with translation.override(language):
        rows = tuple(tuple(change) for change in changes(corrected))
        issued = day(localdate(corrected.issued_at)) if corrected.issued_at else ""
        intro = _("This letter takes the place of our letter of %(day)s.") % {"day": issued}
        columns = (_("What"), _("In the earlier letter"), _("Right now"))
        return Section(
            heading=_("What has been corrected"),
            paragraphs=(intro, _("We are sorry that it was not right.")),
            table=Table(columns, rows) if rows else None,
        )


def _conclusion(assessment: Assessment) -> list[Change]:
    latest = newest(assessment)
    if latest.pk == assessment.pk:
        return []
    before, now = _words(assessment), _words(latest)
    return [Change(_("Conclusion"), before, now if now != before else _("not changed"))]


def _words(assessment: Assessment) -> str:
    return concluded(assessment.conclusion, assessment.monitoring or assessment.guideline_regimen)


def _result(result: Result) -> Change:
    latest = result
    while newer := getattr(latest, "corrected_by", None):
        latest = newer
    what = f"{analysis(result.code)}, {day(result.sampled_on)}"
    now = _("withdrawn; it does not count") if latest.withdrawn else shown_value(latest)
    return Change(what, shown_value(result), now)
