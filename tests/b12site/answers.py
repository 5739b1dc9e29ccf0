"""What every answer of the site must carry, and every address that it has."""

from collections.abc import Iterator, Mapping
from email.message import Message
from typing import NamedTuple

from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.regex_helper import normalize

FIXED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
HSTS = "max-age=31536000; includeSubDomains; preload"
SOURCES = {"'none'", "'self'", "'self' data:"}

Headers = Mapping[str, str] | Message


def faults(
    headers: Headers, *, https: bool = True, file: bool = False, framed: bool = False
) -> set[str]:
    """The names of the headers that are not as they must be. A file may be kept by the browser; a
    framed answer may stand in a frame of our own pages."""
    fixed = FIXED | ({"X-Frame-Options": "SAMEORIGIN"} if framed else {})
    wrong = {name for name, value in fixed.items() if headers.get(name) != value}
    frames = "'self'" if framed else "'none'"
    if not policy_is_strict(str(headers.get("Content-Security-Policy", "")), frames):
        wrong.add("Content-Security-Policy")
    if "camera=()" not in str(headers.get("Permissions-Policy")):
        wrong.add("Permissions-Policy")
    if headers.get("Strict-Transport-Security") != (HSTS if https else None):
        wrong.add("Strict-Transport-Security")
    kept = "immutable" if file else "no-store"
    if kept not in str(headers.get("Cache-Control")):
        wrong.add("Cache-Control")
    return wrong | {name for name in ("Access-Control-Allow-Origin",) if headers.get(name)}


def policy_is_strict(policy: str, frames: str) -> bool:
    """Nothing but the own address, and nothing at all where nothing is said."""
    directives = dict(part.strip().partition(" ")[::2] for part in policy.split(";"))
    closed = (directives.get("default-src"), directives.get("frame-ancestors"))
    return closed == ("'none'", frames) and set(directives.values()) <= SOURCES


class Route(NamedTuple):
    """One address of the site; ``parameters`` by name, each with its converter."""

    name: str
    path: str
    parameters: Mapping[str, str]


STANDING_IN = {"app_label": "accounts", "url": "nothing", "uidb36": "1", "key": "1-set-password"}
"""For parameters that take no number."""


def routes(
    resolver: URLResolver | None = None, regex: str = "", named: str = ""
) -> Iterator[Route]:
    """All of them, with 1 in the place of each number."""
    resolver = resolver or get_resolver()
    for pattern in resolver.url_patterns:
        below = regex + _regex(pattern)
        if isinstance(pattern, URLResolver):
            space = f"{named}{pattern.namespace}:" if pattern.namespace else named
            yield from routes(pattern, below, space)
        else:
            yield _route(pattern, below, named)


def _regex(pattern: URLPattern | URLResolver) -> str:
    return str(pattern.pattern.regex.pattern).removeprefix("^")


def _route(pattern: URLPattern, regex: str, named: str) -> Route:
    path, names = normalize(regex)[0]
    values = {name: STANDING_IN.get(name, "1") for name in names}
    converters = pattern.pattern.converters
    kinds = {name: type(converters[name]).__name__ if name in converters else "" for name in names}
    return Route(f"{named}{pattern.name or pattern.lookup_str}", f"/{path % values}", kinds)
