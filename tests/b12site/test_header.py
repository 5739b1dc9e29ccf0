"""The navigation above every page."""

import re

import pytest
from django.test import Client, override_settings
from pytest_django import DjangoAssertNumQueries

from b12site.accounts.models import Membership, Practice, Role, User
from tests.cast import Cast

PAGE = "/account/practice/"


def header(client: Client, path: str = PAGE) -> str:
    client.cookies.load({"b12_language": "en"})
    return client.get(path).text.split("</header>")[0]


def entries(client: Client, path: str = PAGE) -> list[str]:
    navigation = re.findall(r"<nav.*?</nav>", header(client, path), re.DOTALL)[0]
    return re.findall(r">([^<>]+)</a>", navigation)


def current(client: Client, path: str) -> list[str]:
    return re.findall(r'aria-current="\w+">([^<>]+)<', header(client, path))


def test_signed_out_it_leads_to_the_interpretation_and_to_signing_in(cast: Cast) -> None:
    page = header(cast.signed_out, "/")
    assert "Sign in" in page
    assert "Sign out" not in page
    assert entries(cast.signed_out, "/") == ["Interpretation"]


def test_it_leads_clinicians_to_the_record(cast: Cast) -> None:
    for clinician in (cast.doctor, cast.assistant):
        assert entries(clinician.client) == ["Interpretation", "Patients", "Work list"]


def test_it_leads_administrators_to_the_administration(cast: Cast) -> None:
    assert entries(cast.practice_admin.client) == ["Interpretation", "Administration"]


def test_it_leads_a_reviewer_to_nothing_yet(cast: Cast) -> None:
    assert entries(cast.reviewer.client) == ["Interpretation"]


def test_it_shows_who_works_where_and_a_button_to_sign_out(cast: Cast) -> None:
    page = header(cast.doctor.client)
    assert cast.practice.name in page
    assert cast.doctor.user.name in page
    assert re.search(r'<form action="/account/sign-out/" method="post">', page)


def test_it_offers_another_practice_only_to_who_has_one(cast: Cast) -> None:
    assert "change practice" not in header(cast.doctor.client)
    Membership.objects.create(user=cast.doctor.user, practice=cast.other_practice, role="doctor")
    assert "change practice" in header(cast.doctor.client)


@pytest.mark.django_db
def test_who_belongs_nowhere_has_a_header_too(client: Client) -> None:
    client.force_login(User.objects.create_user("ny@practice.example", name="Ny Prøve"))
    assert "Ny Prøve" in header(client)


def test_it_marks_where_one_is(cast: Cast) -> None:
    assert current(cast.doctor.client, "/") == ["Interpretation"]
    assert current(cast.doctor.client, "/patients/") == ["Patients"]
    assert current(cast.doctor.client, "/worklist/") == ["Work list"]
    assert current(cast.doctor.client, PAGE) == []
    assert current(cast.doctor.client, "/no-such-page") == []


@pytest.mark.parametrize("practices", [1, 30])
def test_it_asks_the_database_once_for_the_practices(
    cast: Cast, practices: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(1, practices):
        practice = Practice.objects.create(name=f"Practice {number}")
        Membership.objects.create(user=cast.doctor.user, practice=practice, role=Role.DOCTOR)
    with django_assert_num_queries(2):  # session; user with practices
        cast.doctor.client.get("/")


def test_a_name_is_text_and_nothing_else(cast: Cast) -> None:
    User.objects.filter(pk=cast.doctor.user.pk).update(name="<b>Ida</b>")
    assert "<b>Ida" not in header(cast.doctor.client)


@override_settings(ALLOWED_HOSTS=["practice.example"])
def test_an_answer_given_before_anybody_was_looked_up_leads_to_the_front_page_only() -> None:
    page = Client().get("/", headers={"host": "evil.example"}).text.split("</header>")[0]
    assert 'href="/"' in page
    assert "<nav" not in page
