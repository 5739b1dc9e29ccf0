"""Ordered tests are awaited until all of them are answered, or somebody closes them."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from b12site.accounts.models import Role
from b12site.audit.models import Entry
from interpretation.guideline.quantity import UNITS, Quantity
from interpretation.guideline.vocabulary import Analyte, Test
from patients.models import OrderState, Patient, Seriousness, TestOrder, WorkItem
from patients.rules.measured import ANSWERED_BY
from patients.services.orders import order_answer, order_cancel, order_place
from patients.services.results import WORDS, NewResult, results_record
from tests.patients import builders

pytestmark = pytest.mark.django_db
DUE = builders.TODAY + timedelta(days=14)


def place(of: Patient, *tests: str, **fields: Any) -> TestOrder:
    values: dict[str, Any] = {"actor": builders.member(), "ordered_on": builders.TODAY}
    return order_place(
        patient=of, tests=tests or ("mma", "total_b12"), **{"expected_by": DUE} | values | fields
    )


def answer(of: Patient, code: str, sampled_on: date, now: datetime = builders.NOW) -> None:
    entry = NewResult(
        code=code,
        quantity=Quantity(Decimal("0.5" if code == "mma_umol_l" else "143"), UNITS[Analyte(code)]),
        original="x",
        sampled_on=sampled_on,
        source="typed",
    )
    results_record(actor=builders.member(), patient=of, entries=[entry], now=now)


def test_an_order_stands_on_the_work_list_until_its_day() -> None:
    order = place(builders.patient(), seriousness=Seriousness.NEUROLOGICAL)
    line = WorkItem.objects.get(order=order)
    assert (line.visible_from, line.due) == (builders.TODAY, DUE)
    assert line.seriousness == Seriousness.NEUROLOGICAL


def test_an_order_is_as_serious_as_the_ongoing_course() -> None:
    patient = builders.patient()
    builders.course(patient, neurological=True)
    assert WorkItem.objects.get(order=place(patient)).seriousness == Seriousness.NEUROLOGICAL


def test_tests_are_kept_once_and_in_a_fixed_order() -> None:
    assert place(builders.patient(), "mma", "total_b12", "mma").tests == ["total_b12", "mma"]


def test_an_order_is_logged() -> None:
    order = place(builders.patient())
    row = Entry.objects.get()
    assert (row.action, row.object_id, row.subject) == ("order.placed", order.pk, order.patient_id)


@pytest.mark.parametrize(
    ("tests", "fields"),
    [
        ((), {"tests": []}),
        (("clinical_state",), {}),
        (("sodium",), {}),
        (("mma",), {"expected_by": builders.TODAY - timedelta(days=1)}),
    ],
)
def test_it_refuses_an_order_that_cannot_be(tests: tuple[str, ...], fields: Any) -> None:
    values = {"expected_by": DUE, "tests": tests} | fields
    with pytest.raises(ValidationError):
        order_place(
            actor=builders.member(),
            patient=builders.patient(),
            ordered_on=builders.TODAY,
            **values,
        )
    assert not TestOrder.objects.exists()


def test_nothing_is_ordered_for_a_patient_who_has_left() -> None:
    with pytest.raises(ValidationError, match="left"):
        place(builders.patient(deceased_on=builders.TODAY))


def test_it_stays_open_until_every_test_is_answered() -> None:
    patient = builders.patient()
    order = place(patient)
    answer(patient, "total_b12_pmol_l", builders.TODAY)
    assert state(order) == OrderState.OPEN
    answer(patient, "mma_umol_l", builders.TODAY)
    assert state(order) == OrderState.ANSWERED
    assert not WorkItem.objects.filter(order=order).exists()


def test_an_answer_from_before_the_order_answers_nothing() -> None:
    patient = builders.patient()
    answer(patient, "mma_umol_l", builders.TODAY)
    order = place(patient, "mma")
    answer(patient, "total_b12_pmol_l", builders.TODAY - timedelta(days=1))
    assert state(order) == OrderState.ANSWERED  # sampled on the day of the order
    later = place(patient, "mma", ordered_on=builders.TODAY + timedelta(days=1))
    answer(patient, "total_b12_pmol_l", builders.TODAY - timedelta(days=1))
    assert state(later) == OrderState.OPEN


def test_a_test_added_to_an_earlier_sample_answers_the_order() -> None:
    patient = builders.patient()
    order = place(patient, "mma")
    answer(patient, "mma_umol_l", builders.TODAY - timedelta(days=3))
    assert state(order) == OrderState.ANSWERED


def test_an_old_result_that_is_entered_late_does_not_answer() -> None:
    patient = builders.patient()
    order = place(patient, "mma")
    answer(patient, "mma_umol_l", builders.TODAY - timedelta(days=15))
    assert state(order) == OrderState.OPEN


def test_what_is_no_laboratory_result_is_closed_by_hand() -> None:
    patient = builders.patient()
    order = place(patient, "mma", "gastroscopy")
    answer(patient, "mma_umol_l", builders.TODAY)
    assert state(order) == OrderState.OPEN
    close(order, order_answer)
    assert state(order) == OrderState.ANSWERED


def test_a_repetition_is_answered_by_b12_and_both_metabolites() -> None:
    patient = builders.patient()
    order = place(patient, "repeat_b12_and_metabolites")
    answer(patient, "active_b12_pmol_l", builders.TODAY)
    answer(patient, "mma_umol_l", builders.TODAY)
    assert state(order) == OrderState.OPEN
    answer(patient, "homocysteine_umol_l", builders.TODAY)
    assert state(order) == OrderState.ANSWERED


def test_an_order_closed_by_hand_is_not_opened_by_later_results() -> None:
    patient = builders.patient()
    order = place(patient, "mma")
    close(order, order_answer)
    answer(patient, "total_b12_pmol_l", builders.TODAY)
    assert state(order) == OrderState.ANSWERED


def test_a_cancelled_order_leaves_the_work_list_with_its_reason() -> None:
    order = place(builders.patient())
    close(order, order_cancel)
    order.refresh_from_db()
    assert (order.state, order.reason) == (OrderState.CANCELLED, "Ordered twice")
    assert not WorkItem.objects.exists()
    assert Entry.objects.get(action="order.cancelled").ground == "Ordered twice"


def test_a_closed_order_is_not_closed_again_and_a_reason_is_needed() -> None:
    order = place(builders.patient())
    with pytest.raises(ValidationError, match="why"):
        close(order, order_cancel, reason=" ")
    close(order, order_cancel)
    with pytest.raises(ValidationError, match="closed already"):
        close(order, order_cancel)


@pytest.mark.parametrize("role", [Role.PRACTICE_ADMIN, Role.REVIEWER])
def test_who_may_not_order_is_refused(role: Role) -> None:
    with pytest.raises(PermissionDenied):
        place(builders.patient(), actor=builders.member(role))


def test_orders_of_another_practice_are_refused() -> None:
    elsewhere = builders.practice("Nabobygda legekontor")
    stranger = builders.member(at=elsewhere)
    order = place(builders.patient())
    with pytest.raises(PermissionDenied):
        place(builders.patient(), actor=stranger)
    with pytest.raises(PermissionDenied):
        order_cancel(actor=stranger, order=order, reason="x", today=builders.TODAY)


def test_every_test_is_either_ordered_or_a_state_of_the_patient() -> None:
    assert set(Test) - set(ANSWERED_BY) == {Test.CLINICAL_STATE, Test.NEUROLOGICAL_SYMPTOMS}
    words = {code for sets in ANSWERED_BY.values() for one in sets for code in one if "_" in code}
    assert set(WORDS) <= words


def state(order: TestOrder) -> str:
    order.refresh_from_db()
    return order.state


def close(order: TestOrder, service: Any, reason: str = "Ordered twice") -> None:
    service(actor=builders.member(), order=order, reason=reason, today=builders.TODAY)
