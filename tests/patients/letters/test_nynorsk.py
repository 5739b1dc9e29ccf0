"""The nynorsk catalogue holds the letters' texts; what else there is falls back to bokmål."""

import ast
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.utils import translation

ROOT = Path(__file__).parents[3]
CATALOGUE = ROOT / "locale" / "nn" / "LC_MESSAGES" / "django.po"
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]")
_TRANSLATING = {"_", "gettext_lazy", "ngettext"}
NUMBER = re.compile(r"(?<![A-Za-z0-9])\d+")


def _translated() -> dict[str, str]:
    with CATALOGUE.open("rb") as file:
        messages = [message for message in read_po(file) if message.id and not message.fuzzy]
    one = [(_first(message.id), _first(message.string)) for message in messages]
    return {source: text for source, text in one if text}


def _first(text: str | Sequence[str] | None) -> str:
    """The singular of a text that has a plural."""
    return text if isinstance(text, str) else text[0] if text else ""


def _sources() -> Iterator[str]:
    """Every text that a letter has translated."""
    patients = ROOT / "patients"
    for path in (*(patients / "letters").glob("*.py"), patients / "reading" / "letters_changed.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {
                "_",
                "gettext_lazy",
                "ngettext",
            }:
                yield ast.literal_eval(node.args[0])


def test_it_has_every_text_of_the_letters() -> None:
    assert sorted(set(_sources()) - _translated().keys()) == []


@pytest.mark.parametrize("pattern", [PLACEHOLDER, NUMBER])
def test_it_keeps_placeholders_and_numbers(pattern: re.Pattern[str]) -> None:
    changed = [
        pair
        for pair in _translated().items()
        if sorted(pattern.findall(pair[0])) != sorted(pattern.findall(pair[1]))
    ]
    assert changed == []


def test_it_uses_no_word_that_is_bokmal_only() -> None:
    bokmal = re.compile(r"\b(ikke|hva|hvis|jeg|noen|fra|uker|måneder|blir tatt|være|melk)\b")
    assert [text for text in _translated().values() if bokmal.search(text)] == []


def test_it_falls_back_to_bokmal() -> None:
    text = "Sex not stated"
    assert text not in _translated()
    with translation.override("nb"):
        bokmal = translation.gettext(text)
    with translation.override("nn"):
        assert translation.gettext(text) == bokmal != text
