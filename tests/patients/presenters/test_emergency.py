"""The banner above what is read under emergency access."""

from datetime import timedelta

from b12site.accounts.models import Practice
from patients.models import EmergencyAccess, Patient
from patients.presenters.emergency import Elsewhere, banner
from patients.presenters.worklist import Link

from ..builders import NOW


def access(number: int, practice: str) -> EmergencyAccess:
    patient = Patient(
        pk=number, given_name="Åse", family_name="Prøvesen", practice=Practice(name=practice)
    )
    return EmergencyAccess(
        pk=number, patient=patient, reason="Bevisstløs i mottaket", ends_at=NOW + timedelta(hours=2)
    )


def test_it_says_whose_record_is_open_why_and_until_when() -> None:
    shown = banner(access(1, "Testbygda"), [access(1, "Testbygda")])
    assert shown.whose == "You are reading the record of Åse Prøvesen at Testbygda."
    assert shown.reason == "Bevisstløs i mottaket"
    assert shown.until == "2 Mar 2026 12:00"
    assert shown.others == []


def test_it_leads_to_the_same_persons_records_elsewhere() -> None:
    held = [access(1, "Testbygda"), access(2, "Nabobygda")]
    assert banner(held[0], held).others == [Elsewhere("Nabobygda", Link("patients:record", 2))]
