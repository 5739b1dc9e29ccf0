"""Printed limits before the laboratory's list before the default ones."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from interpretation.guideline.edition import load_edition
from interpretation.guideline.vocabulary import LimitKey
from patients.models import Patient, ReferenceLimit, Result
from patients.rules.limits import (
    Limits,
    age_on,
    default_limits,
    limit_fields,
    limits_for,
)

DAY = date(2026, 3, 2)
B12, HB, LD = "total_b12_pmol_l", "haemoglobin_g_dl", "ld_u_l"


def person(sex: str = "female", birth_date: date = date(1962, 5, 4)) -> Patient:
    return Patient(sex=sex, birth_date=birth_date)


def row(**fields: Any) -> ReferenceLimit:
    values = {"analyte": B12, "lower": Decimal(175), "valid_from": date(2020, 1, 1)}
    return ReferenceLimit(**values | fields)


def lower(*rows: ReferenceLimit, code: str = B12, of: Patient | None = None) -> Limits:
    return limits_for(code, of or person(), DAY, rows)


def test_the_laboratorys_list_wins_over_the_default() -> None:
    own = row(analyte=HB, lower=Decimal("11.5"), upper=Decimal("16.0"))
    assert lower(own, code=HB) == Limits(Decimal("11.5"), Decimal("16.0"), "laboratory")
    assert lower(code=HB) == Limits(Decimal("11.7"), Decimal("15.3"), "default")


def test_a_row_for_the_sex_wins_over_a_row_for_both() -> None:
    rows = (row(sex="female", lower=Decimal(150)), row(lower=Decimal(175)))
    assert lower(*rows).lower == Decimal(150)
    assert lower(*rows, of=person("male")).lower == Decimal(175)
    assert lower(*rows, of=person("")).lower == Decimal(175)


@pytest.mark.parametrize(
    ("fields", "applies"),
    [
        ({"valid_from": DAY}, True),
        ({"valid_from": date(2026, 3, 3)}, False),
        ({"valid_to": DAY}, True),
        ({"valid_to": date(2026, 3, 1)}, False),
        ({"age_from": 63}, True),
        ({"age_from": 64}, False),
        ({"age_below": 64}, True),
        ({"age_below": 63}, False),
        ({"analyte": HB}, False),
    ],
)
def test_a_row_applies_to_its_dates_and_ages(fields: dict[str, Any], applies: bool) -> None:
    assert (lower(row(**fields)).source == "laboratory") is applies


def test_default_limits_follow_sex_and_age_at_the_sample_date() -> None:
    assert lower(code=HB, of=person("male")).lower == Decimal("13.4")
    assert lower(code=LD, of=person(birth_date=date(1956, 3, 3))).upper == Decimal(205)
    assert lower(code=LD, of=person(birth_date=date(1956, 3, 2))).upper == Decimal(255)


def test_no_default_is_given_to_a_child_to_an_unknown_sex_or_for_an_analysis_without() -> None:
    assert lower(code=HB, of=person(birth_date=date(2010, 1, 1))) == Limits()
    assert lower(code=HB, of=person("")) == Limits()
    assert lower(code=B12) == Limits()
    assert lower(code="anti_if") == Limits()


def test_every_default_limit_is_plausible_and_has_its_source() -> None:
    ranges = load_edition("2018").plausible
    wrong = [
        (analyte, limit)
        for analyte, rows in default_limits().items()
        for entry in rows
        for limit in (entry.lower, entry.upper)
        if limit is not None and not ranges[analyte].lowest <= limit <= ranges[analyte].highest
    ]
    assert wrong == []
    assert all(entry.source for rows in default_limits().values() for entry in rows)


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        (date(1962, 3, 2), date(2026, 3, 1), 63),
        (date(1962, 3, 2), date(2026, 3, 2), 64),
        (date(2000, 2, 29), date(2026, 2, 28), 25),
        (date(2000, 2, 29), date(2026, 3, 1), 26),
    ],
)
def test_age_counts_whole_years(born: date, day: date, age: int) -> None:
    assert age_on(born, day) == age


def test_the_case_form_gets_printed_and_listed_limits_only() -> None:
    results = [
        Result(code=B12, lower_limit=Decimal(175), limit_source="answer"),
        Result(code="mma_umol_l", upper_limit=Decimal("0.28"), limit_source="laboratory"),
        Result(code=HB, lower_limit=Decimal("11.7"), limit_source="default"),
        Result(code="creatinine_umol_l", lower_limit=Decimal(45), limit_source="answer"),
    ]
    assert limit_fields(results) == {
        LimitKey.TOTAL_B12_LOWER: Decimal(175),
        LimitKey.MMA_UPPER: Decimal("0.28"),
    }
