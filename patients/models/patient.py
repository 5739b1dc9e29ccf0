"""A person in one practice's care."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from b12site.accounts.models import Practice


class LegalSex(models.TextChoices):
    """As the guideline's limits ask for it."""

    FEMALE = "female", _("woman")
    MALE = "male", _("man")


class LetterLanguage(models.TextChoices):
    BOKMAL = "nb", _("Bokmål")
    NYNORSK = "nn", _("Nynorsk")
    ENGLISH = "en", _("English")


class Patient(models.Model):
    """The identity number never stands in an address or a log line, and is masked in lists."""

    practice = models.ForeignKey(Practice, models.PROTECT, related_name="patients")
    given_name = models.CharField(_("given name"), max_length=100)
    family_name = models.CharField(_("family name"), max_length=100)
    search_name = models.CharField(max_length=201, editable=False)
    """Both names as ``searched.searchable`` writes them: SQLite ignores case in ASCII only."""
    national_identity_number = models.CharField(
        _("national identity number"), max_length=11, blank=True
    )
    birth_date = models.DateField(_("date of birth"))
    sex = models.CharField(_("sex"), max_length=6, choices=LegalSex, blank=True)
    address = models.CharField(_("address"), max_length=120, blank=True)
    postal_code = models.CharField(_("postal code"), max_length=10, blank=True)
    city = models.CharField(_("city"), max_length=80, blank=True)
    telephone = models.CharField(_("telephone"), max_length=30, blank=True)
    letter_language = models.CharField(
        _("language of letters"),
        max_length=2,
        choices=LetterLanguage,
        default=LetterLanguage.BOKMAL,
    )
    deceased_on = models.DateField(_("died"), null=True, blank=True)
    moved_on = models.DateField(_("moved to another practice"), null=True, blank=True)
    registered_at = models.DateTimeField(_("registered"))
    registered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("patient")
        verbose_name_plural = _("patients")
        ordering = ("search_name", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("practice", "national_identity_number"),
                condition=~models.Q(national_identity_number=""),
                name="patient_once_in_each_practice",
            ),
        )
        indexes = (
            models.Index(fields=("practice", "search_name", "id"), name="patient_by_name"),
            models.Index(fields=("practice", "birth_date"), name="patient_by_birth_date"),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}"

    @property
    def has_left(self) -> bool:
        """Died or moved: off the lists, the record stays readable."""
        return self.deceased_on is not None or self.moved_on is not None
