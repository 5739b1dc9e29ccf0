"""The numbers and the cases as files for Norwegian spreadsheets: semicolons, a byte order mark, and
a comma before decimals whatever the language of the page."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from decimal import Decimal

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from b12site.accounts.models import User

from ..models import Review, ReviewCase
from ..presenters.worklist_file import written
from . import words
from .reviewer import visible
from .tables import Cell, Section, Table

_ASKED = 2


def numbers_file(sections: Iterable[Section]) -> str:
    """One table below the other, each with its title and the names of its columns."""
    tables = (table for section in sections for table in section.tables)
    return written(line for table in tables for line in _table(table))


def _table(table: Table) -> Iterator[Sequence[str]]:
    yield [table.title]
    yield table.columns
    for row in table.rows:
        yield [row.name, *map(_cell, row.cells)]
    yield from ([note] for note in table.notes)
    yield []


def _cell(cell: Cell) -> str:
    return cell if isinstance(cell, str) else f"{Decimal(cell):f}".replace(".", ",")


def cases_file(cases: Iterable[ReviewCase], user: User) -> str:
    """Without name, number and date of birth, and without comments, in which they could stand."""
    return written([_columns(), *(_case(case, user) for case in cases)])


def _columns() -> list[str]:
    reviews = [
        words % {"number": number}
        for number in range(1, _ASKED + 1)
        for words in (
            _("Verdict %(number)s"),
            _("Reason %(number)s"),
            _("Days until verdict %(number)s"),
        )
    ]
    return [
        _("Case"), _("Month"), _("Age group"), _("Conclusion"), _("Deciding question"),
        _("Grounds"), _("Chosen otherwise because"), _("State"), *reviews,
        _("Days until it was closed"),
    ]  # fmt: skip


def _case(case: ReviewCase, user: User) -> list[str]:
    seen = visible(case, user)[:_ASKED]
    reviews = [cell for review in seen for cell in _review(case, review)]
    signed = case.assessment
    return [
        str(case.pk),
        f"{case.day:%Y-%m}",
        words.age_group(case.age),
        words.subject(case),
        words.node(case.node) if case.node else "",
        words.grounds(case),
        signed.get_override_reason_display() if signed else "",
        case.get_state_display(),
        *reviews,
        *[""] * (3 * _ASKED - len(reviews)),
        _days(case, case.closed_at),
    ]


def _review(case: ReviewCase, review: Review) -> list[str]:
    return [review.get_verdict_display(), words.reason(review), _days(case, review.judged_at)]


def _days(case: ReviewCase, at: datetime | None) -> str:
    """From the day that the case is about."""
    return "" if at is None else str((localdate(at) - case.day).days)
