"""Recall letters for many: each once, in order, whatever fails on the way."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from b12site.accounts.models import Membership
from b12site.audit.models import Entry
from patients import letter_batches as working
from patients.letters.render import PangoMissingError
from patients.models import (
    BatchLine,
    ContactAttempt,
    Control,
    ControlState,
    Letter,
    LetterBatch,
    LineError,
    SendingWay,
)
from patients.reading.letter_lists import LEASE, is_silent
from patients.services import letter_batches as services
from tests.cast import Cast

from .. import builders as build
from .. import letter_builders as letters

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def plain_letters(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("patients.reading.letters_data.builder", lambda _kind: letters.plain)
    monkeypatch.setattr("patients.letters.render.pdf", lambda _xhtml: letters.PDF)


def now() -> datetime:
    return build.NOW


def controls(cast: Cast, count: int = 3) -> list[Control]:
    return [build.control(build.patient(cast.practice, given_name=f"Nr {n}")) for n in range(count)]


def order(cast: Cast, *of: Control) -> LetterBatch:
    """Made at once: the tests have no worker."""
    batch = services.batch_order(actor=cast.assistant.actor, controls=of, now=build.NOW)
    batch.refresh_from_db()
    return batch


def errors(batch: LetterBatch) -> list[str]:
    return list(batch.lines.order_by("position").values_list("error", flat=True))


def test_each_control_gets_its_letter_in_the_order_of_the_list(cast: Cast) -> None:
    of = controls(cast, 23)[::-1]
    batch = order(cast, *of)
    assert [line.letter.control for line in batch.lines.all() if line.letter] == of
    assert batch.finished_at is not None
    assert Entry.objects.filter(action="letter.issued").count() == 23


def test_the_letters_are_of_whoever_ordered_them(cast: Cast) -> None:
    order(cast, *controls(cast, 1))
    letter = Letter.objects.get()
    assert (letter.issued_by, letter.language) == (cast.assistant.user, "nb")
    assert bytes(letter.pdf or b"") == letters.PDF


def test_an_address_is_not_needed(cast: Cast) -> None:
    control = build.control(build.patient(cast.practice, address="", city=""))
    assert errors(order(cast, control)) == [""]


def test_a_line_that_fails_says_why_and_the_rest_goes_on(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    left, closed, broken, good = controls(cast, 4)
    left.patient.deceased_on = build.TODAY
    left.patient.save()
    Control.objects.filter(pk=closed.pk).update(state=ControlState.DONE)

    def fails(**basis: Any) -> Any:
        if basis["control"] == broken:
            raise ZeroDivisionError
        return letters.plain(**basis)

    monkeypatch.setattr("patients.reading.letters_data.builder", lambda _kind: fails)
    batch = order(cast, left, closed, broken, good)
    assert errors(batch) == [LineError.LEFT, LineError.CLOSED, LineError.FAULT, ""]
    assert (Letter.objects.get().control, batch.finished_at is not None) == (good, True)


def test_what_failed_can_be_tried_again_and_nothing_is_made_twice(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr("patients.letters.render.pdf", lambda _xhtml: 1 // 0)
        batch = order(cast, *controls(cast))
    assert errors(batch) == [LineError.FAULT] * 3
    for _time in range(2):
        services.batch_again(actor=cast.doctor.actor, batch=batch, now=build.NOW)
    assert errors(batch) == [""] * 3
    assert Letter.objects.count() == 3


def test_missing_pango_is_a_reason_that_can_be_mended(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_pango(_xhtml: str) -> bytes:
        raise PangoMissingError("libpango-1.0-0")

    monkeypatch.setattr("patients.letters.render.pdf", no_pango)
    assert errors(order(cast, *controls(cast, 1))) == [LineError.NO_PDF]
    assert not Letter.objects.exists()


def test_whoever_has_lost_the_role_meanwhile_issues_nothing(cast: Cast) -> None:
    batch = letters.batch(cast.assistant.actor, *controls(cast, 1))
    Membership.objects.filter(user=cast.assistant.user).delete()
    working.work_on(batch.pk, 10, now)
    assert errors(batch) == [LineError.NOT_ALLOWED]


def test_a_second_order_for_the_same_control_makes_no_second_letter(cast: Cast) -> None:
    control = controls(cast, 1)[0]
    order(cast, control)
    assert errors(order(cast, control)) == [LineError.ALREADY]
    Letter.objects.update(issued_at=build.NOW - timedelta(days=15))
    assert errors(order(cast, control)) == [""]


@pytest.mark.parametrize("who", ["practice_admin", "reviewer", "stranger"])
def test_others_order_no_letters(cast: Cast, who: str) -> None:
    with pytest.raises(PermissionDenied):
        services.batch_order(
            actor=getattr(cast, who).actor, controls=controls(cast, 1), now=build.NOW
        )
    assert not LetterBatch.objects.exists()


def test_another_practice_takes_up_and_sends_nothing_here(cast: Cast) -> None:
    batch = order(cast, *controls(cast, 1))
    again = {"actor": cast.stranger.actor, "batch": batch, "now": build.NOW}
    with pytest.raises(PermissionDenied):
        services.batch_again(**again)  # type: ignore[arg-type]
    with pytest.raises(PermissionDenied):
        services.batch_send(how=SendingWay.PRINTED, on=build.TODAY, **again)  # type: ignore[arg-type]


# Two workers, and one that dies


def test_a_line_that_somebody_works_on_is_left_alone_until_the_claim_runs_out(cast: Cast) -> None:
    batch = letters.batch(cast.doctor.actor, *controls(cast, 2))
    first = batch.lines.first()
    BatchLine.objects.filter(pk=first.pk if first else 0).update(
        claimed_by="dead", claimed_at=build.NOW
    )
    working.work_on(batch.pk, 10, now)
    assert [line.letter is None for line in batch.lines.all()] == [True, False]
    working.work_on(batch.pk, 10, lambda: build.NOW + LEASE + timedelta(seconds=1))
    assert Letter.objects.count() == 2


def test_a_slow_worker_whose_claim_was_taken_over_throws_its_letter_away(cast: Cast) -> None:
    batch = letters.batch(cast.doctor.actor, *controls(cast, 1))
    slow = working._claim(batch, build.NOW)
    assert slow is not None
    working.work_on(batch.pk, 10, lambda: build.NOW + LEASE + timedelta(seconds=1))
    working._make(cast.doctor.actor, slow, build.NOW)
    assert Letter.objects.count() == 1
    assert errors(batch) == [""]


def test_two_workers_never_claim_the_same_line(cast: Cast) -> None:
    batch = letters.batch(cast.doctor.actor, *controls(cast, 2))
    claimed = [working._claim(batch, build.NOW) for _worker in range(3)]
    assert [line.position if line else None for line in claimed] == [1, 2, None]


def test_a_worker_that_starts_takes_up_what_is_unfinished(cast: Cast) -> None:
    batch = letters.batch(cast.doctor.actor, *controls(cast, 12))
    working.take_up(now)
    assert Letter.objects.count() == 12
    batch.refresh_from_db()
    assert batch.finished_at is not None


def test_a_batch_on_which_nobody_works_is_silent_after_a_while(cast: Cast) -> None:
    batch = letters.batch(cast.doctor.actor, *controls(cast, 1))
    later = build.NOW + LEASE + timedelta(seconds=1)
    assert (is_silent(batch, build.NOW), is_silent(batch, later)) == (False, True)
    batch.lines.update(claimed_at=build.NOW + timedelta(seconds=20))
    assert not is_silent(batch, later)


# Sent


def test_all_are_marked_as_sent_at_once_and_each_is_an_attempt(cast: Cast) -> None:
    batch = order(cast, *controls(cast))
    sent = {"how": SendingWay.PRINTED, "on": build.TODAY, "now": build.NOW}
    for count in (3, 0):
        made = services.batch_send(actor=cast.assistant.actor, batch=batch, **sent)  # type: ignore[arg-type]
        assert made == count
    assert ContactAttempt.objects.filter(channel="letter").count() == 3
