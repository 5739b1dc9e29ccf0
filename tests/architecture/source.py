"""The product's own source as syntax trees."""

import ast
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
CORE = "interpretation/guideline"

# What carries the rules rather than deciding: numbers, words, values, the trace and the results.
CARRIERS = frozenset({"case", "edition", "interpretation", "quantity", "trace", "vocabulary"})


@cache
def trees(folder: str) -> Mapping[str, ast.Module]:
    """Every module below a folder of the product, by its path from the top."""
    paths = sorted((ROOT / folder).rglob("*.py"))
    return {
        path.relative_to(ROOT).as_posix(): ast.parse(path.read_text(encoding="utf-8"))
        for path in paths
        if "migrations" not in path.parts
    }


@cache
def rule_modules() -> Mapping[str, ast.Module]:
    """The modules of the core that decide something."""
    return {path: tree for path, tree in trees(CORE).items() if Path(path).stem not in CARRIERS}


def imports(path: str, tree: ast.Module) -> Iterator[str]:
    """The full names of all modules that a module imports, wherever in it."""
    package = path.split("/")[:-1]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            module = ".".join([*base, *((node.module,) if node.module else ())])
            yield module
            yield from (f"{module}.{alias.name}" for alias in node.names)


def within(name: str, package: str) -> bool:
    return name == package or name.startswith(f"{package}.")


def called(node: ast.AST) -> str:
    """The name that a call calls, without what stands before the last point."""
    if not isinstance(node, ast.Call):
        return ""
    function = node.func
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
