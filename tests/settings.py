"""The site's settings for tests: http, quick password hashes, static files as they lie."""

import os
from pathlib import Path

os.environ["B12_HTTPS"] = "0"
os.environ["B12_DEMO"] = "0"
os.environ["B12_VAR"] = str(Path(__file__).parent.parent / "var" / "tests")

from b12site.settings import *  # noqa: F403
from b12site.settings import MIDDLEWARE, STORAGES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
MIDDLEWARE = [name for name in MIDDLEWARE if "whitenoise" not in name]
STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
