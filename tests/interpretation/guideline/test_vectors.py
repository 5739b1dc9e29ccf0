"""The vectors themselves, and that nothing which the guideline can answer is without one."""

from collections.abc import Iterable
from dataclasses import fields

import pytest

from interpretation.guideline.edition import Parameters
from interpretation.guideline.vocabulary import (
    CauseGroup,
    Caveat,
    Conclusion,
    ControlTime,
    Duration,
    ErrorCode,
    FolateAdvice,
    LimitKey,
    MonitoringConclusion,
    PatientInformation,
    Regimen,
    Strength,
    Test,
)

from .builders import edition
from .vectors import SIDES, answer, differences, limits, vectors

STATEMENTS = [f"G{number}" for number in range(1, 137)]
READINGS = [f"A{number}" for number in range(1, 80)]
NOT_DECIDED = {"A50"}
"""A50: a figure of the text that the product does not show."""

LABELLED_OTHERWISE = {"active_over_total_percent", "ld_older_age"}
"""The first only refuses input, as the plausible ranges do, and the error says why; the second only
chooses between two limits that are labelled themselves."""

NEVER_ANSWERED = {
    CauseGroup.TRANSPORT_METABOLISM,  # diagnosed in children (G78), who are referred
    Test.BLOOD_SMEAR,  # a finding that supports; no statement asks for it
}


@pytest.mark.parametrize("number", range(len(vectors())), ids=[v.name for v in vectors()])
def test_it_answers_as_the_statements_say(number: int) -> None:
    assert differences(number) == []


def test_every_vector_has_a_name_a_statement_and_an_expectation() -> None:
    assert [v for v in vectors() if not (v.name and v.statements and v.expect)] == []


def test_no_two_vectors_have_the_same_name() -> None:
    names = [vector.name for vector in vectors()]
    assert sorted({name for name in names if names.count(name) > 1}) == []


def test_every_statement_and_reading_has_a_vector() -> None:
    named = {source for vector in vectors() for source in vector.statements}
    assert [s for s in (*STATEMENTS, *READINGS) if s not in named | NOT_DECIDED] == []
    assert named - {*STATEMENTS, *READINGS} == set()


def test_every_parameter_and_every_local_limit_has_its_three_vectors() -> None:
    tested = {limit.parameter or limit.local_limit for limit in limits()}
    wanted = {field.name for field in fields(Parameters)} | set(LimitKey)
    assert wanted - tested == set()
    assert tested - wanted == set()


def test_the_three_vectors_stand_around_the_number_of_the_edition() -> None:
    parameters = edition().parameters
    wrong = {
        limit.name: limit.number
        for limit in limits()
        if limit.parameter and limit.number != getattr(parameters, limit.parameter).value
    }
    assert wrong == {}
    assert [limit.name for limit in limits() if len(limit.vectors) != len(SIDES)] == []


def test_a_number_that_is_not_from_the_guideline_says_so_at_and_around_its_limit() -> None:
    places = {id(vector): number for number, vector in enumerate(vectors())}
    silent = {
        vector.name
        for limit in limits()
        if limit.parameter and limit.parameter not in LABELLED_OTHERWISE
        if not getattr(edition().parameters, limit.parameter).from_guideline
        for vector in limit.vectors
        if not answer(places[id(vector)])[0].errors
        and limit.parameter not in answer(places[id(vector)])[0].not_from_guideline
    }
    assert silent == set()


def _answered() -> Iterable[str]:
    """Every code that some vector's answer contains."""
    for number in range(len(vectors())):
        result, _ = answer(number)
        treatment, workup = result.treatment, result.cause_workup
        single = (result.conclusion, result.monitoring, treatment.duration, treatment.folate)
        yield from (code for code in (*single, workup.cause_group) if code is not None)
        yield from (treatment.regimen, *treatment.alternatives, treatment.strength)
        yield from (*result.next_tests, *workup.tests, *result.caveats)
        yield from (control.when for control in result.follow_up)
        yield from (test for control in result.follow_up for test in control.check)
        yield from result.patient_information
        yield from (error.code for error in result.errors)


def test_no_outcome_is_without_a_vector() -> None:
    # Two codes of different groups may be the same word, so each is kept with its group.
    answered = {(type(code), code) for code in _answered()}
    groups = (
        Conclusion, MonitoringConclusion, Regimen, Strength, Duration, FolateAdvice, Caveat,
        ControlTime, PatientInformation, ErrorCode, CauseGroup, Test,
    )  # fmt: skip
    missing = {(group, code) for group in groups for code in group} - answered
    assert missing == {(type(code), code) for code in NEVER_ANSWERED}
