"""Doses and where a decision about them leads, in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from interpretation import wording
from interpretation.guideline.interpretation import Control as Planned
from interpretation.guideline.phases import Phase, phase_on
from interpretation.guideline.vocabulary import Regimen
from interpretation.presenters import texts
from interpretation.presenters.texts import ControlText, day


class PhaseLine(NamedTuple):
    what: str
    first: str
    last: str
    note: str
    is_now: bool


@dataclass(frozen=True, slots=True)
class Preview:
    """What a decision will lead to. ``signature`` says which decision this was."""

    signature: str
    phases: list[PhaseLine]
    controls: list[ControlText]


_GIVEN = {
    Regimen.CONTINUE_ORAL_1MG: gettext_lazy("Tablets: 1 mg daily"),
    Regimen.CONTINUE_IM_MAINTENANCE: gettext_lazy(
        "Maintenance injections of hydroxocobalamin every 2 to 3 months"
    ),
    Regimen.RESTART_PARENTERAL: gettext_lazy(
        "Injections again for 5 days, then hydroxocobalamin every 2 to 3 months"
    ),
    Regimen.SWITCH_TO_ORAL_1MG: gettext_lazy("Tablets 1 mg daily instead of injections"),
}
"""What the guideline's answer words as advice (continue, start again), as what is given."""


def regimen_name(regimen: Regimen) -> str:
    return str(_GIVEN.get(regimen, wording.REGIMENS[regimen]))


def dose(phase: Phase) -> str:
    """One line, as "Vitamin B12 tablets 1 mg once daily"."""
    (line,) = wording.dose_lines((phase.dose,))
    return " ".join(part for part in (line.drug, line.dose, line.frequency) if part)


def phase_lines(phases: tuple[Phase, ...], today: date) -> list[PhaseLine]:
    present = phase_on(phases, today)
    return [
        PhaseLine(
            dose(phase),
            day(phase.first_day),
            day(phase.last_day) if phase.last_day else _("until further notice"),
            "" if phase.dose.from_guideline else _("the guideline does not state this dose"),
            phase == present,
        )
        for phase in phases
    ]


def preview(
    signature: str, phases: tuple[Phase, ...], controls: Sequence[Planned], today: date
) -> Preview:
    return Preview(signature, phase_lines(phases, today), texts.controls(tuple(controls)))
