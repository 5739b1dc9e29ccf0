from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from decimal import Decimal
from threading import Barrier
from time import sleep

import pytest
from django.db import DatabaseError, OperationalError, connection, transaction
from django.utils.translation import gettext_lazy

from b12site.accounts.models import Role
from b12site.audit.log import changed
from b12site.audit.models import Entry
from tests.cast import Cast


def log(cast: Cast, action: str = "result.corrected", **more: object) -> Entry:
    with transaction.atomic():
        changed(actor=cast.doctor.actor, action=action, obj=cast.practice, **more)  # type: ignore[arg-type]
    return Entry.objects.latest("pk")


def test_it_says_who_did_what_where_and_to_whose_record(cast: Cast) -> None:
    entry = log(cast, subject=7, ground="Misread", before={"value": "14.3"}, after={"value": "143"})
    assert (entry.actor, entry.practice, entry.roles) == (cast.doctor.user, cast.practice, "doctor")
    assert (entry.action, entry.object_type, entry.object_id) == (
        "result.corrected",
        "accounts.practice",
        cast.practice.pk,
    )
    assert (entry.subject, entry.ground) == (7, "Misread")
    assert (entry.before, entry.after) == ({"value": "14.3"}, {"value": "143"})


def test_each_row_follows_the_one_before(cast: Cast) -> None:
    first, second, third = (log(cast, f"step.{number}") for number in range(3))
    assert first.previous == ""
    assert (second.previous, third.previous) == (first.seal, second.seal)
    assert len({first.seal, second.seal, third.seal}) == 3


def test_a_row_read_back_has_the_seal_it_was_written_with(cast: Cast) -> None:
    values = {
        "value": Decimal("1E+2"),
        "on": date(2026, 3, 2),
        "at": datetime(2026, 3, 2, 9, 0, 0, 5, tzinfo=UTC),
        "practice": cast.practice,
        "role": Role.DOCTOR,
        "label": gettext_lazy("name"),
        "tests": {"b", "a"},
        "form": {"age": ["63", "æøå ≥ \U0001f489"], "empty": None, "known": False, "count": 2**62},
    }
    entry = log(cast, after=values)
    assert entry.seal == entry.proper_seal()
    assert entry.after
    assert entry.after["value"] == "100"
    assert entry.after["tests"] == ["a", "b"]


def test_it_refuses_what_the_databases_would_give_back_otherwise(cast: Cast) -> None:
    with pytest.raises(TypeError, match="no form for float"):
        log(cast, after={"value": 0.1})
    assert not Entry.objects.exists()


def test_the_row_falls_with_the_change(cast: Cast) -> None:
    with transaction.atomic():
        changed(actor=cast.doctor.actor, action="x", obj=cast.practice)
        transaction.set_rollback(True)
    assert not Entry.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_it_refuses_to_log_outside_a_transaction(cast: Cast) -> None:
    with pytest.raises(RuntimeError, match="inside the transaction"):
        changed(actor=cast.doctor.actor, action="x", obj=cast.practice)


def test_it_costs_one_query_more_than_the_row_itself(cast: Cast) -> None:
    with transaction.atomic(), connection.execute_wrapper(counter := Counter()):
        changed(actor=cast.doctor.actor, action="x", obj=cast.practice)
    assert counter.queries <= (3 if connection.vendor == "postgresql" else 2)


class Counter:
    def __init__(self) -> None:
        self.queries = 0

    def __call__(self, execute, sql, params, many, context):  # type: ignore[no-untyped-def]
        self.queries += 1
        return execute(sql, params, many, context)


# What the database refuses


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entry SET ground = 'other'",
        "DELETE FROM audit_entry",
        "INSERT INTO audit_entry SELECT * FROM audit_entry",
    ],
)
def test_the_database_refuses_to_change_or_remove_a_row(cast: Cast, statement: str) -> None:
    entry = log(cast)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert Entry.objects.get().seal == entry.seal


def test_nothing_passes_by_the_ways_peculiar_to_a_database(cast: Cast) -> None:
    entry = log(cast)
    peculiar = {
        "sqlite": "INSERT OR REPLACE INTO audit_entry SELECT * FROM audit_entry",
        "postgresql": "TRUNCATE audit_entry, audit_subject",
    }[connection.vendor]
    connection.check_constraints()  # PostgreSQL refuses to truncate while any are to be checked
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(peculiar)
    assert Entry.objects.get().seal == entry.seal


def test_django_cannot_change_or_remove_a_row_either(cast: Cast) -> None:
    entry = log(cast)
    for attempt in (entry.save, entry.delete, Entry.objects.all().delete):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            attempt()


def write(cast: Cast, barrier: Barrier) -> None:
    """In a thread of its own. The tests' SQLite lies in memory, where a writer is told to come
    again instead of being kept waiting."""
    barrier.wait(timeout=20)
    for attempt in range(500):
        try:
            with transaction.atomic():
                changed(actor=cast.doctor.actor, action="step", obj=cast.practice)
            break
        except OperationalError:
            sleep(0.001 * (attempt % 7))
    connection.close()


@pytest.mark.django_db(transaction=True)
def test_writers_at_the_same_time_make_one_chain(cast: Cast) -> None:
    barrier = Barrier(4)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write, [cast] * 4, [barrier] * 4))
    entries = list(Entry.objects.all())
    assert len(entries) == 4
    assert [entry.previous for entry in entries] == ["", *(entry.seal for entry in entries[:-1])]
