"""The headers of each kind of answer as a browser gets them through a proxy that ends https."""

import re
import socket
from collections.abc import Iterator
from http.client import HTTPResponse
from urllib.parse import urlencode

import pytest

from tests.b12site.answers import faults
from tests.b12site.served import ask, served

FORM = "application/x-www-form-urlencoded"
HTTPS = {"X-Forwarded-Proto": "https", "Host": "localhost"}
OPERATOR, PASSWORD = "drift@practice.example", "a long enough word"
RESET = "/account/password/reset/"


class Visitor:
    """A browser: keeps cookies, and sends a form with its token."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.cookies: dict[str, str] = {}
        self.set: list[str] = []

    def get(self, path: str) -> HTTPResponse:
        return self._ask("GET", path)

    def post(self, path: str, page: str = "/account/sign-in/", **fields: str) -> HTTPResponse:
        token = re.search(
            r'name="csrfmiddlewaretoken" value="(\w+)"', self.get(page).read().decode()
        )
        assert token
        return self._ask("POST", path, urlencode(fields | {"csrfmiddlewaretoken": token[1]}))

    def _ask(self, method: str, path: str, body: str = "") -> HTTPResponse:
        sent = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = HTTPS | {"Cookie": sent, "Content-Type": FORM, "Origin": "https://localhost"}
        answer = ask(self.port, method, path, body=body, headers=headers)
        self.set += answer.headers.get_all("Set-Cookie") or []
        self.cookies |= dict(line.split(";")[0].split("=", 1) for line in self.set)
        return answer


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    settings = {"DJANGO_SETTINGS_MODULE": "tests.b12site.raising_settings"}
    settings |= {"EMAIL_URL": "console:", "DJANGO_SUPERUSER_PASSWORD": PASSWORD}
    user = ["createsuperuser", "--no-input", "--email", OPERATOR, "--name", "Dag Prøvemo"]
    with served(tmp_path_factory.mktemp("var"), user, **settings) as port:
        yield port


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/", 200),
        ("GET", "/account/sign-in/", 200),
        ("GET", "/healthz", 200),
        ("GET", "/patients", 301),
        ("GET", "/admin/", 302),
        ("GET", "/patients/7/", 302),
        ("GET", "/fail/suspicious", 400),
        ("POST", "/account/sign-in/", 403),
        ("GET", "/fail/forbidden", 403),
        ("GET", "/no-such-page", 404),
        ("GET", "/static/no-such-file.css", 404),
        ("OPTIONS", "/", 405),
        ("GET", "/fail/large", 413),
        ("GET", "/fail/fault", 500),
    ],
)
def test_it_sends_the_protective_headers_with(
    port: int, method: str, path: str, status: int
) -> None:
    answer = ask(port, method, path, headers=HTTPS)
    assert (answer.status, faults(answer.headers)) == (status, set())


def test_it_sends_them_with_a_body_that_is_too_large(port: int) -> None:
    answer = ask(port, "POST", "/", body=b"x" * 200_000, headers=HTTPS | {"Content-Type": FORM})
    assert (answer.status, faults(answer.headers)) == (413, set())


def test_it_sends_them_when_somebody_tries_too_often(port: int) -> None:
    visitor = Visitor(port)
    answers = [visitor.post(RESET, RESET, email="ida@practice.example") for _ in range(8)]
    assert {answer.status for answer in answers} >= {429}
    assert [faults(answer.headers) for answer in answers] == [set()] * 8


def test_it_sends_them_with_a_pdf(port: int) -> None:
    answer = Visitor(port).post("/handout/", letter_language="nb")
    assert answer.headers["Content-Type"] in {"application/pdf", "text/html; charset=utf-8"}
    assert (answer.status in {200, 503}, faults(answer.headers)) == (True, set())


def test_files_may_be_kept_and_carry_the_rest(port: int) -> None:
    page = ask(port, "GET", "/no-such-page", headers=HTTPS).read().decode()
    for path in set(re.findall(r'"(/static/[^"]+)"', page)):
        answer = ask(port, "GET", path, headers=HTTPS)
        assert (answer.status, faults(answer.headers, file=True)) == (200, set()), path


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_it_sends_them_to_a_foreign_host_name(port: int, scheme: str) -> None:
    headers = {"X-Forwarded-Proto": scheme, "Host": "evil.example"}
    answer = ask(port, "GET", "/", headers=headers)
    wrong = faults(answer.headers, https=scheme == "https")
    assert (answer.status, wrong, answer.headers["Content-Language"]) == (400, set(), "nb")


def test_plain_http_is_sent_to_https(port: int) -> None:
    answer = ask(port, "GET", "/patients/?x=1", headers={"Host": "localhost"})
    assert (answer.status, answer.headers["Location"]) == (301, "https://localhost/patients/?x=1")
    assert faults(answer.headers, https=False) == set()


def test_its_cookies_are_bound_to_this_host_and_to_https(port: int) -> None:
    visitor = Visitor(port)
    visitor.post("/i18n/setlang/", language="en")
    visitor.post("/account/sign-in/", login=OPERATOR, password=PASSWORD)
    names = {line.split("=")[0] for line in visitor.set}
    assert names == {"__Host-b12_csrf", "__Host-b12_language", "__Host-b12_session"}
    for line in visitor.set:
        attributes = {part.strip().lower() for part in line.split(";")[1:]}
        assert {"secure", "httponly", "samesite=lax", "path=/"} <= attributes
        assert "domain" not in line.lower()


MALFORMED = {
    "no request": b"hello\r\n\r\n",
    "no protocol": b"GET /\r\n\r\n",
    "another protocol": b"GET / HTTP/9.9\r\n\r\n",
    "a long address": b"GET /" + b"a" * 9000 + b" HTTP/1.1\r\n\r\n",
    "a header that is none": b"GET / HTTP/1.1\r\nHost: localhost\r\nbad header\r\n\r\n",
    "a long header": b"GET / HTTP/1.1\r\nX: " + b"a" * 20_000 + b"\r\n\r\n",
    "many headers": b"GET / HTTP/1.1\r\n" + b"X: 1\r\n" * 200 + b"\r\n",
    "an unknown coding": b"POST / HTTP/1.1\r\nTransfer-Encoding: fnord\r\n\r\n",
    "a broken piece": b"POST / HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-Proto: https\r\n"
    b"Transfer-Encoding: chunked\r\n\r\nfnord\r\n",
}


def said_to(port: int, request: bytes) -> bytes:
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        connection.sendall(request)
        answer = b""
        while piece := connection.recv(65_536):
            answer += piece
        return answer


@pytest.mark.parametrize("request_", MALFORMED.values(), ids=MALFORMED)
def test_it_sends_them_to_what_is_no_proper_request(port: int, request_: bytes) -> None:
    head, _, body = said_to(port, request_).partition(b"\r\n\r\n")
    status, *lines = head.decode().split("\r\n")
    headers = dict(line.split(": ", 1) for line in lines)
    assert re.match(r"HTTP/1.1 [45]\d\d ", status)
    assert faults(headers) == set()
    assert body.decode() == status.removeprefix("HTTP/1.1 ") + "\n"
