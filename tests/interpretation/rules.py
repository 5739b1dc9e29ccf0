"""What the rule modules contain, read from their syntax trees.

An argument that is a parameter of its function is followed to the calls of that function, so that
``decide(node, …)`` in a shared function counts for every node passed to it.
"""

import ast
import importlib
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

from interpretation import guideline
from interpretation.guideline.trace import Node

FOLDER = Path(guideline.__file__).parent
FACT_CHECKS = frozenset({"present", "absent"})


class Place(NamedTuple):
    """A call, and the module and function in which it stands."""

    module: ModuleType
    function: ast.FunctionDef
    call: ast.Call


@cache
def _calls() -> dict[str, list[Place]]:
    """Every call inside a function of a rule module, by the name of what is called."""
    found: dict[str, list[Place]] = defaultdict(list)
    for path in sorted(FOLDER.glob("*.py")):
        if path.stem == "trace":
            continue
        name = (
            guideline.__name__ if path.stem == "__init__" else f"{guideline.__name__}.{path.stem}"
        )
        module = importlib.import_module(name)
        for function in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(function, ast.FunctionDef):
                for call in ast.walk(function):
                    if isinstance(call, ast.Call):
                        found[_called(call)].append(Place(module, function, call))
    return found


def _called(call: ast.Call) -> str:
    function = call.func
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _values(place: Place, expression: ast.expr) -> Iterator[Any]:
    """What an expression can be: its constant value, or that of each argument passed for it.

    Raises ``AssertionError`` for anything that cannot be read from the source.
    """
    try:
        yield _evaluate(expression, vars(place.module))
        return
    except NameError:
        pass
    parameters = [argument.arg for argument in place.function.args.args]
    (name,) = {node.id for node in ast.walk(expression) if isinstance(node, ast.Name)}
    where = f"{place.module.__name__}.{place.function.name}: {ast.unparse(expression)}"
    assert name in parameters, f"cannot read {where}"
    callers = _calls()[place.function.name]
    assert callers, f"nobody calls {where}"
    for caller in callers:
        for value in _values(caller, caller.call.args[parameters.index(name)]):
            yield _evaluate(expression, {**vars(place.module), name: value})


def _evaluate(expression: ast.expr, names: dict[str, Any]) -> Any:
    return eval(compile(ast.Expression(expression), "<rule>", "eval"), names)


def _branches(place: Place) -> Iterator[ast.Tuple]:
    for branch in place.call.args[1:]:
        assert isinstance(branch, ast.Tuple), f"not a branch: {ast.unparse(branch)}"
        yield branch


def nodes_and_outcomes() -> dict[str, set[str]]:
    """The name of every node at which something is decided, with the outcomes that it can have."""
    found: dict[str, set[str]] = defaultdict(set)
    for module in {place.module for places in _calls().values() for place in places}:
        for value in vars(module).values():
            if isinstance(value, Node):
                found[value.name] |= set()
    for place in _calls()["decide"]:
        written = [branch.elts[0] for branch in _branches(place)]
        outcomes = {str(value) for outcome in written for value in _values(place, outcome)}
        for value in _values(place, place.call.args[0]):
            found[value.name] |= outcomes
    return found


def asked_facts() -> set[str]:
    """The subject of every yes-or-no question: ``present(subject, …)``, ``absent(subject, …)`` and
    the branch ``(outcome, finding, subject)``."""
    asked = [(place, place.call.args[0]) for name in FACT_CHECKS for place in _calls()[name]]
    for place in _calls()["decide"]:
        asked += [(place, branch.elts[2]) for branch in _branches(place) if len(branch.elts) == 3]
    return {str(value) for place, subject in asked for value in _values(place, subject)}
