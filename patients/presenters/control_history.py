"""What has happened with a control, as finished strings."""

from datetime import datetime
from typing import NamedTuple

from django.utils.formats import time_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from interpretation import wording
from interpretation.guideline.vocabulary import Conclusion, MonitoringConclusion
from interpretation.presenters.texts import short_day

from ..models import Assessment, ContactAttempt, ControlEvent
from ..models.control import CancelReason, CloseReason, MoveReason
from ..reading.controls import History
from .worklist import window

REASONS = {
    **{code.value: code.label for code in MoveReason},
    **{code.value: code.label for code in CancelReason},
    **{code.value: code.label for code in CloseReason},
}
"""All coded reasons; those that share a code share its words."""


class Event(NamedTuple):
    at: str
    what: str
    reason: str
    text: str
    window: str
    by: str


class Attempt(NamedTuple):
    at: str
    how: str
    outcome: str
    note: str
    by: str


class Assessed(NamedTuple):
    pk: int
    text: str


class Told(NamedTuple):
    """What has happened with a control."""

    events: list[Event]
    attempts: list[Attempt]
    assessments: list[Assessed]


def history(held: History) -> Told:
    return Told(
        [_event(item) for item in held.events],
        [_attempt(item) for item in held.attempts],
        [Assessed(item.pk, _assessment(item)) for item in held.assessments],
    )


def _moment(at: datetime) -> str:
    local = localtime(at)
    return f"{short_day(local)} {time_format(local, 'H:i')}"


def _event(item: ControlEvent) -> Event:
    return Event(
        _moment(item.recorded_at),
        item.get_kind_display(),
        str(REASONS.get(item.reason, item.reason)),
        item.text,
        window(item.earliest, item.latest),
        item.recorded_by.name,
    )


def _attempt(item: ContactAttempt) -> Attempt:
    return Attempt(
        _moment(item.at),
        item.get_channel_display(),
        item.get_outcome_display(),
        item.note,
        item.recorded_by.name,
    )


def _assessment(item: Assessment) -> str:
    words = {"day": short_day(item.as_of)}
    if not item.is_signed:
        return _("Draft of %(day)s, not signed") % words
    return _("Assessment of %(day)s: %(conclusion)s") % {**words, "conclusion": _conclusion(item)}


def _conclusion(item: Assessment) -> str:
    if item.monitoring:
        return str(wording.MONITORING[MonitoringConclusion(item.monitoring)])
    if item.conclusion:
        return str(wording.CONCLUSIONS[Conclusion(item.conclusion)])
    return _("no conclusion")
