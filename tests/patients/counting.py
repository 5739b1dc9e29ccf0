"""How many queries something makes."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.test.utils import CaptureQueriesContext


@contextmanager
def counting(most: int) -> Iterator[None]:
    """Fails above ``most``: all that is asked and written, the log's row with it. A savepoint does
    not count: it is the beginning of a transaction inside that of the test."""
    with CaptureQueriesContext(connection) as captured:
        yield
    queries = [query["sql"] for query in captured if "SAVEPOINT" not in query["sql"]]
    assert len(queries) <= most, "\n".join(queries)
