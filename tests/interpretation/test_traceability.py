"""Nothing of the guideline is missing, and nothing is decided without it.

Vectors without a name and outcomes without a vector: ``guideline/test_vectors.py``. Codes without
words: ``test_wording.py``; words without bokmål: ``tests/test_translations.py``. Sources that do
not exist: ``tests/architecture/test_statements.py``.
"""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings

from interpretation.guideline import editions
from interpretation.guideline.vocabulary import (
    ORGAN_STATEMENTS,
    Caveat,
    OrganSystem,
    PatientInformation,
)
from interpretation.traceability import (
    STATEMENTS,
    nodes,
    numbers,
    places,
    texts,
    users,
    vectors,
)
from interpretation.traceability.page import FILE, VECTORS
from tests.conftest import ROOT
from tests.interpretation.guideline import vectors as tested
from tests.interpretation.rules import nodes_and_outcomes

EDITION = editions()[-1]


def test_no_statement_rests_on_a_number_alone() -> None:
    answered = {statement for place in (*nodes(), *texts()) for statement in place.statements}
    assert [statement for statement in STATEMENTS if statement not in answered] == []


def test_no_rule_text_or_number_is_without_a_statement_or_reading() -> None:
    assert [place for place in places(EDITION) if not place.statements] == []


def test_no_rule_rests_on_a_reading_alone() -> None:
    assert [place for place in nodes() if not set(place.statements) & set(STATEMENTS)] == []


def test_no_node_is_without_a_decision() -> None:
    decided = {name for name, outcomes in nodes_and_outcomes().items() if outcomes}
    assert [place.name for place in nodes() if place.name not in decided] == []
    assert decided - {place.name for place in nodes()} == set()


def test_no_number_of_the_page_is_without_a_rule_that_reads_it() -> None:
    parameters = [place.name for place in numbers(EDITION) if place.kind == "parameter"]
    assert parameters
    assert [name for name in parameters if not users(name)] == []


@pytest.mark.parametrize(
    ("kind", "codes"), [("caveat", Caveat), ("patient information", PatientInformation)]
)
def test_no_code_that_is_shown_is_without_a_statement(
    kind: str, codes: type[Caveat] | type[PatientInformation]
) -> None:
    assert set(codes) ^ {place.name for place in texts() if place.kind == kind} == set()


def test_no_organ_system_of_table_1_is_without_its_statement() -> None:
    assert set(OrganSystem) - set(ORGAN_STATEMENTS) == {OrganSystem.CHILDREN}


def test_the_page_counts_the_vectors_as_the_tests_run_them() -> None:
    counted = sum(entry.cases for entry in vectors(ROOT / VECTORS))
    assert counted == len(tested.vectors())


# The page


def test_the_page_is_up_to_date() -> None:
    call_command("guideline_coverage", "--check")


def test_the_page_has_a_row_for_every_statement_and_every_number() -> None:
    page = (ROOT / FILE).read_text("utf-8")
    assert [name for name in STATEMENTS if page.count(f"\n| {name} |") != 1] == []
    rows = [place.name for place in numbers(EDITION)]
    assert [name for name in rows if page.count(f"\n| `{name}` |") != 1] == []
    assert "**136 of 136**" in page


@pytest.mark.parametrize("before", ["", "another text\n"])
def test_a_page_that_is_not_up_to_date_is_told_and_can_be_written(
    tmp_path: Path, before: str
) -> None:
    file = tmp_path / FILE
    file.parent.mkdir(parents=True)
    with override_settings(BASE_DIR=tmp_path):
        with pytest.raises(CommandError, match=r"not up to date: run manage\.py"):
            call_command("guideline_coverage", "--check")
        file.write_text(before, "utf-8")
        with pytest.raises(CommandError, match=r"not up to date: run manage\.py"):
            call_command("guideline_coverage", "--check")
        assert file.read_text("utf-8") == before
        call_command("guideline_coverage")
        call_command("guideline_coverage", "--check")
