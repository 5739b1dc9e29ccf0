from collections.abc import Iterator

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from b12site.accounts.models import Practice
from b12site.accounts.organisation_number import validate_organisation_number


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with override("en"):
        yield


@pytest.mark.parametrize("number", ["974760673", "123456785", "000000000", "100000008"])
def test_it_accepts_a_number_whose_check_digit_fits(number: str) -> None:
    validate_organisation_number(number)


@pytest.mark.parametrize("number", ["974760674", "123456789", "974760637"])
def test_it_refuses_a_misspelt_number(number: str) -> None:
    with pytest.raises(ValidationError, match="last digit"):
        validate_organisation_number(number)


@pytest.mark.parametrize("number", ["", "97476067", "9747606730", "974 760 673", "97476067³"])
def test_it_refuses_what_is_not_nine_digits(number: str) -> None:
    with pytest.raises(ValidationError, match="nine digits"):
        validate_organisation_number(number)


@pytest.mark.parametrize("digits", range(10))
def test_at_most_one_last_digit_fits(digits: int) -> None:
    fitting = []
    for last in range(10):
        try:
            validate_organisation_number(f"9100000{digits}{last}")
        except ValidationError:
            continue
        fitting.append(last)
    assert len(fitting) <= 1


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("postal_code", "501"),
        ("postal_code", "50 11"),
        ("telephone", "ring me"),
        ("telephone", "55\n55 55 55"),
        ("organisation_number", "974760674"),
    ],
)
def test_the_letterhead_refuses(field: str, value: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        Practice(name="Prøvelegene", **{field: value}).clean_fields()
    assert set(refusal.value.message_dict) == {field}


def test_the_letterhead_takes_what_is_written_in_norway() -> None:
    Practice(
        name="Prøvelegene",
        address="Storgata 1",
        postal_code="5003",
        city="Bergen",
        telephone="+47 55 55 55 55",
        organisation_number="974760673",
    ).clean_fields()
