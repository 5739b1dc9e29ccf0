"""The site as it is served: gunicorn, production settings, collected static files."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]


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


@contextmanager
def served(var: Path, *prepared: list[str], **settings: str) -> Iterator[int]:
    """The port of a server with a folder of its own and these settings, after these commands."""
    port = free_port()
    environment = {"PATH": os.environ["PATH"], "HOME": str(var), "B12_VAR": str(var)}
    environment |= {"HOST": "127.0.0.1", "PORT": str(port), "PYTHONPATH": str(ROOT)}
    environment |= {"DATABASE_URL": os.environ.get("DATABASE_URL", "")} | settings
    for command in (["collectstatic", "--no-input"], ["migrate"], *prepared):
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
