"""The forms of the work list: what to show, why a line goes, how somebody was contacted."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from b12site.forms import SiteForm, capitalised

from ..models import Channel, ContactOutcome, RemovalReason, Seriousness, WorkKind
from ..reading.worklist import Contacted, Show, Wanted

OLDEST_CONTACT = timedelta(days=365)


class FilterForm(SiteForm):
    """Read from the address, where it names kinds of lines and nobody's data."""

    show = forms.ChoiceField(label=_("Show"), choices=Show.choices, required=False)
    kind = forms.ChoiceField(
        label=_("Kind"), choices=[("", _("All")), *capitalised(WorkKind.choices)], required=False
    )
    seriousness = forms.TypedChoiceField(
        label=_("Seriousness"),
        choices=[("", _("All")), *capitalised(reversed(Seriousness.choices))],
        coerce=int,
        empty_value=None,
        required=False,
    )
    contacted = forms.ChoiceField(
        label=_("Contacted in the last 14 days"), choices=Contacted.choices, required=False
    )

    def wanted(self) -> Wanted:
        return Wanted(**self.cleaned_data)

    def query(self) -> str:
        """The choice as part of an address."""
        chosen = {name: v for name, v in self.cleaned_data.items() if v not in {"", None}}
        return urlencode(chosen)


class RemovalForm(SiteForm):
    reason = forms.ChoiceField(
        label=_("Reason"),
        choices=capitalised(RemovalReason.choices),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose why the line is removed.")},
    )
    text = forms.CharField(
        label=_("In your own words"),
        max_length=200,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean(self) -> dict[str, Any]:
        if self.cleaned_data.get("reason") == RemovalReason.OTHER and not self.cleaned_data["text"]:
            self.add_error("text", _("Describe the other reason."))
        return self.cleaned_data


class ContactForm(SiteForm):
    at = forms.DateTimeField(
        label=_("When"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        error_messages={
            "required": _("Write when the patient was contacted."),
            "invalid": _("Write the date and the time, for example 22.11.2026 09:00."),
        },
    )
    channel = forms.ChoiceField(
        label=_("How"),
        choices=capitalised(Channel.choices),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how the patient was contacted.")},
    )
    outcome = forms.ChoiceField(
        label=_("Outcome"),
        choices=capitalised(ContactOutcome.choices),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what came of it.")},
    )
    note = forms.CharField(label=_("Note"), max_length=200, required=False)

    def __init__(self, data: QueryDict | None, *, now: datetime) -> None:
        super().__init__(data, initial={"at": now})
        self.now = now

    def clean_at(self) -> datetime:
        at: datetime = self.cleaned_data["at"]
        if at > self.now:
            raise forms.ValidationError(
                _("The attempt lies in the future. Write when it was made.")
            )
        if at < self.now - OLDEST_CONTACT:
            raise forms.ValidationError(_("This is more than a year ago. Check the year."))
        return at

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        by_letter = data.get("channel", Channel.LETTER) == Channel.LETTER
        if data.get("outcome") == ContactOutcome.LETTER_SENT and not by_letter:
            self.add_error("channel", _("A letter that was sent is contact by letter."))
        return data
