"""What is typed on an assessment's pages."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from b12site.forms import SiteForm, capitalised
from interpretation import wording
from interpretation.fields import LabField
from interpretation.form_layout import CaseFormHelper
from interpretation.forms import CaseForm
from interpretation.guideline.vocabulary import Regimen

from ..models import OverrideReason
from ..reading.record_case import FormData
from ..rules.answered import Answered, choice_fault
from ..rules.course_plan import CHANGES, STARTS
from ..services.assessments import EXPECTED_AFTER

FIELDS: tuple[str, ...] = tuple(CaseForm.base_fields)
LAB_FIELDS = frozenset(
    name for name, field in CaseForm.base_fields.items() if isinstance(field, LabField)
)


def typed_fields(post: QueryDict) -> FormData:
    """The fields of the case form that hold something; a unit belongs to its value."""
    data: FormData = {}
    for name in FIELDS:
        filled = [value for value in post.getlist(name) if value.strip()]
        if filled:
            data[name] = filled
            unit = post.getlist(f"{name}_unit") if name in LAB_FIELDS else []
            data |= {f"{name}_unit": unit} if unit else {}
    return data


def pairs(data: FormData) -> list[tuple[str, str]]:
    """For hidden fields."""
    return [(name, value) for name, values in data.items() for value in values]


def posted_version(post: QueryDict) -> int:
    """The version that was worked on; 0, which is none, where it is missing."""
    number = post.get("version", "")
    return int(number) if number.isdecimal() and len(number) < _LONGEST else 0


_LONGEST = 10


class DraftHelper(CaseFormHelper):
    """The case form with the buttons of a draft."""

    def __init__(self, action: str) -> None:
        super().__init__()
        self.form_action = action
        self.template = "patients/assessment/case_form.html"


class SignForm(SiteForm):
    """The doctor's choice, and what is ordered with it."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    follow = forms.ChoiceField(label=_("Treatment"), widget=forms.RadioSelect)
    regimen = forms.ChoiceField(label=_("If otherwise: which"), required=False)
    override_reason = forms.ChoiceField(
        label=_("If otherwise: why"),
        choices=[("", _("Choose a reason")), *capitalised(OverrideReason.choices)],
        required=False,
    )
    override_text = forms.CharField(
        label=_("In your own words"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    comment = forms.CharField(
        label=_("Comment"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    order = forms.MultipleChoiceField(
        label=_("Order these tests"), required=False, widget=forms.CheckboxSelectMultiple
    )
    expected_by = forms.DateField(
        label=_("Answers expected by"),
        help_text=_(
            "The answers stand on the work list from this day on. "
            "14 days are this product's own proposal, not from the guideline."
        ),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, answer: Answered, version: int, **kwargs: Any) -> None:
        today = answer.case.as_of
        tests = list(dict.fromkeys((*answer.result.next_tests, *answer.result.cause_workup.tests)))
        kwargs["initial"] = {
            "version": version,
            "follow": "guideline",
            "order": [test.value for test in answer.result.next_tests],
            "expected_by": today + EXPECTED_AFTER,
        }
        super().__init__(*args, **kwargs)
        self.answer = answer
        guideline = answer.result.treatment.regimen
        self._choices("follow", _follow(guideline))
        self._choices("regimen", [("", _("Choose a treatment")), *_regimens(answer)])
        self._choices("order", [(test.value, wording.TESTS[test]) for test in tests])
        if not tests:
            del self.fields["order"], self.fields["expected_by"]

    def _choices(self, name: str, choices: Iterable[Any]) -> None:
        self.fields[name].choices = list(choices)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if not self.errors:
            fault = choice_fault(
                self.answer.result,
                self.chosen,
                data["override_reason"],
                data["override_text"],
            )
            if fault:
                self.add_error(self._faulty(), fault)
        expected = data.get("expected_by")
        if expected is not None and expected < self.answer.case.as_of:
            self.add_error("expected_by", _("The answers cannot be expected before today."))
        return data

    @property
    def chosen(self) -> str:
        if self.cleaned_data["follow"] == "guideline":
            return self.answer.result.treatment.regimen.value
        return str(self.cleaned_data["regimen"])

    def _faulty(self) -> str:
        """The field that is missing when the choice has a fault."""
        data = self.cleaned_data
        if not data["regimen"]:
            return "regimen"
        return "override_text" if data["override_reason"] else "override_reason"

    def decision(self) -> Mapping[str, Any]:
        """For the service that signs."""
        data = self.cleaned_data
        return {
            "chosen_regimen": self.chosen,
            "override_reason": data["override_reason"],
            "override_text": data["override_text"],
            "comment": data["comment"],
            "order": data.get("order", []),
            "expected_by": data.get("expected_by"),
        }


def _follow(guideline: Regimen) -> list[tuple[str, Any]]:
    shown = _("Follow the guideline: %(regimen)s") % {"regimen": wording.REGIMENS[guideline]}
    return [("guideline", shown), ("otherwise", _("Choose otherwise"))]


def _regimens(answer: Answered) -> list[tuple[str, Any]]:
    """Alternatives that the guideline allows first, then what else can be given here."""
    treatment, status = answer.result.treatment, answer.case.treatment_status
    treated = status is not None and status.ongoing
    others = (Regimen.CONTINUE_CURRENT, *CHANGES, Regimen.STOP_B12) if treated else STARTS
    codes = dict.fromkeys((*treatment.alternatives, Regimen.NONE, *others))
    return [(code.value, wording.REGIMENS[code]) for code in codes if code is not treatment.regimen]


class CorrectionForm(SiteForm):
    reason = forms.CharField(
        label=_("Why is it corrected?"),
        help_text=_("Stands with both versions. The signed one stays readable."),
        max_length=200,
    )
