"""How a treatment begins, changes and ends, through the services of the record."""

from datetime import timedelta
from decimal import Decimal

from ..models import AssessmentState
from ..reading.course_facts import facts_of
from ..services import courses, injections
from .scene import Scene


def start(scene: Scene, regimen: str = "", *, trial: bool = False, in_days: int = 0) -> None:
    """From the last signed assessment, with what the doctor chose there unless ``regimen`` says
    otherwise."""
    signed = scene.patient.assessments.filter(state=AssessmentState.SIGNED).latest("signed_at")
    facts = facts_of(signed)
    courses.course_start(
        actor=scene.doctor,
        patient=scene.patient,
        started_on=scene.today + timedelta(days=in_days),
        regimen=regimen or facts.regimen,
        cause_group=facts.cause_group,
        cause=facts.cause,
        duration=facts.duration,
        neurological=facts.neurological,
        severe_anaemia=facts.severe_anaemia,
        anaemia=facts.anaemia,
        gastroscopy=facts.gastroscopy,
        trial=trial,
        assessment=signed,
        now=scene.now,
    )


def start_directly(scene: Scene, regimen: str, *, duration: str, cause: str = "") -> None:
    """Without an assessment: the treatment was decided elsewhere."""
    courses.course_start(
        actor=scene.doctor,
        patient=scene.patient,
        started_on=scene.today,
        regimen=regimen,
        duration=duration,
        cause=cause,
        now=scene.now,
    )


def change(scene: Scene, regimen: str, reason: str, text: str = "") -> None:
    """Another dose, or a switch between injections and tablets."""
    courses.course_change(
        actor=scene.doctor,
        course=scene.course,
        on=scene.today,
        regimen=regimen,
        reason=reason,
        text=text,
        now=scene.now,
    )


def stop(scene: Scene, reason: str, text: str = "") -> None:
    courses.course_stop(
        actor=scene.doctor,
        course=scene.course,
        on=scene.today,
        reason=reason,
        text=text,
        now=scene.now,
    )


def restart(scene: Scene, regimen: str, reason: str, text: str = "") -> None:
    courses.course_restart(
        actor=scene.doctor,
        course=scene.course,
        on=scene.today,
        regimen=regimen,
        reason=reason,
        text=text,
        now=scene.now,
    )


def lose(scene: Scene, reason: str, text: str = "") -> None:
    """Stated as lost to follow-up."""
    courses.course_lost(
        actor=scene.assistant,
        course=scene.course,
        on=scene.today,
        reason=reason,
        text=text,
        now=scene.now,
    )


def find(scene: Scene, reason: str, text: str = "") -> None:
    courses.course_found(
        actor=scene.assistant,
        course=scene.course,
        on=scene.today,
        reason=reason,
        text=text,
        now=scene.now,
    )


def inject(scene: Scene, *, times: int = 1, batch: str = "DEMO-17") -> None:
    """The dose that is due, once a day for so many days."""
    for day in range(times):
        given_at = scene.now + timedelta(days=day)
        dose = next(phase.dose for phase in scene.course.plan() if phase.dose.route == "im")
        injections.injection_give(
            actor=scene.assistant,
            course=scene.course,
            given_at=given_at,
            drug=dose.drug,
            amount_mg=dose.amount or Decimal(1),
            batch=batch,
            given_by=scene.assistant.user,
            now=given_at,
        )


def correct_batch(scene: Scene, batch: str, why: str) -> None:
    """The last injection came from another batch than was written down."""
    wrong = scene.course.injections.current().latest("given_at", "pk")
    injections.injection_correct(
        actor=scene.assistant,
        injection=wrong,
        given_at=wrong.given_at,
        drug=wrong.drug,
        amount_mg=wrong.amount_mg or Decimal(1),
        batch=batch,
        given_by=wrong.given_by,
        reason=why,
        now=scene.now,
    )
