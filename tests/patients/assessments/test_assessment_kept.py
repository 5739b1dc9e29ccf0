"""A session that ran out while somebody was typing loses nothing."""

import re

import pytest

from patients.models import Assessment
from tests.cast import Cast

from .pages import STORED, TYPED, hidden, page, saved, signed_in

pytestmark = pytest.mark.django_db


def test_what_was_typed_survives_a_session_that_ran_out(cast: Cast, draft: Assessment) -> None:
    client = signed_in(cast)
    html = client.get(page(draft)).content.decode()
    token = re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', html)[0]
    client.logout()
    typed = TYPED | {"age": "64", "version": "1", "action": "save", "csrfmiddlewaretoken": token}
    waiting = client.post(page(draft), typed)
    assert (waiting.status_code, saved(draft).version) == (401, 1)
    client.force_login(cast.doctor.user)
    again = client.post(page(draft), hidden(waiting.content.decode()))
    html = again.content.decode()
    assert (again.status_code, saved(draft).version) == (200, 1)
    assert 'value="64"' in html
    assert hidden(html)["version"] == ["1"]
    token = re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', html)[-1]
    client.post(page(draft), typed | {"csrfmiddlewaretoken": token})
    assert saved(draft).form_data == STORED | {"age": ["64"]}


def test_signed_out_in_one_tab_and_in_again_in_another_shows_the_fields_and_saves_nothing(
    cast: Cast, draft: Assessment
) -> None:
    typed = TYPED | {"age": "64", "version": "1", "action": "save", "csrfmiddlewaretoken": "old"}
    answer = signed_in(cast).post(page(draft), typed)
    assert (answer.status_code, saved(draft).version) == (200, 1)
    assert 'value="64"' in answer.content.decode()


def test_the_automatic_save_with_an_old_token_says_so_and_saves_nothing(
    cast: Cast, draft: Assessment
) -> None:
    typed = TYPED | {"age": "64", "version": "1", "action": "autosave"}
    answer = signed_in(cast).post(page(draft), typed, headers={"HX-Request": "true"})
    html = answer.content.decode()
    assert ("ds-alert" in html, "answer-conclusion" in html) == (True, False)
    assert saved(draft).version == 1


def test_a_form_of_another_site_is_refused(cast: Cast, draft: Assessment) -> None:
    answer = signed_in(cast).post(page(draft), TYPED, headers={"Origin": "https://evil.example"})
    assert answer.status_code == 403


def test_a_signature_is_never_given_with_an_old_token(cast: Cast, draft: Assessment) -> None:
    decision = {"version": "1", "follow": "guideline", "comment": "Husk prøver"}
    answer = signed_in(cast).post(page(draft, "sign/"), decision)
    assert "Husk prøver" in answer.content.decode()
    assert not saved(draft).is_signed


def test_what_was_typed_into_a_discarded_draft_is_kept(cast: Cast, draft: Assessment) -> None:
    Assessment.objects.filter(pk=draft.pk).first()
    draft.work.delete()
    draft.delete()
    answer = cast.doctor.client.post("/assessments/12345/", TYPED | {"action": "save"})
    assert answer.status_code == 404
    assert hidden(answer.content.decode())["mma_umol_l"] == ["1,2"]
