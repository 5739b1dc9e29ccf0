"""A worker as a process of its own, for the test that kills it.

    python -m tests.patients.worker_process order 12    patients, and a batch in the queue
    python -m tests.patients.worker_process work        the worker, until the queue is empty

The letters are plain ones and take a while, so that a kill hits the middle of one.
"""

import os
import sys
import time

import django


def order(count: int) -> None:
    from b12site.accounts.models import Role
    from patients.services.letter_batches import batch_order

    from . import builders as build

    actor = build.member(Role.ASSISTANT)
    controls = [build.control(build.patient(given_name=f"Nr {n}")) for n in range(count)]
    batch_order(actor=actor, controls=controls, now=build.NOW)


def work() -> None:
    from django.core.management import call_command

    from patients.letters import render
    from patients.reading import letters_data

    from . import letter_builders as letters

    def slow(_xhtml: str) -> bytes:
        time.sleep(0.1)
        return letters.PDF

    letters_data.builder = lambda kind: letters.plain
    render.pdf = slow  # type: ignore[assignment]
    call_command("worker", batch=True, interval=0.1, startup_delay=False, verbosity=0)


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "b12site.settings"
    django.setup()
    if sys.argv[1] == "order":
        order(int(sys.argv[2]))
    else:
        work()
