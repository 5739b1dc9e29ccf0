"""The forms of a treatment course: what is decided is shown as a plan before it is saved."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from interpretation import wording
from interpretation.guideline.interpretation import Control as Planned
from interpretation.guideline.vocabulary import CauseGroup, ControlTime, Duration, Regimen

from ..models import Control, ControlState, OverrideReason, Patient, TreatmentCourse
from ..models.course import (
    ChangeReason,
    FoundReason,
    LostReason,
    RestartReason,
    StopReason,
)
from ..reading.course_facts import CourseFacts, is_advised
from ..rules import course_checks, course_plan
from .decisions import EventForm, PlanForm, day_field, offers, reason_field

ONLY_TRIAL = "trial"
LOW_DOSES = frozenset({Regimen.LOW_DOSE_TRIOBE, Regimen.SUPPLEMENT_6_9_UG})


def start_offers(facts: CourseFacts | None, today: date) -> list[Any]:
    """What the assessment advises or allows stands first, and says so."""
    advised = () if facts is None else facts.advised
    offered = offers(dict.fromkeys((*advised, *course_plan.STARTS)), today)
    for code, offer in offered:
        if code in advised:
            offer.note = gettext("advised or allowed by the assessment")
        elif code in course_plan.GOES_ON:
            offer.note = gettext("for patients who are treated already")
    return offered


class StartForm(PlanForm):
    on = day_field(_("First day of the treatment"))
    duration = forms.ChoiceField(
        label=_("Duration"),
        help_text=_("Decides which controls follow."),
        choices=[
            ("", _("Choose")),
            *((code.value, wording.DURATIONS[code]) for code in Duration),
            (ONLY_TRIAL, _("Only a trial: its control decides")),
        ],
    )
    cause_group = forms.ChoiceField(
        label=_("Group of causes"),
        choices=[
            ("", _("Not stated")),
            *((code.value, wording.CAUSE_GROUPS[code]) for code in CauseGroup),
        ],
        required=False,
    )
    cause = forms.CharField(
        label=_("Cause"),
        help_text=_("For example gastric bypass, or pernicious anaemia."),
        max_length=200,
        required=False,
    )
    neurological = forms.BooleanField(label=_("Neurological symptoms"), required=False)
    anaemia = forms.BooleanField(label=_("Anaemia"), required=False)
    severe_anaemia = forms.BooleanField(
        label=_("Severe anaemia"),
        help_text=_("Pronounced, with symptoms, or with too few of all blood cells."),
        required=False,
    )
    gastroscopy = forms.BooleanField(
        label=_("Plan gastroscopy every fifth year"),
        help_text=_("Usual for younger patients with chronic atrophic gastritis."),
        required=False,
    )
    reason = reason_field(
        OverrideReason,
        required=False,
        help_text=_("Only when you choose otherwise than the assessment advises."),
    )
    drawn_from = (
        "regimen", "on", "duration", "neurological", "anaemia", "severe_anaemia", "gastroscopy",
    )  # fmt: skip
    field_order = (
        "regimen", "on", "duration", "cause_group", "cause", "neurological", "anaemia",
        "severe_anaemia", "gastroscopy", "reason", "text",
    )  # fmt: skip

    def __init__(
        self, data: Any = None, *, patient: Patient, facts: CourseFacts | None, today: date
    ) -> None:
        initial = {} if facts is None else {name: getattr(facts, name) for name in _TAKEN_OVER}
        super().__init__(data, today=today, initial=initial)
        if self.initial.get("regimen") == Regimen.TREATMENT_TRIAL_ORAL:
            self.initial["duration"] = self.initial["duration"] or ONLY_TRIAL
        self.patient, self.facts = patient, facts
        self.fields["regimen"].choices = start_offers(facts, today)  # type: ignore[attr-defined]
        del self.fields["seen"]
        if facts is None:
            del self.fields["reason"], self.fields["text"]

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        regimen = data.get("regimen", "")
        if regimen and not is_advised(self.facts, regimen) and not data.get("reason"):
            self.add_error(
                "reason",
                _("The assessment does not advise this treatment: say why you choose it."),
            )
        if data.get("duration") == ONLY_TRIAL and regimen != Regimen.TREATMENT_TRIAL_ORAL:
            self.add_error("duration", _("This treatment is no trial: choose how long it lasts."))
        return super().clean()

    def decided(self) -> dict[str, Any]:
        data = dict(self.cleaned_data)
        data.pop("confirmed", None)
        trial = data["regimen"] == Regimen.TREATMENT_TRIAL_ORAL
        return data | {
            "started_on": data.pop("on"),
            "trial": trial,
            "duration": _lasting(data["duration"]),
        }

    def check(self) -> None:
        course_checks.check_can_start(self.patient)
        course_checks.check_start_date(self.patient, self.cleaned_data["on"], self.today)

    def doubts(self) -> Mapping[str, Any]:
        data = self.cleaned_data
        ill = data["neurological"] or data["anaemia"] or data["severe_anaemia"]
        return _low_dose(data["regimen"]) if ill else {}

    def controls(self) -> list[Planned]:
        data = self.cleaned_data
        names = ("neurological", "anaemia", "severe_anaemia")
        flags = {name: data[name] for name in names}
        course = TreatmentCourse(duration=_lasting(data["duration"]), **flags)
        return course_plan.start_controls(
            course, data["regimen"], data["on"], self.today, gastroscopy=data["gastroscopy"]
        )


_TAKEN_OVER = (
    "regimen", "duration", "cause_group", "cause", "neurological", "anaemia", "severe_anaemia",
    "gastroscopy",
)  # fmt: skip


def _lasting(duration: str) -> str:
    return "" if duration == ONLY_TRIAL else duration


def _low_dose(regimen: str) -> dict[str, Any]:
    """A low dose is for a deficiency from the diet alone, without anaemia and nerve signs (A54)."""
    if regimen not in LOW_DOSES:
        return {}
    sentence = _(
        "The low dose is right, although it is meant for a deficiency caused by the diet alone, "
        "without anaemia and without neurological symptoms."
    )
    return {f"low_dose {regimen}": sentence}


class CourseForm(EventForm):
    """About a course that exists."""

    def __init__(self, data: Any = None, *, course: TreatmentCourse, today: date) -> None:
        super().__init__(data, today=today, initial={"seen": course.last_event().pk})
        self.course = course

    def refuse_changed(self) -> None:
        course_checks.check_seen(self.course, self.cleaned_data["seen"])
        course_checks.check_order(self.course, self.cleaned_data["on"])


class ChangeForm(CourseForm, PlanForm):
    on = day_field(_("From"), _("The first day with the new treatment."))
    reason = reason_field(ChangeReason)

    def __init__(self, data: Any = None, *, course: TreatmentCourse, today: date) -> None:
        super().__init__(data, course=course, today=today)
        self.fields["regimen"].choices = offers(self.offered(), today)  # type: ignore[attr-defined]

    def offered(self) -> tuple[Regimen, ...]:
        return course_plan.changes(self.course, self.today)

    def check(self) -> None:
        self.refuse_changed()
        course_checks.check_ongoing(self.course)
        course_checks.check_planned(self.cleaned_data["on"], self.today)

    def doubts(self) -> Mapping[str, Any]:
        data, course = self.cleaned_data, self.course
        ill = course.neurological or course.anaemia
        doubts = _low_dose(data["regimen"]) if ill else {}
        if not self._to_tablets():
            return doubts
        doubts["tablets"] = _("Tablets can be taken, and they are not what failed before.")
        if course.neurological:
            doubts["acute"] = _("The acute phase of the neurological disease is over.")
        return doubts

    def _to_tablets(self) -> bool:
        on, ends_in = self.cleaned_data["on"], self.phases()[-1].dose.route
        return course_plan.is_on_injections(self.course, on) and ends_in == "oral"

    def controls(self) -> list[Planned]:
        data = self.cleaned_data
        return course_plan.change_controls(self.course, data["regimen"], data["on"], self.today)


class RestartForm(ChangeForm):
    reason = reason_field(RestartReason)

    def offered(self) -> tuple[Regimen, ...]:
        return course_plan.STARTS

    def check(self) -> None:
        self.refuse_changed()
        course_checks.check_stopped(self.course)
        course_checks.check_can_start(self.course.patient)
        course_checks.check_planned(self.cleaned_data["on"], self.today)

    def doubts(self) -> Mapping[str, Any]:
        ill = self.course.neurological or self.course.anaemia
        return _low_dose(self.cleaned_data["regimen"]) if ill else {}

    def controls(self) -> list[Planned]:
        data = self.cleaned_data
        return course_plan.start_controls(self.course, data["regimen"], data["on"], self.today)


class StopForm(CourseForm):
    """Reads the open controls of the course as well."""

    on = day_field(_("Stopped on"), _("The first day without treatment."))
    reason = reason_field(StopReason)

    def check(self) -> None:
        self.refuse_changed()
        course_checks.check_ongoing(self.course)
        course_checks.check_happened(self.course, self.cleaned_data["on"], self.today)

    def doubts(self) -> Mapping[str, Any]:
        reason, doubts = self.cleaned_data["reason"], {}
        if reason in {StopReason.DIED_OR_MOVED, StopReason.MISTAKE}:
            return {}
        if self.course.duration == Duration.LIFELONG:
            cause = self.course.cause or gettext("cause not stated")
            doubts["lifelong"] = gettext(
                "It is right to stop, although the treatment was meant to be lifelong (%(cause)s)."
            ) % {"cause": cause}
        filled = reason in {StopReason.STORES_FILLED, StopReason.DIET_CORRECTED}
        if filled and any(map(_shows_effect, self.course.controls.all())):
            doubts["control"] = gettext(
                "The stores are filled, although the control after 2 to 3 months is still open."
            )
        return doubts


def _shows_effect(control: Control) -> bool:
    return control.state == ControlState.PLANNED and (
        ControlTime.TWO_TO_THREE_MONTHS.value in control.times
    )


class LostForm(CourseForm):
    reason = reason_field(LostReason)

    def check(self) -> None:
        self.refuse_changed()
        course_checks.check_not_lost(self.course)
        course_checks.check_happened(self.course, self.cleaned_data["on"], self.today)


class FoundForm(CourseForm):
    reason = reason_field(FoundReason)

    def check(self) -> None:
        self.refuse_changed()
        course_checks.check_lost(self.course)
        course_checks.check_happened(self.course, self.cleaned_data["on"], self.today)
