"""Laboratory results: recorded, corrected, withdrawn. A row is never changed: the newer one says
which older one it replaces, and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from b12site.accounts.actor import Actor
from b12site.audit import log
from interpretation.guideline.quantity import UNITS, Quantity
from interpretation.guideline.vocabulary import Analyte, BloodSmear, Serology

from ..models import Laboratory, Patient, ReferenceLimit, Result
from ..permissions import Action, require
from ..rules.limits import Limits, laboratory_rows, limits_for
from .orders import orders_follow_results

WORDS: dict[str, tuple[str, ...]] = {
    "anti_if": tuple(Serology),
    "anti_parietal": tuple(Serology),
    "coeliac_serology": tuple(Serology),
    "blood_smear": tuple(BloodSmear),
}
"""Results whose answer is a word, with the words that they may have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewResult:
    """One answer to be stored: a number in the analysis' own unit, or a word.

    Without ``limit_source`` the limits are looked up: the laboratory's list, else the default.
    """

    code: str
    original: str
    sampled_on: date
    source: str
    quantity: Quantity | None = None
    finding: str = ""
    fasting: bool | None = None
    laboratory: Laboratory | None = None
    nlk_code: str = ""
    lower_limit: Decimal | None = None
    upper_limit: Decimal | None = None
    limit_source: str = ""


@log.logged
def results_record(
    *, actor: Actor, patient: Patient, entries: Sequence[NewResult], now: datetime
) -> list[Result]:
    """Store answers, all or none, and close the orders that they answer. Raises
    ``ValidationError`` for an entry that is not a result, or is dated after ``now``."""
    _require(actor, patient)
    rows = _laboratory_rows(actor, entries)
    results = []
    for entry in entries:
        result = _stored(actor, patient, entry, rows, now)
        _log(actor, "result.recorded", result, after=_content(result))
        results.append(result)
    today = timezone.localdate(now)
    orders_follow_results(actor=actor, patient=patient, today=today, recorded=results)
    return results


@log.logged
def result_correct(
    *, actor: Actor, result: Result, entry: NewResult, reason: str, now: datetime
) -> Result:
    """Put a new row in the place of a wrong one, which stays readable. A withdrawn result comes
    back in the same way. Raises ``ValidationError``."""
    old = _replaceable(actor, result, reason)
    if entry.code != old.code:
        raise ValidationError(
            _("Withdraw the result and enter the other analysis as a new one."), code="other_code"
        )
    rows = _laboratory_rows(actor, [entry])
    new = _stored(actor, old.patient, entry, rows, now, corrects=old, reason=reason.strip())
    _log(
        actor,
        "result.corrected",
        new,
        before=_content(old),
        after=_content(new),
        ground=reason.strip(),
    )
    today = timezone.localdate(now)
    orders_follow_results(actor=actor, patient=old.patient, today=today, recorded=[new])
    return new


@log.logged
def result_withdraw(*, actor: Actor, result: Result, reason: str, now: datetime) -> Result:
    """Say that a result is not this patient's, or was never measured: a row without a value takes
    its place. Raises ``ValidationError``."""
    old = _replaceable(actor, result, reason)
    if old.withdrawn:
        raise ValidationError(_("The result has been withdrawn already."), code="withdrawn")
    new = Result.objects.create(
        patient=old.patient,
        code=old.code,
        unit=old.unit,
        sampled_on=old.sampled_on,
        laboratory=old.laboratory,
        nlk_code=old.nlk_code,
        source=old.source,
        entered_at=now,
        entered_by=actor.user,
        corrects=old,
        correction_reason=reason.strip(),
        withdrawn=True,
    )
    _log(actor, "result.withdrawn", new, before=_content(old), ground=reason.strip())
    orders_follow_results(actor=actor, patient=old.patient, today=timezone.localdate(now))
    return new


def _require(actor: Actor, patient: Patient) -> None:
    require(actor, Action.ENTER_RESULT)
    if patient.practice_id != actor.practice.pk:
        raise PermissionDenied("a patient of another practice")


def _laboratory_rows(
    actor: Actor, entries: Sequence[NewResult]
) -> dict[int | None, list[ReferenceLimit]]:
    """The lists of the laboratories named, one query for each."""
    rows: dict[int | None, list[ReferenceLimit]] = {None: []}
    codes = {entry.code for entry in entries}
    for laboratory in {entry.laboratory for entry in entries} - {None}:
        if laboratory is None or laboratory.practice_id != actor.practice.pk:
            raise PermissionDenied("a laboratory of another practice")
        rows[laboratory.pk] = laboratory_rows(laboratory.pk, codes)
    return rows


def _stored(
    actor: Actor,
    patient: Patient,
    entry: NewResult,
    rows: dict[int | None, list[ReferenceLimit]],
    now: datetime,
    corrects: Result | None = None,
    reason: str = "",
) -> Result:
    _check(entry, now)
    limits = _limits(entry, patient, rows[entry.laboratory.pk if entry.laboratory else None])
    quantity = entry.quantity
    return Result.objects.create(
        patient=patient,
        code=entry.code,
        value=quantity.value if quantity else None,
        comparator=quantity.comparator.value if quantity else "",
        unit=quantity.unit if quantity else "",
        finding=entry.finding,
        fasting=entry.fasting,
        original=entry.original.strip(),
        sampled_on=entry.sampled_on,
        laboratory=entry.laboratory,
        nlk_code=entry.nlk_code,
        lower_limit=limits.lower,
        upper_limit=limits.upper,
        limit_source=limits.source,
        source=entry.source,
        entered_at=now,
        entered_by=actor.user,
        corrects=corrects,
        correction_reason=reason,
    )


def _check(entry: NewResult, now: datetime) -> None:
    if entry.sampled_on > timezone.localdate(now):
        raise ValidationError(
            _("The sample date lies in the future. Correct the date."), code="future_date"
        )
    if entry.code in WORDS:
        fits = entry.quantity is None and entry.finding in WORDS[entry.code]
    else:
        quantity = entry.quantity
        fits = (
            entry.code in UNITS
            and quantity is not None
            and quantity.unit == UNITS[Analyte(entry.code)]
            and not entry.finding
        )
    if not fits:
        raise ValidationError(_("This is not a result that can be stored."), code="not_a_result")


def _limits(entry: NewResult, patient: Patient, rows: list[ReferenceLimit]) -> Limits:
    if entry.limit_source:
        return Limits(entry.lower_limit, entry.upper_limit, entry.limit_source)
    return limits_for(entry.code, patient, entry.sampled_on, rows)


def _replaceable(actor: Actor, result: Result, reason: str) -> Result:
    """The row as it stands now, locked, if nothing has replaced it yet."""
    _require(actor, result.patient)
    old = Result.objects.select_for_update().get(pk=result.pk)
    if Result.objects.filter(corrects=old).exists():
        raise ValidationError(
            _("The result has been corrected already. Correct the newer one."), code="corrected"
        )
    if not reason.strip():
        raise ValidationError(
            _("Say why. The reason is kept with the result."), code="reason_missing"
        )
    return old


def _content(result: Result) -> dict[str, object]:
    return {
        "code": result.code,
        "value": result.value,
        "comparator": result.comparator,
        "unit": result.unit,
        "finding": result.finding,
        "fasting": result.fasting,
        "original": result.original,
        "sampled_on": result.sampled_on,
        "laboratory": result.laboratory_id,
        "lower_limit": result.lower_limit,
        "upper_limit": result.upper_limit,
        "limit_source": result.limit_source,
        "source": result.source,
    }


def _log(
    actor: Actor,
    action: str,
    result: Result,
    *,
    before: dict[str, object] | None = None,
    after: dict[str, object] | None = None,
    ground: str = "",
) -> None:
    log.changed(
        actor=actor,
        action=action,
        obj=result,
        subject=result.patient_id,
        before=before,
        after=after,
        ground=ground,
    )
