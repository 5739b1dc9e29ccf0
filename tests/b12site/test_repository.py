"""What must hold for the files of the repository themselves."""

import json
import re
from importlib.metadata import distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]

# The last letters stand in brackets, so that this file does not contain what it looks for.
FORBIDDEN = {
    "address of a package registry": r"(pyp[i]|npmj[s])\.(org|com)|pythonhoste[d]|deb\.debia[n]",
    "private key": r"-----BEGIN [A-Z ]*PRIVATE KE[Y]",
    "path of somebody's machine": r"(?<![\w.])/(hom[e]|roo[t]|User[s]|wor[k])/",
}
BINARY = {".png", ".pdf", ".mo"}


def pins(name: str) -> dict[str, str]:
    """Package -> version of a requirements file whose every pin has a reason above it."""
    lines = [line for line in (ROOT / name).read_text().splitlines() if line]
    found: dict[str, str] = {}
    for above, line in zip(["", *lines], lines, strict=False):
        if line.startswith(("#", "-r")):
            continue
        package, _, version = line.partition("==")
        assert version, f"{name}: {line} is not pinned"
        assert above.startswith("# "), f"{name}: no reason above {line}"
        found[canonicalize_name(package)] = version
    return found


RUNTIME, DEVELOPMENT = pins("requirements.txt"), pins("requirements-dev.txt")


def needs(package: str, extra: str = "") -> set[str]:
    """The packages that an installed package asks for on this machine."""
    requirements = map(Requirement, distribution(package).requires or [])
    return {
        canonicalize_name(requirement.name)
        for requirement in requirements
        if requirement.marker is None or requirement.marker.evaluate({"extra": extra})
    }


def test_what_is_installed_is_what_is_pinned() -> None:
    pinned = RUNTIME | DEVELOPMENT
    wrong = {name for name, version in pinned.items() if distribution(name).version != version}
    assert wrong == set()


def test_every_package_that_a_pinned_one_needs_is_pinned_too() -> None:
    assert {need for name in RUNTIME for need in needs(name)} - set(RUNTIME) == set()
    development = {need for name in DEVELOPMENT for need in needs(name)}
    assert development - set(RUNTIME) - set(DEVELOPMENT) == set()


def test_the_tools_for_tests_are_not_needed_to_run_the_product() -> None:
    assert set(RUNTIME) & set(DEVELOPMENT) == set()


def test_front_end_packages_are_pinned_exactly_and_locked() -> None:
    wanted = json.loads((ROOT / "package.json").read_text())
    locked = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    versions = wanted["dependencies"] | wanted["devDependencies"]
    assert {name: locked[f"node_modules/{name}"]["version"] for name in versions} == versions
    assert all(entry["integrity"].startswith("sha512-") for name, entry in locked.items() if name)


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_file_contains_the(what: str, tracked_files: list[Path]) -> None:
    pattern = re.compile(FORBIDDEN[what])
    texts = [path for path in tracked_files if path.suffix not in BINARY]
    assert len(texts) > 20
    assert {
        str(path.relative_to(ROOT)) for path in texts if pattern.search(path.read_text())
    } == set()


def test_nothing_built_or_third_party_is_kept(tracked_files: list[Path]) -> None:
    names = {path.relative_to(ROOT) for path in tracked_files}
    built = {
        name for name in names if name.suffix in {".mo", ".sqlite3", ".woff", ".woff2", ".pyc"}
    }
    folders = {name.parts[0] for name in names} & {"node_modules", ".venv", "var"}
    assert (built, folders) == (set(), set())
