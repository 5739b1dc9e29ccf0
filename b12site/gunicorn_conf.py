"""How gunicorn serves the site, and where `make run` asks for it, the worker beside it.

No access log: addresses and query strings are nobody's business. Behind a proxy that ends
https, gunicorn believes X-Forwarded-Proto from 127.0.0.1, or from FORWARDED_ALLOW_IPS.
"""

import os
import subprocess
import sys
from typing import Any

from gunicorn import util

from b12site.refusals import refuse

_host = os.environ.get("HOST", "127.0.0.1")
_port = os.environ.get("PORT", "8000")
_address = f"[{_host}]:{_port}" if ":" in _host else f"{_host}:{_port}"

bind = _address
# Processes, not threads: threads that write to SQLite waited for each other up to a second.
workers = 2
worker_class = "sync"
timeout = 30
loglevel = "warning"
control_socket_disable = True  # one server could not be told from another one's socket

util.write_error = refuse

_background: list[subprocess.Popen[bytes]] = []


def when_ready(server: Any) -> None:
    """Prints the address once it answers, and starts the worker (B12_WORKER=1)."""
    if os.environ.get("B12_WORKER") == "1":
        command = [sys.executable, "manage.py", "worker", "--with-parent", "--verbosity", "0"]
        # In a session of its own, so that Ctrl-C reaches it once, through on_exit.
        _background.append(subprocess.Popen(command, start_new_session=True))
    print(f"B12 in general practice: http://{_address}/  (stop with Ctrl-C)", flush=True)


def on_exit(server: Any) -> None:
    """The worker ends with the server; it finishes what it has begun."""
    for worker in _background:
        worker.terminate()
        try:
            worker.wait(timeout=20)
        except subprocess.TimeoutExpired:
            worker.kill()
