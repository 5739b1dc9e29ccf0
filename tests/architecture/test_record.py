"""Every write of the record goes through a service that asks who is acting, and leaves a log row;
every view asks for a permission."""

import ast
from collections.abc import Iterator

import pytest

from .source import called, imports, trees, within

SERVICES = "patients/services"
IN_STEP = {f"{SERVICES}/work.py", f"{SERVICES}/review_queue.py"}
"""Called by the services inside their transactions: no act of its own, so no log row."""
PURE = tuple(
    f"patients/rules/{name}.py" for name in ("change", "measured", "national_identity", "periods")
)


def _functions(folder: str) -> Iterator[tuple[str, ast.FunctionDef]]:
    for path, tree in trees(folder).items():
        for node in tree.body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                yield path, node


def _services() -> list[tuple[str, ast.FunctionDef]]:
    return [(path, node) for path, node in _functions(SERVICES) if path not in IN_STEP]


def _decorators(node: ast.FunctionDef) -> set[str]:
    return {ast.unparse(decorator).split("(")[0] for decorator in node.decorator_list}


def _calls(node: ast.AST) -> set[str]:
    return {called(inner) for inner in ast.walk(node)}


def _writes(node: ast.FunctionDef) -> bool:
    return any(argument.arg == "actor" for argument in node.args.kwonlyargs)


@pytest.mark.parametrize(
    ("path", "node"), _services(), ids=lambda value: getattr(value, "name", "")
)
def test_a_service_is_one_transaction_with_an_actor_and_keywords_only(
    path: str, node: ast.FunctionDef
) -> None:
    assert _writes(node), f"{path} {node.name}: no keyword-only actor"
    assert (node.args.args, node.args.posonlyargs) == ([], []), f"{path} {node.name}"
    assert _decorators(node) & {"logged", "log.logged"}, f"{path} {node.name}"


def _reaches(path: str, node: ast.FunctionDef, wanted: set[str]) -> bool:
    """Does the function call one of these, itself or through another function?"""
    known = {inner.name: inner for _, inner in _services()}
    local = {
        inner.name: inner
        for inner in trees(SERVICES)[path].body
        if isinstance(inner, ast.FunctionDef)
    }
    seen: set[str] = set()
    waiting = [node]
    while waiting:
        calls = _calls(waiting.pop())
        if calls & wanted:
            return True
        for name in calls - seen:
            seen.add(name)
            if target := local.get(name) or known.get(name):
                waiting.append(target)
    return False


@pytest.mark.parametrize(
    ("path", "node"), _services(), ids=lambda value: getattr(value, "name", "")
)
def test_a_service_asks_for_a_permission_and_writes_the_log(
    path: str, node: ast.FunctionDef
) -> None:
    assert _reaches(path, node, {"require"}), f"{path} {node.name}: asks for no permission"
    assert _reaches(path, node, {"changed"}), f"{path} {node.name}: leaves no log row"


def test_every_view_of_the_record_asks_for_a_permission() -> None:
    open_views = {
        (path, node.name)
        for path, node in _functions("patients/views")
        if node.args.args
        and node.args.args[0].arg == "request"
        and not _decorators(node) & {"clinical"}
    }
    assert open_views == set()


def test_the_record_writes_in_services_only() -> None:
    writing = {"create", "bulk_create", "update_or_create", "get_or_create", "save", "delete"}
    elsewhere = {
        (path, inner.lineno)
        for folder in ("patients/views", "patients/forms", "patients/presenters")
        for path, tree in trees(folder).items()
        for inner in ast.walk(tree)
        if isinstance(inner, ast.Call) and called(inner) in writing
    }
    assert elsewhere == set()


def test_presenters_of_the_record_ask_no_database() -> None:
    asking = {
        (path, name)
        for path, tree in trees("patients/presenters").items()
        for name in imports(path, tree)
        if within(name, "django.db") or within(name, "django.http")
    }
    asking |= {
        (path, str(inner.lineno))
        for path, tree in trees("patients/presenters").items()
        for inner in ast.walk(tree)
        if isinstance(inner, ast.Attribute) and inner.attr == "objects"
    }
    assert asking == set()


def test_pure_modules_of_the_record_know_no_django() -> None:
    trees_by_path = trees("patients")
    assert {
        (path, name)
        for path in PURE
        for name in imports(path, trees_by_path[path])
        if within(name, "django")
    } == set()
