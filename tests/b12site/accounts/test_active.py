"""In which practice one works."""

import pytest
from django.test import Client

from b12site.accounts.models import Membership, Practice, Role, User
from tests.cast import Cast

PRACTICE = "/account/practice/"


@pytest.fixture
def locum(cast: Cast) -> Client:
    """A doctor here who is a doctor in a practice later in the alphabet, too."""
    Membership.objects.create(
        user=cast.doctor.user, practice=cast.other_practice, role=Role.ASSISTANT
    )
    cast.doctor.client.cookies.load({"b12_language": "en"})
    return cast.doctor.client


def works_in(client: Client) -> str:
    practice: Practice = client.get(PRACTICE).context["actor"].practice
    return practice.name


def test_it_begins_in_the_first_by_name(cast: Cast, locum: Client) -> None:
    assert works_in(locum) == cast.practice.name


def test_it_changes_to_another_practice_and_its_roles(cast: Cast, locum: Client) -> None:
    response = locum.post(PRACTICE, {"practice": cast.other_practice.pk})
    assert response["Location"] == "/account/"
    actor = locum.get(PRACTICE).context["actor"]
    assert (actor.practice, actor.roles) == (cast.other_practice, {Role.ASSISTANT})


def test_it_says_where_one_works_now(cast: Cast, locum: Client) -> None:
    locum.post(PRACTICE, {"practice": cast.other_practice.pk})
    assert f"You now work in {cast.other_practice.name}." in locum.get(PRACTICE).text


@pytest.mark.parametrize("practice", ["", "x", "-1", "0", "²", "9" * 40])
def test_what_is_no_practice_is_not_found(locum: Client, practice: str) -> None:
    assert locum.post(PRACTICE, {"practice": practice}).status_code == 404


def test_a_practice_that_one_does_not_belong_to_is_not_found(cast: Cast) -> None:
    response = cast.doctor.client.post(PRACTICE, {"practice": cast.other_practice.pk})
    assert response.status_code == 404
    assert works_in(cast.doctor.client) == cast.practice.name


def test_who_has_left_a_practice_does_not_work_there_any_more(cast: Cast, locum: Client) -> None:
    locum.post(PRACTICE, {"practice": cast.other_practice.pk})
    Membership.objects.filter(practice=cast.other_practice, user=cast.doctor.user).delete()
    assert works_in(locum) == cast.practice.name


def test_two_roles_in_one_practice_are_one_practice(cast: Cast) -> None:
    Membership.objects.create(user=cast.doctor.user, practice=cast.practice, role=Role.REVIEWER)
    response = cast.doctor.client.get(PRACTICE)
    assert response.context["actor"].roles == {Role.DOCTOR, Role.REVIEWER}
    assert len(response.context["practices"]) == 1


@pytest.mark.django_db
def test_who_belongs_nowhere_is_told_what_to_do(client: Client) -> None:
    client.force_login(User.objects.create_user("ny@practice.example", name="Ny"))
    client.cookies.load({"b12_language": "en"})
    assert client.get("/account/")["Location"] == PRACTICE
    assert "Ask the administrator of your practice to add you" in client.get(PRACTICE).text
    refused = client.get("/patients/")
    assert refused.status_code == 403
    assert "Ask the administrator of your practice to add you" in refused.text


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/patients/", "/admin/"])
def test_who_belongs_nowhere_is_told_so_where_he_is_refused_and_can_sign_out(path: str) -> None:
    newcomer = Client()
    newcomer.force_login(User.objects.create_user("ny@practice.example", name="Ny"))
    newcomer.cookies.load({"b12_language": "en"})
    refused = newcomer.get(path, follow=True)
    assert refused.status_code == 403
    assert "you do not belong to any practice" in refused.text
    assert '<form action="/account/sign-out/" method="post">' in refused.text
    newcomer.post("/account/sign-out/")
    assert "_auth_user_id" not in newcomer.session


def test_each_role_begins_where_it_works(cast: Cast) -> None:
    begins = {
        name: getattr(cast, name).client.get("/account/")["Location"]
        for name in ("doctor", "assistant", "practice_admin", "reviewer")
    }
    assert begins == {
        "doctor": "/worklist/",
        "assistant": "/worklist/",
        "practice_admin": "/admin/",
        "reviewer": PRACTICE,
    }


@pytest.mark.parametrize("path", ["/account/", PRACTICE])
def test_signed_out_it_asks_to_sign_in(cast: Cast, path: str) -> None:
    assert cast.signed_out.get(path)["Location"] == f"/account/sign-in/?next={path}"
    assert cast.signed_out.post(path)["Location"] == f"/account/sign-in/?next={path}"


def test_other_methods_are_refused(cast: Cast) -> None:
    assert cast.doctor.client.put(PRACTICE).status_code == 405
    assert cast.doctor.client.delete(PRACTICE).status_code == 405
