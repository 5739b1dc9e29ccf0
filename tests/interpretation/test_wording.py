"""Every code has words, in both languages, and the words say no more than the code."""

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from enum import StrEnum
from typing import Any

import pytest
from django.utils import translation

from interpretation import wording
from interpretation.guideline.edition import Parameters, editions
from interpretation.guideline.kidney import FORMULA
from interpretation.guideline.vocabulary import (
    Analyte,
    BloodSmear,
    CauseGroup,
    Caveat,
    Conclusion,
    ControlTime,
    Duration,
    FolateAdvice,
    LimitKey,
    MonitoringConclusion,
    NeuroCourse,
    OngoingFolate,
    OngoingRegimen,
    OrganSystem,
    Pathway,
    PatientInformation,
    Preference,
    Regimen,
    Risk,
    RiskGroup,
    Serology,
    Sex,
    Strength,
    Symptom,
    Test,
)
from tests.interpretation.rules import asked_facts, nodes_and_outcomes


@pytest.fixture(autouse=True)
def bokmal() -> Iterator[None]:
    with translation.override("nb"):
        yield


# Every code


@pytest.mark.parametrize(
    ("codes", "words"),
    [
        (Symptom, wording.SYMPTOMS),
        (OrganSystem, wording.ORGAN_SYSTEMS),
        (Risk, wording.RISKS),
        (RiskGroup, wording.RISK_GROUPS),
        (Analyte, wording.ANALYTES),
        (LimitKey, wording.LIMITS),
        (Serology, wording.SEROLOGY),
        (BloodSmear, wording.BLOOD_SMEARS),
        (Test, wording.TESTS),
        (Test, wording.TEST_REASONS),
        (Regimen, wording.REGIMENS),
        (Regimen, wording.REGIMEN_ACTIONS),
        (Strength, wording.STRENGTHS),
        (Duration, wording.DURATIONS),
        (FolateAdvice, wording.FOLATE),
        (ControlTime, wording.CONTROL_TIMES),
        (ControlTime, wording.CONTROL_REASONS),
        (Conclusion, wording.CONCLUSIONS),
        (Conclusion, wording.CONCLUSION_SHORT),
        (MonitoringConclusion, wording.MONITORING),
        (MonitoringConclusion, wording.MONITORING_ACTIONS),
        (CauseGroup, wording.CAUSE_GROUPS),
        (PatientInformation, wording.PATIENT_INFORMATION),
        (Pathway, wording.PATHWAYS),
        (Sex, wording.SEXES),
        (Preference, wording.PREFERENCES),
        (NeuroCourse, wording.NEURO_COURSES),
        (OngoingRegimen, wording.ONGOING_REGIMENS),
        (OngoingFolate, wording.ONGOING_FOLATE),
        (Caveat, wording.CAVEATS),
    ],
)
def test_it_has_words_for_every_code_and_no_others(
    codes: type[StrEnum], words: Mapping[Any, object]
) -> None:
    assert set(codes) ^ set(words) == set()


def test_it_has_words_for_every_number_of_the_edition() -> None:
    assert {*Parameters.__dataclass_fields__, FORMULA} ^ set(wording.PARAMETERS) == set()


def test_it_has_words_for_every_section_that_an_edition_cites() -> None:
    cited = {
        entry.section
        for edition in editions()
        for entry in (
            *(getattr(edition.parameters, name) for name in Parameters.__dataclass_fields__),
            *edition.regimens.values(),
            *edition.controls.values(),
        )
    }
    assert cited - set(wording.SECTIONS) == set()


def test_it_has_words_for_every_drug_of_the_edition() -> None:
    drugs = {dose.drug for e in editions() for r in e.regimens.values() for dose in r.doses}
    assert drugs ^ set(wording.DRUGS) == set()


def test_it_has_words_for_every_node_and_every_outcome_of_the_rules() -> None:
    worded = {(name, outcome) for name, (_, words) in wording.NODES.items() for outcome in words}
    in_rules = {
        (name, outcome) for name, outcomes in nodes_and_outcomes().items() for outcome in outcomes
    }
    assert in_rules - worded == set()


def test_it_words_no_node_that_the_rules_do_not_have() -> None:
    assert set(wording.NODES) - set(nodes_and_outcomes()) == set()


def test_it_has_sentences_for_every_fact_that_the_rules_ask_for_and_no_others() -> None:
    assert asked_facts() ^ set(wording.FACTS) == set()


@pytest.mark.parametrize("language", ["nb", "en"])
def test_it_can_say_every_title_and_branch(language: str) -> None:
    with translation.override(language):
        texts = [wording.node(name) for name in wording.NODES]
        texts += [wording.outcome(n, o) for n, (_, words) in wording.NODES.items() for o in words]
    assert [text for text in texts if not text or "%" in text] == []


def test_it_takes_the_numbers_of_a_branch_from_the_edition() -> None:
    assert wording.outcome("flow2.total_b12", "grey") == "Gråsone: 100–250 pmol/L"
    assert wording.outcome("flow2.mma", "certain") == "Svært høy: 0,75 µmol/L eller mer"


def test_it_names_each_statement_in_at_least_one_section() -> None:
    named = {number for numbers in wording.SECTION_STATEMENTS.values() for number in numbers}
    assert set(range(1, 137)) ^ named == set()


def test_it_cites_sections_in_the_order_of_the_guideline_and_leaves_readings_out() -> None:
    assert wording.references(["A16", "G38", "G34", "G1"]) == [
        "Oppsummering (G1)",
        "Flytskjema 2: uspesifikke symptomer (G34, G38)",
        "Forekomst (G1)",
        "Total B12 (G1)",
    ]


# What the words may say


def _both_languages(texts: Iterable[object]) -> Iterator[tuple[str, str]]:
    for text in texts:
        with translation.override("en"):
            english = str(text)
        yield english, str(text)


@pytest.mark.parametrize("words", [wording.CONCLUSIONS, wording.CONCLUSION_SHORT])
def test_it_calls_only_a_confirmed_deficiency_certain(words: Mapping[Conclusion, object]) -> None:
    certain = re.compile(r"\b(certain|sikker)\b", re.IGNORECASE)
    called = {
        code
        for code, text in words.items()
        for t in _both_languages([text])
        if certain.search(" ".join(t))
    }
    assert called == {Conclusion.CONFIRMED}


def test_it_keeps_the_headline_of_a_caveat_short() -> None:
    headlines = [
        text for pair in _both_languages(c.short for c in wording.CAVEATS.values()) for text in pair
    ]
    assert [text for text in headlines if len(text.split()) > 9 or text.endswith(".")] == []


def test_it_explains_a_caveat_in_at_most_three_sentences() -> None:
    texts = [
        text for pair in _both_languages(c.long for c in wording.CAVEATS.values()) for text in pair
    ]
    assert [
        text
        for text in texts
        if not text.endswith(".") or len(re.findall(r"[.:?](?: |$)", text)) > 3
    ] == []


def test_it_rests_every_caveat_on_a_statement_or_a_reading() -> None:
    assert {code for code, text in wording.CAVEATS.items() if not text.statements} == set()


NUMBER = re.compile(r"(?<![A-Za-z0-9])\d+(?:\.\d+)?")


@pytest.mark.parametrize("words", [wording.REGIMENS, wording.REGIMEN_ACTIONS])
def test_it_names_no_dose_or_interval_that_the_edition_does_not_give(
    words: Mapping[Regimen, object],
) -> None:
    violations = set()
    with translation.override("en"):
        for code, text in words.items():
            given: set[Decimal | int | str | None] = {2} if "trial" in code else set()
            for dose in editions()[0].regimens[code].doses:
                given |= {dose.amount, dose.amount_to, *dose.per, *(dose.duration or ())}
            violations |= {(code, n) for n in NUMBER.findall(str(text)) if Decimal(n) not in given}
    assert violations == set()
