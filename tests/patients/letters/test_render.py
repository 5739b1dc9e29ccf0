"""Making PDF: only own files are read, and a missing Pango is said."""

import sys
from collections.abc import Iterator
from dataclasses import replace
from types import ModuleType
from xml.etree.ElementTree import ParseError

import pytest

from patients.letters import render
from patients.reading.letters_data import printed

from . import samples

PAGE = '<html lang="nb"><head><title>Brev</title></head><body>{}</body></html>'


class WithoutPango(ModuleType):
    """What importing WeasyPrint does on a machine without Pango."""

    def __getattr__(self, name: str) -> object:
        raise OSError("cannot load library 'libpango-1.0-0'")


@pytest.fixture
def pango_is_missing(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    render._tools.cache_clear()
    monkeypatch.setitem(sys.modules, "weasyprint", WithoutPango("weasyprint"))
    yield
    render._tools.cache_clear()


def test_it_says_that_pango_is_missing(pango_is_missing: None) -> None:
    with pytest.raises(render.PangoMissingError, match="libpango"):
        render.pdf(PAGE.format("<p>Hei</p>"))


def test_it_makes_letters_again_once_pango_is_there() -> None:
    assert render.pdf(PAGE.format("<p>Hei</p>")).startswith(b"%PDF-1.7")


@pytest.mark.parametrize(
    "address", ["https://example.org/a.png", "file:///etc/passwd", "file:///tmp/a.png"]
)
def test_it_opens_no_file_that_is_not_its_own(
    address: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level("ERROR", logger="weasyprint"):
        made = render.pdf(PAGE.format(f'<img src="{address}" alt="x"/>'))
    assert b"/XObject <<>>" in made or b"/Subtype /Image" not in made


@pytest.mark.django_db
@pytest.mark.parametrize("kind", samples.KINDS)
def test_it_looks_as_with_the_style_sheet_of_weasyprint(
    kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from weasyprint.html import UA_STYLESHEET

    letter = replace(samples.KINDS[kind]("nb"), free_text="Én\nto\n\ntre")
    made, tools = printed(letter), render._tools()
    monkeypatch.setattr(render, "_tools", lambda: tools._replace(base=UA_STYLESHEET))
    assert printed(letter) == made


def test_it_refuses_what_is_not_well_formed() -> None:
    with pytest.raises(ParseError):
        render.pdf("<html><p></html>")
