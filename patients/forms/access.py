"""Who has read the record: whose rows, from which day to which."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from b12site.forms import SiteForm

from ..reading.access import Wanted, What

LONGEST_NUMBER = 18


def _day(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class AccessFilterForm(SiteForm):
    """Read from the address, where it names a colleague and days and nobody's data."""

    person = forms.TypedChoiceField(label=_("Who"), coerce=int, empty_value=None, required=False)
    first = _day(_("From"))
    last = _day(_("Until"))
    what = forms.ChoiceField(label=_("What"), choices=What.choices, required=False)
    after = forms.RegexField(
        f"^[0-9]{{1,{LONGEST_NUMBER}}}$", required=False, widget=forms.HiddenInput
    )
    """The last row of the page before."""

    def __init__(self, data: QueryDict, *, people: Sequence[tuple[int, str]]) -> None:
        super().__init__(data)
        self.fields["person"].choices = [("", _("Everybody")), *people]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        first, last = self.cleaned_data.get("first"), self.cleaned_data.get("last")
        if first and last and last < first:
            self.add_error("last", _("The last day lies before the first one."))
        return self.cleaned_data

    def wanted(self) -> Wanted:
        chosen = self.cleaned_data
        return Wanted(chosen["person"], chosen["first"], chosen["last"], chosen["what"])

    def after_row(self) -> int | None:
        return int(self.cleaned_data["after"]) if self.cleaned_data["after"] else None

    def query(self) -> str:
        """The choice as part of an address, without the place on the list."""
        chosen = {name: v for name, v in self.cleaned_data.items() if v and name != "after"}
        return urlencode(chosen)
