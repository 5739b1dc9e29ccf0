"""Letters to patients can be read by everybody, in both Norwegian languages."""

import re
from collections.abc import Iterator
from enum import StrEnum

import pytest

from interpretation.guideline import load_edition
from interpretation.guideline.vocabulary import (
    Analyte,
    Conclusion,
    ControlTime,
    Duration,
    FolateAdvice,
    MonitoringConclusion,
    PatientInformation,
    Regimen,
    Test,
)
from patients.letters import common, wording, words_laboratory
from patients.letters.context import Letter

from . import samples
from .plain_language import blocks, lix

_PATIENT_KINDS = ("result", "follow_up", "plan", "recall", "handout", "handout_answer", "access")
_HARDEST = 38


def _cases() -> Iterator[Letter]:
    for language in ("nb", "nn"):
        for given in (samples.SEVERE, samples.BORDERLINE, samples.HEALTHY, samples.TREATED):
            yield samples.result_letter(
                language, samples.patient(national_identity_number=""), given
            )


def test_it_measures_lix_as_bjornsson_did() -> None:
    # 10 words in 2 sentences, 2 of them long: 5 + 20
    assert lix(["Du har for lite vitamin. Vi ringer deg i morgen-tidlig."]) == 5 + 20


@pytest.mark.django_db
@pytest.mark.parametrize("written", ["nb", "nn"])
@pytest.mark.parametrize("kind", _PATIENT_KINDS)
def test_it_is_easy_to_read(kind: str, written: str) -> None:
    letter = samples.KINDS[kind](written)
    assert lix(blocks(letter)) <= _HARDEST


@pytest.mark.django_db
def test_it_is_easy_to_read_whatever_the_case() -> None:
    assert max(lix(blocks(letter)) for letter in _cases()) <= _HARDEST


@pytest.mark.django_db
@pytest.mark.parametrize("written", samples.LANGUAGES)
@pytest.mark.parametrize("kind", _PATIENT_KINDS)
def test_it_leaves_no_abbreviation_unexplained(kind: str, written: str) -> None:
    """An abbreviation stands in brackets behind the words that it is short for."""
    texts = blocks(samples.KINDS[kind](written))
    outside = " ".join(re.sub(r"\(.*?\)", "", text) for text in texts)
    assert set(re.findall(r"\b[A-ZÆØÅ]{2,}\b", outside)) == set()


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        (wording.MEANINGS, Conclusion),
        (wording.MONITORING, MonitoringConclusion),
        (wording.REGIMENS, Regimen),
        (wording.DURATIONS, Duration),
        (wording.CONTROL_REASONS, ControlTime),
        (wording.INFORMATION, PatientInformation),
        (words_laboratory.ANALYTES, Analyte),
        (words_laboratory.TESTS, Test),
    ],
)
def test_it_has_words_for_every_code(words: dict[str, str], codes: type[StrEnum]) -> None:
    assert set(words) == set(codes)


def test_it_has_words_for_every_medicine_and_unit() -> None:
    doses = [dose for regimen in load_edition("2018").regimens.values() for dose in regimen.doses]
    assert {dose.drug for dose in doses} == set(wording.DRUGS)
    assert all(common.amount(dose) for dose in doses if dose.amount is not None)


def test_it_calls_only_a_confirmed_deficiency_certain() -> None:
    sure = {code for code, words in wording.MEANINGS.items() if "sikre" in str(words)}
    assert sure == {Conclusion.CONFIRMED}


def test_it_promises_nothing_that_the_doctor_only_considers() -> None:
    assert FolateAdvice.CONSIDER_200_400_UG not in wording.FOLATE
