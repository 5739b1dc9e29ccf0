"""Whether a change is larger than chance, in words."""

from decimal import Decimal

from django.utils.translation import gettext as _

from interpretation import wording
from interpretation.guideline.quantity import Quantity
from interpretation.guideline.vocabulary import Analyte

from ..rules.change import Change, Why, change


def percent(value: Decimal, *, signed: bool = False) -> str:
    """One decimal, as near to a limit as needed to see on which side a change lies."""
    shown = wording.number(abs(value).quantize(Decimal("0.1")))
    sign = ("\N{MINUS SIGN}" if value < 0 else "+") if signed and value else ""
    return f"{sign}{shown}\N{NO-BREAK SPACE}%"


def verdict(analyte: Analyte, before: Quantity, now: Quantity) -> str:
    """One sentence on the way from one result to the next."""
    found = change(analyte, before, now)
    if found.why is Why.NOT_EXACT:
        return _("One of the two answers is no exact number, so the change cannot be judged.")
    if found.percent is None:
        return _("The first answer is zero, so the change has no percentage.")
    return _judged(found, percent(found.percent, signed=True))


def _judged(found: Change, shown: str) -> str:
    if found.limit is None:
        return _(
            "%(change)s. How much this analysis varies within a person is not known here, so the "
            "change is not judged."
        ) % {"change": shown}
    values = {"change": shown, "limit": percent(found.limit)}
    if found.larger:
        return _("%(change)s: larger than the difference limit of %(limit)s.") % values
    return (
        _("%(change)s: not larger than the difference limit of %(limit)s; may be chance.") % values
    )


def caveat() -> str:
    """What a difference limit is and when it holds."""
    return _(
        "The difference limit is 2.8 × √(CVa² + CVb²): of two results in the same steady state, "
        "95 of 100 lie closer together (two-sided). It holds near the reference interval. The "
        "coefficients are published ones, not those of your laboratory. Not from the guideline."
    )
