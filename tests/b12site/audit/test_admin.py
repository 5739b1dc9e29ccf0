"""The log in the administration."""

from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from b12site.accounts.models import User
from b12site.audit import admin
from b12site.audit.log import administered, changed, shown
from b12site.audit.models import Entry
from tests.cast import Cast

pytestmark = pytest.mark.django_db
LIST = "/admin/audit/entry/"


@pytest.fixture
def root(cast: Cast) -> Client:
    """Whoever runs the site, without a role anywhere."""
    user = User.objects.create_superuser("root@cast.example", name="Root Prøve")
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def correction(cast: Cast) -> Entry:
    with transaction.atomic():
        changed(
            actor=cast.doctor.actor, action="result.corrected", obj=cast.practice, subject=4711,
            before={"value": "14.3"}, after={"value": "143"}, ground="Her neighbour's tube",
        )  # fmt: skip
    return Entry.objects.get()


def page(client: Client, path: str = LIST) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def of(entry: Entry) -> str:
    return f"{LIST}{entry.pk}/change/"


def test_the_practices_administrator_sees_who_did_what_and_when(
    cast: Cast, correction: Entry, settings: Any
) -> None:
    settings.LANGUAGE_CODE = "en"
    for path in (LIST, of(correction)):
        text = page(cast.practice_admin.client, path)
        assert all(word in text for word in ("Ragna Prøvevik", "Result corrected", "4711"))


def test_and_nothing_of_what_stands_in_the_record(cast: Cast, correction: Entry) -> None:
    for path in (LIST, of(correction)):
        text = page(cast.practice_admin.client, path)
        assert not any(word in text for word in ("14.3", "143", "neighbour", correction.seal))


def test_nothing_of_another_practice(cast: Cast, correction: Entry) -> None:
    with transaction.atomic():
        changed(actor=cast.stranger.actor, action="elsewhere.done", obj=cast.other_practice)
    theirs = Entry.objects.latest("pk")
    assert "Oda Prøvedal" not in page(cast.practice_admin.client)
    answer = cast.practice_admin.client.get(of(theirs), follow=True)
    assert "elsewhere.done" not in answer.content.decode()


def test_whoever_runs_the_site_sees_the_whole_row(root: Client, correction: Entry) -> None:
    text = page(root, of(correction))
    assert all(word in text for word in ("14.3", "143", "neighbour", correction.seal, "4711"))
    assert "Ragna Prøvevik" in page(root)


def test_and_is_logged_as_somebody_who_looked_into_the_record(
    root: Client, cast: Cast, correction: Entry
) -> None:
    page(root, of(correction))
    row = Entry.objects.latest("pk")
    assert (row.actor.email, row.action, row.subject) == ("root@cast.example", "shown.log", 4711)
    assert (row.object_type, row.object_id, row.practice) == (
        "audit.entry", correction.pk, cast.practice,
    )  # fmt: skip


def test_a_row_of_no_practice_can_be_read(root: Client, cast: Cast) -> None:
    with transaction.atomic():
        administered(user=cast.doctor.user, practice=None, action="user.added", obj=cast.practice)
    page(root, of(Entry.objects.get()))


def test_several_patients_are_listed_by_number(cast: Cast) -> None:
    shown(actor=cast.doctor.actor, action="shown.work_list", subjects=[4712, 4711])
    assert "4711, 4712" in page(cast.practice_admin.client, of(Entry.objects.get()))


@pytest.mark.parametrize("who", ["root", "practice_admin"])
def test_nobody_adds_changes_or_removes_a_row(
    root: Client, cast: Cast, correction: Entry, who: str
) -> None:
    client = root if who == "root" else cast.practice_admin.client
    data = {"ground": "nothing", "action": "delete_selected", "_selected_action": correction.pk}
    paths = (f"{LIST}add/", of(correction), f"{LIST}{correction.pk}/delete/")
    assert [client.post(path, data).status_code for path in paths] == [403, 403, 403]
    client.post(LIST, data)
    assert Entry.objects.get(pk=correction.pk).seal == correction.proper_seal()


@pytest.mark.parametrize("who", ["doctor", "assistant", "reviewer"])
def test_nobody_else_sees_it(cast: Cast, correction: Entry, who: str) -> None:
    member = getattr(cast, who)
    User.objects.filter(pk=member.user.pk).update(is_staff=True)
    for path in (LIST, of(correction)):
        assert member.client.get(path).status_code == 403
    assert cast.signed_out.get(LIST).status_code == 302


def listed(client: Client, **chosen: Any) -> list[str]:
    answer = client.get(LIST, chosen)
    assert answer.status_code == 200
    return [entry.action for entry in answer.context["cl"].result_list]


@pytest.fixture
def several(cast: Cast, correction: Entry) -> None:
    shown(actor=cast.colleague.actor, action="shown.record", subjects=[4712])
    shown(actor=cast.assistant.actor, action="shown.work_list", subjects=[4711, 4712])


@pytest.mark.parametrize(
    ("chosen", "actions"),
    [
        ({}, ["shown.work_list", "shown.record", "result.corrected"]),
        ({"kind": "read"}, ["shown.work_list", "shown.record"]),
        ({"kind": "changed"}, ["result.corrected"]),
        ({"q": "4711"}, ["shown.work_list", "result.corrected"]),
        ({"q": "9" * 30}, []),
        ({"q": "Prøvehaug"}, ["shown.record"]),
    ],
)
def test_it_can_be_narrowed(
    cast: Cast, several: None, chosen: dict[str, str], actions: list[str]
) -> None:
    assert listed(cast.practice_admin.client, **chosen) == actions


def test_only_whoever_runs_the_site_chooses_a_practice(
    root: Client, cast: Cast, several: None
) -> None:
    assert listed(root, practice__id__exact=cast.other_practice.pk) == []
    assert "practice__id__exact" not in page(cast.practice_admin.client)


def test_it_counts_no_further_than_it_lists(
    root: Client, several: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(admin, "MOST", 2)
    assert root.get(LIST).context["cl"].result_count == 2


def test_a_long_list_makes_no_more_queries(
    cast: Cast, several: None, django_assert_max_num_queries: Any
) -> None:
    for number in range(60):
        shown(actor=cast.colleague.actor, action="shown.record", subjects=[number])
    with django_assert_max_num_queries(12):
        page(cast.practice_admin.client)
