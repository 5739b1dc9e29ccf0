"""Who has read the record."""

from datetime import date

import pytest

from patients.letters import access

from . import samples

pytestmark = pytest.mark.django_db


def test_it_lists_who_opened_what_and_when() -> None:
    table = samples.access_letter("nb").sections[0].table
    assert table is not None
    office = "lege, Fjordgløtt legekontor"
    assert table.rows[0] == ("05.03.2026 09:30", "Ragna Demovik", office, "Prøvesvar. Brev.")


def test_it_says_that_nobody_has() -> None:
    days = {"first": date(2026, 1, 1), "last": date(2026, 3, 5)}
    letter = access.build(rows=[], **days, **samples.about("en", samples.patient()))
    assert letter.sections[0].paragraphs == (
        "This letter is about the time 1 January 2026 to 5 March 2026.",
        "Nobody has opened your record.",
    )


def test_it_says_whom_to_ask() -> None:
    asked = samples.access_letter("nb").sections[-1].paragraphs
    assert "77 00 00 00" in asked[-1]
