"""How a patient is treated: what was decided when, and what was given."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Prefetch
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from interpretation.guideline.edition import Dose
from interpretation.guideline.phases import Due, Phase, next_injection, phase_on, until

from .assessment import Assessment, OverrideReason
from .fields import ExactDecimalField
from .patient import Patient


class TreatmentCourse(models.Model):
    """From a start to a stop. What happens in between are events that cannot be edited.

    ``duration`` and ``cause_group`` are the contract's codes. ``neurological``, ``severe_anaemia``
    and ``trial`` decide how early the course stands on the work list. ``stopped_on`` and
    ``lost_since`` repeat what the events say, for lists.
    """

    patient = models.ForeignKey(Patient, models.PROTECT, related_name="courses")
    assessment = models.ForeignKey(
        Assessment, models.PROTECT, null=True, blank=True, related_name="courses"
    )
    started_on = models.DateField(_("start"))
    cause_group = models.CharField(_("group of causes"), max_length=30, blank=True)
    cause = models.CharField(_("cause"), max_length=200, blank=True)
    duration = models.CharField(_("duration"), max_length=50, blank=True)
    neurological = models.BooleanField(_("neurological symptoms"), default=False)
    severe_anaemia = models.BooleanField(_("severe anaemia"), default=False)
    anaemia = models.BooleanField(_("anaemia"), default=False)
    trial = models.BooleanField(_("trial of treatment"), default=False)
    stopped_on = models.DateField(_("stopped"), null=True, blank=True)
    lost_since = models.DateField(_("lost to follow-up since"), null=True, blank=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("treatment course")
        verbose_name_plural = _("treatment courses")
        ordering = ("-started_on", "-id")
        constraints = (
            models.UniqueConstraint(
                fields=("patient",),
                condition=models.Q(stopped_on__isnull=True),
                name="one_ongoing_course",
            ),
        )

    def __str__(self) -> str:
        return f"{self.started_on}"

    @property
    def is_ongoing(self) -> bool:
        return self.stopped_on is None

    # What follows reads all events with their phases, and injections: prefetch COURSE_PARTS.

    def last_event(self) -> "CourseEvent":
        return list(self.events.all())[-1]

    def plan(self, day: date = date.max) -> tuple[Phase, ...]:
        """What was last decided by a day, as it was laid out; nothing before the start and after a
        stop."""
        decided = [event for event in self.events.all() if event.decides and event.on <= day]
        return decided[-1].laid_out() if decided else ()

    def history(self) -> tuple[Phase, ...]:
        """What the patient was to be given from the start on: each decision ends the one before."""
        carried_out: tuple[Phase, ...] = ()
        for event in self.events.all():
            if event.decides:
                carried_out = (*until(carried_out, event.on), *event.laid_out())
        return carried_out

    def phase_on(self, day: date) -> Phase | None:
        """What the patient is given on a day; ``None`` before the start, after a stop, and when a
        trial has come to its end."""
        return phase_on(self.history(), day)

    def given(self) -> "list[Injection]":
        """The injections that count: not corrected by a later row, not withdrawn."""
        superseded = {item.corrects_id for item in self.injections.all()}
        return [
            item
            for item in self.injections.all()
            if not item.withdrawn and item.pk not in superseded
        ]

    def injected_on(self) -> list[date]:
        return [localdate(item.given_at) for item in self.given()]

    def next_injection(self) -> Due | None:
        return next_injection(self.plan(), self.injected_on())


COURSE_PARTS = ("events__phases", "injections")


def page_parts() -> tuple[Any, ...]:
    """All that the page of a course shows, with the names, in four queries."""
    return (
        Prefetch("events", CourseEvent.objects.select_related("recorded_by")),
        "events__phases",
        Prefetch("injections", Injection.objects.select_related("given_by", "recorded_by")),
        "controls",
    )


class EventKind(models.TextChoices):
    STARTED = "started", _("started")
    DOSE_CHANGED = "dose_changed", _("dose changed")
    SWITCHED = "switched", _("switched between injections and tablets")
    STOPPED = "stopped", _("stopped")
    RESTARTED = "restarted", _("started again")
    LOST = "lost", _("lost to follow-up")
    FOUND = "found", _("back in follow-up")


class ChangeReason(models.TextChoices):
    """Why the dose or the route was changed."""

    CONTROL = "control", _("what a control showed")
    NO_EFFECT = "no_effect", _("unsatisfactory effect")
    STABLE = "stable", _("stable: tablets are enough now")
    SIDE_EFFECTS = "side_effects", _("side effects")
    PATIENT_WISH = "patient_wish", _("the patient wishes it so")
    INTAKE = "intake", _("tablets are not taken, or cannot be taken")
    SPECIALIST = "specialist", _("advice from a specialist")
    OTHER = "other", _("another reason, described below")


class StopReason(models.TextChoices):
    STORES_FILLED = "stores_filled", _("the stores are filled and the disease is treated")
    DIET_CORRECTED = "diet_corrected", _("the diet has been corrected")
    SIDE_EFFECTS = "side_effects", _("side effects")
    PATIENT_WISH = "patient_wish", _("the patient wishes it so")
    DIAGNOSIS = "diagnosis", _("the diagnosis was reconsidered, or a trial had no effect")
    DIED_OR_MOVED = "died_or_moved", _("the patient has died or moved")
    MISTAKE = "mistake", _("registered by mistake")
    OTHER = "other", _("another reason, described below")


class RestartReason(models.TextChoices):
    NEW_DEFICIENCY = "new_deficiency", _("a new deficiency was found")
    SYMPTOMS = "symptoms", _("the symptoms came back")
    PATIENT_WISH = "patient_wish", _("the patient wishes it so")
    STOPPED_BY_MISTAKE = "stopped_by_mistake", _("stopped by mistake")
    OTHER = "other", _("another reason, described below")


class LostReason(models.TextChoices):
    NOT_REACHED = "not_reached", _("not reached, despite several attempts")
    DOES_NOT_COME = "does_not_come", _("reached, but does not come")
    DECLINED = "declined", _("does not want to be followed up")
    ELSEWHERE = "elsewhere", _("said to be followed up elsewhere")
    OTHER = "other", _("another reason, described below")


class FoundReason(models.TextChoices):
    ATTENDED = "attended", _("has come to the practice")
    REACHED = "reached", _("was reached and will come")
    FOLLOWED_ELSEWHERE = "followed_elsewhere", _("has been followed up elsewhere meanwhile")
    MISTAKE = "mistake", _("was never lost: registered by mistake")
    OTHER = "other", _("another reason, described below")


REASONS: Mapping[str, type[models.TextChoices]] = {
    EventKind.STARTED: OverrideReason,
    EventKind.DOSE_CHANGED: ChangeReason,
    EventKind.SWITCHED: ChangeReason,
    EventKind.STOPPED: StopReason,
    EventKind.RESTARTED: RestartReason,
    EventKind.LOST: LostReason,
    EventKind.FOUND: FoundReason,
}
"""The reasons that each kind of event may give. A start has one only where it differs from what
the guideline advises."""


class CourseEvent(models.Model):
    """Something that was decided about a course. Never edited: a mistake is put right by the next
    event, which says why. ``regimen`` is what holds from ``on``; empty where it does not change."""

    course = models.ForeignKey(TreatmentCourse, models.PROTECT, related_name="events")
    kind = models.CharField(_("event"), max_length=20, choices=EventKind)
    on = models.DateField(_("date"))
    regimen = models.CharField(_("regimen"), max_length=40, blank=True)
    reason = models.CharField(_("reason"), max_length=40, blank=True)
    text = models.TextField(_("in your own words"), blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("event of a course")
        verbose_name_plural = _("events of a course")
        ordering = ("on", "id")

    def __str__(self) -> str:
        return f"{self.on}: {self.kind}"

    @property
    def decides(self) -> bool:
        """Does it say what is given from now on? A stop says: nothing."""
        return self.kind not in {EventKind.LOST, EventKind.FOUND}

    def laid_out(self) -> tuple[Phase, ...]:
        """Its phases as they were planned; none of a stop."""
        return tuple(phase.as_phase() for phase in self.phases.all())

    def get_reason_display(self) -> str:
        return str(REASONS[self.kind](self.reason).label) if self.reason else ""


class DosePhase(models.Model):
    """One dated phase of a regimen, as the core laid it out from the day of the event. A later
    event that decides something ends it earlier; ``last_day`` is ``None`` for maintenance.

    ``amount`` is ``None`` where the guideline names no dose; the interval is ``per_from`` to
    ``per_to`` of ``per_unit``.
    """

    event = models.ForeignKey(CourseEvent, models.PROTECT, related_name="phases")
    drug = models.CharField(max_length=30)
    route = models.CharField(max_length=10)
    amount = ExactDecimalField()
    amount_to = ExactDecimalField()
    unit = models.CharField(max_length=10)
    per_from = models.PositiveSmallIntegerField()
    per_to = models.PositiveSmallIntegerField()
    per_unit = models.CharField(max_length=10)
    first_day = models.DateField()
    last_day = models.DateField(null=True, blank=True)
    from_guideline = models.BooleanField()

    class Meta:
        verbose_name = _("dose phase")
        verbose_name_plural = _("dose phases")
        ordering = ("first_day", "id")

    def __str__(self) -> str:
        return f"{self.drug} {self.first_day}"

    def as_phase(self) -> Phase:
        dose = Dose(
            self.drug,
            self.route,
            self.amount,
            self.amount_to,
            self.unit,
            (self.per_from, self.per_to, self.per_unit),
            None,
            self.from_guideline,
        )
        return Phase(dose, self.first_day, self.last_day)


class InjectionQuerySet(models.QuerySet["Injection"]):
    def current(self) -> "InjectionQuerySet":
        """What was given, as it is known now: not corrected by a later row, not withdrawn."""
        return self.filter(corrected_by__isnull=True, withdrawn=False)


class Injection(models.Model):
    """One injection that was given. Never edited: a correction supersedes it, a withdrawal says
    that it was not given."""

    course = models.ForeignKey(TreatmentCourse, models.PROTECT, related_name="injections")
    given_at = models.DateTimeField(_("given"))
    drug = models.CharField(_("medicine"), max_length=30)
    amount_mg = ExactDecimalField(_("dose in mg"))
    batch = models.CharField(_("batch"), max_length=40, blank=True)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    corrects = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="corrected_by"
    )
    correction_reason = models.CharField(_("reason"), max_length=200, blank=True)
    withdrawn = models.BooleanField(_("withdrawn"), default=False)

    objects = InjectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("injection")
        verbose_name_plural = _("injections")
        ordering = ("given_at", "id")

    def __str__(self) -> str:
        return f"{self.given_at:%Y-%m-%d}"
