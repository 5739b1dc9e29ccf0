"""The timeline: each kind of thing that happened, newest first, page by page, in two queries."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from patients.models import (
    Assessment,
    ContactAttempt,
    Control,
    ControlEvent,
    CourseEvent,
    Injection,
    Patient,
    TestOrder,
)
from patients.reading.timeline import PAGE, Kind, Row, timeline_of
from patients.services.letters import letter_withdraw

from .. import builders as build
from .. import letter_builders as letters
from ..builders import NOW, TODAY

pytestmark = pytest.mark.django_db
LATE = datetime(2026, 3, 1, 23, 30, tzinfo=UTC)  # in Oslo already the day after


def rows(of: Patient) -> list[Row]:
    return list(timeline_of(of, 0).rows)


def signed(of: Patient, **fields: Any) -> Assessment:
    values = {"state": "signed", "signed_at": NOW, "signed_by": build.user()}
    values |= {"case": {}, "result": {}, "conclusion": "possible_b12_deficiency"}
    return build.draft(of, **(values | fields))


def control_event(control: Control, kind: str, **fields: Any) -> ControlEvent:
    window = {"earliest": control.earliest, "latest": control.latest}
    by = {"recorded_at": NOW, "recorded_by": build.user()}
    return ControlEvent.objects.create(control=control, kind=kind, **(window | by | fields))


def test_a_new_patient_has_an_empty_timeline() -> None:
    timeline = timeline_of(build.patient(), 0)
    assert (timeline.rows, timeline.results, timeline.older) == ([], {}, None)


def test_a_signed_assessment_stands_there_and_a_draft_does_not() -> None:
    own = build.patient()
    build.draft(own)
    one = signed(own)
    (row,) = rows(own)
    assert (row.day, row.kind, row.to) == (TODAY, Kind.ASSESSMENT, one.pk)
    assert (row.code, row.reason, row.who) == ("possible_b12_deficiency", "", "Lege Testesen")


def test_a_correction_marks_the_old_one_when_it_is_signed() -> None:
    own = build.patient()
    old = signed(own)
    new = build.draft(own, corrects=old, correction_reason="Feil verdi")
    assert [row.reason for row in rows(own)] == [""]
    Assessment.objects.filter(pk=new.pk).update(
        state="signed", signed_at=NOW, signed_by=build.user(), case={}, result={}
    )
    found = {row.pk: (row.reason, row.text) for row in rows(own)}
    assert found == {old.pk: ("corrected", ""), new.pk: ("correction", "Feil verdi")}


def test_a_control_under_treatment_says_its_own_conclusion() -> None:
    own = build.patient()
    signed(own, monitoring="response_adequate", guideline_regimen="oral_2mg")
    signed(own, conclusion="", guideline_regimen="prophylaxis_oral_1mg")
    assert {row.detail for row in rows(own)} == {"response_adequate", "prophylaxis_oral_1mg"}


def test_it_shows_what_was_decided_about_a_course() -> None:
    own = build.patient()
    course = build.course(own)
    CourseEvent.objects.create(
        course=course,
        kind="started",
        on=TODAY,
        regimen="oral_2mg",
        text="Ønsker tabletter",
        recorded_at=NOW,
        recorded_by=build.user(),
    )
    (row,) = rows(own)
    assert (row.kind, row.to, row.code, row.detail) == (
        Kind.COURSE,
        course.pk,
        "started",
        "oral_2mg",
    )
    assert row.text == "Ønsker tabletter"


def test_it_shows_injections_that_count_on_the_local_day() -> None:
    own = build.patient()
    by = {"given_by": build.user(), "recorded_at": NOW, "recorded_by": build.user()}
    values = by | {"course": build.course(own), "given_at": LATE, "drug": "hydroxocobalamin"}
    wrong = Injection.objects.create(amount_mg="2", **values)
    Injection.objects.create(amount_mg="1", corrects=wrong, **values)
    Injection.objects.create(amount_mg="1", withdrawn=True, **values)
    (row,) = rows(own)
    assert (row.kind, row.day, row.detail) == (Kind.INJECTION, date(2026, 3, 2), "1")


def test_it_shows_what_happened_to_a_control_on_its_day() -> None:
    own = build.patient()
    control = build.control(own, state="done", closed_on=date(2026, 2, 1))
    control_event(control, "closed", recorded_at=LATE)
    control_event(control, "moved", recorded_at=LATE, reason="illness")
    moved, closed = rows(own)
    assert (closed.day, closed.code, closed.to) == (date(2026, 2, 1), "closed", control.pk)
    assert (moved.day, moved.until, moved.reason) == (date(2026, 3, 2), control.latest, "illness")
    assert moved.detail == '["total_b12", "haemoglobin"]'


def test_the_results_of_a_day_are_one_row() -> None:
    own = build.patient()
    old = build.result(own)
    build.result(own, value="150", corrects=old)
    build.result(own, "mma_umol_l", "0.31", withdrawn=True)
    build.result(own, "ferritin_ug_l", "12")
    build.result(own, sampled_on=date(2025, 1, 1))
    timeline = timeline_of(own, 0)
    assert [(row.kind, row.to) for row in timeline.rows] == [(Kind.RESULTS, own.pk)] * 2
    assert [one.original for one in timeline.results[TODAY]] == ["12", "150"]


def test_it_shows_orders_and_contacts() -> None:
    own = build.patient()
    TestOrder.objects.create(
        patient=own, tests=["mma"], ordered_on=TODAY, expected_by=TODAY, ordered_by=build.user()
    )
    ContactAttempt.objects.create(
        patient=own, at=LATE, channel="telephone", outcome="booked", recorded_by=build.user()
    )
    order, contact = rows(own)
    assert (order.kind, order.code, order.detail) == (Kind.ORDER, "open", '["mma"]')
    assert (contact.kind, contact.code, contact.detail) == (Kind.CONTACT, "telephone", "booked")


def test_it_shows_what_happened_to_a_letter_and_no_draft() -> None:
    own, actor = build.patient(), build.member()
    letters.draft(actor, own)
    letter = letters.issued(actor, own)
    by = {"recorded_at": NOW, "recorded_by": build.user()}
    letter.sendings.create(how="printed", on=TODAY, **by)
    letter.sendings.create(how="digital", on=TODAY + timedelta(days=1), **by)
    letter_withdraw(actor=actor, letter=letter, reason="Feil", now=NOW)
    found = [(row.day - TODAY, row.code, row.text) for row in rows(own)]
    assert {(row.kind, row.to, row.detail) for row in rows(own)} == {
        (Kind.LETTER, letter.pk, "referral")
    }
    assert found == [
        (timedelta(days=1), "sent digital", ""),
        (timedelta(0), "withdrawn", "Feil"),
        (timedelta(0), "sent printed", ""),
        (timedelta(0), "issued", "withdrawn"),
    ]


def test_a_letter_that_corrects_another_says_so() -> None:
    own, actor = build.patient(), build.member()
    letters.issued(actor, own, corrects=letters.issued(actor, own))
    assert [row.text for row in rows(own)] == ["correction", ""]


def test_nothing_of_another_patient_stands_there() -> None:
    own, other = build.patient(), build.patient(given_name="Bo")
    signed(other)
    build.result(other)
    control_event(build.control(other), "moved")
    letters.issued(build.member(), other)
    assert rows(own) == []


@pytest.mark.parametrize("number", [PAGE, PAGE + 1, 3 * PAGE])
def test_pages_follow_each_other_without_gap_or_repetition(number: int) -> None:
    own = build.patient()
    for back in range(number):
        build.result(own, sampled_on=TODAY - timedelta(days=back))
    seen: list[date] = []
    skip: int | None = 0
    while skip is not None:
        timeline = timeline_of(own, skip)
        seen += [row.day for row in timeline.rows]
        skip = timeline.older
    assert seen == [TODAY - timedelta(days=back) for back in range(number)]


def test_it_takes_two_queries(django_assert_num_queries: Any) -> None:
    own = build.patient()
    build.result(own)
    signed(own)
    with django_assert_num_queries(2):
        timeline_of(own, 0)
