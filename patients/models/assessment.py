"""What a doctor concluded about a patient at a date, frozen when it was signed."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .patient import Patient


class AssessmentState(models.TextChoices):
    DRAFT = "draft", _("draft")
    SIGNED = "signed", _("signed")


class OverrideReason(models.TextChoices):
    """Why the doctor chose otherwise than the guideline."""

    PATIENT_WISH = "patient_wish", _("the patient wishes it so")
    CONTRAINDICATION = "contraindication", _("contraindication or intolerance")
    CLINICAL_PICTURE = "clinical_picture", _("the clinical picture says otherwise")
    EARLIER_RESPONSE = "earlier_response", _("earlier response to treatment")
    SPECIALIST = "specialist", _("advice from a specialist")
    RESULT_DOUBTED = "result_doubted", _("a result is in doubt")
    PRACTICAL = "practical", _("practical grounds (swallowing, adherence, distance)")
    OTHER = "other", _("another reason, described below")


class FrozenError(RuntimeError):
    """A signed assessment was about to be changed or deleted."""


class Assessment(models.Model):
    """A draft may change; a signed one never does. A correction is a new row that names the old one
    in ``corrects``, and the old one stays readable and marked.

    ``form_data`` is what was typed, as lists of strings by field name. From the signature on,
    ``case`` is the input in the form of the JSON contract (values as given, limits, ``as_of``) and
    ``result`` the contract's answer under ``edition``, whose parameters have ``checksum``;
    ``manage.py recompute`` runs ``case`` again and compares. ``version`` counts the saves of a
    draft, so that a second save of the same version is noticed.
    """

    patient = models.ForeignKey(Patient, models.PROTECT, related_name="assessments")
    state = models.CharField(max_length=10, choices=AssessmentState, default=AssessmentState.DRAFT)
    version = models.PositiveIntegerField(default=1)
    form_data = models.JSONField()
    as_of = models.DateField(_("date of the assessment"))
    control = models.ForeignKey(
        "Control", models.PROTECT, null=True, blank=True, related_name="assessments"
    )
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    updated_at = models.DateTimeField()
    updated_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    signed_at = models.DateTimeField(_("signed"), null=True, blank=True)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    case = models.JSONField(null=True, blank=True)
    edition = models.CharField(_("edition"), max_length=20, blank=True)
    checksum = models.CharField(max_length=64, blank=True)
    result = models.JSONField(null=True, blank=True)
    conclusion = models.CharField(max_length=40, blank=True)
    monitoring = models.CharField(max_length=60, blank=True)
    guideline_regimen = models.CharField(max_length=40, blank=True)
    chosen_regimen = models.CharField(max_length=40, blank=True)
    override_reason = models.CharField(
        _("reason for choosing otherwise"), max_length=20, choices=OverrideReason, blank=True
    )
    override_text = models.TextField(_("in your own words"), blank=True)
    comment = models.TextField(_("comment"), blank=True)
    corrects = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="corrected_by"
    )
    correction_reason = models.CharField(_("reason"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("assessment")
        verbose_name_plural = _("assessments")
        ordering = ("-as_of", "-id")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(state=AssessmentState.DRAFT)
                | models.Q(
                    signed_at__isnull=False,
                    signed_by__isnull=False,
                    case__isnull=False,
                    result__isnull=False,
                ),
                name="a_signed_assessment_is_complete",
            ),
        )

    def __str__(self) -> str:
        return f"{self.as_of} {self.conclusion or self.state}"

    def save(self, *args: Any, **options: Any) -> None:
        """Raises ``FrozenError`` when the stored row is signed, whatever this copy of it says."""
        self._refuse_if_signed()
        super().save(*args, **options)

    def delete(self, *args: Any, **options: Any) -> tuple[int, dict[str, int]]:
        self._refuse_if_signed()
        return super().delete(*args, **options)

    def _refuse_if_signed(self) -> None:
        stored = type(self)._default_manager.filter(pk=self.pk, state=AssessmentState.SIGNED)
        if self.pk is not None and stored.exists():
            raise FrozenError(f"assessment {self.pk} is signed")

    @property
    def is_signed(self) -> bool:
        return self.state == AssessmentState.SIGNED

    @property
    def is_override(self) -> bool:
        """Did the doctor choose otherwise than the guideline?"""
        return bool(self.override_reason)
