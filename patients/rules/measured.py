"""Which results answer which test, and from which day they count for a control. Pure."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta

from interpretation.guideline.vocabulary import Analyte, Test

Group = tuple[str, ...]
"""Codes of results that answer for each other: MCV or MCH."""

ANSWERED_BY: Mapping[Test, tuple[Group, ...]] = {
    Test.TOTAL_B12: ((Analyte.TOTAL_B12.value,),),
    Test.ACTIVE_B12: ((Analyte.ACTIVE_B12.value,),),
    Test.MMA: ((Analyte.MMA.value,),),
    Test.HOMOCYSTEINE: ((Analyte.HOMOCYSTEINE.value,),),
    # As in the grey zone: total or active B12 (G38), and both metabolites, since "no deficiency" is
    # said of both (G43). One of them is enough only under treatment (G129).
    Test.REPEAT_B12_AND_METABOLITES: (
        (Analyte.TOTAL_B12.value, Analyte.ACTIVE_B12.value),
        (Analyte.MMA.value,),
        (Analyte.HOMOCYSTEINE.value,),
    ),
    Test.FOLATE: ((Analyte.FOLATE.value,),),
    Test.HAEMOGLOBIN: ((Analyte.HAEMOGLOBIN.value,),),
    Test.MCV_MCH: ((Analyte.MCV.value, Analyte.MCH.value),),
    Test.FERRITIN: ((Analyte.FERRITIN.value,),),
    Test.RETICULOCYTES: ((Analyte.RETICULOCYTES.value,),),
    Test.CREATININE_EGFR: ((Analyte.EGFR.value, Analyte.CREATININE.value),),
    Test.POTASSIUM: ((Analyte.POTASSIUM.value,),),
    Test.BLOOD_SMEAR: (("blood_smear",),),
    Test.ANTI_IF: (("anti_if",),),
    Test.ANTI_PARIETAL: (("anti_parietal",),),
    Test.COELIAC_SEROLOGY: (("coeliac_serology",),),
    Test.GASTRIN_FASTING: ((Analyte.GASTRIN.value,),),
    Test.COBASORB: (),
    Test.GASTROSCOPY_WITH_BIOPSIES: (),
    Test.GASTROSCOPY: (),
}
"""What can be ordered, and what answers it: one result of each group. Where nothing is named, the
answer is no laboratory result. A patient's state is not ordered."""

_NUMBERS = frozenset(analyte.value for analyte in Analyte)
GROUPS: Mapping[Test, tuple[Group, ...]] = {
    test: groups
    for test, groups in ANSWERED_BY.items()
    if groups and all(code in _NUMBERS for group in groups for code in group)
}
"""The tests of controls that a laboratory answers with a number; what is looked at (symptoms,
gastroscopy) has no group."""

_MOST_EARLY = timedelta(days=30)
_WITHOUT_START = timedelta(days=14)


def groups_of(tests: Iterable[str]) -> tuple[Group, ...]:
    """What the laboratory is to answer for these tests, each once, in their order."""
    found = (group for test in tests for group in GROUPS.get(Test(test), ()))
    return tuple(dict.fromkeys(found))


def codes_of(tests: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(code for group in groups_of(tests) for code in group))


def missing(tests: Iterable[str], measured: Collection[str]) -> tuple[Group, ...]:
    """The groups of which nothing has been measured."""
    return tuple(group for group in groups_of(tests) if not set(group) & set(measured))


def counts_from(earliest: date, started_on: date | None) -> date:
    """The first day whose samples count for a control that may be held from ``earliest`` on: up to
    a quarter of the wait before it, at most 30 days, and after the day of the start, whose samples
    show what was before. Without a start 14 days. None of this is from the guideline."""
    if started_on is None:
        return earliest - _WITHOUT_START
    early = min((earliest - started_on) / 4, _MOST_EARLY)
    return max(started_on + timedelta(days=1), earliest - early)


def counts_until(latest: date, started_on: date | None) -> date:
    """The last day whose samples count for a control that was to be held by ``latest``: as long
    after it as the wait had been, since what was expected then is no longer what is expected much
    later. Without a start there is no such day. Not from the guideline."""
    return date.max if started_on is None else latest + (latest - started_on)
