"""Letters are read in the languages of the product's own catalogues, bokmål behind nynorsk."""

from collections.abc import Iterator

import pytest
from django.utils import translation
from django.utils.translation import trans_real


@pytest.fixture
def language() -> str:
    return "nb"


@pytest.fixture(autouse=True)
def nynorsk_falls_back_to_bokmal(reader: None) -> Iterator[None]:
    """Django keeps the language behind nynorsk from when it was first read, which in another test
    may have been English."""
    trans_real._translations.pop("nn", None)  # type: ignore[attr-defined]
    with translation.override("nb"):
        yield
    trans_real._translations.pop("nn", None)  # type: ignore[attr-defined]
