"""Looking for patients, registering and changing them, and who is refused."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from patients.models import LetterLanguage, Patient
from patients.reading.searched import PAGE
from tests.cast import Cast

from ..builders import patient

NUMBER = "04856200073"
PERSON = {
    "national_identity_number": NUMBER,
    "given_name": "Åse",
    "family_name": "Prøvesen",
    "letter_language": LetterLanguage.BOKMAL.value,
}
SEARCH, NEW = "/patients/", "/patients/new/"


@pytest.fixture(autouse=True)
def demonstration(settings: Any) -> Iterator[None]:
    settings.B12_DEMO = True
    settings.LANGUAGE_CODE = "en"
    with override("en"):
        yield


def text(client: Client, path: str, data: dict[str, Any] | None = None) -> str:
    answer = client.get(path) if data is None else client.post(path, data)
    assert answer.status_code == 200
    return answer.content.decode()


def pages(of: Patient) -> list[str]:
    return [
        reverse(f"patients:{name}", args=[of.pk]) for name in ("patient_edit", "patient_status")
    ]


# Looking for a patient


def test_the_page_shows_nobody_before_a_search(cast: Cast) -> None:
    patient(cast.practice)
    assert "Prøvesen" not in text(cast.doctor.client, SEARCH)
    assert "Prøvesen" not in text(cast.doctor.client, SEARCH, {"q": ""})


@pytest.mark.parametrize("member", ["doctor", "colleague", "assistant"])
def test_clinicians_find_a_patient_of_their_practice(cast: Cast, member: str) -> None:
    own = patient(cast.practice, national_identity_number=NUMBER)
    shown = text(getattr(cast, member).client, SEARCH, {"q": "prøv åse"})
    assert reverse("patients:record", args=[own.pk]) in shown
    assert "048562\N{NO-BREAK SPACE}*****" in shown
    assert NUMBER not in shown


def test_a_patient_of_another_practice_is_not_found(cast: Cast) -> None:
    patient(cast.practice, national_identity_number=NUMBER)
    for typed in ("åse", "04.05.1962", NUMBER):
        assert "Nobody in this practice was found" in text(
            cast.stranger.client, SEARCH, {"q": typed}
        )


def test_what_cannot_be_read_is_said_and_kept(cast: Cast) -> None:
    shown = text(cast.doctor.client, SEARCH, {"q": "åse 31.02.1962"})
    assert "no such date" in shown
    assert 'value="åse 31.02.1962"' in shown


def test_the_next_page_shows_the_others(cast: Cast) -> None:
    for number in range(PAGE + 1):
        last = patient(cast.practice, given_name=f"Åse {number:03}")
    first_page = text(cast.doctor.client, SEARCH, {"q": "åse"})
    assert "The next ones" in first_page
    assert last.name not in first_page
    after = Patient.objects.order_by("search_name")[PAGE - 1].pk
    shown = text(cast.doctor.client, SEARCH, {"q": "åse", "after": after})
    assert last.name in shown
    assert "The next ones" not in shown


@pytest.mark.parametrize("number", [10, 1000])
def test_a_search_makes_few_queries(
    cast: Cast, number: int, django_assert_max_num_queries: Any
) -> None:
    template = patient(cast.practice)
    values = {
        f.attname: getattr(template, f.attname) for f in Patient._meta.fields if f.name != "id"
    }
    Patient.objects.bulk_create(Patient(**values) for _ in range(number))
    with django_assert_max_num_queries(7):
        text(cast.doctor.client, SEARCH, {"q": "åse", "after": template.pk})


def test_a_search_leaves_nothing_in_an_address_or_the_session(cast: Cast) -> None:
    shown = text(cast.doctor.client, SEARCH, {"q": "Prøvesen"})
    assert 'method="post"' in shown
    assert "Prøvesen" not in str(dict(cast.doctor.client.session))


# Registering


@pytest.mark.parametrize("member", ["doctor", "assistant"])
def test_a_registered_patient_has_a_record(cast: Cast, member: str) -> None:
    answer = getattr(cast, member).client.post(NEW, PERSON)
    registered = Patient.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/patients/{registered.pk}/")
    assert registered.birth_date == date(1962, 5, 4)
    assert registered.practice == cast.practice


def test_what_was_typed_stays_where_something_is_wrong(cast: Cast) -> None:
    shown = text(cast.doctor.client, NEW, PERSON | {"postal_code": "12", "address": "Prøveveien 3"})
    assert "A Norwegian postal code has 4 digits" in shown
    assert 'href="#id_postal_code"' in shown
    assert 'value="Prøveveien 3"' in shown
    assert Patient.objects.count() == 0


def test_a_number_that_is_registered_is_refused_with_a_link(cast: Cast) -> None:
    known = patient(cast.practice, national_identity_number=NUMBER)
    shown = text(cast.doctor.client, NEW, PERSON)
    assert reverse("patients:record", args=[known.pk]) in shown
    assert Patient.objects.count() == 1


def test_a_number_in_another_practice_is_no_obstacle(cast: Cast) -> None:
    known = patient(cast.practice, national_identity_number=NUMBER)
    assert cast.stranger.client.post(NEW, PERSON).status_code == 302
    assert Patient.objects.exclude(pk=known.pk).get().practice == cast.other_practice


def test_the_same_number_at_the_same_moment_is_refused_too(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    from patients.forms import registry

    patient(cast.practice, national_identity_number=NUMBER, birth_date=date(1950, 1, 1))
    monkeypatch.setattr(
        registry.PatientForm, "clean_national_identity_number", _not_noticing, raising=True
    )
    shown = text(cast.doctor.client, NEW, PERSON | {"birth_date": "04.05.1962"})
    assert "has a patient with this number already" in shown
    assert Patient.objects.count() == 1


def _not_noticing(form: Any) -> str:
    return NUMBER


def test_a_doubt_is_saved_only_when_confirmed(cast: Cast) -> None:
    typed = PERSON | {"birth_date": "05.04.1962"}
    assert "Confirm before it is saved" in text(cast.doctor.client, NEW, typed)
    assert Patient.objects.count() == 0
    cast.doctor.client.post(NEW, typed | {"confirmed": "birth_date 1962-04-05 04.05.1962"})
    assert Patient.objects.get().birth_date == date(1962, 4, 5)


def test_somebody_similar_is_shown_with_a_link(cast: Cast) -> None:
    known = patient(cast.practice)
    shown = text(cast.doctor.client, NEW, PERSON)
    assert reverse("patients:record", args=[known.pk]) in shown
    assert "This is somebody else than the patients named above" in shown


# Changing


def test_the_form_shows_what_is_registered(cast: Cast) -> None:
    own = patient(cast.practice, national_identity_number=NUMBER)
    shown = text(cast.doctor.client, pages(own)[0])
    assert f'value="{NUMBER}"' in shown
    assert 'value="04.05.1962"' in shown


def test_a_change_is_saved(cast: Cast) -> None:
    own = patient(cast.practice)
    answer = cast.assistant.client.post(pages(own)[0], PERSON | {"city": "Prøvestad"})
    assert answer["Location"] == f"/patients/{own.pk}/"
    own.refresh_from_db()
    assert (own.city, own.national_identity_number) == ("Prøvestad", NUMBER)


def test_who_has_died_is_off_the_search_and_back_again(cast: Cast) -> None:
    own, client = patient(cast.practice), cast.doctor.client
    client.post(pages(own)[1], {"deceased_on": "2026-01-02"})
    assert "Nobody in this practice was found" in text(client, SEARCH, {"q": "åse"})
    assert "Died" in text(client, SEARCH, {"q": "åse", "also_left": "on"})
    assert "Died" in text(client, f"/patients/{own.pk}/")
    client.post(pages(own)[1], {})
    assert own.name in text(client, SEARCH, {"q": "åse"})


# Refusals


def test_another_practice_gets_404(cast: Cast) -> None:
    own = patient(cast.practice)
    for path in [f"/patients/{own.pk}/", *pages(own)]:
        assert cast.stranger.client.get(path).status_code == 404
    for path in pages(own):
        assert cast.stranger.client.post(path, PERSON).status_code == 404


@pytest.mark.parametrize("member", ["practice_admin", "reviewer"])
def test_who_is_no_clinician_gets_403(cast: Cast, member: str) -> None:
    own, client = patient(cast.practice), getattr(cast, member).client
    for path in [SEARCH, NEW, f"/patients/{own.pk}/", *pages(own)]:
        assert client.get(path).status_code == 403
    for path in [SEARCH, NEW, *pages(own)]:
        assert client.post(path, PERSON | {"q": "åse"}).status_code == 403


def test_who_is_signed_out_is_sent_to_the_sign_in(cast: Cast) -> None:
    own = patient(cast.practice)
    for path in [SEARCH, NEW, f"/patients/{own.pk}/", *pages(own)]:
        answer = cast.signed_out.get(path)
        assert answer.status_code == 302
        assert "sign-in" in answer["Location"]


def test_a_wrong_method_gets_405(cast: Cast) -> None:
    own, client = patient(cast.practice), cast.doctor.client
    assert client.post(f"/patients/{own.pk}/").status_code == 405
    for path in [SEARCH, NEW, *pages(own)]:
        assert client.delete(path).status_code == 405


@pytest.mark.parametrize("pk", ["0", "999999", "9" * 30, "x", "-1"])
def test_a_number_that_is_not_there_gets_404(cast: Cast, pk: str) -> None:
    for page in ("", "edit/", "status/"):
        assert cast.doctor.client.get(f"/patients/{pk}/{page}").status_code == 404
