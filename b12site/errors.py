"""Error pages that Django's own views do not cover; the texts are in templates/."""

from collections.abc import Callable

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render

from b12site.language import language


@language  # a foreign host name is refused before the middleware that chooses the language
def bad_request_page(request: HttpRequest) -> HttpResponse:
    return render(request, "400.html", status=400)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What Django refuses as malformed; too much data has a page of its own."""
    too_much = isinstance(exception, RequestDataTooBig)
    return too_large(request) if too_much else bad_request_page(request)


def too_large(request: HttpRequest) -> HttpResponse:
    """A body over DATA_UPLOAD_MAX_MEMORY_SIZE."""
    return render(request, "413.html", status=413)


def wrong_method(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: a page in the place of the empty one that Django gives, for somebody who opens
    the address of a button."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if not isinstance(response, HttpResponseNotAllowed) or response.content:
            return response
        page = render(request, "405.html", status=405)
        page.headers["Allow"] = response.headers["Allow"]
        return page

    return middleware
