"""One case for review as finished strings. Who the patient is stands in them only where the
practice lets its reviewers see it; else what was written freely is masked as well."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from b12site.audit.models import Entry
from interpretation import wording
from interpretation.presenters.paste import analysis
from interpretation.presenters.texts import short_day

from ..models import EmergencyAccess, Letter, Patient, ReviewCase, TreatmentCourse
from ..reading.review_case import Followed, Held, Opinions
from ..review import words
from ..review.masking import masked
from . import assessments, courses, letters
from .doses import PhaseLine, phase_lines
from .results import shown_value
from .worklist import tests

Hide = Callable[[str], str]


class Fact(NamedTuple):
    name: str
    value: str


class ControlLine(NamedTuple):
    when: str
    window: str
    state: str
    tests: str
    measured: list[str]


class LetterLine(NamedTuple):
    pk: int
    title: str
    state: str


@dataclass(frozen=True, slots=True)
class CourseText:
    state: str
    lost: str
    so_far: str
    facts: list[courses.Fact]
    phases: list[PhaseLine]
    events: list[courses.EventLine]


@dataclass(frozen=True, slots=True)
class FollowedText:
    courses: list[CourseText]
    controls: list[ControlLine]
    letters: list[LetterLine]


class Answer(NamedTuple):
    by: str
    at: str
    text: str


@dataclass(frozen=True, slots=True)
class Opinion:
    pk: int | None
    by: str
    verdict: str
    reason: str
    comment: str
    at: str
    answers: list[Answer]


@dataclass(frozen=True, slots=True)
class Judged:
    own: Opinion | None
    others: list[Opinion]
    waiting: str
    """That somebody else is asked and has not judged yet."""


def hiding(patient: Patient, *, shows_identity: bool) -> Hide:
    return str if shows_identity else lambda text: masked(text, patient)


def facts(case: ReviewCase, *, shows_identity: bool) -> list[Fact]:
    patient = case.patient
    found = [
        Fact(_("Practice"), case.practice.name),
        Fact(_("Date"), short_day(case.day)),
        Fact(_("Why the case was chosen"), words.grounds(case)),
        Fact(_("Deciding node"), words.node(case.node)),
        Fact(_("Age at the time"), _("%(years)s years") % {"years": case.age}),
        Fact(_("Sex"), patient.get_sex_display() if patient.sex else ""),
        Fact(_("State"), str(case.get_state_display())),
    ]
    if shows_identity:
        number = patient.national_identity_number
        found[0:0] = [Fact(_("Name"), patient.name), Fact(_("Identity number"), number)]
    return [fact for fact in found if fact.value]


def closing(case: ReviewCase, hide: Hide) -> str:
    done = getattr(case, "closing", None)
    if done is None or case.closed_at is None:
        return ""
    said = {"name": done.by.name, "day": assessments.moment(case.closed_at)}
    text = _("Closed by %(name)s, %(day)s") % said
    return f"{text}: {hide(done.note)}" if done.note else text


# The assessment


def without_identity(signed: dict[str, Any], hide: Hide) -> dict[str, Any]:
    """The context of a signed assessment, with what doctors wrote in their own words masked."""
    shown: assessments.Signed = signed["signed"]
    told = [fact._replace(value=hide(fact.value)) for fact in shown.facts]
    changed = assessments.Signed(
        told, shown.inputs, shown.otherwise, hide(shown.corrects), hide(shown.corrected)
    )
    return signed | {"signed": changed}


# What came of it


def followed(found: Followed, today: Any, hide: Hide) -> FollowedText:
    return FollowedText(
        [_course(course, today, hide) for course in found.courses],
        [_control(held) for held in found.controls],
        [_letter(letter) for letter in found.letters],
    )


def _course(course: TreatmentCourse, today: Any, hide: Hide) -> CourseText:
    return CourseText(
        courses.state(course),
        courses.lost(course),
        courses.so_far(course),
        [fact._replace(value=hide(fact.value)) for fact in courses.facts(course)],
        phase_lines(course.history(), today),
        [_event(event, hide) for event in course.events.all()],
    )


def _event(event: Any, hide: Hide) -> courses.EventLine:
    line = courses.event_line(event)
    return line._replace(text=hide(line.text))


def _control(held: Held) -> ControlLine:
    control = held.control
    days = dict.fromkeys([short_day(control.earliest), short_day(control.latest)])
    return ControlLine(
        ", ".join(str(wording.CONTROL_TIMES[when]) for when in control.times),
        " – ".join(days),
        str(control.get_state_display()),
        tests(control.tests),
        [
            f"{analysis(result.code)} {shown_value(result)} ({short_day(result.sampled_on)})"
            for result in held.results
        ],
    )


def _letter(letter: Letter) -> LetterLine:
    return LetterLine(letter.pk, letters.title(letter), letters.state(letter))


# The reviewers


def judged(found: Opinions, hide: Hide = str) -> Judged:
    """What the reviewers thought, with the doctor's answers."""
    own = opinion(found.own, hide) if found.own.judged_at else None
    alone = found.asked == 1 or found.others
    waiting = "" if alone or own is None else _("Another reviewer has not judged the case yet.")
    return Judged(own, [opinion(review, hide) for review in found.others], waiting)


def opinion(review: Any, hide: Hide = str) -> Opinion:
    return Opinion(
        pk=review.pk,
        by=review.reviewer.name,
        verdict=capfirst(review.get_verdict_display()),
        reason=words.reason(review),
        comment=hide(review.comment),
        at=assessments.moment(review.judged_at),
        answers=[
            Answer(reply.by.name, assessments.moment(reply.at), hide(reply.text))
            for reply in review.replies.all()
        ],
    )


# An emergency access


def emergency(access: EmergencyAccess, hide: Hide) -> list[Fact]:
    ended = access.ended_at or access.ends_at
    found = [
        Fact(_("Who"), f"{access.user.name}, {access.practice.name}"),
        Fact(_("When"), f"{assessments.moment(access.opened_at)} – {assessments.moment(ended)}"),
        Fact(_("Reason"), hide(access.reason)),
    ]
    if access.signed_off_by and access.signed_off_at:
        by = f"{access.signed_off_by.name}, {assessments.moment(access.signed_off_at)}"
        found.append(Fact(_("Signed off by"), by))
    return found


def opened(rows: Sequence[Entry], name: Callable[[str], str]) -> list[Fact]:
    """When and what; ``name`` words the log's actions."""
    return [Fact(assessments.moment(row.at), name(row.action)) for row in rows]
