"""Emergency access: opened with a reason, ended, and signed off by the patient's practice."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from b12site.accounts.models import Practice, Role
from b12site.audit.models import Entry
from patients.models import EmergencyAccess, Patient, ReviewCase
from patients.services.emergency import (
    EmergencyRefusedError,
    emergency_end,
    emergency_open,
    emergency_sign_off,
)
from tests.cast import Cast, Member, join

from ..builders import NOW, patient
from ..emergencies import NUMBER, REASON

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


@pytest.fixture
def person(cast: Cast) -> Patient:
    """A patient of the practice, whose record a doctor of another one needs."""
    return patient(cast.practice, national_identity_number=NUMBER)


def opened(member: Member, **given: Any) -> list[EmergencyAccess]:
    asked: dict[str, Any] = {"number": NUMBER, "reason": REASON, "hours": 4, "now": NOW} | given
    return emergency_open(actor=member.actor, **asked)


def signed_off(member: Member, access: EmergencyAccess, **given: Any) -> EmergencyAccess:
    said: dict[str, Any] = {"justified": True, "comment": "", "now": NOW + HOUR} | given
    emergency_sign_off(actor=member.actor, access=access, **said)
    access.refresh_from_db()
    return access


def logged(action: str) -> list[Entry]:
    return list(Entry.objects.filter(action=action))


# Opening


def test_it_opens_for_the_hours_that_were_asked_for(cast: Cast, person: Patient) -> None:
    (access,) = opened(cast.stranger, hours=2)
    assert (access.patient, access.user, access.practice) == (
        person,
        cast.stranger.user,
        cast.other_practice,
    )
    assert (access.opened_at, access.ends_at, access.ended_at) == (NOW, NOW + 2 * HOUR, None)


def test_the_log_names_patient_practice_and_reason(cast: Cast, person: Patient) -> None:
    opened(cast.stranger)
    (entry,) = logged("emergency.opened")
    assert (entry.subject, entry.practice, entry.ground) == (
        person.pk,
        cast.other_practice,
        REASON,
    )


def test_it_waits_in_the_queue_of_the_patients_practice(cast: Cast, person: Patient) -> None:
    (access,) = opened(cast.stranger)
    case = ReviewCase.objects.get(emergency=access)
    assert (case.practice, case.patient) == (cast.practice, person)
    assert [ground.ground for ground in case.grounds.all()] == ["emergency"]


def test_every_practice_that_has_the_person_is_opened_the_ones_that_still_have_first(
    cast: Cast, person: Patient
) -> None:
    third = Practice.objects.create(name="Tredje legekontor")
    Patient.objects.filter(pk=person.pk).update(moved_on=NOW.date())
    newer = patient(third, national_identity_number=NUMBER)
    patient(cast.other_practice, national_identity_number=NUMBER)
    assert [access.patient for access in opened(cast.stranger)] == [newer, person]
    assert ReviewCase.objects.count() == 2


def test_a_number_that_nobody_has_is_logged_masked_and_opens_nothing(cast: Cast) -> None:
    assert opened(cast.stranger) == []
    (entry,) = logged("emergency.not_found")
    assert (entry.subject, entry.after, entry.ground) == (
        None,
        {"number": "048562\N{NO-BREAK SPACE}*****"},
        REASON,
    )


def test_patients_without_a_number_are_not_opened_by_an_empty_one(cast: Cast) -> None:
    patient(cast.practice)
    assert opened(cast.stranger, number="") == []


@pytest.mark.parametrize("who", ["assistant", "practice_admin", "reviewer"])
def test_only_doctors_open_and_end(who: str, cast: Cast, person: Patient) -> None:
    (access,) = opened(cast.stranger)
    with pytest.raises(PermissionDenied):
        opened(getattr(cast, who))
    with pytest.raises(PermissionDenied):
        emergency_end(actor=getattr(cast, who).actor, access=access, now=NOW)


@pytest.mark.parametrize("hours", [-1, 0, 5, 24])
def test_for_other_than_one_to_four_hours_it_opens_nothing(
    hours: int, cast: Cast, person: Patient
) -> None:
    with pytest.raises(EmergencyRefusedError, match="between 1 and 4 hours"):
        opened(cast.stranger, hours=hours)
    assert not EmergencyAccess.objects.exists()
    assert not Entry.objects.exists()


def test_without_a_reason_it_opens_nothing(cast: Cast, person: Patient) -> None:
    with pytest.raises(EmergencyRefusedError, match="Write 1 more character"):
        opened(cast.stranger, reason="bevisstløs her")
    assert not EmergencyAccess.objects.exists()


# Ending


def test_whoever_opened_it_ends_it_once(cast: Cast, person: Patient) -> None:
    (access,) = opened(cast.stranger)
    for after in (HOUR, 2 * HOUR):
        emergency_end(actor=cast.stranger.actor, access=access, now=NOW + after)
    access.refresh_from_db()
    assert access.ended_at == NOW + HOUR
    assert [entry.subject for entry in logged("emergency.ended")] == [person.pk]


@pytest.mark.parametrize(("minutes", "ends"), [(239, True), (240, False), (241, False)])
def test_what_is_over_is_not_ended_again(
    minutes: int, ends: bool, cast: Cast, person: Patient
) -> None:
    (access,) = opened(cast.stranger)
    emergency_end(actor=cast.stranger.actor, access=access, now=NOW + timedelta(minutes=minutes))
    access.refresh_from_db()
    assert (access.ended_at is not None) == ends


def test_nobody_ends_the_access_of_somebody_else(cast: Cast, person: Patient) -> None:
    (access,) = opened(cast.stranger)
    with pytest.raises(PermissionDenied):
        emergency_end(actor=cast.doctor.actor, access=access, now=NOW)


# Signing off


def test_a_reviewer_of_the_patients_practice_signs_it_off(cast: Cast, person: Patient) -> None:
    access = signed_off(cast.reviewer, opened(cast.stranger)[0], comment=" Greit ")
    assert (access.signed_off_by, access.signed_off_at) == (cast.reviewer.user, NOW + HOUR)
    assert (access.justified, access.sign_off_comment, access.ended_at) == (True, "Greit", None)
    (entry,) = logged("emergency.signed_off")
    assert (entry.subject, entry.after, entry.ground) == (person.pk, {"justified": True}, "Greit")


@pytest.mark.parametrize("who", ["doctor", "assistant", "practice_admin", "stranger"])
def test_nobody_else_signs_off(who: str, cast: Cast, person: Patient) -> None:
    (access,) = opened(cast.stranger)
    with pytest.raises(PermissionDenied):
        signed_off(getattr(cast, who), access)


def test_a_reviewer_of_another_practice_does_not_sign_off(cast: Cast, person: Patient) -> None:
    other = join(cast.other_practice, Role.REVIEWER, "annen@cast.example", "Eli Prøveås")
    with pytest.raises(PermissionDenied):
        signed_off(other, opened(cast.stranger)[0])


def test_nobody_signs_off_an_own_access(cast: Cast, person: Patient) -> None:
    (access,) = opened(cast.stranger)
    here = replace(
        cast.stranger,
        actor=replace(
            cast.stranger.actor, practice=cast.practice, roles=frozenset({Role.REVIEWER})
        ),
    )
    with pytest.raises(EmergencyRefusedError, match="Another reviewer"):
        signed_off(here, access)


def test_it_is_signed_off_once(cast: Cast, person: Patient) -> None:
    access = signed_off(cast.reviewer, opened(cast.stranger)[0])
    with pytest.raises(EmergencyRefusedError, match="already"):
        signed_off(cast.reviewer, access, justified=False, comment="Likevel ikke")


def test_one_that_was_not_justified_asks_why_and_ends_at_once(cast: Cast, person: Patient) -> None:
    (access,) = opened(cast.stranger)
    with pytest.raises(EmergencyRefusedError, match="Write why"):
        signed_off(cast.reviewer, access, justified=False, comment="  ")
    access = signed_off(cast.reviewer, access, justified=False, comment="Ingen behandling")
    assert (access.justified, access.ended_at) == (False, NOW + HOUR)
    assert len(logged("emergency.ended")) == 1


def test_one_that_is_over_keeps_its_time(cast: Cast, person: Patient) -> None:
    access = signed_off(
        cast.reviewer, opened(cast.stranger)[0], justified=False, comment="Nei", now=NOW + 5 * HOUR
    )
    assert access.ended_at is None
