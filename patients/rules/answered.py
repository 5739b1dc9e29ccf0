"""What the guideline answers to the fields of an assessment, and what of it a doctor may choose."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from interpretation.forms import CaseForm
from interpretation.guideline import Case, Edition, Interpretation, edition_for, interpret
from interpretation.guideline.interpretation import Control
from interpretation.guideline.vocabulary import Regimen, Strength

from ..models import OverrideReason
from ..reading.record_case import case_form


@dataclass(frozen=True, slots=True)
class Answered:
    form: CaseForm
    case: Case
    edition: Edition
    result: Interpretation


def answered(form_data: Mapping[str, list[str]], day: date) -> Answered | None:
    """``None`` while something in the form cannot be read; what only the guideline refuses (an
    implausible value, a contradiction) is a part of its answer."""
    form = case_form(form_data, day)
    form.is_valid()
    if not form.answerable:
        return None
    case = form.case()
    if case.refused:
        return None
    edition = edition_for(day)
    return Answered(form, case, edition, interpret(case, edition))


def advised(result: Interpretation) -> tuple[Regimen, ...]:
    """What follows the guideline: its regimen, the alternatives that it names, and no treatment
    where it only lets the doctor consider one."""
    treatment = result.treatment
    none = (Regimen.NONE,) if treatment.strength is Strength.CONSIDER else ()
    return tuple(dict.fromkeys((treatment.regimen, *treatment.alternatives, *none)))


def controls_after(answer: Answered, chosen: str, *, treated: bool) -> tuple[Control, ...]:
    """The controls to plan once the doctor has chosen. A treatment that starts or changes plans its
    own; one that goes on takes those of the answer. Where the guideline would treat and nothing is
    given, they are those of a patient who declines: nobody drops out unseen (G104)."""
    result = answer.result
    if treated:
        return result.follow_up if chosen in _GOES_ON else ()
    if chosen != Regimen.NONE:
        return ()
    if result.treatment.regimen is Regimen.NONE:
        return result.follow_up
    untreated = replace(answer.case, patient_declines_treatment=True)
    return interpret(untreated, answer.edition).follow_up


def to_be_carried_out(chosen: str) -> bool:
    """Does the choice ask for a start, a change or a stop of a treatment course?"""
    return chosen != Regimen.NONE and chosen not in _GOES_ON


_GOES_ON = frozenset(
    {Regimen.CONTINUE_CURRENT, Regimen.CONTINUE_ORAL_1MG, Regimen.CONTINUE_IM_MAINTENANCE}
)


def choice_fault(result: Interpretation, chosen: str, reason: str, text: str) -> str:
    """What is wrong with a doctor's choice; empty when nothing is. Anything but what the guideline
    advises needs a coded reason, and "another reason" needs words."""
    if chosen not in set(Regimen):
        return _("Choose a treatment from the list, or none.")
    if chosen in advised(result):
        return ""
    if reason not in OverrideReason.values:
        return _("Give the reason for choosing otherwise than the guideline.")
    if reason == OverrideReason.OTHER and not text.strip():
        return _("Describe the other reason in your own words.")
    return ""
