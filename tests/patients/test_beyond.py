"""What an emergency access opens, address by address: everything that is only read, of one person,
with the banner above it and no way to change anything."""

import re
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import resolve, reverse

from b12site.audit.models import Entry
from patients.models import Assessment, Patient
from patients.permissions import Action
from patients.services.assessments import assessment_start
from tests.cast import Cast

from . import builders
from . import letter_builders as letters
from .builders import NOW, TODAY
from .emergencies import REASON, open_for
from .stage import CASE, Stage, staged
from .test_queries import MOST, VARIANTS, counted
from .test_refusals import METHODS, RULES, address, ask, contents, undone

pytestmark = pytest.mark.django_db

BANNER = "Emergency access, reading only"
OF_A_PRACTICE = {"search", "worklist", "worklist_csv", "letter_batch", "batch_pdf", "emergency"}
"""Read as well, but about no single patient: the reader's own."""
DRAFTS = {"assessment": "signed assessment", "letter": "issued letter"}
"""What stands in the address instead of the draft that the table of addresses names."""
WITHOUT_BANNER = {"letter_pdf"}
OPENED = ("patient", "untreated patient")
HARMLESS = {"account_logout", "set_language", "handout", "patients:emergency_end"}
"""What may be sent from a page that is only read. None of it changes the record."""


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


@pytest.fixture
def stage(cast: Cast, clock: None) -> Stage:
    """Both patients of the stage have something for every kind of page."""
    stage = staged(cast)
    return stage | {"other patient": builders.patient(cast.practice, given_name="Cecilie").pk}


@pytest.fixture
def guest(cast: Cast, stage: Stage) -> Client:
    """A doctor of another practice to whom the two patients of the stage are open."""
    open_for(cast.stranger, *(Patient.objects.get(pk=stage[name]) for name in OPENED))
    return cast.stranger.client


def where(name: str, stage: Stage) -> str:
    if name in DRAFTS:
        return reverse(f"patients:{name}", args=[stage[DRAFTS[name]]])
    return address(name, stage)


def is_read(name: str, method: str) -> bool:
    rule = RULES[name]
    return rule.action == Action.SEE_RECORD and method in {"GET", "HEAD"} & set(rule.methods)


def readable() -> list[str]:
    return [
        name
        for name in RULES
        if RULES[name].of and is_read(name, "GET") and RULES[name].of != "batch"
    ]


def pages(stage: Stage) -> Iterator[tuple[str, str]]:
    for name in readable():
        for variant in ("", *VARIANTS.get(name, ())):
            yield name, where(name, stage) + variant


def test_it_opens_what_is_read_and_refuses_what_changes(
    guest: Client, cast: Cast, stage: Stage
) -> None:
    got, promised = {}, {}
    for name in (name for name in RULES if RULES[name].of):
        for method in METHODS:
            opens = name in readable() and method in {"GET", "HEAD"}
            wrong = 405 if method not in RULES[name].methods else 404
            promised[name, method] = 200 if opens else wrong
            path = where(name, stage) if opens else address(name, stage)
            with undone():
                got[name, method] = ask(guest, method, path, name, stage).status_code
    assert {key: got[key] for key in got if got[key] != promised[key]} == {}


def test_nothing_in_the_record_changes_by_reading_or_trying(guest: Client, stage: Stage) -> None:
    before = contents()
    for name in (name for name in RULES if RULES[name].of):
        for path in {where(name, stage), address(name, stage)}:
            for method in METHODS:
                ask(guest, method, path, name, stage)
    after = contents()
    assert {table for table in after if after[table] != before[table]} <= {"Entry"}


def test_each_page_says_that_it_is_an_emergency_and_why(guest: Client, stage: Stage) -> None:
    without = []
    for name, path in pages(stage):
        if name not in WITHOUT_BANNER:
            page = guest.get(path).content.decode()
            texts = (BANNER, REASON, "Fjordgløtt legekontor", "End the emergency access")
            without += [(path, text) for text in texts if text not in page]
    assert without == []


def test_no_page_offers_what_would_be_refused(guest: Client, stage: Stage) -> None:
    """Every link on every page leads to something that is shown, every button changes nothing."""
    refused = set()
    for name, path in pages(stage):
        if name in WITHOUT_BANNER:
            continue
        page = guest.get(path).content.decode()
        for link in set(re.findall(r'href="(/(?!static/)[^"#]*)', page)):
            if guest.get(link.replace("&amp;", "&")).status_code not in {200, 302}:
                refused.add((path, link))
        for sent in set(re.findall(r'<form[^>]* method="post"[^>]*>', page)):
            action = re.search(r'action="([^"]*)"', sent)
            if resolve(action[1] if action else path).view_name not in HARMLESS:
                refused.add((path, sent))
    assert refused == set()


def test_every_showing_is_logged_with_its_ground(guest: Client, cast: Cast, stage: Stage) -> None:
    unlike = {}
    for _name, path in pages(stage):
        last = Entry.objects.latest("pk").pk
        guest.get(path)
        rows = [
            (row.ground, row.practice, row.subject) for row in Entry.objects.filter(pk__gt=last)
        ]
        opened = {stage[each] for each in OPENED}
        if (
            len(rows) != 1
            or rows[0][:2] != (REASON, cast.other_practice)
            or rows[0][2] not in opened
        ):
            unlike[path] = rows
    assert unlike == {}


def test_an_own_patient_is_shown_as_always_meanwhile(guest: Client, cast: Cast) -> None:
    own = builders.patient(cast.other_practice)
    page = guest.get(f"/patients/{own.pk}/").content.decode()
    assert BANNER not in page
    assert "New assessment" in page
    row = Entry.objects.latest("pk")
    assert (row.subject, row.ground) == (own.pk, "")


# What stays closed


def test_no_other_patient_of_the_practice_is_open(guest: Client, cast: Cast, stage: Stage) -> None:
    other = Patient.objects.get(pk=stage["other patient"])
    numbers = {
        "record": other.pk,
        "result_list": other.pk,
        "trends": other.pk,
        "course": stage["lost course"],
        "control": stage["ended control"],
        "letter": letters.issued(cast.doctor.actor, other).pk,
    }
    got = {
        name: guest.get(reverse(f"patients:{name}", args=[pk])).status_code
        for name, pk in numbers.items()
    }
    assert got == dict.fromkeys(numbers, 404)


def test_drafts_stay_closed_and_unseen(guest: Client, cast: Cast, stage: Stage) -> None:
    signed = Assessment.objects.get(pk=stage["signed assessment"])
    correction = assessment_start(
        actor=cast.doctor.actor,
        patient=signed.patient,
        form_data=CASE,
        as_of=TODAY,
        now=NOW,
        corrects=signed,
        correction_reason="Feil prøvedato",
    )
    drafts = {reverse("patients:assessment", args=[pk]) for pk in (stage["draft"], correction.pk)}
    drafts |= {
        reverse(f"patients:{name}", args=[stage["draft letter"]])
        for name in ("letter", "letter_pdf")
    }
    assert {guest.get(path).status_code for path in drafts} == {404}
    seen = {
        (path, draft)
        for _name, path in pages(stage)
        for draft in drafts
        if f'"{draft}"'.encode() in guest.get(path).content
    }
    assert seen == set()


def test_no_list_has_the_patient(guest: Client, stage: Stage) -> None:
    answers = [
        guest.get("/worklist/"),
        guest.get("/worklist/csv/?show=coming"),
        guest.post("/patients/", {"q": "prøvesen", "also_left": "on"}),
    ]
    found = [answer.content.decode() for answer in answers]
    assert [
        text for text in found if "Prøvesen" in text or f"/patients/{stage['patient']}/" in text
    ] == []


def test_a_control_or_result_of_somebody_else_is_not_reached_through_an_open_record(
    guest: Client, stage: Stage
) -> None:
    other = Patient.objects.get(pk=stage["other patient"])
    after = builders.result(other).pk
    assert guest.get(f"/patients/{stage['patient']}/results/?after={after}").status_code == 404


# What it costs


def test_only_who_has_opened_something_pays_for_it(cast: Cast, stage: Stage) -> None:
    own = builders.patient(cast.other_practice)
    path = f"/patients/{own.pk}/"
    counted(cast.stranger.client, "get", path)  # what is read once for all requests
    before = counted(cast.stranger.client, "get", path)
    open_for(cast.stranger, Patient.objects.get(pk=stage["patient"]))
    assert counted(cast.stranger.client, "get", path) == before + 1


def test_a_page_under_emergency_access_asks_no_more_than_any_other_may(
    guest: Client, stage: Stage
) -> None:
    """Though it asks whether the access still holds."""
    counts = {path: counted(guest, "get", path) for _name, path in pages(stage)}
    assert {path: count for path, count in counts.items() if count > MOST} == {}


def test_the_tables_above_name_what_there_is() -> None:
    about_nobody = {name for name in RULES if is_read(name, "GET") and name not in readable()}
    assert about_nobody <= OF_A_PRACTICE
    assert set(DRAFTS) | WITHOUT_BANNER <= set(readable())
