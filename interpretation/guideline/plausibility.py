"""What cannot be right in a case: values outside every plausible range, and contradictions.

A refused value is never used. What a refusal means for the conclusion stands in ``blocks``.
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from .case import Case, InputError, Results
from .edition import Edition, Range
from .quantity import FACTORS, UNITS, Comparator, Quantity
from .vocabulary import (
    ANALYTE_OF_LIMIT,
    B12_MARKERS,
    Analyte,
    ErrorCode,
    LimitKey,
    Risk,
    Sex,
)

_TOTAL_B12, _ACTIVE_B12, _MALE = Analyte.TOTAL_B12, Analyte.ACTIVE_B12, Sex.MALE
_RISKS_OF_WOMEN = (Risk.PREGNANCY, Risk.BREASTFEEDING)
_DOWNWARDS = frozenset({Comparator.LESS, Comparator.AT_MOST})
_BLOCKING_FIELDS = frozenset(
    {
        "age",
        "as_of",
        "treatment_status",
        "on_treatment",
        "regimen",
        "weeks_since_start",
        "stopped_months_ago",
        *B12_MARKERS,
        *(key for key, analyte in ANALYTE_OF_LIMIT.items() if analyte in B12_MARKERS),
    }
)


def blocks(error: InputError) -> bool:
    """No diagnosis is built on the rest when a B12 marker or its limit, the age, whether B12 is
    given, or two contradictory answers are in doubt; any other refused value leaves the rest
    usable."""
    return error.code is ErrorCode.INCONSISTENT_INPUT or error.field in _BLOCKING_FIELDS


def _fitting_unit(analyte: Analyte, value: Decimal, allowed: Range) -> str | None:
    """The unit in which the refused number, as it was written, would have been plausible (A20,
    A35)."""
    units = {UNITS[analyte]: Decimal(1), **FACTORS.get(analyte, {})}
    for unit, factor in units.items():
        if allowed.lowest <= value * factor <= allowed.highest:
            return f"{unit}?"
    return None


def _refused_results(
    case: Case, values: Mapping[Analyte, Quantity], ranges: Mapping[str, Range], prefix: str = ""
) -> list[InputError]:
    """A number below the lowest plausible one may still be a bound: ``<5`` is what it says. What
    came in another unit is named as it was written."""
    errors = []
    for analyte, quantity in values.items():
        allowed, value, comparator = ranges[analyte], quantity.value, quantity.comparator
        if not comparator and allowed.lowest <= value <= allowed.highest:
            continue
        too_low = value <= 0 if comparator in _DOWNWARDS else value < allowed.lowest
        if too_low or value > allowed.highest:
            name = f"{prefix}{analyte}"
            converted = next((item.given for item in case.conversions if item.field == name), None)
            given = converted or quantity
            fits = _fitting_unit(analyte, given.value, allowed)
            unit = given.unit if converted else ""
            error = InputError(name, ErrorCode.IMPLAUSIBLE_VALUE, str(given), fits, unit)
            errors.append(error)
    return errors


def _refused_limits(
    limits: Mapping[LimitKey, Decimal], ranges: Mapping[str, Range]
) -> Iterator[InputError]:
    for key, value in limits.items():
        analyte = ANALYTE_OF_LIMIT[key]
        allowed = ranges.get(key, ranges[analyte])
        if not allowed.lowest <= value <= allowed.highest:
            suggestion = _fitting_unit(analyte, value, allowed)
            yield InputError(key, ErrorCode.IMPLAUSIBLE_VALUE, f"{value:f}", suggestion)


def _refused_numbers(case: Case, ranges: Mapping[str, Range]) -> list[InputError]:
    status = case.treatment_status
    numbers = [("as_of", case.as_of.year), ("age", case.age)]
    if status is not None:
        numbers.append(("weeks_since_start", status.weeks_since_start))
        numbers.append(("stopped_months_ago", status.stopped_months_ago))
    errors = []
    for name, number in numbers:
        allowed = ranges[name]
        if number is not None and not allowed.lowest <= number <= allowed.highest:
            errors.append(InputError(name, ErrorCode.IMPLAUSIBLE_VALUE, f"{Decimal(number):f}"))
    return errors


def _active_exceeds_total(values: Mapping[Analyte, Quantity], edition: Edition) -> bool:
    """Active B12 is a part of the total and cannot exceed it by more than the methods differ. (In
    haptocorrin deficiency nearly all B12 is active.)"""
    total, active = values.get(_TOTAL_B12), values.get(_ACTIVE_B12)
    if total is None or active is None or total.comparator in {">", "≥"}:
        return False
    tolerance = 1 + edition.parameters.active_over_total_percent.value / 100
    return active.above(total.value * tolerance) is True


def _of_women_only(case: Case) -> Iterator[InputError]:
    for field in ("pregnant", "breastfeeding", "estrogen_contraception"):
        if getattr(case, field):
            yield InputError(field, ErrorCode.INCONSISTENT_INPUT, Sex.MALE)
    for risk in _RISKS_OF_WOMEN:
        if risk in case.risk_factors:
            yield InputError("risk_factors", ErrorCode.INCONSISTENT_INPUT, risk)


def _contradictions(case: Case, edition: Edition) -> list[InputError]:
    stated = case.pregnant or case.breastfeeding or case.estrogen_contraception
    man = case.sex is _MALE and (stated or not case.risk_factors.isdisjoint(_RISKS_OF_WOMEN))
    errors = [*_of_women_only(case)] if man else []
    if _ACTIVE_B12 in case.results.values and _active_exceeds_total(case.results.values, edition):
        given = str(case.results.values[_ACTIVE_B12])
        errors.append(InputError(_ACTIVE_B12, ErrorCode.INCONSISTENT_INPUT, given))
    status = case.treatment_status
    if status is not None and status.on_treatment and status.stopped_months_ago is not None:
        errors.append(
            InputError("stopped_months_ago", ErrorCode.INCONSISTENT_INPUT, "on_treatment")
        )
    return errors


def refusals(case: Case, edition: Edition) -> tuple[InputError, ...]:
    """Everything that was refused: at the edge, as implausible, and as contradictory."""
    ranges, status = edition.plausible, case.treatment_status
    errors = _refused_numbers(case, ranges)
    errors += _refused_results(case, case.results.values, ranges)
    if case.refused:
        errors = [*case.refused, *errors]
    if case.local_limits:
        errors += _refused_limits(case.local_limits, ranges)
    if status is not None:
        errors += _refused_results(case, status.baseline.values, ranges, prefix="baseline_labs.")
    contradictions = _contradictions(case, edition)
    if contradictions:
        refused = {error.field for error in errors}
        errors += [error for error in contradictions if error.field not in refused]
    return tuple(errors)


def usable(results: Results, errors: tuple[InputError, ...], prefix: str = "") -> Results:
    """The results without the refused values."""
    refused = {error.field for error in errors}
    kept = {key: value for key, value in results.values.items() if f"{prefix}{key}" not in refused}
    return Results(
        kept,
        results.reticulocytosis,
        results.gastrin_fasting,
        results.anti_if,
        results.anti_parietal,
        results.coeliac_serology,
        results.blood_smear,
    )
