"""Controls: planned from what the guideline says, moved, cancelled, closed and opened again.

Each of these keeps the control's line on the work list in step in the same transaction.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from b12site.accounts.actor import Actor
from b12site.audit import log
from interpretation.guideline import follow_up
from interpretation.guideline.edition import edition_for
from interpretation.guideline.follow_up import Visit, visits
from interpretation.guideline.interpretation import Control as Planned
from interpretation.guideline.vocabulary import ControlTime, Test

from ..models import (
    Assessment,
    Control,
    ControlEvent,
    ControlEventKind,
    ControlState,
    Patient,
    TreatmentCourse,
)
from ..permissions import Action, require
from ..reading.answered_besides import answered_besides
from ..reading.controls import is_measured
from . import work


class ControlRefusedError(Exception):
    """What was asked for cannot be done with this control; the message says why and what to do."""


@log.logged
def controls_plan(
    *,
    actor: Actor,
    patient: Patient,
    controls: Iterable[Planned],
    course: TreatmentCourse | None = None,
    origin: Assessment | None = None,
) -> list[Control]:
    """Plan the dated controls, those that fall together as one. A time that already stands in an
    open control of the course (or of the patient, without a course) is not planned again: the
    yearly control that the start asked for and the one that a later control asks for are the same.
    """
    require(actor, Action.PLAN_CONTROL)
    standing = _standing_times(patient, course)
    wanted = {item.when: item for item in controls if item.when not in standing}
    return [
        _create(actor, patient, course, origin, visit, wanted) for visit in visits(wanted.values())
    ]


def _standing_times(patient: Patient, course: TreatmentCourse | None) -> set[str]:
    open_controls = Control.objects.filter(
        patient=patient, course=course, state=ControlState.PLANNED
    )
    return {when for times in open_controls.values_list("times", flat=True) for when in times}


def _create(
    actor: Actor,
    patient: Patient,
    course: TreatmentCourse | None,
    origin: Assessment | None,
    visit: Visit,
    wanted: Mapping[ControlTime, Planned],
) -> Control:
    planned = Control.objects.create(
        patient=patient,
        course=course,
        origin=origin,
        times=[when.value for when in visit.times],
        tests=[test.value for test in visit.check],
        earliest=visit.earliest,
        latest=visit.latest,
        first_earliest=visit.earliest,
        first_latest=visit.latest,
        repeats=visit.repeats,
        consider=all(wanted[when].consider for when in visit.times),
        from_guideline=all(wanted[when].from_guideline for when in visit.times),
    )
    work.put_control(planned)
    _log(actor, "control.planned", planned, after=_state(planned))
    return planned


@log.logged
def control_move(
    *,
    actor: Actor,
    control: Control,
    earliest: date,
    latest: date,
    reason: str,
    text: str = "",
    now: datetime,
) -> Control:
    """Give a planned control another window."""
    require(actor, Action.PLAN_CONTROL)
    moved = _locked(control, ControlState.PLANNED)
    before = _state(moved)
    moved.earliest, moved.latest = earliest, latest
    moved.save(update_fields=["earliest", "latest"])
    work.put_control(moved)
    _event(actor, moved, ControlEventKind.MOVED, reason, text, now)
    _log(actor, "control.moved", moved, before=before, after=_state(moved), ground=reason)
    return moved


@log.logged
def control_cancel(
    *,
    actor: Actor,
    control: Control,
    reason: str,
    text: str = "",
    now: datetime,
    plan_next: bool = False,
) -> Control:
    """Take a planned control away. One that comes back can be left out once: ``plan_next`` plans
    the following one, counted from the day by which this one was to be held, or from today when
    that has passed."""
    require(actor, Action.PLAN_CONTROL)
    cancelled = _end(control, ControlState.CANCELLED, localdate(now))
    _event(actor, cancelled, ControlEventKind.CANCELLED, reason, text, now)
    if plan_next:
        _plan_next(actor, cancelled, max(cancelled.latest, localdate(now)))
    _log(actor, "control.cancelled", cancelled, after=_state(cancelled), ground=reason)
    return cancelled


@log.logged
def controls_cancel_open(
    *, actor: Actor, course: TreatmentCourse, reason: str, text: str = "", now: datetime
) -> list[Control]:
    """Take away every planned control of a course that was stopped or changed."""
    require(actor, Action.PLAN_CONTROL)
    standing = course.controls.filter(state=ControlState.PLANNED).select_related("patient")
    return [
        control_cancel(actor=actor, control=control, reason=reason, text=text, now=now)
        for control in standing
    ]


@log.logged
def control_close(
    *,
    actor: Actor,
    control: Control,
    today: date,
    now: datetime,
    reason: str = "",
    text: str = "",
    assessment: Assessment | None = None,
) -> Control:
    """A doctor says that the control is done: by a signed assessment, with results that belong to
    it, or with a reason why there are none. A control that comes back is planned again, counted
    from today, as the guideline's own answer at a control counts it. An assessment also closes the
    overdue controls whose tests had been answered by then."""
    require(actor, Action.SIGN_ASSESSMENT)
    if assessment is None and not reason and not is_measured(control, today):
        raise ControlRefusedError(
            _("There are no results for this control yet. Enter them, or give a reason.")
        )
    done = _done(actor, control, now, reason, text, assessment)
    for earlier in answered_besides(actor, done, today) if assessment else ():
        text = _("Its tests were answered when a later control was assessed.")
        _done(actor, earlier, now, "", text, assessment)
    return done


def _done(
    actor: Actor, control: Control, now: datetime, reason: str, text: str, by: Assessment | None
) -> Control:
    today = localdate(now)
    done = _end(control, ControlState.DONE, today)
    _event(actor, done, ControlEventKind.CLOSED, reason, text, now)
    if not done.patient.has_left:
        _plan_next(actor, done, today)
    after = _state(done) | {"assessment": None if by is None else by.pk}
    _log(actor, "control.closed", done, after=after, ground=reason)
    return done


@log.logged
def control_reopen(*, actor: Actor, control: Control, text: str, now: datetime) -> Control:
    """Put a control that was closed or cancelled by mistake back on the work list."""
    require(actor, Action.PLAN_CONTROL)
    opened = _locked(control, ControlState.DONE, ControlState.CANCELLED)
    if opened.patient.has_left:
        raise ControlRefusedError(
            _("The patient has died or moved. Change that on the patient's page first.")
        )
    before = _state(opened)
    opened.state, opened.closed_on = ControlState.PLANNED, None
    opened.save(update_fields=["state", "closed_on"])
    work.put_control(opened)
    _event(actor, opened, ControlEventKind.REOPENED, "", text, now)
    _log(actor, "control.reopened", opened, before=before, after=_state(opened), ground=text)
    return opened


def _locked(control: Control, *states: ControlState) -> Control:
    """The control as it stands now, held until the end of the transaction."""
    current = (
        Control.objects.select_for_update(of=("self",))
        .select_related("patient", "course")
        .get(pk=control.pk)
    )
    if current.state not in states:
        raise ControlRefusedError(
            _("Somebody has changed this control meanwhile: it is %(state)s now.")
            % {"state": current.get_state_display()}
        )
    return current


def _end(control: Control, state: ControlState, day: date) -> Control:
    ended = _locked(control, ControlState.PLANNED)
    ended.state, ended.closed_on = state, day
    ended.save(update_fields=["state", "closed_on"])
    work.drop(control=ended)
    return ended


def _plan_next(actor: Actor, control: Control, day: date) -> None:
    """What comes back in a control, again after its interval counted from ``day``."""
    edition = edition_for(day)
    times = [ControlTime(when) for when in control.times]
    controls_plan(
        actor=actor,
        patient=control.patient,
        controls=[
            follow_up.control(edition, when, day, *_tests_again(when, control))
            for when in times
            if edition.controls[when].repeats
        ],
        course=control.course,
        origin=control.origin,
    )


_TESTS_AGAIN: Mapping[ControlTime, tuple[Test, ...]] = {
    ControlTime.ANNUAL: follow_up.annual_check(""),
    ControlTime.ANNUAL_AFTER_STOPPING: (Test.TOTAL_B12,),
    ControlTime.EVERY_5_YEARS: (Test.GASTROSCOPY,),
}


def _tests_again(when: ControlTime, control: Control) -> tuple[Test, ...]:
    """Of the tests of a joined visit those that this control asks for: yearly B12 is left out
    during injections, and was left out already when this one was planned."""
    return tuple(test for test in _TESTS_AGAIN[when] if test.value in control.tests)


def _event(
    actor: Actor, control: Control, kind: ControlEventKind, reason: str, text: str, now: datetime
) -> None:
    ControlEvent.objects.create(
        control=control,
        kind=kind,
        reason=reason,
        text=text,
        earliest=control.earliest,
        latest=control.latest,
        recorded_at=now,
        recorded_by=actor.user,
    )


def _state(control: Control) -> dict[str, object]:
    names = ("times", "tests", "earliest", "latest", "state", "closed_on")
    return {name: getattr(control, name) for name in names}


def _log(
    actor: Actor,
    action: str,
    control: Control,
    *,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object],
    ground: str = "",
) -> None:
    log.changed(
        actor=actor,
        action=action,
        obj=control,
        subject=control.patient_id,
        before=before,
        after=after,
        ground=ground,
    )
