"""Pasting on the open page: the box, the lines that were confirmed, and the case form filled from
them. What was typed before travels along in hidden fields; nothing is stored."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from hashlib import sha256
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from b12site.forms import SiteForm

from .guideline.vocabulary import ANALYTE_OF_LIMIT, Analyte
from .laboratory_text import LONGEST_TEXT, MOST_LINES, Line, TextTooLongError, read_answers
from .presenters.paste import analysis
from .wording.numbers import number

_OWN = frozenset({"csrfmiddlewaretoken", "language", "text", "line", "reviewed", "fill", "back"})


class PasteForm(SiteForm):
    """The box. ``cleaned_data["text"]`` has been read into ``lines``."""

    text = forms.CharField(
        label=_("The laboratory's answers"),
        help_text=_("Whole lines with name, value, unit, limits and date, as they stand."),
        widget=forms.Textarea(
            attrs={"rows": 12, "autocomplete": "off", "spellcheck": "false", "autofocus": True}
        ),
        error_messages={"required": _("Paste the answers into the box first.")},
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.lines: tuple[Line, ...] = ()

    @property
    def _is_unread(self) -> bool:
        """The language was switched before anything was pasted: nothing to complain about. Lines
        that were read are read again: reading saves nothing."""
        return "language" in self.data and not self.data.get("text", "").strip()

    def is_valid(self) -> bool:
        return not self._is_unread and forms.Form.is_valid(self)

    def full_clean(self) -> None:
        if self._is_unread:
            super().full_clean()
        else:
            forms.Form.full_clean(self)

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        try:
            self.lines = read_answers(text, self.today)
        except TextTooLongError:
            raise ValidationError(
                _(
                    "This is too much for one patient's answers (over %(characters)s characters "
                    "or %(lines)s lines). Paste a part of it."
                ),
                code="too_long",
                params={"characters": LONGEST_TEXT, "lines": MOST_LINES},
            ) from None
        return text

    @property
    def digest(self) -> str:
        """Stands for the text whose lines were shown: a tick is worth nothing for another text."""
        lines = "\n".join(self.cleaned_data.get("text", "").splitlines())
        return sha256(lines.encode("utf-8", "replace")).hexdigest()

    @property
    def was_shown(self) -> bool:
        return bool(self.lines) and self.data.get("reviewed") == self.digest


def ticked(data: QueryDict, lines: Sequence[Line]) -> set[int]:
    """The lines that were ticked and can be taken over; anything else that was sent is nothing."""
    sent = set(data.getlist("line"))
    return {place for place, line in enumerate(lines) if str(place) in sent and line.confirmable}


def chosen_twice(lines: Iterable[Line]) -> str:
    """The case form has one place for each analysis: a sentence where two lines want it."""
    seen: set[str] = set()
    for line in lines:
        if line.code in seen:
            return gettext("More than one line is ticked for %(analysis)s. Tick only one.") % {
                "analysis": analysis(line.code)
            }
        seen.add(line.code)
    return ""


def typed_before(data: QueryDict) -> list[tuple[str, str]]:
    """What stood in the case form, to be sent along."""
    return [
        (name, value)
        for name, values in data.lists()
        if name not in _OWN
        for value in values
        if isinstance(value, str)
    ]


def replaced(data: QueryDict, lines: Sequence[Line]) -> dict[int, str]:
    """For each line whose analysis has a value in the form already: which one it would replace."""
    return {
        place: gettext("Replaces what stands in the form: %(value)s") % {"value": before}
        for place, line in enumerate(lines)
        if line.confirmable and (before := data.get(line.code, "").strip())
    }


def filled_in(data: QueryDict, lines: Collection[Line]) -> QueryDict:
    """The case form's data with the confirmed lines in it, in the units that were printed."""
    filled = QueryDict(mutable=True)
    for name, value in typed_before(data):
        filled.appendlist(name, value)
    for line in lines:
        for name, value in _fields(line):
            filled[name] = value
    return filled


def _fields(line: Line) -> Iterator[tuple[str, str]]:
    if line.given is None:
        yield line.code, line.finding
        return
    yield line.code, f"{line.given.comparator}{number(line.given.value)}"
    yield f"{line.code}_unit", line.given.unit
    yield f"date_{line.code}", line.day.isoformat() if line.day else ""
    if line.fasting and line.code == Analyte.GASTRIN:
        yield "gastrin_fasting", "yes"
    for key, analyte in ANALYTE_OF_LIMIT.items():
        limit = line.lower if "_lower_" in key else line.upper
        if analyte == line.code and limit is not None:
            yield key, number(limit)
