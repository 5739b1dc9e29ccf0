"""Whoever prints no letter pays nothing for it."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
LOADED = """
import django, sys
django.setup()
import b12site.urls, patients.letter_batches, patients.reading.letters_data
print(sorted({"lxml", "pikepdf", "weasyprint"} & set(sys.modules)))
"""


def test_the_server_loads_no_typesetter_before_somebody_prints() -> None:
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings"}
    answer = subprocess.run(
        [sys.executable, "-c", LOADED],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert answer.stdout.strip() == "[]"
