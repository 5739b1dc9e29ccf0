"""What a page of the work list costs on SQLite with 10, 1,000 and 100,000 waiting lines, in
milliseconds: the first page, and the page that begins after half of the lines.

Beside it in the same process its rival: pages by offset with their number counted, as Django's
Paginator makes them. Both read the same lines with what stands beside them, in turns. The database
is in memory: nothing is written.

    PYTHONPATH=. python -P bench/worklist.py
"""

import gc
import os
import statistics
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
os.environ["DATABASE_URL"] = "sqlite://:memory:"
django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.core.paginator import Paginator  # noqa: E402

from b12site.accounts.actor import Actor  # noqa: E402
from b12site.accounts.models import Practice, Role, User  # noqa: E402
from patients.models import Patient, WorkItem, WorkKind  # noqa: E402
from patients.reading import worklist  # noqa: E402

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
SIZES = (10, 1_000, 100_000)
PATIENTS = 2_000
ROUNDS = 15
SERIOUSNESS = (0, 0, 1, 0, 2, 0, 0, 3, 0, 0)


def fill(actor: Actor, count: int) -> None:
    """So many lines more, on all patients in turn."""
    patients = list(Patient.objects.values_list("pk", flat=True))
    today = NOW.date()
    WorkItem.objects.bulk_create(
        (
            WorkItem(
                practice=actor.practice,
                patient_id=patients[n % len(patients)],
                kind=WorkKind.DRAFT,
                seriousness=SERIOUSNESS[n % 10],
                visible_from=today - timedelta(days=n % 400),
                due=today - timedelta(days=n % 390 - 30),
            )
            for n in range(count)
        ),
        batch_size=5_000,
    )


def people(practice: Practice, user: User) -> None:
    Patient.objects.bulk_create(
        Patient(
            practice=practice,
            given_name="Åse",
            family_name=f"Prøvesen {n}",
            birth_date=NOW.date() - timedelta(days=20_000 + n),
            registered_at=NOW,
            registered_by=user,
        )
        for n in range(PATIENTS)
    )


def by_keyset(actor: Actor, after: worklist.Mark | None) -> list[WorkItem]:
    found = worklist.lines(actor, worklist.Wanted(), NOW)
    items = worklist.page(found, after=after).items
    worklist.around(items, NOW)
    return items


def by_offset(actor: Actor, number: int) -> list[WorkItem]:
    found = worklist.lines(actor, worklist.Wanted(), NOW).order_by(*worklist.ORDER)
    page = Paginator(found, worklist.PAGE_SIZE).page(number)
    items = list(page.object_list)
    assert page.paginator.num_pages >= number  # this is what it counts for
    worklist.around(items, NOW)
    return items


def medians(runs: dict[str, Callable[[], object]]) -> dict[str, float]:
    """Each measured once per round, so that a busy machine is unfair to all alike."""
    times: dict[str, list[float]] = {name: [] for name in runs}
    for _round in range(ROUNDS):
        for name, run in runs.items():
            started = time.perf_counter()
            run()
            times[name].append((time.perf_counter() - started) * 1000)
    return {name: statistics.median(values) for name, values in times.items()}


def measure(actor: Actor, size: int) -> None:
    found = worklist.lines(actor, worklist.Wanted(), NOW).order_by(*worklist.ORDER)
    waiting = found.count()
    deep = waiting // 2 // worklist.PAGE_SIZE
    mark = worklist.Mark.of(found[deep * worklist.PAGE_SIZE - 1]) if deep else None
    pages = {"first page": (None, 1), "page after half": (mark, deep + 1)}
    for name, (after, number) in pages.items():
        assert by_keyset(actor, after) == by_offset(actor, number)
        times = medians(
            {
                "keyset": lambda after=after: by_keyset(actor, after),  # type: ignore[misc]
                "offset": lambda number=number: by_offset(actor, number),  # type: ignore[misc]
            }
        )
        keyset, offset = times["keyset"], times["offset"]
        print(f"{size:>8} {name:16}{keyset:10.1f}{offset:16.1f}{keyset / offset:8.2f}")


def main() -> None:
    settings.MIGRATION_MODULES = {"accounts": None, "audit": None, "patients": None}
    call_command("migrate", run_syncdb=True, verbosity=0)
    practice = Practice.objects.create(name="Prøve")
    user = User.objects.create_user("prove@bench.example", name="Prøve")
    actor = Actor(user, practice, frozenset({Role.DOCTOR}))
    people(practice, user)
    print(f"{'lines':>8} {'':16}{'keyset ms':>10}{'offset+count ms':>16}{'ratio':>8}")
    for size in SIZES:
        fill(actor, size - WorkItem.objects.count())
        gc.collect()
        gc.freeze()
        measure(actor, size)


if __name__ == "__main__":
    main()
