"""Whoever is shown a patient's data stands in the log: one row for each answer, before it is given.

The names of the stage's patients are looked for in what each address answers. So an address that
shows somebody without saying so fails here, whether or not it has a row in ``SHOWS``.
"""

from collections.abc import Mapping
from typing import Any

import pytest
from django.db import DatabaseError
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse

from b12site.audit.models import Entry
from patients.models import Patient
from patients.permissions import Action, clinical
from patients.showing import Page, ShowingRequest, shows
from tests.cast import Cast

from . import builders
from .builders import NOW
from .stage import CASE, SENT, Stage, staged
from .test_refusals import RULES, address, ask, names

pytestmark = pytest.mark.django_db

FILES = {"letter_pdf", "batch_pdf"}
"""Their letters are not text; whom they show is said below."""

SHOWS: Mapping[str, Page] = {
    "record": Page.RECORD,
    "access": Page.ACCESS,
    "patient_edit": Page.PERSON,
    "patient_status": Page.PERSON,
    "result_list": Page.RESULTS,
    "result_new": Page.RESULTS,
    "result_paste": Page.RESULTS,
    "result_correct": Page.RESULTS,
    "order_new": Page.ORDER,
    "order_cancel": Page.ORDER,
    "trends": Page.TRENDS,
    "assessment_new": Page.ASSESSMENT,
    "assessment": Page.ASSESSMENT,
    "assessment_sign": Page.ASSESSMENT,
    "assessment_discard": Page.ASSESSMENT,
    "assessment_correct": Page.ASSESSMENT,
    "course_start": Page.COURSE,
    "course": Page.COURSE,
    "course_change": Page.COURSE,
    "course_stop": Page.COURSE,
    "course_restart": Page.COURSE,
    "course_lost": Page.COURSE,
    "course_found": Page.COURSE,
    "injection_new": Page.INJECTION,
    "injection_correct": Page.INJECTION,
    "control": Page.CONTROL,
    "control_move": Page.CONTROL,
    "control_cancel": Page.CONTROL,
    "control_close": Page.CONTROL,
    "control_reopen": Page.CONTROL,
    "worklist": Page.WORK_LIST,
    "worklist_csv": Page.WORK_LIST_FILE,
    "work_remove": Page.WORK_LINE,
    "contact_new": Page.WORK_LINE,
    "letter_new": Page.LETTER,
    "letter": Page.LETTER,
    "letter_pdf": Page.LETTER_FILE,
    "letter_withdraw": Page.LETTER,
    "letter_send": Page.LETTER,
    "letter_batch": Page.LETTERS,
    "batch_pdf": Page.LETTERS_FILE,
    "review_list": Page.REVIEWS,
    "review_answer": Page.REVIEWS,
}
"""What is shown to whoever asks for the address. What is not here shows nobody then."""


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


@pytest.fixture
def stage(cast: Cast, clock: None) -> Stage:
    """With a name for each patient that stands nowhere else."""
    numbers = staged(cast)
    for patient in Patient.objects.all():
        patient.given_name = _name(patient.pk)
        patient.search_name = f"{patient.given_name} {patient.family_name}".lower()
        patient.save()
    return numbers


def _name(pk: int) -> str:
    return f"Qz{'abcdefghij'[pk % 10]}{'klmnopqrst'[pk // 10 % 10]}xw"


def named(answer: Any) -> set[int]:
    """The patients whose names stand in what was answered."""
    if answer["Content-Type"] == "application/pdf":
        return set()
    body = answer.content.decode()
    return {pk for pk in Patient.objects.values_list("pk", flat=True) if _name(pk) in body}


def about(entry: Entry) -> set[int]:
    several = set(entry.subjects.values_list("subject", flat=True))
    return several if entry.subject is None else {entry.subject}


def shown(after: int) -> list[Entry]:
    return list(Entry.objects.filter(pk__gt=after, action__startswith="shown.").order_by("pk"))


def last_row() -> int:
    return Entry.objects.order_by("-pk").values_list("pk", flat=True)[0]


def asked(cast: Cast, stage: Stage, name: str, method: str, data: Any = None) -> Any:
    """The answer, and the rows that were written for it."""
    before = last_row()
    answer = getattr(cast.doctor.client, method)(address(name, stage), data or {})
    return answer, shown(before)


def wrongly_logged(cast: Cast, stage: Stage, method: str) -> dict[str, Any]:
    """The addresses whose answer names others than the one row that was written for it."""
    wrong = {}
    for name in names():
        answer, rows = asked(cast, stage, name, method)
        whom = named(answer)
        if name in FILES and method == "get":
            whom = {stage["untreated patient"]}
        if [about(row) for row in rows] != ([whom] if whom else []):
            wrong[name] = (whom, [(row.action, about(row)) for row in rows])
    return wrong


# Every address


def test_each_answer_that_names_patients_is_one_row_about_these(cast: Cast, stage: Stage) -> None:
    assert wrongly_logged(cast, stage, "get") == {}


def test_so_is_each_form_that_comes_back_refused(cast: Cast, stage: Stage) -> None:
    assert wrongly_logged(cast, stage, "post") == {}


def test_an_address_that_showed_somebody_without_logging_would_be_found(
    cast: Cast, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Or else the two tests above would say nothing."""
    monkeypatch.setattr("patients.permissions.logged", lambda _request, answer: answer)
    assert set(wrongly_logged(cast, stage, "get")) == set(SHOWS)


def test_each_row_says_what_was_shown(cast: Cast, stage: Stage) -> None:
    actions = {name: asked(cast, stage, name, "get")[1] for name in names()}
    assert {name: rows[0].action for name, rows in actions.items() if rows} == SHOWS


def test_each_row_says_who_was_shown_it_in_which_role_and_where(cast: Cast, stage: Stage) -> None:
    (row,) = asked(cast, stage, "record", "get")[1]
    assert (row.actor, row.practice, row.roles) == (cast.doctor.user, cast.practice, "doctor")
    assert (row.object_type, row.object_id) == ("patients.patient", stage["patient"])
    assert (row.at, row.ground, row.before, row.after) == (NOW, "", None, None)


def test_a_page_about_one_thing_of_the_record_names_it(cast: Cast, stage: Stage) -> None:
    things = {
        "assessment": "draft",
        "course": "course",
        "control": "control",
        "letter": "draft letter",
        "letter_pdf": "issued letter",
        "letter_batch": "batch",
    }
    rows = {name: asked(cast, stage, name, "get")[1][0] for name in things}
    assert {name: row.object_id for name, row in rows.items()} == {
        name: stage[thing] for name, thing in things.items()
    }


def test_head_shows_nothing(cast: Cast, stage: Stage) -> None:
    assert {name for name in names() if asked(cast, stage, name, "head")[1]} == set()


def test_a_change_that_leads_on_shows_nothing(cast: Cast, stage: Stage) -> None:
    before = last_row()
    for name in ("patient_edit", "result_new", "control_move", "letter_send", "batch_send"):
        assert ask(cast.doctor.client, "POST", address(name, stage), name, stage).status_code == 302
    assert shown(before) == []


@pytest.mark.parametrize("who", ["practice_admin", "reviewer", "stranger"])
def test_whoever_is_refused_is_shown_nothing(cast: Cast, stage: Stage, who: str) -> None:
    before, client = last_row(), getattr(cast, who).client
    answers = [
        ask(client, method, address(name, stage), name, stage)
        for name in names()
        for method in ("GET", "POST")
        if RULES[name].of or name in SENT
    ]
    assert [named(answer) for answer in answers if named(answer)] == []
    assert shown(before) == []


# Parts of pages


def test_the_answer_alone_that_follows_a_draft_is_logged(cast: Cast, stage: Stage) -> None:
    before = last_row()
    answer = cast.doctor.client.post(
        address("assessment", stage), CASE | {"version": "1"}, headers={"HX-Request": "true"}
    )
    assert answer.status_code == 200
    assert [(row.action, about(row)) for row in shown(before)] == [
        (Page.ASSESSMENT, {stage["untreated patient"]})
    ]


def test_the_progress_of_a_batch_alone_names_nobody(cast: Cast, stage: Stage) -> None:
    before = last_row()
    path = address("letter_batch", stage)
    answer = cast.doctor.client.get(path, headers={"HX-Request": "true"})
    assert (named(answer), shown(before)) == (set(), [])


# Looking for somebody


def search(client: Client, text: str) -> list[Entry]:
    before = last_row()
    client.post(reverse("patients:search"), {"q": text})
    return shown(before)


def test_a_search_is_one_row_with_those_found_and_the_text_masked(cast: Cast, stage: Stage) -> None:
    (row,) = search(cast.doctor.client, "prøvesen 04.05.1962")
    assert row.action == Page.SEARCH
    assert about(row) == set(Patient.objects.values_list("pk", flat=True))
    assert row.details == {"searched": "name: p… (8 letters), born: 04.05., year hidden"}


def test_a_search_that_finds_one_is_about_that_one(cast: Cast, stage: Stage) -> None:
    (row,) = search(cast.doctor.client, _name(stage["patient"]))
    assert (row.subject, about(row)) == (stage["patient"], {stage["patient"]})


def test_a_search_that_finds_nobody_is_a_row_too(cast: Cast, stage: Stage, settings: Any) -> None:
    settings.B12_DEMO = True  # an invented number
    (row,) = search(cast.doctor.client, "04856200073")
    assert (about(row), row.details) == (set(), {"searched": "number: 11 digits"})


def test_what_cannot_be_looked_for_is_no_row(cast: Cast, stage: Stage) -> None:
    assert search(cast.doctor.client, "99") == []
    assert search(cast.doctor.client, "") == []


def test_a_warning_of_a_similar_patient_shows_that_one(cast: Cast, stage: Stage) -> None:
    name = _name(stage["patient"])
    data = SENT["patient_new"](stage) | {"given_name": name, "birth_date": "04.05.1962"}
    answer, (row,) = asked(cast, stage, "patient_new", "post", data)
    assert row.action == Page.ALIKE
    assert about(row) == named(answer) >= {stage["patient"]}


def test_choosing_a_patient_for_the_open_page_shows_those_found(cast: Cast, stage: Stage) -> None:
    data = CASE | {"q": _name(stage["patient"])}
    answer, (row,) = asked(cast, stage, "assessment_from_open_page", "post", data)
    assert (row.action, about(row)) == (Page.CHOICE, named(answer))
    assert row.details == {"searched": "name: Q… (6 letters)"}


# When it cannot be logged


def test_a_page_that_cannot_be_logged_is_not_shown(
    cast: Cast, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(**_row: Any) -> None:
        raise DatabaseError("the disk is full")

    monkeypatch.setattr("patients.showing.log.shown", fail)
    answers = {name: cast.doctor.client.get(address(name, stage)) for name in SHOWS}
    assert {name for name, answer in answers.items() if answer.status_code != 500} == set()
    assert {name for name, answer in answers.items() if named(answer)} == set()
    assert "could not be written" in answers["letter_pdf"].content.decode()


def test_a_view_that_has_not_declared_it_cannot_show_anybody(cast: Cast) -> None:
    patient = builders.patient(cast.practice)

    @clinical(Action.SEE_RECORD)
    def undeclared(request: ShowingRequest) -> HttpResponse:
        shows(request, [patient.pk])
        return HttpResponse(patient.name)

    request = RequestFactory().get("/")
    request.user, request.session = cast.doctor.user, {}  # type: ignore[assignment]
    with pytest.raises(RuntimeError, match="says so"):
        undeclared(request)
