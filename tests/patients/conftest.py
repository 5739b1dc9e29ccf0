"""The tests of the record read English: what they look for is the source's text."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.utils import translation

from .counting import counting


@pytest.fixture
def language() -> str:
    """A test that is about Norwegian says ``parametrize("language", ["nb"])``."""
    return "en"


@pytest.fixture(autouse=True)
def reader(settings: Any, language: str) -> Iterator[None]:
    settings.LANGUAGE_CODE = language
    with translation.override(language):
        yield


@pytest.fixture
def django_assert_max_num_queries() -> Callable[[int], AbstractContextManager[None]]:
    """pytest-django's own counts savepoints too, which only the test's transaction brings about."""
    return counting
