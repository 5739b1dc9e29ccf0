"""The doctor's choice and signature."""

import re
from typing import Any

import pytest

from interpretation.guideline.vocabulary import Regimen
from patients.models import Assessment, Patient, Result, TestOrder
from tests.cast import Cast

from .pages import STORED, first_saved, hidden, page, saved, started

pytestmark = pytest.mark.django_db


def test_signing_follows_the_guideline_unless_said_otherwise(cast: Cast, draft: Assessment) -> None:
    html = cast.doctor.client.get(page(draft, "sign/")).content.decode()
    assert re.search(r'value="guideline"[^>]*checked', html)
    answer = cast.doctor.client.post(page(draft, "sign/"), {"version": "1", "follow": "guideline"})
    assert answer["Location"] == page(draft)
    assert saved(draft).chosen_regimen == Regimen.ORAL_UNCOMPLICATED
    assert Result.objects.count() == 2


@pytest.mark.parametrize(
    ("decision", "field"),
    [
        ({"follow": "otherwise"}, "id_regimen"),
        ({"follow": "otherwise", "regimen": "none"}, "id_override_reason"),
        ({"follow": "otherwise", "regimen": "none", "override_reason": "other"},
         "id_override_text"),
        ({"follow": "guideline", "order": ["anti_if"], "expected_by": "2020-01-01"},
         "id_expected_by"),
    ],
)  # fmt: skip
def test_a_choice_that_lacks_something_is_refused_at_its_field(
    cast: Cast, draft: Assessment, decision: dict[str, Any], field: str
) -> None:
    typed = {"version": "1", "comment": "Husk prøver"} | decision
    html = cast.doctor.client.post(page(draft, "sign/"), typed).content.decode()
    assert f'href="#{field}"' in html
    assert "Husk prøver" in html
    assert not saved(draft).is_signed


def test_choosing_otherwise_and_ordering_tests(cast: Cast, draft: Assessment) -> None:
    decision = {
        "version": "1", "follow": "otherwise", "regimen": "none", "override_reason": "other",
        "override_text": "Reiser", "order": ["anti_if"], "expected_by": "2126-03-20",
    }  # fmt: skip
    cast.doctor.client.post(page(draft, "sign/"), decision)
    assert saved(draft).override_text == "Reiser"
    assert TestOrder.objects.get().tests == ["anti_if"]


def test_a_draft_that_changed_meanwhile_is_shown_again_with_the_choice(
    cast: Cast, draft: Assessment
) -> None:
    first_saved(cast, draft)
    decision = {"version": "1", "follow": "guideline", "comment": "Husk prøver"}
    html = cast.doctor.client.post(page(draft, "sign/"), decision).content.decode()
    assert "Torolv Prøvehaug" in html
    assert "Husk prøver" in html
    assert (hidden(html)["version"], saved(draft).is_signed) == (["2"], False)


def test_that_a_draft_changed_meanwhile_is_said_also_beside_another_error(
    cast: Cast, draft: Assessment
) -> None:
    first_saved(cast, draft)
    decision = {"version": "1", "follow": "otherwise"}
    html = cast.doctor.client.post(page(draft, "sign/"), decision).content.decode()
    assert "Torolv Prøvehaug" in html
    assert 'href="#id_regimen"' in html


def test_starting_the_treatment_goes_on_to_its_page(cast: Cast, draft: Assessment) -> None:
    decision = {"version": "1", "follow": "guideline", "start_treatment": "yes"}
    answer = cast.doctor.client.post(page(draft, "sign/"), decision)
    start = f"/patients/{draft.patient_id}/courses/new/?assessment={draft.pk}"
    assert answer["Location"] == start


def test_a_missing_sample_date_is_asked_for(cast: Cast, of: Patient) -> None:
    undated = {name: value for name, value in STORED.items() if name != "sample_date"}
    draft = started(cast, of, form_data=undated)
    html = cast.doctor.client.get(page(draft, "sign/")).content.decode()
    assert f'href="{page(draft)}#id_date_mma_umol_l"' in html
    cast.doctor.client.post(page(draft, "sign/"), {"version": "1", "follow": "guideline"})
    assert not saved(draft).is_signed


def test_what_cannot_be_read_is_corrected_before_signing(cast: Cast, of: Patient) -> None:
    draft = started(cast, of, form_data=STORED | {"mma_umol_l": ["high"]})
    assert cast.doctor.client.get(page(draft, "sign/"))["Location"] == page(draft)
