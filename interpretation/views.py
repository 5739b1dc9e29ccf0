"""The front page: a case in, the guideline's answer out. Nothing is stored."""

from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from b12site.language import with_language_switch

from .flowchart import flowchart
from .forms import CaseForm
from .guideline import interpret
from .guideline.edition import edition_for
from .presenters import error_texts, present


@never_cache
@with_language_switch
@require_http_methods(["GET", "HEAD", "POST"])
def interpret_case(request: HttpRequest) -> HttpResponse:
    """The empty form; after a post the form with its answer, for htmx the answer alone."""
    data = request.POST if request.method == "POST" else None
    form = CaseForm(data, today=timezone.localdate())
    if "language" in request.POST and not form.has_changed():
        form = CaseForm(None, today=timezone.localdate())
    only_answer = form.is_bound and bool(request.headers.get("HX-Request"))
    context = {"form": form, "only_answer": only_answer, "errors": [], "answer": None}
    if form.is_bound:
        context |= answer_context(form)
    return render(
        request,
        "interpretation/answer.html" if only_answer else "interpretation/page.html",
        context,
    )


def answer_context(form: CaseForm) -> dict[str, Any]:
    """What the answer shows; raises ``BadRequest`` when a code was sent that is not offered."""
    form.is_valid()
    if form.tampered:
        raise BadRequest("a code that the form does not offer")
    if not form.answerable:
        return {"answer": None, "chart": None, "errors": error_texts(form)}
    case = form.case()
    edition = edition_for(case.as_of)
    result = interpret(case, edition)
    form.add_refusals(result.errors)
    answer = present(result, case, edition, form.sample_dates(), form.old_results())
    return {"answer": answer, "chart": flowchart(result), "errors": error_texts(form)}
