"""What ``make sbom`` lists: all that is shipped, under licences that we can keep."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from packaging.utils import canonicalize_name

from tests.b12site.test_repository import RUNTIME
from tests.conftest import lacking

ROOT = Path(__file__).parents[2]
SBOM = ROOT / "var" / "sbom"

# Licences that ask for no more than naming the authors, and (MPL, LGPL) for giving away changes to
# the package itself, of which we make none. Some packages name them by their old classifiers.
ALLOWED = {
    "Apache-2.0",
    "Apache-2.0 OR BSD-2-Clause",
    "Apache-2.0 OR BSD-3-Clause",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "LGPL-3.0-only",
    "MIT",
    "MIT-0",
    "MIT-CMU",
    "MPL-2.0",
    "OFL-1.1",
    "PSF-2.0",
    "License :: OSI Approved :: Apache Software License",
    "License :: OSI Approved :: BSD License",
    "License :: OSI Approved :: Mozilla Public License 2.0 (MPL 2.0)",
}
# Package -> what it names besides, and why that is no hindrance.
EXPLAINED: Mapping[str, set[str]] = {
    # One may choose among the three; we take the MPL.
    "pyphen": {
        "GPL-2.0-or-later",
        "MPL-1.1",
        "License :: OSI Approved :: GNU Lesser General Public License v2 or later (LGPLv2+)",
    },
    # The MIT licence of the script that it was written after.
    "qrcode": {"License :: Other/Proprietary License"},
}


def bill(name: str) -> dict[str, Any]:
    path = SBOM / name
    if not path.exists():
        lacking(f"{path.relative_to(ROOT)} is missing: make sbom")
    found: dict[str, Any] = json.loads(path.read_text())
    return found


def components(name: str) -> dict[str, dict[str, Any]]:
    return {part["name"]: part for part in bill(name)["components"]}


def licences(component: dict[str, Any]) -> set[str]:
    return {
        each.get("expression") or each["license"].get("id") or each["license"]["name"]
        for each in component.get("licenses", [])
    }


@pytest.mark.parametrize("name", ["python.json", "npm.json"])
def test_it_is_a_bill_that_other_programs_read(name: str) -> None:
    found = bill(name)
    assert (found["bomFormat"], found["specVersion"] >= "1.5") == ("CycloneDX", True)
    assert all(part["purl"].startswith("pkg:") for part in found["components"])


def test_it_lists_the_python_packages_that_are_pinned_and_no_others() -> None:
    listed = components("python.json")
    assert {canonicalize_name(name): part["version"] for name, part in listed.items()} == RUNTIME


def test_it_lists_the_front_end_packages_that_are_locked() -> None:
    locked = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    shipped = {
        path.removeprefix("node_modules/"): entry["version"]
        for path, entry in locked.items()
        if path and not entry.get("dev")
    }
    listed = components("npm.json")
    assert {name: part["version"] for name, part in listed.items()} == shipped


@pytest.mark.parametrize("name", ["python.json", "npm.json"])
def test_every_package_names_a_licence_that_we_can_keep(name: str) -> None:
    named = {package: licences(part) for package, part in components(name).items()}
    assert [package for package in named if not named[package]] == []
    other = {
        package: rest
        for package, found in named.items()
        if (rest := found - ALLOWED - EXPLAINED.get(package, set()))
    }
    assert other == {}
