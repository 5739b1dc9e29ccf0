"""What the reviewer's pages ask for: a period, a reviewer, a reason, a conclusion."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from b12site.accounts.models import Role, User
from b12site.forms import SiteForm
from interpretation.fields import DayField
from interpretation.guideline.calendar_time import add_months

from ..models import ReviewCase

LONGEST = 2_000


class PeriodForm(forms.Form):
    """Read from the address, where it holds days and nothing else. Without any: this month and the
    eleven before it."""

    first = DayField(label=_("From"))
    last = DayField(label=_("To"))

    def __init__(self, data: Any, *, today: date) -> None:
        usual = {"first": add_months(today.replace(day=1), -11), "last": today}
        given = any(data.get(name) for name in usual)
        super().__init__(data if given else None, initial=usual)
        self.usual = usual

    def clean(self) -> dict[str, Any]:
        days: dict[str, date] = {**self.usual, **_given(self.cleaned_data)}
        if not self.errors and days["first"] > days["last"]:
            self.add_error("last", _("The period ends before it begins. Change one of the days."))
        return days

    def days(self) -> tuple[date, date] | None:
        """The first and the last; ``None`` when what was written is no period."""
        if not self.is_bound:
            return self.usual["first"], self.usual["last"]
        data = self.cleaned_data if self.is_valid() else None
        return (data["first"], data["last"]) if data else None


def _given(cleaned: dict[str, Any]) -> dict[str, date]:
    return {name: day for name, day in cleaned.items() if day}


class ActionForm(forms.Form):
    """Base of what is asked before something is done with many cases."""

    def __init__(self, data: Any = None, *, cases: Iterable[ReviewCase]) -> None:
        super().__init__(data)
        self.practices = {case.practice_id for case in cases}


class _ReviewerField(forms.ModelChoiceField[User]):
    def label_from_instance(self, user: Any) -> str:
        return str(user.name)


class AssignForm(ActionForm):
    reviewer = _ReviewerField(
        label=_("Reviewer"),
        queryset=User.objects.none(),
        error_messages={"required": _("Choose who is to review the cases.")},
    )

    def __init__(self, data: Any = None, *, cases: Iterable[ReviewCase], user: Any) -> None:
        super().__init__(data, cases=cases)
        held = User.objects.filter(
            is_active=True,
            memberships__role=Role.REVIEWER,
            memberships__practice__in=self.practices,
        )
        self.fields["reviewer"].queryset = (  # type: ignore[attr-defined]
            held.exclude(pk=user.pk).distinct().order_by("name", "pk")
        )


class CloseForm(ActionForm):
    note = forms.CharField(
        label=_("Why are these cases closed?"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write why the cases are closed.")},
    )


class ConclusionForm(SiteForm):
    conclusion = forms.CharField(
        label=_("What did the meeting conclude?"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Write what the meeting concluded.")},
    )
