"""Cases for the property tests: everything the contract allows, and plain cases of diagnosis."""

from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st

from interpretation.guideline import Case, interpret
from interpretation.guideline.quantity import Quantity
from interpretation.guideline.vocabulary import (
    Analyte,
    BloodSmear,
    Conclusion,
    LimitKey,
    NeuroCourse,
    OngoingFolate,
    OngoingRegimen,
    Pathway,
    Preference,
    Regimen,
    Risk,
    Serology,
    Sex,
    Symptom,
)

from . import builders

repeatable = settings(derandomize=True, deadline=None, max_examples=150)
"""The same examples in every run."""

FLAGS = (
    "pregnant", "breastfeeding", "estrogen_contraception", "takes_b12_supplement",
    "patient_declines_treatment", "post_operative",
)  # fmt: skip
STATUS_FLAGS = (
    "on_treatment", "baseline_samples", "adherence", "stable", "cause_known",
    "underlying_disease_treated",
)  # fmt: skip

# Strategies: a case as the contract allows it, with what a laboratory prints


def _codes(kind: Any) -> st.SearchStrategy[str]:
    return st.sampled_from([code.value for code in kind])


def _maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | strategy


def _lab_values(analyte: str) -> st.SearchStrategy[Any]:
    """Plausible and implausible numbers, with every comparator and as text."""
    allowed = builders.edition().plausible[analyte]
    low, high = int(allowed.lowest * 90), int(min(allowed.highest, allowed.lowest + 400) * 110)
    number = st.integers(low, high).map(lambda hundredths: Decimal(hundredths) / 100)
    signs = st.sampled_from(["", "<", ">", "≤", "≥"])
    text = st.builds(lambda sign, value: f"{sign}{value:f}".replace(".", ","), signs, number)
    return number | text


LABS = st.fixed_dictionaries(
    {},
    optional={
        **{analyte.value: _lab_values(analyte) for analyte in Analyte},
        "reticulocytosis": st.booleans(),
        "gastrin_fasting": st.booleans(),
        **{key: _codes(Serology) for key in ("anti_if", "anti_parietal", "coeliac_serology")},
        "blood_smear": _codes(BloodSmear),
    },
)
WEEKS = st.sampled_from(["0", "0.5", "1", "1.9", "2", "4.9", "5", "7", "8", "10", "26", "52", "60"])
STATUS = st.fixed_dictionaries(
    {},
    optional={
        **{key: st.booleans() for key in STATUS_FLAGS},
        "regimen": _codes(Regimen) | _codes(OngoingRegimen),
        "weeks_since_start": WEEKS.map(Decimal),
        "stopped_months_ago": st.sampled_from(["1", "12"]).map(Decimal),
        "baseline_labs": LABS,
        "folate": _codes(OngoingFolate),
        "neuro": _codes(NeuroCourse),
    },
)
LIMITS = st.fixed_dictionaries(
    {},
    optional={
        key.value: st.integers(1, 400).map(lambda tenths: Decimal(tenths) / 10) for key in LimitKey
    },
)
CASES = st.fixed_dictionaries(
    {},
    optional={
        "as_of": st.dates(date(2018, 3, 1), date(2030, 12, 31)).map(str),
        "age": st.sampled_from(["0.5", "17", "18", "50", "70", "71", "95"]).map(Decimal),
        "sex": _codes(Sex),
        **{key: st.booleans() for key in FLAGS},
        "pathway": _codes(Pathway),
        "symptoms": st.lists(_codes(Symptom), max_size=6),
        "risk_factors": st.lists(_codes(Risk), max_size=6),
        "labs": LABS,
        "lab_limits": LIMITS,
        "treatment_status": st.none() | STATUS,
        "preference": _codes(Preference),
    },
)


# Cases of diagnosis with plausible markers

MARKERS = {
    Analyte.TOTAL_B12: ("60", "99", "100", "140", "149", "150", "165", "200", "250", "251", "600"),
    Analyte.ACTIVE_B12: ("10", "24", "25", "40", "70", "71", "120"),
    Analyte.MMA: ("0.10", "0.25", "0.26", "0.35", "0.36", "0.50", "0.51", "0.74", "0.75", "3.0"),
    Analyte.HOMOCYSTEINE: ("8", "14.9", "15", "20", "20.1", "60"),
    Analyte.FOLATE: ("3", "6.9", "7", "30"),
}
_CHILDREN = {
    Symptom.DEVELOPMENTAL_DELAY,
    Symptom.FAILURE_TO_THRIVE,
    Risk.MOTHER_VEGAN_UNSUPPLEMENTED,
}
SYMPTOMS = st.frozensets(st.sampled_from([s for s in Symptom if s not in _CHILDREN]), max_size=3)
RISKS = st.frozensets(st.sampled_from([r for r in Risk if r not in _CHILDREN]), max_size=3)


@st.composite
def diagnoses(draw: st.DrawFn) -> Case:
    """A case of diagnosis without contradictions: a woman, plausible values, no treatment."""
    values = {
        analyte: draw(st.sampled_from(texts))
        for analyte, texts in MARKERS.items()
        if draw(st.booleans())
    }
    total, active = values.get(Analyte.TOTAL_B12), values.get(Analyte.ACTIVE_B12)
    if total and active and Decimal(active) > Decimal(total):
        del values[Analyte.ACTIVE_B12]
    return builders.case(
        draw(st.sampled_from([*Pathway, None])),
        values,
        draw(_maybe(st.sampled_from(list(Serology)))),
        age=draw(st.sampled_from([Decimal(40), Decimal(70), Decimal(71), None])),
        symptoms=draw(SYMPTOMS),
        risk_factors=draw(RISKS),
        pregnant=draw(_maybe(st.booleans())),
        estrogen_contraception=draw(_maybe(st.booleans())),
        takes_b12_supplement=draw(_maybe(st.booleans())),
    )


def concluded(case: Case) -> Conclusion | None:
    return interpret(case, builders.edition()).conclusion


def with_results(case: Case, values: dict[Analyte, Quantity] | None = None, **more: Any) -> Case:
    """The same case with other numbers, or with another answer of a test."""
    results = case.results
    kept = {
        name: getattr(results, name) for name in type(results).__slots__ if name not in more
    } | more
    kept["values"] = dict(results.values) if values is None else values
    stated = {name: getattr(case, name) for name in Case.__slots__ if name != "results"}
    return Case(**stated, results=type(results)(**kept))
