"""The banner on each page that is shown under emergency access."""

from collections.abc import Sequence
from typing import NamedTuple

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from ..models import EmergencyAccess
from .worklist import Link


class Elsewhere(NamedTuple):
    """The same person's record in one more practice."""

    practice: str
    to: Link


class Banner(NamedTuple):
    whose: str
    reason: str
    until: str
    others: list[Elsewhere]


def banner(shown: EmergencyAccess, held: Sequence[EmergencyAccess]) -> Banner:
    """Reads patients and their practices; asks nothing of the database."""
    return Banner(
        whose=_("You are reading the record of %(name)s at %(practice)s.")
        % {"name": shown.patient.name, "practice": shown.patient.practice.name},
        reason=shown.reason,
        until=date_format(localtime(shown.ends_at), "SHORT_DATETIME_FORMAT"),
        others=[
            Elsewhere(other.patient.practice.name, Link("patients:record", other.patient_id))
            for other in held
            if other.pk != shown.pk
        ],
    )
