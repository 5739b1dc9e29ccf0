"""Every statement of the guideline has a rule or a text, and nothing cites what does not exist."""

import re

from interpretation.guideline import load_edition
from interpretation.guideline.trace import Node
from interpretation.traceability import READINGS, STATEMENTS, nodes, places, rule_modules

from .source import ROOT, trees

FLOWCHARTS = STATEMENTS[:73]
CITED = re.compile(r"\b[GA][0-9]+\b")


def _named() -> set[str]:
    return {name for place in places(load_edition("2018")) for name in place.statements}


def test_there_are_136_statements_and_79_readings() -> None:
    assert (STATEMENTS[0], STATEMENTS[-1], len(STATEMENTS)) == ("G1", "G136", 136)
    assert (READINGS[0], READINGS[-1], len(READINGS)) == ("A1", "A79", 79)


def test_no_statement_of_the_flowcharts_is_without_a_rule_or_a_text() -> None:
    assert [name for name in FLOWCHARTS if name not in _named()] == []


def test_no_statement_is_without_a_rule_or_a_text() -> None:
    assert [name for name in STATEMENTS if name not in _named()] == []


def test_nothing_names_a_statement_or_a_reading_that_does_not_exist() -> None:
    assert _named() - {*STATEMENTS, *READINGS} == set()


def test_no_rule_is_without_a_statement() -> None:
    assert [node.name for node in nodes() if not node.statements] == []
    assert len(nodes()) > 30


def test_no_two_rules_of_one_name_rest_on_different_statements() -> None:
    """Such a name would make the trace ambiguous."""
    found: dict[str, set[tuple[str, ...]]] = {}
    for module in rule_modules().values():
        for value in vars(module).values():
            for node in value if isinstance(value, tuple) else (value,):
                if isinstance(node, Node):
                    found.setdefault(node.name, set()).add(node.statements)
    assert {name for name, statements in found.items() if len(statements) > 1} == set()


def test_no_comment_and_no_docstring_cites_what_does_not_exist() -> None:
    wrong = {
        (path, cited)
        for path in trees("interpretation/guideline")
        for cited in CITED.findall((ROOT / path).read_text(encoding="utf-8"))
        if cited not in {*STATEMENTS, *READINGS}
    }
    assert wrong == set()
