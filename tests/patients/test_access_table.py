"""The operator's page says what the code does."""

import pytest
from django.core.management import CommandError, call_command

from b12site.accounts.models import Role
from patients.management.commands.access_table import BEGIN, END, table, with_table
from patients.permissions import Action


def test_the_page_is_up_to_date(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("access_table", "--check")
    assert "is up to date" in capsys.readouterr().out


def test_it_has_a_row_for_each_action_and_a_column_for_each_role() -> None:
    lines = table().splitlines()
    assert len(lines) == len(Action) + 2
    assert {line.count("|") for line in lines} == {len(Role) + 2}
    assert "| sign assessment | yes | – | – | – |" in lines


def test_it_keeps_what_stands_around_the_table() -> None:
    page = with_table(f"above\n{BEGIN}\nold\n{END}\nbelow\n")
    assert page.startswith("above\n")
    assert page.endswith("below\n")
    assert "old" not in page


def test_a_page_without_the_marks_is_refused() -> None:
    with pytest.raises(CommandError, match="has lost the marks"):
        with_table("nothing here")
