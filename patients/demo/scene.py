"""Who acts upon whom, and when."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.timezone import localdate

from b12site.accounts.actor import Actor

from ..models import Control, ControlState, Laboratory, Patient, TreatmentCourse


@dataclass(slots=True)
class Scene:
    """The secretary registers, enters results, gives injections and telephones; the doctor signs
    and decides. Each act happens at ``now``."""

    doctor: Actor
    colleague: Actor
    assistant: Actor
    laboratory: Laboratory
    patient: Patient
    now: datetime

    @property
    def today(self) -> date:
        return localdate(self.now)

    @property
    def course(self) -> TreatmentCourse:
        return self.patient.courses.latest("started_on", "pk")

    def control(self, when: str) -> Control:
        """The planned one that was asked for then, or the ``next``."""
        planned = self.patient.controls.filter(state=ControlState.PLANNED).order_by("latest", "pk")
        return next(control for control in planned if when in {"next", *control.times})
