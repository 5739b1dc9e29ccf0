"""Letters: drafts that can change, and issued ones of which the bytes are kept for good."""

from datetime import date
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from b12site.accounts.models import Practice

from .assessment import Assessment, FrozenError
from .control import Control
from .course import TreatmentCourse
from .laboratory import Result
from .patient import LetterLanguage, Patient


class LetterKind(models.TextChoices):
    RESULT = "result", _("result letter")
    PLAN = "plan", _("treatment plan")
    RECALL = "recall", _("recall letter")
    REFERRAL = "referral", _("referral")
    JOURNAL = "journal", _("journal summary")
    ACCESS = "access", _("who has read the record")


class Specialty(models.TextChoices):
    GASTROSCOPY = "gastroscopy", _("gastroscopy")
    HAEMATOLOGY = "haematology", _("haematology")
    NEUROLOGY = "neurology", _("neurology")


class LetterState(models.TextChoices):
    DRAFT = "draft", _("draft")
    ISSUED = "issued", _("issued")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Letter(models.Model):
    """An issued letter is its bytes: it is shown and printed from ``pdf`` alone, and ``sha256`` and
    ``context`` (the finished strings) say what stood in it. A wrong one is withdrawn with a reason,
    never deleted. ``results`` are those that stand in it, so that a later correction is noticed."""

    patient = models.ForeignKey(Patient, models.PROTECT, related_name="letters")
    kind = models.CharField(_("kind"), max_length=10, choices=LetterKind)
    language = models.CharField(_("language"), max_length=2, choices=LetterLanguage)
    state = models.CharField(max_length=10, choices=LetterState, default=LetterState.DRAFT)
    assessment = models.ForeignKey(
        Assessment, models.PROTECT, null=True, blank=True, related_name="letters"
    )
    course = models.ForeignKey(
        TreatmentCourse, models.PROTECT, null=True, blank=True, related_name="letters"
    )
    control = models.ForeignKey(
        Control, models.PROTECT, null=True, blank=True, related_name="letters"
    )
    results = models.ManyToManyField(Result, related_name="letters")
    specialty = models.CharField(_("to"), max_length=12, choices=Specialty, blank=True)
    free_text = models.TextField(_("in your own words"), blank=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    context = models.JSONField(null=True, blank=True)
    pdf = models.BinaryField(null=True, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    edition = models.CharField(max_length=20, blank=True)
    issued_at = models.DateTimeField(_("issued"), null=True, blank=True)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    corrects = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="corrections"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_reason = models.CharField(_("reason"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        ordering = ("-created_at", "-id")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(state=LetterState.DRAFT)
                | models.Q(
                    pdf__isnull=False,
                    context__isnull=False,
                    issued_at__isnull=False,
                    issued_by__isnull=False,
                ),
                name="an_issued_letter_has_its_bytes",
            ),
            models.UniqueConstraint(
                fields=("corrects",),
                condition=~models.Q(state=LetterState.WITHDRAWN),
                name="one_correction_of_a_letter",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.created_at:%Y-%m-%d}"

    def save(self, *args: Any, **options: Any) -> None:
        """Raises ``FrozenError`` when the stored letter has been issued, unless it is withdrawn."""
        if set(options.get("update_fields") or {"pdf"}) - set(WITHDRAWAL):
            self._refuse_if_issued()
        super().save(*args, **options)

    def delete(self, *args: Any, **options: Any) -> tuple[int, dict[str, int]]:
        self._refuse_if_issued()
        return super().delete(*args, **options)

    def _refuse_if_issued(self) -> None:
        stored = type(self)._default_manager.filter(pk=self.pk).exclude(state=LetterState.DRAFT)
        if self.pk is not None and stored.exists():
            raise FrozenError(f"letter {self.pk} has been issued")

    @property
    def is_draft(self) -> bool:
        return self.state == LetterState.DRAFT

    @property
    def period(self) -> tuple[date, date] | None:
        """The days that a draft is about, if it was begun for some: they are all that its
        ``context`` holds until it is issued."""
        if not self.is_draft or not self.context:
            return None
        return date.fromisoformat(self.context["first"]), date.fromisoformat(self.context["last"])

    @property
    def file_name(self) -> str:
        """Says nothing about anybody."""
        return f"brev-{self.pk}.pdf"

    def is_unchanged(self) -> bool:
        """Are the stored bytes those that were issued?"""
        return self.pdf is not None and sha256(self.pdf).hexdigest() == self.sha256


WITHDRAWAL = ("state", "withdrawn_at", "withdrawn_by", "withdrawn_reason")
"""What may still change in an issued letter."""


class SendingWay(models.TextChoices):
    PRINTED = "printed", _("printed and posted")
    HANDED_OVER = "handed_over", _("handed over")
    DIGITAL = "digital", _("digital post")


class LetterSending(models.Model):
    """That a letter left the practice: marked by hand by whoever saw to it."""

    letter = models.ForeignKey(Letter, models.PROTECT, related_name="sendings")
    how = models.CharField(_("how"), max_length=12, choices=SendingWay)
    on = models.DateField(_("date"))
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("sending")
        verbose_name_plural = _("sendings")
        ordering = ("on", "id")

    def __str__(self) -> str:
        return f"{self.how} {self.on}"


class LineError(models.TextChoices):
    """Why a batch has no letter for a line."""

    LEFT = "left", _("The patient has died or moved.")
    CLOSED = "closed", _("The control is done or cancelled.")
    ALREADY = "already", _("A recall letter to this control was made in the last 14 days.")
    NOT_ALLOWED = "not_allowed", _("Whoever ordered the letters may not issue them any more.")
    NO_PDF = "no_pdf", _("PDF cannot be made on this machine. See below what to install.")
    FAULT = "fault", _("A fault of the program. It stands in the server's log.")


class LetterBatch(models.Model):
    """Recall letters for many patients at once, made in the background. ``heard_at`` is the last
    sign of life: a batch that has long been silent has lost its worker."""

    practice = models.ForeignKey(Practice, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    heard_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("batch of letters")
        verbose_name_plural = _("batches of letters")
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.created_at:%Y-%m-%d %H:%M}"


class BatchLine(models.Model):
    """One letter of a batch, in the order of the work list. A worker claims a line, makes the
    letter and sets ``letter`` in the transaction that stores it, unless somebody else holds the
    claim by then; so no letter is made twice, whoever dies on the way. ``error`` says why there is
    none."""

    batch = models.ForeignKey(LetterBatch, models.PROTECT, related_name="lines")
    position = models.PositiveIntegerField()
    control = models.ForeignKey(Control, models.PROTECT, related_name="+")
    claimed_by = models.CharField(max_length=32, blank=True)
    claimed_at = models.DateTimeField(null=True, blank=True)
    letter = models.OneToOneField(
        Letter, models.PROTECT, null=True, blank=True, related_name="batch_line"
    )
    error = models.CharField(max_length=12, choices=LineError, blank=True)

    class Meta:
        verbose_name = _("letter of a batch")
        verbose_name_plural = _("letters of a batch")
        ordering = ("batch", "position")
        constraints = (
            models.UniqueConstraint(fields=("batch", "position"), name="batch_position_once"),
            models.UniqueConstraint(fields=("batch", "control"), name="batch_control_once"),
        )

    def __str__(self) -> str:
        return f"{self.batch_id}: {self.position}"
