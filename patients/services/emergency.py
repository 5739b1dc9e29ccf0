"""Emergency access: the record of another practice, to read, for some hours and with a reason.

A person can be registered in several practices. One opening opens all of these records, each as an
access of its own that the practice's reviewer signs off. That nobody has the number is logged too:
else numbers could be tried without a trace.
"""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from b12site.accounts.actor import Actor
from b12site.audit import log

from ..emergency import is_over
from ..models import EmergencyAccess, Patient
from ..permissions import Action, require
from ..rules.emergency import EmergencyRefusedError, checked_hours, checked_reason
from ..rules.national_identity import masked
from . import review_queue

__all__ = ["EmergencyRefusedError", "emergency_end", "emergency_open", "emergency_sign_off"]


@log.logged
def emergency_open(
    *, actor: Actor, number: str, reason: str, hours: int, now: datetime
) -> list[EmergencyAccess]:
    """One access for each record that other practices have of the person with this national
    identity number, those first whom the practice still has. The caller has checked the one-time
    code. Raises ``EmergencyRefusedError``."""
    require(actor, Action.EMERGENCY_ACCESS)
    ground, ends_at = checked_reason(reason), now + checked_hours(hours)
    patients = Patient.objects.filter(national_identity_number=number).exclude(
        practice=actor.practice
    )
    patients = patients.exclude(national_identity_number="").select_related("practice")
    opened = [
        _open(actor, patient, ground, now, ends_at)
        for patient in sorted(patients, key=lambda each: (each.has_left, -each.pk))
    ]
    if not opened:
        log.changed(
            actor=actor,
            action="emergency.not_found",
            obj=actor.user,
            after={"number": masked(number)},
            ground=ground,
        )
    return opened


def _open(
    actor: Actor, patient: Patient, ground: str, now: datetime, ends_at: datetime
) -> EmergencyAccess:
    access = EmergencyAccess.objects.create(
        patient=patient,
        user=actor.user,
        practice=actor.practice,
        reason=ground,
        opened_at=now,
        ends_at=ends_at,
    )
    log.changed(
        actor=actor,
        action="emergency.opened",
        obj=access,
        subject=patient.pk,
        after={"ends_at": ends_at},
        ground=ground,
    )
    review_queue.consider(emergency=access, now=now)
    return access


@log.logged
def emergency_end(*, actor: Actor, access: EmergencyAccess, now: datetime) -> None:
    """Before its time, by whoever opened it. One that is over stays as it is."""
    require(actor, Action.EMERGENCY_ACCESS)
    access = _locked(access)
    if access.user_id != actor.user.pk:
        raise PermissionDenied("the access of somebody else")
    if not is_over(access, now):
        _end(actor, access, now)


@log.logged
def emergency_sign_off(
    *, actor: Actor, access: EmergencyAccess, justified: bool, comment: str, now: datetime
) -> None:
    """What the patient's practice thinks of it, once. One that was not justified ends at once, if
    it has not ended yet. Raises ``EmergencyRefusedError``."""
    require(actor, Action.SIGN_OFF_EMERGENCY)
    access, comment = _locked(access), comment.strip()
    if access.patient.practice_id != actor.practice.pk:
        raise PermissionDenied("a patient of another practice")
    _check_sign_off(actor, access, justified=justified, comment=comment)
    access.signed_off_at, access.signed_off_by = now, actor.user
    access.justified, access.sign_off_comment = justified, comment
    access.save(update_fields=["signed_off_at", "signed_off_by", "justified", "sign_off_comment"])
    log.changed(
        actor=actor,
        action="emergency.signed_off",
        obj=access,
        subject=access.patient_id,
        after={"justified": justified},
        ground=comment,
    )
    if not justified and not is_over(access, now):
        _end(actor, access, now)


def _check_sign_off(
    actor: Actor, access: EmergencyAccess, *, justified: bool, comment: str
) -> None:
    if access.signed_off_at is not None:
        raise EmergencyRefusedError(_("This access has been signed off already."))
    if access.user_id == actor.user.pk:
        raise EmergencyRefusedError(_("You opened this access. Another reviewer signs it off."))
    if not justified and not comment:
        raise EmergencyRefusedError(_("Write why the access was not justified."))


def _end(actor: Actor, access: EmergencyAccess, now: datetime) -> None:
    before = {"ends_at": access.ends_at}
    access.ended_at = now
    access.save(update_fields=["ended_at"])
    log.changed(
        actor=actor,
        action="emergency.ended",
        obj=access,
        subject=access.patient_id,
        before=before,
        after={"ended_at": now},
    )


def _locked(access: EmergencyAccess) -> EmergencyAccess:
    """As it is now, kept from others until the end of the transaction."""
    locked = EmergencyAccess.objects.select_for_update(of=("self",)).select_related("patient")
    return locked.get(pk=access.pk)
