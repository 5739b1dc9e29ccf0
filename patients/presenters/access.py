"""Who has read and changed a record, as finished strings."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import NamedTuple

from django.utils.formats import date_format, time_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from b12site.audit.models import Entry
from b12site.audit.words import in_words, roles_in_words

from ..letters.access import Reading
from ..reading.access import SHOWN


@dataclass(frozen=True, slots=True)
class AccessRow:
    day: str
    time: str
    who: str
    role: str
    practice: str
    elsewhere: bool
    """Somebody of another practice."""
    kind: str
    changed: bool
    what: str
    ground: str
    times: str
    """How often in a row; empty for once."""


class _Same(NamedTuple):
    """What is alike in rows that follow each other and are told as one."""

    day: date
    actor: int
    practice: int | None
    action: str
    object: tuple[str, int | None]
    ground: str


def rows(entries: Iterable[Entry], practice: int) -> list[AccessRow]:
    """``entries`` newest first, with users and practices. What somebody did several times in a row,
    such as the answer to an assessment while it was typed, is told once."""
    return [_row(list(alike), practice) for _key, alike in groupby(entries, _same)]


def _same(entry: Entry) -> _Same:
    return _Same(
        localtime(entry.at).date(),
        entry.actor_id,
        entry.practice_id,
        entry.action,
        (entry.object_type, entry.object_id),
        entry.ground,
    )


def _row(alike: list[Entry], practice: int) -> AccessRow:
    entry, count = alike[0], len(alike)
    changed = not entry.action.startswith(SHOWN)
    times = ngettext("%(n)s time", "%(n)s times", count) % {"n": count}
    return AccessRow(
        day=date_format(localtime(entry.at), "SHORT_DATE_FORMAT"),
        time=_between(alike[-1].at, entry.at),
        who=entry.actor.name,
        role=roles_in_words(entry.roles),
        practice=entry.practice.name if entry.practice else "",
        elsewhere=entry.practice_id != practice,
        kind=_("Changed") if changed else _("Read"),
        changed=changed,
        what=in_words(entry.action),
        ground=entry.ground,
        times=times if count > 1 else "",
    )


def readings(entries: Iterable[Entry], practice: int) -> list[Reading]:
    """For the patient's letter, in the language that is active: what one person was shown on one
    day, in one row. Of whoever has read nothing but name, role and practice is told, and that it
    was an emergency; not the reason, which can name others."""
    told = (_reading(list(day), practice) for _key, day in groupby(entries, _visitor))
    return list(told)


def _visitor(entry: Entry) -> tuple[date, int, int | None, bool]:
    day = localtime(entry.at).date()
    return day, entry.actor_id, entry.practice_id, bool(entry.ground)


def _reading(entries: list[Entry], practice: int) -> Reading:
    entry = entries[0]
    what = list(dict.fromkeys(in_words(each.action) for each in reversed(entries)))
    if entry.practice_id != practice and entry.ground:
        what.append(_("In an emergency, without having asked first"))
    day = date_format(localtime(entry.at), "SHORT_DATE_FORMAT")
    return Reading(
        when=f"{day} {_between(entries[-1].at, entry.at)}",
        name=entry.actor.name,
        role=roles_in_words(entry.roles),
        practice=entry.practice.name if entry.practice else "",
        what=". ".join(what) + ".",
    )


def _between(first: datetime, last: datetime) -> str:
    """The time of day, or two with a dash."""
    times = [time_format(localtime(each).time(), "TIME_FORMAT") for each in (first, last)]
    return "–".join(dict.fromkeys(times))
