"""/healthz tells a supervisor whether this process can do its work."""

from collections.abc import Callable

from django.db import Error, connection
from django.http import HttpRequest, HttpResponse, JsonResponse


def health(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware, not a view: nothing else (host names, https, sessions) stands before it."""

    def middleware(request: HttpRequest) -> HttpResponse:
        return health_response() if request.path == "/healthz" else get_response(request)

    return middleware


def health_response() -> HttpResponse:
    """200 with the database reachable, 503 without."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        response = JsonResponse({"status": "database unreachable"}, status=503)
    else:
        response = JsonResponse({"status": "ok"})
    response.headers["Cache-Control"] = "no-store"
    return response
