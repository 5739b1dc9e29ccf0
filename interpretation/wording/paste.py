"""What a pasted line was read as, and why it was not, in words."""

from django.utils.translation import gettext_lazy as _

from interpretation.laboratory_text import Note, State

STATES = {
    State.RECOGNISED: _("Recognised"),
    State.HOLD: _("To be checked"),
    State.NOT_RECOGNISED: _("Not recognised"),
    State.WRONG_ANALYTE: _("Another analysis"),
    State.UNLIKE_UNIT: _("Unit cannot be used"),
    State.IMPLAUSIBLE: _("Cannot be right"),
    State.DUPLICATE: _("Said twice"),
}

NOTES = {
    Note.UNKNOWN_NAME: _("No analysis that the form asks for is named at the beginning."),
    Note.SEVERAL_NAMES: _("The line names more than one analysis. Type the value by hand."),
    Note.TEXT_BEFORE: _("Something stands before the name. Check what the value is."),
    Note.TEXT_BETWEEN: _("Something unknown stands between the name and the value."),
    Note.CODE_AND_NAME_DIFFER: _(
        "The code belongs to another analysis than the name. Ask the laboratory."
    ),
    Note.CODE_WITHOUT_NAME: _("The code is known, the name is not. Check that they agree."),
    Note.CODE_UNKNOWN: _("The name is known, the code is not. Check that they agree."),
    Note.OTHER_SYSTEM: _("Measured in another material, such as urine. It must not be used here."),
    Note.TOTAL_TRANSCOBALAMIN: _("Total transcobalamin is not active B12."),
    Note.B12_ELSEWHERE: _("This code is B12 measured in another material."),
    Note.MMA_URINE: _("This code is MMA in urine, which has other limits."),
    Note.GASTRIN_MASS: _("This code is gastrin in ng/L, which is not converted."),
    Note.NO_VALUE: _("No value was found."),
    Note.AWAITED: _("The answer has not come yet."),
    Note.NOT_A_NUMBER: _("The number can be read in two ways, or not at all."),
    Note.SEVERAL_NUMBERS: _("More than one number could be the value. Type it by hand."),
    Note.LOOSE_COMPARATOR: _("A sign such as < or ~ could not be placed. Type the value by hand."),
    Note.SPACE_IN_NUMBER: _("The space was read as one between thousands. Check the number."),
    Note.MAY_BE_THOUSANDS: _("Read with a decimal sign. Some systems mean thousands: check it."),
    Note.MAY_BE_A_LIMIT: _("This may be the limit rather than the value. Check it."),
    Note.UNIT_MISSING: _("The unit is not printed. Tick only if it is the one shown."),
    Note.UNIT_FROM_CODE: _("The unit is not printed; the code stands for this one."),
    Note.ONLY_UNIT: _("The unit is not printed; the number fits no other."),
    Note.UNIT_UNKNOWN: _("The unit cannot be converted for this analysis."),
    Note.UNIT_NOT_OF_CODE: _("The code stands for another unit than the one printed."),
    Note.SEVERAL_UNITS: _("More than one unit is printed. Type the value by hand."),
    Note.CONVERTED: _("Converted from another unit. Check it."),
    Note.IMPLAUSIBLE: _("The value lies outside what is possible. Check number and unit."),
    Note.FLAG_DISAGREES: _("The mark for high or low does not fit the value and its limits."),
    Note.LIMITS_LEFT_OUT: _("The limits could not be read and were left out."),
    Note.DOUBTED: _("The line says that the answer is in doubt or not final."),
    Note.WORD_UNKNOWN: _("The answer is not a word that is known here. Choose it by hand."),
    Note.WORD_FROM_NUMBER: _("Read from the number and the limit that is printed beside it."),
    Note.SEVERAL_DATES: _("More than one date stands here, so none was taken."),
    Note.DATE_UNREADABLE: _("The date does not exist, so none was taken."),
    Note.DATE_TO_COME: _("The date lies in the future, so none was taken."),
    Note.OLD: _("More than about six months old (this period is not from the guideline)."),
    Note.SAME_TWICE: _("The same answer stands above."),
    Note.TWO_VALUES: _("Two different values are given for the same sample. Choose one."),
    Note.TOO_LONG: _("The line is too long to be read."),
    Note.COLUMNS_UNCLEAR: _("It is not clear which column each part belongs to."),
}
