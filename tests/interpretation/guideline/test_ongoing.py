"""Controls of a patient under treatment: what they are counted from."""

from decimal import Decimal

from interpretation.guideline import Interpretation, TreatmentStatus, interpret
from interpretation.guideline.vocabulary import (
    Analyte,
    ControlTime,
    NeuroCourse,
    Regimen,
    Symptom,
    Test,
)

from .builders import TODAY, case, edition


def worse_on_tablets(weeks: str) -> Interpretation:
    """Anaemic, B12 still low, nerve signs worse."""
    status = TreatmentStatus(
        on_treatment=True,
        regimen=Regimen.ORAL_UNCOMPLICATED,
        weeks_since_start=Decimal(weeks),
        neuro=NeuroCourse.WORSE,
    )
    symptoms = frozenset({Symptom.MACROCYTIC_ANAEMIA, Symptom.PARAESTHESIA})
    values = {Analyte.TOTAL_B12: "120"}
    return interpret(case(None, values, symptoms=symptoms, treatment_status=status), edition())


def test_controls_have_no_dates_when_nobody_knows_when_treatment_began() -> None:
    status = TreatmentStatus(on_treatment=True, regimen=Regimen.ORAL_UNCOMPLICATED)
    planned = interpret(case(None, treatment_status=status), edition()).follow_up
    late = next(c for c in planned if c.when is ControlTime.TWO_TO_THREE_MONTHS)
    assert (late.earliest, late.latest) == (None, None)


def test_injections_that_replace_tablets_before_week_eight_are_controlled_from_today() -> None:
    answer = worse_on_tablets("6")
    assert answer.treatment.regimen is Regimen.RESTART_PARENTERAL
    times = {control.when: control for control in answer.follow_up}
    assert times[ControlTime.DURING_INJECTIONS].start == TODAY
    assert times[ControlTime.TWO_TO_THREE_MONTHS].start == TODAY
    assert Test.TOTAL_B12 not in times[ControlTime.TWO_TO_THREE_MONTHS].check


def test_a_check_that_the_guideline_only_lets_consider_says_so() -> None:
    values = {Analyte.TOTAL_B12: "180", Analyte.MMA: "0,15", Analyte.HOMOCYSTEINE: "9"}
    (control,) = interpret(case(values=values), edition()).follow_up
    assert control.consider


def test_a_check_of_a_value_that_is_normal_for_the_age_is_definite() -> None:
    values = {Analyte.TOTAL_B12: "180", Analyte.MMA: "0,30", Analyte.HOMOCYSTEINE: "9"}
    (control,) = interpret(case(values=values, age=Decimal(75)), edition()).follow_up
    assert not control.consider
