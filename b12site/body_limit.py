"""No body over DATA_UPLOAD_MAX_MEMORY_SIZE bytes is taken in, however it is sent.

Django's own limit leaves files out, and it reads no body at all without a Content-Length,
which a chunked request does not have.
"""

from collections.abc import Callable, Iterable
from io import BytesIO
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from b12site.errors import too_large

WsgiApplication = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

# In bytes. Many browsers show an answer only when they got rid of their whole body, so more
# than the limit is read and thrown away; whoever sends more than this is cut off.
DISCARDED = 5_000_000


def body_limit(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: 413 for a body that is larger than the limit."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if declared_length(request) <= settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            return get_response(request)
        discard_body(request)
        return too_large(request)

    return middleware


def declared_length(request: HttpRequest) -> int:
    """Content-Length in bytes; without one, or with nonsense, Django reads no body either."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    return int(length) if length.isascii() and length.isdecimal() else 0


def discard_body(request: HttpRequest) -> None:
    """Reads and forgets at most DISCARDED bytes."""
    left = DISCARDED
    while left > 0 and (piece := request.read(65_536)):
        left -= len(piece)


def with_content_length(application: WsgiApplication) -> WsgiApplication:
    """Gives a chunked request a Content-Length before Django sees it.

    Nothing is held in memory beyond twice the limit, which is enough to know it is too much.
    """

    def wrapped(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if "chunked" in environ.get("HTTP_TRANSFER_ENCODING", "").lower():
            body = environ["wsgi.input"].read(2 * settings.DATA_UPLOAD_MAX_MEMORY_SIZE)
            environ["wsgi.input"] = BytesIO(body)
            environ["CONTENT_LENGTH"] = str(len(body))
        return application(environ, start_response)

    return wrapped
