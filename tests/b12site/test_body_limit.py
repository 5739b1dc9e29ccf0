from io import BytesIO
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from b12site.body_limit import DISCARDED, with_content_length

LIMIT = 100_000
SWITCH = "/i18n/setlang/"


def body_of(size: int) -> bytes:
    return b"language=en&next=/&x=".ljust(size, b"x")


def status_of(client: Client, size: int, content_type: str) -> int:
    return client.post(SWITCH, body_of(size), content_type=content_type).status_code


def test_the_limit_is_100_kilobytes() -> None:
    assert settings.DATA_UPLOAD_MAX_MEMORY_SIZE == LIMIT


@pytest.mark.parametrize(("size", "status"), [(LIMIT - 1, 302), (LIMIT, 302), (LIMIT + 1, 413)])
def test_it_refuses_a_body_over_the_limit(client: Client, size: int, status: int) -> None:
    assert status_of(client, size, "application/x-www-form-urlencoded") == status


def test_it_refuses_a_large_file_too(client: Client) -> None:
    response = client.post(SWITCH, {"file": BytesIO(b"x" * LIMIT), "language": "en"})
    assert response.status_code == 413


def test_it_says_what_to_do(client: Client) -> None:
    client.cookies["b12_language"] = "en"
    response = client.post(SWITCH, body_of(LIMIT + 1), content_type="text/plain")
    assert "100 kB" in response.text
    assert "Shorten what" in response.text


def test_it_answers_also_when_it_stops_reading(client: Client) -> None:
    assert status_of(client, DISCARDED + 100_000, "text/plain") == 413


@pytest.mark.parametrize("length", ["", "abc", "-5", "1e9", "٣"])
def test_it_takes_a_length_that_is_no_number_for_no_body(client: Client, length: str) -> None:
    assert client.get("/no-such-page", CONTENT_LENGTH=length).status_code == 404


@pytest.mark.parametrize(("size", "seen"), [(0, 0), (10, 10), (5 * LIMIT, 2 * LIMIT)])
def test_it_measures_a_chunked_body(size: int, seen: int) -> None:
    environ = {"HTTP_TRANSFER_ENCODING": "Chunked", "wsgi.input": BytesIO(b"x" * size)}

    def application(environ: dict[str, Any], start_response: object) -> list[bytes]:
        return [environ["CONTENT_LENGTH"].encode(), environ["wsgi.input"].read()]

    length, body = with_content_length(application)(environ, lambda *args: None)
    assert (int(length), len(body)) == (seen, seen)
