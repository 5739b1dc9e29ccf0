"""What is checked when a patient is registered or changed, and what is asked instead of refused."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import pytest
from django.http import QueryDict
from django.utils.translation import override

from patients.forms.registry import PatientForm, StatusForm
from patients.models import Patient

from ..builders import TODAY, patient

NUMBER = "04856200073"  # a woman born on 4 May 1962
OF_A_MAN = "04856200154"
FROM_2032 = "04856200081"
FH = "88888888831"
PERSON = {"given_name": "Bo", "family_name": "Nordbø", "letter_language": "nb"}

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def demonstration(settings: Any) -> Iterator[None]:
    settings.B12_DEMO = True
    with override("en"):
        yield


def form(*of: Patient, confirmed: Sequence[str] = (), **typed: str) -> PatientForm:
    data = QueryDict(mutable=True)
    data.update(PERSON | typed)
    data.setlist("confirmed", list(confirmed))
    return PatientForm(
        data, patients=Patient.objects.all(), today=TODAY, patient=next(iter(of), None)
    )


def doubts(shown: PatientForm) -> list[str]:
    assert not shown.is_valid()
    return [code for code, _label in shown.fields["confirmed"].choices]  # type: ignore[attr-defined]


def test_it_takes_birth_date_and_sex_from_the_number() -> None:
    shown = form(national_identity_number="048562 00073")
    assert shown.is_valid(), shown.errors
    assert shown.details.national_identity_number == NUMBER
    assert (shown.details.birth_date, shown.details.sex) == (date(1962, 5, 4), "female")


def test_without_a_number_the_date_of_birth_is_needed() -> None:
    assert "birth_date" in form().errors
    assert form(birth_date="04.05.1962").is_valid()


@pytest.mark.parametrize("number", [FROM_2032, FH])
def test_a_number_that_does_not_tell_needs_a_date_of_birth(number: str) -> None:
    assert "does not tell" in form(national_identity_number=number).errors["birth_date"][0]
    shown = form(national_identity_number=number, birth_date="04.05.1962")
    assert shown.is_valid()
    assert shown.details.sex == ""


@pytest.mark.parametrize("text", ["4.5.1962", "04051962", "4/5/1962", "1962-05-04", "04 05 1962"])
def test_a_date_of_birth_is_read_as_it_is_usually_written(text: str) -> None:
    shown = form(birth_date=text)
    assert shown.is_valid(), shown.errors
    assert shown.details.birth_date == date(1962, 5, 4)


@pytest.mark.parametrize("text", ["4.5.62", "31.02.1962", "03.03.2026", "01.01.1850", "mai"])
def test_a_date_of_birth_that_cannot_be_is_refused(text: str) -> None:
    assert "birth_date" in form(birth_date=text).errors


def test_somebody_may_be_born_today() -> None:
    assert form(birth_date="02.03.2026").is_valid()


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("national_identity_number", "04856200074"),
        ("national_identity_number", "0485620007"),
        ("national_identity_number", "abc"),
        ("given_name", ""),
        ("family_name", "123"),
        ("postal_code", "123"),
        ("postal_code", "12345"),
        ("telephone", "ring meg"),
        ("letter_language", "de"),
        ("sex", "x"),
        ("city", "x" * 81),
    ],
)
def test_it_names_the_field_that_is_wrong(field: str, text: str) -> None:
    shown = form(birth_date="04.05.1962", **{field: text})
    assert list(shown.errors) == [field]


@pytest.mark.parametrize(
    ("field", "text"),
    [("postal_code", "0150"), ("postal_code", "DE-10115"), ("telephone", "+46 (0)8 123 456")],
)
def test_it_takes_what_is_right(field: str, text: str) -> None:
    assert form(birth_date="04.05.1962", **{field: text}).is_valid()


def test_outside_demonstrations_a_made_up_number_is_refused(settings: Any) -> None:
    settings.B12_DEMO = False
    assert "made-up" in form(national_identity_number=NUMBER).errors["national_identity_number"][0]


def test_a_number_that_is_registered_leads_to_its_record() -> None:
    known = patient(national_identity_number=NUMBER)
    shown = form(national_identity_number=NUMBER)
    assert "national_identity_number" in shown.errors
    assert shown.same_number == known


def test_another_date_of_birth_than_the_number_tells_is_asked_for() -> None:
    shown = form(national_identity_number=NUMBER, birth_date="05.04.1962")
    assert doubts(shown) == ["birth_date 1962-04-05 04.05.1962"]
    again = form(confirmed=doubts(shown), national_identity_number=NUMBER, birth_date="05.04.1962")
    assert again.is_valid()
    assert again.details.birth_date == date(1962, 4, 5)


def test_a_confirmation_is_for_what_was_confirmed_only() -> None:
    ticked = ["birth_date 1962-04-05 04.05.1962"]
    assert not form(
        confirmed=ticked, national_identity_number=NUMBER, birth_date="06.04.1962"
    ).is_valid()
    assert not form(
        confirmed=ticked, national_identity_number=NUMBER, birth_date="05.04.1962", sex="male"
    ).is_valid()


def test_another_sex_than_the_number_tells_is_asked_for() -> None:
    shown = form(national_identity_number=OF_A_MAN, sex="female")
    assert doubts(shown) == ["sex female"]
    assert form(confirmed=doubts(shown), national_identity_number=OF_A_MAN, sex="female").is_valid()


def test_somebody_similar_is_shown_and_asked_about() -> None:
    known = patient(family_name="Nordbøe")
    shown = form(birth_date="04.05.1962")
    assert doubts(shown) == [f"similar {known.pk}"]
    assert shown.similar == [known]
    assert form(confirmed=doubts(shown), birth_date="04.05.1962").is_valid()


def edited(of: Patient, **typed: str) -> PatientForm:
    unchanged = PatientForm(patients=Patient.objects.all(), today=TODAY, patient=of)
    data = {name: str(unchanged[name].value() or "") for name in unchanged.fields}
    return form(of, **(data | typed))


def test_what_was_confirmed_once_is_not_asked_at_the_next_change() -> None:
    patient(given_name="Tvilling")
    own = patient(sex="male", national_identity_number=NUMBER)
    assert edited(own, city="Prøvestad").is_valid()
    assert doubts(edited(own, birth_date="01.01.1970")) == ["birth_date 1970-01-01 04.05.1962"]


def test_somebody_is_not_similar_to_themselves() -> None:
    own = patient(national_identity_number=NUMBER)
    assert edited(own, given_name="Aase").is_valid()


@pytest.mark.parametrize("day", ["2026-03-03", "1962-05-03"])
def test_nobody_leaves_in_the_future_or_before_birth(day: str) -> None:
    for field in ("deceased_on", "moved_on"):
        shown = StatusForm({field: day}, patient=patient(), today=TODAY)
        assert list(shown.errors) == [field]


def test_empty_dates_bring_somebody_back() -> None:
    shown = StatusForm({}, patient=patient(moved_on=TODAY), today=TODAY)
    assert shown.is_valid()
    assert shown.cleaned_data == {"deceased_on": None, "moved_on": None}
