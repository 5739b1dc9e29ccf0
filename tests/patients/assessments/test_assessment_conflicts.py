"""Two people on the same draft: both versions are shown, nothing is lost."""

from typing import Any

import pytest

from patients.models import Assessment
from patients.services.assessments import assessment_sign
from tests.cast import Cast
from tests.patients import builders

from .pages import STORED, first_saved, hidden, page, saved, second_save

pytestmark = pytest.mark.django_db


def test_the_second_save_shows_both_versions_and_loses_nothing(
    cast: Cast, draft: Assessment
) -> None:
    first_saved(cast, draft)
    answer = second_save(cast, draft)
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "Torolv Prøvehaug" in html
    assert hidden(html)["mma_umol_l"] == ["1,2"]
    assert saved(draft).form_data["age"] == ["70"]


@pytest.mark.parametrize(
    ("choice", "age", "preference", "folate"),
    [
        ({"keep": "mine"}, ["64"], None, ["5"]),
        ({"keep": "theirs"}, ["70"], ["oral"], None),
        ({"pick-age": "mine", "pick-preference": "theirs", "pick-folate_nmol_l": "mine"},
         ["64"], ["oral"], ["5"]),
        ({"pick-age": "theirs", "pick-preference": "mine", "pick-folate_nmol_l": "theirs"},
         ["70"], None, None),
    ],
)  # fmt: skip
def test_each_field_is_kept_or_taken(
    cast: Cast, draft: Assessment, choice: dict[str, str], age: Any, preference: Any, folate: Any
) -> None:
    first_saved(cast, draft)
    second_save(cast, draft, version="2", **choice)
    data = saved(draft).form_data
    assert (data["age"], data.get("preference"), data.get("folate_nmol_l")) == (
        age, preference, folate,
    )  # fmt: skip


def test_the_automatic_save_never_overwrites(cast: Cast, draft: Assessment) -> None:
    first_saved(cast, draft)
    answer = second_save(cast, draft, action="autosave")
    assert answer.status_code == 200
    assert saved(draft).form_data["age"] == ["70"]


def test_what_was_typed_while_a_colleague_signed_becomes_a_correction(
    cast: Cast, draft: Assessment
) -> None:
    assessment_sign(
        actor=cast.colleague.actor, assessment=draft, version=1, form_data=STORED,
        chosen_regimen="oral_uncomplicated", now=builders.NOW,
    )  # fmt: skip
    waiting = second_save(cast, draft)
    fields = hidden(waiting.content.decode())
    assert (waiting.status_code, fields["age"]) == (409, ["64"])
    cast.doctor.client.post(page(draft, "correct/"), fields | {"reason": "Skrev samtidig"})
    assert Assessment.objects.get(corrects=draft).form_data["age"] == ["64"]
