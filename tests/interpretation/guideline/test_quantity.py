"""Laboratory values as they are printed, and their units."""

from decimal import Decimal

import pytest

from interpretation.guideline.quantity import (
    FACTORS,
    UNITS,
    Comparator,
    NotANumberError,
    Quantity,
    UnknownUnitError,
    convert,
    parse_number,
    units_of,
)
from interpretation.guideline.vocabulary import Analyte

NO_BREAK, THIN, NARROW = "\u00a0", "\u2009", "\u202f"
EXACT, LESS, AT_MOST = Comparator.EXACT, Comparator.LESS, Comparator.AT_MOST
MORE, AT_LEAST = Comparator.MORE, Comparator.AT_LEAST


@pytest.mark.parametrize(
    ("text", "value", "comparator"),
    [
        ("6,5", "6.5", EXACT),
        ("6.5", "6.5", EXACT),
        ("180", "180", EXACT),
        ("0,310", "0.310", EXACT),
        ("007", "7", EXACT),
        ("-3", "-3", EXACT),
        ("1 234,5", "1234.5", EXACT),
        (f"1{NO_BREAK}234,5", "1234.5", EXACT),
        (f"1{THIN}234.5", "1234.5", EXACT),
        (f"1{NARROW}234", "1234", EXACT),
        ("12 345 678", "12345678", EXACT),
        ("  42  ", "42", EXACT),
        ("<60", "60", LESS),
        ("< 60", "60", LESS),
        (f"<{NO_BREAK}60", "60", LESS),
        (">1476", "1476", MORE),
        ("> 1 476", "1476", MORE),
        ("≤0,10", "0.10", AT_MOST),
        ("<=0.10", "0.10", AT_MOST),
        ("≥ 50", "50", AT_LEAST),
        (">=50", "50", AT_LEAST),
    ],
)
def test_it_reads_a_number_as_a_laboratory_prints_it(
    text: str, value: str, comparator: Comparator
) -> None:
    number, read = parse_number(text)
    assert (str(number), read) == (value, comparator)


@pytest.mark.parametrize(
    "text",
    [
        "1.234,5", "1,234.5", "1.234.567", "1,2,3", "1 23", "1 2345", "12 34", "1234 567",
        "", " ", "<", ">", "=5", "<>5", "=<5", "5<", "abc", "5 mg", "180 pmol/L", "ca. 150",
        "１８０", "٤٢", "²", "½", "NaN", "nan", "Infinity", "-inf", "1e3", "1E-2", "0x10", "1_000",
        ",5", "5,", ".5", "5.", "--5", "+5", "5-7", "<-", "5%", "1\n2", "1\t234", "9" * 25,
    ],
)  # fmt: skip
def test_it_refuses_what_is_not_one_unambiguous_number(text: str) -> None:
    with pytest.raises(NotANumberError) as refused:
        parse_number(text)
    assert refused.value.args == (text,)


def test_a_number_may_be_24_characters_long() -> None:
    assert parse_number("9" * 24)[0] == Decimal("9" * 24)


@pytest.mark.parametrize(
    ("comparator", "limit", "below", "above"),
    [
        (EXACT, 59, False, True), (EXACT, 60, False, False), (EXACT, 61, True, False),
        (LESS, 59, None, None), (LESS, 60, True, False), (LESS, 61, True, False),
        (AT_MOST, 59, None, None), (AT_MOST, 60, None, False), (AT_MOST, 61, True, False),
        (MORE, 59, False, True), (MORE, 60, False, True), (MORE, 61, None, None),
        (AT_LEAST, 59, False, True), (AT_LEAST, 60, False, None), (AT_LEAST, 61, None, None),
    ],
)  # fmt: skip
def test_a_comparison_of_sixty_keeps_the_comparator(
    comparator: Comparator, limit: int, below: bool | None, above: bool | None
) -> None:
    value = Quantity(Decimal(60), "pmol/L", comparator)
    assert (value.below(Decimal(limit)), value.above(Decimal(limit))) == (below, above)


def test_only_an_exact_value_lies_on_a_limit() -> None:
    assert Quantity(Decimal("150.0"), "pmol/L").equals(Decimal(150))
    assert not Quantity(Decimal(151), "pmol/L").equals(Decimal(150))
    assert not Quantity(Decimal(150), "pmol/L", AT_MOST).equals(Decimal(150))


def test_it_prints_the_value_with_its_comparator_and_without_exponent() -> None:
    assert str(Quantity(Decimal("0.310"), "µmol/L")) == "0.310"
    assert str(Quantity(Decimal("1E+3"), "pmol/L", MORE)) == ">1000"


@pytest.mark.parametrize(
    ("analyte", "given", "unit", "converted"),
    [
        (Analyte.TOTAL_B12, "100", "pg/mL", "73.78"),
        (Analyte.TOTAL_B12, "100", "ng/L", "73.78"),
        (Analyte.TOTAL_B12, "0.2", "nmol/L", "200"),
        (Analyte.ACTIVE_B12, "100", "pg/mL", "73.78"),
        (Analyte.ACTIVE_B12, "100", "ng/L", "73.78"),
        (Analyte.ACTIVE_B12, "0.05", "nmol/L", "50"),
        (Analyte.MMA, "320", "nmol/L", "0.32"),
        (Analyte.MMA, "0.0005", "mmol/L", "0.5"),
        (Analyte.MMA, "100", "ng/mL", "0.847"),
        (Analyte.HOMOCYSTEINE, "12000", "nmol/L", "12"),
        (Analyte.HOMOCYSTEINE, "0.012", "mmol/L", "12"),
        (Analyte.HOMOCYSTEINE, "2", "mg/L", "14.794"),
        (Analyte.FOLATE, "10", "ng/mL", "22.66"),
        (Analyte.FOLATE, "10", "µg/L", "22.66"),
        (Analyte.HAEMOGLOBIN, "118", "g/L", "11.8"),
        (Analyte.HAEMOGLOBIN, "8", "mmol/L", "12.888"),
        (Analyte.CREATININE, "1", "mg/dL", "88.4"),
        (Analyte.FERRITIN, "15", "ng/mL", "15"),
    ],
)
def test_it_converts_with_the_exact_factor(
    analyte: Analyte, given: str, unit: str, converted: str
) -> None:
    result, _ = convert(analyte, Quantity(Decimal(given), unit))
    assert (str(result.value), result.unit) == (converted, UNITS[analyte])


def test_every_factor_is_tested_above() -> None:
    """A new unit needs a line in the table above, with its value worked out by hand."""
    assert sum(len(units) for units in FACTORS.values()) == 18


def test_it_keeps_the_comparator_and_tells_the_factor() -> None:
    result, factor = convert(Analyte.MMA, Quantity(Decimal(100), "nmol/L", LESS))
    assert (str(result), factor) == ("<0.1", Decimal("0.001"))


@pytest.mark.parametrize("analyte", list(Analyte))
def test_its_own_unit_changes_nothing(analyte: Analyte) -> None:
    given = Quantity(Decimal("1.50"), UNITS[analyte])
    assert convert(analyte, given) == (given, Decimal(1))
    assert units_of(analyte)[0] == UNITS[analyte]


def test_the_units_that_convert_follow_its_own() -> None:
    assert units_of(Analyte.MMA) == ("µmol/L", "nmol/L", "mmol/L", "ng/mL")
    assert units_of(Analyte.MCV) == ("fL",)


@pytest.mark.parametrize(
    ("analyte", "spelling"),
    [
        (Analyte.TOTAL_B12, "pmol/l"),
        (Analyte.TOTAL_B12, " PMOL/L "),
        (Analyte.MMA, "umol/L"),
        (Analyte.MMA, "μmol/L"),  # Greek mu
        (Analyte.MMA, "µmol/L"),  # micro sign
        (Analyte.FERRITIN, "ug/L"),
        (Analyte.FERRITIN, "mcg/L"),
        (Analyte.LEUKOCYTES, "10^9/L"),
        (Analyte.LEUKOCYTES, "10*9/L"),
        (Analyte.PLATELETS, "x10⁹/L"),
        (Analyte.RETICULOCYTES, "10E9/L"),
        (Analyte.EGFR, "mL/min/1.73m2"),
        (Analyte.EGFR, "mL/min/1,73 m²"),
        (Analyte.EGFR, "mL/min/1,73\u00a0m²"),
    ],
)
def test_it_knows_a_unit_however_it_is_spelled(analyte: Analyte, spelling: str) -> None:
    result, factor = convert(analyte, Quantity(Decimal(5), spelling))
    assert (result.value, result.unit, factor) == (Decimal(5), UNITS[analyte], Decimal(1))


@pytest.mark.parametrize(
    ("analyte", "unit"),
    [
        (Analyte.TOTAL_B12, "U/L"),
        (Analyte.TOTAL_B12, ""),
        (Analyte.TOTAL_B12, "µmol/L"),
        (Analyte.MMA, "pmol/L"),
        (Analyte.MMA, "mol/L"),
        (Analyte.HAEMOGLOBIN, "g"),
        (Analyte.MCV, "pg"),
        (Analyte.POTASSIUM, "mg/dL"),
    ],
)
def test_it_refuses_a_unit_that_does_not_belong(analyte: Analyte, unit: str) -> None:
    with pytest.raises(UnknownUnitError) as refused:
        convert(analyte, Quantity(Decimal(5), unit))
    assert refused.value.args == (unit,)
