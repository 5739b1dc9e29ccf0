"""Tells what to install where the libraries that write PDF are missing.

A script of its own, without Django or WeasyPrint: importing WeasyPrint takes most of a second.
"""

import ctypes.util

# What WeasyPrint 70 loads, as the linker knows it.
LIBRARIES = (
    "gobject-2.0",
    "pango-1.0",
    "pangoft2-1.0",
    "harfbuzz",
    "harfbuzz-subset",
    "fontconfig",
)

ADVICE = """\
PDF is not available: {missing} not found. Everything else works. On Debian and Ubuntu:
    apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"""


def missing_libraries() -> list[str]:
    """The names of the libraries that this machine does not have."""
    return [name for name in LIBRARIES if not ctypes.util.find_library(name)]


if __name__ == "__main__":
    if missing := missing_libraries():
        print(ADVICE.format(missing=", ".join(missing)))
