"""The front page: a case in, the guideline's answer out. Nothing is stored."""

from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from b12site.language import with_language_switch

from .flowchart import flowchart
from .forms import CaseForm
from .guideline import interpret
from .guideline.edition import edition_for
from .pasting import PasteForm, chosen_twice, filled_in, replaced, ticked, typed_before
from .presenters import error_texts, present
from .presenters.paste import preselected, review


@never_cache
@with_language_switch
@require_http_methods(["GET", "HEAD", "POST"])
def interpret_case(request: HttpRequest) -> HttpResponse:
    """The empty form; after a post the form with its answer, for htmx the answer alone."""
    return _page(request, request.POST if request.method == "POST" else None)


@never_cache
@with_language_switch
@require_http_methods(["GET", "HEAD", "POST"])
def paste(request: HttpRequest) -> HttpResponse:
    """A box for the laboratory's answers, then each line as it was read, then the case form filled
    with what was confirmed. What was typed before is sent along."""
    data = request.POST
    form = PasteForm(data if "text" in data else None, today=timezone.localdate())
    lines = form.lines if form.is_valid() else ()
    shown = lines and form.was_shown
    marked = ticked(data, lines) if shown else preselected(lines, newest_only=True)
    chosen = [lines[place] for place in sorted(marked)]
    filling = shown and "fill" in data
    problem = chosen_twice(chosen) if filling else ""
    if filling and not problem:
        return _page(request, filled_in(data, chosen))
    context = {
        "form": form,
        "typed": typed_before(data),
        "problem": problem,
        "review": review(lines, marked, replaced(data, lines)) if lines else None,
    }
    return render(request, "interpretation/paste.html", context)


def _page(request: HttpRequest, data: QueryDict | None) -> HttpResponse:
    form = CaseForm(data, today=timezone.localdate())
    if request.POST.keys() & {"language", "back"} and not form.has_changed():
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
