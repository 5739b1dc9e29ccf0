"""No password, key or token lies in the repository."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from detect_secrets.core.scan import scan_file
from detect_secrets.settings import transient_settings

ROOT = Path(__file__).parents[2]

# What somebody who works here could leave behind, and long random strings of any kind.
DETECTORS = (
    "AWSKeyDetector",
    "Base64HighEntropyString",
    "BasicAuthDetector",
    "GitHubTokenDetector",
    "GitLabTokenDetector",
    "HexHighEntropyString",
    "JwtTokenDetector",
    "KeywordDetector",
    "NpmDetector",
    "PrivateKeyDetector",
    "PypiTokenDetector",
)
_FILTERS = "detect_secrets.filters"
FILTERS = (
    "heuristic.is_indirect_reference",
    "heuristic.is_likely_id_string",
    "heuristic.is_lock_file",
    "heuristic.is_not_alphanumeric_string",
    "heuristic.is_potential_uuid",
    "heuristic.is_sequential_string",
    "heuristic.is_templated_secret",
)
SETTINGS = {
    "plugins_used": [{"name": name} for name in DETECTORS],
    "filters_used": [{"path": f"{_FILTERS}.{name}"} for name in FILTERS],
}
# What is taken for a secret and is none.
KNOWN = {
    "password": "stands for one, in examples of addresses",
    "p%2Fw": "written and read in the test of addresses of mail servers",
    "p/w": "the same",
    "secret": "the same",
    "b12-demo-passord": "of the invented users of a demonstration, and printed in the README",
}
CLASSES = ("b12site.", "django.")
"""Addresses of classes in the settings, whose names speak of passwords."""
IN_TESTS = "Secret Keyword"
"""Tests sign invented users in. Keys and tokens are looked for in them, too."""
GENERATED = {".po", ".png", ".lock"}
"""Texts of the source and their translations; pictures."""


def secrets_in(path: Path) -> Iterator[str]:
    for found in scan_file(str(path)):
        value = found.secret_value or ""
        in_tests = "tests" in path.parts and found.type == IN_TESTS
        if value not in KNOWN and not value.startswith(CLASSES) and not in_tests:
            yield f"{path.name}:{found.line_number} {found.type}"


def test_no_file_holds_a_secret(tracked_files: list[Path]) -> None:
    looked_at = [path for path in tracked_files if path.suffix not in GENERATED]
    assert len(looked_at) > 100
    with transient_settings(SETTINGS):
        assert [found for path in looked_at for found in secrets_in(path)] == []


@pytest.mark.parametrize(
    "line",
    [
        "SECRET_KEY = 'x9f!kQ7@2mZ-" + "p4Lw8vT1'",
        "DATABASE_URL=postgres://b12:" + "hunter2tiger@db.example/b12",
        "-----BEGIN RSA PRIVATE " + "KEY-----",
        "token = 'ghp_" + "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8'",
        "key: '" + "8f14e45fceea167a5a36dedd4bea2543c9a1'",
    ],
)
def test_it_would_be_found(tmp_path: Path, line: str) -> None:
    file = tmp_path / "settings.py"
    file.write_text(f"{line}\n")
    with transient_settings(SETTINGS):
        assert list(secrets_in(file))
