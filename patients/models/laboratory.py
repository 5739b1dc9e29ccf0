"""Laboratories, their limits, what they answered, and what has been asked of them."""

from datetime import date

from django.conf import settings
from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from b12site.accounts.models import Practice
from interpretation import wording
from interpretation.guideline.quantity import UNITS, Comparator, Quantity
from interpretation.guideline.vocabulary import Analyte

from .fields import ExactDecimalField
from .patient import LegalSex, Patient


class Laboratory(models.Model):
    """A laboratory as one practice knows it, with the limits that it prints."""

    practice = models.ForeignKey(
        Practice, models.PROTECT, related_name="laboratories", verbose_name=_("practice")
    )
    name = models.CharField(_("name"), max_length=120)
    is_default = models.BooleanField(
        _("the usual one"), default=False, help_text=_("Chosen when nothing else is said.")
    )

    class Meta:
        verbose_name = _("laboratory")
        verbose_name_plural = _("laboratories")
        ordering = ("name",)
        constraints = (
            models.UniqueConstraint(
                fields=("practice", "name"),
                name="laboratory_once",
                violation_error_message=_("The practice has a laboratory of this name already."),
            ),
            models.UniqueConstraint(
                fields=("practice",),
                condition=models.Q(is_default=True),
                name="one_usual_laboratory",
                violation_error_message=_("Another laboratory is the usual one. Change it first."),
            ),
        )

    def __str__(self) -> str:
        return self.name


class ReferenceLimit(models.Model):
    """The limits of one analyte at one laboratory, for whom, and from when to when.

    In the unit in which the analyte is compared (``quantity.UNITS``).
    """

    laboratory = models.ForeignKey(Laboratory, models.CASCADE, related_name="limits")
    analyte = models.CharField(_("analysis"), max_length=30)
    method = models.CharField(_("method"), max_length=120, blank=True)
    sex = models.CharField(_("sex"), max_length=6, choices=LegalSex, blank=True)
    age_from = models.PositiveSmallIntegerField(_("from age"), default=0)
    age_below = models.PositiveSmallIntegerField(_("below age"), null=True, blank=True)
    lower = ExactDecimalField(_("lower limit"))
    upper = ExactDecimalField(_("upper limit"))
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to and including"), null=True, blank=True)

    class Meta:
        verbose_name = _("reference limit")
        verbose_name_plural = _("reference limits")
        ordering = ("analyte", "sex", "age_from", "valid_from")

    def __str__(self) -> str:
        day = date_format(self.valid_from, "SHORT_DATE_FORMAT")
        return f"{wording.ANALYTES[Analyte(self.analyte)]}, {day}"

    def in_force(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


class ResultSource(models.TextChoices):
    TYPED = "typed", _("typed in")
    PASTED = "pasted", _("pasted from the laboratory's answer")
    ASSESSMENT = "assessment", _("entered in an assessment")


class LimitSource(models.TextChoices):
    ANSWER = "answer", _("printed with the answer")
    LABORATORY = "laboratory", _("the laboratory's list")
    DEFAULT = "default", _("default limit, not from the guideline")


class ResultQuerySet(models.QuerySet["Result"]):
    def current(self) -> "ResultQuerySet":
        """What counts now: not corrected by a later row, not withdrawn."""
        return self.filter(corrected_by__isnull=True, withdrawn=False)


class Result(models.Model):
    """One answer of a laboratory. Rows are only added: a correction is a new row that supersedes
    the old one, and a withdrawal (taken from somebody else, say) is a correction without a value.

    ``code`` is a key of the JSON contract: an analyte, or one whose answer is a word (``anti_if``,
    ``anti_parietal``, ``coeliac_serology``, ``blood_smear``). A number stands in ``value`` in the
    analyte's own ``unit`` with its ``comparator``; a word stands in ``finding``. ``original`` is
    what the laboratory wrote, with its own unit.
    """

    patient = models.ForeignKey(Patient, models.PROTECT, related_name="results")
    code = models.CharField(_("analysis"), max_length=30)
    value = ExactDecimalField(_("value"))
    comparator = models.CharField(max_length=1, blank=True)
    unit = models.CharField(_("unit"), max_length=20, blank=True)
    finding = models.CharField(_("finding"), max_length=20, blank=True)
    fasting = models.BooleanField(_("taken fasting"), null=True, blank=True)
    original = models.CharField(_("as printed"), max_length=300)
    sampled_on = models.DateField(_("sample date"))
    laboratory = models.ForeignKey(
        Laboratory, models.PROTECT, null=True, blank=True, related_name="results"
    )
    nlk_code = models.CharField(_("NLK code"), max_length=10, blank=True)
    lower_limit = ExactDecimalField(_("lower limit"))
    upper_limit = ExactDecimalField(_("upper limit"))
    limit_source = models.CharField(
        _("source of the limits"), max_length=10, choices=LimitSource, blank=True
    )
    source = models.CharField(_("source"), max_length=10, choices=ResultSource)
    entered_at = models.DateTimeField(_("entered"))
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    corrects = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="corrected_by"
    )
    correction_reason = models.CharField(_("reason"), max_length=200, blank=True)
    withdrawn = models.BooleanField(_("withdrawn"), default=False)

    objects = ResultQuerySet.as_manager()

    class Meta:
        verbose_name = _("result")
        verbose_name_plural = _("results")
        ordering = ("-sampled_on", "code", "-id")
        indexes = (
            models.Index(fields=("patient", "code", "sampled_on"), name="result_of_patient"),
        )
        constraints = (
            models.CheckConstraint(
                condition=models.Q(withdrawn=True)
                | models.Q(value__isnull=False)
                | ~models.Q(finding=""),
                name="result_says_something",
            ),
        )

    def __str__(self) -> str:
        return f"{self.code} {self.sampled_on}"

    @property
    def quantity(self) -> Quantity | None:
        """The number with comparator and unit, as the guideline compares it."""
        if self.value is None:
            return None
        return Quantity(self.value, UNITS[Analyte(self.code)], Comparator(self.comparator))


class OrderState(models.TextChoices):
    OPEN = "open", _("answers awaited")
    ANSWERED = "answered", _("answered")
    CANCELLED = "cancelled", _("cancelled")


class TestOrder(models.Model):
    """Tests that have been asked for; open until answered or cancelled. ``tests`` are the
    contract's test codes."""

    __test__ = False  # not a class of tests, though its name begins so

    patient = models.ForeignKey(Patient, models.PROTECT, related_name="orders")
    assessment = models.ForeignKey(
        "Assessment", models.PROTECT, null=True, blank=True, related_name="orders"
    )
    tests = models.JSONField(_("tests"))
    ordered_on = models.DateField(_("ordered"))
    expected_by = models.DateField(_("answers expected by"))
    ordered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=OrderState, default=OrderState.OPEN)
    closed_on = models.DateField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    reason = models.CharField(_("reason"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("ordered tests")
        verbose_name_plural = _("ordered tests")
        ordering = ("-ordered_on", "-id")

    def __str__(self) -> str:
        return f"{self.ordered_on}: {', '.join(self.tests)}"
