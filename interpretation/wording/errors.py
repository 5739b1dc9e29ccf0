"""What was wrong with an input, and what to do about it."""

from decimal import Decimal

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from interpretation.guideline.case import InputError
from interpretation.guideline.edition import Range, editions
from interpretation.guideline.quantity import UNITS, NotANumberError, parse_number, units_of
from interpretation.guideline.vocabulary import ANALYTE_OF_LIMIT, Analyte, ErrorCode, LimitKey

from .laboratory import ANALYTES, LIMITS
from .numbers import lowered, number, unit
from .patient import RISKS

_BASELINE = "baseline_labs."
_ANALYTES = {str(analyte): analyte for analyte in Analyte}
_LIMITS = {str(key): key for key in LimitKey}

_NUMBERS = {
    "age": _("the age"),
    "weeks_since_start": _("the weeks since the start"),
    "stopped_months_ago": _("the months since treatment was stopped"),
}
_CONTRADICTIONS = {
    "pregnant": _("Pregnancy does not go with the sex “male”. Correct one of them."),
    "breastfeeding": _("Breastfeeding does not go with the sex “male”. Correct one of them."),
    "estrogen_contraception": _(
        "Contraception with oestrogen does not go with the sex “male”. Correct one of them."
    ),
    Analyte.ACTIVE_B12: _(
        "Active B12 cannot be clearly higher than total B12, which it is a part of. Check "
        "both numbers and their units."
    ),
    "stopped_months_ago": _(
        "The treatment is stated both as ongoing and as stopped. Choose one of them."
    ),
}


def error_message(error: InputError) -> str:
    """One or two sentences: what is wrong and what to do."""
    return {
        ErrorCode.IMPLAUSIBLE_VALUE: _implausible,
        ErrorCode.NOT_A_NUMBER: _not_a_number,
        ErrorCode.UNKNOWN_UNIT: _unknown_unit,
        ErrorCode.UNKNOWN_CODE: _unknown_code,
        ErrorCode.INCONSISTENT_INPUT: _inconsistent,
    }[error.code](error)


def _key(error: InputError) -> str:
    return error.field.removeprefix(_BASELINE)


def _analyte(key: str) -> Analyte | None:
    return ANALYTE_OF_LIMIT[_LIMITS[key]] if key in _LIMITS else _ANALYTES.get(key)


def _label(key: str) -> str:
    if key in _LIMITS:
        return str(LIMITS[_LIMITS[key]])
    return str(ANALYTES[_ANALYTES[key]]) if key in _ANALYTES else key


def _name(error: InputError) -> str:
    """What the value is of, for the middle of a sentence."""
    key = _key(error)
    if key in _NUMBERS:
        return str(_NUMBERS[key])
    name = lowered(_label(key))
    if error.field.startswith(_BASELINE):
        return gettext("%(name)s before the start") % {"name": name}
    return name


def _given(error: InputError) -> str:
    """A number as it is written in this language, any other text in quotation marks."""
    try:
        value, comparator = parse_number(error.given)
    except NotANumberError:
        return gettext("“%(given)s”") % {"given": error.given}
    return f"{comparator}{number(value)}"


def _range(key: str) -> Range | None:
    """The plausible range of the newest edition; a limit shares that of its analyte."""
    return editions()[-1].plausible.get(_analyte(key) or key)


def _is_too_high(error: InputError) -> bool | None:
    """``None`` where the direction cannot be told."""
    allowed = _range(_key(error))
    try:
        value = Decimal(error.given.lstrip("<>≤≥"))
    except ArithmeticError:
        return None
    if allowed is None or allowed.lowest <= value <= allowed.highest:
        return None
    return value > allowed.highest


def _implausible(error: InputError) -> str:
    analyte, high = _analyte(_key(error)), _is_too_high(error)
    words = {
        "given": _given(error),
        "name": _name(error),
        "unit": unit(UNITS[analyte]) if analyte else "",
        "suggestion": unit((error.suggestion or "").rstrip("?")),
    }
    if error.unit:
        words["given"] = f"{words['given']} {unit(error.unit)}"
        wrong = gettext("%(given)s cannot be right for %(name)s.")
    elif analyte is None or high is None:
        return gettext("%(given)s cannot be right for %(name)s. Correct the number.") % words
    elif high:
        wrong = gettext("The value %(given)s is too high for %(name)s in %(unit)s.")
    else:
        wrong = gettext("The value %(given)s is too low for %(name)s in %(unit)s.")
    if error.suggestion:
        remedy = gettext(
            "Is the answer given in %(suggestion)s? Choose the unit or correct the number."
        )
    else:
        remedy = gettext("Check it against the laboratory's answer and correct the number.")
    return f"{wrong} {remedy}" % words


def _not_a_number(error: InputError) -> str:
    given = gettext("“%(given)s”") % {"given": error.given}
    if _key(error) == "as_of":
        return gettext("%(given)s is not a date. Write it as 2026-11-22.") % {"given": given}
    words = {"given": given, "name": _name(error), "example": number(Decimal("6.5"))}
    if _analyte(_key(error)) is None or _key(error) in _LIMITS:
        return (
            gettext(
                "%(given)s cannot be read as a number for %(name)s. Write a number such as "
                "%(example)s."
            )
            % words
        )
    return (
        gettext(
            "%(given)s cannot be read as a number for %(name)s. Write it as the laboratory does, "
            "for example %(example)s or <60."
        )
        % words
    )


def _unknown_unit(error: InputError) -> str:
    analyte = _analyte(_key(error))
    known = ", ".join(unit(name) for name in units_of(analyte)) if analyte else ""
    return gettext(
        "The unit “%(given)s” cannot be used for %(name)s. Use one of these: %(units)s."
    ) % {"given": error.given, "name": _name(error), "units": known}


def _unknown_code(error: InputError) -> str:
    return gettext(
        "“%(given)s” is not known in the field %(field)s. Choose one of the codes that the "
        "field allows."
    ) % {"given": error.given, "field": error.field}


def _inconsistent(error: InputError) -> str:
    if error.field in _CONTRADICTIONS:
        return str(_CONTRADICTIONS[error.field])
    given = {str(risk): words for risk, words in RISKS.items()}.get(error.given, error.given)
    return gettext("“%(given)s” contradicts another answer. Correct one of them.") % {
        "given": given
    }
