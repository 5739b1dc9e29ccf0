"""What a reviewer typed is not lost when the session has run out meanwhile."""

from typing import Any

import pytest
from django.test import Client

from patients.models import Review, ReviewCase
from tests.cast import Cast

from . import desk
from .test_admin import OVERLOOKED

TYPED = "Fundusgastritt i 2019, se gastroskopien"
CASES = "/admin/patients/reviewcase/"

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(office: Cast) -> ReviewCase:
    return desk.case_of(office)


@pytest.fixture
def disputed(office: Cast, case: ReviewCase) -> ReviewCase:
    desk.judge(case.reviews.get(), office.reviewer, **desk.AGAINST)
    case.refresh_from_db()
    return case


def sent_with_an_old_token(office: Cast, path: str, data: dict[str, str]) -> Any:
    client = Client(enforce_csrf_checks=True)
    client.force_login(office.reviewer.user)
    return client.post(path, data)


def test_a_verdict_sent_after_the_session_is_kept_on_a_page(office: Cast, case: ReviewCase) -> None:
    said = {"judgement": OVERLOOKED, "comment": TYPED}
    answer = office.signed_out.post(f"{CASES}{case.pk}/change/", said)
    assert answer.status_code == 401
    assert TYPED in answer.content.decode()
    assert Review.objects.get().judged_at is None


def test_after_signing_in_again_it_is_shown_and_not_given(office: Cast, case: ReviewCase) -> None:
    said = {"judgement": OVERLOOKED, "comment": TYPED}
    answer = sent_with_an_old_token(office, f"{CASES}{case.pk}/change/", said)
    assert answer.status_code == 200
    assert TYPED in answer.content.decode()
    assert "Nothing has been saved yet" in answer.content.decode()
    assert Review.objects.get().judged_at is None


def test_a_colleague_is_not_asked_by_an_old_form(office: Cast, case: ReviewCase) -> None:
    other = desk.reviewer(office.practice, "Sindre Prøvelund", "fagfelle2@cast.example")
    data = {"reviewer": str(other.user.pk)}
    answer = sent_with_an_old_token(office, f"{CASES}{case.pk}/ask/", data)
    assert answer.status_code == 200
    assert Review.objects.count() == 1


def test_a_conclusion_is_kept_too(office: Cast, disputed: ReviewCase) -> None:
    path = f"{CASES}meeting/{disputed.pk}/"
    answer = office.signed_out.post(path, {"conclusion": TYPED})
    assert answer.status_code == 401
    assert TYPED in answer.content.decode()
    answer = sent_with_an_old_token(office, path, {"conclusion": TYPED})
    assert answer.status_code == 200
    assert TYPED in answer.content.decode()
    disputed.refresh_from_db()
    assert disputed.state == "meeting"


def test_a_form_of_another_site_is_refused(office: Cast, case: ReviewCase) -> None:
    client = Client(enforce_csrf_checks=True, headers={"origin": "https://evil.example"})
    client.force_login(office.reviewer.user)
    answer = client.post(f"{CASES}{case.pk}/change/", {"judgement": OVERLOOKED, "comment": TYPED})
    assert answer.status_code == 403
    assert Review.objects.get().judged_at is None
