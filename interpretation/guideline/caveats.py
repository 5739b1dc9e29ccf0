"""Every caveat with the statements it rests on and the condition under which it belongs.

The table is in the order in which a doctor should read them. A condition asks what the run has
found and answered; it never decides anything itself.
"""

from collections.abc import Callable
from typing import NamedTuple

from .case import InputError, TreatmentStatus
from .cause import gastroscopy_advised, pernicious_anaemia
from .findings import Findings
from .interpretation import CauseWorkup, Treatment
from .metabolites import homocysteine_limits
from .quantity import Quantity
from .strong_suspicion import total_limit
from .trace import Step, leaves
from .treatment import Severity
from .vocabulary import (
    ACID_REDUCING_DRUGS,
    IM_MAINTENANCE,
    INJECTION_START,
    STOMACH_OR_ILEUM_SURGERY,
    Analyte,
    Caveat,
    Conclusion,
    ErrorCode,
    FolateAdvice,
    LimitKey,
    MonitoringConclusion,
    Pathway,
    Regimen,
    Risk,
    Serology,
    Strength,
    Symptom,
    Test,
)

_SHOWN = frozenset({Conclusion.CONFIRMED, Conclusion.HIGHLY_PROBABLE})
_OPEN = _SHOWN | {Conclusion.POSSIBLE, Conclusion.FURTHER_TESTS}
_CLOSED = frozenset({Conclusion.UNLIKELY, Conclusion.NONE})
_TABLETS = frozenset(
    {
        Regimen.ORAL_UNCOMPLICATED,
        Regimen.ORAL_2MG,
        Regimen.LOW_DOSE_TRIOBE,
        Regimen.SWITCH_TO_ORAL_1MG,
        Regimen.PROPHYLAXIS_ORAL_1MG,
    }
)
_SAMPLES_BEFORE = (Analyte.TOTAL_B12, Analyte.FOLATE, Analyte.MMA, Analyte.HOMOCYSTEINE)


class Answered(NamedTuple):
    """What a run has found and answered, as the conditions see it."""

    findings: Findings
    conclusion: Conclusion | None
    pathway: Pathway | None
    pathway_known: bool
    treatment: Treatment
    degree: Severity | None
    workup: CauseWorkup
    monitoring: MonitoringConclusion | None
    steps: tuple[Step, ...]
    errors: tuple[InputError, ...]
    child: bool

    @property
    def status(self) -> TreatmentStatus | None:
        return self.findings.case.treatment_status

    @property
    def on_treatment(self) -> bool:
        return bool(self.status is not None and self.status.on_treatment)

    @property
    def treats(self) -> bool:
        return self.treatment.strength is not Strength.NONE and not self.on_treatment

    def has(self, analyte: Analyte) -> bool:
        return analyte in self.findings.results.values

    @property
    def any_marker(self) -> bool:
        return any(self.has(key) for key in (*_SAMPLES_BEFORE[:1], *_B12_OR_METABOLITE))

    @property
    def diagnosing(self) -> bool:
        """A question of diagnosis, not a control."""
        return self.conclusion is not None and not self.on_treatment


_B12_OR_METABOLITE = (Analyte.ACTIVE_B12, Analyte.MMA, Analyte.HOMOCYSTEINE)


def _risk(a: Answered, *risks: Risk) -> bool:
    return bool(a.findings.case.risk_factors.intersection(risks))


def _b12_measured(a: Answered) -> bool:
    return a.has(Analyte.TOTAL_B12) or a.has(Analyte.ACTIVE_B12)


def _below_reference(a: Answered) -> bool:
    total = a.findings.value(Analyte.TOTAL_B12)
    return total is not None and bool(total.below(total_limit(a.findings).value))


def _total_low_or_grey(a: Answered) -> bool:
    total, p = a.findings.value(Analyte.TOTAL_B12), a.findings.parameters
    return total is not None and total.above(p.total_b12_high.value) is not True


def _b12_high(a: Answered) -> bool:
    total, p = a.findings.value(Analyte.TOTAL_B12), a.findings.parameters
    return total is not None and total.above(p.total_b12_high.value) is True


def _mma_raised(a: Answered) -> bool:
    mma = a.findings.value(Analyte.MMA)
    return mma is not None and mma.below(a.findings.mma_limit.value) is False


def _mma_certain(a: Answered) -> bool:
    mma = a.findings.value(Analyte.MMA)
    return mma is not None and mma.below(a.findings.parameters.mma_certain.value) is False


def _mma_normal(a: Answered) -> bool:
    mma = a.findings.value(Analyte.MMA)
    return mma is not None and mma.below(a.findings.mma_limit.value) is True


def _mma_or_hcy(a: Answered) -> bool:
    return a.has(Analyte.MMA) or a.has(Analyte.HOMOCYSTEINE)


def _hcy_raised(a: Answered) -> bool:
    value = a.findings.value(Analyte.HOMOCYSTEINE)
    raised, _ = homocysteine_limits(a.findings, a.pathway is Pathway.STRONG_SUSPICION)
    return value is not None and value.above(raised.value) is True


def _outcome(a: Answered, node: str) -> str | None:
    return next((step.outcome for step in a.steps if step.node.name == node), None)


def _oestrogen(a: Answered) -> bool:
    return a.findings.pregnant or bool(a.findings.case.estrogen_contraception)


def _hormones(a: Answered) -> bool:
    return _oestrogen(a) or _risk(a, Risk.HORMONE_REPLACEMENT_OESTROGEN)


def _older(a: Answered) -> bool:
    age = a.findings.case.age
    return age is not None and age >= a.findings.parameters.mma_older_age.value


def _normal_for_age(a: Answered) -> bool:
    mma, age, p = a.findings.value(Analyte.MMA), a.findings.case.age, a.findings.parameters
    over = age is not None and age > p.mma_older_age.value
    return over and _mma_normal(a) and mma is not None and mma.below(p.mma_upper.value) is False


def _on_a_limit(a: Answered) -> bool:
    """A result that lies exactly on a limit that was asked, or the age on the MMA boundary."""
    if a.has(Analyte.MMA) and a.findings.case.age == a.findings.parameters.mma_older_age.value:
        return True
    compared = (leaf for step in a.steps for _, check in step.branches for leaf in leaves(check))
    return any(
        leaf.limit is not None
        and isinstance(leaf.value, Quantity)
        and leaf.value.equals(leaf.limit.value)
        for leaf in compared
    )


def _local_b12_limit_used(a: Answered) -> bool:
    limits = a.findings.limits
    return (a.has(Analyte.TOTAL_B12) and limits.local(LimitKey.TOTAL_B12_LOWER) is not None) or (
        a.has(Analyte.ACTIVE_B12) and limits.local(LimitKey.ACTIVE_B12_LOWER) is not None
    )


def _local_b12_limit_missing(a: Answered) -> bool:
    limits = a.findings.limits
    return (a.has(Analyte.TOTAL_B12) and limits.local(LimitKey.TOTAL_B12_LOWER) is None) or (
        a.has(Analyte.ACTIVE_B12) and limits.local(LimitKey.ACTIVE_B12_LOWER) is None
    )


def _strong(a: Answered) -> bool:
    return a.pathway is Pathway.STRONG_SUSPICION and a.diagnosing


def _neurological(a: Answered) -> bool:
    return bool(a.findings.neurological)


def _injections(a: Answered) -> bool:
    regimen = a.treatment.regimen
    return regimen in INJECTION_START or regimen in IM_MAINTENANCE


def _given_by_injection(a: Answered) -> bool:
    status = a.status
    given = "" if status is None else status.regimen or ""
    return a.on_treatment and (given in INJECTION_START or given in IM_MAINTENANCE)


def _folate_question_open(a: Answered) -> bool:
    """Folate may be lacking while B12 deficiency is not excluded (A31, A61)."""
    lacking = bool(a.findings.folate_low) or (_hcy_raised(a) and not a.has(Analyte.MMA))
    return a.diagnosing and lacking and a.conclusion not in _CLOSED


def _masked(a: Answered) -> bool:
    """Markers taken on B12 say little of before (A39)."""
    status = a.status
    if a.findings.case.takes_b12_supplement and a.any_marker:
        return True
    if status is None or not a.on_treatment:
        return False
    return status.baseline_samples is False or (status.cause_known is False and _b12_measured(a))


def _urgent_child(a: Answered) -> bool:
    """Neurological signs, failure to thrive or delayed development, or the infant of a vegan
    mother without supplement: referred urgently (A64)."""
    signs = {Symptom.DEVELOPMENTAL_DELAY, Symptom.FAILURE_TO_THRIVE}
    return (
        _neurological(a)
        or bool(signs & a.findings.case.symptoms)
        or _risk(a, Risk.MOTHER_VEGAN_UNSUPPLEMENTED)
    )


def _error(a: Answered, code: ErrorCode) -> bool:
    return any(error.code is code for error in a.errors)


def _has_antibody(a: Answered, value: Serology) -> bool:
    return a.findings.results.anti_if is value


def _works_without_if(a: Answered) -> bool:
    surgery = bool(a.findings.case.risk_factors & STOMACH_OR_ILEUM_SURGERY)
    return a.treatment.regimen in _TABLETS and (pernicious_anaemia(a.findings) or surgery)


def _samples_incomplete(a: Answered) -> bool:
    starts = a.treats and a.treatment.regimen is not Regimen.NONE
    waits = _strong(a) and a.conclusion is Conclusion.FURTHER_TESTS
    return (starts or waits) and not all(a.has(key) for key in _SAMPLES_BEFORE)


def _anaemic_start(a: Answered) -> bool:
    return a.treats and a.conclusion in _SHOWN and bool(a.findings.blood.anaemia)


def _low_dose_offered(a: Answered) -> bool:
    return Regimen.LOW_DOSE_TRIOBE in a.treatment.alternatives


def _reconsider(a: Answered) -> bool:
    return a.monitoring in {
        MonitoringConclusion.ABSENT_RECONSIDER,
        MonitoringConclusion.UNSATISFACTORY_ORAL,
    }


def _renal_and_markers(a: Answered) -> bool:
    return a.findings.renal and _mma_or_hcy(a)


def _mma_above_renal(a: Answered) -> bool:
    mma, p = a.findings.value(Analyte.MMA), a.findings.parameters
    above = mma is not None and mma.above(p.mma_renal_ceiling.value) is True
    return a.findings.renal and above


def _folate_unknown(a: Answered) -> bool:
    strong = _strong(a) and _b12_measured(a)
    return a.findings.folate_low is None and (strong or (a.diagnosing and _hcy_raised(a)))


Condition = Callable[[Answered], bool]
_C = Caveat
_M = MonitoringConclusion

CONDITIONS: tuple[tuple[Caveat, tuple[str, ...], Condition], ...] = (
    (_C.OUT_OF_SCOPE_CHILD, ("G78", "A64"), lambda a: a.child),
    (
        _C.INCONSISTENT_INPUT,
        ("G1", "A16"),
        lambda a: _error(a, ErrorCode.INCONSISTENT_INPUT),
    ),
    (_C.IMPLAUSIBLE_VALUE, ("G1", "A35"), lambda a: _error(a, ErrorCode.IMPLAUSIBLE_VALUE)),
    (
        _C.UNIT_SUSPECTED,
        ("A20", "A35"),
        lambda a: bool(a.findings.case.conversions) or any(e.suggestion for e in a.errors),
    ),
    (
        _C.DO_NOT_DELAY_NEURO,
        ("G19", "A39"),
        lambda a: (
            _urgent_child(a)
            if a.child
            else _neurological(a) and a.diagnosing and a.conclusion in _OPEN
        ),
    ),
    (
        _C.NO_FOLATE_ALONE,
        ("G104", "A31", "A61"),
        _folate_question_open,
    ),
    (
        _C.B12_FIRST_THEN_FOLATE,
        ("G104", "A61"),
        lambda a: (
            bool(a.findings.folate_low)
            and (a.conclusion in _OPEN or a.treatment.folate is FolateAdvice.FIVE_MG_AFTER_B12)
        ),
    ),
    (
        _C.HYPOKALAEMIA,
        ("G130", "A76"),
        lambda a: (
            a.monitoring is _M.HYPOKALAEMIA
            or (
                a.treats
                and a.treatment.regimen in INJECTION_START
                and bool(a.findings.blood.anaemia)
            )
        ),
    ),
    (_C.RECONSIDER_DIAGNOSIS, ("G120", "A67", "A70"), _reconsider),
    (
        _C.SAMPLE_BEFORE_TREATMENT,
        ("G125", "A39"),
        _samples_incomplete,
    ),
    (_C.MISSING_PATHWAY, ("G33", "A7"), lambda a: not a.pathway_known),
    (_C.MISSING_AGE, ("G60", "A24"), lambda a: a.diagnosing and a.findings.case.age is None),
    (
        _C.MISSING_B12,
        ("G20", "A36"),
        lambda a: a.diagnosing and not _b12_measured(a) and _mma_or_hcy(a),
    ),
    (
        _C.MISSING_MMA,
        ("G28", "G38", "A31"),
        lambda a: (
            a.diagnosing
            and not a.has(Analyte.MMA)
            and (_b12_measured(a) or a.has(Analyte.HOMOCYSTEINE))
            and a.conclusion is Conclusion.FURTHER_TESTS
        ),
    ),
    (
        _C.MISSING_HCY,
        ("G28", "G38", "A31"),
        lambda a: (
            a.diagnosing
            and a.has(Analyte.MMA)
            and not a.has(Analyte.HOMOCYSTEINE)
            and (a.conclusion in _OPEN)
        ),
    ),
    (_C.MISSING_FOLATE, ("G24", "A32"), _folate_unknown),
    (
        _C.FUNCTIONAL_DEFICIENCY_POSSIBLE,
        ("G28", "G2"),
        lambda a: _strong(a) and _b12_measured(a) and a.conclusion is Conclusion.FURTHER_TESTS,
    ),
    (_C.ONGOING_B12_MASKS, ("G125", "A39"), _masked),
    (
        _C.DISCORDANT_TOTAL_ACTIVE,
        ("G2", "A16", "A17"),
        lambda a: (
            _outcome(a, "flow1.agreement") is not None or _outcome(a, "flow2.agreement") is not None
        ),
    ),
    (
        _C.LOW_TOTAL_B12_PREGNANCY,
        ("G49", "A40"),
        lambda a: a.findings.pregnant and _total_low_or_grey(a),
    ),
    (
        _C.LOW_TOTAL_B12_ESTROGEN_CONTRACEPTION,
        ("G50", "A40"),
        lambda a: bool(a.findings.case.estrogen_contraception) and _total_low_or_grey(a),
    ),
    (
        _C.ACTIVE_B12_PREFERRED,
        ("G57", "A40", "A41"),
        lambda a: _hormones(a) and (_total_low_or_grey(a) or not _b12_measured(a)),
    ),
    (
        _C.LOW_TOTAL_B12_LEUKOPENIA,
        ("G53", "A42"),
        lambda a: a.findings.blood.leukopenia and _total_low_or_grey(a),
    ),
    (
        _C.LOW_TOTAL_B12_MYELOMA,
        ("G54", "A42"),
        lambda a: _risk(a, Risk.MYELOMA) and _total_low_or_grey(a),
    ),
    (
        _C.LOW_TOTAL_B12_FOLATE_DEFICIENCY,
        ("G52", "A42"),
        lambda a: bool(a.findings.folate_low) and _total_low_or_grey(a),
    ),
    (
        _C.LOW_TOTAL_B12_HAPTOCORRIN_DEFICIENCY,
        ("G51", "G55", "A42"),
        lambda a: (
            _below_reference(a) and not _mma_raised(a) and not _has_antibody(a, Serology.POSITIVE)
        ),
    ),
    (_C.RENAL_FAILURE_RAISES_MMA_HCY, ("G68", "A26"), _renal_and_markers),
    (_C.MMA_ABOVE_0_50_NOT_RENAL, ("G69", "A26"), _mma_above_renal),
    (
        _C.MMA_BACTERIAL_OVERGROWTH,
        ("G62", "A27"),
        lambda a: a.findings.overgrowth and _mma_raised(a),
    ),
    (
        _C.MMA_SLIGHTLY_RAISED,
        ("G65", "A25"),
        lambda a: a.diagnosing and _mma_raised(a) and not _mma_certain(a),
    ),
    (
        _C.SUBCLINICAL_UNSETTLED,
        ("G21", "A56"),
        lambda a: (
            a.diagnosing
            and a.conclusion is Conclusion.POSSIBLE
            and a.treatment.regimen is Regimen.TREATMENT_TRIAL_ORAL
        ),
    ),
    (
        _C.AGE_SPECIFIC_MMA_LIMIT,
        ("G60", "G61", "A23"),
        lambda a: a.has(Analyte.MMA) and _older(a),
    ),
    (_C.NORMAL_FOR_AGE_BORDERLINE, ("G61", "A23"), _normal_for_age),
    (_C.HCY_NONSPECIFIC, ("G66",), _hcy_raised),
    (
        _C.HCY_BORDERLINE_15_20,
        ("G67", "A28"),
        lambda a: (
            "borderline" in {_outcome(a, "flow1.homocysteine"), _outcome(a, "flow2.homocysteine")}
        ),
    ),
    (_C.BOUNDARY_VALUE, ("A13", "A14", "A22"), lambda a: a.diagnosing and _on_a_limit(a)),
    (
        _C.LOCAL_LIMIT_APPLIES,
        ("G48", "A12"),
        lambda a: _strong(a) and _local_b12_limit_used(a),
    ),
    (
        _C.LOCAL_LIMIT_MISSING,
        ("G48", "A12"),
        lambda a: _strong(a) and _local_b12_limit_missing(a),
    ),
    (
        _C.ANTI_IF_POSITIVE_LIFELONG,
        ("G82",),
        lambda a: _has_antibody(a, Serology.POSITIVE),
    ),
    (
        _C.ANTI_IF_FALSE_HIGH_B12,
        ("G70", "A4"),
        lambda a: (
            _b12_measured(a)
            and not _below_reference(a)
            and (_has_antibody(a, Serology.POSITIVE) or (_b12_high(a) and _mma_raised(a)))
        ),
    ),
    (
        _C.ANTI_IF_NEGATIVE_NOT_EXCLUDING,
        ("G83",),
        lambda a: _has_antibody(a, Serology.NEGATIVE) and a.conclusion not in _CLOSED,
    ),
    (_C.AUTOIMMUNE_PA_RISK, ("G84",), lambda a: _risk(a, Risk.AUTOIMMUNE_DISEASE)),
    (
        _C.ANTI_PARIETAL_LOW_SPECIFICITY,
        ("G85",),
        lambda a: a.findings.results.anti_parietal is not None,
    ),
    (
        _C.GASTRIN_CONFOUNDED,
        ("G87",),
        lambda a: (
            a.has(Analyte.GASTRIN)
            and (bool(a.findings.case.risk_factors & ACID_REDUCING_DRUGS) or a.findings.renal)
        ),
    ),
    (
        _C.GASTRIN_FASTING,
        ("G86",),
        lambda a: (
            (a.has(Analyte.GASTRIN) and a.findings.results.gastrin_fasting is not True)
            or Test.GASTRIN_FASTING in a.workup.tests
        ),
    ),
    (
        _C.INTRAMEDULLARY_HAEMOLYSIS,
        ("G71", "G73"),
        lambda a: a.findings.blood.haemolysis_in_marrow,
    ),
    (
        _C.LEUKOPENIA_THROMBOCYTOPENIA,
        ("G72", "A42"),
        lambda a: (
            a.diagnosing and (a.findings.blood.leukopenia or a.findings.blood.thrombocytopenia)
        ),
    ),
    (
        _C.NEURO_BEFORE_ANAEMIA,
        ("G18",),
        lambda a: a.diagnosing and _neurological(a) and not a.findings.blood.macrocytic_anaemia,
    ),
    (
        _C.CAUSE_OBVIOUS_NO_WORKUP,
        ("G80", "A43"),
        lambda a: _outcome(a, "cause.obvious") == "obvious" and not a.on_treatment,
    ),
    (
        _C.CAUSE_NOT_OBVIOUS_TAKES_SUPPLEMENT,
        ("G81", "A44"),
        lambda a: _outcome(a, "cause.obvious") == "obvious_but_supplement",
    ),
    (
        _C.GASTROSCOPY_EVERY_5_YEARS_YOUNGER,
        ("G90", "G91", "A46"),
        lambda a: a.diagnosing and gastroscopy_advised(a.findings) and a.conclusion in _SHOWN,
    ),
    (
        _C.SCHILLING_OBSOLETE,
        ("G89",),
        lambda a: Test.COBASORB in a.workup.tests,
    ),
    (
        _C.ORAL_PREFERRED,
        ("G92", "G132", "G133"),
        lambda a: a.treatment.regimen in _TABLETS and a.treatment.strength is not Strength.NONE,
    ),
    (_C.ORAL_WORKS_WITHOUT_IF, ("G94", "A52"), _works_without_if),
    (
        _C.IM_ONLY_SELECTED,
        ("G93", "A52"),
        lambda a: (
            (a.treats and _injections(a))
            or _works_without_if(a)
            or (a.treats and a.findings.case.preference in {"im", "cyanocobalamin_im"})
        ),
    ),
    (
        _C.MAINTENANCE_1_OR_2_MG,
        ("G100", "A53"),
        lambda a: a.treats and a.treatment.regimen is Regimen.IM_5_DAYS_THEN_ORAL,
    ),
    (_C.LOW_DOSE_ONLY_IF_DIET_ALONE, ("G96", "G97", "A54", "A55"), _low_dose_offered),
    (_C.FULL_DOSE_ALSO_ACCEPTABLE, ("G114", "A54"), _low_dose_offered),
    (
        _C.CONSIDER_FOLATE_200_400_UG,
        ("G106", "A61"),
        lambda a: a.treatment.folate is FolateAdvice.CONSIDER_200_400_UG,
    ),
    (
        _C.STOP_FOLATE_WHEN_NORMAL,
        ("G107", "A62"),
        lambda a: (
            a.treatment.folate is not None
            and a.treatment.folate is not FolateAdvice.CONSIDER_200_400_UG
        ),
    ),
    (
        _C.IRON_DEFICIENCY_AFTER_START,
        ("G119", "G131", "A77"),
        lambda a: _anaemic_start(a) or bool(a.findings.ferritin_low),
    ),
    (
        _C.NEURO_RECOVERY_6_12_MONTHS,
        ("G123", "A71"),
        lambda a: (
            a.monitoring is _M.NEURO_RECOVERY_EXPECTED
            or (a.treats and _neurological(a) and a.conclusion in _OPEN)
        ),
    ),
    (
        _C.B12_UNINFORMATIVE_AFTER_INJECTIONS,
        ("G126", "A72"),
        lambda a: _given_by_injection(a) or (a.treats and _injections(a)),
    ),
    (
        _C.TREAT_UNDERLYING_CAUSE,
        ("G115", "A60"),
        lambda a: (
            a.treats
            and _risk(
                a,
                Risk.COELIAC_DISEASE_UNTREATED,
                Risk.CROHN_TERMINAL_ILEUM,
                Risk.BACTERIAL_OVERGROWTH,
                Risk.H_PYLORI_GASTRITIS,
            )
        ),
    ),
    (
        _C.ANNUAL_B12_AFTER_STOP,
        ("G116", "A73"),
        lambda a: (
            a.monitoring in {_M.MAY_BE_STOPPED, _M.NEW_DEFICIENCY}
            or bool(a.status is not None and a.status.stopped_months_ago is not None)
        ),
    ),
    (
        _C.CONSIDER_ALTERNATIVE_DIAGNOSES,
        ("G31", "A3"),
        lambda a: (
            a.diagnosing and a.pathway is Pathway.STRONG_SUSPICION and a.conclusion in _CLOSED
        ),
    ),
    (
        _C.NO_GOLD_STANDARD,
        ("G1", "G2", "G47"),
        lambda a: a.diagnosing and a.any_marker,
    ),
    (
        _C.NOT_FROM_GUIDELINE,
        ("A78",),
        lambda a: bool(a.findings.not_from_guideline),
    ),
)


def caveats(answered: Answered) -> tuple[Caveat, ...]:
    """The caveats that belong, the most important first."""
    return tuple(caveat for caveat, _, belongs in CONDITIONS if belongs(answered))
