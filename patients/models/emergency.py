"""Access to a record of another practice when there is no time to ask for it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from b12site.accounts.models import Practice

from .patient import Patient


class EmergencyAccess(models.Model):
    """Opens one patient's record to one user, to read, until ``ends_at`` or ``ended_at``. It stays
    open to the reviewers of the patient's practice until one of them has signed it off."""

    patient = models.ForeignKey(Patient, models.PROTECT, related_name="emergency_accesses")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("user")
    )
    practice = models.ForeignKey(
        Practice, models.PROTECT, related_name="+", verbose_name=_("practice of the user")
    )
    reason = models.TextField(_("reason"))
    opened_at = models.DateTimeField(_("opened"))
    ends_at = models.DateTimeField(_("ends"))
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    signed_off_at = models.DateTimeField(_("signed off"), null=True, blank=True)
    signed_off_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    justified = models.BooleanField(_("justified"), null=True, blank=True)
    sign_off_comment = models.TextField(_("comment"), blank=True)

    class Meta:
        verbose_name = _("emergency access")
        verbose_name_plural = _("emergency accesses")
        ordering = ("-opened_at", "-id")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("opened_at")),
                name="emergency_access_ends_after_it_began",
            ),
            models.CheckConstraint(
                condition=models.Q(signed_off_at__isnull=True)
                | models.Q(signed_off_by__isnull=False, justified__isnull=False),
                name="emergency_access_is_signed_off_by_somebody",
            ),
        )

    def __str__(self) -> str:
        return f"{self.pk}: {self.opened_at:%Y-%m-%d %H:%M}"
