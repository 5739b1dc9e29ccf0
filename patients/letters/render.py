"""XHTML -> PDF: A4, tagged for screen readers (PDF/UA-1), the same bytes for the same input.

WeasyPrint needs Pango and two thirds of a second to be imported, so it is imported by whoever
prints first, and never by somebody who does not print.
"""

import atexit
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from xml.etree import ElementTree

from django.conf import settings

if TYPE_CHECKING:
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration

STYLE = Path(settings.BASE_DIR) / "static" / "css" / "letter.css"
BASE = STYLE.with_name("letter_base.css")
FONTS = Path(settings.BASE_DIR) / "node_modules" / "@fontsource" / "inter" / "files"

_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Signs without a picture that text may bring along from where it was copied."""


class PangoMissingError(RuntimeError):
    """WeasyPrint cannot load Pango, so that no PDF can be made on this machine."""


class _Tools(NamedTuple):
    """What is read once for each process. A new font configuration for each letter would take a
    fifth more time and leak memory."""

    base: "CSS"
    style: "CSS"
    fonts: "FontConfiguration"
    fetcher: Any


@cache
def _tools() -> _Tools:
    try:
        from weasyprint import CSS
        from weasyprint.text.fonts import FontConfiguration
        from weasyprint.urls import URLFetcher
    except OSError as error:
        raise PangoMissingError(str(error)) from error

    class OwnFiles(URLFetcher):  # type: ignore[misc]
        """Opens the product's own style sheet and fonts, and what stands in the document itself."""

        def fetch(self, url: str, headers: Any = None) -> Any:
            own = (STYLE.parent.as_uri() + "/", FONTS.as_uri() + "/", "data:")
            if not url.startswith(own):
                raise ValueError(f"not a file of the letters: {url[:80]}")
            return super().fetch(url, headers)

    fetcher, fonts = OwnFiles(allowed_protocols=("file", "data")), FontConfiguration()
    sheet = STYLE.read_text(encoding="utf-8").replace("../inter/", f"{FONTS.as_uri()}/")
    style = CSS(string=sheet, font_config=fonts, url_fetcher=fetcher)
    base = CSS(string=BASE.read_text(encoding="utf-8"))
    atexit.register(_tools.cache_clear)  # before Python takes apart what fonts need to go
    return _Tools(base, style, fonts, fetcher)


def pdf(xhtml: str) -> bytes:
    """The bytes of a letter from well-formed XHTML with ``lang`` and ``title``.

    Raises :class:`PangoMissingError`, and ``ElementTree.ParseError`` for a template that is not
    well formed (it is the product's own, so that this is a fault of the product).
    """
    tools, readable = _tools(), _NOT_IN_XML.sub("", xhtml)
    from cssselect2 import ElementWrapper
    from weasyprint import HTML

    class Letter(HTML):  # type: ignore[misc]
        """Parsed as XML, since WeasyPrint's own parser of HTML takes a sixth of a letter's time;
        and with a style sheet for the elements of letters in the place of its own for all HTML."""

        def __init__(self) -> None:
            root = ElementTree.fromstring(readable)  # noqa: S314 - from our own templates
            self.base_url, self.url_fetcher, self.media_type = None, tools.fetcher, "print"
            self.wrapper_element = ElementWrapper.from_html_root(root, content_language=None)
            self.etree_element = self.wrapper_element.etree_element

        def _ua_stylesheets(self, forms: bool = False) -> "list[CSS]":
            return [tools.base]

    return bytes(
        Letter().write_pdf(
            stylesheets=[tools.style],
            font_config=tools.fonts,
            pdf_variant="pdf/ua-1",
            pdf_version="1.7",
            pdf_tags=True,
            finisher=_scope_headers,
        )
    )


def _scope_headers(_document: Any, file: Any) -> None:
    """Say of each table header whether it heads its column or its row; WeasyPrint links only cells
    of data to their headers, which leaves the corner cell without either."""
    by_number = {getattr(obj, "number", None): obj for obj in file.objects}

    def parent(element: Any) -> Any:
        return by_number[int(element["P"].split()[0])]

    for element in file.objects:
        if isinstance(element, dict) and element.get("S") == "/TH":
            column = parent(parent(element)).get("S") == "/THead"
            element["A"] = _attributes(column=column)


def _attributes(*, column: bool) -> Any:
    from pydyf import Dictionary

    return Dictionary({"O": "/Table", "Scope": "/Column" if column else "/Row"})
