"""Which controls follow, when, and what is measured (G109, G116 to G129, G91)."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from .cause import gastroscopy_advised
from .edition import Edition
from .findings import Findings
from .interpretation import Control, Treatment
from .verdict import CONSIDER_RECHECK, NO_RECHECK, Recheck
from .vocabulary import (
    IM_MAINTENANCE,
    INJECTION_START,
    PREVENTIVE,
    ControlTime,
    Duration,
    Regimen,
    Test,
)

STATEMENTS = (
    "G41", "G91", "G109", "G116", "G117", "G118", "G119", "G121", "G122", "G123",
    "G126", "G127", "G128", "G129", "G130",
)  # fmt: skip

_ANNUAL, _LATE_CONTROL = ControlTime.ANNUAL, ControlTime.TWO_TO_THREE_MONTHS
_LIFELONG = Duration.LIFELONG
_NO_REGIMEN, _TRIAL = Regimen.NONE, Regimen.TREATMENT_TRIAL_ORAL
EARLY_CHECK = (Test.HAEMOGLOBIN, Test.RETICULOCYTES, Test.FERRITIN)
_BLOOD = (Test.HAEMOGLOBIN, Test.MCV_MCH)
LATE_CHECK = (Test.TOTAL_B12, *_BLOOD, Test.FOLATE, Test.FERRITIN)
_TEMPORARY = frozenset(
    {
        Duration.UNTIL_STORES_FILLED,
        Duration.UNTIL_DIET_CORRECTED,
        Duration.UNTIL_DIET_OR_SUPPLEMENT_SECURED,
    }
)


def control(
    edition: Edition, when: ControlTime, start: date | None, *check: Test, consider: bool = False
) -> Control:
    """One control counted from ``start``; ``None`` while that day (of stopping, say) is open."""
    return Control(when, check, start, edition.controls[when], consider)


class Visit(NamedTuple):
    """Controls that fall together: one visit in the window that serves them all (A66, A69)."""

    earliest: date
    latest: date
    times: tuple[ControlTime, ...]
    check: tuple[Test, ...]
    repeats: bool


def visits(controls: Iterable[Control]) -> tuple[Visit, ...]:
    """The dated controls in time order, joined where their windows overlap."""
    joined: list[Visit] = []
    dated = (
        Visit(
            item.window.earliest_from(item.start),
            item.window.latest_from(item.start),
            (item.when,),
            item.check,
            item.repeats,
        )
        for item in controls
        if item.start is not None
    )
    for visit in sorted(dated, key=lambda visit: (visit.latest, visit.earliest)):
        if joined and visit.earliest <= joined[-1].latest:
            joined[-1] = _together(joined[-1], visit)
        else:
            joined.append(visit)
    return tuple(joined)


def _together(first: Visit, second: Visit) -> Visit:
    """The window that serves both; ``first`` ends no later than ``second``."""
    return Visit(
        max(first.earliest, second.earliest),
        first.latest,
        (*first.times, *second.times),
        tuple(dict.fromkeys((*first.check, *second.check))),
        first.repeats or second.repeats,
    )


def late_check(regimen: str) -> tuple[Test, ...]:
    """The control at 2 to 3 months; total B12 says nothing during injections (G126, A72)."""
    return LATE_CHECK[1:] if regimen in IM_MAINTENANCE else LATE_CHECK


def annual_check(regimen: str) -> tuple[Test, ...]:
    return _BLOOD if regimen in IM_MAINTENANCE else (*_BLOOD, Test.TOTAL_B12)


def after_stopping(edition: Edition, today: date) -> tuple[Control, ...]:
    """Total B12 once a year, to catch a new deficiency (G116, A73)."""
    times = ControlTime.ANNUAL_AFTER_STOPPING, ControlTime.ANNUAL
    return tuple(control(edition, when, today, Test.TOTAL_B12) for when in times)


def plan(
    findings: Findings, treatment: Treatment, recheck: Recheck, *, start: date
) -> tuple[Control, ...]:
    """The controls of a case that is about to be treated, tried, prevented or only rechecked."""
    edition, regimen = findings.edition, treatment.regimen
    if regimen is _NO_REGIMEN:
        return _recheck(edition, recheck, start)
    if regimen in PREVENTIVE:
        return (control(edition, _ANNUAL, start, *annual_check(regimen)),)
    if regimen is _TRIAL:
        return _trial(findings, recheck, start)
    return _treated(findings, treatment, start)


def _recheck(edition: Edition, recheck: Recheck, start: date) -> tuple[Control, ...]:
    if recheck is NO_RECHECK:
        return ()
    test, consider = Test.REPEAT_B12_AND_METABOLITES, recheck is CONSIDER_RECHECK
    return (control(edition, ControlTime.AFTER_SOME_MONTHS, start, test, consider=consider),)


def _trial(findings: Findings, recheck: Recheck, start: date) -> tuple[Control, ...]:
    """MMA after two weeks decides (G41). With neurological signs the later controls are planned at
    once, so that nothing is lost if treatment goes on."""
    edition = findings.edition
    controls = (control(edition, ControlTime.TWO_WEEKS, start, Test.MMA),)
    if findings.neurological:
        return (*controls, *_late_controls(findings, Regimen.TREATMENT_TRIAL_ORAL, start))
    return (*controls, *_recheck(edition, recheck, start))


def _late_controls(findings: Findings, regimen: Regimen, start: date) -> tuple[Control, ...]:
    edition = findings.edition
    late = control(edition, _LATE_CONTROL, start, *late_check(regimen))
    if not findings.neurological:
        return (late,)
    when = ControlTime.SIX_TO_TWELVE_MONTHS
    return late, control(edition, when, start, Test.NEUROLOGICAL_SYMPTOMS)


def _treated(findings: Findings, treatment: Treatment, start: date) -> tuple[Control, ...]:
    edition, regimen = findings.edition, treatment.regimen
    injections = regimen in INJECTION_START
    controls: list[Control] = []
    if findings.blood.anaemia:
        if injections:
            when = ControlTime.DURING_INJECTIONS
            controls.append(control(edition, when, start, Test.POTASSIUM))
        early = (*EARLY_CHECK, Test.MMA) if injections else EARLY_CHECK
        controls.append(control(edition, ControlTime.DAY_7_TO_14, start, *early))
    controls += _late_controls(findings, regimen, start)
    controls += _long_term(findings, treatment, start)
    return tuple(controls)


def _long_term(findings: Findings, treatment: Treatment, start: date) -> list[Control]:
    edition, regimen = findings.edition, treatment.regimen
    controls = []
    if treatment.duration is _LIFELONG:
        controls.append(control(edition, _ANNUAL, start, *annual_check(regimen)))
    if treatment.duration in _TEMPORARY:
        when = ControlTime.ANNUAL_AFTER_STOPPING
        controls.append(control(edition, when, None, Test.TOTAL_B12))
    if gastroscopy_advised(findings):
        controls.append(control(edition, ControlTime.EVERY_5_YEARS, start, Test.GASTROSCOPY))
    return controls
