"""Where each statement of the guideline is decided or shown, read from the product itself.

Nothing is declared here a second time: nodes come from the rule modules, caveats and patient
information from their tables, numbers from the edition, vectors from the files of the tests.
"""

import ast
import importlib
import pkgutil
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import fields
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

from interpretation import guideline
from interpretation.guideline.edition import Edition, Parameters
from interpretation.guideline.trace import Node
from interpretation.guideline.vocabulary import ORGAN_STATEMENTS

STATEMENTS = tuple(f"G{number}" for number in range(1, 137))
READINGS = tuple(f"A{number}" for number in range(1, 80))

_FOLDER = Path(guideline.__file__).parent
_VECTORS_OF = {"vector": 1, "limit": 3}
"""How many cases one table of a vector file stands for: a limit has below, at and above."""


class Place(NamedTuple):
    """Something that decides or shows a statement. ``module`` is a rule module, or the edition."""

    kind: str
    name: str
    module: str
    statements: tuple[str, ...]


class Vectors(NamedTuple):
    """One named entry of a vector file and the number of cases in it."""

    file: str
    name: str
    statements: tuple[str, ...]
    cases: int


@cache
def rule_modules() -> dict[str, ModuleType]:
    """Every module of the pure core by its short name; the package itself is ``__init__``."""
    names = [module.name for module in pkgutil.iter_modules(guideline.__path__)]
    modules = {name: importlib.import_module(f"{guideline.__name__}.{name}") for name in names}
    return {"__init__": guideline} | modules


def _nodes_in(value: object) -> Iterator[Node]:
    """A node, or the nodes of a tuple of them; a chart names its own as one tuple."""
    if isinstance(value, Node):
        yield value
    elif isinstance(value, tuple):
        yield from (item for item in value if isinstance(item, Node))


def nodes() -> list[Place]:
    """Every question that a rule module asks."""
    found = {
        node.name: Place("rule", node.name, name, node.statements)
        for name, module in rule_modules().items()
        for value in vars(module).values()
        for node in _nodes_in(value)
    }
    return list(found.values())


def texts() -> list[Place]:
    """What the doctor or the patient is shown without a decision of its own."""
    modules = rule_modules()
    caveats, information = modules["caveats"], modules["information"]
    shown = {row.caveat: caveats.statements(row.caveat) for row in caveats.TABLE}
    return [
        *(Place("symptoms", name, "vocabulary", (own,)) for name, own in ORGAN_STATEMENTS.items()),
        *(Place("caveat", code, "caveats", rests_on) for code, rests_on in shown.items()),
        *(
            Place("patient information", code, "information", rests_on)
            for code, rests_on in information.STATEMENTS.items()
        ),
        Place("follow-up", "plan", "follow_up", modules["follow_up"].STATEMENTS),
    ]


def numbers(edition: Edition) -> list[Place]:
    """The parameters, regimens and controls of an edition."""
    names = [field.name for field in fields(Parameters)]
    parameters = {name: getattr(edition.parameters, name) for name in names}
    tables = (
        ("parameter", parameters),
        ("regimen", edition.regimens),
        ("control", edition.controls),
    )
    return [
        Place(kind, str(name), edition.id, entry.sources)
        for kind, table in tables
        for name, entry in table.items()
    ]


def places(edition: Edition) -> list[Place]:
    return [*nodes(), *texts(), *numbers(edition)]


def naming(statement: str, found: Iterable[Place]) -> list[Place]:
    return [place for place in found if statement in place.statements]


def _is_parameters(expression: ast.expr) -> bool:
    """``p`` or ``parameters``, by itself or of something: ``findings.parameters``."""
    name = expression.id if isinstance(expression, ast.Name) else getattr(expression, "attr", "")
    return name in {"p", "parameters"}


@cache
def _read_parameters() -> dict[str, frozenset[str]]:
    """The parameters that each rule module reads, from its syntax tree."""
    trees = {path.stem: ast.parse(path.read_text("utf-8")) for path in _FOLDER.glob("*.py")}
    return {
        name: frozenset(
            node.attr
            for node in ast.walk(tree)
            if isinstance(node, ast.Attribute) and _is_parameters(node.value)
        )
        for name, tree in sorted(trees.items())
    }


def users(parameter: str) -> list[str]:
    """The rule modules that read a parameter of the edition."""
    return [name for name, read in _read_parameters().items() if parameter in read]


def vectors(folder: Path) -> list[Vectors]:
    """Every named entry of the vector files in a folder. A name that is missing is empty."""
    read = {path.stem: tomllib.loads(path.read_text("utf-8")) for path in folder.glob("*.toml")}
    return [
        Vectors(file, entry.get("name", ""), tuple(entry.get("statements", ())), cases)
        for file, tables in sorted(read.items())
        for kind, cases in _VECTORS_OF.items()
        for entry in tables.get(kind, [])
    ]
