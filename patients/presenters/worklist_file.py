"""The work list as a file that Norwegian spreadsheets open by a double click: UTF-8 with a byte
order mark, semicolons. Without identity numbers."""

import csv
import io
import re
from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from interpretation.presenters.texts import short_day

from ..models import WorkItem
from ..reading.worklist import CSV_LIMIT, Around
from .worklist import line

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_NUMBER = re.compile(r"-[0-9]+(,[0-9]+)?")


def file_of(items: list[WorkItem], around: Around, today: date) -> str:
    """The whole file. One item more than the limit says that there are more."""
    rows = [_columns(), *(_cells(item, around, today) for item in items[:CSV_LIMIT])]
    if len(items) > CSV_LIMIT:
        rows.append([_more()])
    return written(rows)


def _more() -> str:
    return ngettext(
        "The file ends here after %(limit)s line. Choose fewer lines to get the rest.",
        "The file ends here after %(limit)s lines. Choose fewer lines to get the rest.",
        CSV_LIMIT,
    ) % {"limit": CSV_LIMIT}


def _columns() -> list[str]:
    return [
        _("Seriousness"),
        _("Patient"),
        _("Date of birth"),
        _("What"),
        _("Details"),
        _("From"),
        _("Due"),
        _("Days overdue"),
        _("Last contact attempt"),
        _("Attempts"),
        _("Follow-up"),
        _("Removed"),
    ]


def _cells(item: WorkItem, around: Around, today: date) -> list[str]:
    shown = line(item, around, today)
    return [
        shown.serious,
        shown.patient,
        short_day(item.patient.birth_date),
        shown.what,
        shown.detail,
        short_day(item.visible_from),
        short_day(item.due),
        str(max(shown.overdue, 0)),
        shown.contact,
        shown.attempts,
        shown.lost,
        f"{shown.removed}: {shown.why_removed}" if shown.removed else "",
    ]


def written(rows: Iterable[Iterable[str]]) -> str:
    """A whole file of finished cells."""
    return "\ufeff" + "".join(map(_line, rows))


def _line(cells: Iterable[str]) -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerow(map(_harmless, cells))
    return out.getvalue()


def _harmless(cell: str) -> str:
    """A spreadsheet runs a cell that begins like a formula; an apostrophe makes it text. A number
    below zero stays one."""
    runs = cell.startswith(_FORMULA) and not _NUMBER.fullmatch(cell)
    return f"'{cell}" if runs else cell
