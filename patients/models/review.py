"""The reviewer's desk: which cases are looked at again, by whom, and what they thought."""

from collections.abc import Mapping

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from b12site.accounts.models import Practice

from .assessment import Assessment
from .emergency import EmergencyAccess
from .patient import Patient


class ReviewSetting(models.Model):
    """What a practice has decided about the review of its cases. None of the numbers stands in the
    guideline."""

    practice = models.OneToOneField(
        Practice, models.CASCADE, related_name="review_setting", verbose_name=_("practice")
    )
    sample_share = models.PositiveSmallIntegerField(
        _("share of all signed assessments that is drawn at random, in percent"),
        default=5,
        validators=[MaxValueValidator(100)],
        help_text=_("Not from the guideline."),
    )
    reviewers_for_each = models.PositiveSmallIntegerField(
        _("reviewers asked for each case"), default=1, validators=[MaxValueValidator(2)]
    )
    shows_identity = models.BooleanField(_("reviewers see name and identity number"), default=False)

    class Meta:
        verbose_name = _("review setting")
        verbose_name_plural = _("review settings")

    def __str__(self) -> str:
        return str(self.practice)


class Ground(models.TextChoices):
    """Why a case is in the queue."""

    OVERRIDE = "override", _("the doctor chose otherwise than the guideline")
    DISCORDANT = "discordant", _("markers that disagree")
    SEVERE = "severe", _("severe deficiency")
    NEUROLOGICAL = "neurological", _("neurological symptoms")
    EMERGENCY = "emergency", _("emergency access")
    VALUES = "values", _("values that were refused or converted")
    EDITION = "edition", _("another edition of the guideline answers otherwise")
    SAMPLE = "sample", _("random sample")


class CaseState(models.TextChoices):
    OPEN = "open", _("open")
    JUDGED = "judged", _("judged")
    MEETING = "meeting", _("for the meeting")
    CLOSED = "closed", _("closed")


class ReviewCase(models.Model):
    """A signed assessment, or an emergency access, that is to be looked at again. Conclusion, node,
    age and date are copies, so that the queue can be filtered without reading the assessments."""

    practice = models.ForeignKey(
        Practice, models.PROTECT, related_name="+", verbose_name=_("practice")
    )
    patient = models.ForeignKey(Patient, models.PROTECT, related_name="+")
    assessment = models.OneToOneField(
        Assessment, models.PROTECT, null=True, blank=True, related_name="review_case"
    )
    emergency = models.OneToOneField(
        EmergencyAccess, models.PROTECT, null=True, blank=True, related_name="review_case"
    )
    day = models.DateField(_("date"))
    conclusion = models.CharField(_("conclusion"), max_length=60, blank=True)
    """Of a control, the code of its answer."""
    node = models.CharField(_("deciding node"), max_length=60, blank=True)
    age = models.PositiveSmallIntegerField(_("age"))
    state = models.CharField(_("state"), max_length=10, choices=CaseState, default=CaseState.OPEN)
    created_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases for review")
        ordering = ("-day", "-id")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(assessment__isnull=False, emergency__isnull=True)
                | models.Q(assessment__isnull=True, emergency__isnull=False),
                name="a_review_case_is_about_one_thing",
            ),
        )

    def __str__(self) -> str:
        return f"{self.pk}"


class CaseGround(models.Model):
    case = models.ForeignKey(ReviewCase, models.CASCADE, related_name="grounds")
    ground = models.CharField(_("ground"), max_length=12, choices=Ground)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("case", "ground"), name="a_ground_once_for_each_case"),
        )

    def __str__(self) -> str:
        return self.get_ground_display()


class Verdict(models.TextChoices):
    AGREE = "agree", _("agree")
    DOCTOR = "doctor", _("disagree with the doctor")
    RULE = "rule", _("disagree with the rule")
    INSUFFICIENT = "insufficient", _("data insufficient")


class AgreeReason(models.TextChoices):
    SOUND = "sound", _("conclusion and treatment fit what was known")
    DEPARTURE_FOUNDED = "departure_founded", _("the departure from the guideline is well founded")


class DoctorReason(models.TextChoices):
    DEPARTURE_UNFOUNDED = (
        "departure_unfounded",
        _("the departure from the guideline is not well founded"),
    )
    OVERLOOKED = "overlooked", _("a finding or a risk was overlooked")
    TREATMENT = "treatment", _("the treatment does not fit the conclusion")
    CAUSE = "cause", _("the cause was not looked for")
    FOLLOW_UP = "follow_up", _("the follow-up does not suffice")
    OTHER = "doctor_other", _("another reason, described below")


class RuleReason(models.TextChoices):
    LIMIT = "limit", _("a limit does not fit this patient")
    INTERFERENCE = "interference", _("the rule overlooks what disturbs a marker")
    WEIGHT = "weight", _("the rule weighs the markers wrongly")
    RULE_TREATMENT = "rule_treatment", _("the treatment that the rule advises does not fit")
    OTHER = "rule_other", _("another reason, described below")


class InsufficientReason(models.TextChoices):
    MARKER = "marker", _("a marker is missing")
    HISTORY = "history", _("symptoms or risks are not described")
    DOUBTFUL = "doubtful", _("a result is in doubt")
    EARLY = "early", _("the outcome is not known yet")
    OTHER = "insufficient_other", _("another reason, described below")


class EmergencyReason(models.TextChoices):
    """Of an emergency access nothing else is asked: the first agrees, the second does not."""

    JUSTIFIED = "justified", _("the access was justified")
    NOT_JUSTIFIED = "not_justified", _("the access was not justified")


REASONS: Mapping[str, type[models.TextChoices]] = {
    Verdict.AGREE: AgreeReason,
    Verdict.DOCTOR: DoctorReason,
    Verdict.RULE: RuleReason,
    Verdict.INSUFFICIENT: InsufficientReason,
}
"""The coded reasons of each verdict on a signed assessment."""
EMERGENCY_VERDICTS = (
    (Verdict.AGREE, EmergencyReason.JUSTIFIED),
    (Verdict.DOCTOR, EmergencyReason.NOT_JUSTIFIED),
)
AGAINST = frozenset({Verdict.DOCTOR, Verdict.RULE})
"""Verdicts that need words, and are talked about at a meeting."""


class Review(models.Model):
    """One reviewer who was asked about one case; without a verdict until ``judged_at``. Its
    ``reason`` is a code that belongs to the verdict."""

    case = models.ForeignKey(ReviewCase, models.PROTECT, related_name="reviews")
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("reviewer")
    )
    asked_at = models.DateTimeField()
    verdict = models.CharField(_("verdict"), max_length=12, choices=Verdict, blank=True)
    reason = models.CharField(_("reason"), max_length=30, blank=True)
    comment = models.TextField(_("comment"), blank=True)
    judged_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=("case", "reviewer"), name="a_reviewer_is_asked_once_for_each_case"
            ),
            models.CheckConstraint(
                condition=models.Q(judged_at__isnull=True, verdict="")
                | (models.Q(judged_at__isnull=False) & ~models.Q(verdict="")),
                name="a_review_has_a_verdict_when_it_is_judged",
            ),
        )

    def __str__(self) -> str:
        return f"{self.case_id}: {self.reviewer}"


class ReviewReply(models.Model):
    """What the doctor who signed answered to a review."""

    review = models.ForeignKey(Review, models.PROTECT, related_name="replies")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    text = models.TextField(_("answer"))

    class Meta:
        verbose_name = _("answer to a review")
        verbose_name_plural = _("answers to reviews")
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.review_id}: {self.at:%Y-%m-%d}"


class CaseClosing(models.Model):
    """Who closed a case, and what came of it: of a meeting, what was agreed there."""

    case = models.OneToOneField(ReviewCase, models.PROTECT, related_name="closing")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    note = models.TextField(_("note"), blank=True)

    class Meta:
        verbose_name = _("closing of a case")
        verbose_name_plural = _("closings of cases")

    def __str__(self) -> str:
        return f"{self.case_id}"
