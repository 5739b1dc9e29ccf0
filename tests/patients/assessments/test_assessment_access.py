"""Who may see, draft, sign and correct; everybody else is refused."""

from typing import Any

import pytest
from django.utils import timezone

from patients.models import Assessment, Control
from tests.cast import Cast
from tests.patients import builders

from .pages import TYPED, page, saved, started

pytestmark = pytest.mark.django_db


# Who may


PATHS = ("", "sign/", "discard/", "correct/")


@pytest.mark.parametrize("part", PATHS)
def test_another_practices_assessment_does_not_exist(
    cast: Cast, draft: Assessment, part: str
) -> None:
    assert cast.stranger.client.get(page(draft, part)).status_code == 404
    assert cast.stranger.client.post(page(draft, part), TYPED).status_code == 404
    assert saved(draft).version == 1


@pytest.mark.parametrize("part", PATHS)
def test_who_is_no_clinician_is_refused(cast: Cast, draft: Assessment, part: str) -> None:
    for member in (cast.practice_admin, cast.reviewer):
        assert member.client.get(page(draft, part)).status_code == 403
        assert member.client.post(page(draft, part), TYPED).status_code == 403


def test_an_assistant_drafts_and_does_not_sign(cast: Cast, draft: Assessment) -> None:
    shown = cast.assistant.client.get(page(draft))
    assert shown.status_code == 200
    assert 'value="sign"' not in shown.content.decode()
    assert cast.assistant.client.get(page(draft, "sign/")).status_code == 403
    assert cast.assistant.client.post(page(draft, "sign/"), {"version": 1}).status_code == 403


@pytest.mark.parametrize("part", PATHS)
def test_whoever_is_signed_out_is_sent_to_sign_in(cast: Cast, draft: Assessment, part: str) -> None:
    answer = cast.signed_out.get(page(draft, part))
    assert (answer.status_code, "next=" in answer["Location"]) == (302, True)


@pytest.mark.parametrize("path", ["/assessments/99999/", "/assessments/99999999999999999999/"])
def test_a_number_that_is_none_is_not_found(cast: Cast, path: str) -> None:
    assert cast.doctor.client.get(path).status_code == 404


@pytest.mark.parametrize("part", PATHS)
def test_other_methods_are_refused(cast: Cast, draft: Assessment, part: str) -> None:
    assert cast.doctor.client.delete(page(draft, part)).status_code == 405


# Queries


def test_no_page_asks_more_than_12_queries(
    cast: Cast, signed: Assessment, django_assert_max_num_queries: Any
) -> None:
    of = signed.patient
    for _ in range(30):
        builders.result(of)
        builders.control(of)
        draft = started(cast, of)
    assert Control.objects.count() == 30
    for path in (
        page(signed), page(draft), page(draft, "sign/"), page(draft, "discard/"),
        page(signed, "correct/"), f"/patients/{of.pk}/assessments/new/",
    ):  # fmt: skip
        with django_assert_max_num_queries(12):
            assert cast.doctor.client.get(path).status_code == 200
    with django_assert_max_num_queries(12):
        cast.doctor.client.post("/assessments/new/", TYPED | {"q": "prøvesen"})


def test_the_clock_of_the_tests_is_after_the_samples() -> None:
    assert timezone.localdate() > builders.TODAY
