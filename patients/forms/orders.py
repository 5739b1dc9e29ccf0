"""Tests are ordered, and an order is closed by hand."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from b12site.forms import SiteForm
from interpretation import wording
from interpretation.fields import DayField

from ..rules.measured import ANSWERED_BY

USUALLY_ANSWERED = timedelta(days=14)
"""How long a practice usually waits. Not from the guideline."""
_LONGEST = timedelta(days=366)


class OrderForm(SiteForm):
    tests = forms.MultipleChoiceField(
        label=_("Tests"),
        choices=[(test.value, wording.TESTS[test]) for test in ANSWERED_BY],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one test.")},
    )
    expected_by = DayField(
        label=_("Answers expected by"),
        help_text=_("After this day the order is overdue. Two weeks is not from the guideline."),
    )

    def __init__(
        self, *args: Any, today: date, suggested: Collection[str] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["expected_by"].required = True
        self.initial = {
            "tests": list(suggested),
            "expected_by": (today + USUALLY_ANSWERED).isoformat(),
        }

    def clean_expected_by(self) -> date:
        day: date | None = self.cleaned_data["expected_by"]
        if day is None:
            raise ValidationError(_("This field is required."), code="required")
        if not self.today <= day <= self.today + _LONGEST:
            raise ValidationError(
                _("Write a day from today and at most a year ahead."), code="expected_by"
            )
        return day


class OrderCloseForm(SiteForm):
    outcome = forms.ChoiceField(
        label=_("What happened?"),
        choices=[
            ("cancelled", _("The tests are not going to be taken")),
            ("answered", _("The answers have come, but not as results here (a report, a letter)")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of them.")},
    )
    reason = forms.CharField(
        label=_("Reason"), max_length=200, help_text=_("It is kept with the order.")
    )
