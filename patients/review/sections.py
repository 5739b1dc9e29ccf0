"""The numbers of the review, each in its table: agreement, what was chosen otherwise, controls."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from statistics import median, quantiles
from typing import Any

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..models import OverrideReason, Verdict
from . import words
from .agreement import FEWEST_PAIRS, kappa
from .held import Outcome
from .numbers import Judged, Numbers, Signed
from .small import FEWEST, Counts, pooled, spans
from .tables import (
    NOTHING,
    Cell,
    Row,
    Section,
    Table,
    counted,
    few,
    plain,
    rows,
    share_columns,
    totals,
)

OUTCOMES: Mapping[Outcome, Promise] = {
    Outcome.WITHIN: gettext_lazy("held within the window"),
    Outcome.BEFORE: gettext_lazy("held before the window"),
    Outcome.AFTER: gettext_lazy("held after the window"),
    Outcome.NOT_HELD: gettext_lazy("not held"),
    Outcome.LOST: gettext_lazy("not held, the patient is lost to follow-up"),
    Outcome.CANCELLED: gettext_lazy("cancelled"),
}


def sections(numbers: Numbers) -> list[Section]:
    return [
        Section(
            _("Agreement"),
            [
                _by_node(numbers.judged),
                _judged_by_month(numbers.judged),
                _two_reviewers(numbers.judged),
            ],
        ),
        Section(
            _("Chosen otherwise than the guideline"),
            [
                _by_conclusion(numbers.signed),
                _signed_by_month(numbers.signed),
                _by_reason(numbers.signed),
            ],
        ),
        Section(
            _("Controls"),
            [_waits(numbers), _held_by_month(numbers.outcomes), _outcomes(numbers.outcomes)],
        ),
    ]


# Agreement


def _by_node(judged: Sequence[Judged]) -> Table:
    counts = _verdicts((one.node, one) for one in judged)
    total = _verdicts(("", one) for one in judged)
    drawn = _verdicts(("", one) for one in judged if one.drawn)
    lines = rows(pooled(counts), _nodes)
    lines += totals(_("All cases"), total) if len(lines) > 1 else []
    lines += totals(_("Of all, the random sample"), drawn)
    return Table(
        _("Agreement by deciding question"),
        [_("Deciding question"), *share_columns(_("Cases"), _("Agree")), *_disagreements()],
        lines,
        _("No case of this period has a verdict."),
        [
            _("Each case counts once, with the first verdict that it was given."),
            _(
                "Cases are chosen because something about them is unusual, so that agreement here "
                "is not agreement on all patients; that of the random sample is."
            ),
        ],
    )


def _verdicts(cases: Iterable[tuple[Any, Judged]]) -> dict[Any, Counts]:
    return counted(((key, one.first) for key, one in cases), list(Verdict))


def _disagreements() -> list[str]:
    return [capfirst(str(verdict.label)) for verdict in list(Verdict)[1:]]


def _judged_by_month(judged: Sequence[Judged]) -> Table:
    agreed = ((one.month, one.first == Verdict.AGREE) for one in judged)
    return Table(
        _("Agreement by month of the assessment"),
        [_("Month"), *share_columns(_("Cases"), _("Agree"))],
        rows(spans(sorted(counted(agreed, (True, False)).items())), _months, parts=False),
    )


def _two_reviewers(judged: Sequence[Judged]) -> Table:
    pairs = [one.pair for one in judged if one.pair]
    same = counted((("", one == other) for one, other in pairs), (True, False))
    lines = rows(pooled(same), lambda _keys: [_("All")], parts=False)
    measured = [Row(row.names, [*row.cells, _kappa(pairs)], row.bar) for row in lines]
    return Table(
        _("Two reviewers of the same case"),
        [_("Cases"), *share_columns(_("Judged by two"), _("Same verdict")), _("Cohen's kappa")],
        measured,
        _("No case of this period has been judged by two reviewers."),
        [
            _("Kappa is computed from %(fewest)s cases on (not from the guideline).")
            % {"fewest": FEWEST_PAIRS}
        ],
    )


def _kappa(pairs: Sequence[tuple[str, str]]) -> Cell:
    if len(pairs) < FEWEST_PAIRS:
        return _("too few cases")
    value = kappa(pairs)
    return _("not defined: always the same verdict") if value is None else round(value, 2)


# Chosen otherwise


def _by_conclusion(signed: Sequence[Signed]) -> Table:
    counts = _overrides((one.conclusion, one) for one in signed)
    lines = rows(pooled(counts), _conclusions, parts=False)
    if len(lines) > 1:
        total = _overrides(("", one) for one in signed)
        lines += totals(_("All signed assessments"), total, parts=False)
    return Table(
        _("Chosen otherwise, by conclusion"),
        [_("Conclusion"), *share_columns(_("Signed assessments"), _("Chosen otherwise"))],
        lines,
        _("No assessment was signed in this period."),
    )


def _signed_by_month(signed: Sequence[Signed]) -> Table:
    counts = sorted(_overrides((one.month, one) for one in signed).items())
    return Table(
        _("Chosen otherwise, by month of the assessment"),
        [_("Month"), *share_columns(_("Signed assessments"), _("Chosen otherwise"))],
        rows(spans(counts), _months, parts=False),
    )


def _by_reason(signed: Sequence[Signed]) -> Table:
    reasons = Counter[str]()
    for one in signed:
        reasons[one.reason] += one.number
    counts = {reason: (count,) for reason, count in reasons.items() if reason}
    return Table(
        _("Why it was chosen otherwise"),
        [_("Reason"), _("Assessments")],
        plain(pooled(counts), _reasons),
    )


def _overrides(assessments: Iterable[tuple[Any, Signed]]) -> dict[Any, Counts]:
    counts: dict[Any, list[int]] = {}
    for key, one in assessments:
        counts.setdefault(key, [0, 0])[not one.reason] += one.number
    return {key: tuple(both) for key, both in counts.items()}


# Controls


def _waits(numbers: Numbers) -> Table:
    days, cells = numbers.waits, list[Cell]()
    if len(days) >= FEWEST:
        lower, _middle, upper = quantiles(days, n=4, method="inclusive")
        cells = [len(days), *(_exact(value) for value in (median(days), lower, upper))]
    unknown: list[Cell] = [few(), NOTHING, NOTHING, NOTHING]
    waiting: Cell = numbers.waiting if not 0 < numbers.waiting < FEWEST else few()
    return Table(
        _("Days from the assessment to the first control"),
        [
            _("Assessments"), _("Control held"), _("Median"), _("Lower quartile"),
            _("Upper quartile"), _("Not held yet"),
        ],
        [Row([_("All")], [*(cells or unknown), waiting])] if days or numbers.waiting else [],
        _("No assessment of this period has led to a control."),
        [_("Those that are not held yet are not in the median, which they would make longer.")],
    )  # fmt: skip


def _exact(days: float) -> Decimal:
    """Quartiles of whole days end in quarters."""
    return Decimal(str(days)).normalize() if days % 1 else Decimal(int(days))


def _held_by_month(outcomes: Sequence[tuple[date, Outcome]]) -> Table:
    due = [(month, one == Outcome.WITHIN) for month, one in outcomes if one != Outcome.CANCELLED]
    lines = rows(spans(sorted(counted(due, (True, False)).items())), _months, parts=False)
    if len(lines) > 1:
        total = counted((("", within) for _month, within in due), (True, False))
        lines += totals(_("All controls"), total, parts=False)
    return Table(
        _("Controls held within their window, by the month in which it ended"),
        [_("Month"), *share_columns(_("Controls"), _("Within the window"))],
        lines,
        _("No control had a window that ended in this period."),
        [
            _(
                "The window is the first one that was planned, and it is over. Cancelled controls "
                "are not counted; controls that were not held are."
            )
        ],
    )


def _outcomes(outcomes: Sequence[tuple[date, Outcome]]) -> Table:
    counts = Counter(outcome for _month, outcome in outcomes)
    groups = pooled({outcome: (count,) for outcome, count in counts.items()})
    return Table(
        _("What came of the controls"),
        [_("Outcome"), _("Controls")],
        plain(groups, lambda keys: [capfirst(str(OUTCOMES[key])) for key in keys]),
    )


# Words


def _nodes(codes: Sequence[str]) -> list[str]:
    return [words.node(code) or _("no question") for code in codes]


def _conclusions(codes: Sequence[str]) -> list[str]:
    return [words.conclusion(code) or code or _("no conclusion") for code in codes]


def _reasons(codes: Sequence[str]) -> list[str]:
    return [capfirst(str(OverrideReason(code).label)) for code in codes]


def _months(months: Sequence[date]) -> list[str]:
    """One, or from the first to the last of several."""
    first, last = (date_format(month, "YEAR_MONTH_FORMAT") for month in (months[0], months[-1]))
    if len(months) == 1:
        return [first]
    return [_("%(first)s to %(last)s") % {"first": first, "last": last}]
