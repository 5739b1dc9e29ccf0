"""The core is a function of the case and the edition, and holds no number of its own."""

import ast
from collections.abc import Iterator
from pathlib import Path

from .source import CORE, called, imports, rule_modules, trees, within

CLOCKS = {"now", "utcnow", "today", "time", "perf_counter", "monotonic", "time_ns", "localdate"}
OUTSIDE = ("os", "random", "secrets", "time", "socket", "subprocess", "logging", "threading")
FILES = {"open", "read_text", "read_bytes", "write_text", "write_bytes", "glob", "print", "input"}
READS_FILES = f"{CORE}/edition.py"

CALENDAR = {7, 12}
PLAIN = {0, 1, 2, 100}
FORMULA = f"{CORE}/kidney.py"
"""CKD-EPI 2009: its constants are the formula itself and no limits."""
SIZES = {f"{CORE}/facts.py": {84}, f"{CORE}/caveats.py": {4096}}
"""How many facts the caveat table can ask for, and how many answers of it are kept."""


def _calls(names: set[str]) -> set[tuple[str, str]]:
    return {
        (path, called(node))
        for path, tree in trees(CORE).items()
        for node in ast.walk(tree)
        if called(node) in names
    }


def test_nothing_reads_the_clock() -> None:
    assert _calls(CLOCKS) == set()


def test_nothing_reaches_outside() -> None:
    outside = {
        (path, name)
        for path, tree in trees(CORE).items()
        for name in imports(path, tree)
        if any(within(name, module) for module in OUTSIDE)
    }
    assert outside == set()


def test_only_the_edition_reads_a_file() -> None:
    assert {path for path, _ in _calls(FILES)} == {READS_FILES}


def test_nothing_keeps_a_state_that_changes() -> None:
    changing = {
        (path, node.lineno)
        for path, tree in trees(CORE).items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Global | ast.Nonlocal)
    }
    assert changing == set()


def test_no_number_is_a_binary_fraction() -> None:
    fractions = {
        (path, node.value)
        for path, tree in trees(CORE).items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, float | complex)
    }
    assert fractions == set()
    assert _calls({"float", "round"}) == set()


def _numbers(tree: ast.Module) -> Iterator[int | str]:
    """Whole numbers, and texts that become decimals."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and type(node.value) is int:
            yield node.value
        if called(node) == "Decimal" and isinstance(node, ast.Call):
            yield from (
                arg.value
                for arg in node.args
                if isinstance(arg, ast.Constant) and isinstance(arg.value, str)
            )


def test_no_rule_holds_a_number_that_belongs_in_the_edition() -> None:
    own = {
        (path, number)
        for path, tree in rule_modules().items()
        if path != FORMULA
        for number in _numbers(tree)
        if number not in PLAIN | CALENDAR | SIZES.get(path, set())
    }
    assert own == set()


def test_calendar_numbers_stand_only_where_dates_are_counted() -> None:
    counted = {
        Path(path).stem
        for path, tree in rule_modules().items()
        if path != FORMULA and CALENDAR & set(_numbers(tree))
    }
    assert counted <= {"calendar_time", "ongoing"}
