"""Reads the settings' environment variables and the secret key."""

import os
import secrets
import tempfile
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def flag(name: str, *, default: bool) -> bool:
    """True for "1", False for "0". Anything else is refused: a typing error in a switch
    that guards patients' data must not pass for one of the two."""
    value = os.environ.get(name, "")
    if value in {"", "0", "1"}:
        return default if value == "" else value == "1"
    raise ImproperlyConfigured(
        f"{name} is {value!r}. Set it to 1 (on) or 0 (off), or leave it out."
    )


def number(name: str, *, default: int) -> int:
    """A number of things, none or more."""
    value = os.environ.get(name, "")
    if value and not (value.isascii() and value.isdecimal()):
        raise ImproperlyConfigured(f"{name} is {value!r}. Set it to a number, or leave it out.")
    return int(value) if value else default


_MAIL = "django.core.mail.backends"
# Scheme -> port, encrypted by STARTTLS, encrypted from the first byte.
_SMTP = {"smtp": (25, False, False), "smtp+tls": (587, True, False), "smtps": (465, False, True)}


def email(url: str) -> dict[str, Any]:
    """Django's settings for e-mail: "console:" prints it, "" sends none. A wrong address stops the
    start, and is not shown, because it may hold a password."""
    if url in {"", "console:"}:
        return {"EMAIL_BACKEND": f"{_MAIL}.{'console' if url else 'dummy'}.EmailBackend"}
    try:
        parts = urlsplit(url)
        (usual_port, tls, ssl), port = _SMTP[parts.scheme], parts.port
    except (KeyError, ValueError):
        raise ImproperlyConfigured(
            "EMAIL_URL is not understood. Write smtp+tls://user:password@host:587, smtps://, "
            "smtp:// or console: (signs such as @ and / in the password as %40 and %2F)."
        ) from None
    return {
        "EMAIL_BACKEND": f"{_MAIL}.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname or "localhost",
        "EMAIL_PORT": port or usual_port,
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": tls,
        "EMAIL_USE_SSL": ssl,
    }


def words(name: str, *, default: str) -> list[str]:
    """The comma-separated words of a variable, without the blank ones."""
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


def secret_key(path: Path) -> str:
    """The key in the file, which is made on the first call and readable by its owner only.

    Two workers may start at the same time: the key is written aside and then linked into
    place, so that the first one wins and nobody ever reads half a key.
    """
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, aside = tempfile.mkstemp(dir=path.parent)  # mkstemp's mode is 600
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(64))
        try:
            os.link(aside, path)
        except FileExistsError:
            pass
        finally:
            Path(aside).unlink()
    return path.read_text().strip()
