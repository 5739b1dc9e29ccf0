"""gunicorn's own answers, to what is no proper request or fails outside Django.

gunicorn has no setting for them, and its page quotes the request. This one says less, and carries
the headers of the pages. ``gunicorn_conf`` puts it in place.
"""

import socket
from collections.abc import Iterator

from django.conf import settings
from gunicorn import util

from b12site.headers import OWN

HSTS = "max-age=%d; includeSubDomains; preload"


def refuse(sock: socket.socket, status: int, reason: str, _quoting: str) -> None:
    """In the place of ``gunicorn.util.write_error``."""
    util.write_nonblock(sock, answer(status, reason))


def answer(status: int, reason: str) -> bytes:
    body = f"{status} {reason}\n"
    lines = [f"{name}: {value}" for name, value in _headers(len(body))]
    return "\r\n".join([f"HTTP/1.1 {status} {reason}", *lines, "", body]).encode("latin1")


def _headers(length: int) -> Iterator[tuple[str, str]]:
    yield from OWN.items()
    yield "Connection", "close"
    yield "Content-Length", str(length)
    yield "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"
    yield "Content-Type", "text/plain; charset=utf-8"
    yield "Cross-Origin-Opener-Policy", settings.SECURE_CROSS_ORIGIN_OPENER_POLICY
    yield "Referrer-Policy", settings.SECURE_REFERRER_POLICY
    yield "X-Content-Type-Options", "nosniff"
    yield "X-Frame-Options", settings.X_FRAME_OPTIONS
    if settings.HTTPS:  # gunicorn does not know yet how the request came to the proxy
        yield "Strict-Transport-Security", HSTS % settings.SECURE_HSTS_SECONDS
