import pytest

from patients.presenters.worklist_file import written


@pytest.mark.parametrize("cell", ["=1+1", "+47", "-1+cmd|calc", "@sum", "\tx", "-0,2,1"])
def test_what_a_spreadsheet_would_run_becomes_text(cell: str) -> None:
    assert f"'{cell}" in written([[cell]])


@pytest.mark.parametrize("cell", ["-0,20", "-3", "0,5", "60–69 years"])
def test_a_number_stays_a_number(cell: str) -> None:
    assert written([[cell, "x"]]) == f"\ufeff{cell};x\r\n"
