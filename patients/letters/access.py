"""Who has read the record: a list for the patient, who has a right to it."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple, Unpack

from django.utils import translation
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from . import common
from .common import Common
from .context import Letter, Section, Table


class Reading(NamedTuple):
    """One row of the log, as the patient is told it. ``role`` and ``what`` are finished words in
    the language of the letter."""

    at: datetime
    name: str
    role: str
    what: str


def build(*, rows: Sequence[Reading], **about: Unpack[Common]) -> Letter:
    with translation.override(about["language"]):
        sections = (_list(rows), *_questions(about))
        title = _("Who has read my record")
        heading = _("Who has read your record")
        return common.to_patient(about, title, heading, sections)


def _list(rows: Sequence[Reading]) -> Section:
    if not rows:
        return Section(_("The list"), (_("Nobody has opened your record."),))
    cells = tuple((_moment(row.at), row.name, row.role, row.what) for row in rows)
    columns = (_("When"), _("Who"), _("Role"), _("What was opened"))
    return Section(
        _("The list"),
        (_("Here you see everybody here who has opened your record, the last one first."),),
        table=Table(columns, cells),
    )


def _questions(about: Common) -> tuple[Section, ...]:
    text = _("If you think that somebody should not have opened it, tell us. We will look into it.")
    return (Section(_("Do you have questions?"), (text, common.call_us(about["practice"]))),)


def _moment(at: datetime) -> str:
    return date_format(localtime(at), "SHORT_DATETIME_FORMAT")
