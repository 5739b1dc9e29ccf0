"""Invented answers in the ways in which laboratories, systems and people write them.

``laboratory_answers/*.txt`` holds the text, a line of equal signs, and what each line is read as:
state, analysis, value as printed, limits in the analysis' own unit, date, notes.
"""

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interpretation.forms import OLD_RESULT
from interpretation.guideline.quantity import UNITS, convert
from interpretation.guideline.vocabulary import Analyte
from interpretation.laboratory_text import (
    LONGEST_TEXT,
    MOST_LINES,
    OLD,
    Line,
    Note,
    State,
    TextTooLongError,
    read_answers,
)
from interpretation.laboratory_text.names import table

TODAY = date(2026, 3, 9)
FILES = sorted(Path(__file__).parent.joinpath("laboratory_answers").glob("*.txt"))


def parted(path: Path) -> tuple[str, list[str]]:
    text, _, expected = path.read_text(encoding="utf-8").partition("\n=====\n")
    return text, expected.splitlines()


def described(line: Line) -> str:
    value = f"{line.given} {line.given.unit}" if line.given else line.finding
    limits = "" if line.lower is line.upper is None else f"{line.lower}..{line.upper}"
    day = line.day.isoformat() if line.day else ""
    notes = " ".join(line.notes)
    return " | ".join((line.state, line.code, value, limits, day, notes)).rstrip()


def one(text: str) -> Line:
    (line,) = read_answers(text, TODAY)
    return line


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_it_reads_each_layout_line_by_line(path: Path) -> None:
    text, expected = parted(path)
    assert [described(line) for line in read_answers(text, TODAY)] == expected


def test_there_are_at_least_twelve_layouts_and_every_state_occurs() -> None:
    assert len(FILES) >= 12
    states = {line.split(" | ")[0] for path in FILES for line in parted(path)[1]}
    assert states == {state.value for state in State}


def test_it_knows_every_analysis_of_the_contract_by_name() -> None:
    named = {key for key in table().by_name.values() if not key.startswith("wrong:")}
    assert set(Analyte) | {"anti_if", "anti_parietal", "coeliac_serology", "blood_smear"} == named


@pytest.mark.parametrize("key", sorted(Analyte))
def test_every_name_is_read_with_its_own_unit(key: Analyte) -> None:
    number = "12" if key is Analyte.HAEMOGLOBIN else "90"
    number = "0,5" if key is Analyte.MMA else "4" if key is Analyte.POTASSIUM else number
    number = "1,5" if key is Analyte.HAPTOGLOBIN else number
    names = [" ".join(words) for words, code in table().by_name.items() if code == key]
    wrong = [name for name in names if one(f"{name}: {number} {UNITS[key]}").code != key]
    assert wrong == []


@pytest.mark.parametrize(
    ("printed", "comparator"),
    [
        ("<60", "<"),
        ("< 60", "<"),
        ("<\t60", "<"),
        ("&lt;60", "<"),
        ("＜60", "<"),
        ("under 60", "<"),
        ("mindre enn 60", "<"),
        ("<=60", "≤"),
        ("=<60", "≤"),
        ("≤60", "≤"),
        (">60", ">"),
        ("over 60", ">"),
        (">= 60", "≥"),
        ("minst 60", "≥"),
    ],
)
def test_it_keeps_the_comparator(printed: str, comparator: str) -> None:
    line = one(f"Vitamin B12\t{printed}\tpmol/L\t175-700")
    assert line.quantity is not None
    assert (line.quantity.value, line.quantity.comparator) == (Decimal(60), comparator)


@pytest.mark.parametrize(
    "odd", ["~60", "ca 60", "±60", "<(60)", "< ca. 60", "60-80", "1.234,5", "-60"]
)
def test_it_takes_no_number_whose_sign_it_does_not_know(odd: str) -> None:
    line = one(f"Vitamin B12: {odd} pmol/L")
    assert line.state is not State.RECOGNISED
    assert not line.confirmable


@pytest.mark.parametrize(
    "printed",
    [
        "175 - 700",
        "175-700",
        "(175–700)",
        "[175—700]",
        "175-700 pmol/L",
        "(175 - 700 pmol/L)",
        "Ref: 175-700",
        "ref.omr. 175 - 700",
        "Referanseområde: 175 til 700",
    ],
)
def test_it_reads_intervals_in_many_shapes(printed: str) -> None:
    line = one(f"Vitamin B12 143 pmol/L {printed}")
    assert (line.state, line.lower, line.upper) == (State.RECOGNISED, Decimal(175), Decimal(700))


@pytest.mark.parametrize("printed", ["<0,28", "< 0,28", "(<0,28)", "≤ 0,28", "ref. <0,28"])
def test_it_reads_a_limit_on_one_side(printed: str) -> None:
    line = one(f"MMA 0,31 µmol/L {printed}")
    assert (line.quantity and line.quantity.value, line.upper) == (Decimal("0.31"), Decimal("0.28"))


def test_limits_that_cannot_be_are_left_out_and_said_so() -> None:
    line = one("MMA 0,31 µmol/L (<28)")
    assert (line.state, line.upper, line.notes) == (
        State.RECOGNISED,
        None,
        (Note.LIMITS_LEFT_OUT,),
    )


@pytest.mark.parametrize(
    "written",
    [
        "02.03.2026",
        "02.03.26",
        "2.3.2026",
        "2026-03-02",
        "02.03.2026 08:15",
        "02.03.2026 kl. 08.15",
        "2026-03-02T08:15:00+01:00",
        "02/03/2026",
    ],
)
def test_it_reads_dates_in_many_ways(written: str) -> None:
    for text in (f"{written}\tHb\t12,1\tg/dL", f"Prøvetatt {written}\nHb 12,1 g/dL"):
        line = one(text)
        assert (line.day, line.quantity and line.quantity.value) == (
            date(2026, 3, 2),
            Decimal("12.1"),
        )


@pytest.mark.parametrize(
    "label", ["Mottatt", "Svardato", "Født", "Rapportert", "Utskrift", "Besvart", "Rekvirert"]
)
def test_another_date_is_not_taken_for_the_sample_date(label: str) -> None:
    lines = read_answers(f"{label}: 02.03.2026\nHb 12,1 g/dL", TODAY)
    assert lines[-1].day is None


def test_a_date_between_answers_counts_for_those_below_it() -> None:
    lines = read_answers("01.03.2026\nHb 12,1 g/dL\n02.03.2026\nMCV 97 fL", TODAY)
    assert [line.day for line in lines] == [date(2026, 3, 1), date(2026, 3, 2)]


def test_a_result_is_old_after_about_six_months() -> None:
    limit, older = TODAY - OLD, TODAY - OLD - timedelta(days=1)
    assert not one(f"Hb 12,1 g/dL {limit:%d.%m.%Y}").older_than_six_months
    assert one(f"Hb 12,1 g/dL {older:%d.%m.%Y}").older_than_six_months
    assert OLD == OLD_RESULT


@pytest.mark.parametrize(
    "line",
    [
        "U-Metylmalonsyre 1,2 µmol/L",
        "Metylmalonsyre i urin 1,2 µmol/L",
        "NPU02781 Metylmalonsyre 1,2 µmol/L",
        "NPU18361 MMA 1,2 µmol/L",
        "NPU03605 Holotranskobalamin 55 pmol/L",
        "Transkobalamin II 812 pmol/L",
        "NOR05918 Kobalamin 140 pmol/L",
        "F-Hemoglobin 12 g/dL",
        "E-Folat 900 nmol/L",
        "Kreatinin, urin 9000 µmol/L",
        "NPU57881 Gastrin 90 ng/L",
    ],
)
def test_what_only_looks_like_the_analysis_is_named_and_never_taken(line: str) -> None:
    read = one(line)
    assert (read.state, read.confirmable) == (State.WRONG_ANALYTE, False)


@pytest.mark.parametrize(
    ("line", "note"),
    [
        ("NPU01700 Folat 12 nmol/L", Note.CODE_AND_NAME_DIFFER),
        ("NPU99999 Folat 12 nmol/L", Note.CODE_UNKNOWN),
        ("NPU02070 Pteroylglutamat 12 nmol/L", Note.CODE_WITHOUT_NAME),
        ("NPU02070 Folat 12 µg/L", Note.UNIT_NOT_OF_CODE),
        ("Holotranskobalamin (Vitamin B12) 45 pmol/L", Note.SEVERAL_NAMES),
        ("Kontroll av folat 12 nmol/L", Note.UNKNOWN_NAME),
        ("Forrige svar; Folat 12 nmol/L", Note.TEXT_BEFORE),
        ("Folat 12 nmol/L feil prøverør", Note.DOUBTED),
        ("Folat 12 nmol/L 14 nmol/L", Note.SEVERAL_NUMBERS),
        ("Folat 12 nmol/L 10.03.2026", Note.DATE_TO_COME),
        ("Folat 12 nmol/L 01.03.2026 02.03.2026", Note.SEVERAL_DATES),
        ("Folat 22 nmol/L L (7-40)", Note.FLAG_DISAGREES),
        ("Folat 12", Note.UNIT_MISSING),
        ("Hemoglobin A1c 38 mmol/mol", Note.TEXT_BETWEEN),
        ("Folat svar følger <7 nmol/L", Note.AWAITED),
    ],
)
def test_where_something_disagrees_the_line_is_not_recognised(line: str, note: Note) -> None:
    read = one(line)
    assert read.state is not State.RECOGNISED
    assert note in read.notes


def test_a_value_that_fits_no_unit_but_one_needs_no_unit_and_it_says_so() -> None:
    line = one("MCV 97")
    assert (line.state, line.notes) == (State.RECOGNISED, (Note.ONLY_UNIT,))


def test_a_lone_comparator_may_be_the_limit_where_other_lines_print_limits() -> None:
    lines = read_answers("Folat\t12\tnmol/L\t>7\nMMA\t\t<0,28\tµmol/L", TODAY)
    assert (lines[1].state, lines[1].notes) == (State.HOLD, (Note.MAY_BE_A_LIMIT,))


def test_two_values_for_one_sample_are_both_left_to_a_person() -> None:
    lines = read_answers("Folat 12 nmol/L\nFolat 13 nmol/L", TODAY)
    assert [line.state for line in lines] == [State.HOLD, State.DUPLICATE]


@pytest.mark.parametrize("text", ["x" * (LONGEST_TEXT + 1), "\n" * (MOST_LINES + 1)])
def test_too_much_text_is_refused(text: str) -> None:
    with pytest.raises(TextTooLongError):
        read_answers(text, TODAY)


def test_a_very_long_line_is_shown_shortened_and_not_read() -> None:
    line = one("Hb 12,1 g/dL" + " x" * 200)
    assert (line.state, line.notes) == (State.NOT_RECOGNISED, (Note.TOO_LONG,))


@pytest.mark.parametrize(
    "text",
    [
        "Folat\nFerritin\n12 nmol/L\n34 µg/L",
        "12 nmol/L\nFolat\n34 nmol/L\nFolat",
        "Folat\nFerritin\n12\n34",
        "12,1\nHb\n94\nMCV",
    ],
)
def test_values_in_a_column_of_their_own_are_given_to_no_name(text: str) -> None:
    assert [line.quantity for line in read_answers(text, TODAY) if line.quantity] == []


@pytest.mark.parametrize("number", ["1.234", "1,234", "12.345"])
def test_what_may_be_thousands_is_left_to_a_person(number: str) -> None:
    line = one(f"Ferritin {number} µg/L")
    assert (line.state, line.notes) == (State.HOLD, (Note.MAY_BE_THOUSANDS,))


def test_three_decimals_behind_a_nought_are_decimals() -> None:
    assert one("MMA 0,312 µmol/L").state is State.RECOGNISED


def test_the_longest_text_is_read_quickly() -> None:
    for line in ("1 " * 120, "<" * 250, "P-" * 120, "(1-1 " * 50, "Hb " * 80, "1,1.1" * 50):
        text = "\n".join([line] * 60)[:LONGEST_TEXT]
        before = perf_counter()
        read_answers(text, TODAY)
        assert perf_counter() - before < 5


# What no text may bring about

_WORDS = ["Hb", "Vitamin B12", "P-", "MMA", "<", ">", "≤", "12", "0,31", "1 234", "pmol/L", "g/dL"]
_WORDS += ["10^9/L", "(175-700)", "<0,28", "02.03.2026", "\t", ";", "|", "\n", "  ", ":", "L", "*"]
_WORDS += ["NPU01700", "Analyse", "Svar", "Enhet", "Prøvetatt", "positiv", "ref.", "-", "og", ","]
mixtures = st.lists(st.sampled_from(_WORDS), max_size=40).map(" ".join)


def _digits(text: str) -> str:
    return text.replace(",", ".").replace(" ", "").replace("\u00a0", "").replace("\u202f", "")


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(max_size=400), mixtures))
def test_no_text_makes_it_fail_and_every_number_stands_in_the_text(text: str) -> None:
    for line in read_answers(text, TODAY):
        if line.given is not None:
            assert f"{line.given.value:f}" in _digits(text)


@settings(max_examples=300, deadline=None)
@given(
    name=st.sampled_from(["Vitamin B12", "P-Kobalamin", "NPU01700 P-Vitamin B12"]),
    gap=st.sampled_from([" ", ": ", "\t", ";", " | ", "   ", "\n"]),
    sign=st.sampled_from(["", "<", "< ", ">", "<=", "≥ ", "under "]),
    value=st.decimals("10", "1999", places=1),
    unit=st.sampled_from([" pmol/L", "pmol/L", "\tpmol/l", " pg/mL", ""]),
    limits=st.sampled_from(["", " (175-700)", "\t175 - 700", " <700"]),
)
def test_what_can_be_confirmed_has_the_printed_number_and_comparator(
    name: str, gap: str, sign: str, value: Decimal, unit: str, limits: str
) -> None:
    signs = {"": "", "<": "<", ">": ">", "<=": "≤", "≥": "≥", "under": "<"}
    printed = f"{value}".replace(".", ",")
    for line in read_answers(f"{name}{gap}{sign}{printed}{unit}{limits}", TODAY):
        if line.confirmable:
            assert line.given is not None
            assert (line.given.value, line.given.comparator) == (value, signs[sign.strip()])
            assert convert(Analyte(line.code), line.given)[0] == line.quantity
