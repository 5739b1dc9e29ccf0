"""The headers that every answer carries, whoever gives it: a page, an error, a redirect, a file.

Django's SecurityMiddleware adds its own only to what passes through it, which leaves out what it
refuses itself, such as a foreign host name.
"""

from collections.abc import Mapping
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.middleware.security import SecurityMiddleware

# What a browser can do for a page and no page of ours asks for, and the three that one does ask
# for: the copy button, and passkeys.
_UNUSED = (
    "accelerometer", "autoplay", "bluetooth", "browsing-topics", "camera", "clipboard-read",
    "display-capture", "encrypted-media", "fullscreen", "gamepad", "geolocation", "gyroscope",
    "hid", "idle-detection", "local-fonts", "magnetometer", "microphone", "midi", "payment",
    "picture-in-picture", "screen-wake-lock", "serial", "storage-access", "usb",
    "window-management", "xr-spatial-tracking",
)  # fmt: skip
_USED = ("clipboard-write", "publickey-credentials-create", "publickey-credentials-get")

OWN: Mapping[str, str] = {
    # Whitenoise says of its files how long they may be kept. Nothing else is kept, signed in or
    # not: the open page shows what somebody typed about a patient, too.
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join(
        [f"{name}=()" for name in _UNUSED] + [f"{name}=(self)" for name in _USED]
    ),
}


class EveryAnswer(SecurityMiddleware):
    """The outermost middleware. It redirects nothing: that is done further in, by its parent."""

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = cast(HttpResponse, self.get_response(request))
        for name, value in OWN.items():
            response.headers.setdefault(name, value)
        return self.process_response(request, response)
