"""The site's addresses and some whose pages fail."""

from collections.abc import Callable

from allauth.core.ratelimit import respond_429
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.urls import path
from django.views.csrf import csrf_failure

from b12site.urls import handler400 as handler400
from b12site.urls import urlpatterns as site_urls

FAILURES = {
    "fault": ZeroDivisionError("patient 42"),
    "forbidden": PermissionDenied("patient 42"),
    "large": RequestDataTooBig("patient 42"),
    "suspicious": SuspiciousOperation("patient 42"),
}
REFUSALS: dict[str, Callable[[HttpRequest], HttpResponse]] = {
    "method": lambda request: HttpResponseNotAllowed(["POST"]),
    "often": respond_429,
    "token": csrf_failure,
}


def fail(request: HttpRequest, failure: str) -> HttpResponse:
    if failure in REFUSALS:
        return REFUSALS[failure](request)
    raise FAILURES[failure]


urlpatterns = [*site_urls, path("fail/<failure>", fail)]
