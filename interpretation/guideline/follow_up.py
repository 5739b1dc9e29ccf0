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
_GOES_ON = frozenset({Regimen.CONTINUE_ORAL_1MG, Regimen.CONTINUE_IM_MAINTENANCE})


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


def switch_check(edition: Edition, start: date) -> Control:
    """Injections were replaced by tablets: state and tests after three months (G109)."""
    check = (Test.CLINICAL_STATE, *_BLOOD, Test.TOTAL_B12)
    return control(edition, ControlTime.THREE_MONTHS, start, *check)


def plan(
    findings: Findings, treatment: Treatment, recheck: Recheck, *, start: date
) -> tuple[Control, ...]:
    """The controls of a case that is about to be treated, tried, prevented or only rechecked."""
    edition, regimen = findings.edition, treatment.regimen
    if regimen is Regimen.NONE:
        return _recheck(edition, recheck, start)
    controls = course_controls(
        edition,
        regimen,
        neurological=findings.neurological,
        anaemia=bool(findings.blood.anaemia),
        duration=treatment.duration,
        gastroscopy=gastroscopy_advised(findings),
        start=start,
    )
    if regimen is Regimen.TREATMENT_TRIAL_ORAL and not findings.neurological:
        return (*controls, *_recheck(edition, recheck, start))
    return controls


def _recheck(edition: Edition, recheck: Recheck, start: date) -> tuple[Control, ...]:
    if recheck is NO_RECHECK:
        return ()
    test, consider = Test.REPEAT_B12_AND_METABOLITES, recheck is CONSIDER_RECHECK
    return (control(edition, ControlTime.AFTER_SOME_MONTHS, start, test, consider=consider),)


def course_controls(
    edition: Edition,
    regimen: Regimen,
    *,
    neurological: bool,
    anaemia: bool,
    duration: Duration | None,
    gastroscopy: bool,
    start: date,
) -> tuple[Control, ...]:
    """The controls of a treatment that begins with ``regimen`` on ``start``.

    MMA after two weeks decides a trial (G41); with neurological signs its later controls are
    planned at once, so that nothing is lost if treatment goes on. What only goes on as before has
    no effect to wait for: it is seen once a year (G127, G128).
    """
    if regimen in PREVENTIVE:
        return (control(edition, ControlTime.ANNUAL, start, *annual_check(regimen)),)
    neurology = _neurology(edition, start) if neurological else ()
    late = control(edition, ControlTime.TWO_TO_THREE_MONTHS, start, *late_check(regimen))
    if regimen is Regimen.TREATMENT_TRIAL_ORAL:
        mma = control(edition, ControlTime.TWO_WEEKS, start, Test.MMA)
        return (mma, late, *neurology) if neurological else (mma,)
    if regimen in _GOES_ON:
        effect: tuple[Control, ...] = ()
    elif regimen is Regimen.SWITCH_TO_ORAL_1MG:
        effect = (switch_check(edition, start),)
    else:
        effect = (*(_anaemic_start(edition, regimen, start) if anaemia else ()), late)
    annual = duration is Duration.LIFELONG or regimen in _GOES_ON
    return (
        *effect,
        *neurology,
        *((control(edition, ControlTime.ANNUAL, start, *annual_check(regimen)),) if annual else ()),
        *_long_term(edition, duration, start, gastroscopy=gastroscopy),
    )


def _neurology(edition: Edition, start: date) -> tuple[Control, ...]:
    when = ControlTime.SIX_TO_TWELVE_MONTHS
    return (control(edition, when, start, Test.NEUROLOGICAL_SYMPTOMS),)


def _anaemic_start(edition: Edition, regimen: Regimen, start: date) -> tuple[Control, ...]:
    """The early control of an anaemic patient, and potassium while injections are given."""
    if regimen not in INJECTION_START:
        return (control(edition, ControlTime.DAY_7_TO_14, start, *EARLY_CHECK),)
    return (
        control(edition, ControlTime.DURING_INJECTIONS, start, Test.POTASSIUM),
        control(edition, ControlTime.DAY_7_TO_14, start, *EARLY_CHECK, Test.MMA),
    )


def _long_term(
    edition: Edition, duration: Duration | None, start: date, *, gastroscopy: bool
) -> tuple[Control, ...]:
    """Once a year after a treatment that will be stopped, on a day that is not yet known, and
    gastroscopy."""
    controls = []
    if duration in _TEMPORARY:
        when = ControlTime.ANNUAL_AFTER_STOPPING
        controls.append(control(edition, when, None, Test.TOTAL_B12))
    if gastroscopy:
        controls.append(control(edition, ControlTime.EVERY_5_YEARS, start, Test.GASTROSCOPY))
    return tuple(controls)
