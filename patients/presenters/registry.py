"""Those who were found by a search, as finished strings."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..reading.searched import Found
from .header import Header, patient_header


@dataclass(frozen=True, slots=True)
class FoundText:
    status: str
    rows: list[Header]
    more: bool


def found_text(found: Found, today: date, *, is_first: bool) -> FoundText:
    rows = [patient_header(patient, today) for patient in found.patients]
    return FoundText(_status(len(rows), found.more, is_first=is_first), rows, found.more)


def _status(shown: int, more: bool, *, is_first: bool) -> str:
    if not shown:
        return (
            _("Nobody in this practice was found. Try fewer letters, or only the date of birth.")
            if is_first
            else _("There are no more.")
        )
    if more:
        return _("%(shown)s patients are shown, and there are more.") % {"shown": shown}
    return ngettext("%(shown)s patient is shown.", "%(shown)s patients are shown.", shown) % {
        "shown": shown
    }
