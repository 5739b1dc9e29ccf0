"""Every signed assessment gives again what was stored, under the edition it was given under."""

from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from patients.models import Assessment
from patients.reading.recomputed import Difference, differences
from patients.services.assessments import assessment_sign, assessment_start
from tests.patients import builders

pytestmark = pytest.mark.django_db

CASES: list[dict[str, list[str]]] = [
    {},
    {"age": ["63"], "symptoms": ["fatigue"], "total_b12_pmol_l": ["90"], "mma_umol_l": ["1,2"]},
    {"age": ["71"], "total_b12_pmol_l": ["<60"], "total_b12_lower_pmol_l": ["200"]},
    {"total_b12_pmol_l": ["143000"], "sex": ["male"], "circumstances": ["pregnant"]},
    {"mma_umol_l": ["310"], "mma_umol_l_unit": ["nmol/L"], "pathway": ["nonspecific"]},
    {"treatment": ["ongoing"], "regimen": ["oral_2mg"], "weeks_since_start": ["10"],
     "baseline_haemoglobin_g_dl": ["9,1"], "haemoglobin_g_dl": ["12,8"]},
]  # fmt: skip


def signed(form_data: dict[str, list[str]]) -> Assessment:
    doctor, of = builders.member(), builders.patient()
    data = form_data | {"sample_date": ["2026-03-01"]}
    draft = assessment_start(
        actor=doctor, patient=of, form_data=data, as_of=builders.TODAY, now=builders.NOW
    )
    return assessment_sign(
        actor=doctor, assessment=draft, version=1, form_data=data, now=builders.NOW,
        chosen_regimen="none", override_reason="patient_wish",
    )  # fmt: skip


def stored_otherwise(assessment: Assessment, **fields: Any) -> Assessment:
    Assessment.objects.filter(pk=assessment.pk).update(**fields)
    return Assessment.objects.get(pk=assessment.pk)


def test_all_give_again_what_was_stored() -> None:
    for form_data in CASES:
        signed(form_data)
    builders.draft(builders.patient())
    out = StringIO()
    call_command("recompute", stdout=out)
    assert out.getvalue() == f"{len(CASES)} signed assessments, 0 differences\n"


def test_a_difference_is_named_with_its_place_and_ends_with_status_1() -> None:
    first = signed(CASES[1])
    changed = dict(first.result or {}) | {"conclusion": "no_b12_deficiency"}
    stored_otherwise(first, result=changed)
    out = StringIO()
    with pytest.raises(CommandError) as failed:
        call_command("recompute", stdout=out)
    assert failed.value.returncode == 1
    line = f"{first.pk} conclusion: 'no_b12_deficiency' -> 'confirmed_b12_deficiency'"
    assert out.getvalue().splitlines() == [line, "1 signed assessments, 1 differences"]


def test_a_difference_deep_inside_is_found() -> None:
    first = signed(CASES[1])
    changed = dict(first.result or {})
    changed["trace"] = [{**changed["trace"][0], "outcome": "elsewhere"}, *changed["trace"][1:]]
    (found,) = differences(stored_otherwise(first, result=changed))
    assert (found.path, found.old) == ("trace[0].outcome", "elsewhere")


def test_a_list_of_another_length_is_one_difference() -> None:
    first = signed(CASES[1])
    changed = dict(first.result or {}) | {"caveats": []}
    (found,) = differences(stored_otherwise(first, result=changed))
    assert (found.path, found.old) == ("caveats", [])


def test_other_words_for_the_same_answer_are_no_difference() -> None:
    first = signed(CASES[3])
    changed = dict(first.result or {})
    changed["errors"] = [{**error, "message": "Other words"} for error in changed["errors"]]
    assert changed["errors"]
    assert differences(stored_otherwise(first, result=changed)) == ()


def test_numbers_that_were_edited_in_the_edition_are_found_by_the_checksum() -> None:
    (found,) = differences(stored_otherwise(signed(CASES[1]), checksum="0" * 64))
    assert (found.path, found.old) == ("checksum", "0" * 64)


def test_an_edition_that_is_gone_is_a_difference() -> None:
    gone = stored_otherwise(signed(CASES[1]), edition="1999")
    assert differences(gone) == (Difference("edition", "1999", "1999.toml: no such edition"),)


def test_the_day_of_the_run_does_not_count() -> None:
    first = signed(CASES[5])
    assert first.as_of == date(2026, 3, 2)
    assert differences(stored_otherwise(first, as_of=date(2031, 1, 1))) == ()
