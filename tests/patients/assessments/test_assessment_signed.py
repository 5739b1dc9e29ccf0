"""A signed assessment is shown as it was given, and corrected by a new one."""

import pytest

from patients.models import Assessment
from tests.cast import Cast

from .pages import TYPED, hidden, page, saved, signed_in

pytestmark = pytest.mark.django_db


def test_the_signed_page_shows_who_what_and_under_which_edition(
    cast: Cast, signed: Assessment
) -> None:
    html = cast.assistant.client.get(page(signed)).content.decode()
    assert "Ragna Prøvevik" in html
    assert signed.checksum in html
    assert 'class="flowchart"' in html
    assert "<form" not in html.split("<main")[1]


def test_an_answer_that_comes_out_otherwise_now_is_said_and_the_stored_one_shown(
    cast: Cast, signed: Assessment
) -> None:
    stored = dict(signed.result or {}) | {"conclusion": "no_b12_deficiency"}
    Assessment.objects.filter(pk=signed.pk).update(result=stored)
    html = cast.doctor.client.get(page(signed)).content.decode()
    assert "conclusion: no_b12_deficiency" in html
    assert 'id="conclusion"' not in html


def test_an_edition_that_is_gone_is_said(cast: Cast, signed: Assessment) -> None:
    Assessment.objects.filter(pk=signed.pk).update(edition="1999")
    assert cast.doctor.client.get(page(signed)).status_code == 200


def test_a_correction_is_marked_both_ways_from_its_signature(
    cast: Cast, signed: Assessment
) -> None:
    cast.doctor.client.cookies["b12_language"] = "en"
    cast.doctor.client.post(page(signed, "correct/"), {"reason": "Feil prøvesvar"})
    correction = Assessment.objects.get(corrects=signed)
    assert correction.form_data == signed.form_data
    html = cast.doctor.client.get(page(signed)).content.decode()
    assert "begun and is not signed yet" in html
    decision = {"version": "1", "follow": "guideline"}
    cast.doctor.client.post(page(correction, "sign/"), decision)
    assert "Corrected by Ragna Prøvevik" in cast.doctor.client.get(page(signed)).content.decode()
    assert "Feil prøvesvar" in cast.doctor.client.get(page(correction)).content.decode()


def test_a_correction_needs_its_reason(cast: Cast, signed: Assessment) -> None:
    answer = cast.doctor.client.post(page(signed, "correct/"), {"reason": " "})
    assert answer.status_code == 200
    assert not Assessment.objects.filter(corrects=signed).exists()


def test_the_reason_of_a_correction_survives_a_session_that_ran_out(
    cast: Cast, signed: Assessment
) -> None:
    answer = signed_in(cast).post(page(signed, "correct/"), TYPED | {"reason": "Feil prøvesvar"})
    html = answer.content.decode()
    assert 'value="Feil prøvesvar"' in html
    assert hidden(html)["mma_umol_l"] == ["1,2"]
    assert not Assessment.objects.filter(corrects=signed).exists()


def test_a_draft_is_edited_and_not_corrected(cast: Cast, draft: Assessment) -> None:
    assert cast.doctor.client.get(page(draft, "correct/"))["Location"] == page(draft)


def test_discarding_asks_first_and_leads_to_the_record(cast: Cast, draft: Assessment) -> None:
    assert cast.assistant.client.get(page(draft, "discard/")).status_code == 200
    assert Assessment.objects.exists()
    answer = cast.assistant.client.post(page(draft, "discard/"), {"version": "1"})
    assert answer["Location"] == f"/patients/{draft.patient_id}/"
    assert not Assessment.objects.exists()


def test_a_signed_assessment_is_not_discarded(cast: Cast, signed: Assessment) -> None:
    cast.doctor.client.post(page(signed, "discard/"), {"version": "2"})
    assert saved(signed).is_signed
