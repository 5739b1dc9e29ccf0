"""A patient, a draft on the patient, and the same draft signed."""

import pytest

from patients.models import Assessment, Patient
from patients.services.assessments import assessment_sign
from tests.cast import Cast
from tests.patients import builders

from .pages import STORED, started


@pytest.fixture
def of(cast: Cast) -> Patient:
    return builders.patient(cast.practice)


@pytest.fixture
def draft(cast: Cast, of: Patient) -> Assessment:
    return started(cast, of)


@pytest.fixture
def signed(cast: Cast, draft: Assessment) -> Assessment:
    return assessment_sign(
        actor=cast.doctor.actor, assessment=draft, version=1, form_data=STORED,
        chosen_regimen="oral_uncomplicated", now=builders.NOW,
    )  # fmt: skip
