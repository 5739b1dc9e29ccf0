"""Drafting and signing: who may, what is frozen, and what follows in the same transaction."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from b12site.accounts.actor import Actor
from b12site.accounts.models import Role
from b12site.audit.models import Entry
from interpretation.contract import case_from_json
from interpretation.guideline import load_edition
from patients.models import (
    Assessment,
    Control,
    ControlState,
    Patient,
    Result,
    TestOrder,
    WorkItem,
    WorkKind,
)
from patients.models.assessment import FrozenError
from patients.services.assessments import (
    AssessmentConflictError,
    AssessmentRefusedError,
    assessment_discard,
    assessment_save,
    assessment_sign,
    assessment_start,
)
from tests.patients import builders
from tests.patients.builders import NOW, TODAY

pytestmark = pytest.mark.django_db

CONFIRMED = {
    "age": ["63"],
    "sex": ["female"],
    "symptoms": ["fatigue"],
    "sample_date": ["2026-03-01"],
    "total_b12_pmol_l": ["90"],
    "total_b12_pmol_l_unit": ["pmol/L"],
    "mma_umol_l": ["1,2"],
}
NORMAL = {"age": ["63"], "symptoms": ["fatigue"], "sample_date": ["2026-03-01"],
          "total_b12_pmol_l": ["400"]}  # fmt: skip


def started(actor: Actor, of: Patient, **fields: Any) -> Assessment:
    values: dict[str, Any] = {"form_data": CONFIRMED, "as_of": TODAY, "now": NOW} | fields
    return assessment_start(actor=actor, patient=of, **values)


def signed(actor: Actor, draft: Assessment, **decision: Any) -> Assessment:
    values: dict[str, Any] = {
        "version": draft.version,
        "form_data": draft.form_data,
        "chosen_regimen": "oral_uncomplicated",
        "now": NOW,
    } | decision
    return assessment_sign(actor=actor, assessment=draft, **values)


@pytest.fixture
def doctor(db: None) -> Actor:
    return builders.member()


@pytest.fixture
def of(db: None) -> Patient:
    return builders.patient()


# Drafts


@pytest.mark.parametrize("role", [Role.DOCTOR, Role.ASSISTANT])
def test_a_draft_stands_on_the_work_list_and_in_the_log(of: Patient, role: Role) -> None:
    draft = started(builders.member(role), of)
    assert WorkItem.objects.get(assessment=draft).due == TODAY
    entry = Entry.objects.get(action="assessment.started")
    assert (entry.object_id, entry.subject) == (draft.pk, of.pk)


@pytest.mark.parametrize("role", [Role.PRACTICE_ADMIN, Role.REVIEWER])
def test_others_do_not_draft(of: Patient, role: Role) -> None:
    with pytest.raises(PermissionDenied):
        started(builders.member(role), of)


def test_a_draft_on_another_practices_patient_is_refused(doctor: Actor) -> None:
    with pytest.raises(PermissionDenied):
        started(doctor, builders.patient(builders.practice("Nabobygda legekontor")))


def test_saving_counts_the_version_and_logs_what_changed(doctor: Actor, of: Patient) -> None:
    draft = started(doctor, of)
    saved = assessment_save(
        actor=doctor, assessment=draft, version=1, form_data=CONFIRMED | {"age": ["64"]}, now=NOW
    )
    assert (saved.version, saved.form_data["age"]) == (2, ["64"])
    entry = Entry.objects.get(action="assessment.saved")
    assert (entry.before, entry.after) == ({"age": ["63"]}, {"age": ["64"]})


def test_saving_the_same_again_changes_nothing(doctor: Actor, of: Patient) -> None:
    draft = started(doctor, of)
    same = assessment_save(actor=doctor, assessment=draft, version=99, form_data=CONFIRMED, now=NOW)
    assert same.version == 1
    assert not Entry.objects.filter(action="assessment.saved").exists()


def test_the_second_save_of_a_version_is_a_conflict_and_changes_nothing(
    doctor: Actor, of: Patient
) -> None:
    draft = started(doctor, of)
    first = CONFIRMED | {"age": ["64"]}
    assessment_save(actor=doctor, assessment=draft, version=1, form_data=first, now=NOW)
    with pytest.raises(AssessmentConflictError) as conflict:
        assessment_save(actor=doctor, assessment=draft, version=1, form_data=NORMAL, now=NOW)
    assert conflict.value.current.form_data == first
    assert Assessment.objects.get().form_data == first


def test_a_discarded_draft_is_gone_and_the_log_keeps_what_stood_in_it(
    doctor: Actor, of: Patient
) -> None:
    draft = started(doctor, of)
    assessment_discard(actor=doctor, assessment=draft, version=1)
    assert not Assessment.objects.exists()
    assert not WorkItem.objects.exists()
    entry = Entry.objects.get(action="assessment.discarded")
    assert entry.before is not None
    assert entry.before["form_data"] == CONFIRMED


def test_a_draft_that_was_changed_meanwhile_is_not_discarded(doctor: Actor, of: Patient) -> None:
    draft = started(doctor, of)
    with pytest.raises(AssessmentConflictError):
        assessment_discard(actor=doctor, assessment=draft, version=2)


# Signing


def test_a_signature_freezes_input_limits_edition_and_answer(doctor: Actor, of: Patient) -> None:
    frozen = signed(doctor, started(doctor, of))
    edition = load_edition("2018")
    assert (frozen.edition, frozen.checksum) == (edition.id, edition.checksum)
    assert (frozen.signed_by, frozen.signed_at) == (doctor.user, NOW)
    assert frozen.conclusion == "confirmed_b12_deficiency"
    assert frozen.result is not None
    assert frozen.result["conclusion"] == "confirmed_b12_deficiency"
    assert case_from_json(frozen.case, date(1999, 1, 1)).as_of == TODAY
    assert WorkItem.objects.get(assessment=frozen).kind == WorkKind.DECISION
    assert Entry.objects.filter(action="assessment.signed", object_id=frozen.pk).exists()


def test_the_signature_is_dated_on_its_own_day(doctor: Actor, of: Patient) -> None:
    draft = started(doctor, of, as_of=date(2026, 2, 1))
    assert signed(doctor, draft, now=NOW + timedelta(days=2)).as_of == date(2026, 3, 4)


@pytest.mark.parametrize("role", [Role.ASSISTANT, Role.PRACTICE_ADMIN, Role.REVIEWER])
def test_only_a_doctor_signs(doctor: Actor, of: Patient, role: Role) -> None:
    draft = started(doctor, of)
    with pytest.raises(PermissionDenied):
        signed(builders.member(role), draft)


def test_a_doctor_of_another_practice_does_not_sign(doctor: Actor, of: Patient) -> None:
    draft = started(doctor, of)
    other = builders.member(at=builders.practice("Nabobygda legekontor"))
    with pytest.raises(PermissionDenied):
        signed(other, draft)


def test_a_draft_that_was_changed_meanwhile_is_not_signed(doctor: Actor, of: Patient) -> None:
    draft = started(doctor, of)
    with pytest.raises(AssessmentConflictError):
        signed(doctor, draft, version=2)
    assert not Assessment.objects.get().is_signed


def test_what_cannot_be_read_cannot_be_signed(doctor: Actor, of: Patient) -> None:
    draft = started(doctor, of, form_data=CONFIRMED | {"mma_umol_l": ["high"]})
    with pytest.raises(AssessmentRefusedError):
        signed(doctor, draft)


def test_what_only_the_guideline_refuses_is_part_of_the_answer_and_no_result(
    doctor: Actor, of: Patient
) -> None:
    draft = started(doctor, of, form_data=CONFIRMED | {"mcv_fl": ["1000"]})
    frozen = signed(doctor, draft)
    assert frozen.result is not None
    assert [error["field"] for error in frozen.result["errors"]] == ["mcv_fl"]
    assert not Result.objects.filter(code="mcv_fl").exists()


def test_a_signed_assessment_is_never_changed(doctor: Actor, of: Patient) -> None:
    frozen = signed(doctor, started(doctor, of))
    for act in (
        lambda: assessment_save(
            actor=doctor, assessment=frozen, version=frozen.version, form_data=NORMAL, now=NOW
        ),
        lambda: signed(doctor, frozen),
        lambda: assessment_discard(actor=doctor, assessment=frozen, version=frozen.version),
    ):
        with pytest.raises(AssessmentConflictError):
            act()


def test_the_model_itself_refuses_to_change_what_is_signed(doctor: Actor, of: Patient) -> None:
    draft = started(doctor, of)
    signed(doctor, draft)
    with pytest.raises(FrozenError):  # this copy still believes that it is a draft
        draft.save()
    with pytest.raises(FrozenError):
        Assessment.objects.get().delete()


# The doctor's choice


def test_following_the_guideline_needs_no_reason(doctor: Actor, of: Patient) -> None:
    frozen = signed(doctor, started(doctor, of), override_reason="other", override_text="x")
    assert (frozen.guideline_regimen, frozen.chosen_regimen) == ("oral_uncomplicated",) * 2
    assert (frozen.override_reason, frozen.override_text) == ("", "")


@pytest.mark.parametrize(
    "decision",
    [
        {"chosen_regimen": "none"},
        {"chosen_regimen": "none", "override_reason": "because"},
        {"chosen_regimen": "none", "override_reason": "other", "override_text": " "},
        {"chosen_regimen": "a_regimen_of_ones_own"},
        {"chosen_regimen": ""},
    ],
)
def test_choosing_otherwise_needs_a_coded_reason(
    doctor: Actor, of: Patient, decision: dict[str, str]
) -> None:
    draft = started(doctor, of)
    with pytest.raises(AssessmentRefusedError):
        signed(doctor, draft, **decision)
    assert not Result.objects.exists()


def test_choosing_otherwise_is_kept_with_its_reason(doctor: Actor, of: Patient) -> None:
    frozen = signed(
        doctor, started(doctor, of), chosen_regimen="none",
        override_reason="other", override_text="Reiser i morgen", comment="Ringes om en uke",
    )  # fmt: skip
    assert (frozen.guideline_regimen, frozen.chosen_regimen) == ("oral_uncomplicated", "none")
    assert (frozen.override_text, frozen.comment) == ("Reiser i morgen", "Ringes om en uke")
    assert frozen.is_override


# What follows


def test_typed_values_become_results_in_the_same_transaction(doctor: Actor, of: Patient) -> None:
    builders.result(of, value="90", sampled_on=date(2026, 3, 1))
    signed(doctor, started(doctor, of))
    stored = Result.objects.exclude(source="typed").get()
    assert (stored.code, stored.value, stored.source) == ("mma_umol_l", stored.value, "assessment")
    assert (str(stored.value), stored.original) == ("1.2", "1,2 µmol/L")
    assert stored.sampled_on == date(2026, 3, 1)


def test_limits_that_were_typed_go_with_the_result(doctor: Actor, of: Patient) -> None:
    draft = started(doctor, of, form_data=CONFIRMED | {"mma_upper_umol_l": ["0,30"]})
    signed(doctor, draft)
    stored = Result.objects.get(code="mma_umol_l")
    assert (str(stored.upper_limit), stored.lower_limit) == ("0.30", None)
    assert stored.limit_source == "answer"


def test_a_limit_that_cannot_be_right_does_not_go_with_the_result(
    doctor: Actor, of: Patient
) -> None:
    draft = started(doctor, of, form_data=CONFIRMED | {"mma_upper_umol_l": ["30000"]})
    signed(doctor, draft, chosen_regimen="none", override_reason="patient_wish")
    assert Result.objects.get(code="mma_umol_l").limit_source != "answer"


def test_a_new_value_without_a_sample_date_is_not_signed(doctor: Actor, of: Patient) -> None:
    undated = {name: value for name, value in CONFIRMED.items() if name != "sample_date"}
    draft = started(doctor, of, form_data=undated)
    with pytest.raises(AssessmentRefusedError):
        signed(doctor, draft)
    builders.result(of, value="90", sampled_on=date(2026, 3, 1))
    builders.result(of, "mma_umol_l", "1.2", unit="µmol/L", sampled_on=date(2026, 3, 1))
    assert signed(doctor, draft).is_signed


def test_tests_are_ordered_and_awaited_for_14_days_unless_said_otherwise(
    doctor: Actor, of: Patient
) -> None:
    frozen = signed(doctor, started(doctor, of), order=["anti_if"])
    order = TestOrder.objects.get()
    assert (order.tests, order.assessment) == (["anti_if"], frozen)
    assert order.expected_by == TODAY + timedelta(days=14)
    assert WorkItem.objects.filter(order=order).exists()


def test_the_control_that_it_was_is_done_and_the_yearly_one_comes_back(
    doctor: Actor, of: Patient
) -> None:
    course = builders.course(of, started_on=date(2025, 3, 1))
    control = builders.control(of, course=course, times=["annual"], repeats=True,
                               tests=["haemoglobin", "mcv_mch"])  # fmt: skip
    treated = NORMAL | {"treatment": ["ongoing"], "weeks_since_start": ["52"]}
    draft = started(doctor, of, control=control, form_data=treated)
    signed(doctor, draft, chosen_regimen="continue_current")
    assert Control.objects.get(pk=control.pk).state == ControlState.DONE
    (next_one,) = Control.objects.filter(state=ControlState.PLANNED)
    assert (next_one.course, next_one.times) == (course, ["annual"])


GREY = {"age": ["63"], "symptoms": ["fatigue"], "sample_date": ["2026-03-01"],
        "total_b12_pmol_l": ["170"], "mma_umol_l": ["0,28"]}  # fmt: skip


def recheck_planned(doctor: Actor, of: Patient) -> tuple[Assessment, Control]:
    draft = started(doctor, of, form_data=GREY)
    frozen = signed(doctor, draft, chosen_regimen="none")
    return frozen, Control.objects.get(origin=frozen)


def test_a_patient_without_treatment_gets_the_recheck_that_the_guideline_asks_for(
    doctor: Actor, of: Patient
) -> None:
    _frozen, control = recheck_planned(doctor, of)
    assert (control.course, control.times) == (None, ["after_some_months"])


def test_declining_a_treatment_that_the_guideline_starts_plans_the_later_check_alone(
    doctor: Actor, of: Patient
) -> None:
    signed(doctor, started(doctor, of), chosen_regimen="none", override_reason="patient_wish")
    assert [control.times for control in Control.objects.all()] == [["after_some_months"]]


# Corrections


def test_a_correction_is_a_new_version_and_the_old_one_stays(doctor: Actor, of: Patient) -> None:
    old = signed(doctor, started(doctor, of))
    draft = started(doctor, of, corrects=old, correction_reason="Feil svar", form_data=GREY)
    signed(doctor, draft, chosen_regimen="none")
    kept = Assessment.objects.get(pk=old.pk)
    assert (kept.form_data, kept.corrected_by) == (CONFIRMED, draft)


def test_a_correction_replaces_the_result_that_was_typed_wrongly(
    doctor: Actor, of: Patient
) -> None:
    builders.result(of, value="90", sampled_on=date(2026, 3, 1))
    old = signed(doctor, started(doctor, of))
    other = CONFIRMED | {"mma_umol_l": ["0,12"], "total_b12_pmol_l": ["91"]}
    draft = started(doctor, of, corrects=old, correction_reason="Feil svar", form_data=other)
    signed(doctor, draft, chosen_regimen="none", override_reason="patient_wish")
    values = Result.objects.current().values_list("code", "value", "correction_reason")
    assert sorted((code, str(value), why) for code, value, why in values) == [
        ("mma_umol_l", "0.12", "Feil svar"),
        ("total_b12_pmol_l", "90", ""),  # somebody else's: left to be corrected there
        ("total_b12_pmol_l", "91", ""),
    ]


def test_a_value_is_kept_as_it_was_typed_with_one_unit(doctor: Actor, of: Patient) -> None:
    typed = {"egfr": ["60 mL/min/1.73 m²"], "ferritin_ug_l": ["40"]}
    signed(doctor, started(doctor, of, form_data=CONFIRMED | typed))
    stored = dict(Result.objects.values_list("code", "original"))
    assert (stored["egfr"], stored["ferritin_ug_l"]) == ("60 mL/min/1.73 m²", "40 µg/L")


def test_a_correction_takes_away_the_recheck_that_only_the_old_one_asked_for(
    doctor: Actor, of: Patient
) -> None:
    old, control = recheck_planned(doctor, of)
    draft = started(doctor, of, corrects=old, correction_reason="Feil svar")
    signed(doctor, draft)
    assert Control.objects.get(pk=control.pk).state == ControlState.CANCELLED


def test_a_correction_needs_a_reason_a_signed_one_and_is_begun_once(
    doctor: Actor, of: Patient
) -> None:
    draft = started(doctor, of)
    with pytest.raises(AssessmentRefusedError):
        started(doctor, of, corrects=draft, correction_reason="Feil")
    old = signed(doctor, draft)
    with pytest.raises(AssessmentRefusedError):
        started(doctor, of, corrects=old, correction_reason=" ")
    started(doctor, of, corrects=old, correction_reason="Feil")
    with pytest.raises(AssessmentRefusedError):
        started(doctor, of, corrects=old, correction_reason="Feil igjen")


def test_the_fixed_day_is_the_fixed_moment_here() -> None:
    assert timezone.localdate(NOW) == TODAY
