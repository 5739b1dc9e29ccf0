"""Writing: an ``Interpretation`` into the contract's result object, its sentences in English."""

import json
from collections.abc import Iterable
from decimal import Decimal
from enum import StrEnum

from django.utils import translation

from .. import wording
from ..guideline.case import InputError
from ..guideline.edition import Dose
from ..guideline.interpretation import Interpretation
from ..guideline.quantity import (
    Conversion,
    Quantity,
)
from ..guideline.trace import Step, leaves
from .reading import LARGEST_EXPONENT, Json, safe


def _interval(per: tuple[int, int, str]) -> str:
    """An interval in words: daily, every 3 months, every 2-3 months."""
    first, last, unit = per
    if (first, last, unit) == (1, 1, "days"):
        return "daily"
    return f"every {first} {unit}" if first == last else f"every {first}-{last} {unit}"


def _dose(dose: Dose) -> dict[str, Json]:
    amount = None if dose.amount is None else f"{dose.amount:f}"
    if dose.amount_to is not None:
        amount = f"{amount}-{dose.amount_to:f}"
    length = dose.duration and f"{dose.duration[0]} {dose.duration[1]}"
    if dose.duration and dose.duration[0] == 1:
        length = f"1 {dose.duration[1].removesuffix('s')}"
    return {
        "drug": dose.drug,
        "route": dose.route,
        "dose": None if amount is None else f"{amount} {dose.unit}",
        "frequency": _interval(dose.per),
        "duration": length or "maintenance",
    }


def _step(step: Step) -> dict[str, Json]:
    checks = [leaf for _, check in step.branches for leaf in leaves(check) if leaf.subject]
    limit = next((leaf.limit for leaf in leaves(step.taken) if leaf.limit), None) or next(
        (leaf.limit for leaf in checks if leaf.limit), None
    )
    chart = step.node.name.rsplit(".", 1)[0]
    return {
        "node": step.node.name,
        "statements": list(step.node.statements),
        "used": {leaf.subject: _shown(leaf.value) for leaf in checks if leaf.value is not None},
        "limit": None if limit is None else f"{limit.value:f}",
        "outcome": step.outcome,
        "not_taken": [
            {"to": f"{chart}.{name}", "why": wording.reason(check, taken=False)}
            for name, check in step.not_taken
        ],
    }


def _shown(value: Quantity | Decimal | str | None) -> str:
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _conversion(conversion: Conversion) -> dict[str, Json]:
    given, converted = conversion.given, conversion.converted
    return {
        "field": conversion.field,
        "from": {"value": str(given), "unit": given.unit},
        "to": {"value": str(converted), "unit": converted.unit},
        "factor": f"{conversion.factor:f}",
    }


def _error(error: InputError) -> dict[str, Json]:
    return {
        "field": error.field,
        "code": error.code.value,
        "message": wording.error_message(error),
        "suggestion": error.suggestion,
    }


def _listed(codes: Iterable[StrEnum]) -> list[str]:
    return [code.value for code in codes]


def _value(code: StrEnum | None) -> str | None:
    return None if code is None else code.value


def interpretation_to_json(result: Interpretation, case_id: Json = None) -> dict[str, Json]:
    """The result object of the contract, with its sentences in English."""
    treatment, workup = result.treatment, result.cause_workup
    with translation.override("en"):
        return {
            **({} if case_id is None else {"id": _finite(case_id)}),
            "edition": result.edition,
            "conclusion": _value(result.conclusion),
            "monitoring": _value(result.monitoring),
            "pathway": _value(result.pathway),
            "pathway_derived": result.pathway_derived,
            "next_tests": _listed(result.next_tests),
            "treatment": {
                "regimen": treatment.regimen.value,
                "alternatives": _listed(treatment.alternatives),
                "strength": treatment.strength.value,
                "doses": [_dose(dose) for dose in treatment.doses],
                "duration": _value(treatment.duration),
                "folate": _value(treatment.folate),
                "iron": treatment.iron,
            },
            "follow_up": [
                {"when": item.when.value, "check": _listed(item.check)} for item in result.follow_up
            ],
            "caveats": _listed(result.caveats),
            "cause_workup": {
                "needed": workup.needed,
                "tests": _listed(workup.tests),
                "cause_group": _value(workup.cause_group),
            },
            "patient_information": _listed(result.patient_information),
            "trace": [_step(step) for step in result.trace],
            "conversions": [_conversion(item) for item in result.conversions],
            "not_from_guideline": list(result.not_from_guideline),
            "questions": list(result.questions),
            "errors": [_error(error) for error in result.errors],
        }


def _finite(case_id: Json) -> Json:
    """NaN and infinity are no JSON: they are echoed as text."""
    return str(case_id) if isinstance(case_id, float) else case_id


def _echoed(number: Decimal) -> int | float | str:
    """A number that came in as an ``id``; one too large to write out goes back as text."""
    if abs(number.adjusted()) > LARGEST_EXPONENT:
        return str(number)
    return int(number) if number == number.to_integral_value() else float(number)


def to_text(result: Json) -> str:
    """The contract's JSON text."""
    return safe(json.dumps(result, ensure_ascii=False, indent=2, default=_echoed))
