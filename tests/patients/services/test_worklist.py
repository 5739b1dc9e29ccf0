"""Removing a line, bringing it back, and contact attempts."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from b12site.accounts.models import Role
from b12site.audit.models import Entry
from patients.models import Channel, ContactAttempt, ContactOutcome, RemovalReason, WorkItem
from patients.services import work
from patients.services.worklist import (
    NotOnTheListError,
    contact_log,
    work_remove,
    work_restore,
)

from .. import builders as build

pytestmark = pytest.mark.django_db


def line() -> WorkItem:
    control = build.control(build.patient())
    work.put_control(control)
    return control.work


def remove(item: WorkItem, role: Role = Role.ASSISTANT) -> None:
    work_remove(
        actor=build.member(role),
        item=item,
        reason=RemovalReason.AGREED_LATER,
        text="Etter påske",
        today=build.TODAY,
    )
    item.refresh_from_db()


def test_a_removed_line_keeps_who_when_and_why() -> None:
    item = line()
    remove(item)
    assert item.removed_on == build.TODAY
    assert item.removed_by == build.member(Role.ASSISTANT).user
    assert (item.removed_reason, item.removed_text) == ("agreed_later", "Etter påske")


def test_removing_leaves_a_log_row() -> None:
    item = line()
    remove(item)
    entry = Entry.objects.get(action="work.removed")
    assert (entry.subject, entry.ground) == (item.patient_id, "Etter påske")
    assert entry.after == {"kind": "control", "due": "2026-06-02", "reason": "agreed_later"}


def test_a_line_cannot_be_removed_twice() -> None:
    item = line()
    remove(item)
    with pytest.raises(NotOnTheListError):
        remove(item)
    assert Entry.objects.filter(action="work.removed").count() == 1


def test_a_line_whose_work_is_done_cannot_be_removed() -> None:
    item = line()
    work.drop(control=item.control)
    with pytest.raises(NotOnTheListError):
        remove(item)


def test_a_line_is_brought_back() -> None:
    item = line()
    remove(item)
    work_restore(actor=build.member(), item=item)
    item.refresh_from_db()
    assert (item.removed_on, item.removed_by, item.removed_reason) == (None, None, "")
    assert Entry.objects.get(action="work.restored").before == {
        "removed_on": "2026-03-02",
        "reason": "agreed_later",
    }


def test_a_line_that_is_on_the_list_cannot_be_brought_back() -> None:
    with pytest.raises(NotOnTheListError):
        work_restore(actor=build.member(), item=line())


def test_a_removed_line_comes_back_when_its_days_change() -> None:
    item = line()
    remove(item)
    assert item.control is not None
    item.control.latest += timedelta(days=30)
    work.put_control(item.control)
    item.refresh_from_db()
    assert (item.removed_on, item.removed_text) == (None, "")


def test_a_removed_line_stays_away_while_its_days_stand() -> None:
    item = line()
    remove(item)
    assert item.control is not None
    work.put_control(item.control)
    item.refresh_from_db()
    assert item.removed_on == build.TODAY


def contact(item: WorkItem, role: Role = Role.ASSISTANT) -> ContactAttempt:
    return contact_log(
        actor=build.member(role),
        item=item,
        at=build.NOW,
        channel=Channel.TELEPHONE,
        outcome=ContactOutcome.MESSAGE_LEFT,
        note="Svarer ektefelle",
    )


def test_a_contact_attempt_belongs_to_the_patient_and_the_control() -> None:
    item = line()
    attempt = contact(item)
    assert (attempt.patient, attempt.control) == (item.patient, item.control)
    assert attempt.recorded_by == build.member(Role.ASSISTANT).user
    entry = Entry.objects.get(action="contact.logged")
    assert (entry.subject, entry.object_id) == (item.patient_id, attempt.pk)


@pytest.mark.parametrize("role", [Role.PRACTICE_ADMIN, Role.REVIEWER])
def test_only_clinicians_may(role: Role) -> None:
    refuses(line(), role)


def test_a_line_of_another_practice_is_refused() -> None:
    elsewhere = build.control(build.patient(build.practice("Nabobygda legekontor")))
    work.put_control(elsewhere)
    refuses(elsewhere.work, Role.DOCTOR)


def refuses(item: WorkItem, role: Role) -> None:
    with pytest.raises(PermissionDenied):
        remove(item, role)
    with pytest.raises(PermissionDenied):
        contact(item, role)
    with pytest.raises(PermissionDenied):
        work_restore(actor=build.member(role), item=item)
    assert not Entry.objects.exists()
