"""What matters now on the record page, as finished strings."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from interpretation import wording
from interpretation.guideline.phases import INJECTED, Phase
from interpretation.presenters.texts import short_day

from ..models import Assessment, TreatmentCourse, WorkItem, WorkKind
from ..reading.record import Now
from .doses import dose
from .worklist import Link, decided, detail, lateness, opened, tests, window


@dataclass(frozen=True, slots=True)
class ConclusionText:
    to: Link
    sentence: str
    signed: str
    otherwise: str
    """What the doctor chose instead of what the guideline advises; else empty."""


@dataclass(frozen=True, slots=True)
class DraftText:
    to: Link
    text: str


@dataclass(frozen=True, slots=True)
class CourseText:
    to: Link
    dose: str
    facts: list[str]
    lost: str


class ActionText(NamedTuple):
    label: str
    to: Link


@dataclass(frozen=True, slots=True)
class WorkText:
    to: Link | None
    what: str
    window: str
    lateness: str
    note: str
    is_overdue: bool
    actions: list[ActionText]


@dataclass(frozen=True, slots=True)
class NowText:
    conclusion: ConclusionText | None
    drafts: list[DraftText]
    course: CourseText | None
    is_treated: bool
    work: list[WorkText]


def now_text(now: Now, today: date) -> NowText:
    return NowText(
        conclusion=_conclusion(now.signed) if now.signed else None,
        drafts=[_draft(draft) for draft in now.drafts],
        course=_course(now.course, today, _injection_waits(now)) if now.course else None,
        is_treated=now.course is not None and now.course.is_ongoing,
        work=[_work(item, today) for item in now.work],
    )


def word(words: Mapping[Any, object], code: str) -> str:
    """A code that a later edition no longer knows is shown as it is."""
    return str(words.get(code, code))


def concluded(conclusion: str, other: str) -> str:
    """``other`` is the conclusion of a control under treatment, or else the regimen."""
    if other in wording.MONITORING:
        return word(wording.MONITORING, other)
    if conclusion:
        return word(wording.CONCLUSIONS, conclusion)
    return word(wording.REGIMENS, other) if other else _("Assessed without a conclusion.")


def _conclusion(signed: Assessment) -> ConclusionText:
    by = signed.signed_by.name if signed.signed_by else ""
    otherwise = ""
    if signed.is_override:
        otherwise = _("Chosen otherwise than the guideline: %(choice)s (%(reason)s)") % {
            "choice": word(wording.REGIMENS, signed.chosen_regimen),
            "reason": signed.get_override_reason_display(),
        }
    return ConclusionText(
        to=Link("patients:assessment", signed.pk),
        sentence=concluded(signed.conclusion, signed.monitoring or signed.guideline_regimen),
        signed=_("Assessed %(day)s, signed by %(name)s")
        % {"day": short_day(signed.as_of), "name": by},
        otherwise=otherwise,
    )


def _draft(draft: Assessment) -> DraftText:
    words = {"day": short_day(draft.as_of), "name": draft.updated_by.name}
    text = (
        _("Correction of %(day)s not signed, last saved by %(name)s")
        if draft.corrects_id
        else _("Draft of %(day)s not signed, last saved by %(name)s")
    )
    return DraftText(Link("patients:assessment", draft.pk), text % words)


# The treatment


def _injection_waits(now: Now) -> bool:
    """Is an injection overdue?"""
    return any(item.kind == WorkKind.INJECTION for item in now.work)


def _course(course: TreatmentCourse, today: date, waiting: bool) -> CourseText:
    """``waiting``: an injection of the plan is not registered as given."""
    phase = course.phase_on(today) if course.is_ongoing else None
    lost = course.lost_since
    return CourseText(
        to=Link("patients:course", course.pk),
        dose=_dose(phase, waiting) if phase else _no_dose(course, today),
        facts=[fact for fact in _facts(course, phase) if fact],
        lost=_("Lost to follow-up since %(day)s") % {"day": short_day(lost)} if lost else "",
    )


def _dose(phase: Phase, waiting: bool) -> str:
    """What is given today; a plan whose injections are not given is said to be only a plan."""
    if not waiting or phase.dose.route == INJECTED:
        return dose(phase)
    return _("Planned by now: %(dose)s. Injections before it are not registered as given.") % {
        "dose": dose(phase)
    }


def _no_dose(course: TreatmentCourse, today: date) -> str:
    if course.stopped_on:
        return _("Stopped %(day)s") % {"day": short_day(course.stopped_on)}
    if course.started_on > today:
        return _("Begins %(day)s") % {"day": short_day(course.started_on)}
    return _("Nothing is to be given now: decide how the treatment goes on.")


def _facts(course: TreatmentCourse, phase: Phase | None) -> list[str]:
    until = phase.last_day if phase else None
    return [
        _("this dose until %(day)s") % {"day": short_day(until)} if until else "",
        _("treated since %(day)s") % {"day": short_day(course.started_on)} if phase else "",
        _("trial of treatment") if course.trial else "",
        word(wording.DURATIONS, course.duration) if course.duration else "",
        course.cause
        or (word(wording.CAUSE_GROUPS, course.cause_group) if course.cause_group else ""),
    ]


# What is planned or awaited


def _work(item: WorkItem, today: date) -> WorkText:
    return WorkText(
        to=None if item.order_id else opened(item),
        what=_what(item),
        window=window(item.visible_from, item.due),
        lateness=lateness(item.visible_from, item.due, today),
        note=_note(item),
        is_overdue=item.due < today,
        actions=_actions(item),
    )


def _what(item: WorkItem) -> str:
    if item.kind == WorkKind.CONTROL and item.control:
        return _("Control: %(tests)s") % {"tests": tests(item.control.tests)}
    if item.kind == WorkKind.ANSWERS and item.order:
        return _("Answers awaited: %(tests)s") % {"tests": tests(item.order.tests)}
    if item.kind == WorkKind.DECISION and item.assessment:
        return decided(item.assessment.chosen_regimen)
    return _("Next injection")


def _note(item: WorkItem) -> str:
    if item.removed_on:
        return _("taken off the work list %(day)s") % {"day": short_day(item.removed_on)}
    return detail(item)


def _actions(item: WorkItem) -> list[ActionText]:
    if item.order_id:
        return [
            ActionText(_("Enter results"), Link("patients:result_new", item.patient_id)),
            ActionText(_("Close the order"), Link("patients:order_cancel", item.order_id)),
        ]
    if item.course_id:
        return [ActionText(_("Log the injection"), Link("patients:injection_new", item.course_id))]
    return []
