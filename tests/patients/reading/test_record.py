"""What matters now: the valid conclusion, the treatment, and what is planned or awaited."""

from datetime import timedelta
from typing import Any

import pytest

from patients.models import Assessment, Patient, TestOrder
from patients.reading.record import now_of
from patients.services import work

from .. import builders as build
from ..builders import NOW, TODAY

pytestmark = pytest.mark.django_db


def signed(of: Patient, **fields: Any) -> Assessment:
    values = {"state": "signed", "signed_at": NOW, "signed_by": build.user()}
    return build.draft(of, **(values | {"case": {}, "result": {}} | fields))


def order(of: Patient) -> TestOrder:
    return TestOrder.objects.create(
        patient=of, tests=["mma"], ordered_on=TODAY, expected_by=TODAY, ordered_by=build.user()
    )


def test_of_a_new_patient_nothing_is_known() -> None:
    now = now_of(build.patient())
    assert (now.signed, now.course, now.drafts, now.work) == (None, None, [], [])


def test_the_last_signed_assessment_counts() -> None:
    own = build.patient()
    last = signed(own)
    signed(own, as_of=TODAY - timedelta(days=1))
    draft = build.draft(own)
    now = now_of(own)
    assert (now.signed, now.drafts) == (last, [draft])


def test_one_that_is_being_corrected_counts_until_the_correction_is_signed() -> None:
    own = build.patient()
    old = signed(own)
    new = build.draft(own, corrects=old, as_of=TODAY - timedelta(days=2))
    assert now_of(own).signed == old
    values = {"state": "signed", "signed_at": NOW, "signed_by": build.user()}
    Assessment.objects.filter(pk=new.pk).update(**values, case={}, result={})
    assert now_of(own).signed == new


def test_the_ongoing_course_counts_before_a_stopped_one() -> None:
    own = build.patient()
    stopped = build.course(own, started_on=TODAY, stopped_on=TODAY)
    assert now_of(own).course == stopped
    ongoing = build.course(own, started_on=TODAY - timedelta(days=100))
    assert now_of(own).course == ongoing


def test_planned_and_awaited_stand_in_the_order_in_which_they_are_due() -> None:
    own = build.patient()
    control, ordered, course = build.control(own), order(own), build.course(own)
    work.put_control(control)
    work.put_order(ordered, work.seriousness_of(None))
    work.put_injection(course, TODAY - timedelta(days=9), TODAY - timedelta(days=2))
    work.put_draft(build.draft(own), work.seriousness_of(None))
    assert [item.kind for item in now_of(own).work] == ["injection", "answers", "control"]


def test_nothing_of_another_patient_counts() -> None:
    own, other = build.patient(), build.patient(given_name="Bo")
    signed(other)
    build.draft(other)
    build.course(other)
    work.put_control(build.control(other))
    now = now_of(own)
    assert (now.signed, now.course, now.drafts, now.work) == (None, None, [], [])
