"""Assessments: drafted by the practice, signed by a doctor, and never changed afterwards."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from b12site.accounts.actor import Actor
from b12site.audit import log
from interpretation.contract import case_to_json, interpretation_to_json
from interpretation.guideline.interpretation import Interpretation
from interpretation.guideline.vocabulary import NEUROLOGICAL

from ..models import (
    Assessment,
    AssessmentState,
    Control,
    ControlState,
    Patient,
    Seriousness,
    TreatmentCourse,
)
from ..models.control import CancelReason
from ..permissions import Action, require
from ..reading.record_case import changed_fields, current_results
from ..rules.answered import (
    Answered,
    advised,
    answered,
    choice_fault,
    controls_after,
    to_be_carried_out,
)
from ..rules.typed_values import new_result, replaces, typed_values, without_date
from . import work
from .controls import control_cancel, control_close, controls_plan
from .orders import order_place
from .results import result_correct, results_record
from .review_queue import consider

FormData = Mapping[str, list[str]]

EXPECTED_AFTER = timedelta(days=14)
"""When answers are expected unless the doctor says otherwise; not from the guideline."""


class AssessmentConflictError(Exception):
    """Somebody saved or signed the draft meanwhile; ``current`` is how it stands now."""

    def __init__(self, current: Assessment) -> None:
        super().__init__(f"assessment {current.pk} is at version {current.version}")
        self.current = current


class AssessmentRefusedError(Exception):
    """What was asked for cannot be done; the message says why and what to do."""


@log.logged
def assessment_start(
    *,
    actor: Actor,
    patient: Patient,
    form_data: FormData,
    as_of: date,
    now: datetime,
    control: Control | None = None,
    corrects: Assessment | None = None,
    correction_reason: str = "",
) -> Assessment:
    """A new draft; with ``corrects`` one that takes the place of a signed assessment once it is
    signed itself."""
    require(actor, Action.DRAFT_ASSESSMENT)
    if patient.practice_id != actor.practice.pk:
        raise PermissionDenied("a patient of another practice")
    if corrects is not None:
        _check_correction(corrects, correction_reason)
    draft = Assessment.objects.create(
        patient=patient,
        form_data=dict(form_data),
        as_of=as_of,
        control=control,
        corrects=corrects,
        correction_reason=correction_reason.strip(),
        created_at=now,
        created_by=actor.user,
        updated_at=now,
        updated_by=actor.user,
    )
    work.put_draft(draft, _seriousness(draft))
    after = {"form_data": draft.form_data, "as_of": as_of, "control": control, "corrects": corrects}
    _log(actor, "assessment.started", draft, after=after, ground=draft.correction_reason)
    return draft


@log.logged
def assessment_save(
    *, actor: Actor, assessment: Assessment, version: int, form_data: FormData, now: datetime
) -> Assessment:
    """Keep what is typed. Raises ``AssessmentConflictError`` when the draft is not the one that
    was read; saving the same again changes nothing."""
    require(actor, Action.DRAFT_ASSESSMENT)
    draft = _held(actor, assessment)
    if draft.form_data == dict(form_data) and not draft.is_signed:
        return draft
    _check_version(draft, version)
    before, after = changed_fields(draft.form_data, form_data)
    _put(draft, actor, form_data, now)
    draft.save()
    work.put_draft(draft, _seriousness(draft))
    _log(actor, "assessment.saved", draft, before=before, after=after)
    return draft


@log.logged
def assessment_discard(*, actor: Actor, assessment: Assessment, version: int) -> None:
    """Throw a draft away; the log keeps what stood in it."""
    require(actor, Action.DRAFT_ASSESSMENT)
    draft = _held(actor, assessment)
    _check_version(draft, version)
    work.drop(assessment=draft)
    before = {"form_data": draft.form_data, "as_of": draft.as_of, "corrects": draft.corrects_id}
    _log(actor, "assessment.discarded", draft, before=before)
    draft.delete()


@log.logged
def assessment_sign(
    *,
    actor: Actor,
    assessment: Assessment,
    version: int,
    form_data: FormData,
    chosen_regimen: str,
    override_reason: str = "",
    override_text: str = "",
    comment: str = "",
    now: datetime,
    order: Sequence[str] = (),
    expected_by: date | None = None,
) -> Assessment:
    """The doctor's signature, dated today: input, limits, edition and answer are frozen, and all
    that follows from it happens in the same transaction. Raises ``AssessmentConflictError``,
    ``AssessmentRefusedError`` and Django's ``ValidationError``."""
    require(actor, Action.SIGN_ASSESSMENT)
    draft = _held(actor, assessment)
    _check_version(draft, version)
    today = localdate(now)
    answer = _readable(form_data, today)
    _put(draft, actor, form_data, now)
    _choose(draft, answer.result, chosen_regimen, override_reason, override_text)
    draft.comment = comment.strip()
    _store_results(actor, draft, answer, now)
    _freeze(draft, actor, answer, now)
    course = draft.patient.courses.filter(stopped_on__isnull=True).first()
    if order:
        order_place(
            actor=actor,
            patient=draft.patient,
            tests=order,
            ordered_on=today,
            expected_by=expected_by or today + EXPECTED_AFTER,
            assessment=draft,
            seriousness=_seriousness(draft, course),
        )
    _follow(actor, draft, answer, course, now)
    _log(actor, "assessment.signed", draft, after=_signed(draft), ground=draft.override_reason)
    consider(assessment=draft, now=now)
    return draft


# Drafts


def _held(actor: Actor, assessment: Assessment) -> Assessment:
    """The row as it stands now, locked until the end of the transaction."""
    held = (
        Assessment.objects.select_for_update(of=("self",))
        .select_related("patient", "control__course", "updated_by", "signed_by")
        .get(pk=assessment.pk)
    )
    if held.patient.practice_id != actor.practice.pk:
        raise PermissionDenied("an assessment of another practice")
    return held


def _check_version(draft: Assessment, version: int) -> None:
    if draft.is_signed or draft.version != version:
        raise AssessmentConflictError(draft)


def _check_correction(corrects: Assessment, reason: str) -> None:
    if not corrects.is_signed:
        raise AssessmentRefusedError(_("Only a signed assessment is corrected; a draft is edited."))
    if Assessment.objects.filter(corrects=corrects).exists():
        raise AssessmentRefusedError(_("A correction of this assessment has been begun already."))
    if not reason.strip():
        raise AssessmentRefusedError(_("Say why the assessment is corrected."))


def _put(draft: Assessment, actor: Actor, form_data: FormData, now: datetime) -> None:
    draft.form_data = dict(form_data)
    draft.version += 1
    draft.updated_at, draft.updated_by = now, actor.user


def _seriousness(draft: Assessment, course: TreatmentCourse | None = None) -> Seriousness:
    """That of the course that is controlled, or of the symptoms that are entered."""
    if NEUROLOGICAL & set(draft.form_data.get("symptoms", ())):
        return Seriousness.NEUROLOGICAL
    return work.seriousness_of(course or (draft.control.course if draft.control else None))


# Signing


def _readable(form_data: FormData, today: date) -> Answered:
    answer = answered(form_data, today)
    if answer is None:
        raise AssessmentRefusedError(
            _("Something in the form cannot be read. Correct what is marked before you sign.")
        )
    return answer


def _choose(draft: Assessment, result: Interpretation, chosen: str, reason: str, text: str) -> None:
    fault = choice_fault(result, chosen, reason, text)
    if fault:
        raise AssessmentRefusedError(fault)
    otherwise = chosen not in advised(result)
    draft.guideline_regimen = result.treatment.regimen.value
    draft.chosen_regimen = chosen
    draft.override_reason = reason if otherwise else ""
    draft.override_text = text.strip() if otherwise else ""


def _store_results(actor: Actor, draft: Assessment, answer: Answered, now: datetime) -> None:
    values = typed_values(answer, current_results(draft.patient, localdate(now)))
    if without_date(values):
        raise AssessmentRefusedError(
            _("Give the sample date of every new result before you sign: it becomes a result.")
        )
    added = []
    for value in values:
        entry = new_result(answer, value, value.sampled_on or draft.as_of)
        if value.beside is not None and replaces(value, draft):
            reason = draft.correction_reason
            result_correct(actor=actor, result=value.beside, entry=entry, reason=reason, now=now)
        else:
            added.append(entry)
    if added:
        results_record(actor=actor, patient=draft.patient, entries=added, now=now)


def _freeze(draft: Assessment, actor: Actor, answer: Answered, now: datetime) -> None:
    result = answer.result
    draft.state = AssessmentState.SIGNED
    draft.as_of = answer.case.as_of
    draft.signed_at, draft.signed_by = now, actor.user
    draft.case = case_to_json(answer.case)
    draft.edition, draft.checksum = answer.edition.id, answer.edition.checksum
    draft.result = interpretation_to_json(result)
    draft.conclusion = result.conclusion or ""
    draft.monitoring = result.monitoring or ""
    draft.save()


def _follow(
    actor: Actor,
    signed: Assessment,
    answer: Answered,
    course: TreatmentCourse | None,
    now: datetime,
) -> None:
    """Controls: the one that this was is done, and those that the decision asks for are planned. A
    treatment that was chosen stands on the work list until its course says the same."""
    if signed.control is not None and signed.control.state == ControlState.PLANNED:
        control_close(
            actor=actor, control=signed.control, today=localdate(now), now=now, assessment=signed
        )
    if signed.corrects_id is not None:
        _cancel_corrected(actor, signed, now)
        work.drop(assessment=signed.corrects)
    controls_plan(
        actor=actor,
        patient=signed.patient,
        controls=controls_after(answer, signed.chosen_regimen, treated=course is not None),
        course=course,
        origin=None if course else signed,
    )
    if to_be_carried_out(signed.chosen_regimen):
        work.put_decision(signed, _seriousness(signed, course))
    else:
        work.drop(assessment=signed)


def _cancel_corrected(actor: Actor, signed: Assessment, now: datetime) -> None:
    """Controls that the corrected assessment alone asked for; the correction plans its own."""
    text = _("The assessment that asked for it has been corrected.")
    for control in Control.objects.filter(
        origin=signed.corrects_id, course=None, state=ControlState.PLANNED
    ):
        control_cancel(actor=actor, control=control, reason=CancelReason.OTHER, text=text, now=now)


def _signed(draft: Assessment) -> dict[str, Any]:
    names = (
        "as_of", "edition", "checksum", "conclusion", "monitoring", "guideline_regimen",
        "chosen_regimen", "override_reason", "override_text", "control", "corrects",
    )  # fmt: skip
    return {name: getattr(draft, name) for name in names}


def _log(
    actor: Actor,
    action: str,
    draft: Assessment,
    *,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    ground: str = "",
) -> None:
    log.changed(
        actor=actor,
        action=action,
        obj=draft,
        subject=draft.patient_id,
        before=before,
        after=after,
        ground=ground,
    )
