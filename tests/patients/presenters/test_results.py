"""The list of results, from ready objects: no database."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from b12site.accounts.models import User
from patients.models import Result, TestOrder
from patients.presenters.results import awaited, result_days, shown_value

DAY = date(2026, 3, 2)


def result(**fields: Any) -> Result:
    values: dict[str, Any] = {
        "pk": 1,
        "code": "total_b12_pmol_l",
        "value": Decimal(143),
        "unit": "pmol/L",
        "sampled_on": DAY,
        "source": "pasted",
        "entered_at": datetime(2026, 3, 3, 9, tzinfo=UTC),
        "entered_by": User(name="Unni Prøveli"),
        "original": "B12 143",
    }
    row = Result(**values | fields)
    row._state.fields_cache["corrected_by"] = None  # as select_related leaves it
    return row


def newer(old: Result, **fields: Any) -> Result:
    row = result(pk=2, correction_reason="Feil tall", **fields)
    old.corrected_by = row
    return row


def test_results_are_grouped_by_sample_date() -> None:
    earlier = result(sampled_on=date(2026, 2, 1))
    days = result_days([result(), result(code="mcv_fl"), earlier])
    assert [len(day.rows) for day in days] == [2, 1]


def test_the_comparator_is_shown() -> None:
    assert shown_value(result(value=Decimal(60), comparator="<")) == "<60 pmol/L"


@pytest.mark.parametrize(
    ("value", "comparator", "mark"),
    [
        ("174", "", "low"),
        ("175", "", ""),
        ("700", "", ""),
        ("701", "", "high"),
        ("150", "<", "low"),
        ("400", "<", ""),
        ("1476", ">", "high"),
    ],
)
def test_a_value_is_marked_only_where_it_can_be_said(
    value: str, comparator: str, mark: str
) -> None:
    limits = {"lower_limit": Decimal(175), "upper_limit": Decimal(700)}
    row = result(value=Decimal(value), comparator=comparator, **limits)
    ((shown,),) = [day.rows for day in result_days([row])]
    assert shown.mark == mark


def test_a_default_limit_is_labelled() -> None:
    row = result(lower_limit=Decimal(175), limit_source="default")
    ((shown,),) = [day.rows for day in result_days([row])]
    assert "not from the guideline" in shown.limit_source


def test_what_was_corrected_says_by_whom_when_and_why() -> None:
    old = result()
    newer(old)
    ((shown,),) = [day.rows for day in result_days([old])]
    assert "Unni Prøveli" in shown.superseded
    assert "Feil tall" in shown.superseded
    assert shown.bring_back is None


def test_only_a_withdrawal_that_still_holds_can_be_taken_back() -> None:
    old = result()
    withdrawal = newer(old, withdrawn=True, value=None)
    ((shown,),) = [day.rows for day in result_days([old])]
    assert shown.bring_back == withdrawal.pk
    newer(withdrawal)
    ((shown,),) = [day.rows for day in result_days([old])]
    assert shown.bring_back is None


@pytest.mark.parametrize(("today", "overdue"), [(DAY, False), (date(2026, 3, 3), True)])
def test_an_order_is_overdue_after_its_day(today: date, overdue: bool) -> None:
    order = TestOrder(
        pk=1, tests=["mma"], ordered_on=DAY, expected_by=DAY, ordered_by=User(name="Ragna")
    )
    (shown,) = awaited([order], today)
    assert shown.overdue is overdue
