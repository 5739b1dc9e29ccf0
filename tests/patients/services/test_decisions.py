"""What a doctor has decided stays in sight until it is carried out."""

import pytest

from interpretation.guideline.vocabulary import Regimen
from patients.models import Patient, WorkItem, WorkKind
from patients.rules.answered import answered, controls_after, to_be_carried_out
from patients.services import courses
from patients.services.assessments import assessment_sign, assessment_start
from tests.cast import Cast

from ..builders import NOW, TODAY, patient

CONFIRMED = {
    "age": ["63"],
    "sex": ["female"],
    "pathway": ["nonspecific"],
    "symptoms": ["tiredness"],
    "sample_date": [TODAY.isoformat()],
    "total_b12_pmol_l": ["143"],
    "mma_umol_l": ["0,80"],
}


@pytest.fixture
def seen(cast: Cast) -> Patient:
    return patient(cast.practice)


def sign(cast: Cast, of: Patient, chosen: str, reason: str = "") -> None:
    draft = assessment_start(
        actor=cast.doctor.actor, patient=of, form_data=CONFIRMED, as_of=TODAY, now=NOW
    )
    assessment_sign(
        actor=cast.doctor.actor,
        assessment=draft,
        version=draft.version,
        form_data=CONFIRMED,
        chosen_regimen=chosen,
        now=NOW,
        override_reason=reason,
    )


@pytest.mark.django_db
def test_a_treatment_that_was_decided_waits_on_the_work_list(cast: Cast, seen: Patient) -> None:
    sign(cast, seen, Regimen.ORAL_UNCOMPLICATED)
    line = WorkItem.objects.get(patient=seen)
    assert (line.kind, line.due) == (WorkKind.DECISION, TODAY)


@pytest.mark.django_db
def test_the_line_goes_when_the_treatment_starts(cast: Cast, seen: Patient) -> None:
    sign(cast, seen, Regimen.ORAL_UNCOMPLICATED)
    courses.course_start(
        actor=cast.doctor.actor,
        patient=seen,
        started_on=TODAY,
        regimen=Regimen.ORAL_UNCOMPLICATED,
        now=NOW,
    )
    assert not WorkItem.objects.filter(patient=seen, kind=WorkKind.DECISION).exists()


@pytest.mark.django_db
def test_a_shown_deficiency_that_is_left_untreated_is_checked_again(
    cast: Cast, seen: Patient
) -> None:
    sign(cast, seen, Regimen.NONE, reason="patient_wish")
    control = seen.controls.get()
    assert (control.times, control.state) == (["after_some_months"], "planned")
    assert [item.kind for item in WorkItem.objects.filter(patient=seen)] == [WorkKind.CONTROL]


def test_a_trial_that_is_not_made_still_leads_to_the_later_check() -> None:
    unsettled = CONFIRMED | {"total_b12_pmol_l": ["180"], "mma_umol_l": ["0,28"]}
    answer = answered(unsettled, TODAY)
    assert answer is not None
    assert controls_after(answer, Regimen.NONE, treated=False)


def test_what_goes_on_as_it_is_needs_no_act() -> None:
    asked = {code for code in Regimen if to_be_carried_out(code)}
    going_on = {"none", "continue_current", "continue_oral_1mg", "continue_im_maintenance"}
    assert set(Regimen) - asked == going_on
