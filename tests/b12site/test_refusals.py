"""Every address outside the record, asked by everybody in every way: who gets a page.

The record's own addresses are in tests/patients/test_refusals.py. An address that is in neither
fails, so that none is added without saying who may come in.
"""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any, NamedTuple

import pytest
from django.apps import apps
from django.db import transaction
from django.test import Client

from b12site.accounts.models import User
from patients.models import Laboratory, ReviewSetting
from tests.b12site.answers import Route, routes
from tests.cast import Cast

pytestmark = pytest.mark.django_db(reset_sequences=True)

APPS = ("accounts", "patients")
METHODS = ("get", "head", "post", "put", "delete")
REFUSED = {301, 302, 401, 403, 404, 405}
MEMBERS = frozenset({"doctor", "assistant", "practice_admin", "reviewer", "stranger"})
EVERYBODY = MEMBERS | {"signed_out"}
STAFF = frozenset({"practice_admin", "reviewer"})
ADMINISTRATOR, REVIEWER = frozenset({"practice_admin"}), frozenset({"reviewer"})
SIGNED_OUT, NOBODY = frozenset({"signed_out"}), frozenset[str]()

GETS_A_PAGE: dict[frozenset[str], str] = {
    EVERYBODY: """
        interpretation:interpret
        interpretation:paste
        handout
        account_session
        account_reset_password
        account_reset_password_done
        account_reset_password_from_key
        account_reset_password_from_key_done
    """,
    NOBODY: """
        account_start
        account_sessions_end
        account_change_password
        account_set_up
        account_set_up_passkey
        mfa_authenticate
        account_remove_factor
        account_recovery_codes
        account_reauthenticate
        mfa_reauthenticate
        mfa_reauthenticate_webauthn
        set_language
        b12site.accounts.views.administration
        django.views.generic.base.RedirectView
        admin:login
        admin:password_change
        admin:autocomplete
        admin:view_on_site
        admin:auth_user_password_change
        admin:accounts_user_delete
        admin:django.views.generic.base.RedirectView
        admin:accounts_practice_add
        admin:accounts_practice_delete
        admin:audit_entry_add
        admin:audit_entry_history
        admin:audit_entry_delete
        admin:audit_entry_change
        admin:patients_reviewcase_meeting_close
        admin:patients_reviewcase_take
        admin:patients_reviewcase_change
        admin:patients_reviewcase_ask
        admin:patients_reviewcase_letter
        admin:django.contrib.admin.sites.AdminSite.catch_all_view
    """,
    SIGNED_OUT: """
        account_login
    """,
    MEMBERS: """
        account_logout
        account_practice
        account_me
        account_app
        account_passkey
        b12site.accounts.views_sessions.sign_out
        admin:logout
    """,
    STAFF: """
        admin:index
        admin:password_change_done
        admin:jsi18n
    """,
    ADMINISTRATOR: """
        admin:second_factor
        admin:sessions
        admin:accounts_user_changelist
        admin:accounts_user_add
        admin:accounts_user_history
        admin:accounts_user_change
        admin:accounts_practice_changelist
        admin:accounts_practice_history
        admin:accounts_practice_change
        admin:audit_entry_changelist
        admin:patients_reviewsetting_changelist
        admin:patients_reviewsetting_add
        admin:patients_laboratory_changelist
        admin:patients_laboratory_add
        admin:app_list
        admin:patients_laboratory_change
        admin:patients_laboratory_delete
        admin:patients_laboratory_history
        admin:patients_reviewsetting_change
        admin:patients_reviewsetting_delete
        admin:patients_reviewsetting_history
    """,
    REVIEWER: """
        admin:patients_reviewcase_numbers
        admin:patients_reviewcase_numbers_csv
        admin:patients_reviewcase_meeting
        admin:patients_reviewcase_changelist
    """,
}
"""By the names of the addresses; one that has no name goes by its view. All numbers in them are 1.
Nobody gets a page where an address only leads on, or where 1 is the number of nothing."""


class Asked(NamedTuple):
    route: Route
    who: str
    method: str
    status: int


@pytest.fixture
def people(cast: Cast) -> dict[str, Client]:
    """With a laboratory and a setting that have the number 1, as the practice and a user have."""
    User.objects.filter(pk=cast.reviewer.user.pk).update(is_staff=True)
    Laboratory.objects.create(pk=1, practice=cast.practice, name="Prøvelab")
    ReviewSetting.objects.create(pk=1, practice=cast.practice)
    clients = {who: getattr(cast, who).client for who in sorted(MEMBERS)}
    return clients | {"signed_out": cast.signed_out}


def contents() -> dict[str, list[Any]]:
    """All rows of the record and of the accounts."""
    models = (model for app in APPS for model in apps.get_app_config(app).get_models())
    return {
        model.__name__: list(model._default_manager.order_by("pk").values_list())
        for model in models
    }


def answers(people: dict[str, Client], route: Route, *, undone: frozenset[str]) -> Iterator[Asked]:
    """``undone`` are the people whose requests are taken back."""
    for who, client in people.items():
        cookies = deepcopy(client.cookies)
        for method in METHODS:
            with transaction.atomic():
                answer = getattr(client, method)(route.path)
                transaction.set_rollback(who in undone)
            client.cookies = deepcopy(cookies)
            yield Asked(route, who, method, answer.status_code)


def outside_the_record() -> dict[str, Route]:
    """The first one of each name."""
    found: dict[str, Route] = {}
    for route in routes():
        if not route.name.startswith("patients:"):
            found.setdefault(route.name, route)
    return found


def table() -> dict[str, frozenset[str]]:
    return {name: who for who, names in GETS_A_PAGE.items() for name in names.split()}


def test_every_address_is_in_the_table() -> None:
    assert set(table()) == set(outside_the_record())


def test_only_those_in_the_table_get_a_page_and_nobody_else_changes_anything(
    people: dict[str, Client],
) -> None:
    expected, got, before = table(), {}, contents()
    for name, route in outside_the_record().items():
        asked = list(answers(people, route, undone=expected[name]))
        assert {each.status for each in asked} <= REFUSED | {200}, route
        got[name] = frozenset(each.who for each in asked if each.status == 200)
    assert {name: who for name, who in got.items() if who != expected[name]} == {}
    assert contents() == before
