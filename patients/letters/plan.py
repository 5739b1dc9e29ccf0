"""The treatment plan: medicine and doses with their dates, what to expect, controls, a calendar."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple, Unpack

from django.utils import translation
from django.utils.dateformat import format as date_format
from django.utils.translation import gettext as _

from interpretation.guideline.calendar_time import add, add_months
from interpretation.guideline.phases import INJECTED, Phase, injections_so_far
from interpretation.guideline.vocabulary import PREVENTIVE, Duration, Regimen
from interpretation.presenters.texts import day

from ..models import Control, TreatmentCourse
from . import common, wording
from .common import Common
from .context import Letter, Section, Table


def build(
    *, course: TreatmentCourse, controls: Sequence[Control], **about: Unpack[Common]
) -> Letter:
    """``course`` with its events, phases and injections; ``controls`` the planned ones."""
    with translation.override(about["language"]):
        on = about["on"]
        sections = (
            _medicine(course, on),
            *_expectations(course, on),
            *_calendar(course, controls, on),
            *_controls(controls),
            _forgotten(course, on),
            *([common.call_at_once()] if course.neurological else []),
            common.contact(about["practice"]),
        )
        title = _("Treatment plan")
        heading = _("Your plan for treatment with vitamin B12")
        return common.to_patient(about, title, heading, sections)


def _ahead(course: TreatmentCourse, on: date) -> list[Phase]:
    """What is given now or comes later."""
    return [phase for phase in course.plan() if phase.last_day is None or phase.last_day >= on]


# Medicine


def _medicine(course: TreatmentCourse, on: date) -> Section:
    began = course.started_on <= on
    intro = _("The treatment began on %(day)s.") if began else _("The treatment begins on %(day)s.")
    paragraphs = [intro % {"day": day(course.started_on)}, *_how_long(course)]
    phases = _ahead(course, on)
    if not phases:
        paragraphs.append(_("No dose is planned now. We agree on how it goes on."))
        return Section(_("Your medicine"), tuple(paragraphs))
    rows = tuple(_phase_row(phase) for phase in phases)
    columns = (_("When"), _("What you take"), _("Dose"))
    stated = all(phase.dose.from_guideline for phase in phases)
    return Section(
        _("Your medicine"),
        tuple(paragraphs),
        table=Table(columns, rows),
        note="" if stated else _("* The national guideline does not name this dose."),
    )


def _phase_row(phase: Phase) -> tuple[str, str, str]:
    dose = ", ".join(
        part for part in (common.amount(phase.dose), common.frequency(phase.dose)) if part
    )
    return (
        common.capital(common.days(phase.first_day, phase.last_day)),
        common.capital(str(wording.DRUGS[phase.dose.drug])),
        common.capital(dose) if phase.dose.from_guideline else f"{common.capital(dose)} *",
    )


def _how_long(course: TreatmentCourse) -> list[str]:
    if not course.duration or course.trial:
        return []
    return [str(wording.DURATIONS[Duration(course.duration)])]


# What to expect


def _expectations(course: TreatmentCourse, on: date) -> list[Section]:
    """Only what still lies ahead. New cells G118, G124; signs G121; nerves G123; a trial G41."""
    regimen = _regimen(course)
    if regimen in PREVENTIVE:
        return []
    if course.trial:
        points = [_("After 2 weeks we measure again. Then we can see whether the tablets work.")]
    else:
        points = [words for months, words in _effects(course) if _is_ahead(course, months, on)]
    return [Section(_("What you can expect"), points=tuple(points))] if points else []


def _effects(course: TreatmentCourse) -> Iterator[tuple[int, str]]:
    if course.anaemia or course.severe_anaemia:
        yield (
            1,
            _("After 7 to 10 days tests can show that the body makes new red blood cells."),
        )
        yield 2, _("Your haemoglobin is usually as it should be within two months.")
    yield 3, _("After 2 to 3 months the signs that you lack vitamin B12 should be gone.")
    if course.neurological:
        yield (
            12,
            _("Symptoms from the nerves need longer. It may take 6 to 12 months."),
        )


def _is_ahead(course: TreatmentCourse, months: int, on: date) -> bool:
    return add_months(course.started_on, months) >= on


def _regimen(course: TreatmentCourse) -> Regimen | None:
    decided = [event.regimen for event in course.events.all() if event.decides]
    return Regimen(decided[-1]) if decided and decided[-1] else None


# The calendar


class _Entry(NamedTuple):
    on: date
    when: str
    what: str


def _calendar(course: TreatmentCourse, controls: Sequence[Control], on: date) -> list[Section]:
    entries = [*_injections(course, on), *_tablets(course, on), *_visits(controls)]
    if not entries:
        return []
    rows = tuple((entry.when, entry.what) for entry in sorted(entries))
    table = Table((_("Date"), _("What happens")), rows)
    return [Section(_("Your calendar"), table=table)]


def weekday(value: date) -> str:
    # Translators: a date with its weekday as Django formats it: Monday 2 March 2026
    return common.capital(date_format(value, _("l j F Y")))


def _injections(course: TreatmentCourse, on: date) -> Iterator[_Entry]:
    """Each one that is left of a counted series; of maintenance the next one."""
    due, phases = course.next_injection(), _ahead(course, on)
    injected = next((phase for phase in phases if phase.dose.route == INJECTED), None)
    if due is None or injected is None:
        return
    done, total = injections_so_far(course.plan(), course.injected_on()) or (0, 0)
    if done >= total:
        first = max(due.earliest, on)
        when = common.capital(common.days(first, max(due.latest, first)))
        yield _Entry(first, when, _("Your next injection"))
        return
    _from, interval, unit = injected.dose.per
    for number in range(done, total):
        given = add(max(due.earliest, on), (number - done) * interval, unit)
        words = {"number": number + 1, "total": total}
        yield _Entry(given, weekday(given), _("Injection %(number)s out of %(total)s") % words)


def _tablets(course: TreatmentCourse, on: date) -> Iterator[_Entry]:
    for phase in _ahead(course, on):
        if phase.dose.route == INJECTED or phase.first_day < on:
            continue
        dose = common.amount(phase.dose) or str(wording.DRUGS[phase.dose.drug])
        yield _Entry(
            phase.first_day,
            weekday(phase.first_day),
            _("Start with %(dose)s a day") % {"dose": dose},
        )


def _visits(controls: Sequence[Control]) -> Iterator[_Entry]:
    for control, visit in zip(controls, common.planned(controls), strict=True):
        yield _Entry(control.earliest, visit.when, _("Control with us"))


def _controls(controls: Sequence[Control]) -> list[Section]:
    visits = common.planned(controls)
    if not visits:
        return []
    return [
        Section(
            _("Your controls"),
            table=common.visit_table(visits),
            note=common.visit_note(visits),
        )
    ]


# A dose that was forgotten: the guideline says nothing about it


def _forgotten(course: TreatmentCourse, on: date) -> Section:
    routes = {phase.dose.route for phase in _ahead(course, on)}
    points = []
    if routes - {INJECTED}:
        points.append(
            _(
                "Tablets: take the tablet when you remember it on the same day. If a day has "
                "passed, go on as usual. Do not take two doses at once."
            )
        )
    if INJECTED in routes:
        points.append(_("Injections: call us for a new time."))
    note = _("This is common advice. The national guideline does not speak of it.")
    return Section(_("If you forget a dose"), points=tuple(points), note=note)
