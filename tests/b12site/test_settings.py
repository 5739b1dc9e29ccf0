"""The settings as a process of its own reads them from a given environment."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
PROGRAM = """
import json, b12site.settings as s
print(json.dumps({name: getattr(s, name) for name in dir(s) if name.isupper()}, default=str))
"""

Read = Callable[..., dict[str, Any]]


def run(code: str, var: Path, **environment: str) -> "subprocess.CompletedProcess[str]":
    path = {"PATH": os.environ["PATH"], "B12_VAR": str(var)}
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=path | environment,
        capture_output=True,
        text=True,
    )


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def settings(**environment: str) -> dict[str, Any]:
        process = run(PROGRAM, tmp_path / "var", **environment)
        assert process.returncode == 0, process.stderr
        values: dict[str, Any] = json.loads(process.stdout)
        return values

    return settings


def test_it_is_safe_when_nothing_is_set(read: Read) -> None:
    settings = read()
    expected = {
        "DEBUG": False,
        "B12_DEMO": False,
        "ALLOWED_HOSTS": ["localhost", "127.0.0.1", "[::1]"],
        "SECURE_SSL_REDIRECT": True,
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True,
        "LANGUAGE_COOKIE_SECURE": True,
        "SESSION_COOKIE_NAME": "__Host-b12_session",
        "SECURE_HSTS_SECONDS": 31_536_000,
    }
    assert {name: settings[name] for name in expected} == expected
    assert settings["PASSWORD_HASHERS"][0].endswith("Argon2PasswordHasher")


def test_it_can_serve_plain_http_on_the_own_machine(read: Read) -> None:
    settings = read(B12_HTTPS="0")
    assert settings["SECURE_SSL_REDIRECT"] is False
    assert settings["SESSION_COOKIE_SECURE"] is False
    assert settings["SESSION_COOKIE_NAME"] == "b12_session"


@pytest.mark.parametrize("value", ["true", "yes", "no", "2"])
def test_it_refuses_a_switch_that_is_neither_on_nor_off(tmp_path: Path, value: str) -> None:
    process = run(PROGRAM, tmp_path, B12_HTTPS=value)
    assert process.returncode != 0
    assert (
        f"B12_HTTPS is '{value}'. Set it to 1 (on) or 0 (off), or leave it out." in process.stderr
    )


def test_it_answers_to_the_hosts_that_are_named(read: Read) -> None:
    hosts = read(B12_ALLOWED_HOSTS="b12.example, ,[::1]")["ALLOWED_HOSTS"]
    assert hosts == ["b12.example", "[::1]"]


def test_it_keeps_an_sqlite_database_safe(read: Read) -> None:
    options = read()["DATABASES"]["default"]["OPTIONS"]
    assert options["transaction_mode"] == "IMMEDIATE"
    assert "journal_mode=WAL" in options["init_command"]
    assert "synchronous=FULL" in options["init_command"]


def test_it_uses_the_database_that_is_named(read: Read) -> None:
    database = read(DATABASE_URL="postgres://b12:secret@db.example:5433/b12")["DATABASES"][
        "default"
    ]
    assert database["ENGINE"] == "django.db.backends.postgresql"
    assert (database["HOST"], database["PORT"], database["NAME"]) == ("db.example", 5433, "b12")
    assert not database.get("OPTIONS")


@pytest.mark.parametrize(
    ("url", "host", "port", "tls", "ssl"),
    [
        (
            "smtp+tls://post%40b12.example:p%2Fw@mail.example:2587",
            "mail.example",
            2587,
            True,
            False,
        ),
        ("smtp+tls://post%40b12.example:p%2Fw@mail.example", "mail.example", 587, True, False),
        ("smtps://post%40b12.example:p%2Fw@mail.example", "mail.example", 465, False, True),
        ("smtp://post%40b12.example:p%2Fw@mail.example", "mail.example", 25, False, False),
    ],
)
def test_it_sends_email_by_the_server_that_is_named(
    read: Read, url: str, host: str, port: int, tls: bool, ssl: bool
) -> None:
    settings = read(EMAIL_URL=url, B12_EMAIL_FROM="b12@practice.example")
    assert settings["EMAIL_BACKEND"].endswith("smtp.EmailBackend")
    assert (settings["EMAIL_HOST"], settings["EMAIL_PORT"]) == (host, port)
    assert (settings["EMAIL_USE_TLS"], settings["EMAIL_USE_SSL"]) == (tls, ssl)
    assert settings["EMAIL_HOST_USER"] == "post@b12.example"
    assert settings["EMAIL_HOST_PASSWORD"] == "p/w"
    assert (settings["SENDS_EMAIL"], settings["DEFAULT_FROM_EMAIL"]) == (
        True,
        "b12@practice.example",
    )


def test_it_sends_no_email_when_nothing_is_set(read: Read) -> None:
    settings = read()
    assert settings["EMAIL_BACKEND"].endswith("dummy.EmailBackend")
    assert settings["SENDS_EMAIL"] is False


def test_a_demonstration_prints_its_email(read: Read) -> None:
    settings = read(B12_DEMO="1")
    assert settings["EMAIL_BACKEND"].endswith("console.EmailBackend")
    assert settings["SENDS_EMAIL"] is True


@pytest.mark.parametrize(
    "url", ["mail.example", "imap://mail.example", "smtp://u:secret@mail.example:port", "smtp"]
)
def test_it_refuses_an_email_address_that_it_does_not_understand(tmp_path: Path, url: str) -> None:
    process = run(PROGRAM, tmp_path, EMAIL_URL=url)
    assert process.returncode != 0
    assert "EMAIL_URL is not understood" in process.stderr
    assert "secret" not in process.stderr


def test_it_believes_as_many_proxies_as_there_are(read: Read) -> None:
    name = "ALLAUTH_TRUSTED_PROXY_COUNT"
    assert (read()[name], read(B12_HTTPS="0")[name], read(B12_PROXIES="2")[name]) == (1, 0, 2)


def test_it_refuses_a_number_that_is_none(tmp_path: Path) -> None:
    process = run(PROGRAM, tmp_path, B12_PROXIES="one")
    assert "B12_PROXIES is 'one'. Set it to a number" in process.stderr


def test_it_makes_the_secret_key_once_for_its_owner_only(read: Read, tmp_path: Path) -> None:
    first, second = read()["SECRET_KEY"], read()["SECRET_KEY"]
    file = tmp_path / "var" / "secret_key"
    assert first == second == file.read_text()
    assert len(first) >= 50
    assert file.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in file.parent.iterdir()] == ["secret_key"]


def test_it_makes_another_key_in_another_place(read: Read, tmp_path: Path) -> None:
    assert read()["SECRET_KEY"] != read(B12_VAR=str(tmp_path / "other"))["SECRET_KEY"]


def test_it_takes_the_secret_key_from_the_environment(read: Read, tmp_path: Path) -> None:
    assert read(B12_SECRET_KEY="k" * 60)["SECRET_KEY"] == "k" * 60
    assert not (tmp_path / "var" / "secret_key").exists()


def test_two_workers_that_start_together_agree_on_the_key(tmp_path: Path) -> None:
    code = "import b12site.settings as s; print(s.SECRET_KEY)"
    command = [sys.executable, "-c", code]
    environment = {"PATH": os.environ["PATH"], "B12_VAR": str(tmp_path)}
    workers = [
        subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE)
        for _ in range(2)
    ]
    assert len({worker.communicate()[0] for worker in workers}) == 1


def test_it_keeps_compiled_templates_in_memory() -> None:
    from django.template import engines

    loaders = engines["django"].engine.template_loaders  # type: ignore[attr-defined]
    assert [type(loader).__module__ for loader in loaders] == ["django.template.loaders.cached"]
