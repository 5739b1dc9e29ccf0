"""Registering and changing patients: what is stored, what the log shows, who may."""

from dataclasses import replace
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from b12site.audit.models import Entry
from patients.models import Patient
from patients.services.patients import (
    NumberTakenError,
    PatientDetails,
    patient_register,
    patient_set_status,
    patient_update,
)
from tests.cast import Cast

from ..builders import NOW

NUMBER = "04856200073"
DETAILS = PatientDetails(
    given_name="Åse André",
    family_name="Prøvesen",
    birth_date=date(1962, 5, 4),
    sex="female",
    national_identity_number=NUMBER,
)


def registered(cast: Cast, details: PatientDetails = DETAILS) -> Patient:
    return patient_register(actor=cast.doctor.actor, details=details, now=NOW)


def last_entry() -> Entry:
    entry = Entry.objects.last()
    assert entry is not None
    return entry


def test_it_registers_in_the_practice_of_the_actor(cast: Cast) -> None:
    patient = Patient.objects.get(pk=registered(cast).pk)
    assert (patient.practice, patient.registered_by) == (cast.practice, cast.doctor.user)
    assert (patient.national_identity_number, patient.search_name) == (NUMBER, "åse andre prøvesen")


def test_it_logs_the_registration_with_the_number_masked(cast: Cast) -> None:
    patient = registered(cast)
    entry = last_entry()
    assert (entry.action, entry.subject) == ("patient.registered", patient.pk)
    assert entry.after is not None
    assert entry.after["national_identity_number"] == "048562\N{NO-BREAK SPACE}*****"


def test_a_number_is_registered_once_in_each_practice(cast: Cast) -> None:
    registered(cast)
    with pytest.raises(NumberTakenError):
        registered(cast)
    patient_register(actor=cast.stranger.actor, details=DETAILS, now=NOW)
    assert (Patient.objects.count(), Entry.objects.count()) == (2, 2)


def test_many_may_have_no_number(cast: Cast) -> None:
    for _ in range(2):
        registered(cast, replace(DETAILS, national_identity_number=""))
    assert Patient.objects.count() == 2


def test_a_change_logs_only_what_became_different(cast: Cast) -> None:
    patient = registered(cast)
    details = replace(DETAILS, city="Prøvestad", family_name="Prøvedal")
    patient_update(actor=cast.assistant.actor, patient=patient, details=details)
    entry = last_entry()
    assert entry.before == {"family_name": "Prøvesen", "city": ""}
    assert entry.after == {"family_name": "Prøvedal", "city": "Prøvestad"}
    assert Patient.objects.get().search_name == "åse andre prøvedal"


def test_no_change_is_no_log_row(cast: Cast) -> None:
    patient = registered(cast)
    patient_update(actor=cast.doctor.actor, patient=patient, details=DETAILS)
    assert Entry.objects.count() == 1


def test_a_change_to_a_number_that_is_taken_changes_nothing(cast: Cast) -> None:
    registered(cast)
    other = registered(cast, replace(DETAILS, national_identity_number=""))
    with pytest.raises(NumberTakenError):
        patient_update(actor=cast.doctor.actor, patient=other, details=replace(DETAILS, city="X"))
    other.refresh_from_db()
    assert (other.city, other.national_identity_number) == ("", "")


def test_a_changed_number_is_masked_in_the_log(cast: Cast) -> None:
    patient = registered(cast)
    details = replace(DETAILS, national_identity_number="04856200154")
    patient_update(actor=cast.doctor.actor, patient=patient, details=details)
    entry = last_entry()
    assert (
        entry.before == entry.after == {"national_identity_number": "048562\N{NO-BREAK SPACE}*****"}
    )


def test_who_has_left_can_be_brought_back(cast: Cast) -> None:
    patient, day = registered(cast), date(2026, 3, 1)
    actor = cast.assistant.actor
    patient_set_status(actor=actor, patient=patient, deceased_on=None, moved_on=day)
    assert Patient.objects.get().has_left
    patient_set_status(actor=actor, patient=patient, deceased_on=None, moved_on=None)
    assert not Patient.objects.get().has_left
    assert last_entry().before == {"moved_on": "2026-03-01"}


@pytest.mark.parametrize("name", ["practice_admin", "reviewer"])
def test_only_clinicians_register(cast: Cast, name: str) -> None:
    actor = getattr(cast, name).actor
    with pytest.raises(PermissionDenied):
        patient_register(actor=actor, details=DETAILS, now=NOW)
    patient = registered(cast)
    with pytest.raises(PermissionDenied):
        patient_update(actor=actor, patient=patient, details=DETAILS)
    with pytest.raises(PermissionDenied):
        patient_set_status(actor=actor, patient=patient, deceased_on=None, moved_on=None)
