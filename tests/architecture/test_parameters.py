"""Every number of the edition is used, has its source, and is labelled where it is not from it."""

import ast
import re
from dataclasses import fields

from interpretation.guideline.edition import EDITIONS, Parameters, editions
from interpretation.guideline.quantity import UNITS

from .source import rule_modules

NAMES = [field.name for field in fields(Parameters)]
SOURCE = re.compile(r"G([1-9]|[1-9][0-9]|1[0-2][0-9]|13[0-6])|A([1-9]|[1-7][0-9])")


def test_every_parameter_is_used_by_a_rule() -> None:
    read = {
        node.attr
        for tree in rule_modules().values()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
    }
    assert set(NAMES) - read == set()


def test_every_entry_of_every_edition_has_a_source_and_a_section() -> None:
    assert editions() != ()
    for edition in editions():
        entries = [
            *(getattr(edition.parameters, name) for name in NAMES),
            *edition.regimens.values(),
            *edition.controls.values(),
        ]
        assert [entry for entry in entries if not entry.section] == []
        unknown = {
            source for entry in entries for source in entry.sources if not SOURCE.fullmatch(source)
        }
        assert unknown == set()
        assert [entry for entry in entries if not entry.sources] == []


def test_what_the_guideline_states_cites_a_statement_and_the_rest_says_why_it_is_there() -> None:
    for edition in editions():
        parameters = {name: getattr(edition.parameters, name) for name in NAMES}
        uncited = {
            name
            for name, entry in parameters.items()
            if entry.from_guideline and not any(source[0] == "G" for source in entry.sources)
        }
        assert uncited == set()


def test_every_addition_is_explained_by_a_note() -> None:
    """A reader of the file sees where a number comes from that the guideline does not state."""
    silent = set()
    for path in EDITIONS.glob("*.toml"):
        for block in path.read_text(encoding="utf-8").split("\n[")[1:]:
            if "from_guideline = false" in block and "note = " not in block:
                silent.add((path.name, block.splitlines()[0]))
    assert silent == set()


def test_the_units_of_the_laboratory_are_the_units_of_the_edition() -> None:
    for edition in editions():
        for name, allowed in UNITS.items():
            assert edition.plausible[name].lowest < edition.plausible[name].highest, allowed
