"""Controls: when the patient is to be seen again, what is measured then, and what came of it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .assessment import Assessment
from .course import TreatmentCourse
from .laboratory import TestOrder
from .patient import Patient


class ControlState(models.TextChoices):
    PLANNED = "planned", _("planned")
    DONE = "done", _("done")
    CANCELLED = "cancelled", _("cancelled")


class Control(models.Model):
    """One visit in its window. Controls that fall together are one visit, so that ``times`` (the
    contract's codes for when) and ``tests`` are lists. ``origin`` is the assessment that asked for
    it where there is no course; ``first_earliest`` and ``first_latest`` are the window before
    anybody moved it."""

    patient = models.ForeignKey(Patient, models.PROTECT, related_name="controls")
    course = models.ForeignKey(
        TreatmentCourse, models.PROTECT, null=True, blank=True, related_name="controls"
    )
    origin = models.ForeignKey(
        Assessment, models.PROTECT, null=True, blank=True, related_name="planned_controls"
    )
    times = models.JSONField()
    tests = models.JSONField()
    earliest = models.DateField(_("earliest"))
    latest = models.DateField(_("latest"))
    first_earliest = models.DateField()
    first_latest = models.DateField()
    repeats = models.BooleanField(_("comes back"), default=False)
    consider = models.BooleanField(_("to be considered"), default=False)
    from_guideline = models.BooleanField(default=True)
    state = models.CharField(max_length=10, choices=ControlState, default=ControlState.PLANNED)
    closed_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = _("control")
        verbose_name_plural = _("controls")
        ordering = ("latest", "id")

    def __str__(self) -> str:
        return f"{self.earliest} to {self.latest}"

    @property
    def is_moved(self) -> bool:
        return (self.earliest, self.latest) != (self.first_earliest, self.first_latest)


class ControlEventKind(models.TextChoices):
    MOVED = "moved", _("moved")
    CANCELLED = "cancelled", _("cancelled")
    CLOSED = "closed", _("closed")
    REOPENED = "reopened", _("opened again")


class MoveReason(models.TextChoices):
    PATIENT = "patient", _("the patient asked for it")
    PRACTICE = "practice", _("the practice had to move it")
    ILLNESS = "illness", _("other illness")
    OTHER = "other", _("another reason, described below")


class CancelReason(models.TextChoices):
    MOVED_AWAY = "moved_away", _("moved away or died")
    TREATMENT_STOPPED = "treatment_stopped", _("the treatment was stopped")
    TREATMENT_CHANGED = "treatment_changed", _("the treatment was changed")
    OTHER_PROVIDER = "other_provider", _("somebody else follows the patient")
    DECLINED = "declined", _("the patient does not want it")
    OTHER = "other", _("another reason, described below")


class CloseReason(models.TextChoices):
    """Why a control is done although the record holds no results for it."""

    NO_SAMPLES_NEEDED = "no_samples_needed", _("seen; no samples were needed")
    SAMPLES_DECLINED = "samples_declined", _("seen; the patient did not want samples taken")
    MEASURED_ELSEWHERE = "measured_elsewhere", _("measured elsewhere, and I have seen the answers")
    EXAMINED = "examined", _("the examination has been made")
    OTHER = "other", _("another reason, described below")


class ControlEvent(models.Model):
    """What happened to a control, with the reason; the window is the one that holds afterwards."""

    control = models.ForeignKey(Control, models.PROTECT, related_name="events")
    kind = models.CharField(max_length=10, choices=ControlEventKind)
    reason = models.CharField(_("reason"), max_length=40, blank=True)
    text = models.TextField(_("in your own words"), blank=True)
    earliest = models.DateField()
    latest = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("event of a control")
        verbose_name_plural = _("events of a control")
        ordering = ("recorded_at", "id")

    def __str__(self) -> str:
        return f"{self.kind}"


class Channel(models.TextChoices):
    TELEPHONE = "telephone", _("telephone")
    TEXT_MESSAGE = "text_message", _("text message")
    LETTER = "letter", _("letter")
    IN_PERSON = "in_person", _("in person")


class ContactOutcome(models.TextChoices):
    BOOKED = "booked", _("appointment made")
    MESSAGE_LEFT = "message_left", _("message left")
    LETTER_SENT = "letter_sent", _("letter sent")
    NOT_REACHED = "not_reached", _("not reached")
    DECLINED = "declined", _("does not want to come")
    WRONG_DETAILS = "wrong_details", _("address or telephone is wrong")


class ContactAttempt(models.Model):
    patient = models.ForeignKey(Patient, models.PROTECT, related_name="contact_attempts")
    control = models.ForeignKey(
        Control, models.PROTECT, null=True, blank=True, related_name="contact_attempts"
    )
    at = models.DateTimeField(_("at"))
    channel = models.CharField(_("how"), max_length=15, choices=Channel)
    outcome = models.CharField(_("outcome"), max_length=15, choices=ContactOutcome)
    note = models.CharField(_("note"), max_length=200, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("contact attempt")
        verbose_name_plural = _("contact attempts")
        ordering = ("-at", "-id")

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d}: {self.outcome}"


class WorkKind(models.TextChoices):
    CONTROL = "control", _("control")
    INJECTION = "injection", _("injection")
    ANSWERS = "answers", _("answers awaited")
    DRAFT = "draft", _("draft not signed")
    DECISION = "decision", _("decided, not carried out")


class Seriousness(models.IntegerChoices):
    """What stands first on the work list."""

    NEUROLOGICAL = 3, _("neurological symptoms")
    SEVERE_ANAEMIA = 2, _("severe anaemia")
    TRIAL = 1, _("trial of treatment")
    ORDINARY = 0, _("others")


class RemovalReason(models.TextChoices):
    """Why a line was taken off the work list although its work is not done."""

    DONE_ELSEWHERE = "done_elsewhere", _("done elsewhere (hospital, specialist, other practice)")
    AGREED_LATER = "agreed_later", _("agreed with the patient to wait")
    PATIENT_DECLINES = "patient_declines", _("the patient does not want it")
    NOT_REACHED = "not_reached", _("the patient cannot be reached")
    NOT_NEEDED = "not_needed", _("not needed any more")
    MISTAKE = "mistake", _("put on the list by mistake")
    OTHER = "other", _("another reason, described below")


class WorkItem(models.Model):
    """One line of the practice's work list, kept in step by the services in the transaction of what
    it stands for, so that the list is one ordered read of one index.

    It shows from ``visible_from`` and is overdue after ``due``. Done work takes its line away; a
    line that somebody removed stays with the reason, and can be brought back.
    """

    practice = models.ForeignKey("accounts.Practice", models.PROTECT, related_name="+")
    patient = models.ForeignKey(Patient, models.PROTECT, related_name="work")
    kind = models.CharField(_("kind"), max_length=10, choices=WorkKind)
    seriousness = models.SmallIntegerField(choices=Seriousness, default=Seriousness.ORDINARY)
    visible_from = models.DateField()
    due = models.DateField()
    control = models.OneToOneField(
        Control, models.PROTECT, null=True, blank=True, related_name="work"
    )
    course = models.OneToOneField(
        TreatmentCourse, models.PROTECT, null=True, blank=True, related_name="injection_work"
    )
    order = models.OneToOneField(
        TestOrder, models.PROTECT, null=True, blank=True, related_name="work"
    )
    assessment = models.OneToOneField(
        Assessment, models.PROTECT, null=True, blank=True, related_name="work"
    )
    removed_on = models.DateField(null=True, blank=True)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    removed_reason = models.CharField(_("reason"), max_length=20, choices=RemovalReason, blank=True)
    removed_text = models.CharField(_("in your own words"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("line of the work list")
        verbose_name_plural = _("work list")
        ordering = ("-seriousness", "due", "id")
        indexes = (
            models.Index(
                "practice",
                models.F("seriousness").desc(),
                "due",
                "id",
                condition=models.Q(removed_on__isnull=True),
                name="open_work_in_order",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.due}"
