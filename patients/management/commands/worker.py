"""Does what waits in the background: the worker of django-tasks-db, which first takes up letters
that were left unfinished."""

import os
import signal
import threading
import time
from argparse import ArgumentParser
from typing import Any

from django_tasks_db.management.commands.db_worker import Command as DatabaseWorker

from patients.letter_batches import take_up


class Command(DatabaseWorker):
    help = "Makes letters in the background until it is stopped."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--with-parent", action="store_true", help="End with the process that started it."
        )

    def handle(self, **options: Any) -> None:
        if options.pop("with_parent"):
            threading.Thread(target=_end_with, args=[os.getppid()], daemon=True).start()
        take_up()
        super().handle(**options)


def _end_with(parent: int) -> None:
    """Also when the parent was killed and could not say so."""
    while os.getppid() == parent:
        time.sleep(1)
    os.kill(os.getpid(), signal.SIGTERM)
