"""The site's addresses and some whose pages fail."""

from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.urls import path

from b12site.urls import handler400 as handler400
from b12site.urls import urlpatterns as site_urls

FAILURES = {
    "fault": ZeroDivisionError("patient 42"),
    "forbidden": PermissionDenied("patient 42"),
    "large": RequestDataTooBig("patient 42"),
    "suspicious": SuspiciousOperation("patient 42"),
}


def fail(request: HttpRequest, failure: str) -> HttpResponse:
    raise FAILURES[failure]


urlpatterns = [*site_urls, path("fail/<failure>", fail)]
