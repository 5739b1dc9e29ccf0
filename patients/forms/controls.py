"""What is done with a control, and why."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from b12site.forms import SiteForm, capitalised
from interpretation.guideline.calendar_time import add_months

from ..models import Control
from ..models.control import CancelReason, CloseReason, MoveReason

_FURTHEST_MONTHS = 120


def _day(label: Any, help_text: Any = "") -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, help_text=help_text, widget=widget)


class ReasonedForm(SiteForm):
    """A coded reason and room for words, which "another reason" needs."""

    def clean(self) -> dict[str, Any]:
        other = self.cleaned_data.get("reason") == MoveReason.OTHER
        if other and not self.cleaned_data.get("text"):
            self.add_error("text", _("Describe the other reason."))
        return self.cleaned_data


def _reason(reasons: Any, label: Any = "") -> forms.ChoiceField:
    choices = capitalised(reasons.choices)
    return forms.ChoiceField(label=label or _("Reason"), choices=choices, widget=forms.RadioSelect)


def _text() -> forms.CharField:
    return forms.CharField(
        label=_("In your own words"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class MoveForm(ReasonedForm):
    earliest = _day(_("Earliest day"))
    latest = _day(_("Latest day"), _("After this day the control is overdue."))
    reason = _reason(MoveReason)
    text = _text()

    def __init__(self, data: Any, *, control: Control, today: date) -> None:
        window = {"earliest": control.earliest, "latest": control.latest}
        super().__init__(data, initial=window)
        self.window, self.today = (control.earliest, control.latest), today

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        earliest, latest = cleaned.get("earliest"), cleaned.get("latest")
        if earliest is not None and latest is not None:
            self._check_window(earliest, latest)
        return cleaned

    def _check_window(self, earliest: date, latest: date) -> None:
        if (earliest, latest) == self.window:
            self.add_error(None, _("This is the time it has already. Change a day, or go back."))
        elif latest < earliest:
            self.add_error("latest", _("The latest day lies before the earliest. Correct one."))
        elif latest < self.today:
            self.add_error("latest", _("This day has passed. Choose today or a later day."))
        elif latest > add_months(self.today, _FURTHEST_MONTHS):
            self.add_error("latest", _("This is more than ten years ahead. Check the year."))


class CancelForm(ReasonedForm):
    reason = _reason(CancelReason)
    text = _text()
    plan_next = forms.TypedChoiceField(
        label=_("This control comes back"),
        choices=[
            ("next", _("Leave out this one only; the next one is planned")),
            ("none", _("Cancel it for good")),
        ],
        coerce=lambda choice: choice == "next",
        widget=forms.RadioSelect,
    )

    def __init__(self, data: Any, *, control: Control) -> None:
        super().__init__(data)
        if not control.repeats:
            del self.fields["plan_next"]


class CloseForm(ReasonedForm):
    """With results nothing needs to be said; without them, why there are none."""

    reason = _reason(CloseReason, _("Why there are no results"))
    text = _text()

    def __init__(self, data: Any, *, measured: bool) -> None:
        super().__init__(data)
        if measured:
            del self.fields["reason"]


class ReopenForm(SiteForm):
    text = forms.CharField(
        label=_("Why it is opened again"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
