"""How gunicorn serves the site.

No access log: addresses and query strings are nobody's business. Behind a proxy that ends
https, gunicorn believes X-Forwarded-Proto from 127.0.0.1, or from FORWARDED_ALLOW_IPS.
"""

import os
from typing import Any

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


def when_ready(server: Any) -> None:
    """Prints the address once it answers."""
    print(f"B12 in general practice: http://{_address}/  (stop with Ctrl-C)", flush=True)
