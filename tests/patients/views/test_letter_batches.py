"""Recall letters ordered on the work list."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from patients.letters.render import PangoMissingError
from patients.models import (
    ContactAttempt,
    Control,
    Letter,
    LetterBatch,
)
from patients.services import work
from tests.cast import Cast

from .. import builders as build
from .. import letter_builders as letters

pytestmark = pytest.mark.django_db
NEW = reverse("patients:batch_new")
LIST = reverse("patients:worklist")


@pytest.fixture(autouse=True)
def plain_letters(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("patients.reading.letters_data.builder", lambda _kind: letters.plain)
    monkeypatch.setattr("patients.letters.render.pdf", lambda _xhtml: letters.PDF)


def control(cast: Cast, name: str = "Åse", days: int = 3, **fields: Any) -> Control:
    """Overdue by so many days, on the work list."""
    due = timezone.localdate() - timedelta(days=days)
    made = build.control(
        build.patient(cast.practice, given_name=name, **fields), earliest=due, latest=due
    )
    work.put_control(made)
    return made


def order(client: Client, *of: Control) -> LetterBatch:
    answer = client.post(NEW, {"control": [each.pk for each in of]})
    batch = LetterBatch.objects.latest("pk")
    assert answer["Location"] == reverse("patients:letter_batch", args=[batch.pk])
    return batch


def url(name: str, batch: LetterBatch) -> str:
    return reverse(f"patients:{name}", args=[batch.pk])


def text(client: Client, batch: LetterBatch) -> str:
    answer = client.get(url("letter_batch", batch))
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_the_work_list_has_a_box_for_each_control_and_for_nothing_else(cast: Cast) -> None:
    one = control(cast)
    work.put_injection(build.course(one.patient), one.earliest, one.latest)
    shown = cast.assistant.client.get(LIST).content.decode()
    assert shown.count('name="control"') == 1
    assert f'value="{one.pk}"' in shown


def test_the_letters_follow_the_order_of_the_boxes(cast: Cast) -> None:
    of = [control(cast, name) for name in ("Catrine", "Annelise", "Borghild")]
    batch = order(cast.assistant.client, *of)
    shown = text(cast.assistant.client, batch)
    assert "3 of 3 letters are made" in shown
    assert shown.index("Catrine") < shown.index("Annelise") < shown.index("Borghild")


def test_all_controls_of_the_choice_are_taken_in_the_order_of_the_list(cast: Cast) -> None:
    late, later = control(cast, days=3), control(cast, days=9)
    control(cast, days=-9)
    cast.assistant.client.post(f"{NEW}?show=overdue", {"all": "1"})
    lines = LetterBatch.objects.get().lines.order_by("position")
    assert [line.control for line in lines] == [later, late]


def test_nothing_ticked_is_answered_with_what_to_do(cast: Cast) -> None:
    answer = cast.assistant.client.post(f"{NEW}?kind=control", {}, follow=True)
    assert answer.redirect_chain == [(f"{LIST}?kind=control", 302)]
    assert "Tick the controls" in answer.content.decode()


@pytest.mark.parametrize("number", ["x", "0", "9" * 30, "-1"])
def test_a_control_that_is_not_there_is_not_found(cast: Cast, number: str) -> None:
    one = control(cast)
    answer = cast.assistant.client.post(NEW, {"control": [one.pk, number]})
    assert (answer.status_code, LetterBatch.objects.count()) == (404, 0)


def test_there_is_a_limit(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("patients.services.letter_batches.LONGEST_BATCH", 1)
    of = {"control": [control(cast).pk, control(cast).pk]}
    answer = cast.assistant.client.post(NEW, of, follow=True)
    assert "At most 1 letters" in answer.content.decode()


# Followed


def test_progress_comes_without_script_and_by_itself_with_it(cast: Cast) -> None:
    batch = letters.batch(cast.doctor.actor, control(cast), heard_at=timezone.now())
    shown = text(cast.doctor.client, batch)
    assert "Show again how far it is" in shown
    assert 'hx-trigger="every 2s"' in shown
    part = cast.doctor.client.get(url("letter_batch", batch), headers={"HX-Request": "true"})
    assert "<progress" in part.content.decode()
    assert "<html" not in part.content.decode()


def test_the_whole_page_is_asked_for_when_it_is_finished(cast: Cast) -> None:
    batch = order(cast.doctor.client, control(cast))
    part = cast.doctor.client.get(url("letter_batch", batch), headers={"HX-Request": "true"})
    assert part["HX-Refresh"] == "true"
    assert "every 2s" not in text(cast.doctor.client, batch)


def test_a_silent_batch_can_be_taken_up_again(cast: Cast) -> None:
    batch = letters.batch(cast.doctor.actor, control(cast))
    assert "Nobody has worked on these letters" in text(cast.doctor.client, batch)
    cast.doctor.client.post(url("batch_again", batch))
    assert "1 of 1 letters are made" in text(cast.doctor.client, batch)


def test_a_failed_letter_is_named_with_its_reason(cast: Cast) -> None:
    batch = order(
        cast.doctor.client, control(cast, "Bo", deceased_on=build.TODAY), control(cast, "Ane")
    )
    shown = text(cast.doctor.client, batch)
    assert "The patient has died or moved." in shown
    assert "1 could not be made" in shown
    assert "Try the missing letters again" in shown


def test_a_missing_address_is_pointed_out(cast: Cast) -> None:
    there = control(cast, address="Gata 1", postal_code="9000", city="Tromsø")
    batch = order(cast.doctor.client, there, control(cast))
    assert text(cast.doctor.client, batch).count("No address") == 1


def test_several_letters_to_one_patient_are_pointed_out(cast: Cast) -> None:
    one = control(cast)
    other = build.control(one.patient, tests=["gastroscopy"])
    shown = text(cast.doctor.client, order(cast.doctor.client, one, other, control(cast)))
    assert shown.count("One of several letters to this patient") == 2


def test_without_pango_it_says_what_to_install(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_pango(_xhtml: str) -> bytes:
        raise PangoMissingError("libpango-1.0-0")

    monkeypatch.setattr("patients.letters.render.pdf", no_pango)
    shown = text(cast.doctor.client, order(cast.doctor.client, control(cast)))
    assert "apt-get install libpango-1.0-0" in shown


# Printed and sent


@pytest.mark.parametrize(("sides", "pages"), [("", 3), ("2", 6)])
def test_one_file_holds_all_letters(cast: Cast, sides: str, pages: int) -> None:
    batch = order(cast.doctor.client, *(control(cast) for _n in range(3)))
    answer = cast.doctor.client.get(url("batch_pdf", batch), {"sides": sides})
    with pikepdf.open(BytesIO(answer.content)) as whole:
        assert len(whole.pages) == pages
    assert answer["Content-Disposition"] == f'inline; filename="innkalling-{batch.pk}.pdf"'
    assert "no-store" in answer["Cache-Control"]


def test_one_changed_letter_spoils_the_file_and_is_named(cast: Cast) -> None:
    batch = order(cast.doctor.client, control(cast), control(cast))
    wrong = Letter.objects.latest("pk")
    Letter.objects.filter(pk=wrong.pk).update(pdf=b"%PDF")
    cast.doctor.client.raise_request_exception = False
    answer = cast.doctor.client.get(url("batch_pdf", batch))
    assert (answer.status_code, f"brev-{wrong.pk}" in answer.content.decode()) == (500, True)


def test_a_batch_without_letters_has_no_file(cast: Cast) -> None:
    batch = letters.batch(cast.doctor.actor, control(cast))
    answer = cast.doctor.client.get(url("batch_pdf", batch))
    assert (answer.status_code, "No letter of this batch" in answer.content.decode()) == (409, True)


def test_all_are_marked_as_sent_together(cast: Cast) -> None:
    batch = order(cast.doctor.client, control(cast), control(cast))
    sent = {"how": "printed", "on": str(timezone.localdate())}
    answer = cast.assistant.client.post(url("batch_send", batch), sent, follow=True)
    assert "2 letters were marked as sent" in answer.content.decode()
    assert ContactAttempt.objects.filter(channel="letter").count() == 2
    assert "Mark all as sent" not in answer.content.decode()


@pytest.mark.parametrize("count", [3, 40])
def test_it_makes_few_queries_however_many_letters(
    cast: Cast, count: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    batch = order(cast.doctor.client, *(control(cast) for _n in range(count)))
    with django_assert_max_num_queries(12):
        cast.doctor.client.get(url("letter_batch", batch))
    with django_assert_max_num_queries(12):
        cast.doctor.client.get(url("batch_pdf", batch))
