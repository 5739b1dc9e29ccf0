"""The numbers of the review for some practices and a period, in five queries however many cases
there are. All who review there see them: they count, and name nobody."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Count, Exists, OuterRef, Q
from django.db.models.functions import TruncMonth

from b12site.accounts.models import Practice

from ..models import Assessment, AssessmentState, CaseGround, Ground, Review
from . import held
from .held import Outcome


class Judged(NamedTuple):
    """What was thought of one case: the verdict that was given ``first``; ``pair`` are those of the
    two who were asked first, in that order. ``drawn``: the case is of the random sample."""

    node: str
    month: date
    drawn: bool
    first: str
    pair: tuple[str, str] | None


class Signed(NamedTuple):
    """This ``number`` of signed assessments of a month came to this conclusion; ``reason`` says why
    the doctor chose otherwise, and is empty where he did not."""

    conclusion: str
    reason: str
    month: date
    number: int


@dataclass(frozen=True, slots=True)
class Numbers:
    judged: list[Judged]
    signed: list[Signed]
    waits: list[int]
    """Days from an assessment to the first control that it led to, where one was held; sorted."""
    waiting: int
    """Assessments whose first control is not held yet."""
    outcomes: list[tuple[date, Outcome]]
    """For each control whose window is over: the month in which it ended, and what came of it."""


def numbers(places: Collection[Practice], first: date, last: date, today: date) -> Numbers:
    asked_for = held.asked_for(places, first, last)
    ended = held.ended(places, first, last, today)
    samples = held.samples_of(places, [*asked_for, *ended])
    waits, waiting = held.waits(asked_for, samples)
    return Numbers(
        _judged(places, first, last),
        _signed(places, first, last),
        waits,
        waiting,
        [(visit.latest.replace(day=1), visit.outcome(samples)) for visit in ended],
    )


def _judged(places: Collection[Practice], first: date, last: date) -> list[Judged]:
    """Cases of signed assessments with a verdict; emergency accesses have no decision to judge."""
    drawn = CaseGround.objects.filter(case=OuterRef("case"), ground=Ground.SAMPLE)
    reviews = Review.objects.filter(
        case__practice__in=places,
        case__assessment__isnull=False,
        case__day__range=(first, last),
        judged_at__isnull=False,
    )
    rows = reviews.annotate(drawn=Exists(drawn)).order_by("case", "pk").values_list(*_FIELDS)
    cases: dict[int, list[_Given]] = defaultdict(list)
    for case, *given in rows:
        cases[case].append(_Given(*given))
    return [_case(given) for given in cases.values()]


_FIELDS = ("case", "case__node", "case__day", "drawn", "verdict", "judged_at")


class _Given(NamedTuple):
    node: str
    day: date
    drawn: bool
    verdict: str
    at: datetime


def _case(given: list[_Given]) -> Judged:
    case, first = given[0], min(given, key=lambda one: one.at)
    pair = (given[0].verdict, given[1].verdict) if len(given) > 1 else None
    return Judged(case.node, case.day.replace(day=1), case.drawn, first.verdict, pair)


def _signed(places: Collection[Practice], first: date, last: date) -> list[Signed]:
    """Without those that a signed correction has replaced."""
    replaced = Q(corrected_by__state=AssessmentState.SIGNED)
    counted = (
        Assessment.objects.filter(
            patient__practice__in=places,
            state=AssessmentState.SIGNED,
            as_of__range=(first, last),
        )
        .exclude(replaced)
        .annotate(month=TruncMonth("as_of"))
        .values_list("conclusion", "monitoring", "override_reason", "month")
        .annotate(number=Count("pk"))
        .order_by()
    )
    return [
        Signed(conclusion or monitoring, reason, month, number)
        for conclusion, monitoring, reason, month, number in counted
    ]
