"""The pages on which results are listed, typed, pasted and corrected."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from patients.models import Laboratory, Patient, ReferenceLimit, Result
from tests.cast import Cast
from tests.patients import builders

pytestmark = pytest.mark.django_db
TEXT = (
    "Prøvetatt 02.03.2026\n"
    "Vitamin B12\t<60\tpmol/L\t175-700\n"
    "Metylmalonsyre\t320\tnmol/L\t<280\n"
    "Hb\t13,2\n"
    "U-MMA\t1,2\tµmol/L\n"
)
PAGES = ("results/", "results/new/", "results/paste/", "orders/new/")


@pytest.fixture
def patient(cast: Cast) -> Patient:
    return builders.patient(at=cast.practice)


def page(client: Client, url: str, data: Any = None) -> str:
    response = client.get(url) if data is None else client.post(url, data)
    assert response.status_code == 200
    return unescape(response.content.decode())


def of(patient: Patient, name: str) -> str:
    return f"/patients/{patient.pk}/{name}"


# Who may


@pytest.mark.parametrize("name", PAGES)
def test_who_is_from_elsewhere_has_no_role_or_is_signed_out_is_refused(
    cast: Cast, patient: Patient, name: str
) -> None:
    url = of(patient, name)
    assert cast.stranger.client.get(url).status_code == 404
    assert cast.practice_admin.client.get(url).status_code == 403
    assert cast.reviewer.client.get(url).status_code == 403
    assert cast.signed_out.get(url).status_code == 302
    assert cast.doctor.client.delete(url).status_code == 405
    assert cast.doctor.client.get("/patients/999999/" + name).status_code == 404
    assert cast.doctor.client.get("/patients/x/" + name).status_code == 404


def test_a_correction_is_refused_to_the_same_people(cast: Cast, patient: Patient) -> None:
    url = f"/results/{builders.result(patient).pk}/correct/"
    assert cast.stranger.client.post(url, {}).status_code == 404
    assert cast.practice_admin.client.post(url, {}).status_code == 403
    assert cast.signed_out.post(url, {}).status_code == 401
    assert cast.doctor.client.put(url).status_code == 405
    assert cast.doctor.client.get("/results/999999/correct/").status_code == 404


@pytest.mark.parametrize("name", PAGES)
def test_doctors_and_assistants_see_every_page(cast: Cast, patient: Patient, name: str) -> None:
    for member in (cast.doctor, cast.colleague, cast.assistant):
        assert "Prøvesen" in page(member.client, of(patient, name))


# Typing


def typed(**fields: str) -> dict[str, str]:
    return {"sampled_on": "2026-03-02", "total_b12_pmol_l": "<60"} | fields


def test_typed_results_are_stored_with_comparator_unit_and_date(
    cast: Cast, patient: Patient
) -> None:
    data = typed(mma_umol_l="320", mma_umol_l_unit="nmol/L", anti_if="positive")
    response = cast.assistant.client.post(of(patient, "results/new/"), data)
    assert response.status_code == 302
    stored = {row.code: row for row in Result.objects.filter(patient=patient)}
    assert str(stored["total_b12_pmol_l"].quantity) == "<60"
    assert stored["mma_umol_l"].value == Decimal("0.32")
    assert stored["mma_umol_l"].original == "320 nmol/L"
    assert stored["anti_if"].finding == "positive"
    assert {row.sampled_on for row in stored.values()} == {date(2026, 3, 2)}


def test_printed_limits_are_stored_as_printed(cast: Cast, patient: Patient) -> None:
    data = typed(lower_total_b12_pmol_l="175", upper_total_b12_pmol_l="700")
    cast.doctor.client.post(of(patient, "results/new/"), data)
    row = Result.objects.get(patient=patient)
    assert (row.lower_limit, row.limit_source) == (Decimal(175), "answer")


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"total_b12_pmol_l": "abc"}, "total_b12_pmol_l"),
        ({"total_b12_pmol_l": "1.234,5"}, "total_b12_pmol_l"),
        ({"mma_umol_l": "320"}, "mma_umol_l"),
        ({"sampled_on": ""}, "sampled_on"),
        ({"sampled_on": "2199-01-01"}, "sampled_on"),
        ({"sampled_on": "31.02.2026"}, "sampled_on"),
        ({"lower_mcv_fl": "82"}, "mcv_fl"),
        ({"lower_total_b12_pmol_l": "700", "upper_total_b12_pmol_l": "175"}, "upper_total_b12"),
        ({"lower_total_b12_pmol_l": "9999"}, "lower_total_b12"),
    ],
)
def test_what_is_wrong_is_told_at_its_field_and_nothing_is_lost_or_stored(
    cast: Cast, patient: Patient, fields: dict[str, str], field: str
) -> None:
    text = page(
        cast.doctor.client, of(patient, "results/new/"), typed(**fields, ferritin_ug_l="34")
    )
    assert f'href="#id_{field}' in text
    assert re.search(r'id="id_ferritin_ug_l"[^>]*value="34"', text)
    assert not Result.objects.exists()


def test_an_empty_form_asks_for_a_result(cast: Cast, patient: Patient) -> None:
    url = of(patient, "results/new/")
    text = page(cast.doctor.client, url, {"sampled_on": "2026-03-02"})
    assert 'id="errors"' in text


def test_a_laboratory_of_another_practice_is_no_choice(cast: Cast, patient: Patient) -> None:
    theirs = builders.laboratory(at=cast.other_practice)
    text = page(cast.doctor.client, of(patient, "results/new/"), typed(laboratory=str(theirs.pk)))
    assert 'href="#id_laboratory"' in text
    assert not Result.objects.exists()


def test_the_usual_laboratory_is_chosen_and_its_limits_are_used(
    cast: Cast, patient: Patient
) -> None:
    laboratory = laboratory_with_limit(cast)
    url = of(patient, "results/new/")
    assert re.search(rf'value="{laboratory.pk}" selected', page(cast.doctor.client, url))
    cast.doctor.client.post(url, typed(laboratory=str(laboratory.pk)))
    row = Result.objects.get()
    assert (row.lower_limit, row.limit_source) == (Decimal(175), "laboratory")


# Pasting


def reviewed(client: Client, url: str, text: str = TEXT, **fields: Any) -> dict[str, Any]:
    found = re.search(r'name="reviewed" value="(\w+)"', page(client, url, {"text": text}))
    assert found
    return {"text": text, "reviewed": found[1], "store": "1"} | fields


def test_pasting_shows_the_lines_and_stores_nothing_yet(cast: Cast, patient: Patient) -> None:
    text = page(cast.doctor.client, of(patient, "results/paste/"), {"text": TEXT})
    assert re.findall(r'name="line" value="(\d)" checked', text) == ["0", "1"]
    assert not Result.objects.exists()


def test_only_confirmed_lines_are_stored(cast: Cast, patient: Patient) -> None:
    url = of(patient, "results/paste/")
    response = cast.assistant.client.post(
        url, reviewed(cast.assistant.client, url, line=["0", "3"])
    )
    assert response.status_code == 302
    row = Result.objects.get()
    assert (row.code, str(row.quantity), row.source) == ("total_b12_pmol_l", "<60", "pasted")
    assert (row.lower_limit, row.limit_source) == (Decimal(175), "answer")
    assert row.original == "Vitamin B12\t<60\tpmol/L\t175-700"


def test_a_held_line_may_be_confirmed_by_a_person(cast: Cast, patient: Patient) -> None:
    url = of(patient, "results/paste/")
    cast.doctor.client.post(url, reviewed(cast.doctor.client, url, line=["2"]))
    assert str(Result.objects.get().quantity) == "13.2"


def test_no_ticked_line_is_an_error_that_keeps_the_text(cast: Cast, patient: Patient) -> None:
    url = of(patient, "results/paste/")
    text = page(cast.doctor.client, url, reviewed(cast.doctor.client, url))
    assert 'id="errors"' in text
    assert "Vitamin B12\t<60" in text
    assert not Result.objects.exists()


def test_a_line_without_a_date_needs_one(cast: Cast, patient: Patient) -> None:
    url = of(patient, "results/paste/")
    sent = reviewed(cast.doctor.client, url, "Folat 12 nmol/L", line=["0"])
    assert 'href="#id_sampled_on"' in page(cast.doctor.client, url, sent)
    cast.doctor.client.post(url, sent | {"sampled_on": "01.03.2026"})
    assert Result.objects.get().sampled_on == date(2026, 3, 1)


def test_ticks_do_not_count_for_another_text(cast: Cast, patient: Patient) -> None:
    url = of(patient, "results/paste/")
    sent = reviewed(cast.doctor.client, url, line=["0"])
    page(cast.doctor.client, url, sent | {"text": TEXT.replace("<60", "600")})
    assert not Result.objects.exists()


def test_the_same_analysis_is_not_stored_twice_for_one_date(cast: Cast, patient: Patient) -> None:
    url = of(patient, "results/paste/")
    twice = "Folat 12 nmol/L 02.03.2026\nFolat 13 nmol/L 02.03.2026"
    sent = reviewed(cast.doctor.client, url, twice, line=["0", "1"])
    assert 'id="errors"' in page(cast.doctor.client, url, sent)
    assert not Result.objects.exists()


def test_what_stands_in_the_record_is_said_and_not_ticked(cast: Cast, patient: Patient) -> None:
    url = of(patient, "results/paste/")
    cast.doctor.client.post(url, reviewed(cast.doctor.client, url, line=["0"]))
    text = page(cast.doctor.client, url, {"text": TEXT})
    assert re.findall(r'name="line" value="(\d)" checked', text) == ["1"]


def test_the_language_is_switched_with_the_ticks_kept_and_nothing_stored(
    cast: Cast, patient: Patient
) -> None:
    url = of(patient, "results/paste/")
    sent = reviewed(cast.doctor.client, url, line=["1"], language="en")
    del sent["store"]
    text = page(cast.doctor.client, url, sent)
    assert 'form="record-form"' in text
    assert 'id="record-form"' in text
    assert re.findall(r'name="line" value="(\d)" checked', text) == ["1"]
    assert "To be checked" in text
    assert not Result.objects.exists()


def test_typed_results_survive_the_language_switch_unjudged(cast: Cast, patient: Patient) -> None:
    url = of(patient, "results/new/")
    text = page(cast.doctor.client, url, typed(mma_umol_l="320", language="en"))
    assert re.search(r'id="id_mma_umol_l"[^>]*value="320"', text)
    assert 'id="errors"' not in text
    assert not Result.objects.exists()


# Correcting


def test_a_correction_leads_back_and_the_old_row_is_shown_on_request(
    cast: Cast, patient: Patient
) -> None:
    old = builders.result(patient, entered_by=cast.assistant.user)
    data = {"act": "correct", "value": "413", "sampled_on": "2026-03-02", "reason": "Feil tall"}
    assert cast.doctor.client.post(f"/results/{old.pk}/correct/", data).status_code == 302
    assert [str(row.value) for row in Result.objects.current()] == ["413"]
    listed = page(cast.doctor.client, of(patient, "results/"))
    assert "Feil tall" not in listed
    everything = page(cast.doctor.client, of(patient, "results/?all=1"))
    assert "<s>143 pmol/L</s>" in everything
    assert "Feil tall" in everything


def test_a_withdrawal_needs_a_reason_only(cast: Cast, patient: Patient) -> None:
    old = builders.result(patient)
    url = f"/results/{old.pk}/correct/"
    refused = page(cast.doctor.client, url, {"act": "withdraw", "value": "413"})
    assert 'href="#id_reason"' in refused
    assert 'value="413"' in refused
    cast.doctor.client.post(url, {"act": "withdraw", "reason": "En annens prøve"})
    assert not Result.objects.current().exists()


def test_a_withdrawn_result_is_brought_back(cast: Cast, patient: Patient) -> None:
    old = builders.result(patient)
    cast.doctor.client.post(
        f"/results/{old.pk}/correct/", {"act": "withdraw", "reason": "En annens prøve"}
    )
    text = page(cast.doctor.client, of(patient, "results/?all=1"))
    (url,) = re.findall(r'"(/results/\d+/correct/)"', text)
    data = {"value": "143", "sampled_on": "2026-03-02", "reason": "Rett likevel"}
    assert cast.doctor.client.post(url, data).status_code == 302
    assert Result.objects.current().get().value == Decimal(143)


@pytest.mark.parametrize(
    ("fields", "field"),
    [({"value": "x"}, "value"), ({"value": ""}, "value"), ({"reason": " "}, "reason")],
)
def test_a_wrong_correction_changes_nothing(
    cast: Cast, patient: Patient, fields: dict[str, str], field: str
) -> None:
    old = builders.result(patient)
    data = {"act": "correct", "value": "413", "sampled_on": "2026-03-02", "reason": "Feil"} | fields
    text = page(cast.doctor.client, f"/results/{old.pk}/correct/", data)
    assert f'href="#id_{field}' in text
    assert list(Result.objects.current()) == [old]


def test_who_comes_second_is_told(cast: Cast, patient: Patient) -> None:
    old = builders.result(patient)
    data = {"act": "correct", "value": "413", "sampled_on": "2026-03-02", "reason": "Feil"}
    url = f"/results/{old.pk}/correct/"
    cast.doctor.client.post(url, data)
    assert 'id="errors"' in page(cast.colleague.client, url, data)


def test_a_word_is_corrected_to_another_word(cast: Cast, patient: Patient) -> None:
    old = builders.result(patient, "anti_if", finding="positive", unit="")
    Result.objects.filter(pk=old.pk).update(value=None)
    data = {"act": "correct", "value": "negative", "sampled_on": "2026-03-02", "reason": "Feil"}
    cast.doctor.client.post(f"/results/{old.pk}/correct/", data)
    assert Result.objects.current().get().finding == "negative"


# The list


def test_the_list_names_the_source_of_limits(cast: Cast, patient: Patient) -> None:
    builders.result(patient, lower_limit=Decimal(175), limit_source="default")
    text = page(cast.doctor.client, of(patient, "results/"))
    assert re.search(r"ikke fra retningslinjen|not from the guideline", text)


def test_the_list_shows_no_other_patients_results(cast: Cast, patient: Patient) -> None:
    builders.result(builders.patient(at=cast.practice), value="999")
    assert "999 pmol/L" not in page(cast.doctor.client, of(patient, "results/"))


@pytest.mark.parametrize("count", [10, 300])
def test_the_list_takes_few_queries_however_long_it_is(
    cast: Cast,
    patient: Patient,
    count: int,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    many_results(patient, count)
    with django_assert_max_num_queries(12):
        page(cast.doctor.client, of(patient, "results/?all=1"))


def test_every_result_is_met_once_from_page_to_page(cast: Cast, patient: Patient) -> None:
    many_results(patient, 120)
    url, seen = of(patient, "results/"), list[str]()
    while url:
        text = page(cast.doctor.client, url)
        seen += re.findall(r"/results/(\d+)/correct/", text)
        following = re.search(r'href="(\?after=\d+)"', text)
        url = of(patient, "results/" + following[1]) if following else ""
    assert len(seen) == len(set(seen)) == 120


@pytest.mark.parametrize("after", ["x", "-1", "99999999999999999999999", "999999"])
def test_a_place_in_the_list_that_is_none_is_not_found(
    cast: Cast, patient: Patient, after: str
) -> None:
    assert cast.doctor.client.get(of(patient, f"results/?after={after}")).status_code == 404


def test_a_place_in_somebody_elses_list_is_not_found(cast: Cast, patient: Patient) -> None:
    theirs = builders.result(builders.patient(at=cast.practice))
    assert cast.doctor.client.get(of(patient, f"results/?after={theirs.pk}")).status_code == 404


@pytest.mark.parametrize("name", PAGES)
def test_looking_changes_nothing(
    cast: Cast, patient: Patient, name: str, rows: Callable[[], int]
) -> None:
    before = rows()
    page(cast.doctor.client, of(patient, name))
    assert rows() == before


@pytest.fixture
def rows() -> Callable[[], int]:
    from b12site.audit.models import Entry

    return lambda: (
        Result.objects.count() + Entry.objects.filter(action__startswith="result.").count()
    )


def many_results(patient: Patient, count: int) -> None:
    user = builders.user()
    Result.objects.bulk_create(
        Result(
            patient=patient,
            code="total_b12_pmol_l",
            value=Decimal(100 + number),
            unit="pmol/L",
            original="x",
            sampled_on=builders.TODAY - timedelta(days=number // 3),
            source="typed",
            entered_at=timezone.now(),
            entered_by=user,
        )
        for number in range(count)
    )


def laboratory_with_limit(cast: Cast) -> Laboratory:
    laboratory = builders.laboratory(at=cast.practice)
    ReferenceLimit.objects.create(
        laboratory=laboratory,
        analyte="total_b12_pmol_l",
        lower=Decimal(175),
        valid_from=date(2020, 1, 1),
    )
    return laboratory
