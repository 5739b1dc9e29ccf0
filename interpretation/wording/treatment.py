"""Treatment and controls in words, and the doses of a regimen as finished strings."""

from decimal import Decimal
from typing import NamedTuple

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from interpretation.guideline.edition import Dose
from interpretation.guideline.vocabulary import (
    ControlTime,
    Duration,
    FolateAdvice,
    Regimen,
    Strength,
)

from .numbers import number

REGIMENS = {
    Regimen.NONE: _("No B12 treatment"),
    Regimen.ORAL_UNCOMPLICATED: _("Tablets: 2 mg daily for one month, then 1 mg daily"),
    Regimen.IM_5_DAYS_THEN_ORAL: _("Injections for 5 days, then tablets"),
    Regimen.IM_5_DAYS_THEN_IM_HYDROXO: _(
        "Injections for 5 days, then hydroxocobalamin every 2 to 3 months"
    ),
    Regimen.IM_5_DAYS_THEN_IM_CYANO: _(
        "Injections for 5 days, then cyanocobalamin every 3 to 4 weeks"
    ),
    Regimen.LOW_DOSE_TRIOBE: _("Low dose: Triobe one tablet daily"),
    Regimen.SUPPLEMENT_6_9_UG: _("Dietary supplement with 6 to 9 µg B12"),
    Regimen.PROPHYLAXIS_DIET_SUPPLEMENT: _("Prevention: dietary supplement with B12"),
    Regimen.PROPHYLAXIS_ORAL_1MG: _("Prevention: tablets 1 mg daily"),
    Regimen.PROPHYLAXIS_IM_EVERY_3_MONTHS: _("Prevention: injection every 3 months"),
    Regimen.SWITCH_TO_ORAL_1MG: _("Change from injections to tablets 1 mg daily"),
    Regimen.ORAL_2MG: _("Tablets 2 mg daily"),
    Regimen.RESTART_PARENTERAL: _("Start injections again"),
    Regimen.TREATMENT_TRIAL_ORAL: _("Trial of treatment: tablets 2 mg daily for 2 weeks"),
    Regimen.CONTINUE_ORAL_1MG: _("Continue tablets 1 mg daily"),
    Regimen.CONTINUE_IM_MAINTENANCE: _("Continue injections"),
    Regimen.CONTINUE_CURRENT: _("Continue the present treatment"),
    Regimen.STOP_B12: _("Stop B12"),
}

REGIMEN_ACTIONS = {
    Regimen.NONE: _("Do not start vitamin B12 on the present findings."),
    Regimen.ORAL_UNCOMPLICATED: _(
        "Give vitamin B12 tablets: first a full dose to fill the stores, then maintenance."
    ),
    Regimen.IM_5_DAYS_THEN_ORAL: _(
        "Give daily injections for 5 days without waiting for more results, then tablets."
    ),
    Regimen.IM_5_DAYS_THEN_IM_HYDROXO: _(
        "Give daily injections for 5 days, then maintenance injections of hydroxocobalamin."
    ),
    Regimen.IM_5_DAYS_THEN_IM_CYANO: _(
        "Give daily injections for 5 days, then maintenance injections of cyanocobalamin."
    ),
    Regimen.LOW_DOSE_TRIOBE: _(
        "Give a low daily dose with Triobe; the full dose is right as well."
    ),
    Regimen.SUPPLEMENT_6_9_UG: _(
        "Advise a daily supplement with 6 to 9 µg B12; the full dose is right as well."
    ),
    Regimen.PROPHYLAXIS_DIET_SUPPLEMENT: _("Advise a daily dietary supplement that contains B12."),
    Regimen.PROPHYLAXIS_ORAL_1MG: _(
        "Prescribe tablets 1 mg daily for prevention, also when B12 is normal."
    ),
    Regimen.PROPHYLAXIS_IM_EVERY_3_MONTHS: _(
        "Give a preventive injection every 3 months, also when B12 is normal."
    ),
    Regimen.SWITCH_TO_ORAL_1MG: _("Replace the next injection by tablets 1 mg daily."),
    Regimen.ORAL_2MG: _("Give tablets 2 mg daily."),
    Regimen.RESTART_PARENTERAL: _("Start injections again with a 5-day course."),
    Regimen.TREATMENT_TRIAL_ORAL: _(
        "A trial with tablets 2 mg daily and MMA again after 2 weeks, or a new check later."
    ),
    Regimen.CONTINUE_ORAL_1MG: _("Continue with tablets 1 mg daily."),
    Regimen.CONTINUE_IM_MAINTENANCE: _("Continue the injections at the same interval."),
    Regimen.CONTINUE_CURRENT: _("Continue the present treatment unchanged."),
    Regimen.STOP_B12: _("Stop vitamin B12."),
}

STRENGTHS = {
    Strength.START: _("Recommended"),
    Strength.CONSIDER: _("Consider"),
    Strength.NONE: _("No treatment now"),
}

DURATIONS = {
    Duration.LIFELONG: _("Lifelong"),
    Duration.UNTIL_STORES_FILLED: _(
        "Until the underlying disease is treated and the stores are full"
    ),
    Duration.UNTIL_DIET_CORRECTED: _("Until the diet has been corrected"),
    Duration.UNTIL_DIET_OR_SUPPLEMENT_SECURED: _("Until diet or a supplement covers the need"),
    Duration.UNTIL_CAUSE_KNOWN: _("Until the cause is known; then decide on the duration"),
}

FOLATE = {
    FolateAdvice.FIVE_MG_AFTER_B12: _(
        "Folic acid 5 mg daily, but only after vitamin B12 has been started"
    ),
    FolateAdvice.FIVE_MG: _("Folic acid 5 mg daily"),
    FolateAdvice.CONSIDER_200_400_UG: _(
        "Consider folic acid 200 to 400 µg daily together with vitamin B12"
    ),
    FolateAdvice.CONTINUE: _("Continue folic acid"),
    FolateAdvice.STOP: _("Stop folic acid: B12 and folate are normal"),
}

CONTROL_TIMES = {
    ControlTime.DAY_7_TO_14: _("Day 7 to 14"),
    ControlTime.TWO_WEEKS: _("After 2 weeks"),
    ControlTime.TWO_TO_THREE_MONTHS: _("After 2 to 3 months"),
    ControlTime.THREE_MONTHS: _("After 3 months"),
    ControlTime.SIX_TO_TWELVE_MONTHS: _("After 6 to 12 months"),
    ControlTime.ANNUAL: _("Once a year"),
    ControlTime.ANNUAL_AFTER_STOPPING: _("Once a year after stopping"),
    ControlTime.AFTER_SOME_WEEKS: _("After some weeks"),
    ControlTime.AFTER_SOME_MONTHS: _("After some months"),
    ControlTime.EVERY_5_YEARS: _("Every fifth year"),
    ControlTime.DURING_INJECTIONS: _("During the days of injections"),
}

CONTROL_REASONS = {
    ControlTime.DAY_7_TO_14: _(
        "The marrow should be responding: rising reticulocytes show that the diagnosis fits."
    ),
    ControlTime.TWO_WEEKS: _(
        "By now the tablets should have brought MMA clearly down or to normal."
    ),
    ControlTime.TWO_TO_THREE_MONTHS: _(
        "The signs of deficiency should be gone; only nerve symptoms may take longer."
    ),
    ControlTime.THREE_MONTHS: _(
        "Shows whether the patient manages as well on tablets as on injections."
    ),
    ControlTime.SIX_TO_TWELVE_MONTHS: _("Nerve symptoms may take this long to recover."),
    ControlTime.ANNUAL: _("Shows that dose and intake are still enough."),
    ControlTime.ANNUAL_AFTER_STOPPING: _("Finds a new deficiency in time."),
    ControlTime.AFTER_SOME_WEEKS: _("Shows whether the improvement goes on."),
    ControlTime.AFTER_SOME_MONTHS: _("A borderline picture may have become clear by then."),
    ControlTime.EVERY_5_YEARS: _(
        "Chronic atrophic gastritis raises the risk of cancer and carcinoid of the stomach."
    ),
    ControlTime.DURING_INJECTIONS: _(
        "Potassium may fall when an anaemic patient gets daily injections."
    ),
}

DRUGS = {
    "vitamin_b12_tablets": _("Vitamin B12 tablets"),
    "hydroxocobalamin": _("Hydroxocobalamin injection (i.m.)"),
    "cyanocobalamin": _("Cyanocobalamin injection (i.m.)"),
    "triobe": _("Triobe tablets (B12 with folic acid and vitamin B6)"),
    "b12_supplement": _("Dietary supplement with B12"),
}


class DoseLine(NamedTuple):
    """One phase of a regimen, ready to show. ``dose`` is empty where no amount is named and
    ``note`` where the guideline states everything."""

    drug: str
    dose: str
    frequency: str
    duration: str
    note: str


def dose_lines(doses: tuple[Dose, ...]) -> list[DoseLine]:
    """The phases of a regimen in order."""
    return [
        DoseLine(
            str(DRUGS[dose.drug]),
            _amount(dose),
            _frequency(*dose.per),
            _phase(dose, only=len(doses) == 1),
            "" if dose.from_guideline else gettext("The guideline does not state this dose"),
        )
        for dose in doses
    ]


def _amount(dose: Dose) -> str:
    if dose.amount is None:
        return ""
    upper = "" if dose.amount_to is None else f"–{number(dose.amount_to)}"
    return f"{number(dose.amount)}{upper} {dose.unit}"


_EVERY = {
    "days": _("every %(interval)s days"),
    "weeks": _("every %(interval)s weeks"),
    "months": _("every %(interval)s months"),
    "years": _("every %(interval)s years"),
}


def _frequency(first: int, last: int, unit: str) -> str:
    if (first, last, unit) == (1, 1, "days"):
        return gettext("once daily")
    interval = (
        str(first)
        if first == last
        else gettext("%(first)s–%(last)s") % {"first": first, "last": last}
    )
    return _EVERY[unit] % {"interval": interval}


def _phase(dose: Dose, *, only: bool) -> str:
    if dose.duration is None:
        return gettext("until further notice") if only else gettext("maintenance")
    return duration(*dose.duration)


def duration(count: int | Decimal, unit: str) -> str:
    """A length of time in words: ``5 days``, ``1 month``, ``1.9 weeks``."""
    many = 1 if count == 1 else 2
    forms = {
        "days": ngettext("%(number)s day", "%(number)s days", many),
        "weeks": ngettext("%(number)s week", "%(number)s weeks", many),
        "months": ngettext("%(number)s month", "%(number)s months", many),
        "years": ngettext("%(number)s year", "%(number)s years", many),
    }
    return forms[unit] % {"number": number(Decimal(count))}
