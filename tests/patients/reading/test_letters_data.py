"""Letters written from a record: what each needs, and what stands behind it."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from patients.letters import wording
from patients.models import (
    Assessment,
    Control,
    Letter,
    LetterKind,
    Patient,
    Result,
    TreatmentCourse,
)
from patients.reading import letters_changed
from patients.reading.letters_data import NotWritableError, Written, written
from patients.services import courses
from patients.services.assessments import assessment_sign, assessment_start
from tests.cast import Cast

from .. import builders as build
from .. import letter_builders as letters
from ..stage import CASE, START

pytestmark = pytest.mark.django_db


@pytest.fixture
def patient(cast: Cast) -> Patient:
    """Assessed, treated, with controls planned."""
    of = build.patient(cast.practice)
    courses.course_start(
        actor=cast.doctor.actor,
        patient=of,
        started_on=START,
        regimen="oral_uncomplicated",
        now=build.NOW,
    )
    signed(cast, of)
    return of


def signed(cast: Cast, of: Patient, **corrects: Any) -> Assessment:
    form = CASE if not corrects else CASE | {"total_b12_pmol_l": ["400"], "mma_umol_l": ["0,1"]}
    started = assessment_start(
        actor=cast.doctor.actor, patient=of, form_data=form, as_of=build.TODAY, now=build.NOW,
        **corrects,
    )  # fmt: skip
    return assessment_sign(
        actor=cast.doctor.actor, assessment=started, version=1, form_data=form,
        chosen_regimen="none", override_reason="patient_wish", now=build.NOW,
    )  # fmt: skip


def about(of: Patient, kind: LetterKind, **more: Any) -> Letter:
    sources: dict[LetterKind, dict[str, Any]] = {
        LetterKind.RESULT: {"assessment": Assessment.objects.first()},
        LetterKind.JOURNAL: {"assessment": Assessment.objects.first()},
        LetterKind.REFERRAL: {"specialty": "haematology"},
        LetterKind.PLAN: {"course": TreatmentCourse.objects.first()},
        LetterKind.RECALL: {"control": Control.objects.first()},
    }
    return Letter(patient=of, kind=kind, **{"language": "nb"} | sources[kind] | more)


def write(letter: Letter) -> Written:
    return written(letter, author="Lege Testesen", today=build.TODAY)


KINDS = [kind for kind in LetterKind if kind != LetterKind.ACCESS]


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_written_in_every_language(
    patient: Patient, kind: LetterKind, language: str
) -> None:
    made = write(about(patient, kind, language=language))
    assert (made.context.language, made.edition) == (language, "2018")
    assert made.context.sections
    assert patient.family_name not in made.context.title


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_record_gives_the_same_fingerprint(patient: Patient, kind: LetterKind) -> None:
    assert write(about(patient, kind)).fingerprint == write(about(patient, kind)).fingerprint


@pytest.mark.parametrize("kind", KINDS)
def test_it_reads_little(patient: Patient, kind: LetterKind) -> None:
    letter = about(patient, kind)
    with CaptureQueriesContext(connection) as queries:
        write(letter)
    assert len(queries) <= 8


def test_the_results_behind_a_letter_are_those_of_the_assessment(patient: Patient) -> None:
    build.result(patient, "ferritin_ug_l", "9")
    made = write(about(patient, LetterKind.RESULT))
    assert {result.code for result in made.results} == {"total_b12_pmol_l", "mma_umol_l"}


@pytest.mark.parametrize(
    ("kind", "lacks"),
    [
        (LetterKind.RESULT, {"assessment": None}),
        (LetterKind.JOURNAL, {"assessment": None}),
        (LetterKind.REFERRAL, {"specialty": ""}),
        (LetterKind.RECALL, {"control": None}),
    ],
)
def test_it_says_what_is_missing(patient: Patient, kind: LetterKind, lacks: Any) -> None:
    with pytest.raises(NotWritableError):
        write(about(patient, kind, **lacks))


def test_nobody_is_called_to_a_control_that_is_done(patient: Patient) -> None:
    letter = about(patient, LetterKind.RECALL)
    assert letter.control is not None
    letter.control.state = "done"
    with pytest.raises(NotWritableError):
        write(letter)


def test_no_letter_from_an_answer_that_would_be_another_one_today(patient: Patient) -> None:
    Assessment.objects.update(checksum="0" * 64)
    with pytest.raises(NotWritableError):
        write(about(patient, LetterKind.RESULT))


# Corrected


def test_a_corrected_assessment_changes_the_conclusion_in_words(
    cast: Cast, patient: Patient
) -> None:
    first = Assessment.objects.get()
    letter = letters.issued(
        cast.doctor.actor, patient, *Result.objects.all(), kind=LetterKind.RESULT, assessment=first
    )
    assert letters_changed.changes(letter) == []
    latest = signed(cast, patient, corrects=first, correction_reason="Feil svar")
    change = letters_changed.changes(letter)[0]
    assert change.before != change.now
    assert letters_changed.newest(first) == latest
    assert letters_changed.letters_of(patient).get().outdated  # type: ignore[attr-defined]


def test_the_correction_names_the_letter_it_corrects(cast: Cast, patient: Patient) -> None:
    wrong = letters.issued(cast.doctor.actor, patient)
    made = write(about(patient, LetterKind.REFERRAL, corrects=wrong))
    assert "02.03.2026" in made.context.sections[0].paragraphs[0]


def corrected(cast: Cast, patient: Patient, kind: LetterKind) -> list[tuple[str, ...]]:
    """The rows of the table in a letter that corrects one from before a value was corrected."""
    first, mma = Assessment.objects.get(), patient.results.get(code="mma_umol_l")
    wrong = letters.issued(cast.doctor.actor, patient, mma, kind=kind, assessment=first)
    build.result(patient, "mma_umol_l", "0.20", corrects=mma)
    signed(cast, patient, corrects=first, correction_reason="Feil svar")
    table = letters_changed.section(wrong, "en").table
    assert table is not None
    return list(table.rows)


def test_a_patient_is_told_of_a_correction_in_the_words_of_the_letter(
    cast: Cast, patient: Patient
) -> None:
    conclusion, value = corrected(cast, patient, LetterKind.RESULT)
    known = {str(text) for text in (*wording.MEANINGS.values(), *wording.MONITORING.values())}
    assert set(conclusion[1:]) <= known
    assert value == (
        "Methylmalonic acid (rises when the cells lack vitamin B12), 27 Feb 2026",
        "1.2 µmol/L",
        "0.20 µmol/L",
    )


def test_a_specialist_is_told_of_a_correction_in_the_words_of_the_record(
    cast: Cast, patient: Patient
) -> None:
    conclusion, value = corrected(cast, patient, LetterKind.REFERRAL)
    assert conclusion[1].startswith("The patient")
    assert value[0].startswith("Methylmalonic acid (MMA), ")
