"""The rows that say who was shown whose data."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier
from time import sleep
from typing import Any

import pytest
from django.db import DatabaseError, OperationalError, connection, transaction

from b12site.audit.chain import BrokenChainError, verify
from b12site.audit.log import shown
from b12site.audit.models import Entry, Subject
from tests.cast import Cast

from .test_log import Counter
from .unguarded import take_triggers_away

MANY = range(1, 2_001)


def log(cast: Cast, *subjects: int, **more: Any) -> Entry:
    shown(actor=cast.doctor.actor, action="shown.list", subjects=subjects, **more)
    return Entry.objects.latest("pk")


def test_it_says_who_was_shown_whom_as_what(cast: Cast) -> None:
    entry = log(cast, 7, obj=cast.practice, details={"searched": "name: A…"}, ground="Asked")
    assert (entry.actor, entry.practice, entry.roles) == (cast.doctor.user, cast.practice, "doctor")
    assert (entry.action, entry.subject, entry.ground) == ("shown.list", 7, "Asked")
    assert (entry.object_type, entry.object_id) == ("accounts.practice", cast.practice.pk)
    assert (entry.before, entry.after, entry.details) == (None, None, {"searched": "name: A…"})


def test_one_patient_needs_no_row_beside(cast: Cast) -> None:
    assert (log(cast, 7, 7).subject, Subject.objects.count()) == (7, 0)


def test_several_patients_have_a_row_each_and_one_log_row(cast: Cast) -> None:
    entry = log(cast, 9, 7, 9, 8)
    assert (entry.subject, Entry.objects.count()) == (None, 1)
    assert sorted(entry.subjects.values_list("subject", flat=True)) == [7, 8, 9]


def test_nobody_is_a_row_too(cast: Cast) -> None:
    entry = log(cast)
    assert (entry.subject, entry.object_type, entry.object_id) == (None, "", None)
    assert not Subject.objects.exists()


def test_the_ground_is_the_actors_where_a_record_is_open_for_one(cast: Cast) -> None:
    actor = replace(cast.doctor.actor, beyond=frozenset({8}), ground="Unconscious in the ward")
    for subject in (7, 8):
        shown(actor=actor, action="shown.record", subjects=[subject])
    grounds = dict(Entry.objects.values_list("subject", "ground"))
    assert grounds == {7: "", 8: "Unconscious in the ward"}


@pytest.mark.parametrize(("subjects", "most"), [([7], 2), (list(MANY), 3)])
def test_it_costs_two_queries_and_one_more_for_several(
    cast: Cast, subjects: list[int], most: int
) -> None:
    with transaction.atomic(), connection.execute_wrapper(counter := Counter()):
        log_in = {"actor": cast.doctor.actor, "action": "shown.list", "subjects": subjects}
        shown(**log_in)  # type: ignore[arg-type]
    assert counter.queries - 2 == most  # without the savepoint's beginning and end
    assert Entry.objects.count() == 1
    assert verify() == 1


def test_a_row_with_details_and_patients_is_whole_as_it_was_written(cast: Cast) -> None:
    log(cast, 7, details={"searched": "æøå"})
    log(cast, 7, 8, obj=cast.practice)
    log(cast)
    assert verify() == 3


# What breaks the chain


def changed(statement: str, *values: Any) -> None:
    take_triggers_away()
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_subject SET subject = 10 WHERE subject = 9",
        "DELETE FROM audit_subject WHERE subject = 9",
        "INSERT INTO audit_subject (entry_id, subject) SELECT id, 10 FROM audit_entry",
        "UPDATE audit_entry SET details = NULL",
    ],
)
def test_it_names_the_row_whose_patients_or_details_were_changed(
    cast: Cast, statement: str
) -> None:
    entry = log(cast, 7, 8, 9, details={"searched": "name: A…"})
    changed(statement)
    with pytest.raises(BrokenChainError, match=f"Row {entry.pk} is not what was written"):
        verify()


def test_a_patient_who_is_put_in_beside_the_triggers_shows_in_the_seal(cast: Cast) -> None:
    entry = log(cast, 7)
    Subject.objects.create(entry=entry, subject=8)
    with pytest.raises(BrokenChainError, match=f"Row {entry.pk} is not what was written"):
        verify()


# What the database refuses


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_subject SET subject = 10",
        "DELETE FROM audit_subject",
        "INSERT INTO audit_subject SELECT * FROM audit_subject",
    ],
)
def test_the_database_refuses_to_change_or_remove_a_patient(cast: Cast, statement: str) -> None:
    log(cast, 7, 8)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert list(Subject.objects.values_list("subject", flat=True).order_by("subject")) == [7, 8]


def test_nothing_passes_by_the_ways_peculiar_to_a_database(cast: Cast) -> None:
    log(cast, 7, 8)
    peculiar = {
        "sqlite": "INSERT OR REPLACE INTO audit_subject SELECT * FROM audit_subject",
        "postgresql": "TRUNCATE audit_subject",
    }[connection.vendor]
    connection.check_constraints()  # PostgreSQL refuses to truncate while any are to be checked
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(peculiar)
    assert Subject.objects.count() == 2


def test_the_log_refuses_changes_as_before(cast: Cast) -> None:
    """SQLite makes a table anew when a column changes, and would leave its triggers behind."""
    entry = log(cast, 7)
    for attempt in (entry.save, entry.delete, Entry.objects.all().delete):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            attempt()


# Many at once


def look(cast: Cast, barrier: Barrier) -> None:
    """In a thread of its own. The tests' SQLite lies in memory, where a writer is told to come
    again instead of being kept waiting."""
    barrier.wait(timeout=20)
    for attempt in range(500):
        try:
            shown(actor=cast.doctor.actor, action="shown.list", subjects=[7, 8])
            break
        except OperationalError:
            sleep(0.001 * (attempt % 7))
    connection.close()


@pytest.mark.django_db(transaction=True)
def test_readers_at_the_same_time_make_one_chain(cast: Cast) -> None:
    barrier = Barrier(4)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(look, [cast] * 4, [barrier] * 4))
    assert (verify(), Subject.objects.count()) == (4, 8)
