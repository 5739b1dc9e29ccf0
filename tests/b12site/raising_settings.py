"""The site's settings with pages that fail."""

from b12site.settings import *  # noqa: F403

ROOT_URLCONF = "tests.b12site.raising_urls"
