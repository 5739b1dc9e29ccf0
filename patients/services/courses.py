"""Treatment courses: started, changed, stopped, started again, lost to follow-up and found.

Each of these is an event that is never edited. In its transaction the controls are planned anew and
the line of the next injection is kept in step. What is not possible is refused with a
``CourseRefusedError``.
"""

from datetime import date, datetime

from django.utils.timezone import localdate

from b12site.accounts.actor import Actor
from b12site.audit import log
from interpretation.guideline.edition import edition_for
from interpretation.guideline.interpretation import Control as Planned
from interpretation.guideline.phases import Phase

from ..models import (
    Assessment,
    ControlState,
    CourseEvent,
    DosePhase,
    EventKind,
    Patient,
    TreatmentCourse,
)
from ..models.control import CancelReason
from ..models.course import COURSE_PARTS
from ..permissions import Action, require
from ..rules import course_checks, course_plan
from . import work
from .controls import control_cancel, controls_cancel_open, controls_plan


@log.logged
def course_start(
    *,
    actor: Actor,
    patient: Patient,
    started_on: date,
    regimen: str,
    cause_group: str = "",
    cause: str = "",
    duration: str = "",
    neurological: bool = False,
    severe_anaemia: bool = False,
    anaemia: bool = False,
    trial: bool = False,
    gastroscopy: bool = False,
    assessment: Assessment | None = None,
    reason: str = "",
    text: str = "",
    now: datetime,
) -> TreatmentCourse:
    """Start a treatment: the course, its first event with the dated phases, the controls and the
    first injection. ``reason`` and ``text`` say why it differs from what the guideline advises."""
    require(actor, Action.DECIDE_TREATMENT)
    held, today = _held(patient), localdate(now)
    course_checks.check_can_start(held)
    course_checks.check_start_date(held, started_on, today)
    course = TreatmentCourse.objects.create(
        patient=held,
        assessment=assessment,
        started_on=started_on,
        cause_group=cause_group,
        cause=cause,
        duration=duration,
        neurological=neurological,
        severe_anaemia=severe_anaemia,
        anaemia=anaemia or severe_anaemia,
        trial=trial,
        created_at=now,
        created_by=actor.user,
    )
    _record(actor, course, EventKind.STARTED, started_on, reason, text, now, regimen)
    start = course_plan.start_controls
    controls = start(course, regimen, started_on, today, gastroscopy=gastroscopy)
    controls_plan(actor=actor, patient=held, controls=controls, course=course)
    return course


@log.logged
def course_change(
    *,
    actor: Actor,
    course: TreatmentCourse,
    on: date,
    regimen: str,
    reason: str,
    text: str = "",
    now: datetime,
    seen: int | None = None,
) -> CourseEvent:
    """Another dose, or a switch between injections and tablets: which one follows from the routes.
    ``seen`` is the last event that the user knew of, here and below."""
    require(actor, Action.DECIDE_TREATMENT)
    held, today = _locked(course, seen), localdate(now)
    course_checks.check_ongoing(held)
    course_checks.check_stays(held.patient)
    course_checks.check_order(held, on)
    course_checks.check_planned(on, today)
    switched = course_plan.is_switch(held, regimen, on, today)
    controls = course_plan.change_controls(held, regimen, on, today)
    kind = EventKind.SWITCHED if switched else EventKind.DOSE_CHANGED
    event = _record(actor, held, kind, on, reason, text, now, regimen)
    _plan_anew(actor, held, controls, now)
    return event


@log.logged
def course_stop(
    *,
    actor: Actor,
    course: TreatmentCourse,
    on: date,
    reason: str,
    text: str = "",
    now: datetime,
    seen: int | None = None,
) -> CourseEvent:
    """Nothing is given from ``on``; what is followed afterwards, ``stop_controls`` says."""
    require(actor, Action.DECIDE_TREATMENT)
    held, today = _locked(course, seen), localdate(now)
    course_checks.check_ongoing(held)
    course_checks.check_order(held, on)
    course_checks.check_happened(held, on, today)
    held.stopped_on = on
    held.save(update_fields=["stopped_on"])
    event = _record(actor, held, EventKind.STOPPED, on, reason, text, now)
    controls = course_plan.stop_controls(held, reason, on, today)
    stopped = CancelReason.TREATMENT_STOPPED
    controls_cancel_open(actor=actor, course=held, reason=stopped, now=now)
    controls_plan(actor=actor, patient=held.patient, controls=controls, course=held)
    return event


@log.logged
def course_restart(
    *,
    actor: Actor,
    course: TreatmentCourse,
    on: date,
    regimen: str,
    reason: str,
    text: str = "",
    now: datetime,
    seen: int | None = None,
) -> CourseEvent:
    """A stopped course goes on, with controls as after a start."""
    require(actor, Action.DECIDE_TREATMENT)
    held, today = _locked(course, seen), localdate(now)
    course_checks.check_stopped(held)
    course_checks.check_can_start(_held(held.patient))
    course_checks.check_order(held, on)
    course_checks.check_planned(on, today)
    held.stopped_on = None
    held.save(update_fields=["stopped_on"])
    event = _record(actor, held, EventKind.RESTARTED, on, reason, text, now, regimen)
    changed = CancelReason.TREATMENT_CHANGED
    controls_cancel_open(actor=actor, course=held, reason=changed, now=now)
    controls = course_plan.start_controls(held, regimen, on, today)
    controls_plan(actor=actor, patient=held.patient, controls=controls, course=held)
    return event


@log.logged
def course_lost(
    *,
    actor: Actor,
    course: TreatmentCourse,
    on: date,
    reason: str,
    text: str = "",
    now: datetime,
    seen: int | None = None,
) -> CourseEvent:
    """State that the patient is lost to follow-up. Controls and injections stay on the list."""
    require(actor, Action.PLAN_CONTROL)
    held = _locked(course, seen)
    course_checks.check_not_lost(held)
    return _state(actor, held, EventKind.LOST, on, reason, text, now)


@log.logged
def course_found(
    *,
    actor: Actor,
    course: TreatmentCourse,
    on: date,
    reason: str,
    text: str = "",
    now: datetime,
    seen: int | None = None,
) -> CourseEvent:
    """The patient is back in follow-up."""
    require(actor, Action.PLAN_CONTROL)
    held = _locked(course, seen)
    course_checks.check_lost(held)
    return _state(actor, held, EventKind.FOUND, on, reason, text, now)


def _held(patient: Patient) -> Patient:
    """The patient, whose courses nobody else changes until the end of the transaction."""
    return Patient.objects.select_for_update().get(pk=patient.pk)


def _locked(course: TreatmentCourse, seen: int | None) -> TreatmentCourse:
    """The course as it stands now, held until the end of the transaction."""
    courses = TreatmentCourse.objects.select_related("patient").prefetch_related(*COURSE_PARTS)
    held = courses.select_for_update(of=("self",)).get(pk=course.pk)
    course_checks.check_seen(held, seen)
    return held


def _state(
    actor: Actor,
    course: TreatmentCourse,
    kind: EventKind,
    on: date,
    reason: str,
    text: str,
    now: datetime,
) -> CourseEvent:
    """Lost or found: nothing about the treatment changes."""
    course_checks.check_order(course, on)
    course_checks.check_happened(course, on, localdate(now))
    course.lost_since = on if kind == EventKind.LOST else None
    course.save(update_fields=["lost_since"])
    return _record(actor, course, kind, on, reason, text, now)


def _record(
    actor: Actor,
    course: TreatmentCourse,
    kind: EventKind,
    on: date,
    reason: str,
    text: str,
    now: datetime,
    regimen: str = "",
) -> CourseEvent:
    """The event with its phases and its log row; then the line of the next injection."""
    event = CourseEvent.objects.create(
        course=course,
        kind=kind,
        on=on,
        regimen=regimen,
        reason=reason,
        text=text,
        recorded_at=now,
        recorded_by=actor.user,
    )
    if regimen:
        laid_out = course_plan.laid_out(regimen, on, localdate(now))
        DosePhase.objects.bulk_create(_row(event, phase) for phase in laid_out)
    log.changed(
        actor=actor,
        action=f"course.{kind}",
        obj=course,
        subject=course.patient_id,
        after={"event": event, "on": on, "regimen": regimen, "reason": reason},
        ground=text or reason,
    )
    work.keep_injection(course.pk)
    if kind not in {EventKind.LOST, EventKind.FOUND}:
        work.drop_decisions(course.patient)
    return event


def _row(event: CourseEvent, phase: Phase) -> DosePhase:
    dose = phase.dose
    return DosePhase(
        event=event,
        drug=dose.drug,
        route=dose.route,
        amount=dose.amount,
        amount_to=dose.amount_to,
        unit=dose.unit,
        per_from=dose.per[0],
        per_to=dose.per[1],
        per_unit=dose.per[2],
        first_day=phase.first_day,
        last_day=phase.last_day,
        from_guideline=dose.from_guideline,
    )


def _plan_anew(
    actor: Actor, course: TreatmentCourse, controls: list[Planned], now: datetime
) -> None:
    """The change's own controls instead of those of the same kind that stand; what a joined visit
    was there for besides is planned again on its own days."""
    gone = course_plan.replaced_times(controls)
    edition, kept = edition_for(localdate(now)), list(controls)
    for standing in course.controls.filter(state=ControlState.PLANNED).select_related("patient"):
        if gone & set(standing.times):
            changed = CancelReason.TREATMENT_CHANGED
            control_cancel(actor=actor, control=standing, reason=changed, now=now)
            kept += course_plan.as_before(standing, gone, edition)
    controls_plan(actor=actor, patient=course.patient, controls=kept, course=course)
