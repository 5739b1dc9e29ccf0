"""What is measured, ordered and assessed, through the services of the record."""

from dataclasses import replace
from datetime import date, timedelta

from b12site.accounts.actor import Actor
from interpretation.guideline.quantity import UNITS, Quantity, parse_number
from interpretation.guideline.vocabulary import Analyte

from ..models import Assessment, AssessmentState, Control, OrderState, Result, ResultSource
from ..reading.record_case import FormData, form_data_from_record
from ..rules.answered import answered
from ..services import assessments, orders
from ..services import results as answers
from .scene import Scene

_WORDS = frozenset({"positive", "negative", "megaloblastic", "normal"})


# Results and orders


def results(scene: Scene, text: str, *, days_old: int = 0, pasted: bool = False) -> None:
    """``"total_b12 143, mma <0.31, anti_if negative"``, sampled so many days before."""
    source = ResultSource.PASTED if pasted else ResultSource.TYPED
    sampled_on = scene.today - timedelta(days=days_old)
    entries = [_entry(scene, part, source, sampled_on) for part in text.split(", ")]
    answers.results_record(
        actor=scene.assistant, patient=scene.patient, entries=entries, now=scene.now
    )


def _entry(scene: Scene, part: str, source: str, sampled_on: date) -> answers.NewResult:
    name, value = part.split()
    entry = answers.NewResult(
        code=name,
        finding=value,
        original=value,
        sampled_on=sampled_on,
        source=source,
        laboratory=scene.laboratory,
    )
    if value in _WORDS:
        return entry
    analyte = Analyte[name.upper()]
    number, comparator = parse_number(value)
    return replace(
        entry,
        code=analyte,
        finding="",
        quantity=Quantity(number, UNITS[analyte], comparator),
        original=f"{value.replace('.', ',')} {UNITS[analyte]}",
    )


def correct_result(scene: Scene, text: str, why: str) -> None:
    """The newest result of the analysis was wrong; this is right."""
    wrong = _newest(scene, text.split()[0])
    entry = _entry(scene, text, wrong.source, wrong.sampled_on)
    answers.result_correct(
        actor=scene.assistant, result=wrong, entry=entry, reason=why, now=scene.now
    )


def withdraw_result(scene: Scene, name: str, why: str) -> None:
    answers.result_withdraw(
        actor=scene.assistant, result=_newest(scene, name), reason=why, now=scene.now
    )


def _newest(scene: Scene, name: str) -> Result:
    current = Result.objects.current().filter(patient=scene.patient, code=Analyte[name.upper()])
    return current.latest("sampled_on", "pk")


def order(scene: Scene, tests: str, *, expected_in: int = 14) -> None:
    orders.order_place(
        actor=scene.doctor,
        patient=scene.patient,
        tests=tests.split(", "),
        ordered_on=scene.today,
        expected_by=scene.today + timedelta(days=expected_in),
    )


def cancel_order(scene: Scene, why: str) -> None:
    placed = scene.patient.orders.get(state=OrderState.OPEN)
    orders.order_cancel(actor=scene.doctor, order=placed, reason=why, today=scene.today)


# Assessments


def draft(scene: Scene, /, **typed: str) -> None:
    """Begun by the secretary and not signed."""
    assessments.assessment_start(
        actor=scene.assistant,
        patient=scene.patient,
        form_data=_form(scene, typed),
        as_of=scene.today,
        now=scene.now,
    )


def assess(
    scene: Scene,
    /,
    *,
    choose: str = "",
    why: str = "",
    text: str = "",
    comment: str = "",
    order: str = "",
    at: str = "",
    **typed: str,
) -> None:
    """Assessed from the record and what is typed, and signed. Without ``choose`` the doctor follows
    the guideline; ``order`` names tests that are ordered with the signature, ``at`` the control
    that is held with it (``next``, or the code of its time)."""
    control = scene.control(at) if at else None
    form_data = _form(scene, typed, control)
    begun = assessments.assessment_start(
        actor=scene.doctor,
        patient=scene.patient,
        form_data=form_data,
        as_of=scene.today,
        now=scene.now,
        control=control,
    )
    _sign(scene, scene.doctor, begun, form_data, choose, why, text, comment, order)


def correct_assessment(scene: Scene, because: str, /, **typed: str) -> None:
    """A colleague signs a new version of the last assessment."""
    signed = scene.patient.assessments.filter(state=AssessmentState.SIGNED).latest("signed_at")
    form_data = {**signed.form_data, **_typed(typed)}
    begun = assessments.assessment_start(
        actor=scene.colleague,
        patient=scene.patient,
        form_data=form_data,
        as_of=scene.today,
        now=scene.now,
        corrects=signed,
        correction_reason=because,
    )
    _sign(scene, scene.colleague, begun, form_data)


def _sign(
    scene: Scene,
    actor: Actor,
    begun: Assessment,
    form_data: FormData,
    choose: str = "",
    why: str = "",
    text: str = "",
    comment: str = "",
    order: str = "",
) -> None:
    answer = answered(form_data, scene.today)
    if answer is None:
        raise ValueError(f"cannot be read: {form_data}")
    assessments.assessment_sign(
        actor=actor,
        assessment=begun,
        version=begun.version,
        form_data=form_data,
        chosen_regimen=choose or answer.result.treatment.regimen.value,
        override_reason=why,
        override_text=text,
        comment=comment,
        order=order.split(", ") if order else (),
        now=scene.now,
    )


def _form(scene: Scene, typed: dict[str, str], control: Control | None = None) -> FormData:
    return form_data_from_record(scene.patient, scene.today, control) | _typed(typed)


def _typed(typed: dict[str, str]) -> FormData:
    """What has several answers is written with spaces between them."""
    return {name: value.split() for name, value in typed.items()}
