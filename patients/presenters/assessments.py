"""Assessments as finished strings: fields, differences, what is stored, who signed what."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django.utils.formats import date_format
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _

from interpretation import wording
from interpretation.fields import DayField, LabField
from interpretation.forms import CaseForm
from interpretation.guideline.vocabulary import Regimen
from interpretation.presenters.journal import edition_name
from interpretation.presenters.texts import short_day

from ..models import Assessment, Patient, TestOrder
from ..reading.recomputed import Difference
from ..rules.limits import age_on
from ..rules.typed_values import TypedValue, replaces
from .worklist import tests


class FieldText(NamedTuple):
    name: str
    label: str
    value: str


class DifferenceText(NamedTuple):
    """One field that two people filled differently."""

    name: str
    label: str
    mine: str
    theirs: str


# The fields of the form


def field_texts(data: Mapping[str, list[str]]) -> list[FieldText]:
    """Every field that holds something, in the order of the form."""
    return [
        FieldText(name, label(name), value)
        for name in CaseForm.base_fields
        if (value := shown(name, data))
    ]


def differing(
    mine: Mapping[str, list[str]], theirs: Mapping[str, list[str]]
) -> list[DifferenceText]:
    both = ((name, shown(name, mine), shown(name, theirs)) for name in CaseForm.base_fields)
    empty = _("nothing")
    return [
        DifferenceText(name, label(name), ours or empty, others or empty)
        for name, ours, others in both
        if ours != others
    ]


def label(name: str) -> str:
    text = str(CaseForm.base_fields[name].label)
    if name.startswith("date_"):
        return _("Sample date: %(analyte)s") % {"analyte": text}
    if name.startswith("baseline_") and name != "baseline_samples":
        return _("Before the treatment: %(analyte)s") % {"analyte": text}
    return text


def shown(name: str, data: Mapping[str, list[str]]) -> str:
    """What stands in a field: as it was typed, or the words of what was chosen, in the order of the
    form."""
    values, field = data.get(name, []), CaseForm.base_fields[name]
    if not values:
        return ""
    if isinstance(field, LabField):
        unit = data.get(f"{name}_unit", [""])[0] or field.units[0]
        return values[0] if values[0][-1:].isalpha() else f"{values[0]} {wording.unit(unit)}"
    if name in wording.LIMITS:
        return f"{values[0]} {wording.unit(str(field.help_text))}"
    if isinstance(field, DayField):
        return _day(values[0])
    words = dict(_choices(getattr(field, "choices", ())))
    known = [str(words[value]) for value in words if value in values]
    return ", ".join([*known, *(value for value in values if value not in words)])


def _choices(choices: Iterable[Any]) -> Iterable[tuple[str, Any]]:
    for value, words in choices:
        if isinstance(words, list):
            yield from words
        else:
            yield value, words


def _day(text: str) -> str:
    try:
        return short_day(date.fromisoformat(text))
    except ValueError:
        return text


# A draft


def saved(draft: Assessment) -> str:
    return _("Draft saved %(time)s by %(name)s.") % {
        "time": moment(draft.updated_at),
        "name": draft.updated_by.name,
    }


def changed_meanwhile(current: Assessment) -> str:
    return _(
        "%(name)s changed the draft %(time)s, while you were reading it. Look at it again."
    ) % {"time": moment(current.updated_at), "name": current.updated_by.name}


def moment(at: Any) -> str:
    return date_format(localtime(at), "SHORT_DATETIME_FORMAT")


def unlike_record(
    data: Mapping[str, list[str]], patient: Patient, today: date, weeks: Decimal | None
) -> list[str]:
    """A sex, an age or weeks of treatment that are not the patient's: a form that was filled for
    somebody else, or days that have passed since the draft was begun. ``weeks`` are those of the
    record; whole weeks are as good."""
    notes = []
    if (sex := data.get("sex")) and patient.sex and sex != [patient.sex]:
        notes.append(
            _("The form says %(form)s, the record says %(record)s.")
            % {"form": shown("sex", data), "record": shown("sex", {"sex": [patient.sex]})}
        )
    years, typed = age_on(patient.birth_date, today), data.get("age", [""])[0]
    if typed and typed.replace(",", ".").split(".")[0] != str(years):
        notes.append(
            _("The form says %(form)s years, the record says %(record)s.")
            % {"form": typed, "record": years}
        )
    given = data.get("weeks_since_start", [""])[0]
    if given and weeks is not None and given.replace(",", ".") not in {str(weeks), str(int(weeks))}:
        notes.append(
            _("The form says %(form)s weeks of treatment, the record says %(record)s.")
            % {"form": given, "record": wording.number(weeks)}
        )
    return notes


class ValueText(NamedTuple):
    name: str
    value: str
    sampled: str
    """Empty while the date is missing."""
    target: str
    beside: str


def value_texts(values: Iterable[TypedValue], draft: Assessment) -> list[ValueText]:
    """What the signature stores as results."""
    return [_value_text(value, replaces(value, draft)) for value in values]


def _value_text(value: TypedValue, replaced: bool) -> ValueText:
    beside = ""
    if value.beside is not None:
        text = (
            _("Replaces %(value)s of the same day, with the reason of this correction.")
            if replaced
            else _(
                "The record holds %(value)s of the same day. If that is wrong, correct it there."
            )
        )
        beside = text % {"value": value.beside.original}
    numeric = value.quantity is not None
    return ValueText(
        label(value.code),
        value.original if numeric else shown(value.code, {value.code: [value.finding]}),
        short_day(value.sampled_on) if value.sampled_on else "",
        f"id_date_{value.code}" if numeric else "id_sample_date",
        beside,
    )


# A signed assessment


@dataclass(frozen=True, slots=True)
class Signed:
    """Who signed what, and whether it still holds."""

    facts: list[FieldText]
    inputs: list[FieldText]
    otherwise: bool
    corrects: str
    corrected: str


def signed(assessment: Assessment, correction: Assessment | None) -> Signed:
    return Signed(
        facts=_facts(assessment),
        inputs=field_texts(assessment.form_data),
        otherwise=assessment.is_override,
        corrects=corrects(assessment),
        corrected=corrected(correction),
    )


def regimen(code: str) -> str:
    return str(wording.REGIMENS[Regimen(code)]) if code else ""


def _facts(assessment: Assessment) -> list[FieldText]:
    reason = assessment.get_override_reason_display() if assessment.is_override else ""
    signed_by = ""
    if assessment.signed_by and assessment.signed_at:
        signed_by = f"{assessment.signed_by.name}, {moment(assessment.signed_at)}"
    advised = regimen(assessment.guideline_regimen)
    facts = (
        FieldText("signed", _("Signed by"), signed_by),
        FieldText("as_of", _("Date of the assessment"), short_day(assessment.as_of)),
        FieldText("guideline", _("The guideline's treatment"), advised),
        FieldText("chosen", _("The doctor's choice"), regimen(assessment.chosen_regimen)),
        FieldText("reason", _("Why otherwise"), reason),
        FieldText("text", _("In the doctor's words"), assessment.override_text),
        FieldText("comment", _("Comment"), assessment.comment),
        FieldText("edition", _("Edition"), f"{assessment.edition}. {edition_name()}"),
        FieldText("checksum", _("Checksum of the edition's numbers"), assessment.checksum),
    )
    return [fact for fact in facts if fact.value]


def corrects(assessment: Assessment) -> str:
    if assessment.corrects is None:
        return ""
    return _("Corrects the assessment of %(date)s. Reason: %(reason)s") % {
        "date": short_day(assessment.corrects.as_of),
        "reason": assessment.correction_reason,
    }


def corrected(correction: Assessment | None) -> str:
    """A correction counts from its signature; until then it is a draft."""
    if correction is None:
        return ""
    if not correction.is_signed or correction.signed_at is None or correction.signed_by is None:
        return _("A correction has been begun and is not signed yet.")
    return _("Corrected by %(name)s on %(date)s. Reason: %(reason)s") % {
        "name": correction.signed_by.name,
        "date": short_day(localdate(correction.signed_at)),
        "reason": correction.correction_reason,
    }


def stored_answer(result: Mapping[str, Any]) -> list[FieldText]:
    """The stored answer in words, for when a new run says something else."""
    treatment = result["treatment"]
    conclusion = result["conclusion"] or result["monitoring"] or ""
    words: dict[Any, Any] = {**wording.CONCLUSION_SHORT, **wording.MONITORING}
    ordered = tests(result["next_tests"])
    return [
        FieldText("conclusion", _("Conclusion"), str(words.get(conclusion, conclusion))),
        FieldText("treatment", _("Treatment"), regimen(treatment["regimen"])),
        FieldText("tests", _("Next tests"), ordered),
    ]


def difference_lines(differences: Iterable[Difference]) -> list[str]:
    return [f"{item.path}: {item.old} → {item.new}" for item in differences]


def order_text(order: TestOrder) -> str:
    return _("%(tests)s; answers expected by %(date)s (%(state)s)") % {
        "tests": tests(order.tests),
        "date": short_day(order.expected_by),
        "state": order.get_state_display(),
    }
