"""What is typed about a letter: which one, in which words, when it was sent, why it was wrong."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from b12site.forms import SiteForm, capitalised

from ..models import Control, Letter, LetterKind, LetterLanguage, SendingWay, Specialty
from ..presenters.worklist import tests, window

LONGEST_TEXT = 2000
_KINDS = (
    LetterKind.RESULT,
    LetterKind.PLAN,
    LetterKind.RECALL,
    LetterKind.REFERRAL,
    LetterKind.JOURNAL,
    LetterKind.ACCESS,
)


def _specialty() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("Referral to"),
        choices=[("", _("Choose")), *capitalised(Specialty.choices)],
        required=False,
    )


def _day(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class NewLetterForm(SiteForm):
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=capitalised((kind.value, kind.label) for kind in _KINDS),
        widget=forms.RadioSelect,
    )
    specialty = _specialty()
    control = forms.TypedChoiceField(
        label=_("Recall to"), coerce=int, empty_value=None, required=False
    )
    first = _day(_("Who has read the record, from"))
    last = _day(_("Who has read the record, until"))
    letter_language = forms.ChoiceField(label=_("Language"), choices=LetterLanguage.choices)

    def __init__(
        self,
        data: QueryDict | None,
        *,
        controls: Sequence[Control],
        initial: dict[str, Any],
        is_assessed: bool,
        is_treated: bool,
        today: date,
    ) -> None:
        super().__init__(data, initial=initial)
        choices = [(control.pk, _control_words(control)) for control in controls]
        self.fields["control"].choices = [("", _("Choose")), *choices]  # type: ignore[attr-defined]
        self.is_assessed, self.is_treated, self.today = is_assessed, is_treated, today

    def clean(self) -> dict[str, Any]:
        kind = self.cleaned_data.get("kind")
        if kind == LetterKind.REFERRAL and not self.cleaned_data.get("specialty"):
            self.add_error("specialty", _("Choose which specialist the referral goes to."))
        if kind == LetterKind.RECALL and not self.cleaned_data.get("control"):
            self.add_error("control", _("Choose which control the patient is called to."))
        if kind in {LetterKind.RESULT, LetterKind.JOURNAL} and not self.is_assessed:
            self.add_error("kind", _("This letter needs a signed assessment. Sign one first."))
        if kind == LetterKind.PLAN and not self.is_treated:
            self.add_error("kind", _("There is no ongoing treatment to write a plan of."))
        if kind == LetterKind.ACCESS:
            self._check_days()
        return self.cleaned_data

    def _check_days(self) -> None:
        """A day that could not be read has its error already."""
        for name in {"first", "last"} - self.errors.keys():
            if self.cleaned_data[name] is None:
                self.add_error(name, _("Choose the day."))
        first, last = self.cleaned_data.get("first"), self.cleaned_data.get("last")
        if first and last and last < first:
            self.add_error("last", _("The last day lies before the first one."))
        if last and last > self.today:
            self.add_error("last", _("The day lies in the future. Choose today at the latest."))


def _control_words(control: Control) -> str:
    return f"{tests(control.tests)}, {window(control.earliest, control.latest)}"


class DraftForm(SiteForm):
    letter_language = forms.ChoiceField(label=_("Language"), choices=LetterLanguage.choices)
    specialty = _specialty()
    free_text = forms.CharField(
        label=_("In your own words"),
        help_text=_("Stands after the greeting. An empty line begins a new paragraph."),
        max_length=LONGEST_TEXT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    def __init__(self, data: QueryDict | None, *, letter: Letter) -> None:
        initial = {"letter_language": letter.language, "specialty": letter.specialty}
        super().__init__(data, initial=initial | {"free_text": letter.free_text})
        if letter.kind != LetterKind.REFERRAL:
            del self.fields["specialty"]
        else:
            self.fields["specialty"].required = True
            self.fields["free_text"].label = _("The question, in your own words")

    def clean_free_text(self) -> str:
        """Line ends as one sign, as the browser showed them."""
        return str(self.cleaned_data["free_text"]).replace("\r\n", "\n").strip()

    def typed(self) -> dict[str, str]:
        return {
            "language": self.cleaned_data["letter_language"],
            "specialty": self.cleaned_data.get("specialty", ""),
            "free_text": self.cleaned_data["free_text"],
        }


class WithdrawalForm(SiteForm):
    reason = forms.CharField(
        label=_("Why is the letter wrong?"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class SendingForm(SiteForm):
    how = forms.ChoiceField(
        label=_("How"), choices=capitalised(SendingWay.choices), widget=forms.RadioSelect
    )
    on = forms.DateField(
        label=_("Date"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, data: QueryDict | None, *, issued: date, today: date) -> None:
        super().__init__(data, initial={"on": today})
        self.issued, self.today = issued, today

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"]
        if on > self.today:
            raise forms.ValidationError(_("The day lies in the future. Mark it when it is done."))
        if on < self.issued:
            raise forms.ValidationError(_("The letter did not exist yet on this day."))
        return on


def issued_on(letter: Letter) -> date:
    return localdate(letter.issued_at) if letter.issued_at else date.max
