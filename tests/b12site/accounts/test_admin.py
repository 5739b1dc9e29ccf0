import pytest
from django.test import Client

from b12site.accounts.models import Membership, Practice, User

pytestmark = pytest.mark.django_db
PASSWORD = "a long enough word"


@pytest.fixture
def administrator(client: Client) -> Client:
    User.objects.create_superuser("root@practice.example", PASSWORD, name="Administrator")
    assert client.login(username="root@practice.example", password=PASSWORD)
    return client


def test_an_ordinary_user_does_not_get_in(client: Client) -> None:
    User.objects.create_user("ida@practice.example", PASSWORD, name="Ida Prøve")
    client.login(username="ida@practice.example", password=PASSWORD)
    assert client.get("/admin/")["Location"].startswith("/admin/login/")


@pytest.mark.parametrize("page", ["", "accounts/user/", "accounts/user/add/", "accounts/practice/"])
def test_the_administrator_sees(administrator: Client, page: str) -> None:
    assert administrator.get(f"/admin/{page}").status_code == 200


def test_the_administrator_adds_a_doctor_to_a_practice(administrator: Client) -> None:
    practice = Practice.objects.create(name="Prøvelegene")
    response = administrator.post(
        "/admin/accounts/user/add/",
        {
            "email": "Ny@Practice.example",
            "name": "Ny Lege",
            "hpr_number": "4714321",
            "usable_password": "true",
            "password1": "correct horse battery",
            "password2": "correct horse battery",
            "memberships-TOTAL_FORMS": "0",
            "memberships-INITIAL_FORMS": "0",
        },
    )
    user = User.objects.get(email="ny@practice.example")
    assert response["Location"] == f"/admin/accounts/user/{user.pk}/change/"
    response = administrator.post(
        f"/admin/accounts/practice/{practice.pk}/change/",
        {
            "name": "Prøvelegene",
            "memberships-TOTAL_FORMS": "1",
            "memberships-INITIAL_FORMS": "0",
            "memberships-0-user": str(user.pk),
            "memberships-0-practice": str(practice.pk),
            "memberships-0-role": "doctor",
        },
    )
    assert response.status_code == 302
    assert Membership.objects.get().role == "doctor"


def test_the_administrator_can_open_a_user(administrator: Client) -> None:
    user = User.objects.create_user("ida@practice.example", PASSWORD, name="Ida Prøve")
    response = administrator.get(f"/admin/accounts/user/{user.pk}/change/")
    assert response.status_code == 200
    assert "ida@practice.example" in response.text
