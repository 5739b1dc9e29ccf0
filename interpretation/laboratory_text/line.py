"""What one line of a pasted answer was read as."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from ..guideline.quantity import Quantity

OLD = timedelta(days=183)
"""About six months; not from the guideline."""


class State(StrEnum):
    RECOGNISED = "recognised"
    HOLD = "hold"
    NOT_RECOGNISED = "not_recognised"
    WRONG_ANALYTE = "wrong_analyte"
    UNLIKE_UNIT = "unlike_unit"
    IMPLAUSIBLE = "implausible"
    DUPLICATE = "duplicate"


class Note(StrEnum):
    """Why a line is in its state, and what else a reader must know about it."""

    UNKNOWN_NAME = "unknown_name"
    SEVERAL_NAMES = "several_names"
    TEXT_BEFORE = "text_before"
    TEXT_BETWEEN = "text_between"
    CODE_AND_NAME_DIFFER = "code_and_name_differ"
    CODE_WITHOUT_NAME = "code_without_name"
    CODE_UNKNOWN = "code_unknown"
    OTHER_SYSTEM = "other_system"
    TOTAL_TRANSCOBALAMIN = "total_transcobalamin"
    B12_ELSEWHERE = "b12_elsewhere"
    MMA_URINE = "mma_urine"
    GASTRIN_MASS = "gastrin_mass"
    NO_VALUE = "no_value"
    AWAITED = "awaited"
    NOT_A_NUMBER = "not_a_number"
    SEVERAL_NUMBERS = "several_numbers"
    LOOSE_COMPARATOR = "loose_comparator"
    SPACE_IN_NUMBER = "space_in_number"
    MAY_BE_THOUSANDS = "may_be_thousands"
    MAY_BE_A_LIMIT = "may_be_a_limit"
    UNIT_MISSING = "unit_missing"
    UNIT_FROM_CODE = "unit_from_code"
    ONLY_UNIT = "only_unit"
    UNIT_UNKNOWN = "unit_unknown"
    UNIT_NOT_OF_CODE = "unit_not_of_code"
    SEVERAL_UNITS = "several_units"
    CONVERTED = "converted"
    IMPLAUSIBLE = "implausible"
    FLAG_DISAGREES = "flag_disagrees"
    LIMITS_LEFT_OUT = "limits_left_out"
    DOUBTED = "doubted"
    WORD_UNKNOWN = "word_unknown"
    WORD_FROM_NUMBER = "word_from_number"
    SEVERAL_DATES = "several_dates"
    DATE_UNREADABLE = "date_unreadable"
    DATE_TO_COME = "date_to_come"
    OLD = "old"
    SAME_TWICE = "same_twice"
    TWO_VALUES = "two_values"
    TOO_LONG = "too_long"
    COLUMNS_UNCLEAR = "columns_unclear"


@dataclass(frozen=True, slots=True)
class Line:
    """One answer as it was pasted (``original``) and as it was understood.

    ``given`` is the value in the unit that was printed, ``quantity`` the same in the analysis' own
    unit, in which ``lower`` and ``upper`` stand too. A held line that has a value is a proposal,
    which a person may confirm.
    """

    original: str
    state: State
    notes: tuple[Note, ...] = ()
    code: str = ""
    given: Quantity | None = None
    quantity: Quantity | None = None
    finding: str = ""
    lower: Decimal | None = None
    upper: Decimal | None = None
    day: date | None = None
    nlk_code: str = ""
    fasting: bool | None = None

    def noted(self, *notes: Note) -> "Line":
        return replace(self, notes=tuple(dict.fromkeys((*self.notes, *notes))))

    def lowered_to(self, state: State, *notes: Note) -> "Line":
        """With the notes; a line is never made better than it was."""
        lowered = replace(self, state=state) if self.state is State.RECOGNISED else self
        return lowered.noted(*notes)

    @property
    def confirmable(self) -> bool:
        """Can the line be taken over, by itself or by somebody who looked at it?"""
        usable = {State.RECOGNISED, State.HOLD, State.DUPLICATE}
        return self.state in usable and bool(self.quantity or self.finding)

    @property
    def older_than_six_months(self) -> bool:
        return Note.OLD in self.notes
