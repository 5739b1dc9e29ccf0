"""What reviewers judge and doctors answer."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from b12site.accounts.models import User
from b12site.forms import SiteForm

from ..models import AGAINST, EMERGENCY_VERDICTS, REASONS, Verdict

_MISSING = {"required": _("Choose one of these."), "invalid_choice": _("Choose one of these.")}


def _comment() -> forms.CharField:
    return forms.CharField(
        label=_("Comment"),
        help_text=_("The doctor who signed reads it."),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class VerdictForm(SiteForm):
    """One choice gives the verdict and its reason: the reasons stand under their verdicts."""

    judgement = forms.ChoiceField(
        label=_("Your verdict"), widget=forms.RadioSelect, error_messages=_MISSING
    )
    comment = _comment()

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        cast(forms.ChoiceField, self.fields["judgement"]).choices = self.reasons()

    def reasons(self) -> list[Any]:
        """For each verdict its reasons; a choice is both codes with a space between."""
        return [
            (
                capfirst(Verdict(verdict).label),
                [(f"{verdict} {code}", label) for code, label in reasons.choices],
            )
            for verdict, reasons in REASONS.items()
        ]

    def groups(self) -> list[dict[str, Any]]:
        """For the page: the buttons under the title of their verdict."""
        buttons = iter(self["judgement"].subwidgets)
        return [
            {"title": title, "options": [next(buttons) for _choice in choices]}
            for title, choices in self.reasons()
        ]

    def clean(self) -> dict[str, Any]:
        verdict, _space, reason = self.cleaned_data.get("judgement", "").partition(" ")
        wanted = verdict in AGAINST or reason.endswith("other")
        if wanted and not self.cleaned_data.get("comment"):
            self.add_error(
                "comment", _("Write a comment: the doctor is to understand the verdict.")
            )
        return self.cleaned_data

    def verdict(self) -> dict[str, str]:
        """What the service is asked to keep."""
        verdict, _space, reason = self.cleaned_data["judgement"].partition(" ")
        return {"verdict": verdict, "reason": reason, "comment": self.cleaned_data["comment"]}


class EmergencyVerdictForm(VerdictForm):
    comment = forms.CharField(
        label=_("Comment"),
        help_text=_("Needed when the access was not justified."),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def reasons(self) -> list[Any]:
        choices = [
            (f"{verdict} {reason}", capfirst(reason.label))
            for verdict, reason in EMERGENCY_VERDICTS
        ]
        return [("", choices)]


class AskForm(SiteForm):
    """Which colleague judges the case as well."""

    reviewer = forms.TypedChoiceField(
        label=_("Reviewer"), widget=forms.RadioSelect, coerce=int, error_messages=_MISSING
    )

    def __init__(self, data: Any, *, candidates: Sequence[User]) -> None:
        super().__init__(data)
        names = [(user.pk, user.name) for user in candidates]
        cast(forms.ChoiceField, self.fields["reviewer"]).choices = names


class AnswerForm(SiteForm):
    text = forms.CharField(
        label=_("Your answer"),
        help_text=_("The reviewer reads it."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
