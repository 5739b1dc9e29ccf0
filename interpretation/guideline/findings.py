"""What follows from a case before any rule is asked: the limits that apply and the plain findings.

A finding is true, false or unknown (``None``). A local limit always wins over the edition's (G48,
A12); each default that the guideline does not state is remembered.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from .case import Case, Results
from .edition import Edition, Limit, LimitSource, Parameter, Parameters
from .kidney import FORMULA, estimated_gfr
from .quantity import UNITS, Quantity
from .vocabulary import (
    ANALYTE_OF_LIMIT,
    B12_MARKERS,
    NEUROLOGICAL,
    Analyte,
    LimitKey,
    Risk,
    Serology,
    Sex,
    Symptom,
)

TOTAL_B12, ACTIVE_B12, MMA, HOMOCYSTEINE = B12_MARKERS
_MALE, _POSITIVE = Sex.MALE, Serology.POSITIVE
_PREGNANCY, _LEUKOPENIA, _RENAL_FAILURE = Risk.PREGNANCY, Risk.LEUKOPENIA, Risk.RENAL_FAILURE
_ANAEMIA, _LARGE = Symptom.ANAEMIA, Symptom.MACROCYTOSIS
_MACROCYTIC_ANAEMIA, _HIGH_LD = Symptom.MACROCYTIC_ANAEMIA, Symptom.HIGH_LD
_HAEMOGLOBIN, _LD, _MCV, _MCH = Analyte.HAEMOGLOBIN, Analyte.LD, Analyte.MCV, Analyte.MCH
_LEUKOCYTES_LOWER, _PLATELETS_LOWER = LimitKey.LEUKOCYTES_LOWER, LimitKey.PLATELETS_LOWER
_FOLATE, _FERRITIN = Analyte.FOLATE, Analyte.FERRITIN
_EGFR, _CREATININE = Analyte.EGFR, Analyte.CREATININE
_OVERGROWTH, _PERNICIOUS_ANAEMIA = Risk.BACTERIAL_OVERGROWTH, Risk.PERNICIOUS_ANAEMIA_KNOWN
_TOTAL_LOWER, _HOMOCYSTEINE_UPPER = LimitKey.TOTAL_B12_LOWER, LimitKey.HOMOCYSTEINE_UPPER
_MMA_UPPER, _HAEMOGLOBIN_LOWER = LimitKey.MMA_UPPER, LimitKey.HAEMOGLOBIN_LOWER
_FOLATE_LOWER, _FERRITIN_LOWER = LimitKey.FOLATE_LOWER, LimitKey.FERRITIN_LOWER


_NONE: Mapping[LimitKey, Limit] = {}


def _local(key: LimitKey, value: Decimal) -> Limit:
    return Limit(key, value, UNITS[ANALYTE_OF_LIMIT[key]], LimitSource.LOCAL)


class Limits:
    """The limits for one patient; ``local`` are the laboratory's. A default that the guideline does
    not state is remembered in ``defaults`` when it is asked for."""

    __slots__ = ("case", "defaults", "local", "parameters")

    def __init__(self, case: Case, local: Mapping[LimitKey, Decimal], p: Parameters) -> None:
        self.case = case
        self.parameters = p
        self.local = {key: _local(key, value) for key, value in local.items()} if local else _NONE
        self.defaults: dict[str, None] = {}

    def use(self, parameter: Parameter) -> Limit:
        """A number of the edition that no laboratory replaces."""
        if not parameter.from_guideline:
            self.defaults[parameter.key] = None
        return parameter.limit

    def get(self, key: LimitKey, default: Parameter) -> Limit:
        if key in self.local:
            return self.local[key]
        if not default.from_guideline:
            self.defaults[default.key] = None
        return default.limit


def haemoglobin_low(limits: Limits, value: Quantity | None) -> bool | None:
    """Below the limit for sex and pregnancy. With unknown sex only what is low for both, or normal
    for both, is known."""
    if value is None:
        return None
    case, p = limits.case, limits.parameters
    if case.sex is None and _HAEMOGLOBIN_LOWER not in limits.local:
        if value.below(limits.use(p.haemoglobin_lower_female).value):
            return True
        return None if value.below(limits.use(p.haemoglobin_lower_male).value) else False
    default = p.haemoglobin_lower_male if case.sex is _MALE else p.haemoglobin_lower_female
    if is_pregnant(case):
        default = p.haemoglobin_lower_pregnant
    return value.below(limits.get(_HAEMOGLOBIN_LOWER, default).value)


def is_pregnant(case: Case) -> bool:
    return bool(case.pregnant) or _PREGNANCY in case.risk_factors


def is_breastfeeding(case: Case) -> bool:
    return bool(case.breastfeeding) or Risk.BREASTFEEDING in case.risk_factors


@dataclass(slots=True)
class BloodCount:
    """Anaemia and cell counts, as stated by the doctor or shown by the results."""

    anaemia: bool | None
    pronounced: bool
    macrocytosis: bool | None
    macrocytic_anaemia: bool
    leukopenia: bool
    thrombocytopenia: bool
    high_ld: bool
    haemolysis_in_marrow: bool


_COUNTED = frozenset(
    {
        Analyte.HAEMOGLOBIN,
        Analyte.MCV,
        Analyte.MCH,
        Analyte.LEUKOCYTES,
        Analyte.PLATELETS,
        Analyte.LD,
    }
)
_STATED = frozenset({_ANAEMIA, _LARGE, _MACROCYTIC_ANAEMIA, _HIGH_LD})
NOTHING_COUNTED = BloodCount(None, False, None, False, False, False, False, False)


def blood_count(results: Results, limits: Limits) -> BloodCount:
    """Read the blood count of one set of results, with the symptoms stated for the case."""
    case, values = limits.case, results.values
    leukopenia = _LEUKOPENIA in case.risk_factors
    stated = leukopenia or not case.symptoms.isdisjoint(_STATED)
    if not stated and _COUNTED.isdisjoint(values):
        return NOTHING_COUNTED
    p, anaemia, large = limits.parameters, _ANAEMIA in case.symptoms, _LARGE in case.symptoms
    both = _MACROCYTIC_ANAEMIA in case.symptoms
    haemoglobin = values.get(_HAEMOGLOBIN)
    # Stated by the doctor, or shown by the result; unknown when neither says.
    low, high = haemoglobin_low(limits, haemoglobin), _large_cells(limits, values)
    anaemic, macrocytosis = anaemia or both or low, large or both or high
    pronounced = haemoglobin is not None and bool(
        haemoglobin.below(limits.use(p.haemoglobin_pronounced_anaemia).value)
    )
    platelets = p.platelets_lower_male if case.sex is _MALE else p.platelets_lower_female
    ld = values.get(_LD)
    return BloodCount(
        anaemic,
        pronounced,
        macrocytosis,
        both or bool(anaemic and macrocytosis),
        leukopenia or _is_below(limits, values, _LEUKOCYTES_LOWER, p.leukocytes_lower),
        _is_below(limits, values, _PLATELETS_LOWER, platelets),
        _HIGH_LD in case.symptoms or (ld is not None and _high_ld(ld, limits)),
        ld is not None and _haemolysis_in_marrow(ld, results, limits),
    )


def _large_cells(limits: Limits, values: Mapping[Analyte, Quantity]) -> bool | None:
    """High MCV or MCH; unknown when neither is measured."""
    mcv, mch = values.get(_MCV), values.get(_MCH)
    if mcv is None and mch is None:
        return None
    answers = []
    if mcv is not None:
        answers.append(mcv.above(limits.get(LimitKey.MCV_UPPER, limits.parameters.mcv_upper).value))
    if mch is not None:
        answers.append(mch.above(limits.get(LimitKey.MCH_UPPER, limits.parameters.mch_upper).value))
    if True in answers:
        return True
    return None if None in answers else False


def _is_below(
    limits: Limits, values: Mapping[Analyte, Quantity], key: LimitKey, default: Parameter
) -> bool:
    value = values.get(ANALYTE_OF_LIMIT[key])
    return value is not None and bool(value.below(limits.get(key, default).value))


def is_low(
    value: Quantity | None, limits: Limits, key: LimitKey, default: Parameter
) -> bool | None:
    """Below the laboratory's or the default limit; unknown when it is not measured."""
    return None if value is None else value.below(limits.get(key, default).value)


def reticulocytosis(results: Results, limits: Limits) -> bool | None:
    """The doctor's own reading, else the count against the upper limit (A68)."""
    if results.reticulocytosis is not None:
        return results.reticulocytosis
    value = results.values.get(Analyte.RETICULOCYTES)
    if value is None:
        return None
    upper = limits.get(LimitKey.RETICULOCYTES_UPPER, limits.parameters.reticulocytes_upper)
    return value.above(upper.value)


def _high_ld(ld: Quantity, limits: Limits) -> bool:
    age, p = limits.case.age, limits.parameters
    older = age is not None and age >= p.ld_older_age.value
    default = p.ld_upper_older if older else p.ld_upper
    return bool(ld.above(limits.get(LimitKey.LD_UPPER, default).value))


def _haemolysis_in_marrow(ld: Quantity, results: Results, limits: Limits) -> bool:
    """Very high LD with low haptoglobin and low reticulocytes (G73)."""
    p, values = limits.parameters, results.values
    if not ld.above(limits.use(p.ld_very_high).value):
        return False
    few = results.reticulocytosis is False or _is_below(
        limits, values, LimitKey.RETICULOCYTES_LOWER, p.reticulocytes_lower
    )
    return few and _is_below(limits, values, LimitKey.HAPTOGLOBIN_LOWER, p.haptoglobin_lower)


def _reduced_by_creatinine(limits: Limits, creatinine: Quantity) -> tuple[bool, bool]:
    """Is kidney function reduced, and has eGFR been estimated? Without age or sex, or with a
    censored creatinine, only its own limit is left."""
    p, case = limits.parameters, limits.case
    estimate = estimated_gfr(creatinine, case.age, case.sex)
    if estimate is None:
        return bool(creatinine.above(limits.use(p.creatinine_upper).value)), False
    return bool(estimate.below(limits.use(p.egfr_reduced).value)), True


class Findings:
    """Everything the rules ask about one patient, found once. The refused values have been taken
    out of the results; ``limits.defaults`` grows as limits are used."""

    __slots__ = (
        "active_b12", "blood", "case", "edition", "ferritin_low", "folate_low", "gfr_estimated",
        "homocysteine", "homocysteine_limit", "limits", "mma", "mma_limit", "neurological", "older",
        "overgrowth", "parameters", "pernicious_anaemia", "pregnant", "renal", "results",
        "total_b12", "total_limit",
    )  # fmt: skip

    def __init__(
        self, case: Case, edition: Edition, results: Results, local: Mapping[LimitKey, Decimal]
    ) -> None:
        p, values, risks = edition.parameters, results.values, case.risk_factors
        limits = Limits(case, local, p)
        self.case, self.edition, self.results = case, edition, results
        self.parameters, self.limits = p, limits
        self.total_b12, self.active_b12 = values.get(TOTAL_B12), values.get(ACTIVE_B12)
        self.mma, self.homocysteine = values.get(MMA), values.get(HOMOCYSTEINE)
        if self.total_b12 is not None and self.active_b12 is not None:
            limits.use(p.active_over_total_percent)
        # Kidney function reduced for the interpretation of MMA and homocysteine (A26): the
        # laboratory's own eGFR wins.
        reduced, self.gfr_estimated = False, False
        gfr, creatinine = values.get(_EGFR), values.get(_CREATININE)
        if gfr is not None:
            reduced = bool(gfr.below(limits.use(p.egfr_reduced).value))
        elif creatinine is not None:
            reduced, self.gfr_estimated = _reduced_by_creatinine(limits, creatinine)
        self.total_limit = limits.get(_TOTAL_LOWER, p.total_b12_lower)
        # 0.26 up to 70 years and when the age is unknown, 0.36 from the 71st birthday (G60, G61,
        # A23, A24)
        self.older = case.age is not None and case.age // 1 > p.mma_older_age.value
        self.mma_limit = limits.get(_MMA_UPPER, p.mma_upper_older if self.older else p.mma_upper)
        self.homocysteine_limit = limits.local.get(_HOMOCYSTEINE_UPPER)
        self.blood = blood_count(results, limits)
        self.neurological = not case.symptoms.isdisjoint(NEUROLOGICAL)
        self.pregnant = is_pregnant(case)
        self.renal = reduced or _RENAL_FAILURE in risks
        self.overgrowth = _OVERGROWTH in risks
        self.pernicious_anaemia = results.anti_if is _POSITIVE or _PERNICIOUS_ANAEMIA in risks
        self.folate_low = self.ferritin_low = None
        if _FOLATE in values:
            self.folate_low = is_low(values[_FOLATE], limits, _FOLATE_LOWER, p.folate_lower)
        if _FERRITIN in values:
            lower = p.ferritin_lower_male if case.sex is _MALE else p.ferritin_lower_female
            self.ferritin_low = is_low(values[_FERRITIN], limits, _FERRITIN_LOWER, lower)

    def value(self, analyte: Analyte) -> Quantity | None:
        return self.results.values.get(analyte)

    @property
    def not_from_guideline(self) -> tuple[str, ...]:
        defaults = tuple(self.limits.defaults)
        return (*defaults, FORMULA) if self.gfr_estimated else defaults


def active_limit(findings: Findings) -> Limit:
    """Below it active B12 is low: the laboratory's own limit, else 25 pmol/L (A18)."""
    local = findings.limits.local.get(LimitKey.ACTIVE_B12_LOWER)
    return local or findings.parameters.active_b12_low.limit
