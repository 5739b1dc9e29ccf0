"""Who has read the record: a list for the patient, who has a right to it."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple, Unpack

from django.utils import translation
from django.utils.translation import gettext as _

from . import common
from .common import Common
from .context import Letter, Section, Table


class Reading(NamedTuple):
    """What one person opened on one day, as the patient is told it: finished words in the language
    of the letter."""

    when: str
    name: str
    role: str
    practice: str
    what: str


def build(*, rows: Sequence[Reading], first: date, last: date, **about: Unpack[Common]) -> Letter:
    """``first`` and ``last`` are the days that the letter is about."""
    with translation.override(about["language"]):
        period = common.days(first, last)
        sections = (_list(rows, period), _kept(), *_questions(about))
        title = _("Who has read my record")
        heading = _("Who has read your record")
        return common.to_patient(about, title, heading, sections)


def _list(rows: Sequence[Reading], period: str) -> Section:
    about = _("This letter is about the time %(period)s.") % {"period": period}
    if not rows:
        return Section(_("The list"), (about, _("Nobody has opened your record.")))
    cells = tuple(
        (row.when, row.name, ", ".join(filter(None, (row.role, row.practice))), row.what)
        for row in rows
    )
    columns = (_("When"), _("Who"), _("Role and office"), _("What was opened"))
    intro = _("Here you see everybody who has opened your record, the last one first.")
    return Section(_("The list"), (about, intro), table=Table(columns, cells))


def _kept() -> Section:
    return Section(
        _("How the list is made"),
        (
            _("The program writes a line each time that somebody opens a part of your record."),
            _("Nobody can change or remove a line afterwards."),
            _("Lists with several patients, such as the list of today's work, are counted too."),
        ),
    )


def _questions(about: Common) -> tuple[Section, ...]:
    text = _("If you think that somebody should not have opened it, tell us. We will look into it.")
    return (Section(_("Do you have questions?"), (text, common.call_us(about["practice"]))),)
