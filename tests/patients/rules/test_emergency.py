"""What an emergency access asks for: a reason that says something, and a few hours."""

from datetime import timedelta

import pytest

from patients.rules.emergency import EmergencyRefusedError, checked_hours, checked_reason


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("bevisstløs her", "Write 1 more character"),
        ("bevisstløs her!", ""),
        ("bevisstløs her!!", ""),
        ("  bevisstløs   her  ", "Write 1 more character"),
        ("", "Write 15 more characters"),
        ("x" * 15, "This says nothing"),
        ("xy xy xy xy xy xy", "This says nothing"),
        ("grunn " * 83 + "xx", ""),
        ("grunn " * 83 + "xxx", "at most 500 characters"),
    ],
)
def test_a_reason_says_something(text: str, fault: str) -> None:
    if not fault:
        assert checked_reason(text) == text
        return
    with pytest.raises(EmergencyRefusedError, match=fault):
        checked_reason(text)


def test_it_lasts_one_to_four_hours() -> None:
    assert [checked_hours(fine) for fine in (1, 4)] == [timedelta(hours=1), timedelta(hours=4)]
    for wrong in (-1, 0, 5):
        with pytest.raises(EmergencyRefusedError, match="between 1 and 4 hours"):
            checked_hours(wrong)
