"""What follows from a case before any rule is asked: the limits that apply and the plain findings.

A finding is true, false or unknown (``None``). A local limit always wins over the edition's (G48,
A12); each default that the guideline does not state is remembered.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from .case import Case, Results
from .edition import Edition, Limit, LimitSource, Parameter, Parameters
from .kidney import FORMULA, estimated_gfr
from .quantity import UNITS, Quantity
from .vocabulary import (
    ANALYTE_OF_LIMIT,
    NEUROLOGICAL,
    Analyte,
    LimitKey,
    Risk,
    Serology,
    Sex,
    Symptom,
)


class Limits:
    """The limits for one patient. A default that the guideline does not state is remembered in
    ``defaults`` when it is asked for."""

    __slots__ = ("_local", "case", "defaults", "parameters")

    def __init__(self, case: Case, local: Mapping[LimitKey, Decimal], p: Parameters) -> None:
        self.case = case
        self.parameters = p
        self._local = local
        self.defaults: dict[str, None] = {}

    def local(self, key: LimitKey) -> Limit | None:
        value = self._local.get(key)
        if value is None:
            return None
        return Limit(key, value, UNITS[ANALYTE_OF_LIMIT[key]], LimitSource.LOCAL)

    def use(self, parameter: Parameter) -> Limit:
        """A number of the edition that no laboratory replaces."""
        if not parameter.from_guideline:
            self.defaults[parameter.key] = None
        return parameter.limit

    def get(self, key: LimitKey, default: Parameter) -> Limit:
        return self.local(key) or self.use(default)

    def mma_upper(self) -> Limit:
        """0.26 up to 70 years and when the age is unknown, 0.36 above (G60, G61, A23, A24)."""
        p, age = self.parameters, self.case.age
        older = age is not None and age > p.mma_older_age.value
        return self.get(LimitKey.MMA_UPPER, p.mma_upper_older if older else p.mma_upper)


def haemoglobin_low(limits: Limits, value: Quantity | None) -> bool | None:
    """Below the limit for sex and pregnancy. With unknown sex only what is low for both, or normal
    for both, is known."""
    if value is None:
        return None
    case, p = limits.case, limits.parameters
    if case.sex is None and limits.local(LimitKey.HAEMOGLOBIN_LOWER) is None:
        if value.below(limits.use(p.haemoglobin_lower_female).value):
            return True
        return None if value.below(limits.use(p.haemoglobin_lower_male).value) else False
    default = p.haemoglobin_lower_male if case.sex is Sex.MALE else p.haemoglobin_lower_female
    if is_pregnant(case):
        default = p.haemoglobin_lower_pregnant
    return value.below(limits.get(LimitKey.HAEMOGLOBIN_LOWER, default).value)


def is_pregnant(case: Case) -> bool:
    return bool(case.pregnant) or Risk.PREGNANCY in case.risk_factors


def is_breastfeeding(case: Case) -> bool:
    return bool(case.breastfeeding) or Risk.BREASTFEEDING in case.risk_factors


def _either(stated: bool, measured: bool | None) -> bool | None:
    """Stated by the doctor, or shown by the result; unknown when neither says."""
    return True if stated else measured


class BloodCount(NamedTuple):
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


def blood_count(results: Results, limits: Limits) -> BloodCount:
    """Read the blood count of one set of results, with the symptoms stated for the case."""
    case, p, values = limits.case, limits.parameters, results.values
    symptoms = case.symptoms
    stated = Symptom.MACROCYTIC_ANAEMIA in symptoms
    if values.keys().isdisjoint(_COUNTED):
        return BloodCount(
            stated or Symptom.ANAEMIA in symptoms or None,
            False,
            stated or Symptom.MACROCYTOSIS in symptoms or None,
            stated or symptoms >= {Symptom.ANAEMIA, Symptom.MACROCYTOSIS},
            Risk.LEUKOPENIA in case.risk_factors,
            False,
            Symptom.HIGH_LD in symptoms,
            False,
        )
    haemoglobin = values.get(Analyte.HAEMOGLOBIN)
    anaemia = _either(stated or Symptom.ANAEMIA in symptoms, haemoglobin_low(limits, haemoglobin))
    macrocytosis = _either(stated or Symptom.MACROCYTOSIS in symptoms, _large_cells(limits, values))
    pronounced = haemoglobin is not None and bool(
        haemoglobin.below(limits.use(p.haemoglobin_pronounced_anaemia).value)
    )
    platelets_default = p.platelets_lower_male if case.sex is Sex.MALE else p.platelets_lower_female
    return BloodCount(
        anaemia,
        pronounced,
        macrocytosis,
        stated or bool(anaemia and macrocytosis),
        Risk.LEUKOPENIA in case.risk_factors
        or _is_below(limits, values, LimitKey.LEUKOCYTES_LOWER, p.leukocytes_lower),
        _is_below(limits, values, LimitKey.PLATELETS_LOWER, platelets_default),
        Symptom.HIGH_LD in symptoms or _high_ld(values, limits),
        _haemolysis_in_marrow(results, limits),
    )


def _large_cells(limits: Limits, values: Mapping[Analyte, Quantity]) -> bool | None:
    """High MCV or MCH; unknown when neither is measured."""
    mcv, mch = values.get(Analyte.MCV), values.get(Analyte.MCH)
    answers = []
    if mcv is not None:
        answers.append(mcv.above(limits.get(LimitKey.MCV_UPPER, limits.parameters.mcv_upper).value))
    if mch is not None:
        answers.append(mch.above(limits.get(LimitKey.MCH_UPPER, limits.parameters.mch_upper).value))
    if True in answers:
        return True
    return False if answers and None not in answers else None


def _is_below(
    limits: Limits, values: Mapping[Analyte, Quantity], key: LimitKey, default: Parameter
) -> bool:
    value = values.get(ANALYTE_OF_LIMIT[key])
    return value is not None and bool(value.below(limits.get(key, default).value))


def is_low(results: Results, limits: Limits, key: LimitKey, default: Parameter) -> bool | None:
    """Below the laboratory's or the default limit; unknown when it is not measured."""
    value = results.values.get(ANALYTE_OF_LIMIT[key])
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


def _high_ld(values: Mapping[Analyte, Quantity], limits: Limits) -> bool:
    ld, age, p = values.get(Analyte.LD), limits.case.age, limits.parameters
    if ld is None:
        return False
    older = age is not None and age >= p.ld_older_age.value
    default = p.ld_upper_older if older else p.ld_upper
    return bool(ld.above(limits.get(LimitKey.LD_UPPER, default).value))


def _haemolysis_in_marrow(results: Results, limits: Limits) -> bool:
    """Very high LD with low haptoglobin and low reticulocytes (G73)."""
    p, values = limits.parameters, results.values
    ld = values.get(Analyte.LD)
    if ld is None or not ld.above(limits.use(p.ld_very_high).value):
        return False
    few = results.reticulocytosis is False or _is_below(
        limits, values, LimitKey.RETICULOCYTES_LOWER, p.reticulocytes_lower
    )
    return few and _is_below(limits, values, LimitKey.HAPTOGLOBIN_LOWER, p.haptoglobin_lower)


class Findings(NamedTuple):
    """Everything the rules ask about one patient. ``limits.defaults`` grows as limits are used."""

    case: Case
    edition: Edition
    results: Results
    parameters: Parameters
    limits: Limits
    total_b12: Quantity | None
    active_b12: Quantity | None
    mma: Quantity | None
    homocysteine: Quantity | None
    mma_limit: Limit
    homocysteine_limit: Limit | None
    blood: BloodCount
    neurological: frozenset[Symptom]
    pregnant: bool
    renal: bool
    overgrowth: bool
    folate_low: bool | None
    ferritin_low: bool | None
    gfr_estimated: bool

    def value(self, analyte: Analyte) -> Quantity | None:
        return self.results.values.get(analyte)

    @property
    def not_from_guideline(self) -> tuple[str, ...]:
        formula = (FORMULA,) if self.gfr_estimated else ()
        return (*self.limits.defaults, *formula)


def _reduced_kidney_function(
    limits: Limits, values: Mapping[Analyte, Quantity]
) -> tuple[bool, bool]:
    """Is kidney function reduced for the interpretation of MMA and homocysteine (A26), and has
    eGFR been estimated? The laboratory's eGFR wins; without age or sex only creatinine is left."""
    p, case = limits.parameters, limits.case
    gfr, creatinine = values.get(Analyte.EGFR), values.get(Analyte.CREATININE)
    if gfr is not None:
        return bool(gfr.below(limits.use(p.egfr_reduced).value)), False
    if creatinine is None:
        return False, False
    estimate = estimated_gfr(creatinine, case.age, case.sex)
    if estimate is None:
        return bool(creatinine.above(limits.use(p.creatinine_upper).value)), False
    return bool(estimate.below(limits.use(p.egfr_reduced).value)), True


def find(
    case: Case, edition: Edition, results: Results, local: Mapping[LimitKey, Decimal]
) -> Findings:
    """The findings of a case whose refused values have been taken out."""
    p, values = edition.parameters, results.values
    limits = Limits(case, local, p)
    if Analyte.TOTAL_B12 in values and Analyte.ACTIVE_B12 in values:
        limits.use(p.active_over_total_percent)
    reduced, estimated = _reduced_kidney_function(limits, values)
    male = case.sex is Sex.MALE
    return Findings(
        case,
        edition,
        results,
        p,
        limits,
        values.get(Analyte.TOTAL_B12),
        values.get(Analyte.ACTIVE_B12),
        values.get(Analyte.MMA),
        values.get(Analyte.HOMOCYSTEINE),
        limits.mma_upper(),
        limits.local(LimitKey.HOMOCYSTEINE_UPPER),
        blood_count(results, limits),
        case.symptoms & NEUROLOGICAL,
        is_pregnant(case),
        Risk.RENAL_FAILURE in case.risk_factors or reduced,
        Risk.BACTERIAL_OVERGROWTH in case.risk_factors,
        is_low(results, limits, LimitKey.FOLATE_LOWER, p.folate_lower),
        is_low(
            results,
            limits,
            LimitKey.FERRITIN_LOWER,
            p.ferritin_lower_male if male else p.ferritin_lower_female,
        ),
        estimated,
    )


def pernicious_anaemia(findings: Findings) -> bool:
    """Positive anti-IF or a known diagnosis (G82)."""
    return (
        findings.results.anti_if is Serology.POSITIVE
        or Risk.PERNICIOUS_ANAEMIA_KNOWN in findings.case.risk_factors
    )
