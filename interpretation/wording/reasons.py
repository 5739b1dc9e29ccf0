"""Why a branch was taken, and why the others were not: a check as one sentence."""

from decimal import Decimal

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from interpretation.guideline.edition import LimitSource
from interpretation.guideline.quantity import Quantity
from interpretation.guideline.trace import Check, Relation
from interpretation.guideline.vocabulary import Analyte

from .facts import FACTS, Fact
from .laboratory import ANALYTES
from .numbers import lowered, number, quantity, unit
from .treatment import duration

_OF_THE_PATIENT = {
    "age": _("The age"),
    "weeks_since_start": _("The time since the start"),
}
_SHORT = {
    Analyte.TOTAL_B12: _("Total B12"),
    Analyte.ACTIVE_B12: _("Active B12"),
    Analyte.MMA: _("MMA"),
    Analyte.HAEMOGLOBIN: _("Hb"),
}
_NAMES = _OF_THE_PATIENT | {str(key): words for key, words in (ANALYTES | _SHORT).items()}
_TIME_UNITS = frozenset({"days", "weeks", "months", "years"})

_COMPARED = {
    (Relation.BELOW, True): _("%(value)s is below %(limit)s"),
    (Relation.BELOW, False): _("%(value)s is not below %(limit)s"),
    (Relation.ABOVE, True): _("%(value)s is above %(limit)s"),
    (Relation.ABOVE, False): _("%(value)s is not above %(limit)s"),
    (Relation.AT_LEAST, True): _("%(value)s is %(limit)s or more"),
    (Relation.AT_LEAST, False): _("%(value)s is not %(limit)s or more"),
    (Relation.AT_MOST, True): _("%(value)s is %(limit)s or less"),
    (Relation.AT_MOST, False): _("%(value)s is not %(limit)s or less"),
}
_CANNOT_SAY = _("%(value)s cannot be placed against %(limit)s")
_BETWEEN = _("%(value)s lies from %(low)s to %(limit)s")
_NOT_MEASURED = _("%(name)s is not measured")
_NOT_STATED = _("%(name)s is not stated")
_SOURCES = {
    LimitSource.LOCAL: _("the laboratory's limit"),
    LimitSource.DEFAULT: _("the limit is not from the guideline"),
}


def reason(check: Check, *, taken: bool) -> str:
    """Why the branch behind ``check`` was taken, or why it was not.

    Raises ``KeyError`` for a subject that has no wording.
    """
    if check.relation is Relation.OTHERWISE:
        return gettext("No other branch fits") if taken else gettext("An earlier branch fitted")
    if check.holds and not taken:
        return gettext("%(reason)s, but an earlier branch goes first") % {"reason": _joined(check)}
    return _joined(check)


def _joined(check: Check) -> str:
    """The parts that decide the answer of a check, each once."""
    parts = _deciding(check)
    if len(parts) == 2 and _is_interval(*parts):
        return _between(*parts)
    sentences = list(dict.fromkeys(_sentence(part) for part in parts))
    return "; ".join([sentences[0], *map(lowered, sentences[1:])])


def _deciding(check: Check) -> list[Check]:
    """Single checks that explain the answer: of an ``ALL`` that fails the parts that fail, of an
    ``ANY`` that holds those that hold, otherwise all with the same answer as the whole."""
    if not check.parts:
        return [check]
    return [leaf for part in check.parts if part.holds is check.holds for leaf in _deciding(part)]


def _is_interval(first: Check, second: Check) -> bool:
    return (
        first.subject == second.subject
        and first.relation is Relation.AT_LEAST
        and second.relation is Relation.AT_MOST
        and bool(first.holds and second.holds)
    )


def _between(low: Check, high: Check) -> str:
    """The lower end is said without its unit."""
    lowest = number(low.limit.value) if low.limit else ""
    return _BETWEEN % {"value": _value(low), "low": lowest, "limit": _limit(high)} + _source(high)


def _sentence(check: Check) -> str:
    if check.limit is not None:
        return _comparison(check)
    return str(_stated(FACTS[check.subject], check))


def _stated(fact: Fact, check: Check) -> object:
    if check.holds is None:
        return fact.unknown
    found = check.holds if check.relation is Relation.PRESENT else not check.holds
    return fact.yes if found else fact.no


def _comparison(check: Check) -> str:
    if check.value is None:
        template = _NOT_STATED if check.subject in _OF_THE_PATIENT else _NOT_MEASURED
        return template % {"name": _name(check)}
    template = _CANNOT_SAY if check.holds is None else _COMPARED[check.relation, check.holds]
    return template % {"value": _value(check), "limit": _limit(check)} + _source(check)


def _name(check: Check) -> str:
    return str(_NAMES[check.subject])


def _value(check: Check) -> str:
    """The name and the value: ``MMA 0.31 µmol/L``, ``The age 71 years``."""
    value, measure = check.value, check.limit.unit if check.limit else ""
    if isinstance(value, Quantity) and value.unit not in _TIME_UNITS:
        return f"{_name(check)} {quantity(value)}"
    amount = value.value if isinstance(value, Quantity) else Decimal(value or 0)
    return f"{_name(check)} {_measured(amount, measure)}"


def _measured(amount: Decimal, measure: str) -> str:
    if measure in _TIME_UNITS:
        return duration(amount, measure)
    return f"{number(amount)} {unit(measure)}"


def _limit(check: Check) -> str:
    return _measured(check.limit.value, check.limit.unit) if check.limit else ""


def _source(check: Check) -> str:
    """Where the limit comes from, unless it is the guideline's."""
    source = _SOURCES.get(check.limit.source) if check.limit else None
    return f" ({source})" if source else ""
