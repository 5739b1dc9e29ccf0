"""docs/safety/hazards.md is complete, and every test that it names exists."""

import ast
import re
from functools import cache
from typing import NamedTuple

from tests.conftest import ROOT
from tests.interpretation.guideline.vectors import limits, vectors

FILE = ROOT / "docs" / "safety" / "hazards.md"
PARTS = ("Cause", "Effect", "Mitigation", "Residual risk", "Status")
NODE = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")
VECTOR = re.compile(r"vector `(\w+)`: (.+)")


class Hazard(NamedTuple):
    number: int
    title: str
    parts: dict[str, str]
    tests: list[str]


@cache
def hazards() -> tuple[Hazard, ...]:
    """Every section ``### H1 title`` with its parts ``- Cause: …`` and its list of tests."""
    sections = re.split(r"^### H(\d+) (.+)$", FILE.read_text("utf-8"), flags=re.MULTILINE)[1:]
    triples = zip(sections[::3], sections[1::3], sections[2::3], strict=True)
    return tuple(
        Hazard(
            int(number),
            title,
            dict(re.findall(r"^- ([\w ]+): (.+)$", text, flags=re.MULTILINE)),
            re.findall(r"^  - (.+)$", text, flags=re.MULTILINE),
        )
        for number, title, text in triples
    )


@cache
def functions(file: str) -> frozenset[str]:
    """The test functions of a file; none when there is no such file."""
    path = ROOT / file
    if not path.is_file():
        return frozenset()
    tree = ast.parse(path.read_text("utf-8"))
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef))


@cache
def known_vectors() -> frozenset[tuple[str, str]]:
    """File and sentence of every vector; three around a limit are named by their common one."""
    around = {(limit.vectors[0].file, limit.name) for limit in limits()}
    return frozenset(around | {(vector.file, vector.name) for vector in vectors()})


def exists(test: str) -> bool:
    node, vector = NODE.fullmatch(test), VECTOR.fullmatch(test)
    if node:
        return node[2] in functions(node[1])
    return vector is not None and (vector[1], vector[2]) in known_vectors()


def test_there_are_at_least_25_hazards() -> None:
    assert len(hazards()) >= 25


def test_the_numbers_rise_by_one_so_that_none_was_deleted_or_used_twice() -> None:
    assert [hazard.number for hazard in hazards()] == list(range(1, len(hazards()) + 1))


def test_every_hazard_has_all_its_parts() -> None:
    assert [h.number for h in hazards() if tuple(h.parts) != PARTS] == []
    assert [h.number for h in hazards() if len({*h.parts.values()}) != len(PARTS)] == []


def test_every_hazard_has_a_known_status_and_a_closed_one_its_reason() -> None:
    status = {hazard.number: hazard.parts["Status"] for hazard in hazards()}
    unknown = {
        n for n, text in status.items() if not re.match(r"(controlled|open|closed: .+)$", text)
    }
    assert unknown == set()


def test_every_hazard_that_is_not_closed_names_a_test() -> None:
    assert [
        h.number for h in hazards() if not h.tests and not h.parts["Status"].startswith("closed")
    ] == []


def test_every_test_and_every_vector_that_is_named_exists() -> None:
    missing = {(h.number, test) for h in hazards() for test in h.tests if not exists(test)}
    assert missing == set()


def test_a_test_that_does_not_exist_is_noticed() -> None:
    assert not exists("`tests/docs/test_hazards.py::test_of_nothing`")
    assert not exists("`tests/docs/test_nothing.py::test_of_nothing`")
    assert not exists("vector `flowchart_1`: Of nothing")
    assert exists("`tests/docs/test_hazards.py::test_a_test_that_does_not_exist_is_noticed`")
