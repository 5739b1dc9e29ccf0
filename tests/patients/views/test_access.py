"""Who has read and changed a record, on its page and in the patient's letter."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse

from b12site.audit.log import shown
from b12site.audit.models import Entry
from patients.models import Letter, LetterKind, Patient
from patients.reading.access import PAGE
from patients.services import results
from tests.cast import Cast, Member
from tests.patients import builders, letter_builders
from tests.patients.builders import NOW, TODAY
from tests.patients.counting import counting

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    at(monkeypatch, NOW)


def at(monkeypatch: pytest.MonkeyPatch, now: datetime) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: now)


@pytest.fixture
def patient(cast: Cast) -> Patient:
    return builders.patient(cast.practice)


def look(who: Member, *patients: Patient, page: str = "record", **more: Any) -> None:
    subjects = [patient.pk for patient in patients]
    shown(actor=who.actor, action=f"shown.{page}", subjects=subjects, **more)


def rows(cast: Cast, patient: Patient, **chosen: Any) -> list[Any]:
    answer = cast.doctor.client.get(reverse("patients:access", args=[patient.pk]), chosen)
    assert answer.status_code == 200
    listed: list[Any] = answer.context["shown"]["rows"]
    return listed


def test_it_says_when_who_in_which_role_where_and_what(cast: Cast, patient: Patient) -> None:
    look(cast.assistant, patient, page="results")
    (row,) = rows(cast, patient)
    assert (row.day, row.time) == ("2 Mar 2026", "10:00")
    assert (row.who, row.role, row.practice) == ("Unni Prøveli", "assistant", cast.practice.name)
    assert (row.kind, row.what, row.ground, row.elsewhere) == ("Read", "Results", "", False)


def test_a_change_stands_beside_with_its_reason(cast: Cast, patient: Patient) -> None:
    result = builders.result(patient)
    results.result_withdraw(actor=cast.doctor.actor, result=result, reason="Wrong tube", now=NOW)
    (row,) = rows(cast, patient)
    assert (row.kind, row.what, row.ground) == ("Changed", "Result withdrawn", "Wrong tube")


def test_lists_with_several_patients_count(cast: Cast, patient: Patient) -> None:
    other = builders.patient(cast.practice)
    look(cast.assistant, patient, other, page="work_list")
    look(cast.assistant, other)
    assert [row.what for row in rows(cast, patient)] == ["On the work list"]


def test_looking_at_the_page_stands_on_it_the_next_time(cast: Cast, patient: Patient) -> None:
    assert rows(cast, patient) == []
    assert [(row.who, row.what) for row in rows(cast, patient)] == [
        ("Ragna Prøvevik", "Who has read the record")
    ]


def test_whoever_read_from_another_practice_is_marked_with_the_reason(
    cast: Cast, patient: Patient
) -> None:
    actor = replace(cast.stranger.actor, beyond=frozenset({patient.pk}), ground="Found unconscious")
    shown(actor=actor, action="shown.record", subjects=[patient.pk])
    (row,) = rows(cast, patient)
    assert (row.practice, row.ground, row.elsewhere) == (
        cast.other_practice.name, "Found unconscious", True,
    )  # fmt: skip


def test_the_same_again_and_again_is_told_once(
    cast: Cast, patient: Patient, monkeypatch: pytest.MonkeyPatch
) -> None:
    for minute in range(5):
        at(monkeypatch, NOW + timedelta(minutes=minute))
        look(cast.assistant, patient, page="assessment")
    look(cast.colleague, patient)
    read = [(row.who, row.time, row.times) for row in rows(cast, patient)]
    assert read == [("Torolv Prøvehaug", "10:04", ""), ("Unni Prøveli", "10:00–10:04", "5 times")]


def test_it_can_be_narrowed_to_a_person(cast: Cast, patient: Patient) -> None:
    look(cast.assistant, patient)
    look(cast.colleague, patient)
    only = rows(cast, patient, person=cast.colleague.user.pk)
    assert [row.who for row in only] == ["Torolv Prøvehaug"]


@pytest.mark.parametrize(
    ("first", "last", "days"),
    [("", "", 3), ("2026-03-02", "", 2), ("", "2026-03-02", 2), ("2026-03-02", "2026-03-02", 1)],
)
def test_it_can_be_narrowed_to_days(
    cast: Cast, patient: Patient, monkeypatch: pytest.MonkeyPatch,
    first: str, last: str, days: int,
) -> None:  # fmt: skip
    """The days are those of the office: an hour before midnight in Greenwich is the next day."""
    for hours in (-11, 10, 15):
        at(monkeypatch, NOW + timedelta(hours=hours))
        look(cast.assistant, patient)
    at(monkeypatch, NOW)
    assert len(rows(cast, patient, first=first, last=last)) == days


def test_it_can_be_narrowed_to_reading_or_changing(cast: Cast, patient: Patient) -> None:
    look(cast.assistant, patient)
    result = builders.result(patient)
    results.result_withdraw(actor=cast.doctor.actor, result=result, reason="Wrong tube", now=NOW)
    assert [row.what for row in rows(cast, patient, what="changed")] == ["Result withdrawn"]
    assert "Result withdrawn" not in [row.what for row in rows(cast, patient, what="read")]


@pytest.mark.parametrize(
    ("chosen", "fault"),
    [
        ({"first": "2026-03-02", "last": "2026-03-01"}, "The last day lies before the first one."),
        ({"first": "yesterday"}, "Enter a valid date."),
        ({"person": "987654"}, "Select a valid choice."),
        ({"what": "none"}, "Select a valid choice."),
        ({"after": "x"}, "Enter a valid value."),
    ],
)
def test_what_cannot_be_chosen_is_said(
    cast: Cast, patient: Patient, chosen: dict[str, str], fault: str
) -> None:
    answer = cast.doctor.client.get(reverse("patients:access", args=[patient.pk]), chosen)
    assert fault in answer.content.decode()
    assert answer.context["shown"] is None


def test_it_is_read_page_by_page(cast: Cast, patient: Patient) -> None:
    for _row in range(PAGE):
        look(cast.assistant, patient, page="record")
        look(cast.colleague, patient, page="record")
    url = reverse("patients:access", args=[patient.pk])
    first = cast.doctor.client.get(url, {"what": "read"}).context["shown"]
    assert (len(first["rows"]), first["is_first"]) == (PAGE, True)
    following = cast.doctor.client.get(f"{url}?{first['query']}&after={first['older']}")
    second = following.context["shown"]
    assert (len(second["rows"]), second["older"], second["is_first"]) == (PAGE, None, False)


@pytest.mark.parametrize("count", [10, 500])
def test_it_makes_few_queries(cast: Cast, patient: Patient, count: int) -> None:
    other = builders.patient(cast.practice)
    for _row in range(count):
        look(cast.assistant, patient, other)
    with counting(9):
        rows(cast, patient)


def test_whoever_may_not_see_the_record_does_not_see_who_read_it(
    cast: Cast, patient: Patient
) -> None:
    url = reverse("patients:access", args=[patient.pk])
    for member in (cast.practice_admin, cast.reviewer):
        assert member.client.get(url).status_code == 403
    assert cast.stranger.client.get(url).status_code == 404
    assert cast.signed_out.get(url).status_code == 302
    assert cast.doctor.client.post(url).status_code == 405


def test_the_record_leads_to_it(cast: Cast, patient: Patient) -> None:
    record = cast.doctor.client.get(reverse("patients:record", args=[patient.pk]))
    assert reverse("patients:access", args=[patient.pk]) in record.content.decode()


# The letter


def order(cast: Cast, patient: Patient, **more: str) -> Any:
    data = {"kind": "access", "first": "2026-03-01", "last": "2026-03-02", "letter_language": "en"}
    url = reverse("patients:letter_new", args=[patient.pk])
    return cast.doctor.client.post(url, data | more)


def begun(cast: Cast, patient: Patient, **more: str) -> Letter:
    assert order(cast, patient, **more).status_code == 302
    return Letter.objects.get(patient=patient)


def table(cast: Cast, letter: Letter) -> Any:
    from patients.reading.letters_data import written

    return written(letter, author="Ragna Prøvevik", today=TODAY).context.sections[0].table


def test_the_letter_lists_who_opened_what_on_which_day(
    cast: Cast, patient: Patient, monkeypatch: pytest.MonkeyPatch
) -> None:
    for minutes, page in ((20, "record"), (11, "results"), (0, "trends")):
        at(monkeypatch, NOW - timedelta(minutes=minutes))
        look(cast.assistant, patient, page=page)
    assert table(cast, begun(cast, patient)).rows == (
        (
            "2 Mar 2026 09:40–09:49",
            "Unni Prøveli",
            f"assistant, {cast.practice.name}",
            "Overview of the record. Results.",
        ),
    )


def test_the_letter_is_about_the_days_that_were_chosen(
    cast: Cast, patient: Patient, monkeypatch: pytest.MonkeyPatch
) -> None:
    at(monkeypatch, NOW - timedelta(days=5))
    look(cast.assistant, patient)
    at(monkeypatch, NOW)
    letter = begun(cast, patient)
    assert letter.period == (date(2026, 3, 1), date(2026, 3, 2))
    assert table(cast, letter) is None


def test_the_letter_tells_no_reason_and_no_change(
    cast: Cast, patient: Patient, monkeypatch: pytest.MonkeyPatch
) -> None:
    actor = replace(
        cast.stranger.actor, beyond=frozenset({patient.pk}), ground="Brought by his brother Per"
    )
    shown(actor=actor, action="shown.record", subjects=[patient.pk])
    result = builders.result(patient)
    results.result_withdraw(actor=cast.doctor.actor, result=result, reason="Per's", now=NOW)
    at(monkeypatch, NOW + timedelta(minutes=1))
    ((_when, name, role, what),) = table(cast, begun(cast, patient)).rows
    assert (name, role) == ("Oda Prøvedal", f"doctor, {cast.other_practice.name}")
    assert what == "Overview of the record. In an emergency, without having asked first."


def test_looking_at_the_draft_does_not_change_it_so_that_it_can_be_issued(
    cast: Cast, patient: Patient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("patients.views.letters.printed", lambda _context: b"%PDF-1.7 a letter")
    look(cast.assistant, patient)
    at(monkeypatch, NOW + timedelta(minutes=1))
    letter, client = begun(cast, patient), cast.doctor.client
    url = reverse("patients:letter", args=[letter.pk])
    seen = client.get(url).context["seen"]
    client.get(reverse("patients:letter_pdf", args=[letter.pk]))
    client.post(url, {"letter_language": "en", "free_text": "", "seen": seen, "issue": "1"})
    letter.refresh_from_db()
    assert (letter.state, letter.is_unchanged(), letter.period) == ("issued", True, None)
    assert letter.context
    assert "Unni Prøveli" in str(letter.context["sections"])


@pytest.mark.parametrize(
    ("typed", "field", "fault"),
    [
        ({"first": ""}, "first", "Choose the day."),
        ({"last": "soon"}, "last", "Enter a valid date."),
        ({"last": "2026-02-28"}, "last", "The last day lies before the first one."),
        ({"last": "2026-03-03"}, "last", "The day lies in the future. Choose today at the latest."),
    ],
)
def test_days_that_cannot_be_are_refused(
    cast: Cast, patient: Patient, typed: dict[str, str], field: str, fault: str
) -> None:
    answer = order(cast, patient, **typed)
    assert answer.context["form"].errors[field] == [fault]
    assert not Letter.objects.exists()


def test_the_last_year_is_proposed(cast: Cast, patient: Patient) -> None:
    page = cast.doctor.client.get(reverse("patients:letter_new", args=[patient.pk]))
    form = page.context["form"]
    assert (form["first"].value(), form["last"].value()) == (date(2025, 3, 2), TODAY)


def test_a_draft_without_days_says_what_to_do(cast: Cast, patient: Patient) -> None:
    letter = letter_builders.draft(cast.doctor.actor, patient, LetterKind.ACCESS)
    page = cast.doctor.client.get(reverse("patients:letter", args=[letter.pk]))
    assert "write a new letter" in page.context["problem"]


def test_writing_the_letter_is_logged_as_a_change(cast: Cast, patient: Patient) -> None:
    begun(cast, patient)
    assert Entry.objects.filter(action="letter.drafted", subject=patient.pk).count() == 1
