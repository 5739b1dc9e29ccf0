"""Results on a patient: pasted, and typed."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from b12site.forms import SiteForm
from interpretation import wording
from interpretation.choices import yes_no
from interpretation.fields import DayField, LabField
from interpretation.fields import Result as Read
from interpretation.guideline.vocabulary import Analyte
from interpretation.laboratory_text import Line
from interpretation.pasting import PasteForm
from interpretation.presenters.paste import analysis, finding

from ..models import Laboratory, LimitSource, ResultSource
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
)


class ResultPasteForm(OfLaboratory, PasteForm):
    """The pasted text, and what holds for all its lines."""

    laboratory = laboratory_field()
    sampled_on = DayField(
        label=_("Sample date"), help_text=_("For the lines that have no date of their own.")
    )

    def __init__(self, *args: Any, laboratories: QuerySet[Laboratory], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose_from(laboratories)

    def entries(self, lines: Sequence[Line]) -> list[NewResult]:
        """What is to be stored; an error at the date where a line has none."""
        common = self.cleaned_data.get("sampled_on")
        dated = [(line, line.day or common) for line in lines]
        entries = [self._entry(line, day) for line, day in dated if day is not None]
        if len(entries) < len(lines):
            self.add_error("sampled_on", _("A line without a date is ticked. Write its date."))
            return []
        if len({(line.code, day) for line, day in dated}) < len(lines):
            self.add_error(
                None, _("An analysis is ticked twice for the same sample date. Tick only one.")
            )
            return []
        return entries

    def _entry(self, line: Line, day: date) -> NewResult:
        printed = line.lower is not None or line.upper is not None
        return NewResult(
            code=line.code,
            quantity=line.quantity,
            finding=line.finding,
            original=line.original,
            sampled_on=day,
            laboratory=self.cleaned_data["laboratory"],
            nlk_code=line.nlk_code,
            lower_limit=line.lower,
            upper_limit=line.upper,
            limit_source=LimitSource.ANSWER if printed else "",
            source=ResultSource.PASTED,
            fasting=line.fasting if line.code == Analyte.GASTRIN else None,
        )


class ResultsForm(OfLaboratory, SiteForm):
    """One sample, typed: any number of analyses with their printed limits."""

    sampled_on = DayField(label=_("Sample date"))
    laboratory = laboratory_field()
    gastrin_fasting = yes_no(_("Gastrin taken fasting"))

    def __init__(
        self, *args: Any, laboratories: QuerySet[Laboratory], today: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.choose_from(laboratories)
        self.fields["sampled_on"].required = True
        for key in Analyte:
            self.fields[key] = LabField(key, label=wording.ANALYTES[key])
            for end in ("lower", "upper"):
                self.fields[f"{end}_{key}"] = limit_field(key, end)
        for code, words in WORDS.items():
            choices = [("", _("Not stated")), *((word, finding(code, word)) for word in words)]
            self.fields[code] = forms.ChoiceField(
                label=analysis(code), choices=choices, required=False
            )

    def clean_sampled_on(self) -> date | None:
        if self.cleaned_data["sampled_on"] is None:
            raise REQUIRED
        return super().clean_sampled_on()

    def clean(self) -> dict[str, Any]:
        read = {key: self.cleaned_data.get(key) for key in Analyte}
        values = {key: result for key, result in read.items() if result is not None}
        for key in Analyte:
            ends = (self.cleaned_data.get(f"lower_{key}"), self.cleaned_data.get(f"upper_{key}"))
            if ends != (None, None) and key not in values and not self.has_error(key):
                self.add_error(key, _("Limits are written without a value. Write the value."))
            check_limits(self, (f"lower_{key}", f"upper_{key}"), key, ends, self.today)
        check_values(self, values, self.today)
        words = [code for code in WORDS if self.cleaned_data.get(code)]
        if not (values or words or self.errors):
            raise ValidationError(_("Write at least one result."), code="nothing")
        return self.cleaned_data

    def entries(self) -> list[NewResult]:
        return [*self._numbers(), *self._words()]

    def _numbers(self) -> Iterator[NewResult]:
        data = self.cleaned_data
        for key in Analyte:
            read: Read | None = data[key]
            if read is not None:
                lower, upper = data[f"lower_{key}"], data[f"upper_{key}"]
                yield NewResult(
                    code=key.value,
                    quantity=read.quantity,
                    original=as_typed(read),
                    sampled_on=data["sampled_on"],
                    laboratory=data["laboratory"],
                    lower_limit=lower,
                    upper_limit=upper,
                    limit_source=limit_source(lower, upper),
                    source=ResultSource.TYPED,
                    fasting=data["gastrin_fasting"] if key is Analyte.GASTRIN else None,
                )

    def _words(self) -> Iterator[NewResult]:
        data = self.cleaned_data
        for code in WORDS:
            if data[code]:
                yield NewResult(
                    code=code,
                    finding=data[code],
                    original=str(dict(self.fields[code].choices)[data[code]]),
                    sampled_on=data["sampled_on"],
                    laboratory=data["laboratory"],
                    source=ResultSource.TYPED,
                )
