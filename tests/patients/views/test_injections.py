"""The injection log: what is registered, what must be confirmed first, and what is put right."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from b12site.accounts.models import Membership, Role, User
from patients.models import Injection, TreatmentCourse
from patients.services.courses import course_change, course_start, course_stop
from tests.cast import Cast

from .. import builders as build

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()


def at(offset: int = 0) -> str:
    """So many days from today, just after midnight: never in the future."""
    return f"{TODAY + timedelta(days=offset)}T00:00"


def begun(cast: Cast, ago: int = 0, regimen: str = "im_5_days_then_oral") -> TreatmentCourse:
    return course_start(
        actor=cast.doctor.actor,
        patient=build.patient(cast.practice),
        started_on=TODAY - timedelta(days=ago),
        regimen=regimen,
        now=timezone.now(),
    )


@pytest.fixture
def course(cast: Cast) -> TreatmentCourse:
    return begun(cast)


def new(course: TreatmentCourse) -> str:
    return reverse("patients:injection_new", args=(course.pk,))


def correction(injection: Injection) -> str:
    return reverse("patients:injection_correct", args=(injection.pk,))


def values(cast: Cast, **given: str) -> dict[str, Any]:
    return {
        "given_at": at(),
        "drug": "hydroxocobalamin",
        "amount_mg": "1",
        "batch": "AB12",
        "given_by": str(cast.assistant.user.pk),
    } | given


def register(cast: Cast, course: TreatmentCourse, **given: Any) -> Any:
    return cast.assistant.client.post(new(course), values(cast, **given))


def given(cast: Cast, course: TreatmentCourse) -> Injection:
    assert register(cast, course).status_code == 302
    return Injection.objects.get()


def doubts(response: Any) -> list[str]:
    """The kinds of doubt that the page asks to confirm."""
    form = response.context["form"]
    assert list(form.errors) == ["confirmed"], form.errors
    return [code.split()[0] for code, _ in form.fields["confirmed"].choices]


# Who


@pytest.mark.parametrize("who", ["doctor", "assistant"])
def test_doctor_and_assistant_register(cast: Cast, course: TreatmentCourse, who: str) -> None:
    member = getattr(cast, who)
    assert member.client.post(new(course), values(cast)).status_code == 302
    assert Injection.objects.get().recorded_by == member.user


def test_nobody_else_does(cast: Cast, course: TreatmentCourse) -> None:
    injection = given(cast, course)
    for url in (new(course), correction(injection)):
        for member in cast.others(Role.DOCTOR, Role.ASSISTANT):
            assert member.client.post(url, values(cast)).status_code == 403
        assert cast.stranger.client.post(url, values(cast)).status_code == 404
        assert cast.signed_out.post(url, values(cast)).status_code == 401
        assert cast.doctor.client.delete(url).status_code == 405
    assert Injection.objects.count() == 1


def test_an_injection_that_does_not_exist_is_not_found(cast: Cast) -> None:
    for number in (99, 10**30):
        url = reverse("patients:injection_correct", args=(number,))
        assert cast.doctor.client.get(url).status_code == 404


# Registering


def test_the_form_is_filled_with_the_plan_and_who_is_acting(
    cast: Cast, course: TreatmentCourse
) -> None:
    form = cast.assistant.client.get(new(course)).context["form"]
    assert (form["drug"].value(), form["amount_mg"].value()) == ("hydroxocobalamin", "1")
    assert form["given_by"].value() == cast.assistant.user.pk
    assert form["given_at"].value() <= timezone.localtime().replace(tzinfo=None)


def test_cyanocobalamin_is_filled_in_where_it_is_the_plan(cast: Cast) -> None:
    course = begun(cast, ago=60, regimen="im_5_days_then_im_cyano")
    form = cast.assistant.client.get(new(course)).context["form"]
    assert form["drug"].value() == "cyanocobalamin"


def test_only_the_practices_clinicians_are_offered_as_givers(
    cast: Cast, course: TreatmentCourse
) -> None:
    gone = User.objects.create_user("sluttet@cast.example", name="Sluttet", is_active=False)
    Membership.objects.create(user=gone, practice=cast.practice, role=Role.DOCTOR)
    form = cast.assistant.client.get(new(course)).context["form"]
    offered = {user.pk for user in form.fields["given_by"].queryset}
    assert offered == {cast.doctor.user.pk, cast.colleague.user.pk, cast.assistant.user.pk}


def test_an_injection_is_registered_and_the_next_one_is_due(
    cast: Cast, course: TreatmentCourse
) -> None:
    assert register(cast, course, batch="X1").headers["Location"].endswith(f"/{course.pk}/")
    assert (Injection.objects.get().batch, course.injection_work.due) == (
        "X1",
        TODAY + timedelta(days=1),
    )


def test_a_decimal_comma_is_a_decimal_comma(cast: Cast, course: TreatmentCourse) -> None:
    asked = register(cast, course, amount_mg="0,5")
    assert doubts(asked) == ["dose"]
    code = asked.context["form"].fields["confirmed"].choices[0][0]
    assert register(cast, course, amount_mg="0,5", confirmed=[code]).status_code == 302
    assert str(Injection.objects.get().amount_mg) == "0.5"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"given_at": ""}, "given_at"),
        ({"given_at": "yesterday"}, "given_at"),
        ({"given_at": at(1)}, "given_at"),
        ({"amount_mg": "one"}, "amount_mg"),
        ({"amount_mg": "0"}, "amount_mg"),
        ({"amount_mg": "-1"}, "amount_mg"),
        ({"amount_mg": "<1"}, "amount_mg"),
        ({"amount_mg": "10,1"}, "amount_mg"),
        ({"drug": "vitamin_b12_tablets"}, "drug"),
        ({"given_by": "0"}, "given_by"),
        ({"batch": "x" * 41}, "batch"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(
    cast: Cast, course: TreatmentCourse, wrong: dict[str, str], field: str
) -> None:
    response = register(cast, course, **wrong)
    assert list(response.context["form"].errors) == [field]
    assert not Injection.objects.exists()


# What is confirmed


def test_a_second_one_on_the_same_day_is_confirmed(cast: Cast, course: TreatmentCourse) -> None:
    given(cast, course)
    asked = register(cast, course)
    assert doubts(asked) == ["again"]
    assert register(cast, course, confirmed=[f"again {TODAY}"]).status_code == 302
    assert Injection.objects.count() == 2


def test_what_was_confirmed_for_one_day_is_not_confirmed_for_another(
    cast: Cast, course: TreatmentCourse
) -> None:
    assert doubts(register(cast, course, given_at=at(-1), confirmed=[f"again {TODAY}"])) == [
        "outside"
    ]


def test_maintenance_before_it_is_due_is_confirmed(cast: Cast) -> None:
    course = begun(cast, ago=40, regimen="continue_im_maintenance")
    assert register(cast, course, given_at=at(-40)).status_code == 302
    assert doubts(register(cast, course)) == ["early"]


def test_maintenance_that_is_due_asks_nothing(cast: Cast) -> None:
    course = begun(cast, ago=100, regimen="continue_im_maintenance")
    assert register(cast, course, given_at=at(-70)).status_code == 302
    assert register(cast, course).status_code == 302


def test_an_injection_on_tablets_is_confirmed(cast: Cast) -> None:
    assert doubts(register(cast, begun(cast, regimen="oral_2mg"))) == ["tablets"]


def test_after_the_five_the_sixth_is_confirmed(cast: Cast) -> None:
    course = begun(cast, ago=10)
    for day in range(-10, -5):
        assert register(cast, course, given_at=at(day)).status_code == 302
    assert doubts(register(cast, course)) == ["tablets"]


def test_an_injection_before_the_start_is_confirmed_and_counts_for_maintenance(cast: Cast) -> None:
    course = begun(cast, regimen="continue_im_maintenance")
    asked = register(cast, course, given_at=at(-30))
    assert doubts(asked) == ["outside"]
    day = TODAY - timedelta(days=30)
    assert register(cast, course, given_at=at(-30), confirmed=[f"outside {day}"]).status_code == 302
    assert course.injection_work.visible_from > TODAY


def test_an_injection_after_the_stop_is_confirmed(cast: Cast) -> None:
    course = begun(cast, ago=5)
    course_stop(
        actor=cast.doctor.actor,
        course=course,
        on=TODAY - timedelta(days=1),
        reason="side_effects",
        now=timezone.now(),
    )
    assert doubts(register(cast, course)) == ["outside"]


def test_a_day_before_a_change_is_judged_by_the_plan_of_that_day(cast: Cast) -> None:
    course = begun(cast, ago=5)
    course_change(
        actor=cast.doctor.actor,
        course=course,
        on=TODAY,
        regimen="oral_2mg",
        reason="side_effects",
        now=timezone.now(),
    )
    assert register(cast, course, given_at=at(-5)).status_code == 302
    assert doubts(register(cast, course)) == ["tablets"]


# Correcting


def test_a_correction_is_saved_with_its_reason(cast: Cast, course: TreatmentCourse) -> None:
    wrong = given(cast, course)
    url = correction(wrong)
    form = cast.assistant.client.get(url).context["form"]
    assert (form["batch"].value(), form["amount_mg"].value()) == ("AB12", "1")
    sent = cast.doctor.client.post(url, values(cast, batch="AB13", reason="Misread"))
    assert sent.status_code == 302
    right = Injection.objects.current().get()
    assert (right.batch, right.corrects, right.correction_reason) == ("AB13", wrong, "Misread")


def test_a_correction_without_a_reason_is_refused(cast: Cast, course: TreatmentCourse) -> None:
    url = correction(given(cast, course))
    response: Any = cast.assistant.client.post(url, values(cast, reason=" "))
    assert list(response.context["form"].errors) == ["reason"]


def test_a_withdrawal_asks_for_no_more_than_a_reason(cast: Cast, course: TreatmentCourse) -> None:
    url = correction(given(cast, course))
    data = values(cast, withdraw="on", reason="Another patient", given_at=at(-9))
    assert cast.assistant.client.post(url, data).status_code == 302
    assert not Injection.objects.current().exists()


def test_the_page_of_the_course_shows_what_was_corrected_and_why(
    cast: Cast, course: TreatmentCourse
) -> None:
    url = correction(given(cast, course))
    cast.assistant.client.post(url, values(cast, batch="AB13", reason="Misread"))
    response = cast.doctor.client.get(reverse("patients:course", args=(course.pk,)))
    right, wrong = response.context["course"].injections
    assert ((right.batch, right.counts), (wrong.batch, wrong.counts)) == (
        ("AB13", True),
        ("AB12", False),
    )
    assert "Misread" in wrong.note


def test_what_was_corrected_meanwhile_leads_back(cast: Cast, course: TreatmentCourse) -> None:
    url = correction(given(cast, course))
    data = values(cast, withdraw="on", reason="Another patient")
    for _click in range(2):
        assert cast.assistant.client.post(url, data).status_code == 302
    assert cast.assistant.client.get(url).status_code == 302
    assert Injection.objects.count() == 2


def test_the_form_makes_few_queries(
    cast: Cast, course: TreatmentCourse, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    url = correction(given(cast, course))
    for address in (new(course), url):
        with django_assert_max_num_queries(12):
            assert cast.assistant.client.get(address).status_code == 200


def test_midnight_is_never_in_the_future() -> None:
    assert datetime.fromisoformat(at()) <= timezone.localtime().replace(tzinfo=None)
