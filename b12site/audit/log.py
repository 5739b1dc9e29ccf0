"""Writing to the log. Every change writes its row in its own transaction, or does not happen; every
answer that shows somebody's data writes its row first, or is not given."""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.db import connection, models, transaction
from django.utils import timezone
from django.utils.functional import Promise

from b12site.accounts.actor import Actor
from b12site.accounts.models import Membership, Practice, User
from b12site.audit.models import Entry, Subject

Values = Mapping[str, Any]
P = ParamSpec("P")
T = TypeVar("T")

# PostgreSQL's writers queue for this number; nothing else uses it.
LOCK = 0xB12
# One statement however many there are: SQLite's parameters would be used up.
_ADD_SUBJECTS = {
    "sqlite": "INSERT INTO {} (entry_id, subject) SELECT %s, value FROM json_each(%s)",
    "postgresql": "INSERT INTO {} (entry_id, subject) "
    "SELECT %s, value::bigint FROM json_array_elements_text(%s::json)",
}


def logged(service: Callable[P, T]) -> Callable[P, T]:
    """For a service: one transaction with its log rows, all or nothing.

    Takes the log's turn first: two services that change the same rows and then log would otherwise
    wait for each other crosswise.
    """

    @wraps(service)
    def run(*args: P.args, **kwargs: P.kwargs) -> T:
        with transaction.atomic():
            _take_turn()
            return service(*args, **kwargs)

    return run


def changed(
    *,
    actor: Actor,
    action: str,
    obj: models.Model,
    subject: int | None = None,
    before: Values | None = None,
    after: Values | None = None,
    ground: str = "",
) -> None:
    """Log one change of ``obj``; ``action`` reads like "result.corrected", ``subject`` is the
    primary key of the patient whom it concerns, ``ground`` the reason that was given.

    Other writers wait from here to the end of the transaction. Raises ``RuntimeError`` outside a
    transaction: the row must stand or fall with the change.
    """
    _append(
        user=actor.user,
        practice=actor.practice,
        roles=actor.roles,
        action=action,
        obj=obj,
        subjects=[] if subject is None else [subject],
        before=before,
        after=after,
        ground=ground,
    )


def shown(
    *,
    actor: Actor,
    action: str,
    subjects: Sequence[int],
    obj: models.Model | None = None,
    details: Values | None = None,
    ground: str = "",
) -> None:
    """Log that ``actor`` is being shown the data of these patients: one row for one answer, however
    many they are; none of them is a row too, such as a search that found nobody. ``action`` reads
    like "shown.record". The ground is the actor's own where a record is open for one."""
    numbers = sorted(set(subjects))
    beyond = actor.ground if actor.beyond.intersection(numbers) else ""
    with transaction.atomic():
        _append(
            user=actor.user,
            practice=actor.practice,
            roles=actor.roles,
            action=action,
            obj=obj,
            subjects=numbers,
            details=details,
            ground=ground or beyond,
        )


def looked_up(*, user: User, entry: Entry, subjects: Sequence[int]) -> None:
    """Log that whoever runs the site has read a row of the log with all that stands in it."""
    with transaction.atomic():
        _append(
            user=user,
            practice=entry.practice,
            roles=frozenset(),
            action="shown.log",
            obj=entry,
            subjects=subjects,
        )


def administered(
    *,
    user: User,
    practice: Practice | None,
    action: str,
    obj: models.Model,
    before: Values | None = None,
    after: Values | None = None,
) -> None:
    """Log what was done in the administration: who may be what, letterheads, laboratories. Its
    people act on a practice without choosing one to work in, or on none."""
    held = Membership.objects.filter(user=user, practice=practice).values_list("role", flat=True)
    _append(
        user=user,
        practice=practice,
        roles=frozenset(held),
        action=action,
        obj=obj,
        before=before,
        after=after,
    )


def _append(
    *,
    user: User,
    practice: Practice | None,
    roles: frozenset[str],
    action: str,
    obj: models.Model | None,
    subjects: Sequence[int] = (),
    before: Values | None = None,
    after: Values | None = None,
    details: Values | None = None,
    ground: str = "",
) -> None:
    if not connection.in_atomic_block:
        raise RuntimeError("A change is logged inside the transaction that makes it.")
    several = len(subjects) > 1
    entry = Entry(
        at=timezone.now(),
        actor=user,
        practice=practice,
        roles=",".join(sorted(roles)),
        action=action,
        object_type=obj._meta.label_lower if obj else "",
        object_id=obj.pk if obj else None,
        subject=subjects[0] if subjects and not several else None,
        before=_plain(before),
        after=_plain(after),
        details=_plain(details),
        ground=ground,
        previous=_last_seal(),
    )
    entry.seal = entry.proper_seal(subjects if several else ())
    entry.save(force_insert=True)
    if several:
        _add_subjects(entry, subjects)


def _add_subjects(entry: Entry, subjects: Sequence[int]) -> None:
    statement = _ADD_SUBJECTS[connection.vendor].format(Subject._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(statement, [entry.pk, json.dumps(subjects)])


def _last_seal() -> str:
    """The seal that the next row follows, "" for the first; read when it is this one's turn. SQLite
    has one writer at a time; PostgreSQL has a function for it (migration 0003)."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT audit_entry_last_seal(%s)", [LOCK])
            return cursor.fetchone()[0] or ""
    return Entry.objects.order_by("-pk").values_list("seal", flat=True).first() or ""


def _take_turn() -> None:
    """Wait until no other transaction writes to the log; held to the end of this one."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def _plain(value: Any) -> Any:
    """As JSON that both databases give back exactly as they got it."""
    match value:
        case None | bool() | int():
            return value
        case str() | Promise():
            return str(value)
        case Mapping():
            return {str(name): _plain(part) for name, part in value.items()}
        case list() | tuple():
            return [_plain(part) for part in value]
        case set() | frozenset():
            return sorted(_plain(part) for part in value)
        case Decimal():
            return f"{value:f}"
        case date() | datetime():
            return value.isoformat()
        case models.Model():
            return value.pk
    raise TypeError(f"The log has no form for {type(value).__name__}: {value!r}")
