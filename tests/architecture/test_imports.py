"""Arrows point one way: patients -> interpretation -> interpretation.guideline."""

import ast
import sys

from .source import CORE, imports, trees, within

OWN = "interpretation.guideline"


def _forbidden(folder: str, *packages: str) -> set[tuple[str, str]]:
    return {
        (path, name)
        for path, tree in trees(folder).items()
        for name in imports(path, tree)
        if any(within(name, package) for package in packages)
    }


def test_the_core_imports_only_the_standard_library_and_itself() -> None:
    foreign = {
        (path, name)
        for path, tree in trees(CORE).items()
        for name in imports(path, tree)
        if not within(name, OWN) and name.split(".")[0] not in sys.stdlib_module_names
    }
    assert foreign == set()


def test_the_interpretation_does_not_know_the_patients() -> None:
    assert _forbidden("interpretation", "patients", "b12site.accounts", "b12site.audit") == set()


def test_accounts_and_audit_know_neither_app() -> None:
    assert _forbidden("b12site/accounts", "interpretation", "patients") == set()
    assert _forbidden("b12site/audit", "interpretation", "patients") == set()


def test_only_the_edges_of_the_interpretation_know_django() -> None:
    """Presenters and flowchart work on ready values: no database in them."""
    for folder in ("interpretation/presenters", "interpretation/wording"):
        assert _forbidden(folder, "django.db", "django.http", "django.shortcuts") == set()


def test_no_view_asks_a_model_for_all_its_objects() -> None:
    """Records are fetched by a function that knows the practice, never by ``Model.objects``."""
    bare = {
        (path, node.lineno)
        for folder in ("interpretation", "patients", "b12site")
        for path, tree in trees(folder).items()
        if path.endswith("/views.py") or "/views/" in path
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in {"objects", "_default_manager"}
    }
    assert bare == set()


def test_the_modules_are_found() -> None:
    """The tests above say nothing about folders that are empty or misspelt."""
    for folder in (CORE, "interpretation/presenters", "interpretation/wording", "b12site/accounts"):
        assert len(trees(folder)) > 1, folder
