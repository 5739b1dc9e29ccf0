"""Reads the settings' environment variables and the secret key."""

import os
import secrets
import tempfile
from pathlib import Path

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
