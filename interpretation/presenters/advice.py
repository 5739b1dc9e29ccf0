"""The conclusion and what follows from it, in words."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from .. import wording
from ..guideline.case import Case
from ..guideline.interpretation import Interpretation
from ..guideline.vocabulary import (
    PREVENTIVE,
    Caveat,
    Conclusion,
    MonitoringConclusion,
    Regimen,
    Strength,
)

_TONES: Mapping[str | None, str] = {
    Conclusion.CONFIRMED: "danger",
    Conclusion.HIGHLY_PROBABLE: "danger",
    Conclusion.POSSIBLE: "warning",
    Conclusion.PROBABLE_FOLATE_DEFICIENCY: "warning",
    Conclusion.FURTHER_TESTS: "warning",
    Conclusion.OUTSIDE_SCOPE: "warning",
    Conclusion.UNLIKELY: "success",
    Conclusion.NONE: "success",
    MonitoringConclusion.ADEQUATE: "success",
    MonitoringConclusion.CONTINUE_LIFELONG: "success",
    MonitoringConclusion.HYPOKALAEMIA: "danger",
    MonitoringConclusion.ABSENT_RECONSIDER: "danger",
    MonitoringConclusion.NEW_DEFICIENCY: "danger",
}
"""Colour only repeats what the sentence says; everything else is ``info``."""


def tone(result: Interpretation) -> str:
    return _TONES.get(result.monitoring or result.conclusion, "info")


def conclusion(result: Interpretation) -> str:
    if result.monitoring:
        return str(wording.MONITORING[result.monitoring])
    if result.conclusion:
        return str(wording.CONCLUSIONS[result.conclusion])
    if result.errors:
        return _("No conclusion: correct what is marked first.")
    if result.treatment.regimen is Regimen.NONE:
        return _("Nothing can be concluded from what is entered.")
    return str(wording.REGIMENS[result.treatment.regimen])


def label(result: Interpretation) -> str:
    if result.conclusion:
        return str(wording.CONCLUSION_SHORT[result.conclusion])
    if result.monitoring:
        return _("Control under treatment")
    given = result.treatment.regimen is not Regimen.NONE
    return _("Prevention") if given else _("No conclusion")


def pathway(result: Interpretation) -> str:
    if result.pathway is None:
        return ""
    name = str(wording.PATHWAYS[result.pathway])
    return (
        _("%(pathway)s, derived from the findings") % {"pathway": name}
        if result.pathway_derived
        else name
    )


def actions(result: Interpretation) -> list[str]:
    """What to do now: first what must not wait."""
    actions = []
    if Caveat.DO_NOT_DELAY_NEURO in result.caveats:
        actions.append(str(wording.CAVEATS[Caveat.DO_NOT_DELAY_NEURO].short))
    declines = _declines(result)
    if declines:
        actions.append(
            _("The patient declines vitamin B12: offer what is advised again at the next control.")
        )
    if result.monitoring and (result.monitoring in _WHATEVER_IS_WISHED or not declines):
        actions.append(str(wording.MONITORING_ACTIONS[result.monitoring]))
    if result.treatment.regimen is not Regimen.NONE:
        strength = result.treatment.strength
        action = str(wording.REGIMEN_ACTIONS[result.treatment.regimen])
        actions.append(
            f"{wording.STRENGTHS[strength]}: {action}" if strength is Strength.CONSIDER else action
        )
    if result.treatment.regimen is Regimen.STOP_B12:  # what prevents is given then, not instead
        later = PREVENTIVE.intersection(result.treatment.alternatives)
        actions.extend(str(wording.REGIMEN_ACTIONS[regimen]) for regimen in sorted(later))
    if result.next_tests:
        names = ", ".join(str(wording.TESTS[test]) for test in result.next_tests)
        actions.append(_("Order: %(tests)s.") % {"tests": names})
    return actions


_WHATEVER_IS_WISHED = frozenset({MonitoringConclusion.HYPOKALAEMIA})
"""What is to be done also when the patient declines B12."""


def _declines(result: Interpretation) -> bool:
    """Nothing is given although something is advised; prevention that only waits for tests is not
    declined."""
    advised = result.treatment.alternatives
    waits = result.conclusion is Conclusion.FURTHER_TESTS and PREVENTIVE.issuperset(advised)
    return result.treatment.regimen is Regimen.NONE and bool(advised) and not waits


def treatment_notes(result: Interpretation) -> list[str]:
    treatment, notes = result.treatment, []
    if treatment.duration:
        notes.append(
            _("Duration: %(duration)s") % {"duration": wording.DURATIONS[treatment.duration]}
        )
    if treatment.folate:
        notes.append(str(wording.FOLATE[treatment.folate]))
    if treatment.iron:
        notes.append(_("Give iron."))
    return notes


def controls_note(case: Case, result: Interpretation) -> str:
    if case.treatment_status is not None:
        return _("The dates follow from what is entered about the treatment.")
    if result.treatment.regimen is Regimen.NONE:
        return _("Counted from today.")
    return _("Counted from today, as if the treatment starts today.")


def cause(result: Interpretation) -> str:
    """Nothing where no deficiency is thought of: there is no cause to look for."""
    workup = result.cause_workup
    texts = []
    settled = result.conclusion in {Conclusion.UNLIKELY, Conclusion.NONE}
    if workup.needed is not None and not settled:
        needed, not_needed = (
            _("Look for the cause."),
            _("No further work-up of the cause is needed."),
        )
        texts.append(needed if workup.needed else not_needed)
    if workup.cause_group:
        group = str(wording.CAUSE_GROUPS[workup.cause_group])
        texts.append(_("Likely group of causes: %(group)s.") % {"group": group})
    return " ".join(texts)
