"""Fixtures for the whole suite: what a machine may lack, browsers, undefined template variables."""

import logging
import os
import shutil
import subprocess
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

if TYPE_CHECKING:  # models cannot be imported before Django is set up
    from django.db.backends.base.operations import BaseDatabaseOperations

    from tests.cast import Cast

ROOT = Path(__file__).parent.parent
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
FAILURES = ROOT / "var" / "failures"

# The Debian package that brings a program.
PACKAGES = {
    "chromium": "chromium",
    "git": "git",
    "initdb": "postgresql",
    "msgfmt": "gettext",
    "npm": "npm",
    "pdfinfo": "poppler-utils",
    "pdftotext": "poppler-utils",
    "pdftoppm": "poppler-utils",
}
CHROMIUM_FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def lacking(reason: str) -> None:
    """Skips the test that asked, or fails it where nothing may be missing (REQUIRE_ALL=1)."""
    if os.environ.get("REQUIRE_ALL") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def requires() -> Callable[[str], str]:
    """requires("pdftotext") answers the program's path; without it the test is skipped."""

    def path_of(program: str) -> str:
        path = shutil.which(program)
        if path is None:
            lacking(f"{program} is missing: apt-get install {PACKAGES[program]}")
        return str(path)

    return path_of


# Databases


@pytest.fixture(scope="session", autouse=True)
def the_log_is_emptied_between_tests() -> Iterator[None]:
    """Tests with transactions of their own are cleaned up by emptying all tables, which the log's
    triggers refuse, as they should. For that one moment they are taken away; on every connection,
    since a test with a browser has one of its own."""
    from django.db import connection

    triggers = import_module("b12site.audit.migrations.0003_showing")
    operations = type(connection.ops)
    empty = operations.execute_sql_flush

    def without_triggers(self: "BaseDatabaseOperations", statements: Iterable[str]) -> None:
        with self.connection.schema_editor() as editor:
            triggers.remove(None, editor)
        empty(self, statements)
        with self.connection.schema_editor() as editor:
            triggers.install(None, editor)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(operations, "execute_sql_flush", without_triggers)
        yield


# People


@pytest.fixture
def cast(db: None) -> "Cast":
    """A doctor, a colleague and the others of a practice, and a doctor of another one."""
    from tests.cast import make_cast

    return make_cast()


# Undefined variables


class UndefinedVariables(logging.Handler):
    """Fails the test in which a template of ours names a variable that is not there.

    Django tells only its log: the page shows nothing instead, and `if` and `for` take it for
    false or empty, so that a misspelt name can hide a warning from a doctor. Templates of
    Django's administration and of its widgets do so on purpose.
    """

    not_ours = ("admin/", "auth/", "django/", "registration/")

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.found: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if "while resolving variable" in record.msg and isinstance(record.args, tuple):
            variable, template = record.args
            if not str(template).startswith(self.not_ours):
                self.found.append(f"{variable} in {template}")


@pytest.fixture(autouse=True)
def undefined_variables() -> Iterator[list[str]]:
    """What was found so far; the test fails at its end if anything is left in the list."""
    logger, handler = logging.getLogger("django.template"), UndefinedVariables()
    logger.addHandler(handler)
    logger.setLevel(logging.DEBUG)
    logger.propagate = False
    yield handler.found
    logger.removeHandler(handler)
    if handler.found:
        pytest.fail(f"Undefined template variables: {sorted(set(handler.found))}")


# Browsers


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker("journey")


@pytest.fixture(scope="session")
def browser(requires: Callable[[str], str]) -> Iterator[Browser]:
    """The system's Chromium. Playwright runs an event loop in this thread, in which Django
    refuses the database unless told that nothing else runs in that loop."""
    executable = requires("chromium")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable, args=CHROMIUM_FLAGS)
        yield chromium
        chromium.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def context(browser: Browser, live_server: LiveServer) -> Iterator[BrowserContext]:
    """A fresh browser profile, whose relative addresses are those of the live server."""
    context = browser.new_context(
        base_url=live_server.url, locale="en-US", viewport={"width": 1280, "height": 900}
    )
    context.set_default_timeout(10_000)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page that fails the test when its console shows an error, such as a refused script.

    That the page itself was answered with an error status is for the test to judge, and what
    axe tries on the page (it has no address) is not the page's doing. Of a failed test,
    picture and source stay in var/failures.
    """
    page, errors = context.new_page(), []

    def note(message: ConsoleMessage) -> None:
        source = message.location["url"]
        refused = source == page.url and "status of 4" in message.text
        if message.type == "error" and source and not refused:
            errors.append(message.text)

    page.on("console", note)
    page.on("pageerror", lambda error: errors.append(str(error)))
    failed_before = request.session.testsfailed
    yield page
    if errors or request.session.testsfailed > failed_before:
        keep(page, request.node.name)
    assert errors == []


def keep(page: Page, name: str) -> None:
    FAILURES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=FAILURES / f"{name}.png", full_page=True)
    (FAILURES / f"{name}.html").write_text(page.content())


@pytest.fixture(scope="session")
def accessibility_violations() -> Callable[[Page], list[str]]:
    """What axe finds on a page as it stands, each as "rule: elements"; nothing is good."""
    axe = AXE.read_text()

    def violations(page: Page) -> list[str]:
        page.evaluate(axe)
        found = page.evaluate("axe.run()")["violations"]
        return [f"{rule['id']}: {[node['html'] for node in rule['nodes']]}" for rule in found]

    return violations


@pytest.fixture(scope="session")
def tracked_files(requires: Callable[[str], str]) -> list[Path]:
    """The files that belong to the product: in git, or new and not ignored by it."""
    command = [requires("git"), "ls-files", "--cached", "--others", "--exclude-standard"]
    if not (ROOT / ".git").exists():
        lacking("this folder is a copy, not a git clone, so what belongs to it is not known")
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [ROOT / name for name in listed.splitlines() if (ROOT / name).is_file()]
