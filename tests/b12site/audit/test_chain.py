from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from b12site.audit.chain import BrokenChainError, head, verify
from b12site.audit.log import changed
from b12site.audit.models import Entry
from tests.cast import Cast

from .unguarded import take_triggers_away


@pytest.fixture
def rows(cast: Cast) -> list[int]:
    with transaction.atomic():
        for number in range(4):
            changed(
                actor=cast.doctor.actor,
                action=f"step.{number}",
                obj=cast.practice,
                after={"value": "143"},
            )
    return list(Entry.objects.values_list("pk", flat=True))


@pytest.fixture
def unguarded(rows: list[int]) -> None:
    take_triggers_away()


def run(command: str, *options: str) -> str:
    out = StringIO()
    call_command(command, *options, stdout=out)
    return out.getvalue().strip()


@pytest.mark.django_db
def test_an_empty_log_is_whole() -> None:
    assert run("audit_verify") == "The log is whole: 0 rows."
    assert run("audit_head") == "0:"
    assert verify(head()) == 0


def test_it_counts_the_rows_of_a_whole_log(rows: list[int]) -> None:
    assert run("audit_verify") == "The log is whole: 4 rows."


def test_the_head_is_the_last_rows_number_and_seal(rows: list[int]) -> None:
    assert run("audit_head") == f"{rows[-1]}:{Entry.objects.get(pk=rows[-1]).seal}"


def test_a_head_kept_earlier_is_still_there(cast: Cast, rows: list[int]) -> None:
    kept = run("audit_head")
    with transaction.atomic():
        changed(actor=cast.doctor.actor, action="later", obj=cast.practice)
    assert run("audit_verify", "--head", kept) == "The log is whole: 5 rows."


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("after", {"value": "14.3"}),
        ("ground", "another"),
        ("object_id", 99),
        ("subject", 99),
        ("action", "other"),
        ("object_type", "other.thing"),
        ("roles", ""),
        ("at", "2020-01-01T00:00:00Z"),
    ],
)
def test_it_names_the_row_that_was_changed(
    rows: list[int], unguarded: None, name: str, value: object
) -> None:
    Entry.objects.filter(pk=rows[1]).update(**{name: value})
    with pytest.raises(CommandError, match=f"Row {rows[1]} is not what was written"):
        run("audit_verify")


def test_it_notices_that_another_user_was_put_in(
    cast: Cast, rows: list[int], unguarded: None
) -> None:
    Entry.objects.filter(pk=rows[2]).update(actor=cast.colleague.user)
    with pytest.raises(BrokenChainError, match=f"Row {rows[2]} is not what was written"):
        verify()


def test_it_notices_that_another_practice_was_put_in(
    cast: Cast, rows: list[int], unguarded: None
) -> None:
    Entry.objects.filter(pk=rows[2]).update(practice=cast.other_practice)
    with pytest.raises(BrokenChainError, match=f"Row {rows[2]} is not what was written"):
        verify()


def test_it_names_the_row_after_one_that_was_taken_out(rows: list[int], unguarded: None) -> None:
    Entry.objects.filter(pk=rows[1]).delete()
    with pytest.raises(BrokenChainError, match=f"Row {rows[2]} does not follow"):
        verify()


def test_a_row_sealed_anew_breaks_the_next_one(rows: list[int], unguarded: None) -> None:
    entry = Entry.objects.get(pk=rows[1])
    entry.ground = "another"
    entry.seal = entry.proper_seal()
    entry.save()
    with pytest.raises(BrokenChainError, match=f"Row {rows[2]} does not follow"):
        verify()


def test_only_the_head_kept_elsewhere_shows_a_shortened_log(
    rows: list[int], unguarded: None
) -> None:
    kept = head()
    Entry.objects.filter(pk=rows[-1]).delete()
    assert verify() == 3
    with pytest.raises(CommandError, match=r"is not in the log"):
        run("audit_verify", "--head", kept)
