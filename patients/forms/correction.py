"""A wrong result is corrected, withdrawn, or brought back."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from b12site.forms import SiteForm
from interpretation import wording
from interpretation.fields import DayField, LabField
from interpretation.fields import Result as Read
from interpretation.guideline.quantity import UNITS
from interpretation.guideline.vocabulary import Analyte
from interpretation.presenters.paste import analysis, finding

from ..models import Laboratory, LimitSource, Result, ResultSource
from ..services.results import WORDS, NewResult
from .result_parts import (
    REQUIRED,
    OfLaboratory,
    as_typed,
    check_limits,
    check_values,
    laboratory_field,
    limit_field,
    limit_source,
    point,
)


class CorrectionForm(OfLaboratory, SiteForm):
    """A wrong result: written as it should be, or withdrawn."""

    act = forms.ChoiceField(
        label=_("What is wrong?"),
        choices=[
            ("correct", _("The value, the date, the limits or the laboratory")),
            ("withdraw", _("The result is not this patient's, or was never measured: withdraw it")),
        ],
        initial="correct",
        widget=forms.RadioSelect,
    )
    sampled_on = DayField(label=_("Sample date"))
    laboratory = laboratory_field()
    reason = forms.CharField(
        label=_("Reason"), max_length=200, help_text=_("It is kept with the result.")
    )

    def __init__(
        self,
        *args: Any,
        result: Result,
        laboratories: QuerySet[Laboratory],
        today: date,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.result, self.today = result, today
        self.before = result.corrects or result if result.withdrawn else result
        self.choose_from(laboratories)
        self.fields["sampled_on"].required = True
        self.initial = {
            "sampled_on": result.sampled_on.isoformat(),
            "laboratory": result.laboratory,
        }
        if result.withdrawn:
            del self.fields["act"]
        if result.code in WORDS:
            self._ask_for_a_word()
        else:
            self._ask_for_a_number(Analyte(result.code))
        self.order_fields(("act", "value", "lower", "upper", "sampled_on", "laboratory", "reason"))

    def _ask_for_a_word(self) -> None:
        code = self.result.code
        self.fields["value"] = forms.ChoiceField(
            label=analysis(code), choices=[(word, finding(code, word)) for word in WORDS[code]]
        )
        self.initial["value"] = self.before.finding

    def _ask_for_a_number(self, key: Analyte) -> None:
        quantity = self.before.quantity
        self.fields["value"] = LabField(key, label=wording.ANALYTES[key])
        self.fields["value"].required = True
        self.initial["value"] = (str(quantity or "").replace(".", point()), UNITS[key])
        for end in ("lower", "upper"):
            self.fields[end] = limit_field(key, end)
            limit = getattr(self.before, f"{end}_limit")
            if self.before.limit_source == LimitSource.ANSWER and limit is not None:
                self.initial[end] = f"{limit:f}".replace(".", point())

    @property
    def withdraws(self) -> bool:
        return bool(self.data.get("act") == "withdraw" and "act" in self.fields)

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if self.withdraws:  # only the reason counts
            for name in self.errors.keys() - {"reason"}:
                del self.errors[name]
            return data
        if not data.get("sampled_on") and not self.has_error("sampled_on"):
            self.add_error("sampled_on", REQUIRED)
        if self.result.code in WORDS:
            return data
        key, read = Analyte(self.result.code), data.get("value")
        if read is None and not self.has_error("value"):
            self.add_error("value", REQUIRED)
        ends = (data.get("lower"), data.get("upper"))
        check_limits(self, ("lower", "upper"), key, ends, self.today)
        check_values(self, {key: read} if read else {}, self.today, "value")
        return data

    def entry(self) -> NewResult:
        data, old = self.cleaned_data, self.before
        number: Read | None = None if old.code in WORDS else data["value"]
        lower, upper = data.get("lower"), data.get("upper")
        word = "" if number else data["value"]
        return NewResult(
            code=old.code,
            quantity=number.quantity if number else None,
            finding=word,
            original=as_typed(number) if number else finding(old.code, word),
            sampled_on=data["sampled_on"],
            laboratory=data["laboratory"],
            nlk_code=old.nlk_code,
            lower_limit=lower,
            upper_limit=upper,
            limit_source=limit_source(lower, upper),
            source=ResultSource.TYPED,
            fasting=old.fasting,
        )
