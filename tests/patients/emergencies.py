"""What the tests of emergency access share: somebody elsewhere, with an app that makes codes."""

import time
from datetime import datetime
from typing import Any

from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.test import Client
from django.urls import reverse

from patients.emergency import SESSION_KEY
from patients.models import EmergencyAccess, Patient
from patients.services.emergency import emergency_open
from tests.cast import Member

from .builders import NOW

ASK = "/emergency/"
NUMBER = "04856200073"
UNKNOWN = "04856200154"
"""Nobody has it, unless the test says so."""
REASON = "Bevisstløs i mottaket"
SECRET = "JBSWY3DPEHPK3PXP"
PERIOD = 30


def with_app(member: Member) -> None:
    TOTP.activate(member.user, SECRET)


def code(ahead: int = 0) -> str:
    """What the app shows now, or the next time."""
    return format_hotp_value(hotp_value(SECRET, int(time.time()) // PERIOD + ahead))


def asked(**given: Any) -> dict[str, Any]:
    return {
        "national_identity_number": NUMBER,
        "reason": REASON,
        "hours": "4",
        "code": code(),
    } | given


def open_for(
    member: Member, *patients: Patient, client: Client | None = None, now: datetime = NOW
) -> list[EmergencyAccess]:
    """Open without asking, in the member's session or that of another ``client``. Each patient has
    the number for a moment: a practice has one patient with a number."""
    opened: list[EmergencyAccess] = []
    for each in patients:
        own = Patient.objects.filter(pk=each.pk)
        own.update(national_identity_number=NUMBER)
        opened += emergency_open(actor=member.actor, number=NUMBER, reason=REASON, hours=4, now=now)
        own.update(national_identity_number="")
    browser = client or member.client
    session = browser.session
    session[SESSION_KEY] = [access.pk for access in opened]
    session.save()
    return opened


def opens(client: Client, person: Patient) -> int:
    return int(client.get(reverse("patients:record", args=[person.pk])).status_code)


def without_token(page: str) -> str:
    """Without the token of the form."""
    return "\n".join(line for line in page.splitlines() if "csrfmiddlewaretoken" not in line)
