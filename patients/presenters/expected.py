"""What should have happened by the time of a control, in our own words, with where it stands."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext_lazy

from interpretation import wording
from interpretation.guideline.vocabulary import ControlTime, Test

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


class Expectation(NamedTuple):
    words: "str | _StrPromise"
    statements: tuple[str, ...]


_T = ControlTime
_NORMAL_AFTER_TWO_MONTHS = gettext_lazy("Normal: usually so after two months of treatment.")
_STILL_NORMAL = gettext_lazy("Still normal.")
_NOT_LOW = gettext_lazy("Not low.")

EXPECTED: Mapping[tuple[ControlTime, Test], Expectation] = {
    (when, test): Expectation(words, statements)
    for when, test, words, statements in (
        (
            _T.DURING_INJECTIONS,
            Test.POTASSIUM,
            gettext_lazy("Not low: it may fall when an anaemic patient gets daily injections."),
            ("G130",),
        ),
        (
            _T.DAY_7_TO_14,
            Test.RETICULOCYTES,
            gettext_lazy("Raised. If they are not, think again about the diagnosis."),
            ("G117", "G118", "G120"),
        ),
        (_T.DAY_7_TO_14, Test.HAEMOGLOBIN, gettext_lazy("On its way up."), ("G117", "G118")),
        (
            _T.DAY_7_TO_14,
            Test.FERRITIN,
            gettext_lazy("Not low. New red cells use iron: give iron if it is."),
            ("G119",),
        ),
        (_T.DAY_7_TO_14, Test.MMA, gettext_lazy("Usually normal after one week."), ("G125",)),
        (_T.TWO_WEEKS, Test.MMA, gettext_lazy("Clearly lower than before, or normal."), ("G41",)),
        (
            _T.TWO_TO_THREE_MONTHS,
            Test.HAEMOGLOBIN,
            _NORMAL_AFTER_TWO_MONTHS,
            ("G121", "G124"),
        ),
        (_T.TWO_TO_THREE_MONTHS, Test.MCV_MCH, _NORMAL_AFTER_TWO_MONTHS, ("G121", "G124")),
        (
            _T.TWO_TO_THREE_MONTHS,
            Test.TOTAL_B12,
            gettext_lazy("No longer low."),
            ("G121", "G122"),
        ),
        (_T.TWO_TO_THREE_MONTHS, Test.FOLATE, _NOT_LOW, ("G122",)),
        (
            _T.TWO_TO_THREE_MONTHS,
            Test.FERRITIN,
            gettext_lazy("Not low, although new red cells have used iron."),
            ("G122", "G131"),
        ),
        (
            _T.THREE_MONTHS,
            Test.CLINICAL_STATE,
            gettext_lazy("As well on tablets as on injections."),
            ("G109",),
        ),
        (_T.THREE_MONTHS, Test.HAEMOGLOBIN, _STILL_NORMAL, ("G109",)),
        (_T.THREE_MONTHS, Test.MCV_MCH, _STILL_NORMAL, ("G109",)),
        (_T.THREE_MONTHS, Test.TOTAL_B12, _NOT_LOW, ("G109",)),
        (
            _T.SIX_TO_TWELVE_MONTHS,
            Test.NEUROLOGICAL_SYMPTOMS,
            gettext_lazy("Better or gone; nerves may need 6 to 12 months."),
            ("G123",),
        ),
        (_T.ANNUAL, Test.HAEMOGLOBIN, _STILL_NORMAL, ("G128", "G129")),
        (_T.ANNUAL, Test.MCV_MCH, _STILL_NORMAL, ("G128", "G129")),
        (_T.ANNUAL, Test.TOTAL_B12, _NOT_LOW, ("G127", "G128")),
        (
            _T.ANNUAL_AFTER_STOPPING,
            Test.TOTAL_B12,
            gettext_lazy("Not low. A low value is a new deficiency."),
            ("G116",),
        ),
        (
            _T.AFTER_SOME_MONTHS,
            Test.REPEAT_B12_AND_METABOLITES,
            gettext_lazy("Clearly normal, or clearly not."),
            ("G40", "G43"),
        ),
        (_T.EVERY_5_YEARS, Test.GASTROSCOPY, gettext_lazy("No tumour."), ("G91",)),
    )
}
"""Where a time and a test are missing here, the guideline names no expectation."""


def expectation(times: Iterable[str], test: Test) -> Expectation | None:
    """What is expected of ``test`` at a visit that serves all these ``times``, the latest of them
    first: what holds then includes what held before."""
    found = (EXPECTED.get((ControlTime(when), test)) for when in reversed(list(times)))
    return next((item for item in found if item is not None), None)


def sections(expectation: Expectation | None) -> str:
    return "" if expectation is None else "; ".join(wording.references(expectation.statements))
