"""Lines of the work list as finished strings."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.utils.formats import date_format
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from interpretation import wording
from interpretation.guideline.phases import INJECTED, Phase, injections_so_far
from interpretation.guideline.vocabulary import Regimen, Test
from interpretation.presenters.texts import short_day
from interpretation.wording.numbers import lowered

from ..models import ContactAttempt, Patient, Seriousness, WorkItem, WorkKind
from ..reading.worklist import UNREACHED_LIMIT, Around, Contact, Show, Wanted
from .header import age


class Link(NamedTuple):
    """Where the thing itself is: the name of a view and a number."""

    view: str
    pk: int


@dataclass(frozen=True, slots=True)
class Line:
    pk: int
    serious: str
    marks: str
    """The seriousness as a shape: the more filled, the more serious."""
    patient: str
    born: str
    record: Link
    what: str
    detail: str
    window: str
    lateness: str
    overdue: int
    """Days; nought or less is not overdue."""
    contact: str
    attempts: str
    lost: str
    advice: str
    course: int | None
    """The course that can be stated as lost to follow-up, or whose patient is back."""
    open: Link
    removed: str
    why_removed: str


def line(item: WorkItem, around: Around, today: date) -> Line:
    contact = around.contact(item)
    course = around.latest_course.get(item.patient_id)
    lost_since = course.lost_since if course else None
    overdue = (today - item.due).days
    return Line(
        pk=item.pk,
        serious=str(Seriousness(item.seriousness).label) if item.seriousness else _("ordinary"),
        marks="●" * item.seriousness + "○" * (max(Seriousness) - item.seriousness),
        patient=item.patient.name,
        born=born(item.patient, today),
        record=Link("patients:record", item.patient_id),
        what=what(item, around),
        detail=detail(item),
        window=window(item.visible_from, item.due),
        lateness=lateness(item.visible_from, item.due, today),
        overdue=overdue,
        contact=last_contact(contact.last) if contact else "",
        attempts=attempts(contact),
        lost=_("Lost to follow-up since %(day)s") % {"day": short_day(lost_since)}
        if lost_since
        else "",
        advice="" if lost_since else advice(contact),
        course=course.pk if course else None,
        open=opened(item),
        removed=removed(item),
        why_removed=why_removed(item),
    )


def born(patient: Patient, today: date) -> str:
    return _("born %(day)s, %(age)s") % {
        "day": short_day(patient.birth_date),
        "age": age(patient, today),
    }


# What is to be done


def what(item: WorkItem, around: Around) -> str:
    """The kind of work in words, with its tests or its dose."""
    if item.kind == WorkKind.CONTROL and item.control:
        return _("Control: %(tests)s") % {"tests": tests(item.control.tests)}
    if item.kind == WorkKind.ANSWERS and item.order:
        return _("Answers awaited: %(tests)s") % {"tests": tests(item.order.tests)}
    if item.kind == WorkKind.INJECTION and item.course_id:
        course = around.courses[item.course_id]
        return injection(course.plan(), course.injected_on())
    if item.kind == WorkKind.DECISION and item.assessment:
        return decided(item.assessment.chosen_regimen)
    return _("Draft of an assessment, not signed")


def decided(regimen: str) -> str:
    name = lowered(str(wording.REGIMENS[Regimen(regimen)]))
    return _("Decided, not carried out: %(regimen)s") % {"regimen": name}


def tests(codes: Iterable[str]) -> str:
    first, *rest = [str(wording.TESTS[Test(code)]) for code in codes] or [""]
    return ", ".join([first, *(lowered(name) for name in rest)])


def injection(plan: tuple[Phase, ...], given: list[date]) -> str:
    """ "Injection 3 of 5", or how often it is given."""
    done, total = injections_so_far(plan, given) or (0, 0)
    if done < total:
        return _("Injection %(number)s of %(total)s") % {"number": done + 1, "total": total}
    injected = [phase.dose for phase in plan if phase.dose.route == INJECTED]
    often = wording.dose_lines(tuple(injected[-1:]))
    return _("Injection, %(often)s") % {"often": often[0].frequency} if often else _("Injection")


def detail(item: WorkItem) -> str:
    if item.kind == WorkKind.CONTROL and item.control and item.control.consider:
        return _("to be considered")
    if item.kind == WorkKind.ANSWERS and item.order:
        return _("ordered %(day)s") % {"day": short_day(item.order.ordered_on)}
    if item.kind == WorkKind.DRAFT and item.assessment:
        return _("begun by %(name)s") % {"name": item.assessment.created_by.name}
    return ""


def opened(item: WorkItem) -> Link:
    if item.control_id:
        return Link("patients:control", item.control_id)
    if item.course_id:
        return Link("patients:course", item.course_id)
    if item.assessment_id:
        return Link("patients:assessment", item.assessment_id)
    return Link("patients:record", item.patient_id)


# When


def window(first: date, last: date) -> str:
    return short_day(first) if first == last else f"{short_day(first)} – {short_day(last)}"


def lateness(first: date, last: date, today: date) -> str:
    """How many days overdue, or how many are left."""
    over = (today - last).days
    if over > 0:
        return ngettext("%(n)s day overdue", "%(n)s days overdue", over) % {"n": over}
    if first > today:
        ahead = (first - today).days
        return ngettext("in %(n)s day", "in %(n)s days", ahead) % {"n": ahead}
    if over == 0:
        return _("due today")
    return ngettext("%(n)s day left", "%(n)s days left", -over) % {"n": -over}


# Contact


def last_contact(attempt: ContactAttempt) -> str:
    return _("%(day)s, %(how)s: %(outcome)s") % {
        "day": short_day(localdate(attempt.at)),
        "how": attempt.get_channel_display(),
        "outcome": attempt.get_outcome_display(),
    }


def attempts(contact: Contact | None) -> str:
    if contact is None or not contact.attempts:
        return ""
    return ngettext("%(n)s attempt", "%(n)s attempts", contact.attempts) % {"n": contact.attempts}


def advice(contact: Contact | None) -> str:
    """Suggests that the patient is lost to follow-up; stating it is for a person to do."""
    if contact is None or contact.unreached < UNREACHED_LIMIT:
        return ""
    return _(
        "%(n)s attempts in a row reached nobody: is the patient lost to follow-up? "
        "(The number is not from the guideline.)"
    ) % {"n": contact.unreached}


class AttemptText(NamedTuple):
    at: str
    channel: str
    outcome: str
    note: str
    by: str


def attempt(made: ContactAttempt) -> AttemptText:
    return AttemptText(
        date_format(localtime(made.at), "SHORT_DATETIME_FORMAT"),
        made.get_channel_display(),
        made.get_outcome_display(),
        made.note,
        made.recorded_by.name,
    )


# Removed


def removed(item: WorkItem) -> str:
    if item.removed_on is None or item.removed_by is None:
        return ""
    return _("Removed %(day)s by %(name)s") % {
        "day": short_day(item.removed_on),
        "name": item.removed_by.name,
    }


def why_removed(item: WorkItem) -> str:
    if item.removed_on is None:
        return ""
    reason = item.get_removed_reason_display()
    return f"{reason}: {item.removed_text}" if item.removed_text else reason


def empty(wanted: Wanted) -> str:
    """What stands in the place of an empty list."""
    if wanted.show == Show.REMOVED:
        return _("No line has been removed from the list.")
    if wanted == Wanted():
        return _("Nothing waits today.")
    return _("Nothing on the list fits this choice.")
