"""Tells the stories: registers each patient and lets happen what happened, in its order."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils.timezone import make_aware

from ..models import Laboratory, LetterLanguage, Patient
from ..services.patients import PatientDetails, patient_register
from . import places
from .identity import synthetic_number
from .scene import Scene
from .stories import STORIES
from .story import Person, Story

_MORNING = time(8)
_LANGUAGES = (LetterLanguage.BOKMAL, LetterLanguage.BOKMAL, LetterLanguage.NYNORSK)


@transaction.atomic
def tell(today: date, stories: Iterable[Story] = STORIES) -> int:
    """How many patients were made: none where the practice has patients already."""
    doctor, colleague, assistant = (places.actor(worker.email) for worker in places.WORKERS[:3])
    if Patient.objects.filter(practice=doctor.practice).exists():
        return 0
    laboratory = Laboratory.objects.get(practice=doctor.practice, name=places.LABORATORY)
    count = 0
    for count, told in enumerate(stories, start=1):
        first = min((step.day for step in told.steps), default=-1)
        details = person(told.person, count, today)
        patient = patient_register(actor=assistant, details=details, now=moment(today, first, 0))
        scene = Scene(doctor, colleague, assistant, laboratory, patient, moment(today, first, 0))
        _happen(scene, told, today)
    return count


def _happen(scene: Scene, told: Story, today: date) -> None:
    for number, step in enumerate(told.steps, start=1):
        scene.now = moment(today, step.day, number)
        try:
            step.happen(scene)
        except Exception as error:
            error.add_note(f"{told.person.given_name} {told.person.family_name}, day {step.day}")
            raise


def moment(today: date, day: int, number: int) -> datetime:
    """In the morning of a day, one thing after the other."""
    on = datetime.combine(today + timedelta(days=day), _MORNING)
    return make_aware(on + timedelta(minutes=number))


def person(who: Person, number: int, today: date) -> PatientDetails:
    """Everything is invented: no Norwegian telephone or postal code begins like these."""
    birth_date = _born(who.age, number, today)
    return PatientDetails(
        given_name=who.given_name,
        family_name=who.family_name,
        birth_date=birth_date,
        sex=who.sex,
        national_identity_number=synthetic_number(birth_date, who.sex),
        address=f"Demovegen {number}",
        postal_code="0000",
        city="Demofjord",
        telephone=f"00 00 01 {number:02}",
        letter_language=_LANGUAGES[number % len(_LANGUAGES)],
    )


def _born(age: int, number: int, today: date) -> date:
    """Some time in the year that makes the age right."""
    return today - timedelta(days=age * 365 + age // 4 + 20 + number * 5)
