"""Who the page is about, above every page of a patient."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from interpretation.presenters.texts import short_day

from ..models import Patient
from ..rules.limits import age_on
from ..rules.national_identity import masked


@dataclass(frozen=True, slots=True)
class Header:
    pk: int
    name: str
    born: str
    age: str
    sex: str
    number: str
    """Masked; empty without a number."""
    left: str
    """Died or moved, and when; else empty."""
    reads_only: bool = False
    """The record of another practice, open to be read only: no way to change anything is shown."""


def patient_header(patient: Patient, today: date, *, reads_only: bool = False) -> Header:
    """For ``templates/patients/record/header.html``, which wants it as ``header``."""
    return Header(
        pk=patient.pk,
        name=patient.name,
        born=short_day(patient.birth_date),
        age=age(patient, today),
        sex=patient.get_sex_display() if patient.sex else "",
        number=masked(patient.national_identity_number),
        left=left(patient),
        reads_only=reads_only,
    )


def age(patient: Patient, today: date) -> str:
    """Age today, or at death."""
    years = age_on(patient.birth_date, patient.deceased_on or today)
    return ngettext("%(years)s year", "%(years)s years", years) % {"years": years}


def left(patient: Patient) -> str:
    if patient.deceased_on:
        return _("Died %(day)s") % {"day": short_day(patient.deceased_on)}
    if patient.moved_on:
        return _("Moved to another practice %(day)s") % {"day": short_day(patient.moved_on)}
    return ""
