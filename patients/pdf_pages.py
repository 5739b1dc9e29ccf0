"""Letters as answers to a browser: the file itself, or a page that says why there is none."""

from csp.constants import NONE, SELF
from csp.decorators import csp_replace
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin

from .presenters.letters import no_pdf

in_frame = xframe_options_sameorigin
"""For a view whose answer stands in a frame of the letter's own page."""

in_own_frame = csp_replace(
    {
        "default-src": [NONE],
        "frame-ancestors": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [SELF],
        "style-src": [SELF],
        "font-src": [SELF],
    }
)


def pdf_answer(pdf: bytes, name: str) -> HttpResponse:
    """Shown in the browser; neither name nor address says anything about a person."""
    answer = HttpResponse(pdf, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{name}"'
    answer["Cache-Control"] = "no-store, private"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def no_pdf_page(request: HttpRequest) -> HttpResponse:
    """Pango is missing."""
    context = {
        "why": _("This machine lacks the libraries that PDF is made with."),
        "install": no_pdf(),
    }
    return render(request, "patients/letter/no_pdf.html", context, status=503)


def problem_page(request: HttpRequest, why: str, status: int = 409) -> HttpResponse:
    """There is no letter to show; ``why`` says what to do."""
    context = {"why": why, "install": ""}
    return render(request, "patients/letter/no_pdf.html", context, status=status)


def spoilt() -> str:
    return _(
        "The stored letter is not as it was issued: its checksum does not fit. Do not use it. "
        "Tell whoever runs the server: the database has been changed from outside, or is damaged."
    )
