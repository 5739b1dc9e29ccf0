"""The pages of the work list, for whom they are and for whom not."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from b12site.accounts.models import Practice
from patients.models import ContactAttempt, Patient, Seriousness, WorkItem
from patients.services import work
from tests.cast import Cast

from .. import builders as build

LIST = reverse("patients:worklist")
CSV = reverse("patients:worklist_csv")
pytestmark = pytest.mark.django_db


def line(of: Patient, *, due: int = -3, **fields: Any) -> WorkItem:
    """A control's line, due so many days from today."""
    today = timezone.localdate()
    control = build.control(
        of,
        earliest=today - timedelta(days=30),
        latest=today + timedelta(days=due),
        **fields,
    )
    work.put_control(control)
    return control.work


@pytest.fixture
def item(cast: Cast) -> WorkItem:
    return line(build.patient(cast.practice, telephone="99 99 99 99"))


def text(client: Client, url: str = LIST, **choice: str) -> str:
    response = client.get(url, choice)
    assert response.status_code == 200
    return response.content.decode()


def address(name: str, pk: int) -> str:
    return reverse(f"patients:{name}", args=(pk,))


# The list


@pytest.mark.parametrize("who", ["doctor", "assistant"])
def test_a_clinician_sees_the_line(cast: Cast, item: WorkItem, who: str) -> None:
    shown = text(getattr(cast, who).client)
    assert "Åse Prøvesen" in shown
    assert "3 dager over" in shown or "3 days overdue" in shown
    assert address("control", item.control_id or 0) in shown


def test_it_never_shows_an_identity_number(cast: Cast) -> None:
    line(build.patient(cast.practice, national_identity_number="04856200030"))
    assert "04856200030" not in text(cast.doctor.client)
    assert "04856200030" not in file(cast.doctor.client)


def test_it_says_when_nothing_waits(cast: Cast) -> None:
    response = cast.doctor.client.get(LIST)
    assert response.context["shown"]["empty"]
    assert response.context["shown"]["lines"] == []


def test_a_choice_that_does_not_exist_is_answered_with_a_sentence(cast: Cast) -> None:
    response = cast.doctor.client.get(LIST, {"kind": "coffee"})
    assert response.status_code == 200
    assert response.context["form"].errors["kind"]
    assert response.context["shown"] is None


@pytest.mark.parametrize("mark", ["x", "3.2026-02-30.1", "0.2026-03-02." + "9" * 30])
def test_a_mark_that_nobody_wrote_is_not_found(cast: Cast, mark: str) -> None:
    assert cast.doctor.client.get(LIST, {"after": mark}).status_code == 404


def test_the_next_page_keeps_the_choice(cast: Cast) -> None:
    of = build.patient(cast.practice)
    for _n in range(26):
        line(of)
    page = cast.doctor.client.get(LIST, {"kind": "control"})
    assert len(page.context["shown"]["lines"]) == 25
    after = str(page.context["shown"]["page"].after)
    assert f"?kind=control&amp;after={after}" in page.content.decode()
    assert len(cast.doctor.client.get(LIST, {"after": after}).context["shown"]["lines"]) == 1


def crowd(practice: Practice, count: int) -> None:
    """Patients with all kinds of work, an ongoing course and contact attempts."""
    today, now = timezone.localdate(), timezone.now()
    for n in range(count):
        of = build.patient(practice)
        course = build.course(of, neurological=n % 2 == 0)
        if n % 3 == 0:
            work.put_injection(course, today, today)
        elif n % 3 == 1:
            line(of, course=course)
        else:
            work.put_draft(build.draft(of, as_of=today), Seriousness.ORDINARY)
        ContactAttempt.objects.create(
            patient=of, at=now, channel="letter", outcome="booked", recorded_by=build.user()
        )


@pytest.mark.parametrize("count", [10, 1000])
def test_it_makes_few_queries_however_long_the_list(
    cast: Cast, count: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    crowd(cast.practice, count)
    page = None
    for choice in ({}, {"contacted": "yes", "show": "coming"}):
        with django_assert_max_num_queries(12):
            page = cast.doctor.client.get(LIST, choice).context["shown"]["page"]
        assert len(page.items) == min(count, 25)
    if page and page.after:
        with django_assert_max_num_queries(12):
            cast.doctor.client.get(LIST, {"after": str(page.after)})


# The file


def file(client: Client, **choice: str) -> str:
    response = client.get(CSV, choice)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("language", ["nb"])
def test_the_file_opens_in_a_norwegian_spreadsheet(cast: Cast, item: WorkItem) -> None:
    written = file(cast.doctor.client)
    head, row = written.removesuffix("\r\n").split("\r\n")
    assert head.startswith("\ufeff")
    assert head.count(";") == row.count(";") == 11
    assert ";Åse Prøvesen;04.05.1962;" in row


def test_the_file_follows_the_choice(cast: Cast, item: WorkItem) -> None:
    assert "Åse" not in file(cast.doctor.client, kind="draft")


def test_a_name_that_looks_like_a_formula_is_text_in_the_file(cast: Cast) -> None:
    line(build.patient(cast.practice, given_name="=HYPERLINK(1)"))
    assert ";'=HYPERLINK(1) Prøvesen;" in file(cast.doctor.client)


def test_the_file_is_in_the_language_of_the_page(cast: Cast, item: WorkItem) -> None:
    cast.doctor.client.cookies["b12_language"] = "en"
    assert "Seriousness;Patient" in file(cast.doctor.client)


def test_the_file_says_where_it_ends(
    cast: Cast, item: WorkItem, monkeypatch: pytest.MonkeyPatch
) -> None:
    line(item.patient)
    monkeypatch.setattr("patients.reading.worklist.CSV_LIMIT", 1)
    monkeypatch.setattr("patients.presenters.worklist_file.CSV_LIMIT", 1)
    cast.doctor.client.cookies["b12_language"] = "en"
    last = file(cast.doctor.client).splitlines()[-1]
    assert last == "The file ends here after 1 line. Choose fewer lines to get the rest."


def test_a_file_of_an_unknown_choice_is_not_found(cast: Cast) -> None:
    assert cast.doctor.client.get(CSV, {"kind": "coffee"}).status_code == 404


@pytest.mark.parametrize("count", [10, 1000])
def test_the_file_makes_few_queries(
    cast: Cast, count: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    crowd(cast.practice, count)
    with django_assert_max_num_queries(12):
        assert file(cast.doctor.client).count("\r\n") == count + 1


# Removing and restoring


def test_a_line_is_removed_and_brought_back(cast: Cast, item: WorkItem) -> None:
    url = f"{address('work_remove', item.pk)}?kind=control"
    assert "3" in text(cast.assistant.client, url)
    answer = cast.assistant.client.post(url, {"reason": "not_needed", "text": ""})
    assert answer["Location"] == f"{LIST}?kind=control"
    assert cast.assistant.client.get(LIST).context["shown"]["lines"] == []
    assert "Unni Prøveli" in text(cast.doctor.client, show="removed")
    cast.doctor.client.post(address("work_restore", item.pk))
    assert len(cast.doctor.client.get(LIST).context["shown"]["lines"]) == 1


@pytest.mark.parametrize(
    ("sent", "field"),
    [({}, "reason"), ({"reason": "bored"}, "reason"), ({"reason": "other", "text": " "}, "text")],
)
def test_a_removal_without_a_reason_is_refused(
    cast: Cast, item: WorkItem, sent: dict[str, str], field: str
) -> None:
    response = cast.doctor.client.post(address("work_remove", item.pk), sent)
    assert response.context["form"].errors[field]
    item.refresh_from_db()
    assert item.removed_on is None


def test_what_was_typed_stays_when_the_reason_is_missing(cast: Cast, item: WorkItem) -> None:
    response = cast.doctor.client.post(address("work_remove", item.pk), {"text": "Ringer selv"})
    assert "Ringer selv" in response.content.decode()


@pytest.mark.parametrize("name", ["work_remove", "work_restore"])
def test_the_second_of_two_is_told_and_changes_nothing(
    cast: Cast, item: WorkItem, name: str
) -> None:
    sent = {"reason": "not_needed", "text": ""}
    cast.colleague.client.post(address("work_remove", item.pk), sent)
    if name == "work_restore":
        cast.colleague.client.post(address("work_restore", item.pk))
    response = cast.doctor.client.post(address(name, item.pk), sent, follow=True)
    assert [message.level_tag for message in response.context["messages"]] == ["info"]


# Contact


SENT = {"channel": "telephone", "outcome": "not_reached", "note": ""}


def now(**ago: int) -> str:
    return timezone.localtime(timezone.now() - timedelta(**ago)).strftime("%Y-%m-%dT%H:%M")


def test_a_contact_attempt_shows_on_the_line(cast: Cast, item: WorkItem) -> None:
    url = address("contact_new", item.pk)
    assert "99 99 99 99" in text(cast.assistant.client, url)
    answer = cast.assistant.client.post(url, SENT | {"at": now(minutes=5)})
    assert answer.status_code == 302
    (shown,) = cast.doctor.client.get(LIST).context["shown"]["lines"]
    assert shown.contact
    assert "Unni Prøveli" in text(cast.doctor.client, url)


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"at": ""}, "at"),
        ({"at": "in the morning"}, "at"),
        ({"at": "2020-01-01T09:00"}, "at"),
        ({"at": "2999-01-01T09:00"}, "at"),
        ({"channel": "pigeon"}, "channel"),
        ({"outcome": ""}, "outcome"),
        ({"outcome": "letter_sent"}, "channel"),
        ({"note": "x" * 201}, "note"),
    ],
)
def test_a_contact_attempt_that_cannot_be_is_refused(
    cast: Cast, item: WorkItem, sent: dict[str, str], field: str
) -> None:
    whole = SENT | {"at": now(minutes=5), "note": "Prøvde to ganger"} | sent
    response = cast.doctor.client.post(address("contact_new", item.pk), whole)
    assert list(response.context["form"].errors) == [field]
    assert whole["note"] in response.content.decode()
    assert not ContactAttempt.objects.exists()


@pytest.mark.parametrize("attempts", [2, 3])
def test_after_three_attempts_it_suggests_that_the_patient_is_lost(
    cast: Cast, attempts: int
) -> None:
    of = build.patient(cast.practice)
    course = build.course(of)
    item = line(of, course=course)
    for _n in range(attempts):
        sent = SENT | {"at": now(minutes=5)}
        cast.doctor.client.post(address("contact_new", item.pk), sent)
    assert (address("course_lost", course.pk) in text(cast.doctor.client)) == (attempts == 3)


def test_a_lost_patient_is_marked_and_can_be_found(cast: Cast) -> None:
    of = build.patient(cast.practice)
    course = build.course(of, lost_since=build.TODAY)
    line(of, course=course)
    (shown,) = cast.doctor.client.get(LIST).context["shown"]["lines"]
    assert shown.lost
    assert address("course_found", course.pk) in text(cast.doctor.client)


# Refusals


PAGES = ("worklist", "worklist_csv")
ACTS = ("work_remove", "work_restore", "contact_new")


def every(pk: int) -> list[str]:
    return [reverse(f"patients:{name}") for name in PAGES] + [address(n, pk) for n in ACTS]


def test_it_is_closed_to_who_is_not_a_clinician(cast: Cast, item: WorkItem) -> None:
    for member in (cast.practice_admin, cast.reviewer):
        assert [member.client.get(url).status_code for url in every(item.pk)] == [403] * 5
        assert [member.client.post(url).status_code for url in every(item.pk)] == [403] * 5


def test_the_signed_out_are_sent_to_sign_in(cast: Cast, item: WorkItem) -> None:
    for url in every(item.pk):
        response = cast.signed_out.get(url)
        assert response.status_code == 302
        assert f"next={url}" in response["Location"]


def test_another_practice_finds_nothing(cast: Cast, item: WorkItem) -> None:
    assert "Prøvesen" not in text(cast.stranger.client)
    assert "Prøvesen" not in file(cast.stranger.client)
    for name in ACTS:
        sent = SENT | {"at": now(minutes=1), "reason": "not_needed", "text": ""}
        assert cast.stranger.client.post(address(name, item.pk), sent).status_code == 404
    assert not ContactAttempt.objects.exists()


def test_a_line_that_is_not_there_is_not_found(cast: Cast) -> None:
    for pk in (1, 10**30):
        assert [cast.doctor.client.post(address(n, pk)).status_code for n in ACTS] == [404] * 3
    assert cast.doctor.client.get("/worklist/x/remove/").status_code == 404


def test_the_wrong_method_is_refused(cast: Cast, item: WorkItem) -> None:
    posts = [cast.doctor.client.post(reverse(f"patients:{name}")).status_code for name in PAGES]
    assert posts == [405, 405]
    assert cast.doctor.client.get(address("work_restore", item.pk)).status_code == 405
    assert cast.doctor.client.put(address("work_remove", item.pk)).status_code == 405
    assert cast.doctor.client.put(address("contact_new", item.pk)).status_code == 405
