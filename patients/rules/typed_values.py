"""Values typed into an assessment that are not in the record yet: results when it is signed."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from interpretation.forms import CaseForm
from interpretation.guideline.quantity import Quantity
from interpretation.guideline.vocabulary import ANALYTE_OF_LIMIT, Analyte

from ..models import Assessment, LimitSource, Result, ResultSource
from ..services.results import WORDS, NewResult
from .answered import Answered


@dataclass(frozen=True, slots=True)
class TypedValue:
    """A result that stands in the form and not in the record; ``beside`` is what the record holds
    for the same analysis and day."""

    code: str
    original: str
    quantity: Quantity | None
    finding: str
    sampled_on: date | None
    beside: Result | None


def typed_values(of: Answered, known: Iterable[Result]) -> list[TypedValue]:
    """``known`` are the patient's current results. Refused values are none."""
    refused = {error.field for error in of.result.errors}
    stored = [result for result in known if result.code not in refused]
    return [
        *(value for value in _numbers(of.form, refused, stored)),
        *(value for value in _findings(of.form, stored)),
    ]


def _numbers(
    form: CaseForm, refused: Collection[str], stored: list[Result]
) -> Iterable[TypedValue]:
    dates = form.sample_dates()
    for analyte in Analyte:
        read = form.cleaned_data.get(analyte.value)
        if read is None or analyte in refused:
            continue
        day = dates.get(analyte)
        same = [r for r in stored if r.code == analyte and day in {None, r.sampled_on}]
        if not any(result.quantity == read.quantity for result in same):
            beside = same[0] if same and day else None
            original = _as_typed(form, analyte)
            yield TypedValue(analyte.value, original, read.quantity, "", day, beside)


def _as_typed(form: CaseForm, analyte: Analyte) -> str:
    """With the chosen unit, unless one was typed behind the number."""
    text, unit = form[analyte.value].data
    typed_unit = any(letter.isalpha() for letter in text)
    return text if typed_unit else f"{text} {unit or _own_unit(analyte)}"


def _own_unit(analyte: Analyte) -> str:
    return CaseForm.base_fields[analyte.value].units[0]  # type: ignore[attr-defined, no-any-return]


def _findings(form: CaseForm, stored: list[Result]) -> Iterable[TypedValue]:
    """An answer in words has no date of its own in the form: that of the samples counts, and an
    answer that the record holds already is not stored again."""
    day = form.cleaned_data.get("sample_date")
    for code in WORDS:
        finding = form.cleaned_data.get(code)
        if finding and not any(r.code == code and r.finding == finding for r in stored):
            same_day = [r for r in stored if r.code == code and r.sampled_on == day]
            yield TypedValue(
                code, finding.value, None, finding.value, day, next(iter(same_day), None)
            )


def without_date(values: Iterable[TypedValue]) -> list[TypedValue]:
    """A result cannot be stored without the date of its sample."""
    return [value for value in values if value.sampled_on is None]


def replaces(value: TypedValue, draft: Assessment) -> bool:
    """A correction replaces what the assessment before it had brought into the record itself; any
    other result is left to whoever entered it."""
    return (
        draft.corrects_id is not None
        and value.beside is not None
        and value.beside.source == ResultSource.ASSESSMENT
    )


def new_result(of: Answered, value: TypedValue, sampled_on: date) -> NewResult:
    """To be stored; limits that stand in the form are those that the laboratory printed."""
    refused = {error.field for error in of.result.errors}
    limits = {
        "lower" if "_lower_" in key else "upper": limit
        for key, limit in of.case.local_limits.items()
        if ANALYTE_OF_LIMIT[key] == value.code and key not in refused
    }
    fasting = of.form.cleaned_data.get("gastrin_fasting")
    return NewResult(
        code=value.code,
        original=value.original[:80],
        sampled_on=sampled_on,
        source=ResultSource.ASSESSMENT,
        quantity=value.quantity,
        finding=value.finding,
        fasting=fasting if value.code == Analyte.GASTRIN else None,
        limit_source=LimitSource.ANSWER if limits else "",
        lower_limit=limits.get("lower"),
        upper_limit=limits.get("upper"),
    )
