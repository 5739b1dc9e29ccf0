"""What an emergency access asks for. None of these numbers is from the guideline."""

from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

MOST_HOURS = 4
LEAST_REASON = 15
LONGEST_REASON = 500
LEAST_DIFFERENT = 5
"""So many different characters has every sentence; "xxxxxxxxxxxxxxx" is none."""


class EmergencyRefusedError(Exception):
    """What was asked for cannot be done; the message says why and what to do."""


def checked_reason(text: str) -> str:
    """Without spaces around and doubled ones. Raises ``EmergencyRefusedError``."""
    reason = " ".join(text.split())
    missing = LEAST_REASON - len(reason)
    if missing > 0:
        raise EmergencyRefusedError(
            ngettext(
                "Write %(n)s more character. The reason needs at least %(least)s.",
                "Write %(n)s more characters. The reason needs at least %(least)s.",
                missing,
            )
            % {"n": missing, "least": LEAST_REASON}
        )
    if len(reason) > LONGEST_REASON:
        raise EmergencyRefusedError(
            _("Write a shorter reason, at most %(most)s characters.") % {"most": LONGEST_REASON}
        )
    if len(set(reason.casefold()) - {" "}) < LEAST_DIFFERENT:
        raise EmergencyRefusedError(
            _("This says nothing. Write why you need the record now, so that others understand it.")
        )
    return reason


def checked_hours(hours: int) -> timedelta:
    if not 1 <= hours <= MOST_HOURS:
        raise EmergencyRefusedError(
            _("An emergency access lasts between 1 and %(most)s hours.") % {"most": MOST_HOURS}
        )
    return timedelta(hours=hours)
