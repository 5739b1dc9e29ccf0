"""The rules of the identity numbers, on the official examples and on every number that we can make.

All numbers are the authorities' own examples or synthetic.
"""

from datetime import date
from operator import mul

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patients.rules.national_identity import (
    IdentityNumber,
    IdentityNumberError,
    Kind,
    Reason,
    masked,
    read,
)

# Examples of the series from 2032 on; the first, third and fifth are valid by the older rule too.
FROM_2032 = ("30108299920", "30108299939", "02013299997", "02013299903", "02013299806")
SYNTHETIC_D = {
    "41814061033": date(1940, 1, 1),
    "41814065640": date(1940, 1, 1),
    "41814075603": date(1940, 1, 1),
    "41810021827": date(2000, 1, 1),
    "41810025091": date(2000, 1, 1),
    "41810034422": date(2000, 1, 1),
}
FH = "88888888831"


def check_digits(nine: str, off: int = 0) -> str | None:
    """Written apart from the module: the number with its check digits, or ``None`` when a check
    digit would be 10. ``off`` is how many steps the first one is off, as from 2032 on."""
    first = (off - sum(map(mul, map(int, nine), (3, 7, 6, 1, 8, 9, 4, 5, 2)))) % 11
    ten = nine + str(first)
    second = -sum(map(mul, map(int, ten), (5, 4, 3, 2, 7, 6, 5, 4, 3, 2))) % 11
    return None if 10 in {first, second} else ten + str(second)


def made(start: str, off: int = 0) -> str:
    """The first number that begins with these (at most eight) digits."""
    free = 9 - len(start)
    nines = (f"{start}{rest:0{free}}" for rest in range(10**free))
    return next(number for nine in nines if (number := check_digits(nine, off)))


def understood(text: str) -> IdentityNumber:
    return read(text, synthetic_allowed=True)


def refusal(text: str, *, synthetic_allowed: bool = True) -> Reason | None:
    try:
        read(text, synthetic_allowed=synthetic_allowed)
    except IdentityNumberError as error:
        return error.reason
    return None


nines = st.builds(
    lambda birth, additions, individual: (
        f"{birth.day + additions[0]:02}{birth.month + additions[1]:02}{birth:%y}{individual:03}"
    ),
    st.dates(date(1940, 1, 1), date(1999, 12, 31)),
    st.tuples(st.sampled_from((0, 40)), st.sampled_from((0, 65, 80))),
    st.integers(0, 499),
)
offs = st.integers(0, 3)


@pytest.mark.parametrize("number", FROM_2032)
def test_it_accepts_the_examples_of_the_series_from_2032(number: str) -> None:
    assert understood(number).kind is Kind.BIRTH_NUMBER


@pytest.mark.parametrize("number", FROM_2032[1:4:2])
def test_it_reads_no_century_and_no_sex_from_the_series_from_2032(number: str) -> None:
    told = understood(number)
    assert (told.birth_date, told.sex) == (None, None)


@pytest.mark.parametrize(("number", "birth_date"), SYNTHETIC_D.items())
def test_it_reads_the_official_synthetic_d_numbers(number: str, birth_date: date) -> None:
    told = understood(number)
    assert (told.kind, told.synthetic, told.birth_date) == (Kind.D_NUMBER, True, birth_date)


def test_an_fh_number_says_nothing_about_the_person() -> None:
    told = understood(FH)
    assert (told.kind, told.birth_date, told.sex) == (Kind.FH_NUMBER, None, None)
    assert told.fits(date(1962, 5, 4))


@pytest.mark.parametrize(
    ("start", "kind", "synthetic"),
    [
        ("040562", Kind.BIRTH_NUMBER, False),
        ("440562", Kind.D_NUMBER, False),
        ("044562", Kind.H_NUMBER, False),
        ("048562", Kind.BIRTH_NUMBER, True),
        ("047062", Kind.BIRTH_NUMBER, True),
        ("448562", Kind.D_NUMBER, True),
        ("447062", Kind.D_NUMBER, True),
        ("444562", Kind.D_NUMBER, True),
    ],
)
def test_it_knows_the_kind_by_what_was_added(start: str, kind: Kind, synthetic: bool) -> None:
    told = understood(made(start))
    assert (told.kind, told.synthetic) == (kind, synthetic)
    assert told.birth_date == date(1962, 5, 4)


@pytest.mark.parametrize("start", ["048562", "047062", "448562", "447062", "444562"])
def test_it_refuses_synthetic_numbers_unless_allowed(start: str) -> None:
    assert refusal(made(start), synthetic_allowed=False) is Reason.SYNTHETIC


@pytest.mark.parametrize("start", ["044562", "440562", "040562"])
def test_real_kinds_need_no_leave(start: str) -> None:
    assert refusal(made(start), synthetic_allowed=False) is None


@pytest.mark.parametrize(
    ("start", "year"),
    [
        ("0481000", 1900),
        ("0481994", 1999),
        ("04815450", 1854),
        ("04819974", 1899),
        ("0481005", 2000),
        ("0481399", 2039),
        ("0481409", 1940),
        ("0481999", 1999),
        ("4481000", 1900),
        ("4481391", 1939),
        ("4481002", 2000),
        ("4481399", 2039),
        ("4481404", 1940),
        ("4481999", 1999),
        ("4481585", 1858),
        ("4481995", 1899),
    ],
)
def test_it_reads_the_century_from_the_individual_digits(start: str, year: int) -> None:
    assert understood(made(start)).birth_date == date(year, 1, 4)


@pytest.mark.parametrize("start", ["0481535", "0481407", "04819975", "0481998", "4481575"])
def test_it_refuses_what_nobody_was_given(start: str) -> None:
    assert refusal(made(start)) is Reason.DATE


@pytest.mark.parametrize(("third", "sex"), [("0", "female"), ("1", "male"), ("8", "female")])
def test_it_reads_the_sex_from_the_third_individual_digit(third: str, sex: str) -> None:
    number = next(number for n in range(50) if (number := check_digits(f"048562{n:02}{third}")))
    assert understood(number).sex == sex


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", Reason.LETTERS),
        ("0405621234", Reason.LENGTH),
        ("040562123456", Reason.LENGTH),
        ("0405621234O", Reason.LETTERS),
        ("\u0660" * 11, Reason.LETTERS),
        (made("3281")[:6] + "00000", Reason.DATE),
        ("30028012345", Reason.DATE),
        ("29028112345", Reason.DATE),
        ("01130012345", Reason.DATE),
        ("00010012345", Reason.DATE),
        ("88888888832", Reason.CHECK_DIGITS),
        ("04056212345", Reason.CHECK_DIGITS),
    ],
)
def test_it_says_why_it_refuses(text: str, reason: Reason) -> None:
    assert refusal(text) is reason


def test_spaces_do_not_matter() -> None:
    assert understood(" 418140 61033 ") == understood("41814061033")
    assert understood("418140\u00a061033").digits == "41814061033"


def test_a_leap_day_needs_a_leap_year() -> None:
    assert understood(made("2982804")).birth_date == date(1980, 2, 29)
    assert refusal(made("2982814")) is Reason.DATE


def test_a_number_of_the_later_series_fits_any_century() -> None:
    told = understood(made("048562", off=2))
    assert [told.fits(date(year, 5, 4)) for year in (1862, 1962, 2062)] == [True] * 3
    assert not told.fits(date(1962, 5, 5))


def test_a_number_of_the_older_series_fits_its_birth_date_only() -> None:
    told = understood(made("0485624"))
    assert told.fits(date(1962, 5, 4))
    assert not told.fits(date(1862, 5, 4))


def test_an_h_number_has_no_later_series() -> None:
    assert refusal(made("044562", off=1)) is Reason.CHECK_DIGITS


@pytest.mark.parametrize("off", range(4, 11))
def test_no_number_is_four_or_more_steps_off(off: int) -> None:
    assert refusal(made("048562", off)) is Reason.CHECK_DIGITS


@given(nines, offs)
def test_it_accepts_every_number_with_right_check_digits(nine: str, off: int) -> None:
    number = check_digits(nine, off)
    assert number is None or understood(number).digits == number


@given(nines, offs, st.integers(0, 10), st.integers(1, 9))
def test_it_finds_every_single_wrong_digit(nine: str, off: int, place: int, more: int) -> None:
    if number := check_digits(nine, off):
        wrong = str((int(number[place]) + more) % 10)
        assert refusal(number[:place] + wrong + number[place + 1 :]) is not None


def test_a_masked_number_keeps_the_last_five_digits_to_itself() -> None:
    assert masked("41814061033") == "418140\N{NO-BREAK SPACE}*****"
    assert masked("") == ""
