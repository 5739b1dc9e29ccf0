"""A session that ran out while somebody was typing loses nothing, in any form of the record."""

from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import Cast

from .assessments.pages import hidden
from .builders import NOW
from .stage import SENT, Stage, staged
from .test_refusals import address, contents

pytestmark = pytest.mark.django_db

ACTED = {
    "assessment_new", "assessment_discard", "work_restore", "letter_discard", "letter_correct",
    "batch_new", "batch_again",
}  # fmt: skip
"""A button alone: nothing is typed."""
NOT_SHOWN = {"plan_shown", "confirmed", "seen", "store", "reviewed", "version", "patient", "action"}
"""What the page puts into the form itself, and buttons."""
ONLY_A_CHOICE = {"follow", "act", "outcome", "plan_next"}


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


@pytest.fixture
def stage(cast: Cast, clock: None) -> Stage:
    return staged(cast)


def browser(user: Any = None) -> Client:
    """With Django's check of forms switched on, as in earnest."""
    client = Client(enforce_csrf_checks=True)
    client.cookies["b12_language"] = "en"
    if user is not None:
        client.force_login(user)
    return client


def sent(name: str, stage: Stage) -> dict[str, list[str]]:
    return {
        field: [str(one) for one in (value if isinstance(value, list) else [value])]
        for field, value in SENT[name](stage).items()
    }


def typed(fields: dict[str, list[str]]) -> set[str]:
    own = fields.keys() - NOT_SHOWN - ONLY_A_CHOICE
    return {value for field in own for value in fields[field]}


def test_every_post_of_somebody_signed_out_is_kept_on_the_page(stage: Stage) -> None:
    before, wrong = contents(), {}
    for name in SENT:
        answer = browser().post(address(name, stage), sent(name, stage))
        if (answer.status_code, hidden(unescape(answer.text))) != (401, sent(name, stage)):
            wrong[name] = hidden(answer.text)
    assert wrong == {}
    assert contents() == before


def test_what_was_kept_comes_back_in_its_form_and_is_not_saved(cast: Cast, stage: Stage) -> None:
    doctor, before, wrong = browser(cast.doctor.user), contents(), {}
    for name in SENT.keys() - ACTED:
        answer = doctor.post(address(name, stage), sent(name, stage))
        page = unescape(answer.text)
        lost = {text for text in typed(sent(name, stage)) if text not in page}
        if answer.status_code != 200 or lost or "You have signed in again, as" not in page:
            wrong[name] = (answer.status_code, lost)
    after = contents()
    assert wrong == {}
    assert {table for table in after if after[table] != before[table]} <= {"Entry", "Subject"}


def test_a_button_of_an_old_page_does_nothing_and_says_so(cast: Cast, stage: Stage) -> None:
    doctor, before, wrong = browser(cast.doctor.user), contents(), {}
    for name in ACTED:
        answer = doctor.post(
            address(name, stage), sent(name, stage), headers={"Referer": "http://testserver/x/"}
        )
        said = "Nothing was done" in answer.text and 'href="http://testserver/x/"' in answer.text
        if answer.status_code != 409 or not said:
            wrong[name] = answer.status_code
    assert wrong == {}
    assert contents() == before


def test_it_leads_back_to_no_other_site(cast: Cast, stage: Stage) -> None:
    answer = browser(cast.doctor.user).post(
        address("assessment_new", stage), headers={"Referer": "https://evil.example/"}
    )
    assert "evil.example" not in answer.text


def test_the_same_with_a_new_token_is_saved(cast: Cast, stage: Stage) -> None:
    """Or else the pages above would keep it for ever."""
    doctor, page = browser(cast.doctor.user), address("contact_new", stage)
    shown = doctor.post(page, sent("contact_new", stage))
    token = shown.context["csrf_token"]
    answer = doctor.post(page, sent("contact_new", stage) | {"csrfmiddlewaretoken": str(token)})
    assert answer.status_code == 302


def test_another_user_is_told_under_whose_name_it_would_be_saved(cast: Cast, stage: Stage) -> None:
    before = contents()
    shared = browser()
    kept = shared.post(address("contact_new", stage), sent("contact_new", stage))
    shared.force_login(cast.assistant.user)
    answer = shared.post(address("contact_new", stage), hidden(kept.text))
    assert f"You have signed in again, as {cast.assistant.user}" in unescape(answer.text)
    assert "Kommer tirsdag" in answer.text
    assert contents()["ContactAttempt"] == before["ContactAttempt"]


def test_another_user_without_the_role_sees_nothing_of_it(cast: Cast, stage: Stage) -> None:
    for member, status in ((cast.reviewer, 403), (cast.stranger, 404)):
        page = address("contact_new", stage)
        answer = browser(member.user).post(page, sent("contact_new", stage))
        assert (answer.status_code, "Kommer tirsdag" in answer.text) == (status, False)


def test_every_form_of_another_site_is_refused(cast: Cast, stage: Stage) -> None:
    before = contents()
    for client in (browser(), browser(cast.doctor.user)):
        statuses = {
            client.post(
                address(name, stage), sent(name, stage), headers={"Origin": "https://evil.example"}
            ).status_code
            for name in SENT
        }
        assert statuses == {403}
    assert contents() == before


def test_nothing_typed_goes_into_the_session_or_an_address(stage: Stage) -> None:
    client = browser()
    answer = client.post(address("contact_new", stage), sent("contact_new", stage))
    assert "Location" not in answer.headers
    assert dict(client.session) == {}


def test_a_one_time_code_is_not_kept(cast: Cast) -> None:
    asked = {"reason": "Bevisstløs", "code": "123456"}
    answer = browser().post(reverse("patients:emergency"), asked)
    assert hidden(answer.text) == {"reason": ["Bevisstløs"]}


def test_a_part_of_a_page_is_not_replaced_by_the_page_that_keeps(stage: Stage) -> None:
    """htmx leaves the page as it is at an answer of this status."""
    answer = browser().post("/patients/", {"q": "x"}, headers={"HX-Request": "true"})
    assert answer.status_code == 401


def test_a_search_needs_no_new_token(cast: Cast, stage: Stage) -> None:
    answer = browser(cast.doctor.user).post("/patients/", {"q": "prøvesen"})
    assert answer.context["found"] is not None
