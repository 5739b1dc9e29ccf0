"""Laboratories and their dated limits in the administration."""

from decimal import Decimal
from html import unescape
from typing import Any

import pytest

from patients.models import Laboratory, ReferenceLimit
from tests.cast import Cast
from tests.patients import builders

pytestmark = pytest.mark.django_db
ADD = "/admin/patients/laboratory/add/"
B12 = {
    "analyte": "total_b12_pmol_l",
    "method": "",
    "sex": "",
    "age_from": "0",
    "age_below": "",
    "lower": "175",
    "upper": "700",
    "valid_from": "2026-01-01",
    "valid_to": "",
}


def sent(cast: Cast, *rows: dict[str, str], **fields: str) -> dict[str, str]:
    data = {"practice": str(cast.practice.pk), "name": "Prøvelab", "limits-INITIAL_FORMS": "0"}
    data |= {"limits-TOTAL_FORMS": str(len(rows))} | fields
    for place, row in enumerate(rows):
        data |= {f"limits-{place}-{name}": value for name, value in row.items()}
    return data


def add(cast: Cast, *rows: dict[str, str], **fields: str) -> Any:
    client = cast.practice_admin.client
    return client.post(ADD, sent(cast, *rows, **fields), follow=True)


def test_a_practice_administrator_adds_a_laboratory_with_its_limits(cast: Cast) -> None:
    add(cast, B12, B12 | {"analyte": "mma_umol_l", "lower": "", "upper": "0,28"})
    stored = {row.analyte: (row.lower, row.upper) for row in ReferenceLimit.objects.all()}
    assert stored == {
        "total_b12_pmol_l": (Decimal(175), Decimal(700)),
        "mma_umol_l": (None, Decimal("0.28")),
    }


@pytest.mark.parametrize(
    "wrong",
    [
        {"lower": "700", "upper": "175"},
        {"lower": "175", "upper": "175"},
        {"lower": "", "upper": ""},
        {"lower": "<175"},
        {"lower": "1.234,5"},
        {"lower": "abc"},
        {"analyte": "sodium"},
        {"valid_to": "2025-12-31"},
        {"age_from": "70", "age_below": "70"},
    ],
)
def test_a_row_that_cannot_be_is_refused_and_nothing_is_saved(
    cast: Cast, wrong: dict[str, str]
) -> None:
    response = add(cast, B12 | wrong)
    assert "errornote" in response.content.decode()
    assert not Laboratory.objects.exists()


@pytest.mark.parametrize(
    ("second", "refused"),
    [
        ({}, True),
        ({"valid_from": "2026-06-01"}, True),
        ({"sex": "female"}, False),
        ({"analyte": "folate_nmol_l"}, False),
    ],
)
def test_rows_do_not_overlap(cast: Cast, second: dict[str, str], refused: bool) -> None:
    add(cast, B12, B12 | second)
    assert Laboratory.objects.exists() is not refused


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"valid_to": "2026-05-31"}, {"valid_from": "2026-06-01"}),
        ({"age_below": "70"}, {"age_from": "70"}),
    ],
)
def test_rows_may_follow_each_other(
    cast: Cast, first: dict[str, str], second: dict[str, str]
) -> None:
    add(cast, B12 | first, B12 | second)
    assert ReferenceLimit.objects.count() == 2


@pytest.mark.parametrize("language", ["nb"])
def test_an_unlikely_limit_is_saved_with_a_warning(cast: Cast) -> None:
    response = add(cast, B12 | {"lower": "0,175", "upper": "0,7"})
    assert "0,175" in unescape(response.content.decode())
    assert ReferenceLimit.objects.exists()


def test_a_second_usual_laboratory_is_refused_with_a_sentence(cast: Cast) -> None:
    builders.laboratory(at=cast.practice, name="Den vanlige")
    response = add(cast, is_default="on")
    assert "errornote" in response.content.decode()
    assert Laboratory.objects.count() == 1


def test_an_administrator_sees_and_edits_the_own_practice_only(cast: Cast) -> None:
    theirs = builders.laboratory(at=cast.other_practice, name="Nabolab")
    client = cast.practice_admin.client
    assert "Nabolab" not in client.get("/admin/patients/laboratory/").content.decode()
    url = f"/admin/patients/laboratory/{theirs.pk}/change/"
    assert client.get(url, follow=True).redirect_chain
    add(cast, practice=str(cast.other_practice.pk))
    assert Laboratory.objects.get() == theirs


def test_nobody_else_gets_in(cast: Cast) -> None:
    for client in (cast.doctor.client, cast.assistant.client, cast.signed_out):
        assert client.get("/admin/patients/laboratory/").status_code == 302


def test_a_limit_shown_again_and_not_changed_is_not_logged_as_changed(cast: Cast) -> None:
    from b12site.audit.models import Entry

    add(cast, B12 | {"lower": "0,5"})
    laboratory, limit = Laboratory.objects.get(), ReferenceLimit.objects.get()
    before = Entry.objects.count()
    row = B12 | {"lower": "0,5", "id": str(limit.pk), "laboratory": str(laboratory.pk)}
    url = f"/admin/patients/laboratory/{laboratory.pk}/change/"
    data = sent(cast, row) | {"limits-INITIAL_FORMS": "1"}
    assert cast.practice_admin.client.post(url, data).status_code == 302
    assert Entry.objects.count() == before
