"""Controls, contact with the patient and the work list, through the services of the record."""

from datetime import date, timedelta

from ..models import Channel, ContactOutcome, ControlState, RemovalReason, WorkItem
from ..services import controls, patients, worklist
from .scene import Scene


def move(scene: Scene, days: int, reason: str, text: str = "") -> None:
    """The next control, so many days later."""
    control = scene.control("next")
    later = timedelta(days=days)
    controls.control_move(
        actor=scene.assistant,
        control=control,
        earliest=control.earliest + later,
        latest=control.latest + later,
        reason=reason,
        text=text,
        now=scene.now,
    )


def cancel(scene: Scene, reason: str, text: str = "") -> None:
    controls.control_cancel(
        actor=scene.assistant,
        control=scene.control("next"),
        reason=reason,
        text=text,
        now=scene.now,
    )


def reopen(scene: Scene, text: str) -> None:
    """The control that was cancelled or closed last was so by mistake."""
    ended = scene.patient.controls.exclude(state=ControlState.PLANNED).latest("closed_on", "pk")
    controls.control_reopen(actor=scene.assistant, control=ended, text=text, now=scene.now)


def close(scene: Scene, reason: str, text: str = "") -> None:
    """Done without an assessment of its own."""
    controls.control_close(
        actor=scene.doctor,
        control=scene.control("next"),
        today=scene.today,
        now=scene.now,
        reason=reason,
        text=text,
    )


def call(scene: Scene, outcome: str, note: str = "", *, how: str = "telephone") -> None:
    """About the first line that the patient has on the work list."""
    worklist.contact_log(
        actor=scene.assistant,
        item=_line(scene),
        at=scene.now,
        channel=Channel(how),
        outcome=ContactOutcome(outcome),
        note=note,
    )


def take_off_list(scene: Scene, reason: RemovalReason, text: str = "") -> None:
    worklist.work_remove(
        actor=scene.assistant, item=_line(scene), reason=reason, text=text, today=scene.today
    )


def _line(scene: Scene) -> WorkItem:
    waiting = scene.patient.work.filter(removed_on__isnull=True)
    return waiting.earliest("due", "pk")


# Leaving


def die(scene: Scene) -> None:
    _leave(scene, deceased_on=scene.today)


def move_away(scene: Scene) -> None:
    _leave(scene, moved_on=scene.today)


def _leave(scene: Scene, *, deceased_on: date | None = None, moved_on: date | None = None) -> None:
    patients.patient_set_status(
        actor=scene.assistant,
        patient=scene.patient,
        deceased_on=deceased_on,
        moved_on=moved_on,
    )
