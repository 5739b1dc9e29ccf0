"""The bokmål catalogue is complete, and says the same as the English source."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from tests.conftest import ROOT

CATALOGUE = ROOT / "locale" / "nb" / "LC_MESSAGES" / "django.po"
NOT_SOURCE = shutil.ignore_patterns(
    ".*", "bench", "docs", "locale", "node_modules", "static", "tests", "var"
)

Key = tuple[str | None, str]


def _read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale="nb")


@cache
def _translated() -> Catalog:
    return _read(CATALOGUE)


def _forms(text: object) -> list[str]:
    """A message in the singular alone, or in singular and plural."""
    return [str(form) for form in text] if isinstance(text, tuple | list) else [str(text or "")]


def _messages(catalogue: Catalog) -> Iterator[tuple[Key, Message]]:
    """Every message but the header, by its context and source text."""
    for message in catalogue:
        if message.id:
            yield (message.context, _forms(message.id)[0]), message


def _pairs() -> Iterator[tuple[str, str]]:
    """Source and translation; each plural form goes with the source's form of its place."""
    for _key, message in _messages(_translated()):
        yield from zip(_forms(message.id), _forms(message.string), strict=True)


@pytest.fixture(scope="module")
def source_keys(
    requires: Callable[[str], str], tmp_path_factory: pytest.TempPathFactory
) -> set[Key]:
    """Every text that ``makemessages`` finds in a copy of the source."""
    requires("msgfmt")
    copy = tmp_path_factory.mktemp("source") / "tree"
    shutil.copytree(ROOT, copy, ignore=NOT_SOURCE)
    (copy / "locale").mkdir()
    command = [sys.executable, "-m", "django", "makemessages", "--locale", "nb", "--verbosity", "0"]
    # without settings the command writes beside the copy and nowhere else
    environment = {k: v for k, v in os.environ.items() if k != "DJANGO_SETTINGS_MODULE"}
    subprocess.run(command, cwd=copy, env=environment, check=True)
    return {key for key, _ in _messages(_read(copy / "locale/nb/LC_MESSAGES/django.po"))}


def test_it_translates_every_text_of_the_source(source_keys: set[Key]) -> None:
    done = {
        key
        for key, message in _messages(_translated())
        if not message.fuzzy and all(_forms(message.string))
    }
    assert source_keys - done == set()


def test_it_keeps_no_translation_of_a_text_that_is_gone(source_keys: set[Key]) -> None:
    assert {key for key, _ in _messages(_translated())} - source_keys == set()


def test_the_catalogue_passes_gettexts_own_check(
    requires: Callable[[str], str], tmp_path: Path
) -> None:
    command = [requires("msgfmt"), "--check-format", "--output-file", str(tmp_path / "nb.mo")]
    result = subprocess.run([*command, str(CATALOGUE)], capture_output=True, text=True, check=False)
    assert (result.returncode, result.stderr) == (0, "")


PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w*\}")
NUMBER = re.compile(r"(?<![A-Za-z0-9])\d+(?:[.,]\d+)*")


def test_it_keeps_the_placeholders_of_every_text() -> None:
    changed = [
        (source, text)
        for source, text in _pairs()
        if sorted(PLACEHOLDER.findall(source)) != sorted(PLACEHOLDER.findall(text))
    ]
    assert changed == []


def _numbers(text: str) -> list[str]:
    return sorted(number.replace(",", ".") for number in NUMBER.findall(text))


def test_it_keeps_the_numbers_of_every_text() -> None:
    changed = [pair for pair in _pairs() if _numbers(pair[0]) != _numbers(pair[1])]
    assert changed == []


def test_it_writes_a_decimal_comma_in_norwegian() -> None:
    assert [text for _, text in _pairs() if re.search(r"\d\.\d+ ?[µa-z%]", text)] == []


def test_it_ends_a_sentence_where_the_source_does() -> None:
    ends = (".", "?", "!", ":")
    changed = [
        (source, text)
        for source, text in _pairs()
        if (source[-1:] in ends or text[-1:] in ends) and source[-1:] != text[-1:]
    ]
    assert changed == []
