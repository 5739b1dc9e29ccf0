"""The pages of one letter."""

import logging
from collections.abc import Iterator
from decimal import Decimal
from hashlib import sha256
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from interpretation.guideline.quantity import Quantity
from patients.letters.render import PangoMissingError
from patients.models import Letter, LetterKind, Patient, Result
from patients.services import results
from patients.services.results import NewResult
from tests.cast import Cast

from .. import builders as build
from .. import letter_builders as letters

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def plain_letters(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("patients.reading.letters_data.builder", lambda _kind: letters.plain)
    monkeypatch.setattr("patients.letters.render.pdf", typeset)
    monkeypatch.setattr("django.utils.timezone.now", lambda: build.NOW)


def typeset(xhtml: str) -> bytes:
    return b"%PDF " + sha256(xhtml.encode()).hexdigest().encode()


@pytest.fixture
def patient(cast: Cast) -> Patient:
    return build.patient(cast.practice, national_identity_number="04856200030")


@pytest.fixture
def draft(cast: Cast, patient: Patient) -> Letter:
    """A referral, which needs no assessment."""
    return letters.draft(cast.doctor.actor, patient)


def url(name: str, letter: Letter) -> str:
    return reverse(f"patients:{name}", args=[letter.pk])


def page(client: Client, letter: Letter) -> Any:
    answer = client.get(url("letter", letter))
    assert answer.status_code == 200
    return answer


def typed(letter: Letter, **more: str) -> dict[str, str]:
    fields = {"letter_language": "nb", "specialty": letter.specialty, "free_text": "Hei"}
    return fields | more


def issue(client: Client, letter: Letter, **more: str) -> str:
    """Save, look, issue; the text of the page that follows."""
    client.post(url("letter", letter), typed(letter, **more))
    seen = page(client, letter).context["seen"]
    answer = client.post(
        url("letter", letter), typed(letter, **more) | {"seen": seen, "issue": "1"}, follow=True
    )
    return str(answer.content.decode())


# Begun


@pytest.mark.parametrize(
    ("kind", "fault"),
    [("result", "kind"), ("journal", "kind"), ("plan", "kind"), ("recall", "control"),
     ("referral", "specialty"), ("access", "first"), ("", "kind")],
)  # fmt: skip
def test_it_says_what_a_letter_is_missing(
    cast: Cast, patient: Patient, kind: str, fault: str
) -> None:
    new = reverse("patients:letter_new", args=[patient.pk])
    answer = cast.doctor.client.post(new, {"kind": kind, "letter_language": "nb"})
    assert answer.status_code == 200
    assert answer.context["form"].errors[fault]
    assert not Letter.objects.exists()


def test_the_patients_language_is_chosen_already(cast: Cast) -> None:
    of = build.patient(cast.practice, letter_language="nn")
    answer = cast.doctor.client.get(reverse("patients:letter_new", args=[of.pk]))
    assert answer.context["form"]["letter_language"].value() == "nn"


@pytest.mark.parametrize("number", ["x", "0", "9" * 30])
def test_an_assessment_that_is_not_there_is_not_found(
    cast: Cast, patient: Patient, number: str
) -> None:
    new = reverse("patients:letter_new", args=[patient.pk])
    assert cast.doctor.client.get(new, {"assessment": number}).status_code == 404


# Looked at


def test_the_preview_is_what_will_be_issued(cast: Cast, draft: Letter) -> None:
    client = cast.doctor.client
    client.post(url("letter", draft), typed(draft))
    preview = client.get(url("letter_pdf", draft))
    issue(client, draft)
    assert client.get(url("letter_pdf", draft)).content == preview.content
    assert Letter.objects.get().sha256 == sha256(preview.content).hexdigest()


def test_the_file_says_nothing_about_anybody_and_is_kept_by_nobody(
    cast: Cast, draft: Letter
) -> None:
    answer = cast.doctor.client.get(url("letter_pdf", draft))
    assert answer["Content-Disposition"] == f'inline; filename="brev-{draft.pk}.pdf"'
    assert answer["Content-Type"] == "application/pdf"
    assert "no-store" in answer["Cache-Control"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "SAMEORIGIN"


def test_looking_at_a_draft_stores_nothing(cast: Cast, draft: Letter) -> None:
    page(cast.doctor.client, draft)
    cast.doctor.client.get(url("letter_pdf", draft))
    assert Letter.objects.get().pdf is None


# Issued


def test_what_is_typed_when_issuing_is_saved_and_shown_first(cast: Cast, draft: Letter) -> None:
    client = cast.doctor.client
    seen = page(client, draft).context["seen"]
    sent = typed(draft, free_text="Noe nytt") | {"seen": seen, "issue": "1"}
    answer = client.post(url("letter", draft), sent, follow=True)
    assert "Look at it before you issue" in answer.content.decode()
    assert (Letter.objects.get().free_text, Letter.objects.get().state) == ("Noe nytt", "draft")


def test_it_is_issued_as_it_was_seen(cast: Cast, draft: Letter) -> None:
    assert "The letter was issued" in issue(cast.doctor.client, draft)
    assert Letter.objects.get().issued_by == cast.doctor.user


def test_an_assistant_sees_who_issues_it_and_cannot(cast: Cast, draft: Letter) -> None:
    client = cast.assistant.client
    answer = page(client, draft)
    assert "A doctor issues this letter" in answer.content.decode()
    sent = typed(draft, free_text="") | {"seen": answer.context["seen"], "issue": "1"}
    assert client.post(url("letter", draft), sent).status_code == 403
    assert Letter.objects.get().is_draft


def test_a_text_that_is_too_long_is_refused_and_kept(cast: Cast, draft: Letter) -> None:
    answer = cast.doctor.client.post(url("letter", draft), typed(draft, free_text="x" * 2001))
    assert answer.status_code == 200
    assert answer.context["form"].errors["free_text"]
    assert "x" * 2001 in answer.content.decode()


@pytest.fixture
def quiet() -> Iterator[None]:
    """A page with status 500 is an error in Django's log, as it should be."""
    logging.disable(logging.ERROR)
    yield
    logging.disable(logging.NOTSET)


@pytest.mark.usefixtures("quiet")
def test_bytes_that_were_changed_are_not_shown_and_the_page_says_so(
    cast: Cast, draft: Letter
) -> None:
    issue(cast.doctor.client, draft)
    Letter.objects.update(pdf=b"%PDF somebody else's")
    answer = cast.doctor.client.get(url("letter_pdf", draft))
    assert answer.status_code == 500
    assert "checksum does not fit" in answer.content.decode()
    assert "checksum does not fit" in page(cast.doctor.client, draft).content.decode()


def test_without_pango_the_page_says_what_to_install_and_the_draft_stays(
    cast: Cast, draft: Letter, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_pango(_xhtml: str) -> bytes:
        raise PangoMissingError("libpango-1.0-0")

    monkeypatch.setattr("patients.letters.render.pdf", no_pango)
    answer = cast.doctor.client.get(url("letter_pdf", draft))
    assert (answer.status_code, "apt-get install" in answer.content.decode()) == (503, True)
    assert "lacks the libraries" in issue(cast.doctor.client, draft)
    assert Letter.objects.get().is_draft


# Afterwards


def test_a_withdrawn_letter_is_still_shown_and_marked(cast: Cast, draft: Letter) -> None:
    client = cast.doctor.client
    issue(client, draft)
    client.post(url("letter_withdraw", draft), {"reason": "Feil pasient"})
    assert "Feil pasient" in page(client, draft).content.decode()
    assert client.get(url("letter_pdf", draft)).status_code == 200


@pytest.mark.parametrize("on", ["2026-03-03", "2026-03-01", "i dag"])
def test_it_is_not_sent_before_it_was_issued_nor_tomorrow(
    cast: Cast, draft: Letter, on: str
) -> None:
    issue(cast.doctor.client, draft)
    answer = cast.doctor.client.post(url("letter_send", draft), {"how": "printed", "on": on})
    assert answer.context["form"].errors["on"]


# Corrected


@pytest.fixture
def outdated(cast: Cast, patient: Patient) -> Letter:
    """A letter with a result that has been corrected since."""
    result = build.result(patient, value="143")
    letter = letters.issued(cast.doctor.actor, patient, result)
    correct(cast, result, "413")
    return letter


def correct(cast: Cast, result: Result, value: str) -> None:
    quantity = Quantity(Decimal(value), "pmol/L")
    entry = NewResult(
        code=result.code, quantity=quantity, finding="", original=value,
        sampled_on=result.sampled_on, laboratory=None, nlk_code="", lower_limit=None,
        upper_limit=None, limit_source="", source="typed", fasting=None,
    )  # fmt: skip
    results.result_correct(
        actor=cast.doctor.actor, result=result, entry=entry, reason="Skrivefeil", now=build.NOW
    )


def test_the_record_and_the_letter_offer_a_correction_letter(
    cast: Cast, outdated: Letter, patient: Patient
) -> None:
    client = cast.doctor.client
    shown = page(client, outdated)
    (change,) = shown.context["changes"]
    assert ("143" in change.before, "413" in change.now) == (True, True)
    record = client.get(reverse("patients:record", args=[patient.pk]))
    assert [row.outdated for row in record.context["letters"]] == [True]


def test_the_correction_says_what_changed_and_which_letter_it_corrects(
    cast: Cast, outdated: Letter, patient: Patient
) -> None:
    client = cast.doctor.client
    client.post(url("letter_correct", outdated))
    correction = Letter.objects.get(corrects=outdated)
    issue(client, correction)
    correction.refresh_from_db()
    first = (correction.context or {})["sections"][0]
    assert "02.03.2026" in first["paragraphs"][0]
    cells = first["table"]["rows"][0][1:]
    assert [cell.split()[0] for cell in cells] == ["143", "413"]
    assert not page(client, outdated).context["changes"]
    record = client.get(reverse("patients:record", args=[patient.pk]))
    assert [row.outdated for row in record.context["letters"]] == [False, False]


# Queries


def test_a_record_with_many_letters_makes_no_more_queries(
    cast: Cast, patient: Patient, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    counts = set()
    for _round in range(2):
        for _letter in range(5):
            letters.issued(cast.doctor.actor, patient)
        with CaptureQueriesContext(connection) as queries:
            cast.doctor.client.get(reverse("patients:record", args=[patient.pk]))
        counts.add(len(queries))
    assert len(counts) == 1
    assert counts.pop() <= 12


def test_the_pages_of_a_letter_make_few_queries(
    cast: Cast, outdated: Letter, draft: Letter, django_assert_max_num_queries: Any
) -> None:
    recall = letters.draft(
        cast.doctor.actor, draft.patient, LetterKind.RECALL, control=build.control(draft.patient)
    )
    for letter in (outdated, draft, recall):
        for name in ("letter", "letter_pdf"):
            with django_assert_max_num_queries(12):
                assert cast.doctor.client.get(url(name, letter)).status_code == 200
