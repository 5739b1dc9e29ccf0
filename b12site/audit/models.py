"""What was done to whose record, by whom, and to whom it was shown. Rows are only ever
added, each sealed to the one before.

The database refuses to change or remove a row (migrations 0002 and 0003). Whoever gets past the
database still breaks the chain, which ``manage.py audit_verify`` shows.
"""

import json
from collections.abc import Iterable
from datetime import UTC
from hashlib import sha256

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Entry(models.Model):
    """One change, or one answer that showed something. ``subject`` is the record number of the
    patient whom it concerns; where it concerns several, each has a row in ``subjects``."""

    at = models.DateTimeField(_("at"))
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("user")
    )
    practice = models.ForeignKey(
        "accounts.Practice",
        models.PROTECT,
        related_name="+",
        verbose_name=_("practice"),
        null=True,  # for what an administrator of the whole site does
    )
    roles = models.CharField(_("roles"), max_length=80)
    action = models.CharField(_("action"), max_length=60)
    object_type = models.CharField(_("kind"), max_length=60, blank=True)
    object_id = models.BigIntegerField(_("number"), null=True)
    subject = models.BigIntegerField(_("patient"), null=True)
    ground = models.TextField(_("ground"), blank=True)
    before = models.JSONField(_("before"), null=True)
    after = models.JSONField(_("after"), null=True)
    details = models.JSONField(_("details"), null=True)
    # Unique: of two rows that would follow the same one, the database takes one.
    previous = models.CharField(_("seal of the row before"), max_length=64, unique=True)
    seal = models.CharField(_("seal"), max_length=64, unique=True)

    class Meta:
        verbose_name = _("log entry")
        verbose_name_plural = _("log")
        ordering = ("id",)
        indexes = (
            models.Index(fields=("subject", "id"), name="audit_entry_subject"),
            models.Index(fields=("practice", "id"), name="audit_entry_practice"),
        )

    def __str__(self) -> str:
        return f"{self.pk}: {self.action}"

    def proper_seal(self, subjects: Iterable[int] = ()) -> str:
        """SHA-256 over the seal of the row before and all that this row says, as JSON with sorted
        names; ``subjects`` are those in rows of their own. The same whether the row is about to be
        written or comes from either database."""
        content = {
            "at": self.at.astimezone(UTC).isoformat(timespec="microseconds"),
            "actor": self.actor_id,
            "practice": self.practice_id,
            "roles": self.roles,
            "action": self.action,
            "object": [self.object_type, self.object_id],
            "subject": self.subject,
            "ground": self.ground,
            "before": self.before,
            "after": self.after,
        }
        # Only where there are any: rows from before these were kept have their seals without.
        content |= {"details": self.details} if self.details is not None else {}
        content |= {"subjects": listed} if (listed := sorted(subjects)) else {}
        text = json.dumps(content, sort_keys=True, separators=(",", ":"))
        return sha256(f"{self.previous}\n{text}".encode()).hexdigest()


class Subject(models.Model):
    """One of several patients whom an entry concerns. Added with the entry and covered by its
    seal."""

    pk = models.CompositePrimaryKey("subject", "entry_id")
    subject = models.BigIntegerField(_("patient"))
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="subjects")

    class Meta:
        verbose_name = _("patient of a log entry")
        verbose_name_plural = _("patients of log entries")

    def __str__(self) -> str:
        return f"{self.entry_id}: {self.subject}"
