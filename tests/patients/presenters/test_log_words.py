"""Every action that the program logs is said in words to those who read the log."""

import ast
import re
from collections.abc import Iterator

import pytest

from b12site.audit.words import in_words
from patients.models import EventKind, OrderState
from patients.showing import Page
from tests.architecture.source import trees

CODE = re.compile(r"[a-z]+\.(?!css)[a-z_]+")
KINDS = frozenset(
    {
        *("assessment", "batch", "contact", "control", "course", "emergency", "injection"),
        *("letter", "order", "patient", "result", "review", "shown", "user", "work"),
    }
)
"""What the names of actions begin with."""
SECOND_FACTOR = (
    *("app_added", "app_replaced", "app_removed", "passkey_added", "passkey_removed"),
    *("recovery_codes_made", "second_factor_taken_away"),
)
FROM_STATES = {
    *(f"course.{kind}" for kind in EventKind.values),
    *(f"order.{state}" for state in OrderState.values if state != OrderState.OPEN),
}
"""Those that a service puts together."""


def _written() -> Iterator[str]:
    for tree in (*trees("patients").values(), *trees("b12site").values()):
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value


def actions() -> set[str]:
    codes = {text for text in _written() if CODE.fullmatch(text)}
    return {code for code in codes if code.split(".")[0] in KINDS} | FROM_STATES | set(Page)


def has_words(action: str) -> bool:
    """One that nobody has words for stands as it was written."""
    return in_words(action) != action


def test_every_action_has_words() -> None:
    assert {action for action in actions() if not has_words(action)} == set()
    assert {"result.corrected", "course.stopped", "shown.record"} <= actions()


@pytest.mark.parametrize("model", ["user", "membership", "practice", "laboratory"])
def test_what_the_administration_does_has_words(model: str) -> None:
    assert {
        verb for verb in ("added", "changed", "removed") if not has_words(f"{model}.{verb}")
    } == (set())


@pytest.mark.parametrize("what", SECOND_FACTOR)
def test_what_is_done_with_a_second_factor_has_words(what: str) -> None:
    assert has_words(f"user.{what}")


def test_the_words_are_for_people() -> None:
    assert in_words("result.withdrawn") == "Result withdrawn"
    assert in_words("laboratory.changed") == "Laboratory: changed"


def test_an_action_of_an_earlier_version_stands_as_it_was_written() -> None:
    assert in_words("result.mended") == "result.mended"
