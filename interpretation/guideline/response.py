"""What has changed under treatment: the values before, the values now, and what they show.

Every question here has three answers; what is not measured, or not exact, cannot be compared.
"""

from decimal import Decimal
from typing import NamedTuple

from .case import Results, TreatmentStatus
from .findings import BloodCount, Findings, active_limit, blood_count, haemoglobin_low
from .quantity import Comparator
from .vocabulary import (
    IM_MAINTENANCE,
    INJECTION_START,
    Analyte,
    Conclusion,
    MonitoringConclusion,
    OngoingRegimen,
    Regimen,
    Test,
)

_TABLETS_AFTER_A_MONTH = frozenset(
    {
        Regimen.ORAL_UNCOMPLICATED,
        Regimen.IM_5_DAYS_THEN_ORAL,
        Regimen.SWITCH_TO_ORAL_1MG,
        OngoingRegimen.ORAL_1MG,
    }
)
_DOWNWARDS = frozenset({Comparator.LESS, Comparator.AT_MOST})
_UPWARDS = frozenset({Comparator.MORE, Comparator.AT_LEAST})


class Answer(NamedTuple):
    """What a control concludes; ``conclusion`` only where it settles the diagnosis."""

    monitoring: MonitoringConclusion | None
    regimen: Regimen
    alternatives: tuple[Regimen, ...] = ()
    conclusion: Conclusion | None = None
    next_tests: tuple[Test, ...] = ()
    confirms_deficiency: bool = False


class Monitored(NamedTuple):
    """A control: the findings now, the values before, and where in the treatment it stands."""

    findings: Findings
    status: TreatmentStatus
    baseline: Results
    before: BloodCount
    weeks: Decimal | None
    new_injections: bool
    maintained_by_injection: bool
    judged_late: bool
    """Past the first weeks, or the time is unknown: the signs should be gone."""

    @property
    def long_on_injections(self) -> bool:
        return self.maintained_by_injection and self.judged_late


def monitored(findings: Findings, status: TreatmentStatus, baseline: Results) -> Monitored:
    weeks, regimen = status.weeks_since_start, status.regimen or ""
    early = findings.limits.use(findings.parameters.early_control_weeks).value
    return Monitored(
        findings,
        status,
        baseline,
        blood_count(baseline, findings.limits),
        weeks,
        regimen in INJECTION_START and weeks is not None and weeks < early,
        regimen in IM_MAINTENANCE,
        weeks is None or weeks >= early,
    )


def current_regimen(seen: Monitored) -> Regimen:
    """What goes on when nothing is to be changed; the tablets are 1 mg after the first month."""
    if seen.long_on_injections:
        return Regimen.CONTINUE_IM_MAINTENANCE
    after_month = seen.weeks is not None and seen.judged_late
    if after_month and seen.status.regimen in _TABLETS_AFTER_A_MONTH:
        return Regimen.CONTINUE_ORAL_1MG
    return Regimen.CONTINUE_CURRENT


def mma_normal(seen: Monitored) -> bool | None:
    mma = seen.findings.mma
    return None if mma is None else mma.below(seen.findings.mma_limit.value)


def mma_fell(seen: Monitored) -> bool | None:
    """From ``>1.00`` to 0.30, or from 0.90 to ``<0.40``, it has fallen whatever the exact values
    are; else it is unknown without an exact value before and now (A21)."""
    before, now = seen.baseline.get(Analyte.MMA), seen.findings.mma
    if before is None or now is None or before.comparator in _DOWNWARDS:
        return None
    if now.comparator in _UPWARDS:
        return None
    percent = seen.findings.limits.use(seen.findings.parameters.mma_fall_percent).value
    fell = now.value <= before.value * (100 - percent) / 100
    return fell or (None if before.comparator or now.comparator else False)


def haemoglobin_rose(seen: Monitored) -> bool | None:
    """Unknown without an exact value before and now."""
    before = seen.baseline.get(Analyte.HAEMOGLOBIN)
    now = seen.findings.value(Analyte.HAEMOGLOBIN)
    if before is None or now is None or before.comparator or now.comparator:
        return None
    percent = seen.findings.limits.use(seen.findings.parameters.haemoglobin_rise_percent).value
    return now.value >= before.value * (100 + percent) / 100


def b12_low(findings: Findings) -> bool | None:
    """Total B12 below the laboratory's limit or 150 pmol/L. In pregnancy and on the pill the total
    is low by itself: active B12 decides, and without it MMA (A16, A40)."""
    total, active = findings.total_b12, findings.active_b12
    low = None if total is None else total.below(findings.total_limit.value)
    if findings.pregnant or findings.case.estrogen_contraception:
        if active is not None:
            return active.below(active_limit(findings).value)
        return None if low and findings.mma is not None else low
    return low


def instead_of_total(findings: Findings) -> tuple[Test, ...]:
    """What is ordered where the total is low by itself and nothing else is measured (A40)."""
    disturbed = findings.pregnant or bool(findings.case.estrogen_contraception)
    alone = findings.active_b12 is None and findings.mma is None
    return (Test.ACTIVE_B12, Test.MMA) if disturbed and alone else ()


def measured_anaemia(findings: Findings) -> bool | None:
    """Anaemia in the values now; the symptom stated for the case may be the one before."""
    return haemoglobin_low(findings.limits, findings.value(Analyte.HAEMOGLOBIN))


def signs_in_blood(seen: Monitored) -> bool | None:
    """Anaemia or large cells in the values now."""
    anaemia = measured_anaemia(seen.findings)
    large = seen.findings.value(Analyte.MCV) is not None and bool(seen.findings.blood.macrocytosis)
    return True if anaemia or large else anaemia


def mma_abnormal(seen: Monitored) -> bool | None:
    """Raised, and more than renal failure explains where there is one (A26)."""
    findings, normal = seen.findings, mma_normal(seen)
    if normal is not False or not findings.renal or findings.mma is None:
        return None if normal is None else not normal
    return findings.mma.above(findings.parameters.mma_renal_ceiling.value) is True


def markers_abnormal(seen: Monitored) -> bool | None:
    """B12 still low, or MMA still raised."""
    low, raised = b12_low(seen.findings), mma_abnormal(seen)
    if low or raised:
        return True
    return None if low is None and raised is None else False


def iron_and_folate(findings: Findings) -> tuple[Test, ...]:
    """Iron and folate where they are not known (A70, A77)."""
    wanted = ((Test.FERRITIN, findings.ferritin_low), (Test.FOLATE, findings.folate_low))
    return tuple(test for test, known in wanted if known is None)
