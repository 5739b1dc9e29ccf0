from io import StringIO

import pytest
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command
from django.test import override_settings

from b12site.accounts.models import Membership, Practice, User

pytestmark = pytest.mark.django_db


def demo_data() -> str:
    out = StringIO()
    call_command("demo_data", stdout=out)
    return out.getvalue()


def test_it_is_refused_outside_a_demonstration() -> None:
    with pytest.raises(CommandError, match="Set B12_DEMO=1"):
        demo_data()
    assert not User.objects.exists()


@override_settings(B12_DEMO=True)
def test_it_makes_one_practice_with_a_user_for_each_role() -> None:
    demo_data()
    roles = {membership.user.email: membership.role for membership in Membership.objects.all()}
    assert roles == {
        "lege@demo.example": "doctor",
        "kollega@demo.example": "doctor",
        "sekretaer@demo.example": "assistant",
        "admin@demo.example": "practice_admin",
        "kontrollor@demo.example": "reviewer",
    }
    assert Practice.objects.count() == 1


@override_settings(B12_DEMO=True)
def test_only_the_administrator_may_administer() -> None:
    demo_data()
    staff = User.objects.filter(is_staff=True) | User.objects.filter(is_superuser=True)
    assert [user.email for user in staff] == ["admin@demo.example"]


@override_settings(B12_DEMO=True)
def test_it_tells_a_sign_in_that_works(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("B12_DEMO_PASSWORD", "another-demo-word")
    assert "admin@demo.example / another-demo-word" in demo_data()
    assert authenticate(username="Admin@Demo.example", password="another-demo-word") is not None


@override_settings(B12_DEMO=True)
def test_a_second_run_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    demo_data()
    before = list(User.objects.values()), list(Membership.objects.values())
    monkeypatch.setenv("B12_DEMO_PASSWORD", "another-demo-word")
    assert "another-demo-word" not in demo_data()
    assert (list(User.objects.values()), list(Membership.objects.values())) == before
