"""Results are recorded, corrected and withdrawn; nothing is overwritten."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from b12site.accounts.models import Role
from b12site.audit.models import Entry
from interpretation.guideline.quantity import Comparator, Quantity
from patients.models import LimitSource, OrderState, Patient, ReferenceLimit, Result, ResultSource
from patients.services.orders import order_place
from patients.services.results import (
    NewResult,
    result_correct,
    result_withdraw,
    results_record,
)
from tests.patients import builders

pytestmark = pytest.mark.django_db
ENTRY = NewResult(
    code="total_b12_pmol_l",
    quantity=Quantity(Decimal(143), "pmol/L"),
    original="P-Vitamin B12 143 pmol/L",
    sampled_on=builders.TODAY,
    source=ResultSource.TYPED,
)


def record(of: Patient, *entries: NewResult, **fields: Any) -> list[Result]:
    return results_record(
        actor=fields.pop("actor", None) or builders.member(Role.ASSISTANT),
        patient=of,
        entries=[replace(entry, **fields) for entry in entries or [ENTRY]],
        now=builders.NOW,
    )


def test_it_keeps_value_comparator_unit_text_and_who_entered_it() -> None:
    below = Quantity(Decimal(60), "pmol/L", Comparator.LESS)
    (result,) = record(builders.patient(), quantity=below, original="B12 <60 pmol/L")
    stored = Result.objects.get(pk=result.pk)
    assert stored.quantity == below
    assert (stored.original, stored.unit, stored.source) == ("B12 <60 pmol/L", "pmol/L", "typed")
    assert stored.entered_by.email.startswith("assistant")


def test_it_keeps_the_digits_as_they_were_given() -> None:
    (result,) = record(builders.patient(), quantity=Quantity(Decimal("143.0"), "pmol/L"))
    assert str(Result.objects.get(pk=result.pk).value) == "143.0"


def test_it_stores_an_answer_that_is_a_word() -> None:
    (result,) = record(builders.patient(), code="anti_if", quantity=None, finding="positive")
    assert (result.finding, result.value) == ("positive", None)


@pytest.mark.parametrize(
    "wrong",
    [
        {"code": "sodium"},
        {"quantity": None},
        {"quantity": Quantity(Decimal(143), "pg/mL")},
        {"finding": "positive"},
        {"code": "anti_if"},
        {"code": "anti_if", "quantity": None, "finding": "perhaps"},
        {"sampled_on": builders.TODAY + timedelta(days=1)},
    ],
)
def test_it_refuses_what_is_not_a_result(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        record(builders.patient(), **wrong)
    assert not Result.objects.exists()


def test_it_stores_all_or_nothing() -> None:
    bad = replace(ENTRY, code="sodium")
    with pytest.raises(ValidationError):
        record(builders.patient(), ENTRY, bad)
    assert not Result.objects.exists()
    assert not Entry.objects.exists()


def test_printed_limits_win_over_the_laboratorys_list() -> None:
    laboratory = _laboratory_with_limit()
    printed = {"lower_limit": Decimal(150), "limit_source": LimitSource.ANSWER}
    (result,) = record(builders.patient(), laboratory=laboratory, **printed)
    assert (result.lower_limit, result.limit_source) == (Decimal(150), "answer")


def test_the_laboratorys_list_is_looked_up_where_nothing_was_printed() -> None:
    (result,) = record(builders.patient(), laboratory=_laboratory_with_limit())
    assert (result.lower_limit, result.limit_source) == (Decimal(175), "laboratory")


def test_a_default_limit_is_kept_as_such() -> None:
    hb = {"code": "haemoglobin_g_dl", "quantity": Quantity(Decimal("11.2"), "g/dL")}
    (result,) = record(builders.patient(), **hb)
    assert (result.lower_limit, result.limit_source) == (Decimal("11.7"), "default")


def test_it_logs_each_result_on_the_patient() -> None:
    patient = builders.patient()
    (result,) = record(patient)
    row = Entry.objects.get()
    assert (row.action, row.object_id, row.subject) == ("result.recorded", result.pk, patient.pk)
    assert row.after is not None
    assert row.after["value"] == "143"


def test_a_correction_supersedes_and_the_old_row_stays() -> None:
    (old,) = record(builders.patient())
    new = _correct(old, quantity=Quantity(Decimal(413), "pmol/L"))
    assert list(Result.objects.current()) == [new]
    assert (new.corrects, new.correction_reason) == (old, "Typed wrong")
    assert Result.objects.get(pk=old.pk).value == Decimal(143)


def test_a_correction_is_logged_with_before_after_and_reason() -> None:
    (old,) = record(builders.patient())
    _correct(old, quantity=Quantity(Decimal(413), "pmol/L"))
    row = Entry.objects.get(action="result.corrected")
    assert row.before is not None
    assert row.after is not None
    assert (row.before["value"], row.after["value"], row.ground) == ("143", "413", "Typed wrong")


def test_only_the_newest_row_can_be_corrected() -> None:
    (old,) = record(builders.patient())
    _correct(old)
    with pytest.raises(ValidationError, match="newer"):
        _correct(old)
    with pytest.raises(ValidationError, match="newer"):
        _withdraw(old)


@pytest.mark.parametrize("reason", ["", "   "])
def test_a_correction_needs_a_reason(reason: str) -> None:
    (old,) = record(builders.patient())
    with pytest.raises(ValidationError, match="why"):
        _correct(old, reason=reason)
    with pytest.raises(ValidationError, match="why"):
        _withdraw(old, reason=reason)


def test_a_correction_does_not_change_the_analysis() -> None:
    (old,) = record(builders.patient())
    with pytest.raises(ValidationError, match="other analysis"):
        _correct(old, code="folate_nmol_l", quantity=Quantity(Decimal(9), "nmol/L"))


def test_a_withdrawn_result_counts_no_more_and_stays() -> None:
    (old,) = record(builders.patient())
    _withdraw(old)
    assert not Result.objects.current().exists()
    assert Result.objects.filter(pk=old.pk, withdrawn=False).exists()


def test_a_withdrawal_can_be_taken_back_by_a_correction() -> None:
    (old,) = record(builders.patient())
    back = _correct(_withdraw(old))
    assert list(Result.objects.current()) == [back]


def test_a_withdrawal_is_not_withdrawn_again() -> None:
    (old,) = record(builders.patient())
    with pytest.raises(ValidationError, match="withdrawn already"):
        _withdraw(_withdraw(old))


def test_a_withdrawn_answer_opens_its_order_again() -> None:
    patient = builders.patient()
    order = order_place(
        actor=builders.member(),
        patient=patient,
        tests=["total_b12"],
        ordered_on=builders.TODAY,
        expected_by=builders.TODAY + timedelta(days=14),
    )
    (result,) = record(patient)
    order.refresh_from_db()
    assert order.state == OrderState.ANSWERED
    _withdraw(result)
    order.refresh_from_db()
    assert order.state == OrderState.OPEN


@pytest.mark.parametrize("role", [Role.PRACTICE_ADMIN, Role.REVIEWER])
def test_who_may_not_enter_results_is_refused(role: Role) -> None:
    with pytest.raises(PermissionDenied):
        record(builders.patient(), actor=builders.member(role))


def test_a_patient_or_a_laboratory_of_another_practice_is_refused() -> None:
    elsewhere = builders.practice("Nabobygda legekontor")
    with pytest.raises(PermissionDenied):
        record(builders.patient(at=elsewhere))
    with pytest.raises(PermissionDenied):
        record(builders.patient(), laboratory=builders.laboratory(at=elsewhere))


def test_somebody_elses_result_is_not_corrected() -> None:
    result = builders.result(builders.patient(at=builders.practice("Nabobygda legekontor")))
    with pytest.raises(PermissionDenied):
        _correct(result)
    with pytest.raises(PermissionDenied):
        _withdraw(result)


def _correct(result: Result, reason: str = "Typed wrong", **fields: Any) -> Result:
    return result_correct(
        actor=builders.member(),
        result=result,
        entry=replace(ENTRY, **fields),
        reason=reason,
        now=builders.NOW,
    )


def _withdraw(result: Result, reason: str = "Somebody else's sample") -> Result:
    return result_withdraw(actor=builders.member(), result=result, reason=reason, now=builders.NOW)


def _laboratory_with_limit() -> Any:
    laboratory = builders.laboratory()
    ReferenceLimit.objects.create(
        laboratory=laboratory,
        analyte="total_b12_pmol_l",
        lower=Decimal(175),
        upper=Decimal(700),
        valid_from=date(2020, 1, 1),
    )
    return laboratory
