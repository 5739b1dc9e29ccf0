"""The site's settings for tests: http, quick password hashes, static files as they lie."""

import os
from pathlib import Path

os.environ["B12_HTTPS"] = "0"
os.environ["B12_DEMO"] = "0"
os.environ["B12_VAR"] = str(Path(__file__).parent.parent / "var" / "tests")

from b12site.settings import *  # noqa: F403
from b12site.settings import DATABASES, MIDDLEWARE, STORAGES, VAR_DIR

SENDS_EMAIL = True  # into a list, which is what Django's test runner does with it
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
MIDDLEWARE = [name for name in MIDDLEWARE if "whitenoise" not in name]
STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, as it is used: readers in memory that share one database would be refused, not kept
    # waiting, while another writes. It need not survive a power cut.
    DATABASES["default"]["TEST"] = {"NAME": VAR_DIR / f"test-{os.getpid()}.sqlite3"}
    DATABASES["default"]["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"
