"""What a practice administrator sees and may do in the administration."""

from typing import Any

import pytest
from django.test import Client

from b12site.accounts.models import Membership, Practice, Role, User
from b12site.audit.models import Entry
from tests.cast import Cast, join

USERS, PRACTICES = "/admin/accounts/user/", "/admin/accounts/practice/"
ROWS = {"memberships-TOTAL_FORMS": "0", "memberships-INITIAL_FORMS": "0"}


@pytest.fixture
def admin(cast: Cast) -> Client:
    cast.practice_admin.client.cookies.load({"b12_language": "en"})
    return cast.practice_admin.client


@pytest.fixture
def shared(cast: Cast) -> User:
    """A doctor of both practices."""
    Membership.objects.create(user=cast.stranger.user, practice=cast.practice, role=Role.DOCTOR)
    return cast.stranger.user


def membership_rows(user: User, practice: Practice, *added: tuple[User, str]) -> dict[str, str]:
    """The inline of a user's page as the browser sends it back, with rows added."""
    kept = list(Membership.objects.filter(user=user, practice=practice))
    rows = {
        "memberships-TOTAL_FORMS": str(len(kept) + len(added)),
        "memberships-INITIAL_FORMS": str(len(kept)),
    }
    for number, membership in enumerate(kept):
        rows |= row(number, user, practice, membership.role, str(membership.pk))
    for number, (who, role) in enumerate(added, len(kept)):
        rows |= row(number, who, practice, role)
    return rows


def row(number: int, user: User, practice: Practice, role: str, pk: str = "") -> dict[str, str]:
    prefix = f"memberships-{number}-"
    return {
        f"{prefix}id": pk,
        f"{prefix}user": str(user.pk),
        f"{prefix}practice": str(practice.pk),
        f"{prefix}role": role,
    }


def person(user: User, **fields: str) -> dict[str, str]:
    values = {"email": user.email, "name": user.name, "hpr_number": "", "is_active": "on"}
    return values | fields


def letterhead(practice: Practice, **fields: str) -> dict[str, str]:
    return {"name": practice.name, "address": "Storgata 1", **fields}


# Who comes in


@pytest.mark.parametrize("name", ["doctor", "assistant", "reviewer", "stranger"])
def test_the_other_roles_see_nothing(cast: Cast, name: str) -> None:
    member = getattr(cast, name)
    assert member.client.get(USERS)["Location"].startswith("/admin/login/")
    User.objects.filter(pk=member.user.pk).update(is_staff=True)
    assert member.client.get("/admin/").status_code == 200
    assert "accounts" not in member.client.get("/admin/").context["app_list"]
    for path in (USERS, f"{USERS}add/", PRACTICES, f"{USERS}{member.user.pk}/change/"):
        assert member.client.get(path).status_code == 403


def test_who_has_stopped_being_administrator_sees_nothing(cast: Cast, admin: Client) -> None:
    Membership.objects.filter(user=cast.practice_admin.user).delete()
    assert admin.get(USERS).status_code == 403


def test_it_shows_the_own_practice_and_nothing_clinical(admin: Client) -> None:
    apps = {app["app_label"]: app["models"] for app in admin.get("/admin/").context["app_list"]}
    assert {model["object_name"] for model in apps["accounts"]} == {"Practice", "User"}
    shown = {model["object_name"] for models in apps.values() for model in models}
    assert shown.isdisjoint({"Patient", "Result", "Assessment", "TreatmentCourse", "Control"})


# Whom one sees


def test_it_lists_the_own_users_only(cast: Cast, admin: Client) -> None:
    page = admin.get(USERS).text
    assert cast.doctor.user.email in page
    assert cast.stranger.user.email not in page
    assert cast.other_practice.name not in page


def test_it_finds_nobody_elsewhere(cast: Cast, admin: Client) -> None:
    assert cast.stranger.user.name not in admin.get(USERS, {"q": "Oda"}).text
    found = admin.get(
        "/admin/autocomplete/",
        {
            "app_label": "accounts",
            "model_name": "membership",
            "field_name": "user",
            "term": "Prøve",
        },
    ).json()["results"]
    assert len(found) == 5
    assert str(cast.stranger.user.pk) not in {each["id"] for each in found}


@pytest.mark.parametrize("page", ["change/", "history/", "delete/", "password/"])
def test_a_user_or_practice_elsewhere_is_not_there(cast: Cast, admin: Client, page: str) -> None:
    paths = [f"{USERS}{cast.stranger.user.pk}/{page}"]
    if page != "password/":
        paths.append(f"{PRACTICES}{cast.other_practice.pk}/{page}")
    for path in paths:
        assert admin.get(path).status_code in {302, 403}
        assert admin.post(path, person(cast.stranger.user, name="X") | ROWS).status_code in {
            302,
            403,
        }
    cast.stranger.user.refresh_from_db()
    assert cast.stranger.user.name == "Oda Prøvedal"


def test_a_superuser_is_out_of_reach_even_in_the_own_practice(cast: Cast, admin: Client) -> None:
    User.objects.filter(pk=cast.doctor.user.pk).update(is_superuser=True)
    assert cast.doctor.user.email not in admin.get(USERS).text
    assert admin.get(f"{USERS}{cast.doctor.user.pk}/change/").status_code == 302
    page = admin.get(f"{PRACTICES}{cast.practice.pk}/change/").text
    assert cast.doctor.user.name not in page


# The letterhead


def test_it_changes_the_own_letterhead(cast: Cast, admin: Client) -> None:
    address = f"{PRACTICES}{cast.practice.pk}/change/"
    fields = letterhead(cast.practice, postal_code="5003", city="Bergen", telephone="55 55 55 55")
    assert admin.post(address, fields | ROWS).status_code == 302
    cast.practice.refresh_from_db()
    assert (cast.practice.address, cast.practice.postal_code) == ("Storgata 1", "5003")


def test_the_change_is_logged_with_what_stood_there(cast: Cast, admin: Client) -> None:
    admin.post(f"{PRACTICES}{cast.practice.pk}/change/", letterhead(cast.practice) | ROWS)
    entry = Entry.objects.get()
    assert (entry.actor, entry.practice) == (cast.practice_admin.user, cast.practice)
    assert (entry.action, entry.roles) == ("practice.changed", "practice_admin")
    assert (entry.before, entry.after) == ({"address": ""}, {"address": "Storgata 1"})


def test_a_wrong_organisation_number_is_refused(cast: Cast, admin: Client) -> None:
    fields = letterhead(cast.practice, organisation_number="974760674")
    page = admin.post(f"{PRACTICES}{cast.practice.pk}/change/", fields | ROWS)
    assert "its last digit does not fit" in page.text
    assert not Entry.objects.exists()


def test_it_opens_and_closes_no_practice(cast: Cast, admin: Client) -> None:
    assert admin.get(f"{PRACTICES}add/").status_code == 403
    assert admin.post(f"{PRACTICES}add/", {"name": "New"}).status_code == 403
    assert admin.post(f"{PRACTICES}{cast.practice.pk}/delete/", {"post": "yes"}).status_code == 403


# Users


def new_user(cast: Cast, **fields: str) -> dict[str, str]:
    rows = {"memberships-TOTAL_FORMS": "1", "memberships-INITIAL_FORMS": "0"}
    first = {"memberships-0-practice": str(cast.practice.pk), "memberships-0-role": "doctor"}
    user = {"email": "ny@cast.example", "name": "Ny Lege", "hpr_number": ""}
    return user | rows | first | fields


def test_it_makes_a_user_of_the_own_practice_without_a_password(cast: Cast, admin: Client) -> None:
    assert admin.post(f"{USERS}add/", new_user(cast)).status_code == 302
    user = User.objects.get(email="ny@cast.example")
    assert user.memberships.get().practice == cast.practice
    assert not user.has_usable_password()
    assert list(Entry.objects.values_list("action", flat=True)) == [
        "user.added",
        "membership.added",
    ]


@pytest.mark.parametrize("field", ["is_superuser", "is_staff", "password1", "groups"])
def test_a_new_user_gets_nothing_that_the_form_does_not_show(
    cast: Cast, admin: Client, field: str
) -> None:
    admin.post(f"{USERS}add/", new_user(cast, **{field: "on"}))
    user = User.objects.get(email="ny@cast.example")
    assert (user.is_superuser, user.is_staff, user.has_usable_password()) == (False, False, False)


def test_a_new_user_must_belong_to_a_practice(cast: Cast, admin: Client) -> None:
    page = admin.post(f"{USERS}add/", new_user(cast) | ROWS)
    assert page.status_code == 200
    assert not User.objects.filter(email="ny@cast.example").exists()
    assert not Entry.objects.exists()


def test_nobody_is_put_into_another_practice(cast: Cast, admin: Client) -> None:
    elsewhere = {"memberships-0-practice": str(cast.other_practice.pk)}
    page = admin.post(f"{USERS}add/", new_user(cast, **elsewhere))
    assert page.status_code == 200
    assert not Membership.objects.filter(user__email="ny@cast.example").exists()
    rows = membership_rows(cast.doctor.user, cast.practice, (cast.doctor.user, "reviewer"))
    rows["memberships-1-practice"] = str(cast.other_practice.pk)
    admin.post(f"{USERS}{cast.doctor.user.pk}/change/", person(cast.doctor.user) | rows)
    assert cast.doctor.user.memberships.get().practice == cast.practice


def test_nobody_elsewhere_is_taken_into_the_practice(cast: Cast, admin: Client) -> None:
    rows = {"memberships-TOTAL_FORMS": "1", "memberships-INITIAL_FORMS": "0"}
    rows |= row(0, cast.stranger.user, cast.practice, "doctor")
    admin.post(f"{PRACTICES}{cast.practice.pk}/change/", letterhead(cast.practice) | rows)
    assert cast.stranger.user.memberships.get().practice == cast.other_practice


def test_it_gives_a_role_in_the_own_practice(cast: Cast, admin: Client) -> None:
    user = cast.assistant.user
    rows = membership_rows(user, cast.practice, (user, "reviewer"))
    assert admin.post(f"{USERS}{user.pk}/change/", person(user) | rows).status_code == 302
    assert set(user.memberships.values_list("role", flat=True)) == {"assistant", "reviewer"}
    entry = Entry.objects.get()
    assert (entry.action, entry.after and entry.after["role"]) == ("membership.added", "reviewer")


def test_it_takes_a_role_away(cast: Cast, admin: Client) -> None:
    user = cast.assistant.user
    rows = membership_rows(user, cast.practice) | {"memberships-0-DELETE": "on"}
    assert admin.post(f"{USERS}{user.pk}/change/", person(user) | rows).status_code == 302
    assert not user.memberships.exists()
    entry = Entry.objects.get()
    assert (entry.action, entry.before and entry.before["role"]) == (
        "membership.removed",
        "assistant",
    )


def test_it_does_not_give_itself_a_role(cast: Cast, admin: Client) -> None:
    user = cast.practice_admin.user
    rows = membership_rows(user, cast.practice, (user, "doctor"))
    page = admin.post(f"{USERS}{user.pk}/change/", person(user, is_staff="on") | rows)
    assert "You cannot change your own roles" in page.text
    rows = {"memberships-TOTAL_FORMS": "1", "memberships-INITIAL_FORMS": "0"}
    rows |= row(0, user, cast.practice, "doctor")
    page = admin.post(f"{PRACTICES}{cast.practice.pk}/change/", letterhead(cast.practice) | rows)
    assert "You cannot change your own roles" in page.text
    assert user.memberships.get().role == "practice_admin"


@pytest.mark.parametrize("field", ["is_superuser", "password", "groups", "user_permissions"])
def test_no_user_gets_what_the_form_does_not_show(cast: Cast, admin: Client, field: str) -> None:
    user = cast.doctor.user
    fields = person(user, **{field: "1"}) | membership_rows(user, cast.practice)
    assert admin.post(f"{USERS}{user.pk}/change/", fields).status_code == 302
    user.refresh_from_db()
    assert (user.is_superuser, user.has_usable_password()) == (False, False)
    assert not user.user_permissions.exists()


def test_it_sets_no_password(cast: Cast, admin: Client) -> None:
    address = f"{USERS}{cast.doctor.user.pk}/password/"
    passwords = {"password1": "correct horse battery", "password2": "correct horse battery"}
    assert admin.get(address).status_code == 403
    assert admin.post(address, passwords).status_code == 403
    assert (
        "password"
        not in admin.get(f"{USERS}{cast.doctor.user.pk}/change/")
        .context["adminform"]
        .readonly_fields
    )


def test_an_address_that_has_been_used_stays(cast: Cast, admin: Client) -> None:
    """Changing it and asking for a new password would open the account."""
    new = join(cast.practice, Role.DOCTOR, "feil@cast.example", "Ny Lege").user
    User.objects.filter(pk=new.pk).update(last_login=None)
    for user, changed in ((new, True), (cast.doctor.user, False)):
        fields = person(user, email=f"x{user.pk}@cast.example")
        rows = membership_rows(user, cast.practice)
        admin.post(f"{USERS}{user.pk}/change/", fields | rows)
        user.refresh_from_db()
        assert (user.email == f"x{user.pk}@cast.example") is changed


def test_who_works_elsewhere_too_keeps_name_and_access(
    cast: Cast, admin: Client, shared: User
) -> None:
    fields = person(shared, name="Other", email="x@cast.example") | {"is_active": ""}
    rows = membership_rows(shared, cast.practice)
    admin.post(f"{USERS}{shared.pk}/change/", fields | rows)
    shared.refresh_from_db()
    assert (shared.name, shared.is_active) == ("Oda Prøvedal", True)
    assert shared.email == "annen.lege@cast.example"


def test_a_membership_elsewhere_is_neither_shown_nor_changed(
    cast: Cast, admin: Client, shared: User
) -> None:
    assert cast.other_practice.name not in admin.get(f"{USERS}{shared.pk}/change/").text
    elsewhere = shared.memberships.get(practice=cast.other_practice)
    rows = {"memberships-TOTAL_FORMS": "1", "memberships-INITIAL_FORMS": "1"}
    rows |= row(0, shared, cast.practice, "reviewer", str(elsewhere.pk))
    admin.post(f"{USERS}{shared.pk}/change/", person(shared) | rows)
    elsewhere.refresh_from_db()
    assert (elsewhere.practice, elsewhere.role) == (cast.other_practice, "doctor")


def test_it_closes_a_user_but_deletes_none(cast: Cast, admin: Client) -> None:
    user = cast.assistant.user
    fields = person(user) | membership_rows(user, cast.practice)
    del fields["is_active"]
    assert admin.post(f"{USERS}{user.pk}/change/", fields).status_code == 302
    user.refresh_from_db()
    assert not user.is_active
    assert admin.post(f"{USERS}{user.pk}/delete/", {"post": "yes"}).status_code == 403
    many: dict[str, Any] = {"action": "delete_selected", "_selected_action": [user.pk]}
    admin.post(USERS, many | {"post": "yes"})
    assert User.objects.filter(pk=user.pk).exists()


# The superuser


@pytest.fixture
def root(db: None) -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("root@cast.example", name="Root"))
    return client


def test_the_superuser_sets_a_password_and_the_log_keeps_none(cast: Cast, root: Client) -> None:
    passwords = {"password1": "correct horse battery", "password2": "correct horse battery"}
    answers = passwords | {"usable_password": "true", "set-password": "1"}
    assert root.post(f"{USERS}{cast.doctor.user.pk}/password/", answers).status_code == 302
    entry = Entry.objects.get()
    assert (entry.action, entry.before, entry.after) == ("user.password_set", None, None)


def test_the_superuser_opens_a_practice_which_is_logged(root: Client) -> None:
    assert root.post(f"{PRACTICES}add/", {"name": "Ny praksis"} | ROWS).status_code == 302
    entry = Entry.objects.get()
    assert (entry.action, entry.roles) == ("practice.added", "")
    assert entry.after == {"name": "Ny praksis"}


def test_a_new_users_password_is_not_in_the_log(root: Client) -> None:
    fields = {"email": "ny@cast.example", "name": "Ny", "hpr_number": "", "usable_password": "true"}
    passwords = {"password1": "correct horse battery", "password2": "correct horse battery"}
    assert root.post(f"{USERS}add/", fields | passwords | ROWS).status_code == 302
    entry = Entry.objects.get()
    assert entry.after == {"email": "ny@cast.example", "name": "Ny"}
    assert entry.practice is None
