"""Does what was found in a line fit together? Code, name and unit must agree; what does not is held
for a person, and nothing is guessed in silence."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from ..guideline.case import Case, Results
from ..guideline.edition import edition_for
from ..guideline.plausibility import refusals
from ..guideline.quantity import (
    UNITS,
    Quantity,
    UnknownUnitError,
    convert,
    units_of,
)
from ..guideline.vocabulary import ANALYTE_OF_LIMIT, Analyte, BloodSmear, LimitKey, Serology
from .line import OLD, Line, Note, State
from .names import of_code, table
from .scanning import Parts
from .signs import Interval

_POSITIVE = frozenset({"positiv", "positivt", "pos", "påvist", "positive"})
_NEGATIVE = frozenset({"negativ", "negativt", "neg", "ikke påvist", "negative"})
_MEGALOBLASTIC = frozenset(
    {"megaloblastisk", "megaloblastært", "megaloblastær", "megaloblastært bilde",
     "megaloblastisk bilde", "megaloblastiske forandringer"}
)  # fmt: skip
_NORMAL = frozenset({"normal", "normalt", "normalt utstryk", "upåfallende", "normale funn"})
_OLDEST_YEAR = 2000


def judge(parts: Parts, today: date) -> Line:
    """One line, with its state and every reason for it."""
    state = State.HOLD if Note.COLUMNS_UNCLEAR in parts.notes else State.RECOGNISED
    line = _named(Line(parts.original, state, tuple(sorted(parts.notes))), parts)
    if line.code:
        line = _measured(line, parts, today) if line.code in UNITS else _worded(line, parts)
    return _dated(line, parts, today) if line.state is not State.NOT_RECOGNISED else line


def _dated(line: Line, parts: Parts, today: date) -> Line:
    days = list(dict.fromkeys(parts.days))
    if not days:
        return line
    if len(days) > 1:
        return line.lowered_to(State.HOLD, Note.SEVERAL_DATES)
    day = days[0]
    if day is None or day.year < _OLDEST_YEAR:
        return line.lowered_to(State.HOLD, Note.DATE_UNREADABLE)
    if day > today:
        return line.lowered_to(State.HOLD, Note.DATE_TO_COME)
    line = replace(line, day=day)
    return line.noted(Note.OLD) if today - day > OLD else line


# Which analysis


def _named(line: Line, parts: Parts) -> Line:
    by_code = {of_code(code) for code in parts.codes}
    named = parts.name.codes if parts.name else frozenset()
    wrong = sorted(code for code in {*by_code, *named} if code and code.startswith("wrong:"))
    if wrong:
        note = Note(wrong[0].removeprefix("wrong:"))
        return replace(line.noted(note), state=State.WRONG_ANALYTE)
    if len(named) > 1 or len(by_code) > 1:
        return line.lowered_to(State.HOLD, Note.SEVERAL_NAMES)
    (name,), (code,) = tuple(named) or ("",), tuple(by_code) or ("",)
    if not name and not code:
        note = Note.AWAITED if parts.awaited else Note.UNKNOWN_NAME
        line = line if line.notes else line.noted(note)
        return replace(line, state=State.NOT_RECOGNISED)
    if name and code and name != code:
        return line.lowered_to(State.HOLD, Note.CODE_AND_NAME_DIFFER)
    key = name or code or ""
    if parts.name and parts.name.systems - table().systems[key]:
        return replace(line.noted(Note.OTHER_SYSTEM), state=State.WRONG_ANALYTE)
    fasting = True if parts.name and parts.name.fasting else None
    line = replace(line, code=key, fasting=fasting, nlk_code=parts.codes[0] if code else "")
    if not name:
        line = line.lowered_to(State.HOLD, Note.CODE_WITHOUT_NAME)
    if code is None:
        line = line.lowered_to(State.HOLD, Note.CODE_UNKNOWN)
    return line.lowered_to(State.HOLD, Note.TEXT_BEFORE) if parts.before else line


# A number


def _measured(line: Line, parts: Parts, today: date) -> Line:
    refused = _unreadable(parts)
    if refused:
        state = State.NOT_RECOGNISED if refused in _EMPTY else State.HOLD
        return replace(line.noted(refused), state=state)
    line = _in_doubt(line, parts)
    analyte = Analyte(line.code)
    number = parts.number
    if number is None or number.value is None:  # told apart above
        return line
    line, unit = _unit(line, parts, analyte, number.value, today)
    if not unit:
        return line
    given = Quantity(number.value, unit, number.comparator)
    try:
        quantity, factor = convert(analyte, given)
    except UnknownUnitError:
        return replace(line.noted(Note.UNIT_UNKNOWN), state=State.UNLIKE_UNIT)
    line = replace(line, given=_canonical(analyte, given, factor), quantity=quantity)
    if factor != 1:
        line = line.noted(Note.CONVERTED)
        line = line.lowered_to(State.HOLD, Note.UNIT_NOT_OF_CODE) if line.nlk_code else line
    if _refused(analyte, quantity, today):
        line = replace(line, state=State.IMPLAUSIBLE, notes=(*line.notes, Note.IMPLAUSIBLE))
    return _flagged(_limited(line, parts, analyte, unit, today), parts)


_EMPTY = frozenset({Note.NO_VALUE, Note.AWAITED, Note.TEXT_BETWEEN})


def _unreadable(parts: Parts) -> Note | None:
    """Why no value can be taken from the line, if none can."""
    if parts.between and parts.name:
        return Note.AWAITED if parts.awaited else Note.TEXT_BETWEEN
    if parts.found > 1 or (parts.found and parts.stray):
        return Note.SEVERAL_NUMBERS
    if parts.loose:
        return Note.LOOSE_COMPARATOR
    if parts.number is None:
        if parts.stray:
            return Note.NOT_A_NUMBER
        return Note.AWAITED if parts.awaited else Note.NO_VALUE
    return None if parts.number.value is not None else Note.NOT_A_NUMBER


def _in_doubt(line: Line, parts: Parts) -> Line:
    if parts.doubted:
        line = line.lowered_to(State.HOLD, Note.DOUBTED)
    if parts.number and parts.number.is_spaced:
        line = line.lowered_to(State.HOLD, Note.SPACE_IN_NUMBER)
    if parts.number and parts.number.may_be_thousands:
        line = line.lowered_to(State.HOLD, Note.MAY_BE_THOUSANDS)
    if parts.number and parts.number.comparator and parts.empty_cell:
        line = line.lowered_to(State.HOLD, Note.MAY_BE_A_LIMIT)
    return line


def _unit(
    line: Line, parts: Parts, analyte: Analyte, value: Decimal, today: date
) -> tuple[Line, str]:
    """The unit that is printed; else the one that the code fixes, or the only one that fits."""
    behind = parts.number.unit if parts.number else ""
    if behind:
        return line, behind
    if len(parts.units) > 1:
        return line.lowered_to(State.HOLD, Note.SEVERAL_UNITS), ""
    if parts.units:
        return line, parts.units[0]
    if line.nlk_code:
        return line.noted(Note.UNIT_FROM_CODE), UNITS[analyte]
    if _fits_own_unit_only(analyte, value, today):
        return line.noted(Note.ONLY_UNIT), UNITS[analyte]
    return line.lowered_to(State.HOLD, Note.UNIT_MISSING), UNITS[analyte]


def _fits_own_unit_only(analyte: Analyte, value: Decimal, today: date) -> bool:
    """Would the number be implausible in every unit that converts with a factor?"""
    fitting = set()
    for unit in units_of(analyte):
        quantity, factor = convert(analyte, Quantity(value, unit))
        if not _refused(analyte, quantity, today):
            fitting.add(factor)
    return fitting == {Decimal(1)}


def _refused(analyte: Analyte, quantity: Quantity, today: date) -> bool:
    case = Case(as_of=today, results=Results({analyte: quantity}))
    return any(error.field == analyte for error in refusals(case, edition_for(today)))


def _canonical(analyte: Analyte, given: Quantity, factor: Decimal) -> Quantity:
    """The value as printed, with the unit in the spelling that the form knows."""
    same = [u for u in units_of(analyte) if convert(analyte, Quantity(given.value, u))[1] == factor]
    printed = _plain(given.unit)
    unit = next((unit for unit in same if _plain(unit) == printed), same[0])
    return replace(given, unit=unit)


def _plain(unit: str) -> str:
    return unit.casefold().replace(" ", "").translate({ord("μ"): "u", ord("µ"): "u"})


# Its limits


def _limited(line: Line, parts: Parts, analyte: Analyte, unit: str, today: date) -> Line:
    intervals = list(dict.fromkeys(parts.intervals))
    if not intervals:
        return line
    read = _converted(analyte, intervals[0], unit) if len(intervals) == 1 else None
    if read is None or not _sensible(analyte, read, today):
        return line.noted(Note.LIMITS_LEFT_OUT)
    return replace(line, lower=read[0], upper=read[1])


def _converted(
    analyte: Analyte, printed: Interval, unit: str
) -> tuple[Decimal | None, Decimal | None] | None:
    limits = []
    for limit in (printed.lower, printed.upper):
        try:
            given = None if limit is None else Quantity(limit, printed.unit or unit)
            limits.append(None if given is None else convert(analyte, given)[0].value)
        except UnknownUnitError:
            return None
    return limits[0], limits[1]


def _sensible(analyte: Analyte, limits: tuple[Decimal | None, Decimal | None], today: date) -> bool:
    lower, upper = limits
    if lower is not None and upper is not None and lower >= upper:
        return False
    stated: dict[LimitKey, Decimal] = {}
    for key, of in ANALYTE_OF_LIMIT.items():
        limit = lower if "_lower_" in key else upper
        if of is analyte and limit is not None:
            stated[key] = limit
    return not refusals(Case(as_of=today, local_limits=stated), edition_for(today))


def _flagged(line: Line, parts: Parts) -> Line:
    """A flag that the printed limits contradict points to a number that was misread."""
    quantity = line.quantity
    if quantity is None:
        return line
    low = line.lower is not None and quantity.below(line.lower) is False
    high = line.upper is not None and quantity.above(line.upper) is False
    if (parts.flag == "L" and low) or (parts.flag == "H" and high):
        return line.lowered_to(State.HOLD, Note.FLAG_DISAGREES)
    return line


# A word


def _worded(line: Line, parts: Parts) -> Line:
    finding = _finding(line.code, parts)
    if parts.doubted:
        line = line.lowered_to(State.HOLD, Note.DOUBTED)
    if finding and not parts.between:
        return replace(line, finding=finding)
    compared = _compared(parts) if line.code != "blood_smear" else ""
    if compared:
        return replace(line.lowered_to(State.HOLD, Note.WORD_FROM_NUMBER), finding=compared)
    if not parts.words and parts.number is None:
        return replace(line.noted(Note.NO_VALUE), state=State.NOT_RECOGNISED)
    if parts.awaited:
        return replace(line.noted(Note.AWAITED), state=State.NOT_RECOGNISED)
    return line.lowered_to(State.HOLD, Note.WORD_UNKNOWN)


def _finding(code: str, parts: Parts) -> str:
    word = parts.words
    if code == "blood_smear":
        if word in _MEGALOBLASTIC:
            return BloodSmear.MEGALOBLASTIC
        return BloodSmear.NORMAL if word in _NORMAL else ""
    if word in _POSITIVE:
        return Serology.POSITIVE
    return Serology.NEGATIVE if word in _NEGATIVE else ""


def _compared(parts: Parts) -> str:
    """A concentration of antibodies against the one upper limit that is printed beside it."""
    number = parts.number
    if number is None or number.value is None or _unreadable(parts) or len(parts.intervals) != 1:
        return ""
    limit = parts.intervals[0].upper
    if limit is None:
        return ""
    above = Quantity(number.value, "", number.comparator).above(limit)
    if above is None:
        return ""
    return Serology.POSITIVE if above else Serology.NEGATIVE
