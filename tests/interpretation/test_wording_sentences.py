"""Numbers, reasons, errors and doses as sentences of the active language."""

from collections.abc import Iterator
from decimal import Decimal

import pytest
from django.utils import translation

from interpretation import wording
from interpretation.guideline.case import InputError
from interpretation.guideline.edition import Limit, LimitSource, editions
from interpretation.guideline.quantity import Comparator, Quantity
from interpretation.guideline.trace import Check, Relation
from interpretation.guideline.vocabulary import (
    Analyte,
    ErrorCode,
    LimitKey,
    Regimen,
    Risk,
    Sex,
)

NO_BREAK_SPACE = "\u00a0"
GUIDELINE, LOCAL, DEFAULT = LimitSource.GUIDELINE, LimitSource.LOCAL, LimitSource.DEFAULT


@pytest.fixture(autouse=True)
def bokmal() -> Iterator[None]:
    with translation.override("nb"):
        yield


# Numbers


@pytest.mark.parametrize(
    ("value", "norwegian", "english"),
    [
        ("0.31", "0,31", "0.31"),
        ("0.50", "0,50", "0.50"),
        ("220", "220", "220"),
        ("1234.5", f"1{NO_BREAK_SPACE}234,5", f"1{NO_BREAK_SPACE}234.5"),
        (
            "1234567",
            f"1{NO_BREAK_SPACE}234{NO_BREAK_SPACE}567",
            f"1{NO_BREAK_SPACE}234{NO_BREAK_SPACE}567",
        ),
        ("1E+3", f"1{NO_BREAK_SPACE}000", f"1{NO_BREAK_SPACE}000"),
        ("-0.5", "-0,5", "-0.5"),
        ("299.5468", "299,5468", "299.5468"),
    ],
)
def test_it_writes_a_number_exactly(value: str, norwegian: str, english: str) -> None:
    assert wording.number(Decimal(value)) == norwegian
    with translation.override("en"):
        assert wording.number(Decimal(value)) == english


def test_it_keeps_comparator_and_unit_of_a_value() -> None:
    assert wording.quantity(Quantity(Decimal(60), "pmol/L", Comparator.LESS)) == "<60 pmol/L"
    assert wording.quantity(Quantity(Decimal("45.5"), "mL/min/1.73 m²")) == "45,5 mL/min/1,73 m²"


# Reasons


def _check(
    relation: Relation,
    holds: bool | None,
    value: str | None = "0.31",
    *,
    comparator: Comparator = Comparator.EXACT,
    limit: str = "0.75",
    source: LimitSource = GUIDELINE,
) -> Check:
    quantity = None if value is None else Quantity(Decimal(value), "µmol/L", comparator)
    bound = Limit("mma_certain", Decimal(limit), "µmol/L", source)
    return Check(Analyte.MMA, relation, holds, quantity, bound)


def _age(value: str | None, *, holds: bool | None) -> Check:
    limit = Limit("adult_age", Decimal(18), "years", DEFAULT)
    return Check("age", Relation.BELOW, holds, None if value is None else Decimal(value), limit)


@pytest.mark.parametrize(
    ("check", "sentence"),
    [
        (_check(Relation.BELOW, True), "MMA 0,31 µmol/L er under 0,75 µmol/L"),
        (_check(Relation.BELOW, False, "0.9"), "MMA 0,9 µmol/L er ikke under 0,75 µmol/L"),
        (_check(Relation.ABOVE, True, "0.9"), "MMA 0,9 µmol/L er over 0,75 µmol/L"),
        (_check(Relation.ABOVE, False), "MMA 0,31 µmol/L er ikke over 0,75 µmol/L"),
        (_check(Relation.AT_LEAST, True, "0.75"), "MMA 0,75 µmol/L er 0,75 µmol/L eller mer"),
        (_check(Relation.AT_LEAST, False), "MMA 0,31 µmol/L er ikke 0,75 µmol/L eller mer"),
        (_check(Relation.AT_MOST, True), "MMA 0,31 µmol/L er 0,75 µmol/L eller mindre"),
        (_check(Relation.AT_MOST, False, "0.9"), "MMA 0,9 µmol/L er ikke 0,75 µmol/L eller mindre"),
    ],
)
def test_it_says_how_a_value_lies_to_its_limit(check: Check, sentence: str) -> None:
    assert wording.reason(check, taken=bool(check.holds)) == sentence


def test_it_says_where_a_limit_comes_from_when_it_is_not_the_guidelines() -> None:
    local = _check(Relation.BELOW, False, limit="0.30", source=LOCAL)
    default = _check(Relation.BELOW, False, limit="0.30", source=DEFAULT)
    assert wording.reason(local, taken=False).endswith("under 0,30 µmol/L (laboratoriets grense)")
    assert wording.reason(default, taken=False).endswith("(grensen er ikke fra retningslinjen)")


def test_it_says_that_a_value_is_missing() -> None:
    assert wording.reason(_check(Relation.BELOW, None, None), taken=False) == "MMA er ikke målt"
    assert wording.reason(_age(None, holds=None), taken=False) == "Alderen er ikke oppgitt"


def test_it_says_that_a_value_with_a_comparator_cannot_be_placed() -> None:
    check = _check(Relation.BELOW, None, "2", comparator=Comparator.LESS)
    sentence = "MMA <2 µmol/L lar seg ikke plassere mot 0,75 µmol/L"
    assert wording.reason(check, taken=False) == sentence


def test_it_writes_an_age_in_years() -> None:
    sentence = "Alderen 71 år er ikke under 18 år (grensen er ikke fra retningslinjen)"
    assert wording.reason(_age("71", holds=False), taken=False) == sentence
    with translation.override("en"):
        assert wording.reason(_age("1", holds=True), taken=True).startswith(
            "The age 1 year is below 18 years"
        )


@pytest.mark.parametrize(
    ("relation", "holds", "sentence"),
    [
        (Relation.PRESENT, True, "Folat er lavt"),
        (Relation.PRESENT, False, "Folat er ikke lavt"),
        (Relation.PRESENT, None, "Folat er ikke målt, eller lar seg ikke plassere"),
        (Relation.ABSENT, True, "Folat er ikke lavt"),
        (Relation.ABSENT, False, "Folat er lavt"),
        (Relation.ABSENT, None, "Folat er ikke målt, eller lar seg ikke plassere"),
    ],
)
def test_it_says_whether_something_is_there(
    relation: Relation, holds: bool | None, sentence: str
) -> None:
    assert wording.reason(Check("low_folate", relation, holds), taken=bool(holds)) == sentence


def test_it_does_not_take_not_known_to_be_absent_for_present() -> None:
    check = Check("mma_fell", Relation.ABSENT, None)
    assert wording.reason(check, taken=False) == "Det er ikke kjent om MMA har falt"


def test_it_says_what_is_left_when_no_branch_opened() -> None:
    otherwise = Check("", Relation.OTHERWISE, True)
    assert wording.reason(otherwise, taken=True) == "Ingen annen gren passer"
    assert wording.reason(otherwise, taken=False) == "En tidligere gren passet"


def test_it_says_that_a_branch_which_holds_too_came_later() -> None:
    check = _check(Relation.AT_LEAST, True, "0.9", limit="0.26")
    assert wording.reason(check, taken=False) == (
        "MMA 0,9 µmol/L er 0,26 µmol/L eller mer, men en tidligere gren går foran"
    )


def _all(holds: bool | None, *parts: Check) -> Check:
    return Check("", Relation.ALL, holds, parts=parts)


def _any(holds: bool | None, *parts: Check) -> Check:
    return Check("", Relation.ANY, holds, parts=parts)


RENAL, NOT_RENAL = (Check("renal_failure", Relation.PRESENT, holds) for holds in (True, False))
LOW, UNKNOWN = (Check("low_folate", Relation.PRESENT, holds) for holds in (True, None))


def test_it_gives_every_part_of_an_all_that_holds() -> None:
    assert wording.reason(_all(True, RENAL, LOW), taken=True) == (
        "Nyresvikt er oppgitt eller vist ved eGFR; folat er lavt"
    )


def test_it_gives_only_the_parts_that_fail_of_an_all_that_fails() -> None:
    failing = _all(False, LOW, NOT_RENAL, UNKNOWN)
    assert wording.reason(failing, taken=False) == "Nyresvikt er verken oppgitt eller vist"


def test_it_gives_what_is_not_known_of_an_all_that_cannot_be_answered() -> None:
    check = _all(None, RENAL, UNKNOWN)
    assert wording.reason(check, taken=False) == "Folat er ikke målt, eller lar seg ikke plassere"


def test_it_gives_only_the_parts_that_hold_of_an_any_that_holds() -> None:
    assert wording.reason(_any(True, NOT_RENAL, LOW), taken=True) == "Folat er lavt"


def test_it_gives_every_part_of_an_any_that_fails_and_keeps_abbreviations() -> None:
    check = _any(False, NOT_RENAL, _check(Relation.ABOVE, False))
    assert wording.reason(check, taken=False) == (
        "Nyresvikt er verken oppgitt eller vist; MMA 0,31 µmol/L er ikke over 0,75 µmol/L"
    )


def test_it_says_an_interval_as_one() -> None:
    inside = _all(
        True,
        _check(Relation.AT_LEAST, True, limit="0.26"),
        _check(Relation.AT_MOST, True, limit="0.75"),
    )
    assert wording.reason(inside, taken=True) == "MMA 0,31 µmol/L ligger fra 0,26 til 0,75 µmol/L"


COMPARISONS = {Relation.BELOW, Relation.AT_LEAST, Relation.ABOVE, Relation.AT_MOST}


@pytest.mark.parametrize("language", ["nb", "en"])
@pytest.mark.parametrize("holds", [True, False, None])
def test_it_has_a_sentence_for_every_relation_and_every_answer(
    holds: bool | None, language: str
) -> None:
    single = Check("low_folate", Relation.PRESENT, holds)
    checks = {relation: Check("low_folate", relation, holds) for relation in Relation}
    checks |= {relation: _check(relation, holds) for relation in COMPARISONS}
    checks |= {
        kind: Check("", kind, holds, parts=(single,)) for kind in (Relation.ALL, Relation.ANY)
    }
    with translation.override(language):
        sentences = {wording.reason(c, taken=bool(c.holds)) for c in checks.values()}
    assert {text for text in sentences if not text or text.endswith(".") or "%" in text} == set()


# Errors


@pytest.mark.parametrize(
    ("error", "wrong", "remedy"),
    [
        (
            InputError(Analyte.MMA, ErrorCode.IMPLAUSIBLE_VALUE, "320", "nmol/L?"),
            "Verdien 320 er for høy for metylmalonsyre (MMA) i µmol/L.",
            "Er svaret gitt i nmol/L? Velg enheten eller rett tallet.",
        ),
        (
            InputError(Analyte.TOTAL_B12, ErrorCode.IMPLAUSIBLE_VALUE, "0.15", "nmol/L?"),
            "Verdien 0,15 er for lav for vitamin B12 (total) i pmol/L.",
            "Er svaret gitt i nmol/L? Velg enheten eller rett tallet.",
        ),
        (
            InputError(Analyte.MCV, ErrorCode.IMPLAUSIBLE_VALUE, "980"),
            "Verdien 980 er for høy for MCV i fL.",
            "Kontroller mot laboratoriesvaret og rett tallet.",
        ),
        (
            InputError(
                "baseline_labs.haemoglobin_g_dl", ErrorCode.IMPLAUSIBLE_VALUE, ">120", "g/L?"
            ),
            "Verdien >120 er for høy for hemoglobin (Hb) før start i g/dL.",
            "Er svaret gitt i g/L? Velg enheten eller rett tallet.",
        ),
        (
            InputError(LimitKey.MMA_UPPER, ErrorCode.IMPLAUSIBLE_VALUE, "260", "nmol/L?"),
            "Verdien 260 er for høy for øvre grense for MMA i µmol/L.",
            "Er svaret gitt i nmol/L? Velg enheten eller rett tallet.",
        ),
        (
            InputError(Analyte.MMA, ErrorCode.IMPLAUSIBLE_VALUE, "0.9", "µmol/L?", "mmol/L"),
            "0,9 mmol/L kan ikke stemme for metylmalonsyre (MMA).",
            "Er svaret gitt i µmol/L? Velg enheten eller rett tallet.",
        ),
        (
            InputError("age", ErrorCode.IMPLAUSIBLE_VALUE, "180"),
            "180 kan ikke stemme for alderen.",
            "Rett tallet.",
        ),
        (
            InputError(Analyte.MMA, ErrorCode.NOT_A_NUMBER, "høy"),
            "«høy» kan ikke leses som et tall for metylmalonsyre (MMA).",
            "Skriv det slik laboratoriet gjør, for eksempel 6,5 eller <60.",
        ),
        (
            InputError("age", ErrorCode.NOT_A_NUMBER, "<60"),
            "«<60» kan ikke leses som et tall for alderen.",
            "Skriv et tall, for eksempel 6,5.",
        ),
        (
            InputError("as_of", ErrorCode.NOT_A_NUMBER, "i dag"),
            "«i dag» er ikke en dato.",
            "Skriv den slik: 2026-11-22.",
        ),
        (
            InputError(Analyte.FERRITIN, ErrorCode.UNKNOWN_UNIT, "mol"),
            "Enheten «mol» kan ikke brukes for ferritin.",
            "Bruk en av disse: µg/L, ng/mL.",
        ),
        (
            InputError("symptoms", ErrorCode.UNKNOWN_CODE, "hiccups"),
            "«hiccups» er ikke kjent i feltet symptoms.",
            "Velg en av kodene som feltet tillater.",
        ),
        (
            InputError("pregnant", ErrorCode.INCONSISTENT_INPUT, Sex.MALE),
            "Graviditet passer ikke med kjønnet «mann».",
            "Rett det ene.",
        ),
        (
            InputError("risk_factors", ErrorCode.INCONSISTENT_INPUT, Risk.BREASTFEEDING),
            "«Amming» motsier et annet svar.",
            "Rett det ene.",
        ),
    ],
)
def test_it_says_what_is_wrong_and_what_to_do(error: InputError, wrong: str, remedy: str) -> None:
    assert wording.error_message(error) == f"{wrong} {remedy}"


@pytest.mark.parametrize("given", ["", "<0", "1E+20", "x" * 60, "“"])
@pytest.mark.parametrize("code", ErrorCode)
def test_it_has_a_message_for_every_error_on_every_field(code: ErrorCode, given: str) -> None:
    fields = (*Analyte, *LimitKey, "age", "as_of", "treatment_status", "baseline_labs.foo", "foo")
    messages = {wording.error_message(InputError(field, code, given)) for field in fields}
    assert {text for text in messages if not text.endswith(".") or "%(" in text} == set()


# Doses


def test_it_gives_the_phases_of_a_regimen_in_order() -> None:
    doses = editions()[0].regimens[Regimen.IM_5_DAYS_THEN_ORAL].doses
    assert [tuple(line) for line in wording.dose_lines(doses)] == [
        ("Hydroksokobalamin injeksjon (i.m.)", "1 mg", "én gang daglig", "5 dager", ""),
        ("Vitamin B12-tabletter", "2 mg", "én gang daglig", "1 måned", ""),
        ("Vitamin B12-tabletter", "1–2 mg", "én gang daglig", "vedlikehold", ""),
    ]


def test_it_labels_a_dose_that_is_not_from_the_guideline() -> None:
    doses = editions()[0].regimens[Regimen.IM_5_DAYS_THEN_IM_CYANO].doses
    first, second = wording.dose_lines(doses)
    assert (first.note, second.note) == ("", "Retningslinjen oppgir ikke denne dosen")
    assert second.frequency == "hver 3.–4. uke"
    with translation.override("en"):
        assert wording.dose_lines(doses)[1].frequency == "every 3–4 weeks"


def test_it_leaves_the_dose_empty_where_the_guideline_names_none() -> None:
    (line,) = wording.dose_lines(editions()[0].regimens[Regimen.PROPHYLAXIS_DIET_SUPPLEMENT].doses)
    assert (line.dose, line.duration) == ("", "inntil videre")


@pytest.mark.parametrize(("weeks", "text"), [("1", "1 uke"), ("1.9", "1,9 uker"), ("2", "2 uker")])
def test_only_one_whole_week_is_a_single_one(weeks: str, text: str) -> None:
    assert wording.duration(Decimal(weeks), "weeks") == text


@pytest.mark.parametrize("regimen", Regimen)
def test_it_has_a_line_for_every_phase_of_every_regimen(regimen: Regimen) -> None:
    doses = editions()[0].regimens[regimen].doses
    assert len(wording.dose_lines(doses)) == len(doses)
