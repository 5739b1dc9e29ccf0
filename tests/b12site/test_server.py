"""The site as it is served: gunicorn, production settings, collected static files."""

import http.client
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest

ROOT = Path(__file__).parents[2]
FORM = "application/x-www-form-urlencoded"


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def answers(port: int) -> bool:
    try:
        return ask(port, "GET", "/healthz").status == 200
    except OSError:
        return False


def ask(port: int, method: str, path: str, **options: object) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request(method, path, **options)  # type: ignore[arg-type]
    return connection.getresponse()


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    var, port = tmp_path_factory.mktemp("var"), free_port()
    environment = {"PATH": os.environ["PATH"], "HOME": str(var), "B12_VAR": str(var)}
    environment |= {"B12_HTTPS": "0", "HOST": "127.0.0.1", "PORT": str(port)}
    environment["DATABASE_URL"] = os.environ.get("DATABASE_URL", "")
    for command in (["collectstatic", "--no-input"], ["migrate"]):
        subprocess.run(
            [sys.executable, "manage.py", *command, "--verbosity", "0"],
            cwd=ROOT, env=environment, check=True,
        )  # fmt: skip
    server = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "-c", "b12site/gunicorn_conf.py", "b12site.wsgi"],
        cwd=ROOT, env=environment,
    )  # fmt: skip
    try:
        deadline = time.monotonic() + 30
        while not answers(port):
            assert server.poll() is None, "the server stopped"
            assert time.monotonic() < deadline, "the server does not answer"
            time.sleep(0.1)
        yield port
    finally:
        server.terminate()
        server.wait(timeout=20)


def test_it_serves_style_sheets_under_a_name_that_changes_with_them(port: int) -> None:
    page = ask(port, "GET", "/no-such-page").read().decode()
    sheet = re.search(r"/static/css/site\.[0-9a-f]{12}\.css", page)
    assert sheet
    answer = ask(port, "GET", sheet[0])
    assert answer.status == 200
    assert "immutable" in str(answer.headers["Cache-Control"])
    fonts = re.search(r"/?(fonts\.[0-9a-f]{12}\.css)", answer.read().decode())
    assert fonts
    assert ask(port, "GET", f"/static/css/{fonts[1]}").status == 200


def test_it_tells_no_traceback_and_no_version_in_an_error(port: int) -> None:
    answer = ask(port, "GET", "/no-such-page")
    assert answer.status == 404
    assert "Traceback" not in answer.read().decode()
    assert answer.headers["Server"] == "gunicorn"


def test_it_answers_413_to_a_large_body(port: int) -> None:
    answer = ask(
        port, "POST", "/i18n/setlang/", body=b"x" * 3_000_000, headers={"Content-Type": FORM}
    )
    assert (answer.status, "100 kB" in answer.read().decode()) == (413, True)


def test_it_answers_413_to_a_large_chunked_body(port: int) -> None:
    pieces = (b"x" * 10_000 for _ in range(15))
    answer = ask(port, "POST", "/i18n/setlang/", body=pieces, headers={"Content-Type": FORM})
    assert (answer.status, "100 kB" in answer.read().decode()) == (413, True)


def test_it_reads_a_small_chunked_body(port: int) -> None:
    login = ask(port, "GET", "/account/sign-in/")
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', login.read().decode())
    assert token
    cookie = str(login.headers["Set-Cookie"]).partition(";")[0]
    form = urlencode({"csrfmiddlewaretoken": token[1], "language": "en", "next": "/admin/"})
    answer = ask(
        port,
        "POST",
        "/i18n/setlang/",
        body=iter([form[:40].encode(), form[40:].encode()]),
        headers={"Content-Type": FORM, "Cookie": cookie},
    )
    assert (answer.status, answer.headers["Location"]) == (302, "/admin/")
