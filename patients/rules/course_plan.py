"""What follows from a decision about a treatment: its phases, and which controls are planned anew.

Nothing is written here: the services do what this says, and the forms show it before it is saved.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from interpretation.guideline.edition import Edition, edition_for
from interpretation.guideline.follow_up import after_stopping, course_controls
from interpretation.guideline.interpretation import Control as Planned
from interpretation.guideline.phases import INJECTED, Phase, phases
from interpretation.guideline.vocabulary import (
    INJECTION_START,
    ControlTime,
    Duration,
    Regimen,
    Test,
)

from ..models import Control, ControlState, TreatmentCourse
from ..models.course import StopReason

STARTS: tuple[Regimen, ...] = (
    Regimen.ORAL_UNCOMPLICATED,
    Regimen.IM_5_DAYS_THEN_ORAL,
    Regimen.IM_5_DAYS_THEN_IM_HYDROXO,
    Regimen.IM_5_DAYS_THEN_IM_CYANO,
    Regimen.TREATMENT_TRIAL_ORAL,
    Regimen.LOW_DOSE_TRIOBE,
    Regimen.SUPPLEMENT_6_9_UG,
    Regimen.PROPHYLAXIS_ORAL_1MG,
    Regimen.PROPHYLAXIS_IM_EVERY_3_MONTHS,
    Regimen.PROPHYLAXIS_DIET_SUPPLEMENT,
    Regimen.ORAL_2MG,
    Regimen.CONTINUE_ORAL_1MG,
    Regimen.CONTINUE_IM_MAINTENANCE,
)
"""What a treatment can begin with."""

GOES_ON = (Regimen.CONTINUE_ORAL_1MG, Regimen.CONTINUE_IM_MAINTENANCE)
"""The starts of who is treated already."""

CHANGES: tuple[Regimen, ...] = (
    Regimen.SWITCH_TO_ORAL_1MG,
    Regimen.CONTINUE_ORAL_1MG,
    Regimen.ORAL_2MG,
    Regimen.ORAL_UNCOMPLICATED,
    Regimen.IM_5_DAYS_THEN_ORAL,
    Regimen.IM_5_DAYS_THEN_IM_HYDROXO,
    Regimen.IM_5_DAYS_THEN_IM_CYANO,
    Regimen.RESTART_PARENTERAL,
    Regimen.CONTINUE_IM_MAINTENANCE,
    Regimen.LOW_DOSE_TRIOBE,
    Regimen.SUPPLEMENT_6_9_UG,
    Regimen.PROPHYLAXIS_ORAL_1MG,
    Regimen.PROPHYLAXIS_IM_EVERY_3_MONTHS,
    Regimen.PROPHYLAXIS_DIET_SUPPLEMENT,
)


def changes(course: TreatmentCourse, day: date) -> tuple[Regimen, ...]:
    """Each way once: the same tablets are a switch, with its own control, for who is on injections;
    injections begin anew for who is on tablets."""
    if is_on_injections(course, day):
        left_out = {Regimen.CONTINUE_ORAL_1MG, Regimen.RESTART_PARENTERAL}
    else:
        injected = any(phase.dose.route == INJECTED for phase in course.history())
        twin = Regimen.IM_5_DAYS_THEN_IM_HYDROXO if injected else Regimen.RESTART_PARENTERAL
        left_out = {Regimen.SWITCH_TO_ORAL_1MG, Regimen.CONTINUE_IM_MAINTENANCE, twin}
    return tuple(regimen for regimen in CHANGES if regimen not in left_out)


def laid_out(regimen: str, on: date, today: date) -> tuple[Phase, ...]:
    return phases(edition_for(today).regimens[Regimen(regimen)].doses, on)


# Routes


def is_on_injections(course: TreatmentCourse, day: date) -> bool:
    """Is the patient to be given injections from this day on, for good?"""
    history = course.history()
    return bool(history) and _routes(history, day)[1] == INJECTED


def is_switch(course: TreatmentCourse, regimen: str, on: date, today: date) -> bool:
    """Does the change lead from injections to tablets or back, at once or later?"""
    history = course.history()
    return bool(history) and _routes(history, on) != _routes(laid_out(regimen, on, today), on)


def _routes(laid: tuple[Phase, ...], day: date) -> tuple[str, str]:
    """The route on a day and the one that it ends in."""
    begun = [phase for phase in laid if phase.first_day <= day] or list(laid[:1])
    return begun[-1].dose.route, laid[-1].dose.route


# Controls


def start_controls(
    course: TreatmentCourse, regimen: str, on: date, today: date, *, gastroscopy: bool = False
) -> list[Planned]:
    """The controls of a treatment that starts, or starts again."""
    controls = course_controls(
        edition_for(today),
        Regimen(regimen),
        neurological=course.neurological,
        anaemia=course.anaemia or course.severe_anaemia,
        duration=_duration(course),
        gastroscopy=gastroscopy,
        start=on,
    )
    return ahead(controls, today)


def change_controls(course: TreatmentCourse, regimen: str, on: date, today: date) -> list[Planned]:
    """The controls that the change itself asks for. Those of nerve symptoms and of the stomach are
    counted from the start and go on as they are."""
    controls = course_controls(
        edition_for(today),
        Regimen(regimen),
        neurological=False,
        anaemia=course.anaemia and regimen in INJECTION_START,
        duration=_duration(course),
        gastroscopy=False,
        start=on,
    )
    return ahead(controls, today)


def stop_controls(course: TreatmentCourse, reason: str, on: date, today: date) -> list[Planned]:
    """B12 once a year (G116), unless there was no deficiency, the patient has left, or the course
    should never have stood here; and the gastroscopy of every fifth year, which is for the stomach
    and not for the treatment (G91)."""
    if course.patient.has_left or reason in _ENDS_ALL:
        return []
    edition = edition_for(today)
    followed = [] if reason == StopReason.DIAGNOSIS else list(after_stopping(edition, on))
    return followed + _gastroscopies(course, edition)


def _gastroscopies(course: TreatmentCourse, edition: Edition) -> list[Planned]:
    """Those that are planned, on their own days."""
    others = {when.value for when in ControlTime} - {ControlTime.EVERY_5_YEARS.value}
    return [
        planned
        for control in course.controls.all()
        if control.state == ControlState.PLANNED
        for planned in as_before(control, others, edition)
    ]


_ENDS_ALL = frozenset({StopReason.DIED_OR_MOVED, StopReason.MISTAKE})


def _duration(course: TreatmentCourse) -> Duration | None:
    return Duration(course.duration) if course.duration else None


def ahead(controls: Iterable[Planned], today: date) -> list[Planned]:
    """Of a treatment that began long ago, what still lies ahead: controls that come back from their
    next time on. Those that are past are left out, unless nothing else would be left."""
    dated = [control for control in controls if control.start is not None]
    coming = [_next_time(control, today) for control in dated]
    coming = [control for control in coming if _latest(control) >= today]
    return coming or sorted(dated, key=_latest)[-1:]


def _next_time(control: Planned, today: date) -> Planned:
    while control.repeats and _latest(control) < today:
        control = control._replace(start=_latest(control))
    return control


def _latest(control: Planned) -> date:
    return control.latest or date.max


def replaced_times(controls: Iterable[Planned]) -> set[str]:
    """The times of standing controls that a change plans anew, and potassium during injections."""
    return {*(control.when.value for control in controls), ControlTime.DURING_INJECTIONS.value}


_OWN_TESTS = {
    ControlTime.SIX_TO_TWELVE_MONTHS: (Test.NEUROLOGICAL_SYMPTOMS,),
    ControlTime.EVERY_5_YEARS: (Test.GASTROSCOPY,),
}


def as_before(control: Control, without: set[str], edition: Edition) -> list[Planned]:
    """What a joined visit is there for besides the times that are planned anew, on its own days."""
    days = (control.latest - control.earliest).days
    tests = tuple(Test(test) for test in control.tests)
    times = [ControlTime(when) for when in control.times if when not in without]
    windows = {
        when: replace(edition.controls[when], earliest=0, latest=days, unit="days")
        for when in times
    }
    return [
        Planned(when, _OWN_TESTS.get(when, tests), control.earliest, windows[when])
        for when in times
    ]
