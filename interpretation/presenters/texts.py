"""The pieces of an answer as finished strings."""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from .. import wording
from ..guideline.edition import Dose, Edition
from ..guideline.follow_up import Visit, visits
from ..guideline.interpretation import Control
from ..guideline.quantity import Conversion
from ..guideline.vocabulary import Analyte, Caveat, ControlTime, Regimen, Test
from ..wording import DoseLine

_TIME_UNITS = {"days", "weeks", "months", "years"}


class Named(NamedTuple):
    """A thing and why it matters."""

    name: str
    reason: str


class CaveatText(NamedTuple):
    short: str
    long: str
    sources: str


class RegimenText(NamedTuple):
    name: str
    doses: list[DoseLine]


class ControlText(NamedTuple):
    dates: str
    when: str
    check: str
    reason: str
    from_guideline: bool


def day(value: date) -> str:
    """With the month in letters."""
    return date_format(value, "DATE_FORMAT")


def short_day(value: date) -> str:
    return date_format(value, "SHORT_DATE_FORMAT")


def ordered(test: Test) -> Named:
    return Named(str(wording.TESTS[test]), str(wording.TEST_REASONS[test]))


def missing(code: Caveat) -> Named:
    text = wording.CAVEATS[code]
    return Named(str(text.short), str(text.long))


def caveat(code: Caveat) -> CaveatText:
    text = wording.CAVEATS[code]
    return CaveatText(str(text.short), str(text.long), ", ".join(text.statements))


def regimen(code: Regimen, doses: tuple[Dose, ...]) -> RegimenText:
    return RegimenText(str(wording.REGIMENS[code]), wording.dose_lines(doses))


def controls(planned: tuple[Control, ...]) -> list[ControlText]:
    """Controls that fall together are one visit; those that have no date yet come last."""
    by_time = {control.when: control for control in planned}
    dated = [
        _control(_window(visit), visit.times, visit.check, by_time) for visit in visits(planned)
    ]
    open_ = [
        _control(_open_day(item.when), (item.when,), item.check, by_time)
        for item in planned
        if item.start is None
    ]
    return [*dated, *open_]


def _open_day(when: ControlTime) -> str:
    if when is ControlTime.ANNUAL_AFTER_STOPPING:
        return _("the day depends on when the treatment stops")
    return _("the day depends on when the treatment started")


def _control(
    dates: str,
    times: tuple[ControlTime, ...],
    check: tuple[Test, ...],
    by_time: Mapping[ControlTime, Control],
) -> ControlText:
    name = ", ".join(str(wording.CONTROL_TIMES[when]) for when in times)
    if all(by_time[when].consider for when in times):
        name = _("%(control)s (may be considered)") % {"control": name}
    return ControlText(
        dates,
        name,
        ", ".join(str(wording.TESTS[test]) for test in check),
        " ".join(str(wording.CONTROL_REASONS[when]) for when in times),
        all(by_time[when].from_guideline for when in times),
    )


def _window(visit: Visit) -> str:
    if visit.earliest == visit.latest:
        return day(visit.earliest)
    return f"{day(visit.earliest)} – {day(visit.latest)}"


def conversion(conversion: Conversion) -> str:
    key = conversion.field.removeprefix("baseline_labs.")
    return _("%(analyte)s: %(given)s is read as %(converted)s. Confirm that this is right.") % {
        "analyte": wording.ANALYTES[Analyte(key)],
        "given": wording.quantity(conversion.given),
        "converted": wording.quantity(conversion.converted),
    }


def questions(codes: tuple[str, ...]) -> list[str]:
    """What to ask the doctor; conversions ask for themselves (``conversion``)."""
    return [str(wording.QUESTIONS[code]) for code in codes if code in wording.QUESTIONS]


_NOT_FROM_GUIDELINE: dict[str, Any] = {
    **wording.PARAMETERS,
    **{code.value: words for code, words in wording.CONTROL_TIMES.items()},
    **{code.value: words for code, words in wording.REGIMENS.items()},
}


def not_from_guideline(key: str, edition: Edition) -> str:
    """A number that was used and that the guideline does not state, with its value."""
    name = str(_NOT_FROM_GUIDELINE[key])
    parameter = getattr(edition.parameters, key, None)
    if parameter is None:
        return name
    value, unit = parameter.limit.value, parameter.limit.unit
    if unit in _TIME_UNITS:
        return f"{name}: {wording.duration(value, unit)}"
    return f"{name}: {wording.number(value)} {wording.unit(unit)}"
