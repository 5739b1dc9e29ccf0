import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from b12site.accounts.models import Membership, Practice, Role, User

pytestmark = pytest.mark.django_db


def doctor(email: str = "ida@practice.example") -> User:
    return User.objects.create_user(email, "a long enough word", name="Ida Prøve")


def test_it_takes_upper_and_lower_case_for_the_same_address() -> None:
    user = doctor("Ida@Practice.Example")
    assert user.email == "ida@practice.example"
    assert User.objects.get_by_natural_key("IDA@practice.example") == user


def test_it_refuses_a_second_user_with_the_same_address() -> None:
    doctor()
    with pytest.raises(IntegrityError):
        User.objects.bulk_create([User(email="IDA@PRACTICE.EXAMPLE", name="Another")])


def test_it_refuses_a_user_without_an_address() -> None:
    with pytest.raises(ValueError, match="needs an e-mail address"):
        doctor("")


def test_a_user_without_a_password_cannot_sign_in() -> None:
    assert not User.objects.create_user("ny@practice.example", name="Ny").has_usable_password()


def test_an_ordinary_user_is_no_administrator() -> None:
    assert (doctor().is_staff, doctor("b@practice.example").is_superuser) == (False, False)


@pytest.mark.parametrize("number", ["", "9", "4714321", "565501872"])
def test_it_accepts_an_hpr_number(number: str) -> None:
    User(email="a@b.example", name="A", password="x", hpr_number=number).full_clean()


@pytest.mark.parametrize("number", ["123 456", "12345a", "1234567890", "123\n"])
def test_it_refuses_what_is_no_hpr_number(number: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        User(email="a@b.example", name="A", password="x", hpr_number=number).full_clean()
    assert set(refusal.value.message_dict) == {"hpr_number"}


def test_a_user_can_have_two_roles_in_a_practice_but_none_of_them_twice() -> None:
    user, practice = doctor(), Practice.objects.create(name="Prøvelegene")
    for role in (Role.DOCTOR, Role.PRACTICE_ADMIN):
        Membership.objects.create(user=user, practice=practice, role=role)
    with pytest.raises(IntegrityError):
        Membership.objects.create(user=user, practice=practice, role=Role.DOCTOR)


def test_the_database_refuses_an_unknown_role() -> None:
    practice = Practice.objects.create(name="Prøvelegene")
    with pytest.raises(IntegrityError):
        Membership.objects.create(user=doctor(), practice=practice, role="owner")
