"""The demonstration's reviewers have cases in every state, the same in each run."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoDbBlocker

from b12site.accounts.models import User
from patients.demo import places
from patients.demo.reviewing import review
from patients.demo.telling import tell
from patients.models import (
    CaseGround,
    CaseState,
    Ground,
    Review,
    ReviewCase,
    ReviewReply,
    Verdict,
)

TODAY = date(2026, 3, 2)
EMAIL = "fagfelle@demo.example"


@pytest.fixture(scope="module")
def told(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        places.make_places("et-langt-passord-1")
        tell(TODAY)
        review(TODAY)
        yield
        transaction.set_rollback(True)


# Without the first mark no database is set up when these tests run alone.
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("told")]


def of(**wanted: Any) -> list[Review]:
    return list(Review.objects.filter(reviewer__email=EMAIL, **wanted).order_by("case"))


def test_the_reviewer_has_cases_in_every_state() -> None:
    states = Counter(one.case.state for one in of())
    assert set(states) == set(CaseState)
    assert len(of(judged_at=None)) >= 4


def test_every_verdict_has_been_given_and_some_were_answered() -> None:
    assert {one.verdict for one in of() if one.verdict} == set(Verdict)
    assert {reply.review_id for reply in ReviewReply.objects.all()} <= {one.pk for one in of()}
    assert ReviewReply.objects.count() == 2


def test_two_reviewers_agree_on_one_case_and_differ_on_another() -> None:
    pairs = [
        {one.verdict for one in case.reviews.all()}
        for case in ReviewCase.objects.all()
        if case.reviews.count() == 2
    ]
    assert {"agree"} in pairs
    assert {"agree", "doctor"} in pairs
    assert any("" in pair for pair in pairs)


def test_every_ground_has_a_case_but_a_newer_edition_of_which_there_is_none() -> None:
    found = set(CaseGround.objects.values_list("ground", flat=True))
    assert set(Ground) - found == {Ground.EDITION}


def test_one_emergency_access_is_signed_off_and_one_waits() -> None:
    cases = ReviewCase.objects.filter(grounds__ground=Ground.EMERGENCY)
    assert Counter(case.state for case in cases) == {"judged": 1, "open": 1}


def test_nobody_judges_what_he_signed() -> None:
    assert not any(
        one.case.assessment and one.case.assessment.signed_by == one.reviewer
        for one in Review.objects.select_related("case__assessment", "reviewer")
    )


def test_the_reviewer_lands_in_the_administration_and_opens_each_case() -> None:
    client = Client()
    client.force_login(User.objects.get(email=EMAIL))
    assert client.get(reverse("account_start"))["Location"] == reverse("admin:index")
    assert reverse("admin:patients_reviewcase_changelist") in client.get("/admin/").content.decode()
    for one in of():
        address = reverse("admin:patients_reviewcase_change", args=[one.case_id])
        assert client.get(address).status_code == 200, address
