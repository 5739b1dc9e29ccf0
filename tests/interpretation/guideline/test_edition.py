"""The loader refuses an edition that says too little or too much, and names the place."""

import tomllib
from dataclasses import fields, replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from interpretation.guideline import edition as loader
from interpretation.guideline.edition import (
    EDITIONS,
    Dose,
    Edition,
    EditionError,
    Limit,
    LimitSource,
    Parameters,
    edition_for,
    editions,
    load_edition,
    read_edition,
)
from interpretation.guideline.vocabulary import Analyte, ControlTime, Regimen

FILE = "2018.toml"
TEXT = (EDITIONS / FILE).read_text(encoding="utf-8")
TOTAL_LOW = TEXT[TEXT.index("[parameter.total_b12_low]") : TEXT.index("[parameter.total_b12_high]")]


def changed(old: str, new: str, within: str = "") -> str:
    """The edition with the first occurrence changed, after the heading ``within``."""
    start = TEXT.index(within)
    place = TEXT.index(old, start)
    return TEXT[:place] + new + TEXT[place + len(old) :]


PARAMETER = "[parameter.total_b12_low]"
PLAUSIBLE = "[plausible]"
TRIAL = "[regimen.treatment_trial_oral]"
ANNUAL = "[control.annual]"
LOW, DOSE = "parameter.total_b12_low", "regimen.treatment_trial_oral.doses[0]"
NO_SOURCE = "needs sources like G38 or A16 and a section"
NOT_DECIMAL = "value is not a decimal number in quotes"
NO_WINDOW = "needs a known time unit and earliest before latest"


@pytest.mark.parametrize(
    ("text", "place", "fault"),
    [
        (changed('sources = ["G35", "A14"]\n', "", PARAMETER), LOW, "missing key sources"),
        (changed('["G35", "A14"]', "[]", PARAMETER), LOW, NO_SOURCE),
        (changed('["G35", "A14"]', '["page 4"]', PARAMETER), LOW, NO_SOURCE),
        (changed('["G35", "A14"]', '"G35"', PARAMETER), LOW, NO_SOURCE),
        (changed('["G35", "A14"]', '["G35a"]', PARAMETER), LOW, NO_SOURCE),
        (changed('["G35", "A14"]', '["35"]', PARAMETER), LOW, NO_SOURCE),
        (changed('section = "Flow-2"', 'section = ""', PARAMETER), LOW, NO_SOURCE),
        (changed("note =", "remark =", PARAMETER), LOW, "unknown key remark"),
        (changed('"pmol/L"', '"pints"', PARAMETER), LOW, "unknown unit 'pints'"),
        (changed('value = "100"', "value = 100.5", PARAMETER), LOW, NOT_DECIMAL),
        (changed('value = "100"', "value = 100", PARAMETER), LOW, NOT_DECIMAL),
        (changed('value = "100"', 'value = "1OO"', PARAMETER), LOW, NOT_DECIMAL),
        (changed('value = "100"', 'value = "NaN"', PARAMETER), LOW, NOT_DECIMAL),
        (changed('value = "100"\n', "", PARAMETER), LOW, "missing key value"),
        (changed("= true", '= "yes"', PARAMETER), LOW, "from_guideline is true or false"),
        (TEXT.replace(TOTAL_LOW, ""), "parameter", "missing key total_b12_low"),
        (
            TEXT.replace("parameter.total_b12_low]", "parameter.b12_low]"),
            "parameter",
            "missing key total_b12_low, unknown key b12_low",
        ),
        (
            changed("mma_umol_l =", "mma =", PLAUSIBLE),
            "plausible",
            "missing key mma_umol_l, unknown key mma",
        ),
        (
            changed('unit = "pmol/L"', 'unit = "pint"', PLAUSIBLE),
            "plausible.total_b12_pmol_l",
            "unknown unit 'pint'",
        ),
        (
            changed('lowest = "10"', 'lowest = "30000"', PLAUSIBLE),
            "plausible.total_b12_pmol_l",
            "lowest must be below highest",
        ),
        (
            changed('lowest = "10"', 'lowest = "x"', PLAUSIBLE),
            "plausible.total_b12_pmol_l",
            "lowest is not a decimal number in quotes",
        ),
        (changed('"oral"', '"nasal"', TRIAL), DOSE, "unknown route 'nasal'"),
        (changed('unit = "mg"', 'unit = "spoons"', TRIAL), DOSE, "amount needs a known unit"),
        (changed('"days"', '"moons"', TRIAL), DOSE, "unknown time unit"),
        (changed("drug =", "medicine =", TRIAL), DOSE, "missing key drug, unknown key medicine"),
        (
            changed('sources = ["G40", "A38"]\n', "", TRIAL),
            DOSE.removesuffix(".doses[0]"),
            "missing key sources",
        ),
        (changed("earliest = 12", "earliest = 13", ANNUAL), "control.annual", NO_WINDOW),
        (changed('unit = "months"', 'unit = "moons"', ANNUAL), "control.annual", NO_WINDOW),
        (changed("earliest = 12\n", "", ANNUAL), "control.annual", "missing key earliest"),
        (
            TEXT.replace("[regimen.oral_2mg]", "[regimen.oral_3mg]"),
            "regimen",
            "missing key oral_2mg, unknown key oral_3mg",
        ),
        (
            TEXT.replace("[control.annual]", "[control.yearly]"),
            "control",
            "missing key annual, unknown key yearly",
        ),
        (changed("valid_from = 2018-03-01", 'valid_from = "March"'), "top", "valid_from is a date"),
        (changed('id = "2018"\n', ""), "top", "missing key id"),
        (TEXT + "\n[extra]\n", "top", "unknown key extra"),
    ],
)
def test_it_refuses_and_names_the_file_and_the_place(text: str, place: str, fault: str) -> None:
    with pytest.raises(EditionError) as refused:
        read_edition(text, FILE)
    assert str(refused.value) == f"{FILE} [{place}]: {fault}"


def test_it_refuses_what_is_no_toml_at_all() -> None:
    with pytest.raises(EditionError, match=r"^2018\.toml: "):
        read_edition("[parameter", FILE)


def test_it_refuses_an_edition_that_does_not_exist() -> None:
    with pytest.raises(EditionError, match=r"1999\.toml"):
        load_edition("1999")


def test_it_does_not_leave_the_folder_of_editions() -> None:
    with pytest.raises(EditionError):
        load_edition("../2018")


def test_every_number_is_an_exact_decimal() -> None:
    edition = load_edition("2018")
    parameters = [getattr(edition.parameters, field.name) for field in fields(Parameters)]
    numbers = [parameter.value for parameter in parameters]
    ranges = edition.plausible.values()
    numbers += [end for allowed in ranges for end in (allowed.lowest, allowed.highest)]
    doses = [dose for regimen in edition.regimens.values() for dose in regimen.doses]
    numbers += [amount for dose in doses for amount in (dose.amount, dose.amount_to) if amount]
    assert {type(number) for number in numbers} == {Decimal}


# What is read must be what is written. The edition is read anew here, not taken from the cache.
TABLES = tomllib.loads(TEXT)


@pytest.fixture(name="fresh")
def _fresh() -> Edition:
    return read_edition(TEXT, FILE)


@pytest.mark.parametrize("name", TABLES["parameter"])
def test_a_number_is_read_as_it_stands(name: str, fresh: Edition) -> None:
    written, read = TABLES["parameter"][name], getattr(fresh.parameters, name)
    stated = written["from_guideline"]
    assert (read.key, str(read.value), read.from_guideline) == (name, written["value"], stated)
    assert (read.sources, read.section) == (tuple(written["sources"]), written["section"])
    source = LimitSource.GUIDELINE if stated else LimitSource.DEFAULT
    assert read.limit == Limit(name, Decimal(written["value"]), written["unit"], source)


@pytest.mark.parametrize("name", TABLES["plausible"])
def test_a_range_is_read_as_it_stands(name: str, fresh: Edition) -> None:
    written = TABLES["plausible"][name]
    read = fresh.plausible[name]
    assert (str(read.lowest), str(read.highest)) == (written["lowest"], written["highest"])


def _dose(written: dict[str, Any]) -> Dose:
    amounts = [Decimal(written[key]) if key in written else None for key in ("amount", "amount_to")]
    return Dose(
        written["drug"],
        written["route"],
        amounts[0],
        amounts[1],
        written.get("unit", ""),
        tuple(written["per"]),
        tuple(written["duration"]) if "duration" in written else None,
        written["from_guideline"],
    )


@pytest.mark.parametrize("regimen", list(Regimen))
def test_a_regimen_is_read_as_it_stands(regimen: Regimen, fresh: Edition) -> None:
    written, read = TABLES["regimen"][regimen], fresh.regimens[regimen]
    assert (read.sources, read.section) == (tuple(written["sources"]), written["section"])
    assert read.doses == tuple(map(_dose, written["doses"]))


@pytest.mark.parametrize("when", list(ControlTime))
def test_a_control_is_read_as_it_stands(when: ControlTime, fresh: Edition) -> None:
    written, read = TABLES["control"][when], fresh.controls[when]
    repeats = written.get("repeats", False)
    assert (read.earliest, read.latest) == (written["earliest"], written["latest"])
    assert (read.unit, read.repeats) == (written["unit"], repeats)
    assert (read.sources, read.section) == (tuple(written["sources"]), written["section"])
    assert read.from_guideline is written["from_guideline"]


def test_an_edition_knows_its_name_and_its_day(fresh: Edition) -> None:
    assert (fresh.id, fresh.valid_from) == (TABLES["id"], TABLES["valid_from"])
    assert fresh == load_edition("2018")


def test_a_number_knows_whether_the_guideline_states_it() -> None:
    p = load_edition("2018").parameters
    assert p.total_b12_low.limit.source is LimitSource.GUIDELINE
    assert p.egfr_reduced.limit.source is LimitSource.DEFAULT


def test_it_holds_every_regimen_control_and_analyte() -> None:
    edition = load_edition("2018")
    assert set(edition.regimens) == set(Regimen)
    assert set(edition.controls) == set(ControlTime)
    assert set(Analyte) <= set(edition.plausible)


def test_a_lowest_value_that_is_the_highest_is_no_range() -> None:
    with pytest.raises(EditionError, match="lowest must be below highest"):
        read_edition(changed('lowest = "10"', 'lowest = "20000"', PLAUSIBLE), FILE)


def test_the_duration_of_a_dose_has_a_known_unit_of_time() -> None:
    with pytest.raises(EditionError, match="unknown time unit"):
        read_edition(changed('duration = [5, "days"]', 'duration = [5, "moons"]'), FILE)


def test_of_two_editions_the_newer_holds_from_its_first_day(
    monkeypatch: pytest.MonkeyPatch, fresh: Edition
) -> None:
    newer = replace(fresh, id="2030", valid_from=date(2030, 1, 1))
    monkeypatch.setattr(loader, "editions", lambda: (fresh, newer))
    days = date(2029, 12, 31), date(2030, 1, 1), date(2031, 5, 5)
    assert [edition_for(day).id for day in days] == ["2018", "2030", "2030"]


def test_the_checksum_follows_the_text() -> None:
    same, other = read_edition(TEXT, FILE), read_edition(TEXT + "# a remark\n", FILE)
    assert same.checksum == load_edition("2018").checksum
    assert other.checksum != same.checksum
    assert len(same.checksum) == 64


@pytest.mark.parametrize(
    "as_of", [date(2018, 3, 1), date(2026, 3, 2), date(2018, 2, 28), date(1990, 1, 1)]
)
def test_the_date_of_the_decision_chooses_the_edition(as_of: date) -> None:
    """Before the first edition there is none, so the first one answers."""
    assert edition_for(as_of).id == "2018"
    assert [edition.id for edition in editions()] == ["2018"]
