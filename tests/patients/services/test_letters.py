"""What happens to a letter: drafted, issued, sent, withdrawn, corrected."""

from datetime import date, timedelta
from hashlib import sha256
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from b12site.audit.models import Entry
from patients.models import ContactAttempt, Letter, LetterKind, LetterState, SendingWay
from patients.models.assessment import FrozenError
from patients.services import letters as services
from patients.services.letters import LetterRefusedError
from tests.cast import Cast

from .. import builders as build
from .. import letter_builders as letters

pytestmark = pytest.mark.django_db
PDF = letters.PDF


def actions() -> list[str]:
    return list(Entry.objects.order_by("pk").values_list("action", flat=True))


def issue(cast: Cast, letter: Letter, **more: Any) -> Letter:
    values: dict[str, Any] = {
        "actor": cast.doctor.actor,
        "written": letters.words(),
        "pdf": PDF,
        "now": build.NOW,
    }
    return services.letter_issue(letter=letter, **values | more)


def test_it_keeps_bytes_checksum_words_sources_author_and_time(cast: Cast) -> None:
    of = build.patient(cast.practice)
    result = build.result(of)
    letter = Letter.objects.get(pk=letters.issued(cast.doctor.actor, of, result).pk)
    assert (bytes(letter.pdf or b""), letter.sha256) == (PDF, sha256(PDF).hexdigest())
    assert (letter.edition, letter.issued_by, letter.issued_at) == (
        "2018",
        cast.doctor.user,
        build.NOW,
    )
    assert letter.context == letters.plain().as_json() | _as_lists(letter.context)
    assert list(letter.results.all()) == [result]
    assert actions()[-1] == "letter.issued"


def _as_lists(context: Any) -> Any:
    """JSON knows no tuples."""
    return {name: value for name, value in context.items() if isinstance(value, list)}


def test_the_log_names_the_checksum_and_no_text(cast: Cast) -> None:
    letters.issued(cast.doctor.actor, build.patient(cast.practice), free_text="Hemmelig")
    entry = Entry.objects.get(action="letter.issued")
    assert (entry.after or {})["sha256"] == sha256(PDF).hexdigest()
    assert "Hemmelig" not in str(entry.after)


@pytest.mark.parametrize("field", ["free_text", "language", "kind"])
def test_an_issued_letter_cannot_be_changed(cast: Cast, field: str) -> None:
    letter = letters.issued(cast.doctor.actor, build.patient(cast.practice))
    setattr(letter, field, "x")
    with pytest.raises(FrozenError):
        letter.save()
    with pytest.raises(FrozenError):
        letter.save(update_fields=[field])
    with pytest.raises(FrozenError):
        letter.delete()


def test_it_is_issued_once(cast: Cast) -> None:
    letter = letters.draft(cast.doctor.actor, build.patient(cast.practice))
    issue(cast, letter)
    with pytest.raises(LetterRefusedError):
        issue(cast, letter)
    assert actions().count("letter.issued") == 1


def test_a_draft_that_somebody_changed_meanwhile_is_not_issued(cast: Cast) -> None:
    letter = letters.draft(cast.doctor.actor, build.patient(cast.practice))
    typed = {"language": "nn", "specialty": letter.specialty, "free_text": ""}
    services.letter_save(actor=cast.colleague.actor, letter=letter, **typed)
    with pytest.raises(LetterRefusedError):
        issue(cast, letter)
    assert Letter.objects.get().is_draft


def test_a_draft_that_somebody_discarded_meanwhile_is_not_issued(cast: Cast) -> None:
    letter = letters.draft(cast.doctor.actor, build.patient(cast.practice))
    services.letter_discard(actor=cast.colleague.actor, letter=letter)
    letter.pk = 4711
    with pytest.raises(LetterRefusedError):
        issue(cast, letter)


def test_an_assistant_issues_recall_letters_only(cast: Cast) -> None:
    of = build.patient(cast.practice)
    control = build.control(of)
    recall = letters.draft(cast.assistant.actor, of, LetterKind.RECALL, control=control)
    issue(cast, recall, actor=cast.assistant.actor)
    referral = letters.draft(cast.assistant.actor, of)
    with pytest.raises(PermissionDenied):
        issue(cast, referral, actor=cast.assistant.actor)


@pytest.mark.parametrize("who", ["practice_admin", "reviewer"])
def test_others_write_no_letters(cast: Cast, who: str) -> None:
    with pytest.raises(PermissionDenied):
        letters.draft(getattr(cast, who).actor, build.patient(cast.practice))


def test_another_practice_writes_and_issues_nothing_here(cast: Cast) -> None:
    of = build.patient(cast.practice)
    letter = letters.draft(cast.doctor.actor, of)
    with pytest.raises(PermissionDenied):
        letters.draft(cast.stranger.actor, of)
    with pytest.raises(PermissionDenied):
        issue(cast, letter, actor=cast.stranger.actor)


def test_saving_the_same_again_leaves_no_trace(cast: Cast) -> None:
    letter = letters.draft(cast.doctor.actor, build.patient(cast.practice))
    for _time in range(2):
        services.letter_save(
            actor=cast.doctor.actor,
            letter=letter,
            language="en",
            specialty=letter.specialty,
            free_text=" Hei ",
        )
    assert actions().count("letter.saved") == 1
    assert Letter.objects.get().free_text == "Hei"


# Withdrawn


def test_a_withdrawn_letter_keeps_its_bytes_and_the_reason(cast: Cast) -> None:
    letter = letters.issued(cast.doctor.actor, build.patient(cast.practice))
    services.letter_withdraw(
        actor=cast.doctor.actor, letter=letter, reason="Feil pasient", now=build.NOW
    )
    stored = Letter.objects.get()
    assert (stored.state, stored.withdrawn_reason) == (LetterState.WITHDRAWN, "Feil pasient")
    assert stored.is_unchanged()
    assert Entry.objects.get(action="letter.withdrawn").ground == "Feil pasient"


def test_a_withdrawn_letter_is_neither_sent_nor_withdrawn_again(cast: Cast) -> None:
    letter = letters.issued(cast.doctor.actor, build.patient(cast.practice))
    again: dict[str, Any] = {"actor": cast.doctor.actor, "letter": letter, "now": build.NOW}
    services.letter_withdraw(reason="Feil", **again)
    with pytest.raises(LetterRefusedError):
        services.letter_withdraw(reason="Feil", **again)
    with pytest.raises(LetterRefusedError):
        services.letter_send(how=SendingWay.PRINTED, on=build.TODAY, **again)


# Sent


def send(cast: Cast, letter: Letter, on: date = build.TODAY) -> None:
    services.letter_send(
        actor=cast.assistant.actor, letter=letter, how=SendingWay.PRINTED, on=on, now=build.NOW
    )


def test_sending_says_how_when_and_by_whom(cast: Cast) -> None:
    letter = letters.issued(cast.doctor.actor, build.patient(cast.practice))
    send(cast, letter)
    sending = letter.sendings.get()
    assert (sending.how, sending.on, sending.recorded_by) == (
        "printed",
        build.TODAY,
        cast.assistant.user,
    )
    with pytest.raises(LetterRefusedError):
        send(cast, letter)


def test_a_recall_letter_that_is_sent_is_an_attempt_to_reach_the_patient(cast: Cast) -> None:
    of = build.patient(cast.practice)
    control = build.control(of)
    letter = letters.issued(cast.doctor.actor, of, kind=LetterKind.RECALL, control=control)
    assert not ContactAttempt.objects.exists()
    send(cast, letter, on=build.TODAY - timedelta(days=1))
    attempt = ContactAttempt.objects.get()
    assert (attempt.control, attempt.channel, attempt.outcome, attempt.at.date()) == (
        control,
        "letter",
        "letter_sent",
        date(2026, 3, 1),
    )


def test_another_letter_that_is_sent_is_no_contact_attempt(cast: Cast) -> None:
    send(cast, letters.issued(cast.doctor.actor, build.patient(cast.practice)))
    assert not ContactAttempt.objects.exists()


# Corrected


def test_a_letter_has_one_correction_until_that_is_withdrawn(cast: Cast) -> None:
    of, actor = build.patient(cast.practice), cast.doctor.actor
    wrong = letters.issued(actor, of)
    correction = letters.issued(actor, of, corrects=wrong)
    with pytest.raises(LetterRefusedError):
        letters.draft(actor, of, corrects=wrong)
    services.letter_withdraw(actor=actor, letter=correction, reason="Feil", now=build.NOW)
    assert letters.draft(actor, of, corrects=wrong).corrects == wrong


def test_a_draft_is_edited_not_corrected(cast: Cast) -> None:
    of, actor = build.patient(cast.practice), cast.doctor.actor
    with pytest.raises(LetterRefusedError):
        letters.draft(actor, of, corrects=letters.draft(actor, of))
