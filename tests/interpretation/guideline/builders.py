"""Plain cases for the tests of the guideline: fixed date, everything unknown unless stated."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from interpretation.guideline import Case, Edition, Results, load_edition
from interpretation.guideline.quantity import UNITS, Quantity, parse_number
from interpretation.guideline.vocabulary import Analyte, Pathway, Serology, Sex, Symptom

TODAY = date(2026, 3, 2)

_PLAIN = {
    Pathway.STRONG_SUSPICION: frozenset({Symptom.ANAEMIA}),
    Pathway.NONSPECIFIC: frozenset({Symptom.TIREDNESS}),
    None: frozenset[Symptom](),
}


def edition() -> Edition:
    return load_edition("2018")


def quantity(analyte: Analyte, text: str) -> Quantity:
    """``"<60"`` as the laboratory's answer in the analyte's own unit."""
    value, comparator = parse_number(text)
    return Quantity(value, UNITS[analyte], comparator)


def results(values: Mapping[Analyte, str], anti_if: Serology | None = None) -> Results:
    return Results(
        {analyte: quantity(analyte, text) for analyte, text in values.items()}, anti_if=anti_if
    )


def case(
    pathway: Pathway | None = Pathway.NONSPECIFIC,
    values: Mapping[Analyte, str] | None = None,
    anti_if: Serology | None = None,
    **given: Any,
) -> Case:
    """A woman of 50 with one symptom that fits the pathway and says no more."""
    stated: dict[str, Any] = {
        "as_of": TODAY,
        "age": Decimal(50),
        "sex": Sex.FEMALE,
        "pathway": pathway,
        "symptoms": _PLAIN[pathway],
        "results": results(values or {}, anti_if),
    }
    return Case(**(stated | given))
