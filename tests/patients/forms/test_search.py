"""What is read from the one field in which patients are looked for."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.utils.translation import override

from patients.forms.search import SearchForm
from patients.reading.searched import Wanted

BORN = (date(1962, 5, 4),)
NUMBER = "04856200073"


@pytest.fixture(autouse=True)
def demonstration(settings: Any) -> Iterator[None]:
    settings.B12_DEMO = True
    with override("en"):
        yield


def wanted(text: str) -> Wanted | None:
    form = SearchForm({"q": text})
    assert form.is_valid(), form.errors
    return form.wanted()


def error(text: str) -> str:
    return str(SearchForm({"q": text}).errors["q"][0])


@pytest.mark.parametrize("text", ["", "   "])
def test_nothing_typed_is_no_search(text: str) -> None:
    assert wanted(text) is None


@pytest.mark.parametrize(
    "text",
    ["04.05.1962", "4.5.1962", "04051962", "4/5 1962", "4. 5. 1962", "04 05 1962", "1962-05-04"],
)
def test_it_reads_a_date_of_birth(text: str) -> None:
    assert wanted(text) == Wanted(birth_dates=BORN)
    assert wanted(f"Åse {text} Prøv") == Wanted(words=("Åse", "Prøv"), birth_dates=BORN)


@pytest.mark.parametrize("text", ["040562", "04.05.62", "4.5.62"])
def test_a_two_digit_year_means_either_century(text: str) -> None:
    assert wanted(text) == Wanted(birth_dates=(*BORN, date(2062, 5, 4)))


def test_a_leap_day_exists_in_one_century_only() -> None:
    assert wanted("290200") == Wanted(birth_dates=(date(2000, 2, 29),))


@pytest.mark.parametrize("text", [NUMBER, "048562 00073", "048562\u00a000073", " 04 85 62 000 73 "])
def test_it_reads_a_number_with_or_without_spaces(text: str) -> None:
    assert wanted(text) == Wanted(number=NUMBER)


def test_a_comma_parts_words() -> None:
    assert wanted("Prøvesen, Åse") == Wanted(words=("Prøvesen", "Åse"))


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("31.02.1962", "no such date as 31.02.1962"),
        ("991399", "no such date"),
        ("04856200074", "check digits do not fit"),
        ("0485620007", "no date and no national identity number"),
        ("Åse 12", "“12” is no date"),
    ],
)
def test_it_says_what_it_cannot_read(text: str, part: str) -> None:
    assert part in error(text)


def test_a_number_of_the_size_that_no_database_holds_is_refused() -> None:
    assert not SearchForm({"q": "åse", "after": "9" * 30}).is_valid()
