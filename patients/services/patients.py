"""Registering patients, changing what is registered, and taking off the lists who has left."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from b12site.accounts.actor import Actor
from b12site.audit import log

from ..models import LetterLanguage, Patient
from ..permissions import Action, require
from ..reading.searched import searchable
from ..rules.national_identity import masked


class NumberTakenError(Exception):
    """The practice has a patient with this national identity number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PatientDetails:
    """What is registered about a person; the number as eleven digits."""

    given_name: str
    family_name: str
    birth_date: date
    sex: str = ""
    national_identity_number: str = ""
    address: str = ""
    postal_code: str = ""
    city: str = ""
    telephone: str = ""
    letter_language: str = LetterLanguage.BOKMAL


@log.logged
def patient_register(*, actor: Actor, details: PatientDetails, now: datetime) -> Patient:
    """Raises ``NumberTakenError``."""
    require(actor, Action.REGISTER_PATIENT)
    patient = Patient(practice=actor.practice, registered_at=now, registered_by=actor.user)
    _set(patient, asdict(details))
    log.changed(
        actor=actor,
        action="patient.registered",
        obj=patient,
        subject=patient.pk,
        after=_logged(asdict(details)),
    )
    return patient


@log.logged
def patient_update(*, actor: Actor, patient: Patient, details: PatientDetails) -> Patient:
    """Logs what became different, and nothing when nothing did. Raises ``NumberTakenError``."""
    require(actor, Action.REGISTER_PATIENT)
    return _changed(actor, patient, "patient.updated", asdict(details))


@log.logged
def patient_set_status(
    *, actor: Actor, patient: Patient, deceased_on: date | None, moved_on: date | None
) -> Patient:
    """Off the lists from now on, or back on them when both are ``None``."""
    require(actor, Action.REGISTER_PATIENT)
    status = {"deceased_on": deceased_on, "moved_on": moved_on}
    return _changed(actor, patient, "patient.status_set", status)


def _changed(actor: Actor, patient: Patient, action: str, values: Mapping[str, Any]) -> Patient:
    patient = Patient.objects.select_for_update().get(pk=patient.pk)
    before = {
        name: getattr(patient, name)
        for name, value in values.items()
        if getattr(patient, name) != value
    }
    if not before:
        return patient
    after = {name: values[name] for name in before}
    _set(patient, after)
    log.changed(
        actor=actor,
        action=action,
        obj=patient,
        subject=patient.pk,
        before=_logged(before),
        after=_logged(after),
    )
    return patient


def _set(patient: Patient, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        setattr(patient, name, value)
    patient.search_name = searchable(patient.name)
    try:
        with transaction.atomic():
            patient.save()
    except IntegrityError:  # the one constraint: a number once in each practice
        raise NumberTakenError from None


def _logged(values: Mapping[str, Any]) -> dict[str, Any]:
    """The log never shows a whole identity number."""
    number = values.get("national_identity_number")
    return {**values, "national_identity_number": masked(number)} if number else dict(values)
