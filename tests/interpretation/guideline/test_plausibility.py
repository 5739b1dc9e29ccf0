"""What cannot be right is refused, and a unit that it would fit is suggested."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from interpretation.guideline import Case, Results, TreatmentStatus, interpret
from interpretation.guideline.case import InputError
from interpretation.guideline.plausibility import refusals
from interpretation.guideline.quantity import UNITS, Comparator, Conversion, Quantity
from interpretation.guideline.vocabulary import (
    ANALYTE_OF_LIMIT,
    Analyte,
    Conclusion,
    ErrorCode,
    LimitKey,
    Pathway,
    Risk,
    Serology,
    Sex,
    Test,
)

from .builders import case, edition, results

LESS, AT_MOST = Comparator.LESS, Comparator.AT_MOST
MORE, AT_LEAST = Comparator.MORE, Comparator.AT_LEAST
TINY = Decimal("0.001")


def refused(given: Case) -> tuple[InputError, ...]:
    return refusals(given, edition())


def _case(analyte: Analyte, value: Decimal, comparator: Comparator = Comparator.EXACT) -> Case:
    values = {analyte: Quantity(value, UNITS[analyte], comparator)}
    return case(results=Results(values))


@pytest.mark.parametrize("analyte", list(Analyte))
def test_a_value_is_refused_just_outside_its_range_and_taken_at_its_ends(analyte: Analyte) -> None:
    allowed = edition().plausible[analyte]
    lowest, highest = allowed.lowest, allowed.highest
    assert refused(_case(analyte, lowest)) == ()
    assert refused(_case(analyte, highest)) == ()
    for value in (lowest - TINY, highest + TINY):
        (error,) = refused(_case(analyte, value))
        assert (error.field, error.code) == (analyte, ErrorCode.IMPLAUSIBLE_VALUE)
        assert error.given == f"{value:f}"


@pytest.mark.parametrize(
    ("comparator", "value", "plausible"),
    [
        (LESS, "5", True),  # below the plausible range, as a method's lower end may be
        (AT_MOST, "5", True),
        (LESS, "0", False),
        (LESS, "-1", False),
        (LESS, "20000", True),
        (LESS, "20001", False),
        (MORE, "1476", True),
        (AT_LEAST, "20000", True),
        (MORE, "20001", False),
        (MORE, "9", False),
    ],
)
def test_a_censored_value_may_lie_below_the_range_but_not_above_it(
    comparator: Comparator, value: str, plausible: bool
) -> None:
    errors = refused(_case(Analyte.TOTAL_B12, Decimal(value), comparator))
    assert (errors == ()) is plausible


@pytest.mark.parametrize("key", list(LimitKey))
def test_a_laboratory_limit_is_refused_like_a_value(key: LimitKey) -> None:
    """The markers' limits have ranges of their own, the others those of their analyte."""
    ranges = edition().plausible
    allowed = ranges.get(key, ranges[ANALYTE_OF_LIMIT[key]])
    lowest, highest = allowed.lowest, allowed.highest
    for value in (lowest, highest):
        assert refused(case(local_limits={key: value})) == ()
    for value in (lowest - TINY, highest + TINY):
        (error,) = refused(case(local_limits={key: value}))
        assert (error.field, error.code) == (key, ErrorCode.IMPLAUSIBLE_VALUE)
        assert error.given == f"{value:f}"


@pytest.mark.parametrize(("year", "plausible"), [(1999, False), (2000, True), (2101, False)])
def test_the_date_of_the_decision_lies_in_our_time(year: int, plausible: bool) -> None:
    assert (refused(case(as_of=date(year, 3, 1))) == ()) is plausible


@pytest.mark.parametrize(
    ("analyte", "value", "suggestion"),
    [
        (Analyte.MMA, "320", "nmol/L?"),
        (Analyte.MMA, "51", "nmol/L?"),
        (Analyte.MMA, "50000", "nmol/L?"),  # the highest that could be meant
        (Analyte.MMA, "50001", None),
        (Analyte.TOTAL_B12, "0.01", "nmol/L?"),  # the lowest
        (Analyte.TOTAL_B12, "0.009", None),
        (Analyte.HAEMOGLOBIN, "118", "g/L?"),
        (Analyte.HOMOCYSTEINE, "12000", "nmol/L?"),
        (Analyte.TOTAL_B12, "0.3", "nmol/L?"),
        (Analyte.CREATININE, "1.1", "mg/dL?"),
        (Analyte.POTASSIUM, "41", None),
    ],
)
def test_the_unit_that_the_value_would_fit_is_suggested(
    analyte: Analyte, value: str, suggestion: str | None
) -> None:
    (error,) = refused(_case(analyte, Decimal(value)))
    assert error.suggestion == suggestion


def test_an_mma_of_fifty_is_taken_and_more_is_asked_about() -> None:
    """A35: above 50 in a µmol/L field."""
    assert refused(_case(Analyte.MMA, Decimal(50))) == ()
    assert refused(_case(Analyte.MMA, Decimal("50.01"))) != ()


@pytest.mark.parametrize(("age", "plausible"), [("0", True), ("120", True), ("121", False)])
def test_an_age_is_plausible_up_to_120(age: str, plausible: bool) -> None:
    assert (refused(case(age=Decimal(age))) == ()) is plausible


def test_times_of_the_treatment_are_checked() -> None:
    weeks = TreatmentStatus(on_treatment=True, weeks_since_start=Decimal(-1))
    stopped = TreatmentStatus(on_treatment=False, stopped_months_ago=Decimal(5000))
    assert [error.field for error in refused(case(treatment_status=weeks))] == ["weeks_since_start"]
    assert [e.field for e in refused(case(treatment_status=stopped))] == ["stopped_months_ago"]


def test_results_before_the_treatment_are_checked_under_their_own_name() -> None:
    before = results({Analyte.HAEMOGLOBIN: "95"})
    status = TreatmentStatus(on_treatment=True, baseline=before)
    (error,) = refused(case(treatment_status=status))
    assert (error.field, error.suggestion) == ("baseline_labs.haemoglobin_g_dl", "g/L?")


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"pregnant": True}, "pregnant"),
        ({"breastfeeding": True}, "breastfeeding"),
        ({"estrogen_contraception": True}, "estrogen_contraception"),
        ({"risk_factors": frozenset({Risk.PREGNANCY})}, "risk_factors"),
        ({"risk_factors": frozenset({Risk.BREASTFEEDING})}, "risk_factors"),
    ],
)
def test_a_man_is_neither_pregnant_nor_breastfeeding_nor_on_the_pill(
    given: dict[str, Any], field: str
) -> None:
    assert refused(case(**given)) == ()
    (error,) = refused(case(sex=Sex.MALE, **given))
    assert (error.field, error.code) == (field, ErrorCode.INCONSISTENT_INPUT)


@pytest.mark.parametrize(
    ("total", "active", "consistent"),
    [
        ("100", "125", True),
        ("100", "125.1", False),
        (">100", "300", True),
        ("≥100", "300", True),
        ("<100", "150", False),
        ("100", "<300", True),
        ("100", ">126", False),
    ],
)
def test_active_b12_is_a_part_of_the_total(total: str, active: str, consistent: bool) -> None:
    errors = refused(case(values={Analyte.TOTAL_B12: total, Analyte.ACTIVE_B12: active}))
    assert ([error.code for error in errors] == []) is consistent


@pytest.mark.parametrize(
    "analyte", [Analyte.TOTAL_B12, Analyte.ACTIVE_B12, Analyte.MMA, Analyte.HOMOCYSTEINE]
)
def test_no_diagnosis_is_built_on_the_rest_when_a_marker_is_refused(analyte: Analyte) -> None:
    others = {
        Analyte.TOTAL_B12: "60",
        Analyte.ACTIVE_B12: "12",
        Analyte.MMA: "1.2",
        Analyte.HOMOCYSTEINE: "40",
    }
    answer = interpret(
        case(Pathway.STRONG_SUSPICION, others | {analyte: "40000"}, Serology.POSITIVE), edition()
    )
    assert answer.conclusion in {None, Conclusion.FURTHER_TESTS}
    assert answer.treatment.doses == ()


def test_the_refused_marker_is_asked_for_again() -> None:
    answer = interpret(case(values={Analyte.MMA: "320", Analyte.TOTAL_B12: "190"}), edition())
    assert answer.next_tests == (Test.MMA,)


@pytest.mark.parametrize(
    "analyte",
    [a for a in Analyte if a not in {
        Analyte.TOTAL_B12, Analyte.ACTIVE_B12, Analyte.MMA, Analyte.HOMOCYSTEINE
    }],
)  # fmt: skip
def test_a_refused_secondary_value_leaves_the_rest_usable_and_is_not_used(analyte: Analyte) -> None:
    plain = interpret(case(values={Analyte.TOTAL_B12: "80"}), edition())
    answer = interpret(case(values={Analyte.TOTAL_B12: "80", analyte: "999999999"}), edition())
    assert [error.field for error in answer.errors] == [analyte]
    assert (answer.conclusion, answer.treatment) == (plain.conclusion, plain.treatment)


def test_a_refused_value_that_was_converted_is_named_as_it_was_written() -> None:
    written = Quantity(Decimal("0.9"), "mmol/L")
    converted = Quantity(Decimal(900), "µmol/L")
    conversion = Conversion(Analyte.MMA, written, converted, Decimal(1000))
    given = case(results=Results({Analyte.MMA: converted}), conversions=(conversion,))
    error = InputError(Analyte.MMA, ErrorCode.IMPLAUSIBLE_VALUE, "0.9", "µmol/L?", "mmol/L")
    assert refused(given) == (error,)


def test_a_refused_value_in_the_own_unit_names_none() -> None:
    error = InputError(Analyte.MMA, ErrorCode.IMPLAUSIBLE_VALUE, "900", "nmol/L?", "")
    assert refused(_case(Analyte.MMA, Decimal(900))) == (error,)


def test_a_bound_upwards_at_the_lowest_plausible_value_is_taken() -> None:
    lowest = edition().plausible[Analyte.MMA].lowest
    assert refused(_case(Analyte.MMA, lowest, MORE)) == ()
    assert len(refused(_case(Analyte.MMA, lowest - TINY, MORE))) == 1
