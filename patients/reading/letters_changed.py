"""What has been corrected since a letter was issued, and the part of a new letter that says so."""

from collections.abc import Callable
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import translation
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from interpretation.guideline.vocabulary import Conclusion, MonitoringConclusion, Regimen
from interpretation.presenters.paste import analysis
from interpretation.presenters.texts import short_day

from ..letters import result as patients_words
from ..letters.context import Section, Table
from ..models import (
    Assessment,
    AssessmentState,
    Letter,
    LetterKind,
    LetterSending,
    LetterState,
    Patient,
    Result,
)
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


class Words(NamedTuple):
    """How a reader is told about a conclusion, an analysis and its value."""

    conclusion: Callable[[Assessment], str]
    name: Callable[[str], str]
    value: Callable[[Result], str]


def changes(letter: Letter, words: Words | None = None) -> list[Change]:
    """What stands otherwise in the record than in the letter, in the language that is active; in
    the doctor's words unless others are given."""
    words = words or DOCTORS
    found = [] if letter.assessment is None else _conclusion(letter.assessment, words)
    rows = letter.results.filter(corrected_by__isnull=False).order_by("-sampled_on", "code")
    corrected = rows.select_related("corrected_by__corrected_by")
    return found + [_result(row, words) for row in corrected]


def section(corrected: Letter, language: str) -> Section:
    """Stands first in a letter that corrects another one, in the words of whoever it is for."""
    words = DOCTORS if corrected.kind in _TO_DOCTORS else PATIENTS
    with translation.override(language):
        rows = tuple(tuple(change) for change in changes(corrected, words))
        issued = short_day(localdate(corrected.issued_at)) if corrected.issued_at else ""
        intro = _("This letter takes the place of our letter of %(day)s.") % {"day": issued}
        columns = (_("What"), _("In the earlier letter"), _("Right now"))
        return Section(
            heading=_("What has been corrected"),
            paragraphs=(intro, _("We are sorry that it was not right.")),
            table=Table(columns, rows) if rows else None,
        )


def _conclusion(assessment: Assessment, words: Words) -> list[Change]:
    latest = newest(assessment)
    if latest.pk == assessment.pk:
        return []
    before, now = words.conclusion(assessment), words.conclusion(latest)
    return [Change(_("Conclusion"), before, now if now != before else _("not changed"))]


def _result(result: Result, words: Words) -> Change:
    latest = result
    while newer := getattr(latest, "corrected_by", None):
        latest = newer
    what = f"{words.name(result.code)}, {short_day(result.sampled_on)}"
    now = _("withdrawn; it does not count") if latest.withdrawn else words.value(latest)
    return Change(what, words.value(result), now)


def _to_doctor(assessment: Assessment) -> str:
    return concluded(assessment.conclusion, assessment.monitoring or assessment.guideline_regimen)


def _to_patient(assessment: Assessment) -> str:
    conclusion, monitoring = assessment.conclusion, assessment.monitoring
    sentences = patients_words.concluded(
        Conclusion(conclusion) if conclusion else None,
        MonitoringConclusion(monitoring) if monitoring else None,
        Regimen(assessment.guideline_regimen or Regimen.NONE),
    )
    return " ".join(sentences)


_TO_DOCTORS = frozenset({LetterKind.REFERRAL, LetterKind.JOURNAL})
DOCTORS = Words(_to_doctor, analysis, shown_value)
PATIENTS = Words(_to_patient, patients_words.name, patients_words.value)
