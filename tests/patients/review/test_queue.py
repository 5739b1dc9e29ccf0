"""The queue narrows to what is asked for, stays quick, and changes nothing clinical."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.db import connection
from django.http import HttpRequest
from django.test.utils import CaptureQueriesContext

from b12site.accounts.models import User
from b12site.audit.models import Entry
from patients.models import ReviewCase
from tests.cast import Cast, Member
from tests.patients import builders
from tests.patients.builders import TODAY
from tests.patients.letter_builders import issued

from . import desk
from .desk import AGAINST
from .test_admin import QUEUE, change, page

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(office: Cast) -> ReviewCase:
    return desk.case_of(office)


@pytest.fixture
def three(office: Cast) -> list[ReviewCase]:
    judged = desk.case_of(office)
    desk.judge(judged.reviews.get(), office.reviewer, **AGAINST)
    override = desk.case_of(
        office, data=desk.PLAIN, chosen_regimen="im_5_days_then_im_hydroxo",
        override_reason="practical",
    )  # fmt: skip
    ReviewCase.objects.filter(pk=override.pk).update(age=75, day="2025-06-01")
    return [judged, desk.case_of(office), override]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, [0, 1, 2]),
        ({"judged": "no"}, [1, 2]),
        ({"judged": "yes"}, [0]),
        ({"state__exact": "meeting"}, [0]),
        ({"grounds__ground": "override"}, [2]),
        ({"grounds__ground": "neurological"}, [0, 1]),
        ({"age": "70"}, [2]),
        ({"age": "60"}, [0, 1]),
        ({"age": "nonsense"}, []),
        ({"node": "flow1.mma"}, [0, 1]),
        ({"conclusion": "confirmed_b12_deficiency"}, [0, 1, 2]),
        ({"conclusion": "no_b12_deficiency"}, []),
        ({"day__year": "2025"}, [2]),
        ({"q": "Ragna"}, [0, 1, 2]),
        ({"q": "Torolv"}, []),
        ({"q": "9" * 30}, []),
    ],
)
def test_the_queue_is_narrowed(
    office: Cast, three: list[ReviewCase], query: dict[str, str], found: list[int]
) -> None:
    text = page(office.reviewer, QUEUE, **query)
    assert [place for place, case in enumerate(three) if change(case) in text] == found


def test_a_case_is_found_by_its_number(office: Cast, three: list[ReviewCase]) -> None:
    text = page(office.reviewer, QUEUE, q=str(three[1].pk))
    assert [change(case) in text for case in three] == [False, True, False]


def test_what_is_to_be_done_is_counted_above(office: Cast, three: list[ReviewCase]) -> None:
    text = page(office.reviewer, QUEUE)
    for words in ("<strong>2</strong> to be judged by you", "<strong>1</strong> for the meeting"):
        assert words in text


def queries(member: Member, path: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        page(member, path)
    return sum("SAVEPOINT" not in query["sql"] for query in captured.captured_queries)


def test_a_long_queue_asks_no_more_than_a_short_one(office: Cast) -> None:
    for _ in range(2):
        desk.case_of(office)
    few = queries(office.reviewer, QUEUE)
    for _ in range(5):
        desk.case_of(office)
    assert queries(office.reviewer, QUEUE) == few <= MOST_QUERIES


def test_a_case_asks_no_more_however_much_has_happened(office: Cast, case: ReviewCase) -> None:
    control = builders.control(case.patient)
    builders.result(case.patient)
    few = queries(office.reviewer, change(case))
    for days in range(4):
        builders.control(case.patient)
        builders.result(case.patient, sampled_on=TODAY.replace(day=3 + days))
        issued(office.doctor.actor, case.patient, kind="recall", control=control)
    assert queries(office.reviewer, change(case)) == few <= MOST_QUERIES


MOST_QUERIES = 20


# Nothing clinical can be changed in the administration


def everybody(office: Cast) -> list[User]:
    User.objects.update(is_staff=True)
    User.objects.filter(pk=office.colleague.user.pk).update(is_superuser=True)
    return list(User.objects.all())


NOT_CLINICAL = {"Laboratory", "ReferenceLimit", "ReviewSetting"}


def test_no_clinical_model_can_be_added_changed_or_removed_by_anybody(
    office: Cast, case: ReviewCase
) -> None:
    registered = {
        model: desk_of
        for model, desk_of in admin.site._registry.items()
        if model._meta.app_label == "patients" and model.__name__ not in NOT_CLINICAL
    }
    assert set(registered) == {ReviewCase}
    for user in everybody(office):
        request = HttpRequest()
        request.user = user
        for desk_of in registered.values():
            assert not desk_of.has_add_permission(request)
            assert not desk_of.has_change_permission(request, case)
            assert not desk_of.has_delete_permission(request, case)
            assert not desk_of.inlines


def test_no_other_clinical_model_stands_in_an_inline() -> None:
    inlines = {
        inline.model.__name__
        for desk_of in admin.site._registry.values()
        for inline in desk_of.inlines
        if inline.model._meta.app_label == "patients"
    }
    assert inlines <= NOT_CLINICAL
    assert {model.__name__ for model in apps.get_app_config("patients").get_models()} >= inlines


@pytest.mark.parametrize("path", ["add/", "{}/delete/", "{}/history/", "{}/"])
def test_there_is_no_page_to_change_anything(office: Cast, case: ReviewCase, path: str) -> None:
    client = office.reviewer.client
    for send in (client.get, client.post):
        assert send(QUEUE + path.format(case.pk)).status_code == 404


def test_the_practice_decides_about_its_review_and_that_is_logged(office: Cast) -> None:
    client = office.practice_admin.client
    setting = office.practice.review_setting
    sent = {"practice": office.practice.pk, "sample_share": "12", "reviewers_for_each": "2"}
    address = f"/admin/patients/reviewsetting/{setting.pk}/change/"
    assert client.post(address, sent).status_code == 302
    setting.refresh_from_db()
    assert (setting.sample_share, setting.reviewers_for_each) == (12, 2)
    assert Entry.objects.filter(action="reviewsetting.changed").count() == 1
    assert client.post(address, sent | {"sample_share": "101"}).status_code == 200
    assert office.reviewer.client.get(address).status_code in {302, 403}
