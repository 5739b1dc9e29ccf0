"""Reading a patient's results and orders, in few queries however many rows there are."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import NamedTuple

from django.db.models import Q, QuerySet
from django.http import Http404

from b12site.accounts.actor import Actor
from interpretation.laboratory_text import Line

from ..models import Assessment, AssessmentState, OrderState, Patient, Result, TestOrder
from ..rules.measured import ANSWERED_BY
from ..scope import found, in_practice, readable

PAGE = 50


class ResultPage(NamedTuple):
    results: list[Result]
    next_after: int | None
    """The number of the last row, where older ones follow."""


def result_page(actor: Actor, patient: Patient, *, after: str, with_superseded: bool) -> ResultPage:
    """The newest results, or those that follow the row with the number ``after``. Raises
    ``Http404`` for a row that is not this patient's."""
    results = _of(actor, patient).filter(withdrawn=False)
    if not with_superseded:
        results = results.filter(corrected_by__isnull=True)
    if after:
        last = _row_of(actor, patient, after)
        results = results.filter(
            Q(sampled_on__lt=last.sampled_on) | Q(sampled_on=last.sampled_on, pk__lt=last.pk)
        )
    rows = list(
        results.select_related(
            "laboratory",
            "entered_by",
            "corrected_by__entered_by",
            "corrected_by__corrected_by",
        ).order_by("-sampled_on", "-pk")[: PAGE + 1]
    )
    return ResultPage(rows[:PAGE], rows[PAGE - 1].pk if len(rows) > PAGE else None)


def _of(actor: Actor, patient: Patient) -> QuerySet[Result]:
    return readable(Result, actor).filter(patient=patient)


def _row_of(actor: Actor, patient: Patient, number: str) -> Result:
    if not (number.isascii() and number.isdecimal() and len(number) < 19):
        raise Http404
    row = found(Result, actor, int(number))
    if row.patient_id != patient.pk:
        raise Http404
    return row


def open_orders(actor: Actor, patient: Patient) -> list[TestOrder]:
    orders = readable(TestOrder, actor).filter(patient=patient, state=OrderState.OPEN)
    return list(orders.select_related("ordered_by"))


def in_record(
    actor: Actor, patient: Patient, lines: Sequence[Line], common: date | None
) -> set[int]:
    """The lines that say what is stored already: same analysis, sample date and answer."""
    stored = {
        (result.code, result.sampled_on, result.quantity, result.finding)
        for result in _of(actor, patient)
        .filter(withdrawn=False, corrected_by__isnull=True)
        .filter(code__in={line.code for line in lines if line.confirmable})
    }
    return {
        place
        for place, line in enumerate(lines)
        if (line.code, line.day or common, line.quantity, line.finding) in stored
    }


def suggested_tests(actor: Actor, patient: Patient) -> Collection[str]:
    """What the last signed assessment asked for next, as far as it can be ordered."""
    last = (
        in_practice(Assessment, actor)
        .filter(patient=patient, state=AssessmentState.SIGNED, corrected_by__isnull=True)
        .order_by("-as_of", "-pk")
        .first()
    )
    asked = (last.result or {}).get("next_tests", []) if last else []
    return [test for test in asked if test in set(ANSWERED_BY)]
