"""What happened to a patient, newest first.

Eight kinds of rows are joined in one query, so that a long record costs no more than a short one,
and only the page that is shown leaves the database.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from typing import Any, NamedTuple

from django.db.models import BigIntegerField, Case, CharField, DateField, F, QuerySet, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce, Concat, TruncDate

from ..models import (
    Assessment,
    AssessmentState,
    ContactAttempt,
    ControlEvent,
    ControlEventKind,
    CourseEvent,
    Injection,
    Letter,
    LetterSending,
    LetterState,
    Patient,
    Result,
    TestOrder,
)

PAGE = 50
"""Rows on one page; the results of one day are one row."""


class Kind(IntEnum):
    """In the order in which things of one day stand, the first one on top."""

    ASSESSMENT = 1
    COURSE = 2
    CONTROL = 3
    RESULTS = 4
    INJECTION = 5
    ORDER = 6
    CONTACT = 7
    LETTER = 8


class Row(NamedTuple):
    """One thing that happened; ``_SOURCES`` says what stands in it for each kind."""

    day: date
    kind: int
    pk: int
    to: int
    """The number of what the row is about, for a link."""
    until: date | None
    code: str
    detail: str
    reason: str
    text: str
    who: str


@dataclass(frozen=True, slots=True)
class Timeline:
    rows: Sequence[Row]
    results: Mapping[date, Sequence[Result]]
    older: int | None
    """How many rows to skip for what is older; ``None`` at the end."""


def timeline_of(patient: Patient, skip: int) -> Timeline:
    """Two queries."""
    first, *others = (_rows(source, patient) for source in _SOURCES)
    rows = first.union(*others).order_by("-row_day", "row_kind", "-row_pk", "-row_code")
    page = [Row(*row) for row in rows[skip : skip + PAGE + 1]]
    results: dict[date, list[Result]] = {
        row.day: [] for row in page[:PAGE] if row.kind == Kind.RESULTS
    }
    for result in Result.objects.current().filter(patient=patient, sampled_on__in=results):
        results[result.sampled_on].append(result)
    return Timeline(page[:PAGE], results, skip + PAGE if len(page) > PAGE else None)


class _Source(NamedTuple):
    """How the rows of one kind are read: what each column of ``Row`` is, by name or expression."""

    kind: Kind
    rows: QuerySet[Any]
    patient: str
    columns: Mapping[str, str | Combinable]


_NOTHING: Mapping[str, str | Combinable] = {
    "pk": "pk",
    "to": "pk",
    "until": Value(None),
    "code": Value(""),
    "detail": Value(""),
    "reason": Value(""),
    "text": Value(""),
    "who": Value(""),
}
_TYPES = {"day": DateField, "pk": BigIntegerField, "to": BigIntegerField, "until": DateField}


def _rows(source: _Source, patient: Patient) -> QuerySet[Any, Any]:
    columns = {**_NOTHING, **source.columns}
    typed = {f"row_{name}": _typed(name, columns[name]) for name in Row._fields if name != "kind"}
    kind = Value(source.kind.value, output_field=BigIntegerField())
    annotated = source.rows.order_by().annotate(row_kind=kind, **typed)
    own: QuerySet[Any, Any] = annotated.filter(**{source.patient: patient})
    return own.values_list(*(f"row_{name}" for name in Row._fields))


def _typed(name: str, column: str | Combinable) -> Combinable:
    """Every branch of a union answers the same types; SQLite would make a number of a cast date."""
    expression = F(column) if isinstance(column, str) else column
    if name == "day" or (name == "until" and isinstance(column, str)):
        return expression
    return Cast(expression, _TYPES.get(name, CharField)())


_SOURCES = (
    _Source(
        Kind.ASSESSMENT,
        Assessment.objects.filter(state=AssessmentState.SIGNED),
        "patient",
        {
            "day": "as_of",
            "code": "conclusion",
            "detail": Case(
                When(monitoring="", then=F("guideline_regimen")), default=F("monitoring")
            ),
            "reason": Case(
                When(corrected_by__state=AssessmentState.SIGNED, then=Value("corrected")),
                When(corrects__isnull=False, then=Value("correction")),
                default=Value(""),
            ),
            "text": "correction_reason",
            "who": "signed_by__name",
        },
    ),
    _Source(
        Kind.COURSE,
        CourseEvent.objects.all(),
        "course__patient",
        {
            "day": "on",
            "to": "course",
            "code": "kind",
            "detail": "regimen",
            "reason": "reason",
            "text": "text",
            "who": "recorded_by__name",
        },
    ),
    _Source(
        Kind.CONTROL,
        ControlEvent.objects.all(),
        "control__patient",
        {
            "day": Coalesce(
                Case(When(kind=ControlEventKind.CLOSED, then=F("control__closed_on"))),
                TruncDate("recorded_at"),
            ),
            "to": "control",
            "until": "latest",
            "code": "kind",
            "detail": "control__tests",
            "reason": "reason",
            "text": "text",
            "who": "recorded_by__name",
        },
    ),
    _Source(
        Kind.RESULTS,
        Result.objects.current(),
        "patient",
        # Nothing of the single result, so that the union makes one row of all of a day.
        {"day": "sampled_on", "pk": Value(0), "to": "patient"},
    ),
    _Source(
        Kind.INJECTION,
        Injection.objects.current(),
        "course__patient",
        {
            "day": TruncDate("given_at"),
            "to": "course",
            "code": "drug",
            "detail": "amount_mg",
            "text": "batch",
            "who": "given_by__name",
        },
    ),
    _Source(
        Kind.ORDER,
        TestOrder.objects.all(),
        "patient",
        {
            "day": "ordered_on",
            "until": "expected_by",
            "code": "state",
            "detail": "tests",
            "text": "reason",
            "who": "ordered_by__name",
        },
    ),
    _Source(
        Kind.CONTACT,
        ContactAttempt.objects.all(),
        "patient",
        {
            "day": TruncDate("at"),
            "code": "channel",
            "detail": "outcome",
            "text": "note",
            "who": "recorded_by__name",
        },
    ),
    # What happened to a letter bears its number, so that it stands together on one day: withdrawn
    # above sent above issued, as the codes are sorted.
    _Source(
        Kind.LETTER,
        Letter.objects.exclude(state=LetterState.DRAFT),
        "patient",
        {
            "day": TruncDate("issued_at"),
            "code": Value("issued"),
            "detail": "kind",
            "reason": "specialty",
            "text": Case(
                When(state=LetterState.WITHDRAWN, then=Value("withdrawn")),
                When(corrects__isnull=False, then=Value("correction")),
                default=Value(""),
            ),
            "who": "issued_by__name",
        },
    ),
    _Source(
        Kind.LETTER,
        LetterSending.objects.all(),
        "letter__patient",
        {
            "day": "on",
            "pk": "letter",
            "to": "letter",
            "code": Concat(Value("sent "), "how"),
            "detail": "letter__kind",
            "reason": "letter__specialty",
            "who": "recorded_by__name",
        },
    ),
    _Source(
        Kind.LETTER,
        Letter.objects.filter(state=LetterState.WITHDRAWN),
        "patient",
        {
            "day": TruncDate("withdrawn_at"),
            "code": Value("withdrawn"),
            "detail": "kind",
            "reason": "specialty",
            "text": "withdrawn_reason",
            "who": "withdrawn_by__name",
        },
    ),
)
