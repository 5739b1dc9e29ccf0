"""A treatment course in words: what is given now, what was given, what comes next."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from interpretation import wording
from interpretation.guideline.phases import Phase, injections_so_far
from interpretation.guideline.vocabulary import CauseGroup, Duration, Regimen
from interpretation.presenters.texts import day

from ..models import Control, ControlState, CourseEvent, EventKind, TreatmentCourse
from ..permissions import Action
from ..rules.course_plan import is_on_injections
from .doses import PhaseLine, dose, phase_lines, regimen_name
from .injections import InjectionLine, injection_lines, moment
from .worklist import tests


class EventLine(NamedTuple):
    day: str
    what: str
    reason: str
    text: str
    by: str


class ControlLine(NamedTuple):
    pk: int
    window: str
    when: str
    tests: str
    state: str


class Fact(NamedTuple):
    name: str
    value: str


class ActionLink(NamedTuple):
    name: str
    words: str


@dataclass(frozen=True, slots=True)
class Summary:
    """A course as it stands, above every form about it."""

    pk: int
    state: str
    lost: str
    now: str
    until: str
    injection: str
    injection_help: str
    so_far: str
    on_injections: bool


@dataclass(frozen=True, slots=True)
class CoursePage:
    pk: int
    assessment: int | None
    summary: Summary
    facts: list[Fact]
    phases: list[PhaseLine]
    injections: list[InjectionLine]
    controls: list[ControlLine]
    events: list[EventLine]
    actions: list[ActionLink]
    may_inject: bool


def course_page(course: TreatmentCourse, today: date, allowed: Iterable[Action]) -> CoursePage:
    """Reads ``page_parts``, patient and assessment; asks nothing of the database."""
    may = frozenset(allowed)
    return CoursePage(
        pk=course.pk,
        assessment=course.assessment_id,
        summary=summary(course, today),
        facts=facts(course),
        phases=phase_lines(course.history(), today),
        injections=injection_lines(list(course.injections.all())),
        controls=[control_line(control) for control in sorted(course.controls.all(), key=_open)],
        events=[event_line(event) for event in reversed(course.events.all())],
        actions=actions(course, may),
        may_inject=Action.GIVE_INJECTION in may and not course.patient.has_left,
    )


def summary(course: TreatmentCourse, today: date) -> Summary:
    return Summary(
        pk=course.pk,
        state=state(course),
        lost=lost(course),
        now=now(course, today),
        until=_until(course.phase_on(today)),
        injection=next_injection(course, today),
        injection_help=_unknown_last(course),
        so_far=so_far(course),
        on_injections=is_on_injections(course, today),
    )


# The state


def state(course: TreatmentCourse) -> str:
    if course.stopped_on is None:
        return _("Under treatment, started %(day)s") % {"day": day(course.started_on)}
    stop = [event for event in course.events.all() if event.kind == EventKind.STOPPED][-1]
    return _("Stopped %(day)s: %(reason)s") % {
        "day": day(course.stopped_on),
        "reason": stop.get_reason_display(),
    }


def lost(course: TreatmentCourse) -> str:
    if course.lost_since is None:
        return ""
    return _("Lost to follow-up since %(day)s") % {"day": day(course.lost_since)}


def now(course: TreatmentCourse, today: date) -> str:
    """The dose of a day in one line."""
    phase = course.phase_on(today)
    if phase is not None:
        return dose(phase)
    if not course.is_ongoing:
        return _("No treatment now")
    laid_out = course.plan()
    if laid_out and today < laid_out[0].first_day:
        return _("Starts %(day)s: %(dose)s") % {
            "day": day(laid_out[0].first_day),
            "dose": dose(laid_out[0]),
        }
    return _("The plan has come to its end: decide whether the treatment goes on.")


def _until(phase: Phase | None) -> str:
    if phase is None:
        return ""
    if phase.last_day is None:
        return _("until further notice")
    return _("to %(day)s") % {"day": day(phase.last_day)}


def next_injection(course: TreatmentCourse, today: date) -> str:
    """When the next one is due; empty when none is."""
    due = course.next_injection()
    if due is None:
        return ""
    days = {"first": day(due.earliest), "last": day(due.latest)}
    if due.latest < today:
        return _("Next injection: overdue since %(last)s") % days
    if due.earliest == due.latest:
        return _("Next injection: %(first)s") % days
    return _("Next injection: from %(first)s to %(last)s") % days


def _unknown_last(course: TreatmentCourse) -> str:
    """Maintenance of somebody who was given injections elsewhere."""
    plan = course.plan()
    unknown = plan and plan[0].dose.route == "im" and plan[0].last_day is None
    if not unknown or course.injected_on():
        return ""
    return _(
        "No injection is registered yet. If the last one was given elsewhere, register it with "
        "its day: the next one is counted from it."
    )


def so_far(course: TreatmentCourse) -> str:
    counted = injections_so_far(course.plan(), course.injected_on())
    if counted is None:
        return ""
    return _("%(given)s of %(planned)s daily injections given") % {
        "given": counted[0],
        "planned": counted[1],
    }


# The parts


def facts(course: TreatmentCourse) -> list[Fact]:
    group = wording.CAUSE_GROUPS[CauseGroup(course.cause_group)] if course.cause_group else ""
    lasting = wording.DURATIONS[Duration(course.duration)] if course.duration else _("Not stated")
    cause = ": ".join(str(part) for part in (group, course.cause) if part)
    return [
        Fact(_("Cause"), cause or _("Not stated")),
        Fact(_("Duration"), str(lasting)),
        Fact(_("At the start"), _at_start(course)),
    ]


def _at_start(course: TreatmentCourse) -> str:
    flags = {
        _("neurological symptoms"): course.neurological,
        _("severe anaemia"): course.severe_anaemia,
        _("anaemia"): course.anaemia and not course.severe_anaemia,
        _("trial of treatment"): course.trial,
    }
    return ", ".join(name for name, holds in flags.items() if holds) or _(
        "no neurological symptoms, no anaemia"
    )


def event_line(event: CourseEvent) -> EventLine:
    what = capfirst(event.get_kind_display())
    if event.regimen:
        what = f"{what}: {regimen_name(Regimen(event.regimen))}"
    return EventLine(
        day(event.on),
        what,
        event.get_reason_display(),
        event.text,
        f"{event.recorded_by.name}, {moment(event.recorded_at)}",
    )


def _open(control: Control) -> tuple[bool, date]:
    """Those that lie ahead first."""
    return control.state != ControlState.PLANNED, control.latest


def control_line(control: Control) -> ControlLine:
    days = [day(control.earliest), day(control.latest)]
    return ControlLine(
        control.pk,
        " – ".join(dict.fromkeys(days)),
        ", ".join(str(wording.CONTROL_TIMES[when]) for when in control.times),
        tests(control.tests),
        str(control.get_state_display()),
    )


def actions(course: TreatmentCourse, may: frozenset[Action]) -> list[ActionLink]:
    """What this user can do with the course as it stands; names of addresses. What ends the
    treatment stands last."""
    decides = Action.DECIDE_TREATMENT in may
    follows = Action.PLAN_CONTROL in may and not course.patient.has_left
    lost, stays, ongoing = course.lost_since, not course.patient.has_left, course.is_ongoing
    offered = (
        ("course_change", _("Change the treatment"), decides and stays and ongoing),
        ("course_restart", _("Start again"), decides and stays and not ongoing),
        ("course_lost", _("State as lost to follow-up"), follows and ongoing and lost is None),
        ("course_found", _("Back in follow-up"), follows and lost is not None),
        ("course_stop", _("Stop the treatment"), decides and ongoing),
    )
    return [ActionLink(f"patients:{name}", words) for name, words, fits in offered if fits]
