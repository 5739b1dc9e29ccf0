"""Injections as they were given, in words."""

from datetime import datetime
from typing import NamedTuple

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from interpretation import wording
from interpretation.presenters.texts import short_day

from ..models import Injection


class InjectionLine(NamedTuple):
    pk: int
    at: str
    what: str
    batch: str
    by: str
    note: str
    """Why it no longer counts; else what it corrects."""
    counts: bool


def moment(value: datetime) -> str:
    local = localtime(value)
    return f"{short_day(local)} {local:%H:%M}"


def injection_lines(injections: list[Injection]) -> list[InjectionLine]:
    """The newest first. What was corrected or withdrawn stays readable, and says so."""
    superseding = {item.corrects_id: item for item in injections}
    shown = [item for item in injections if not item.withdrawn]
    shown.sort(key=lambda item: (item.given_at, item.pk), reverse=True)
    return [_injection_line(item, superseding.get(item.pk)) for item in shown]


def _injection_line(item: Injection, superseded_by: Injection | None) -> InjectionLine:
    return InjectionLine(
        pk=item.pk,
        at=moment(item.given_at),
        what=f"{wording.DRUGS[item.drug]} {amount(item)}",
        batch=item.batch,
        by=item.given_by.name,
        note=_superseded(superseded_by) if superseded_by else _correcting(item),
        counts=superseded_by is None,
    )


def amount(item: Injection) -> str:
    return "" if item.amount_mg is None else f"{wording.number(item.amount_mg)} mg"


def _superseded(by: Injection) -> str:
    words = _("Withdrawn by %(name)s %(at)s: %(reason)s")
    if not by.withdrawn:
        words = _("Corrected by %(name)s %(at)s: %(reason)s")
    return words % {
        "name": by.recorded_by.name,
        "at": moment(by.recorded_at),
        "reason": by.correction_reason,
    }


def _correcting(item: Injection) -> str:
    return (
        _("Corrected: %(reason)s") % {"reason": item.correction_reason} if item.corrects_id else ""
    )
