"""Writing: a ``Case`` as the contract's input, so that reading it gives the same case again."""

from collections.abc import Mapping
from decimal import Decimal

from ..guideline.case import Case, Results, TreatmentStatus
from ..guideline.quantity import Conversion, Quantity
from .reading import Json

_FLAGS = (
    "pregnant",
    "breastfeeding",
    "estrogen_contraception",
    "takes_b12_supplement",
    "patient_declines_treatment",
    "post_operative",
)
_WORDS = ("anti_if", "anti_parietal", "coeliac_serology", "blood_smear")
_STATUS = (
    "on_treatment",
    "regimen",
    "baseline_samples",
    "adherence",
    "folate",
    "neuro",
    "stable",
    "cause_known",
    "underlying_disease_treated",
)


def case_to_json(case: Case) -> dict[str, Json]:
    """Numbers as text, exactly as they were given; a converted value in the unit that it came in.

    Raises ``ValueError`` for a case with values that could not be read: they hold nothing that
    could be written. What only the guideline refuses is written, and is refused again.
    """
    if case.refused:
        raise ValueError("a case with unreadable values cannot be written")
    given = {item.field: item for item in case.conversions}
    status = case.treatment_status
    return {
        "as_of": case.as_of.isoformat(),
        **_known({"age": _number(case.age)}),
        **_stated(case, ("sex", "pathway", "preference", *_FLAGS)),
        "symptoms": sorted(case.symptoms),
        "risk_factors": sorted(case.risk_factors),
        "labs": _results(case.results, given, ""),
        "lab_limits": {key.value: f"{limit:f}" for key, limit in case.local_limits.items()},
        **({} if status is None else {"treatment_status": _status(status, given)}),
    }


def _known(values: Mapping[str, Json]) -> dict[str, Json]:
    return {key: value for key, value in values.items() if value is not None}


def _stated(part: object, names: tuple[str, ...]) -> dict[str, Json]:
    """Flags and codes that are known; a code is written as its plain text."""
    stated = _known({name: getattr(part, name) for name in names})
    return {name: value if value in {True, False} else str(value) for name, value in stated.items()}


def _number(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:f}"


def _results(results: Results, given: Mapping[str, Conversion], prefix: str) -> dict[str, Json]:
    values = {
        analyte.value: _value(value, given.get(f"{prefix}{analyte}"))
        for analyte, value in results.values.items()
    }
    return values | _stated(results, ("reticulocytosis", "gastrin_fasting", *_WORDS))


def _value(value: Quantity, conversion: Conversion | None) -> Json:
    if conversion is None:
        return str(value)
    return {"value": str(conversion.given), "unit": conversion.given.unit}


def _status(status: TreatmentStatus, given: Mapping[str, Conversion]) -> dict[str, Json]:
    return {
        **_stated(status, _STATUS),
        **_known(
            {
                "weeks_since_start": _number(status.weeks_since_start),
                "stopped_months_ago": _number(status.stopped_months_ago),
            }
        ),
        "baseline_labs": _results(status.baseline, given, "baseline_labs."),
    }
