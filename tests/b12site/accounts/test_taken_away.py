"""Somebody has lost all that a second factor could be: an administrator takes it away."""

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client

from b12site.accounts import second_factor
from b12site.accounts.models import Membership, Role, User
from b12site.audit.models import Entry
from tests.cast import Cast, Member, code_for, join

from .second_step import PASSWORD, SECOND_STEP, SET_UP, SIGN_IN

pytestmark = pytest.mark.django_db


@pytest.fixture
def lost(cast: Cast) -> Member:
    """A doctor whose telephone is gone."""
    code_for(cast.doctor.user)
    cast.practice_admin.client.cookies.load({"b12_language": "en"})
    return cast.doctor


def page_of(member: Member) -> str:
    return f"/admin/accounts/user/{member.user.pk}/second-factor/"


def superuser() -> Client:
    root = User.objects.create_superuser("root@site.example", name="Administrator")
    client = Client()
    client.cookies.load({"b12_language": "en"})
    client.force_login(root)
    return client


def has_one(member: Member) -> bool:
    return Authenticator.objects.filter(user=member.user).exists()


def test_the_practice_administrator_takes_it_away(cast: Cast, lost: Member) -> None:
    change = f"/admin/accounts/user/{lost.user.pk}/change/"
    assert page_of(lost) in cast.practice_admin.client.get(change).text
    page = cast.practice_admin.client.get(page_of(lost)).text
    assert "has authenticator app" in page
    assert has_one(lost)  # reading changes nothing
    assert cast.practice_admin.client.post(page_of(lost))["Location"] == change
    assert not has_one(lost)


def test_so_does_the_administrator_of_the_site(lost: Member) -> None:
    superuser().post(page_of(lost))
    assert not has_one(lost)


def test_the_next_sign_in_sets_up_a_new_one(cast: Cast, lost: Member) -> None:
    lost.user.set_password(PASSWORD)
    lost.user.save()
    cast.practice_admin.client.post(page_of(lost))
    answers = {"login": lost.user.email, "password": PASSWORD}
    assert Client().post(SIGN_IN, answers)["Location"] == SET_UP


def test_it_signs_the_user_out_and_nobody_else(cast: Cast, lost: Member) -> None:
    browsers = [signed_in(member) for member in (lost, cast.colleague)]
    cast.practice_admin.client.post(page_of(lost))
    assert browsers[0].get("/worklist/")["Location"].startswith(SIGN_IN)
    assert browsers[1].get("/worklist/").status_code == 200


def signed_in(member: Member) -> Client:
    """Through the pages."""
    member.user.set_password(PASSWORD)
    member.user.save()
    client, code = Client(), code_for(member.user)
    client.post(SIGN_IN, {"login": member.user.email, "password": PASSWORD})
    assert client.post(SECOND_STEP, {"code": code})["Location"] == "/account/"
    return client


def test_it_is_logged_and_told(cast: Cast, lost: Member) -> None:
    cast.practice_admin.client.post(page_of(lost))
    entry = Entry.objects.last()
    assert entry is not None
    assert (entry.actor_id, entry.practice_id, entry.action, entry.object_id) == (
        cast.practice_admin.user.pk,
        cast.practice.pk,
        "user.second_factor_taken_away",
        lost.user.pk,
    )
    assert mail.outbox[-1].to == [lost.user.email]


def test_of_somebody_who_works_elsewhere_too_only_the_site_does(cast: Cast, lost: Member) -> None:
    Membership.objects.create(user=lost.user, practice=cast.other_practice, role=Role.DOCTOR)
    client = cast.practice_admin.client
    assert "also works in another practice" in client.get(page_of(lost)).text
    assert client.post(page_of(lost)).status_code == 403
    assert has_one(lost)
    superuser().post(page_of(lost))
    assert not has_one(lost)


def test_nobody_does_so_for_himself(cast: Cast) -> None:
    code_for(cast.practice_admin.user)
    client = cast.practice_admin.client
    client.cookies.load({"b12_language": "en"})
    assert "your own sign-in" in client.get(page_of(cast.practice_admin)).text
    assert client.post(page_of(cast.practice_admin)).status_code == 403
    assert has_one(cast.practice_admin)


def test_whoever_works_elsewhere_or_runs_the_site_is_not_there(cast: Cast, lost: Member) -> None:
    code_for(cast.stranger.user)
    root = join(cast.practice, Role.DOCTOR, "root@cast.example", "Rot Prøve")
    User.objects.filter(pk=root.user.pk).update(is_superuser=True)
    for member in (cast.stranger, root):
        assert cast.practice_admin.client.post(page_of(member)).status_code == 404
    assert has_one(cast.stranger)


@pytest.mark.parametrize("number", ["0", "987654321", "9" * 30])
def test_a_user_who_is_not_there_is_not_found(number: str) -> None:
    assert superuser().get(f"/admin/accounts/user/{number}/second-factor/").status_code == 404


def test_nobody_else_may(cast: Cast, lost: Member) -> None:
    for member in (cast.doctor, cast.assistant, cast.reviewer, cast.stranger):
        member.client.post(page_of(lost))
    cast.signed_out.post(page_of(lost))
    assert has_one(lost)


def test_a_user_without_one_has_nothing_to_take_away(cast: Cast) -> None:
    cast.practice_admin.client.cookies.load({"b12_language": "en"})
    page = cast.practice_admin.client.get(page_of(cast.doctor)).text
    assert "has none" in page
    assert "<form method" not in page.split("<h1")[1]


@pytest.mark.parametrize("model", [Authenticator, EmailAddress])
def test_allauths_tables_are_not_in_the_administration(model: type) -> None:
    assert not admin.site.is_registered(model)


# Where there is no administrator left


def test_whoever_runs_the_machine_takes_it_away(lost: Member) -> None:
    call_command("second_factor_remove", lost.user.email.upper(), verbosity=0)
    assert not has_one(lost)
    assert second_factor.recovery_codes_left(lost.user) == 0
    assert Entry.objects.last().action == "user.second_factor_taken_away"  # type: ignore[union-attr]


def test_an_unknown_address_is_said_to_be_one() -> None:
    with pytest.raises(CommandError, match="There is no user with the address"):
        call_command("second_factor_remove", "nobody@x.example")
