"""The tests of the record read English: what they look for is the source's text."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import translation


@pytest.fixture
def language() -> str:
    """A test that is about Norwegian says ``parametrize("language", ["nb"])``."""
    return "en"


@pytest.fixture(autouse=True)
def reader(settings: Any, language: str) -> Iterator[None]:
    settings.LANGUAGE_CODE = language
    with translation.override(language):
        yield
