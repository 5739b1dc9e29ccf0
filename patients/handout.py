"""The handout: the one letter that is open to anybody, since it names nobody. Nothing is stored."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from b12site.accounts.active import actor_of
from interpretation.forms import CaseForm
from interpretation.guideline import Interpretation, edition_for, interpret
from interpretation.views import answer_context

from .letters.render import PangoMissingError
from .models import LetterLanguage
from .pdf_pages import no_pdf_page, pdf_answer
from .reading import letters_data


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def handout(request: HttpRequest) -> HttpResponse:
    """With the answer to the case in the form, if something is filled in there."""
    if request.method != "POST":
        return redirect("interpretation:interpret")
    form = CaseForm(request.POST, today=timezone.localdate())
    result = None
    if form.has_changed():
        shown = answer_context(form)
        if shown["errors"] or shown["answer"] is None:
            context = {"form": form, "only_answer": False, **shown}
            return render(request, "interpretation/page.html", context)
        result = _answer(form)
    try:
        return pdf_answer(_printed(request, result), "b12.pdf")
    except PangoMissingError:
        return no_pdf_page(request)


def _answer(form: CaseForm) -> Interpretation:
    case = form.case()
    return interpret(case, edition_for(case.as_of))


def _printed(request: HttpRequest, result: Interpretation | None) -> bytes:
    """In the language of the button that was pressed, with the letterhead of whoever is signed
    in."""
    asked = request.POST.get("letter_language", "")
    language = asked if asked in LetterLanguage.values else LetterLanguage.BOKMAL.value
    actor = actor_of(request)
    practice = actor.practice if actor else None
    build = letters_data.builder("handout")
    letter = build(language=language, practice=practice, interpretation=result)
    return letters_data.printed(letter)
