"""Asking for another practice's record when there is no time to wait for it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from b12site.forms import SiteForm

from ..rules.emergency import MOST_HOURS, EmergencyRefusedError, checked_reason
from .identity import identity_number


class _OnceOnly(forms.TextInput):
    """Comes back empty: a code that was sent is used up, or wrong."""

    def format_value(self, value: Any) -> None:
        return None


def _hours() -> list[tuple[int, str]]:
    counts = range(1, MOST_HOURS + 1)
    return [(n, ngettext("%(n)s hour", "%(n)s hours", n) % {"n": n}) for n in counts]


class EmergencyForm(SiteForm):
    national_identity_number = forms.CharField(
        label=_("The patient's national identity number"),
        max_length=30,
        error_messages={"required": _("Write the patient's national identity number.")},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    reason = forms.CharField(
        label=_("Why do you need the record now?"),
        help_text=_("At least 15 characters. The patient's practice sees what you write."),
        error_messages={"required": _("Write why you need the record now.")},
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    hours = forms.TypedChoiceField(
        label=_("For how long?"),
        help_text=_("No longer than you need it. You can end it at any time."),
        coerce=int,
        choices=_hours,
    )
    code = forms.CharField(
        label=_("One-time code"),
        help_text=_("A fresh code from your authenticator app, or an unused recovery code."),
        max_length=30,
        error_messages={"required": _("Write the code that your authenticator app shows now.")},
        widget=_OnceOnly(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )

    def clean_national_identity_number(self) -> str:
        return identity_number(self.cleaned_data["national_identity_number"]).digits

    def clean_reason(self) -> str:
        try:
            return checked_reason(self.cleaned_data["reason"])
        except EmergencyRefusedError as refused:
            raise forms.ValidationError(str(refused)) from None
