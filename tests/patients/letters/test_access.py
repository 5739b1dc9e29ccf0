"""Who has read the record."""

import pytest

from patients.letters import access

from . import samples

pytestmark = pytest.mark.django_db


def test_it_lists_who_opened_what_and_when() -> None:
    table = samples.access_letter("nb").sections[0].table
    assert table is not None
    assert table.rows[0] == ("05.03.2026 09:30", "Ragna Demovik", "lege", "Prøvesvar")


def test_it_says_that_nobody_has() -> None:
    letter = access.build(rows=[], **samples.about("en", samples.patient()))
    assert letter.sections[0].paragraphs == ("Nobody has opened your record.",)


def test_it_says_whom_to_ask() -> None:
    asked = samples.access_letter("nb").sections[-1].paragraphs
    assert "77 00 00 00" in asked[-1]
