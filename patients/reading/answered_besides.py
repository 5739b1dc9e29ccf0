"""Which earlier controls a later one has answered as well."""

from datetime import date

from b12site.accounts.actor import Actor

from ..models import Control, ControlState
from ..rules.measured import groups_of, missing
from .controls import held


def answered_besides(actor: Actor, control: Control, today: date) -> list[Control]:
    """The controls of the same treatment whose days are over and whose tests were all measured for
    them: potassium during the injections, when the control after two weeks is assessed. Whoever
    signs then has had all results on the page. Two queries for each that is overdue."""
    overdue = Control.objects.filter(
        patient=control.patient,
        course=control.course,
        state=ControlState.PLANNED,
        latest__lt=today,
    )
    return [other for other in overdue if _is_answered(actor, other, today)]


def _is_answered(actor: Actor, control: Control, today: date) -> bool:
    """What is asked or examined is not answered by the laboratory."""
    measured_all = all(groups_of([test]) for test in control.tests)
    return measured_all and not missing(control.tests, held(actor, control.pk, today).measured())
