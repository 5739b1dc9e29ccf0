"""Pages, files and bodies as the server gives and takes them."""

import re
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest

from tests.b12site.served import ask, served

FORM = "application/x-www-form-urlencoded"


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    with served(tmp_path_factory.mktemp("var"), B12_HTTPS="0") as port:
        yield port


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
