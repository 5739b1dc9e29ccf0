"""A practice with reviewers, and signed assessments for them."""

from datetime import datetime
from typing import Any

from b12site.accounts.models import Practice, Role, User
from patients.models import Assessment, EmergencyAccess, Patient, Review, ReviewCase, ReviewSetting
from patients.services import emergency
from patients.services.assessments import assessment_sign, assessment_start
from patients.services.reviews import review_judge
from tests.cast import Cast, Member, join
from tests.patients import builders
from tests.patients.builders import NOW, TODAY

SOUND = {"verdict": "agree", "reason": "sound", "comment": ""}
AGAINST = {"verdict": "doctor", "reason": "overlooked", "comment": "Fundusgastritt i 2019."}
NERVES: dict[str, list[str]] = {
    "age": ["63"],
    "sex": ["female"],
    "symptoms": ["paraesthesia"],
    "sample_date": ["2026-02-27"],
    "total_b12_pmol_l": ["90"],
    "mma_umol_l": ["1,2"],
}
"""Neurological symptoms: a ground by itself."""
PLAIN = NERVES | {"symptoms": ["fatigue"]}
"""No ground but the random sample."""


def set_up(practice: Practice, **values: Any) -> ReviewSetting:
    defaults = {"sample_share": 0} | values
    return ReviewSetting.objects.update_or_create(practice=practice, defaults=defaults)[0]


def reviewer(practice: Practice, name: str, email: str) -> Member:
    """One who reaches the administration."""
    member = join(practice, Role.REVIEWER, email, name)
    User.objects.filter(pk=member.user.pk).update(is_staff=True)
    return member


def sign(
    doctor: Member, patient: Patient, data: dict[str, list[str]] = NERVES, **decided: Any
) -> Assessment:
    draft = assessment_start(
        actor=doctor.actor, patient=patient, form_data=data, as_of=TODAY, now=NOW
    )
    values: dict[str, Any] = {"chosen_regimen": "im_5_days_then_oral"} | decided
    return assessment_sign(
        actor=doctor.actor, assessment=draft, version=1, form_data=data, now=NOW, **values
    )


def case_of(cast: Cast, **given: Any) -> ReviewCase:
    """One that whoever reviews in the practice is asked about."""
    patient = given.pop("patient", None) or builders.patient(cast.practice)
    return ReviewCase.objects.get(assessment=sign(cast.doctor, patient, **given))


def judge(review: Review, member: Member, now: datetime = NOW, /, **said: str) -> Review:
    return review_judge(actor=member.actor, review=review, now=now, **{**SOUND, **said})


def access_to(cast: Cast, patient: Patient) -> EmergencyAccess:
    """A doctor of the other practice opens the record."""
    return emergency.emergency_open(
        actor=cast.stranger.actor,
        number=patient.national_identity_number,
        reason="Bevisstløs på legevakten, trenger medisinlisten",
        hours=2,
        now=NOW,
    )[0]
