"""One field in which a patient is looked for by name, date of birth or identity number."""

import re
from dataclasses import replace
from datetime import date

from django import forms
from django.db.models import BigIntegerField
from django.utils.translation import gettext_lazy as _

from b12site.forms import SiteForm

from ..reading.searched import Wanted
from ..rules.national_identity import without_spaces
from .identity import identity_number

_NUMBER = re.compile(r"(?<![0-9])[0-9](?:\s?[0-9]){10}(?!\s?[0-9])")
_BETWEEN = r"[./ -]{1,2}"
_YEAR = "(?P<year>[0-9]{4}|[0-9]{2})(?![0-9])"
_DATES = (
    re.compile("(?<![0-9])(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})(?![0-9])"),
    re.compile(
        f"(?<![0-9])(?P<day>[0-9]{{1,2}}){_BETWEEN}(?P<month>[0-9]{{1,2}}){_BETWEEN}{_YEAR}"
    ),
    re.compile(f"(?<![0-9])(?P<day>[0-9]{{2}})(?P<month>[0-9]{{2}}){_YEAR}"),
)


class SearchForm(SiteForm):
    q = forms.CharField(
        label=_("Name, date of birth or national identity number"),
        help_text=_(
            "Parts of names in any order, and a date as 04.05.1962 or 040562: “åse prøv 040562”."
        ),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    also_left = forms.BooleanField(
        label=_("Also those who have died or moved"),
        required=False,
    )
    after = forms.IntegerField(
        required=False, min_value=1, max_value=BigIntegerField.MAX_BIGINT, widget=forms.HiddenInput
    )
    """The last patient of the page before."""

    @property
    def is_only_shown(self) -> bool:
        """A search changes nothing: it need not be sent once more after signing in again."""
        return "language" in self.data

    def clean_q(self) -> Wanted | None:
        """``None`` when nothing was typed."""
        text: str = self.cleaned_data["q"]
        if number := _NUMBER.search(text):
            identity_number(number[0])
            rest = text.replace(number[0], " ")
            return Wanted(words=_words(rest), number=without_spaces(number[0]))
        for pattern in _DATES:
            if found := pattern.search(text):
                rest = text.replace(found[0], " ")
                return Wanted(words=_words(rest), birth_dates=_birth_dates(found))
        return Wanted(words=_words(text)) if text else None

    def wanted(self) -> Wanted | None:
        wanted: Wanted | None = self.cleaned_data["q"]
        return wanted and replace(wanted, also_left=self.cleaned_data["also_left"])


def _words(text: str) -> tuple[str, ...]:
    words = tuple(text.replace(",", " ").split())
    for word in words:
        if any(character.isdigit() for character in word):
            raise forms.ValidationError(
                _(
                    "“%(word)s” is no date and no national identity number. Write a date as "
                    "04.05.1962; an identity number has 11 digits."
                ),
                params={"word": word},
            )
    return words


def _birth_dates(found: re.Match[str]) -> tuple[date, ...]:
    """Both centuries that a two-digit year may mean."""
    years = (
        [found["year"]] if len(found["year"]) == 4 else [f"{c}{found['year']}" for c in (19, 20)]
    )
    dates = []
    for year in years:
        try:
            dates.append(date(int(year), int(found["month"]), int(found["day"])))
        except ValueError:
            continue
    if not dates:
        raise forms.ValidationError(
            _("There is no such date as %(date)s. Write day, month and year: 04.05.1962."),
            params={"date": found[0]},
        )
    return tuple(dates)
