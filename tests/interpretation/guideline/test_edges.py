"""The edges that mutation testing found untested: what is ordered, given and planned, exactly.

The vectors say what must be in an answer; here stands the whole of it, in order, so that nothing
can be left out, added or dated otherwise unseen.
"""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any, NamedTuple

import pytest

from interpretation import wording
from interpretation.guideline import Case, Interpretation, Results, TreatmentStatus, interpret
from interpretation.guideline.case import InputError
from interpretation.guideline.caveats import statements
from interpretation.guideline.edition import EDITIONS, load_edition, read_edition
from interpretation.guideline.plausibility import usable
from interpretation.guideline.quantity import Conversion, Quantity
from interpretation.guideline.trace import Check, Relation, leaves
from interpretation.guideline.vocabulary import (
    DIET_RISKS,
    NOT_AN_INDICATION,
    PROPHYLAXIS_SURGERY,
    Analyte,
    BloodSmear,
    Caveat,
    Conclusion,
    ErrorCode,
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

from .builders import TODAY, case, edition, results
from .vectors import answer, vectors

B12, ACTIVE, MMA = Analyte.TOTAL_B12, Analyte.ACTIVE_B12, Analyte.MMA
HCY, FOLATE, HB = Analyte.HOMOCYSTEINE, Analyte.FOLATE, Analyte.HAEMOGLOBIN
POSITIVE, NEGATIVE = Serology.POSITIVE, Serology.NEGATIVE
RENAL = frozenset({Risk.RENAL_FAILURE})
VEGAN = frozenset({Risk.VEGAN})
KNOWN_PA = frozenset({Risk.PERNICIOUS_ANAEMIA_KNOWN})
ANAEMIA = frozenset({Symptom.ANAEMIA})
PARAESTHESIA = frozenset({Symptom.PARAESTHESIA})

CONVERTED = Conversion(
    "haemoglobin_g_dl",
    Quantity(Decimal(130), "g/L"),
    Quantity(Decimal(13), "g/dL"),
    Decimal("0.1"),
)

MUCH = {
    B12: "120", MMA: "0.30", HCY: "25", FOLATE: "3", HB: "9",
    Analyte.FERRITIN: "5", Analyte.PLATELETS: "80", Analyte.LEUKOCYTES: "2",
}  # fmt: skip
STOPPED = TreatmentStatus(on_treatment=False, stopped_months_ago=Decimal(12))

Values = Mapping[Analyte, str]


def strong(values: Values | None = None, anti_if: Serology | None = None, **given: Any) -> Case:
    """Strong suspicion because of glossitis."""
    stated = {"symptoms": frozenset({Symptom.GLOSSITIS})} | given
    return case(Pathway.STRONG_SUSPICION, values, anti_if, **stated)


def vague(values: Values | None = None, anti_if: Serology | None = None, **given: Any) -> Case:
    """Tiredness and no more."""
    return case(Pathway.NONSPECIFIC, values, anti_if, **given)


def in_words(**words: Any) -> Case:
    """A low B12 with answers of the laboratory that are words."""
    return strong(results=replace(results({B12: "90"}), **words))


def treated(
    regimen: Regimen | OngoingRegimen | None,
    weeks: int | Decimal | None,
    values: Values | None = None,
    before: Values | None = None,
    *,
    status: Mapping[str, Any] | None = None,
    anti_if: Serology | None = None,
    **given: Any,
) -> Case:
    """A control so many weeks after the start, with the values now and those before."""
    ongoing = TreatmentStatus(
        on_treatment=True,
        regimen=regimen,
        weeks_since_start=None if weeks is None else Decimal(weeks),
        baseline=results(before or {}),
        **(status or {}),
    )
    return case(None, values, anti_if, treatment_status=ongoing, **given)


class Edge(NamedTuple):
    """A sentence, the statements and readings that it rests on, a case, and what is answered."""

    sentence: str
    sources: str
    given: Case
    expected: dict[str, str | list[str]]


def told(result: Interpretation) -> dict[str, str | list[str]]:
    """An answer in the words in which the edges write it."""
    treatment = result.treatment
    return {
        "conclusion": str(result.monitoring or result.conclusion),
        "orders": " ".join(result.next_tests),
        "gives": " or ".join((treatment.regimen, *treatment.alternatives)),
        "strength": str(treatment.strength),
        "beside": f"{treatment.folate} iron" if treatment.iron else str(treatment.folate),
        "duration": str(treatment.duration),
        "cause": " ".join(result.cause_workup.tests),
        "group": f"{result.cause_workup.cause_group} {result.cause_workup.needed}",
        "asked": " ".join(step.node.name for step in result.trace),
        "labels": " ".join(result.not_from_guideline),
        "information": " ".join(result.patient_information),
        "caveats": " ".join(result.caveats),
        "refused": [
            f"{error.field} {error.code} {error.given} {error.suggestion}"
            for error in result.errors
        ],
        "controls": [
            f"{item.when} {item.earliest}/{item.latest} {' '.join(item.check)}"
            for item in result.follow_up
        ],
        "considered": " ".join(item.when for item in result.follow_up if item.consider),
    }


# fmt: off
EDGES = (
    Edge(
        "Nothing measured in a pregnant woman: active B12 is ordered with the first tests",
        "G24 G57 A40",
        strong(pregnant=True),
        {"conclusion": "further_tests_needed", "orders": "total_b12 folate active_b12"},
    ),
    Edge(
        "Nothing measured on the pill: active B12 is ordered with the first tests",
        "G24 G57 A40",
        strong(estrogen_contraception=True),
        {"conclusion": "further_tests_needed", "orders": "total_b12 folate active_b12"},
    ),
    Edge(
        "A very high MMA before B12 is measured: treat, and measure B12, folate and anti-IF",
        "G24 G26 G64 A36",
        strong({MMA: "0.90"}, risk_factors=KNOWN_PA),
        {"conclusion": "b12_deficiency_highly_probable",
         "orders": "total_b12 folate anti_if gastroscopy_with_biopsies",
         "gives": "oral_uncomplicated", "strength": "start"},
    ),
    Edge(
        "A raised MMA with paraesthesia before B12 is measured: treatment starts meanwhile",
        "G19 A36",
        strong({MMA: "0.40"}, symptoms=PARAESTHESIA),
        {"conclusion": "further_tests_needed", "orders": "total_b12 folate",
         "gives": "im_5_days_then_oral or oral_uncomplicated or none", "strength": "start"},
    ),
    Edge(
        "A normal MMA with paraesthesia before B12 is measured starts nothing", "G24 A36",
        strong({MMA: "0.20"}, symptoms=PARAESTHESIA),
        {"conclusion": "further_tests_needed", "orders": "total_b12 folate", "gives": "none",
         "strength": "none"},
    ),
    Edge(
        "A raised MMA without neurological signs waits for B12", "G24 A36",
        strong({MMA: "0.40"}),
        {"conclusion": "further_tests_needed", "orders": "total_b12 folate", "gives": "none",
         "strength": "none"},
    ),
    Edge(
        "Known pernicious anaemia: the metabolites come with the first tests", "G24 G82 A4",
        strong(risk_factors=KNOWN_PA),
        {"conclusion": "further_tests_needed", "orders": "total_b12 folate mma homocysteine"},
    ),
    Edge(
        "Low B12 in known pernicious anaemia: anti-IF still belongs to the branch", "G26 A1",
        strong({B12: "120"}, risk_factors=KNOWN_PA),
        {"conclusion": "b12_deficiency_highly_probable",
         "orders": "anti_if folate gastroscopy_with_biopsies", "gives": "oral_uncomplicated",
         "strength": "start"},
    ),
    Edge(
        "Low B12: anti-IF and folate, and nothing else", "G24 G26 A5",
        strong({B12: "120"}),
        {"conclusion": "b12_deficiency_highly_probable", "orders": "anti_if folate",
         "gives": "oral_uncomplicated", "strength": "start"},
    ),
    Edge(
        "Low B12 with positive anti-IF: only folate is missing, and the stomach is examined",
        "G24 G32 G90",
        strong({B12: "120"}, POSITIVE),
        {"conclusion": "confirmed_b12_deficiency", "orders": "folate gastroscopy_with_biopsies",
         "gives": "oral_uncomplicated", "strength": "start"},
    ),
    Edge(
        "Low B12 with a homocysteine above the laboratory's limit: treatment is started, not"
        " considered", "G25 A28 A42",
        strong({B12: "120", MMA: "0.15", HCY: "18", FOLATE: "20"},
        local_limits={LimitKey.HOMOCYSTEINE_UPPER: Decimal(14)}),
        {"conclusion": "b12_deficiency_highly_probable", "orders": "anti_if",
         "gives": "oral_uncomplicated", "strength": "start"},
    ),
    Edge(
        "Low B12 with both metabolites normal: treatment is considered, and may be left out",
        "G25 G55 A42",
        strong({B12: "120", MMA: "0.15", HCY: "9", FOLATE: "20"}),
        {"conclusion": "b12_deficiency_highly_probable", "orders": "anti_if",
         "gives": "oral_uncomplicated or none", "strength": "consider"},
    ),
    Edge(
        "Low B12 with an MMA that cannot be placed: treatment is started", "G25 A21",
        strong({B12: "120", MMA: "<0.3", HCY: "9", FOLATE: "20"}),
        {"conclusion": "b12_deficiency_highly_probable", "orders": "anti_if",
         "gives": "oral_uncomplicated", "strength": "start"},
    ),
    Edge(
        "Low B12 with a very high MMA is certain", "G25 G64 A79",
        strong({B12: "120", MMA: "0.90", FOLATE: "20"}),
        {"conclusion": "confirmed_b12_deficiency", "orders": "anti_if",
         "gives": "oral_uncomplicated", "strength": "start"},
    ),
    Edge(
        "Normal B12 with a very high MMA in known pernicious anaemia: anti-IF and folate are"
        " missing", "G28 G29 G64",
        strong({B12: "240", MMA: "0.90"}, risk_factors=KNOWN_PA),
        {"conclusion": "confirmed_b12_deficiency",
         "orders": "anti_if folate gastroscopy_with_biopsies", "gives": "oral_uncomplicated",
         "strength": "start"},
    ),
    Edge(
        "Pregnant with paraesthesia, total low and active undecided, metabolites normal: "
        "treatment is considered", "G19 G49 A40 A42",
        strong({B12: "120", ACTIVE: "40", MMA: "0.15", HCY: "9"}, pregnant=True,
        symptoms=PARAESTHESIA),
        {"conclusion": "b12_deficiency_highly_probable", "orders": "anti_if",
         "gives": "im_5_days_then_oral or oral_uncomplicated or none", "strength": "consider"},
    ),
    Edge(
        "Pregnant with paraesthesia, total low and active undecided, homocysteine raised: "
        "treatment is started", "G19 G49 A40 A42",
        strong({B12: "120", ACTIVE: "40", MMA: "0.15", HCY: "25"}, pregnant=True,
        symptoms=PARAESTHESIA),
        {"conclusion": "b12_deficiency_highly_probable", "orders": "anti_if",
         "gives": "im_5_days_then_oral or oral_uncomplicated", "strength": "start"},
    ),
    Edge(
        "Pregnant with glossitis, total low and active undecided: normal metabolites close "
        "the case", "G31 G49 A40",
        strong({B12: "120", ACTIVE: "40", MMA: "0.15", HCY: "9"}, pregnant=True),
        {"conclusion": "b12_deficiency_unlikely", "orders": "anti_if folate", "gives": "none",
         "strength": "none"},
    ),
    Edge(
        "Pregnant with paraesthesia, total low and active undecided, MMA missing: treatment "
        "starts meanwhile", "G19 G49 A40",
        strong({B12: "120", ACTIVE: "40"}, pregnant=True, symptoms=PARAESTHESIA),
        {"conclusion": "further_tests_needed", "orders": "mma homocysteine anti_if folate",
         "gives": "im_5_days_then_oral or oral_uncomplicated or none", "strength": "start"},
    ),
    Edge(
        "B12 of 150 or less with paraesthesia and normal MMA: an exact B12 is ordered and "
        "treatment starts", "G19 A12 A21",
        strong({B12: "≤150", MMA: "0.15"}, symptoms=PARAESTHESIA),
        {"conclusion": "further_tests_needed",
         "orders": "total_b12 homocysteine anti_if folate",
         "gives": "im_5_days_then_oral or oral_uncomplicated or none", "strength": "start"},
    ),
    Edge(
        "B12 of 150 or less with glossitis and normal MMA: an exact B12 is ordered, "
        "treatment waits", "G28 A12 A21",
        strong({B12: "≤150", MMA: "0.15"}),
        {"conclusion": "further_tests_needed",
         "orders": "total_b12 homocysteine anti_if folate", "gives": "none", "strength": "none"},
    ),
    Edge(
        "Active B12 of 40 alone: the metabolites, anti-IF, folate and the total", "G24 G28 A18",
        strong({ACTIVE: "40"}),
        {"conclusion": "further_tests_needed",
         "orders": "mma homocysteine anti_if folate total_b12", "gives": "none",
         "strength": "none"},
    ),
    Edge(
        "Active B12 of 40 alone with paraesthesia: no low total is known, so treatment waits",
        "G28 A18 A40",
        strong({ACTIVE: "40"}, symptoms=PARAESTHESIA),
        {"conclusion": "further_tests_needed",
         "orders": "mma homocysteine anti_if folate total_b12", "gives": "none",
         "strength": "none"},
    ),
    Edge(
        "Total of 240: the metabolites, anti-IF and folate, but no B12 again", "G24 G28",
        strong({B12: "240"}),
        {"conclusion": "further_tests_needed", "orders": "mma homocysteine anti_if folate",
         "gives": "none", "strength": "none"},
    ),
    Edge(
        "Total low against active high: the metabolites are ordered too", "G25 G26 A16 A17",
        strong({B12: "120", ACTIVE: "80"}),
        {"conclusion": "b12_deficiency_highly_probable",
         "orders": "anti_if folate mma homocysteine", "gives": "oral_uncomplicated",
         "strength": "start"},
    ),
    Edge(
        "Active B12 of 60 above the laboratory's limit of 37 is not undecided", "G28 G48 A18",
        strong({ACTIVE: "60"}, local_limits={LimitKey.ACTIVE_B12_LOWER: Decimal(37)}),
        {"conclusion": "further_tests_needed", "orders": "mma homocysteine anti_if folate",
         "gives": "none", "strength": "none"},
    ),
    Edge(
        "Normal MMA without homocysteine: homocysteine, folate and anti-IF", "G28 A31",
        strong({B12: "240", MMA: "0.15"}),
        {"conclusion": "further_tests_needed", "orders": "homocysteine folate anti_if"},
    ),
    Edge(
        "Normal MMA with borderline homocysteine: folate and anti-IF", "G28 G67 A28",
        strong({B12: "240", MMA: "0.15", HCY: "17"}),
        {"conclusion": "b12_deficiency_unlikely", "orders": "folate anti_if"},
    ),
    Edge(
        "Normal MMA and homocysteine: anti-IF and folate remain", "G28 G31",
        strong({B12: "240", MMA: "0.15", HCY: "9"}),
        {"conclusion": "b12_deficiency_unlikely", "orders": "anti_if folate"},
    ),
    Edge(
        "Normal MMA with raised homocysteine: folate and anti-IF", "G28 G30 A32",
        strong({B12: "240", MMA: "0.15", HCY: "25"}),
        {"conclusion": "probable_folate_deficiency", "orders": "folate anti_if"},
    ),
    Edge(
        "Raised MMA with positive anti-IF: only folate is missing", "G29 A4",
        strong({B12: "240", MMA: "0.40"}, POSITIVE),
        {"conclusion": "confirmed_b12_deficiency", "orders": "folate gastroscopy_with_biopsies",
         "gives": "oral_uncomplicated", "strength": "start"},
    ),
    Edge(
        "Raised MMA in renal failure: a trial, with anti-IF and folate", "G28 G41 A26",
        strong({B12: "240", MMA: "0.40"}, risk_factors=RENAL),
        {"conclusion": "possible_b12_deficiency", "orders": "anti_if folate",
         "gives": "treatment_trial_oral or none",
         "controls": [
             "2_weeks 2026-03-16/2026-03-16 mma",
             "after_some_months 2026-06-02/2026-09-02 repeat_b12_and_metabolites",
         ]},
    ),
    Edge(
        "Non-specific symptoms and a very high MMA before B12 is measured: treat, and "
        "measure the rest", "G64 A36",
        vague({MMA: "0.90"}, risk_factors=KNOWN_PA),
        {"conclusion": "b12_deficiency_highly_probable",
         "orders": "total_b12 folate anti_if gastroscopy_with_biopsies",
         "gives": "oral_uncomplicated", "strength": "start"},
    ),
    Edge(
        "Non-specific symptoms in known pernicious anaemia: B12 and the metabolites", "G33 A4",
        vague(risk_factors=KNOWN_PA),
        {"conclusion": "further_tests_needed", "orders": "total_b12 mma homocysteine"},
    ),
    Edge(
        "B12 of 90: anti-IF and no more", "G36 A2",
        vague({B12: "90"}, risk_factors=KNOWN_PA),
        {"conclusion": "b12_deficiency_highly_probable",
         "orders": "anti_if gastroscopy_with_biopsies", "gives": "oral_uncomplicated",
         "strength": "start"},
    ),
    Edge(
        "B12 of 90 on the pill: active B12 and the metabolites are a must", "G36 G50 A2 A40",
        vague({B12: "90"}, estrogen_contraception=True),
        {"conclusion": "b12_deficiency_highly_probable",
         "orders": "anti_if active_b12 mma homocysteine"},
    ),
    Edge(
        "B12 of 90 with low folate: the metabolites are a must, and folate comes after B12",
        "G36 G52 G104 A2",
        vague({B12: "90", FOLATE: "4"}),
        {"orders": "anti_if mma homocysteine", "beside": "5_mg_daily_after_b12"},
    ),
    Edge(
        "B12 of 90 in known pernicious anaemia is not dismissed by normal metabolites",
        "G35 G82 A4",
        vague({B12: "90", MMA: "0.15", HCY: "9"}, risk_factors=KNOWN_PA),
        {"conclusion": "b12_deficiency_highly_probable",
         "orders": "anti_if gastroscopy_with_biopsies", "gives": "oral_uncomplicated",
         "strength": "start"},
    ),
    Edge(
        "B12 of 90 with normal MMA and raised homocysteine stays probable, and folate is ordered",
        "G35 G52 A42",
        vague({B12: "90", MMA: "0.15", HCY: "25"}),
        {"conclusion": "b12_deficiency_highly_probable", "orders": "anti_if folate",
         "gives": "oral_uncomplicated", "strength": "start"},
    ),
    Edge(
        "B12 of 90 with normal MMA: homocysteine and anti-IF before it is dismissed",
        "G36 G55 A31",
        vague({B12: "90", MMA: "0.15"}),
        {"conclusion": "further_tests_needed", "orders": "homocysteine anti_if",
         "gives": "none", "strength": "none"},
    ),
    Edge(
        "B12 of 90 with a homocysteine of 18 above the laboratory's 16 is borderline, not raised",
        "G42 A29 A42",
        vague({B12: "90", MMA: "0.15", HCY: "18", FOLATE: "20"},
        local_limits={LimitKey.HOMOCYSTEINE_UPPER: Decimal(16)}),
        {"conclusion": "b12_deficiency_unlikely", "orders": "", "gives": "none",
         "controls": [
             "after_some_months 2026-06-02/2026-09-02 repeat_b12_and_metabolites",
         ]},
    ),
    Edge(
        "B12 of 90 with both metabolites normal: a new check, no treatment", "G51 G55 A42",
        vague({B12: "90", MMA: "0.15", HCY: "9"}),
        {"conclusion": "b12_deficiency_unlikely", "orders": "", "gives": "none",
         "controls": [
             "after_some_months 2026-06-02/2026-09-02 repeat_b12_and_metabolites",
         ]},
    ),
    Edge(
        "B12 of 180 with a very high MMA in known pernicious anaemia: anti-IF and folate",
        "G39 G82",
        vague({B12: "180", MMA: "0.90"}, risk_factors=KNOWN_PA),
        {"conclusion": "confirmed_b12_deficiency",
         "orders": "anti_if folate gastroscopy_with_biopsies", "gives": "oral_uncomplicated",
         "strength": "start"},
    ),
    Edge(
        "B12 of 180 with MMA of 0.40 and normal homocysteine: a trial or a new check, and "
        "nothing ordered", "G40 A30 A37",
        vague({B12: "180", MMA: "0.40", HCY: "9"}),
        {"conclusion": "possible_b12_deficiency", "orders": "",
         "gives": "treatment_trial_oral or none",
         "controls": [
             "2_weeks 2026-03-16/2026-03-16 mma",
             "after_some_months 2026-06-02/2026-09-02 repeat_b12_and_metabolites",
         ]},
    ),
    Edge(
        "B12 of 180 with MMA of 0.40 and raised homocysteine: folate is a must", "G40 A30",
        vague({B12: "180", MMA: "0.40", HCY: "25"}),
        {"conclusion": "possible_b12_deficiency", "orders": "folate"},
    ),
    Edge(
        "B12 of 180 with MMA of 0.40 in known pernicious anaemia: treat, and measure folate",
        "G40 G82 A4",
        vague({B12: "180", MMA: "0.40", HCY: "9"}, risk_factors=KNOWN_PA),
        {"conclusion": "confirmed_b12_deficiency", "orders": "folate gastroscopy_with_biopsies",
         "gives": "oral_uncomplicated", "strength": "start"},
    ),
    Edge(
        "B12 of 180: MMA and homocysteine, and no active B12", "G38",
        vague({B12: "180"}),
        {"conclusion": "further_tests_needed", "orders": "mma homocysteine"},
    ),
    Edge(
        "B12 of 180 with normal MMA and positive anti-IF: homocysteine and folate are missing",
        "G82 A4",
        vague({B12: "180", MMA: "0.15"}, POSITIVE),
        {"conclusion": "possible_b12_deficiency",
         "orders": "homocysteine folate gastroscopy_with_biopsies",
         "gives": "oral_uncomplicated",
         "controls": [
             "2-3_months 2026-04-27/2026-06-01 total_b12 haemoglobin mcv_mch folate ferritin",
             "annual 2027-03-02/2027-03-02 haemoglobin mcv_mch total_b12",
             "every_5_years 2031-03-02/2031-03-02 gastroscopy",
         ]},
    ),
    Edge(
        "B12 of 180 with normal MMA: homocysteine and folate, but no anti-IF", "G38 A31",
        vague({B12: "180", MMA: "0.15"}),
        {"conclusion": "further_tests_needed", "orders": "homocysteine folate"},
    ),
    Edge(
        "B12 of 180 with both metabolites normal: perhaps a new check after some months",
        "G43 A37",
        vague({B12: "180", MMA: "0.15", HCY: "9"}),
        {"conclusion": "no_b12_deficiency", "orders": "", "gives": "none",
         "controls": [
             "after_some_months 2026-06-02/2026-09-02 repeat_b12_and_metabolites",
         ]},
    ),
    Edge(
        "A homocysteine of 22 below the laboratory's limit of 24 is normal", "G43 A29",
        vague({B12: "180", MMA: "0.15", HCY: "22"}, local_limits={LimitKey.HOMOCYSTEINE_UPPER:
        Decimal(24)}),
        {"conclusion": "no_b12_deficiency", "orders": ""},
    ),
    Edge(
        "A homocysteine of 24 above the laboratory's limit of 22 is raised", "G42 A29",
        vague({B12: "180", MMA: "0.15", HCY: "24"}, local_limits={LimitKey.HOMOCYSTEINE_UPPER:
        Decimal(22)}),
        {"conclusion": "probable_folate_deficiency", "orders": "folate"},
    ),
    Edge(
        "A low folate settles the label although the kidneys fail", "G42 A26 A32",
        vague({B12: "180", MMA: "0.15", HCY: "25", FOLATE: "4"}, risk_factors=RENAL),
        {"conclusion": "probable_folate_deficiency", "orders": "", "beside": "5_mg_daily"},
    ),
    Edge(
        "Age 75, MMA of 0.15 and normal homocysteine: perhaps a new check", "G43 A23 A37",
        vague({B12: "180", MMA: "0.15", HCY: "9"}, age=Decimal(75)),
        {"conclusion": "no_b12_deficiency", "orders": "", "gives": "none",
         "controls": [
             "after_some_months 2026-06-02/2026-09-02 repeat_b12_and_metabolites",
         ]},
    ),
    Edge(
        "Age 75 with borderline homocysteine and MMA of 0.15: no new check is planned",
        "G31 A23 A28",
        vague({B12: "180", MMA: "0.15", HCY: "17"}, age=Decimal(75)),
        {"conclusion": "b12_deficiency_unlikely", "orders": "folate", "gives": "none",
         "controls": []},
    ),
    Edge(
        "Unknown age with both metabolites normal still gets an answer", "G43 A24",
        vague({B12: "180", MMA: "0.15", HCY: "9"}, age=None),
        {"conclusion": "no_b12_deficiency", "orders": "", "gives": "none",
         "controls": [
             "after_some_months 2026-06-02/2026-09-02 repeat_b12_and_metabolites",
         ]},
    ),
    Edge(
        "Age 70 is not above 70: a laboratory limit of 0.30 makes 0.27 normal without a new check",
        "G60 A23 A24",
        strong({B12: "240", MMA: "0.27", HCY: "9", FOLATE: "20"}, age=Decimal(70),
        local_limits={LimitKey.MMA_UPPER: Decimal("0.30")}),
        {"conclusion": "b12_deficiency_unlikely", "orders": "anti_if", "gives": "none",
         "controls": []},
    ),
    Edge(
        "Injections for severe deficiency: the other way is injections for life", "G98 G101",
        strong({B12: "90"}, symptoms=frozenset({Symptom.ATAXIA})),
        {"gives": "im_5_days_then_oral or im_5_days_then_im_hydroxo", "strength": "start",
         "duration": "until_cause_known",
         "controls": [
             "2-3_months 2026-04-27/2026-06-01 total_b12 haemoglobin mcv_mch folate ferritin",
             "6-12_months 2026-09-02/2027-03-02 neurological_symptoms",
         ]},
    ),
    Edge(
        "Low platelets with anaemia but normal leukocytes are no pancytopenia: tablets",
        "G72 G95 A51",
        strong({B12: "90", HB: "11.0", Analyte.PLATELETS: "90", Analyte.LEUKOCYTES: "6"}),
        {"gives": "oral_uncomplicated"},
    ),
    Edge(
        "Mild nerve signs on an anticoagulant: tablets, injections as the other way",
        "G93 G133 A51",
        strong({B12: "90"}, symptoms=PARAESTHESIA, risk_factors=frozenset({Risk.ANTICOAGULANT})),
        {"gives": "oral_uncomplicated or im_5_days_then_oral"},
    ),
    Edge(
        "A vegan with paraesthesia who chooses tablets gets the full dose", "G95 G96 A54",
        strong({B12: "90"}, symptoms=PARAESTHESIA, risk_factors=VEGAN,
        preference=Preference.ORAL),
        {"gives": "oral_uncomplicated or im_5_days_then_oral"},
    ),
    Edge(
        "A supplement without surgery does not mean that tablets have failed", "G93 G95",
        vague({B12: "90"}, takes_b12_supplement=True),
        {"gives": "oral_uncomplicated"},
    ),
    Edge(
        "A trial with low folate and low ferritin: B12 first, then folate, and iron",
        "G40 G104 G131",
        vague({B12: "180", MMA: "0.40", HCY: "25", FOLATE: "4", Analyte.FERRITIN: "8"}),
        {"gives": "treatment_trial_oral or none", "beside": "5_mg_daily_after_b12 iron",
         "duration": "None"},
    ),
    Edge(
        "A trial with normal folate and ferritin gives nothing beside B12", "G40 G106",
        vague({B12: "180", MMA: "0.40", HCY: "9", FOLATE: "20", Analyte.FERRITIN: "80"}),
        {"gives": "treatment_trial_oral or none", "beside": "None"},
    ),
    Edge(
        "Open questions with low ferritin: iron is needed whatever B12 shows", "G119 G131",
        vague({B12: "180", Analyte.FERRITIN: "8"}),
        {"gives": "none", "beside": "None iron"},
    ),
    Edge(
        "Settled B12 with low ferritin: iron is needed", "G34 G131",
        vague({B12: "300", Analyte.FERRITIN: "8"}),
        {"gives": "none", "beside": "None iron", "duration": "None"},
    ),
    Edge(
        "Settled B12 with normal ferritin: nothing is given", "G34",
        vague({B12: "300", Analyte.FERRITIN: "80"}),
        {"gives": "none", "beside": "None", "duration": "None"},
    ),
    Edge(
        "Open questions in a vegan: the supplement waits for the answer", "G38 G111",
        vague({B12: "180"}, risk_factors=VEGAN),
        {"orders": "mma homocysteine", "gives": "none or prophylaxis_diet_supplement",
         "strength": "none"},
    ),
    Edge(
        "Low folate while B12 is open is not treated alone", "G104 A61",
        vague({B12: "180", FOLATE: "4"}),
        {"orders": "mma homocysteine", "gives": "none", "beside": "None"},
    ),
    Edge(
        "Settled B12 after a gastric bypass: prevention for life", "G112 G113",
        vague({B12: "300"}, risk_factors=frozenset({Risk.GASTRIC_BYPASS})),
        {"gives": "prophylaxis_oral_1mg or prophylaxis_im_every_3_months", "strength": "start",
         "duration": "lifelong",
         "controls": [
             "annual 2027-03-02/2027-03-02 haemoglobin mcv_mch total_b12",
         ]},
    ),
    Edge(
        "Settled B12 in a vegan: a supplement, and no time is named", "G111",
        vague({B12: "300"}, risk_factors=VEGAN),
        {"gives": "prophylaxis_diet_supplement", "strength": "start", "duration": "None",
         "controls": [
             "annual 2027-03-02/2027-03-02 haemoglobin mcv_mch total_b12",
         ]},
    ),
    Edge(
        "Treatment declined with low ferritin: what was advised stays visible, and iron is needed",
        "G104 G131",
        vague({B12: "90", Analyte.FERRITIN: "8"}, patient_declines_treatment=True),
        {"gives": "none or oral_uncomplicated", "strength": "none", "beside": "None iron",
         "controls": [
             "after_some_months 2026-06-02/2026-09-02 repeat_b12_and_metabolites",
         ]},
    ),
    Edge(
        "Treatment declined with normal ferritin: no iron", "G104",
        vague({B12: "90", Analyte.FERRITIN: "80"}, patient_declines_treatment=True),
        {"gives": "none or oral_uncomplicated", "strength": "none", "beside": "None",
         "controls": [
             "after_some_months 2026-06-02/2026-09-02 repeat_b12_and_metabolites",
         ]},
    ),
    Edge(
        "A trial with nerve signs: the later controls are planned at once", "G41 G121 G123",
        strong({B12: "240", MMA: "0.40", HCY: "9"}, symptoms=PARAESTHESIA, risk_factors=RENAL),
        {"conclusion": "possible_b12_deficiency", "orders": "anti_if folate",
         "gives": "treatment_trial_oral or im_5_days_then_oral or oral_uncomplicated",
         "controls": [
             "2_weeks 2026-03-16/2026-03-16 mma",
             "2-3_months 2026-04-27/2026-06-01 total_b12 haemoglobin mcv_mch folate ferritin",
             "6-12_months 2026-09-02/2027-03-02 neurological_symptoms",
         ]},
    ),
    Edge(
        "Prevention by injection: the yearly control leaves total B12 out", "G112 G126 A73",
        vague({B12: "300"}, risk_factors=frozenset({Risk.GASTRIC_BYPASS}),
        preference=Preference.IM),
        {"gives": "prophylaxis_im_every_3_months or prophylaxis_oral_1mg",
         "controls": [
             "annual 2027-03-02/2027-03-02 haemoglobin mcv_mch",
         ]},
    ),
    Edge(
        "Unknown age and failure to thrive: nothing is dosed", "G78 A64",
        case(None, None, age=None, symptoms=frozenset({Symptom.FAILURE_TO_THRIVE})),
        {"conclusion": "outside_scope", "gives": "none"},
    ),
    Edge(
        "Unknown age and a vegan mother without supplement: nothing is dosed", "G78 A64",
        case(None, None, age=None, risk_factors=frozenset({Risk.MOTHER_VEGAN_UNSUPPLEMENTED})),
        {"conclusion": "outside_scope", "gives": "none"},
    ),
    Edge(
        "Known adult age: a vegan mother long ago is no child's question", "G78 A64",
        vague({B12: "90"}, risk_factors=frozenset({Risk.MOTHER_VEGAN_UNSUPPLEMENTED})),
        {"conclusion": "b12_deficiency_highly_probable"},
    ),
    Edge(
        "Potassium falls during the injections: treat it and measure again", "G130 A76",
        treated(Regimen.IM_5_DAYS_THEN_ORAL, 1, {Analyte.POTASSIUM: "3.1"}, symptoms=ANAEMIA),
        {"conclusion": "hypokalaemia_treat_and_monitor", "orders": "potassium",
         "gives": "continue_current"},
    ),
    Edge(
        "Nerve signs get worse with B12 still low on tablets: injections", "G19 G93 A70 A71",
        treated(Regimen.ORAL_UNCOMPLICATED, 14, {B12: "120"}, status={"neuro":
        NeuroCourse.WORSE}),
        {"conclusion": "response_absent_reconsider_diagnosis", "orders": "ferritin folate",
         "gives": "restart_parenteral",
         "controls": [
             "after_some_weeks 2026-03-30/2026-04-27 haemoglobin mcv_mch ferritin",
             "2-3_months 2026-04-27/2026-06-01 haemoglobin mcv_mch folate ferritin",
             "6-12_months 2026-05-24/2026-11-24 neurological_symptoms",
             "annual 2027-03-02/2027-03-02 haemoglobin mcv_mch",
         ]},
    ),
    Edge(
        "Nerve signs get worse with normal values on tablets: injections or a higher dose "
        "may be tried", "G19 A71",
        treated(Regimen.ORAL_UNCOMPLICATED, 14, {B12: "400", MMA: "0.15"}, status={"neuro":
        NeuroCourse.WORSE}),
        {"conclusion": "response_absent_reconsider_diagnosis", "orders": "ferritin folate",
         "gives": "continue_oral_1mg or restart_parenteral or oral_2mg"},
    ),
    Edge(
        "Nerve signs get worse in the third week on tablets: too early to blame them",
        "G19 A71",
        treated(Regimen.ORAL_UNCOMPLICATED, 2, {B12: "120"}, status={"neuro": NeuroCourse.WORSE}),
        {"conclusion": "response_absent_reconsider_diagnosis", "orders": "ferritin folate",
         "gives": "continue_current or restart_parenteral or oral_2mg"},
    ),
    Edge(
        "Nerve signs get worse on injections: think again, and there is nothing to change to",
        "G19 A71",
        treated(Regimen.IM_5_DAYS_THEN_IM_HYDROXO, 30, {MMA: "0.60", FOLATE: "20",
        Analyte.FERRITIN: "80"}, status={"neuro": NeuroCourse.WORSE}),
        {"conclusion": "response_absent_reconsider_diagnosis", "orders": "",
         "gives": "continue_im_maintenance"},
    ),
    Edge(
        "B12 still low on 2 mg: injections, and iron and folate are measured", "G93 G110 A70",
        treated(Regimen.ORAL_2MG, 14, {B12: "120"}),
        {"conclusion": "unsatisfactory_oral_response_increase_or_parenteral",
         "orders": "ferritin folate",
         "gives":
             "restart_parenteral or im_5_days_then_im_hydroxo or im_5_days_then_im_cyano"},
    ),
    Edge(
        "B12 still low on 1 mg in a patient who can hardly swallow: injections", "G93 G110",
        treated(OngoingRegimen.ORAL_1MG, 14, {B12: "120"},
        risk_factors=frozenset({Risk.SWALLOWING_DIFFICULTY})),
        {"conclusion": "unsatisfactory_oral_response_increase_or_parenteral",
         "orders": "ferritin folate",
         "gives":
             "restart_parenteral or im_5_days_then_im_hydroxo or im_5_days_then_im_cyano"},
    ),
    Edge(
        "B12 still low on 1 mg: 2 mg, and a control 2 to 3 months from today", "G110 A70",
        treated(OngoingRegimen.ORAL_1MG, 14, {B12: "120"}),
        {"conclusion": "unsatisfactory_oral_response_increase_or_parenteral",
         "orders": "ferritin folate", "gives": "oral_2mg or restart_parenteral",
         "controls": [
             "2-3_months 2026-04-27/2026-06-01 total_b12 haemoglobin mcv_mch folate ferritin",
             "annual 2027-03-02/2027-03-02 haemoglobin mcv_mch total_b12",
         ]},
    ),
    Edge(
        "Without samples before the start, normal values say nothing: anti-IF may", "G125 A39",
        treated(OngoingRegimen.ORAL_1MG, 14, {B12: "400", HB: "13"}, status={"baseline_samples":
        False}),
        {"conclusion": "result_uninformative", "orders": "anti_if", "gives": "continue_current"},
    ),
    Edge(
        "Without samples before the start, anaemia now is still a sign", "G121 A39",
        treated(OngoingRegimen.ORAL_1MG, 14, {HB: "10"}, status={"baseline_samples": False}),
        {"conclusion": "response_absent_reconsider_diagnosis", "orders": "ferritin folate",
         "gives": "continue_current or oral_2mg or restart_parenteral"},
    ),
    Edge(
        "Week 0 with a blood count: treatment has begun, and nothing is judged", "G117",
        treated(Regimen.ORAL_UNCOMPLICATED, 0, {HB: "10"}, symptoms=ANAEMIA),
        {"conclusion": "treatment_started_plan_follow_up", "orders": "",
         "gives": "continue_current",
         "controls": [
             "day_7_to_14 2026-03-09/2026-03-16 haemoglobin reticulocytes ferritin",
             "2-3_months 2026-04-27/2026-06-01 total_b12 haemoglobin mcv_mch folate ferritin",
         ]},
    ),
    Edge(
        "Week 1 with anaemia and no answer: Hb, reticulocytes and ferritin", "G117 G118 G119",
        treated(Regimen.IM_5_DAYS_THEN_ORAL, 1, symptoms=ANAEMIA),
        {"conclusion": "treatment_started_plan_follow_up",
         "orders": "haemoglobin reticulocytes ferritin", "gives": "continue_current"},
    ),
    Edge(
        "The first day of the injections with anaemia: potassium these days, and MMA at the "
        "early control", "G117 G130 A66 A76",
        treated(Regimen.IM_5_DAYS_THEN_ORAL, 0, symptoms=ANAEMIA),
        {"controls": [
             "day_7_to_14 2026-03-09/2026-03-16 haemoglobin reticulocytes ferritin mma",
             "during_injections 2026-03-02/2026-03-07 potassium",
             "2-3_months 2026-04-27/2026-06-01 total_b12 haemoglobin mcv_mch folate ferritin",
         ]},
    ),
    Edge(
        "Week 1 with anaemia before and no answer: Hb, reticulocytes and ferritin", "G117 G119",
        treated(Regimen.ORAL_UNCOMPLICATED, 1, None, {HB: "9"}),
        {"conclusion": "treatment_started_plan_follow_up",
         "orders": "haemoglobin reticulocytes ferritin"},
    ),
    Edge(
        "Week 1 without anaemia and no answer: nothing is asked for", "G117 A66",
        treated(Regimen.ORAL_UNCOMPLICATED, 1),
        {"conclusion": "treatment_started_plan_follow_up", "orders": "",
         "gives": "continue_current",
         "controls": [
             "2-3_months 2026-04-20/2026-05-25 total_b12 haemoglobin mcv_mch folate ferritin",
         ]},
    ),
    Edge(
        "Week 14 without an answer on tablets: the late tests with B12", "G122",
        treated(Regimen.ORAL_UNCOMPLICATED, 14),
        {"conclusion": "treatment_started_plan_follow_up",
         "orders": "total_b12 haemoglobin mcv_mch folate ferritin",
         "gives": "continue_oral_1mg",
         "controls": [
             "annual 2027-03-02/2027-03-02 haemoglobin mcv_mch total_b12",
         ]},
    ),
    Edge(
        "Week 14 without an answer on injections given at the start only: the late tests with B12",
        "G122 A72",
        treated(Regimen.IM_5_DAYS_THEN_ORAL, 14),
        {"conclusion": "treatment_started_plan_follow_up",
         "orders": "total_b12 haemoglobin mcv_mch folate ferritin"},
    ),
    Edge(
        "Unknown time and no answer: nothing is asked for", "G117",
        treated(Regimen.ORAL_UNCOMPLICATED, None),
        {"conclusion": "treatment_started_plan_follow_up", "orders": ""},
    ),
    Edge(
        "Reticulocytosis with unchanged MMA: MMA again, and the kidneys", "G120 A67",
        treated(Regimen.ORAL_UNCOMPLICATED, 2, {MMA: "0.80", Analyte.RETICULOCYTES: "180"}, {MMA:
        "0.80", HB: "9"}),
        {"conclusion": "response_partial_recheck", "orders": "mma creatinine_egfr"},
    ),
    Edge(
        "MMA unchanged after two weeks: MMA again, and the kidneys", "G120 A67",
        treated(Regimen.ORAL_UNCOMPLICATED, 2, {MMA: "0.80"}, {MMA: "0.80", HB: "9"}),
        {"conclusion": "response_partial_recheck", "orders": "mma creatinine_egfr",
         "gives": "continue_current",
         "controls": [
             "after_some_weeks 2026-03-30/2026-04-27 haemoglobin mcv_mch ferritin",
             "2-3_months 2026-04-13/2026-05-18 total_b12 haemoglobin mcv_mch folate ferritin",
         ]},
    ),
    Edge(
        "No reticulocytosis in an anaemic patient, MMA not measured: iron and folate",
        "G120 A67 A77",
        treated(Regimen.ORAL_UNCOMPLICATED, 2, {Analyte.RETICULOCYTES: "40"}, {HB: "9"}),
        {"conclusion": "response_absent_reconsider_diagnosis", "orders": "ferritin folate",
         "gives": "continue_current",
         "controls": [
             "after_some_weeks 2026-03-30/2026-04-27 haemoglobin mcv_mch ferritin",
             "2-3_months 2026-04-13/2026-05-18 total_b12 haemoglobin mcv_mch folate ferritin",
         ]},
    ),
    Edge(
        "No reticulocytosis in an anaemic patient, MMA normal: mixed, look for iron and folate",
        "G120 A67",
        treated(Regimen.ORAL_UNCOMPLICATED, 2, {Analyte.RETICULOCYTES: "40", MMA: "0.15"}, {HB:
        "9"}),
        {"conclusion": "mixed_signal_look_for_iron_or_folate_deficiency",
         "orders": "ferritin folate"},
    ),
    Edge(
        "No reticulocytosis without anaemia is no failure: MMA has fallen", "G120 A66",
        treated(Regimen.ORAL_UNCOMPLICATED, 2, {Analyte.RETICULOCYTES: "40", MMA: "0.15", HB:
        "13"}, {HB: "13"}),
        {"conclusion": "response_adequate", "orders": "anti_if", "cause": "anti_if"},
    ),
    Edge(
        "MMA fell with normal reticulocytes not asked: Hb, reticulocytes and ferritin are "
        "still missing", "G118 G125",
        treated(Regimen.ORAL_UNCOMPLICATED, 2, {MMA: "0.15"}, {HB: "9", MMA: "0.90"}),
        {"conclusion": "response_adequate",
         "orders": "haemoglobin reticulocytes ferritin anti_if", "cause": "anti_if"},
    ),
    Edge(
        "MMA normal now and unknown before has fallen enough", "G125 A74",
        treated(Regimen.ORAL_UNCOMPLICATED, 2, {MMA: "0.15", HB: "13"}),
        {"conclusion": "response_adequate", "orders": "anti_if"},
    ),
    Edge(
        "Hb has risen and ferritin is known: reticulocytes are still missing", "G118 G119",
        treated(Regimen.ORAL_UNCOMPLICATED, 2, {HB: "11.5", Analyte.FERRITIN: "80"}, {HB: "9"}),
        {"conclusion": "response_adequate", "orders": "reticulocytes anti_if"},
    ),
    Edge(
        "Nerve signs unchanged at 20 weeks with normal blood: recovery may still come",
        "G123 A71",
        treated(OngoingRegimen.ORAL_1MG, 20, {B12: "400", HB: "13"}, status={"neuro":
        NeuroCourse.UNCHANGED}),
        {"conclusion": "neurological_recovery_still_expected", "orders": "",
         "gives": "continue_oral_1mg or oral_2mg",
         "controls": [
             "6-12_months 2026-04-13/2026-10-13 neurological_symptoms",
             "annual 2027-03-02/2027-03-02 haemoglobin mcv_mch total_b12",
         ]},
    ),
    Edge(
        "Nerve signs unchanged at 20 weeks with anaemia: the blood decides", "G121 G123",
        treated(OngoingRegimen.ORAL_1MG, 20, {B12: "400", HB: "10"}, status={"neuro":
        NeuroCourse.UNCHANGED}),
        {"conclusion": "response_absent_reconsider_diagnosis", "orders": "ferritin folate",
         "gives": "continue_current or oral_2mg or restart_parenteral",
         "controls": [
             "after_some_weeks 2026-03-30/2026-04-27 haemoglobin mcv_mch ferritin",
             "6-12_months 2026-04-13/2026-10-13 neurological_symptoms",
             "annual 2027-03-02/2027-03-02 haemoglobin mcv_mch total_b12",
         ]},
    ),
    Edge(
        "Nerve signs unchanged, time unknown: recovery may still come", "G123",
        treated(OngoingRegimen.ORAL_1MG, None, {B12: "400", HB: "13"}, status={"neuro":
        NeuroCourse.UNCHANGED}),
        {"conclusion": "neurological_recovery_still_expected"},
    ),
    Edge(
        "Low folate at 14 weeks with normal blood: no mixed signal, but folate is given",
        "G105 G121",
        treated(OngoingRegimen.ORAL_1MG, 14, {B12: "400", HB: "13", FOLATE: "4"}),
        {"conclusion": "response_adequate", "beside": "5_mg_daily_after_b12"},
    ),
    Edge(
        "B12 normal at 14 weeks and no blood count: something can be judged", "G121",
        treated(OngoingRegimen.ORAL_1MG, 14, {B12: "400"}),
        {"conclusion": "response_adequate", "orders": "anti_if", "cause": "anti_if",
         "duration": "until_cause_known"},
    ),
    Edge(
        "Hb rising but low at 14 weeks: more of it or by injection, and Hb and MCV again",
        "G121 A70",
        treated(OngoingRegimen.ORAL_1MG, 14, {B12: "400", HB: "11"}, {HB: "8"}),
        {"conclusion": "response_partial_recheck", "orders": "ferritin folate",
         "gives": "continue_oral_1mg or oral_2mg or restart_parenteral",
         "controls": [
             "after_some_weeks 2026-03-30/2026-04-27 haemoglobin mcv_mch ferritin",
             "annual 2027-03-02/2027-03-02 haemoglobin mcv_mch total_b12",
         ]},
    ),
    Edge(
        "Folate is low at 14 weeks: measured again with B12 after two to three months from today",
        "G107 G122 A62",
        treated(OngoingRegimen.ORAL_1MG, 14, {B12: "400", HB: "13.4", FOLATE: "4"}),
        {"conclusion": "response_adequate",
         "controls": [
             "annual 2027-03-02/2027-03-02 haemoglobin mcv_mch total_b12",
             "2-3_months 2026-04-27/2026-06-01 folate total_b12",
         ]},
    ),
    Edge(
        "Hb low and not rising at 14 weeks: think again, with iron and folate", "G120 A70",
        treated(OngoingRegimen.ORAL_1MG, 14, {B12: "400", HB: "9"}, {HB: "9"}),
        {"conclusion": "response_absent_reconsider_diagnosis", "orders": "ferritin folate",
         "gives": "continue_current or oral_2mg or restart_parenteral",
         "controls": [
             "after_some_weeks 2026-03-30/2026-04-27 haemoglobin mcv_mch ferritin",
             "annual 2027-03-02/2027-03-02 haemoglobin mcv_mch total_b12",
         ]},
    ),
    Edge(
        "Ferritin alone at 14 weeks cannot be judged: the late tests", "G122",
        treated(OngoingRegimen.ORAL_1MG, 14, {Analyte.FERRITIN: "80"}),
        {"conclusion": "result_uninformative",
         "orders": "total_b12 haemoglobin mcv_mch folate ferritin"},
    ),
    Edge(
        "Coeliac disease treated, stores filled at 14 weeks: treatment may stop, or go on",
        "G115 A60",
        treated(OngoingRegimen.ORAL_1MG, 14, {B12: "400", HB: "13"},
        risk_factors=frozenset({Risk.COELIAC_DISEASE_TREATED}),
        status={"underlying_disease_treated": True}),
        {"conclusion": "treatment_may_be_stopped", "orders": "",
         "gives": "stop_b12 or continue_oral_1mg", "duration": "None",
         "controls": [
             "annual_after_stopping 2027-03-02/2027-03-02 total_b12",
             "annual 2027-03-02/2027-03-02 total_b12",
         ]},
    ),
    Edge(
        "Coeliac disease treated, B12 not measured at 14 weeks: it is measured before "
        "anything stops", "G115 A60",
        treated(OngoingRegimen.ORAL_1MG, 14, {HB: "13"},
        risk_factors=frozenset({Risk.COELIAC_DISEASE_TREATED}),
        status={"underlying_disease_treated": True}),
        {"conclusion": "response_adequate", "orders": "total_b12 anti_if",
         "gives": "continue_oral_1mg", "duration": "until_stores_filled_and_disease_treated"},
    ),
    Edge(
        "Coeliac disease treated, time unknown: nothing stops", "G115",
        treated(OngoingRegimen.ORAL_1MG, None, {B12: "400", HB: "13"},
        risk_factors=frozenset({Risk.COELIAC_DISEASE_TREATED}),
        status={"underlying_disease_treated": True}),
        {"conclusion": "response_adequate", "gives": "continue_current"},
    ),
    Edge(
        "A year on tablets after an unknown cause: a good answer, not a lifelong one",
        "G113 G128",
        treated(OngoingRegimen.ORAL_1MG, 52, {B12: "400", HB: "13"}),
        {"conclusion": "response_adequate", "orders": "anti_if", "gives": "continue_oral_1mg",
         "cause": "anti_if", "duration": "until_cause_known",
         "controls": [
             "annual 2027-03-02/2027-03-02 haemoglobin mcv_mch total_b12",
         ]},
    ),
    Edge(
        "A year on tablets in pernicious anaemia: lifelong", "G113 G128",
        treated(OngoingRegimen.ORAL_1MG, 52, {B12: "400", HB: "13"}, risk_factors=KNOWN_PA),
        {"conclusion": "continue_lifelong", "orders": "", "gives": "continue_oral_1mg",
         "cause": "", "duration": "lifelong",
         "controls": [
             "annual 2027-03-02/2027-03-02 haemoglobin mcv_mch total_b12",
             "every_5_years 2031-03-02/2031-03-02 gastroscopy",
         ]},
    ),
    Edge(
        "A control at 9 months with nerve signs: the last look at them is still ahead",
        "G123 A71",
        treated(OngoingRegimen.ORAL_1MG, 39, {B12: "400", HB: "13"}, symptoms=PARAESTHESIA),
        {"controls": [
             "6-12_months 2025-12-02/2026-06-02 neurological_symptoms",
             "annual 2027-03-02/2027-03-02 haemoglobin mcv_mch total_b12",
         ]},
    ),
    Edge(
        "A control at one year with nerve signs: the year of recovery is over", "G123 A71",
        treated(OngoingRegimen.ORAL_1MG, 52, {B12: "400", HB: "13"}, symptoms=PARAESTHESIA),
        {"controls": [
             "annual 2027-03-02/2027-03-02 haemoglobin mcv_mch total_b12",
         ]},
    ),
    Edge(
        "Nerve signs that are gone are not looked for again", "G123",
        treated(OngoingRegimen.ORAL_1MG, 20, {B12: "400", HB: "13"}, symptoms=PARAESTHESIA,
        status={"neuro": NeuroCourse.RESOLVED}),
        {"controls": [
             "annual 2027-03-02/2027-03-02 haemoglobin mcv_mch total_b12",
         ]},
    ),
    Edge(
        "The seventh day after the start without reticulocytes: that control is still ahead",
        "G118 A66",
        treated(Regimen.ORAL_UNCOMPLICATED, 1, {HB: "9"}, symptoms=ANAEMIA),
        {"controls": [
             "day_7_to_14 2026-03-02/2026-03-09 haemoglobin reticulocytes ferritin",
             "2-3_months 2026-04-20/2026-05-25 total_b12 haemoglobin mcv_mch folate ferritin",
         ]},
    ),
    Edge(
        "The seventh day with reticulocytes is that control", "G118 A66",
        treated(Regimen.ORAL_UNCOMPLICATED, 1, {Analyte.RETICULOCYTES: "140"}, symptoms=ANAEMIA),
        {"controls": [
             "2-3_months 2026-04-20/2026-05-25 total_b12 haemoglobin mcv_mch folate ferritin",
         ]},
    ),
    Edge(
        "The fourteenth day without reticulocytes: the control is due that day", "G117 A66",
        treated(Regimen.ORAL_UNCOMPLICATED, 2, {HB: "9"}, symptoms=ANAEMIA),
        {"controls": [
             "day_7_to_14 2026-02-23/2026-03-02 haemoglobin reticulocytes ferritin",
             "2-3_months 2026-04-13/2026-05-18 total_b12 haemoglobin mcv_mch folate ferritin",
         ]},
    ),
    Edge(
        "The third week without reticulocytes: that control is over", "G117 A66",
        treated(Regimen.ORAL_UNCOMPLICATED, 3, {HB: "9"}, symptoms=ANAEMIA),
        {"controls": [
             "2-3_months 2026-04-06/2026-05-11 total_b12 haemoglobin mcv_mch folate ferritin",
         ]},
    ),
    Edge(
        "A trial after one week without MMA: the control at two weeks stands", "G41 A74",
        treated(Regimen.TREATMENT_TRIAL_ORAL, 1, None, {MMA: "0.40"}),
        {"conclusion": "treatment_started_plan_follow_up", "orders": "mma",
         "gives": "continue_current",
         "controls": [
             "2_weeks 2026-03-09/2026-03-09 mma",
             "2-3_months 2026-04-20/2026-05-25 total_b12 haemoglobin mcv_mch folate ferritin",
         ]},
    ),
    Edge(
        "A trial after three weeks without MMA: MMA after some weeks", "G41 A38",
        treated(Regimen.TREATMENT_TRIAL_ORAL, 3, None, {MMA: "0.40"}),
        {"conclusion": "treatment_started_plan_follow_up", "orders": "mma",
         "gives": "continue_current",
         "controls": [
             "after_some_weeks 2026-03-30/2026-04-27 mma",
             "2-3_months 2026-04-06/2026-05-11 total_b12 haemoglobin mcv_mch folate ferritin",
         ]},
    ),
    Edge(
        "A trial judged against a normal MMA proves nothing", "G41 A39",
        treated(Regimen.TREATMENT_TRIAL_ORAL, 3, {MMA: "0.15"}, {MMA: "0.15"}),
        {"conclusion": "result_uninformative", "orders": "anti_if", "gives": "continue_current"},
    ),
    Edge(
        "A trial without MMA before proves nothing", "G41 A38",
        treated(Regimen.TREATMENT_TRIAL_ORAL, 3, {MMA: "0.40"}),
        {"conclusion": "result_uninformative", "orders": "anti_if", "gives": "continue_current"},
    ),
    Edge(
        "A trial whose MMA is only known as more than 0.30 cannot be compared", "G41 A21",
        treated(Regimen.TREATMENT_TRIAL_ORAL, 3, {MMA: ">0.30"}, {MMA: "0.40"}),
        {"conclusion": "result_uninformative", "orders": "mma", "gives": "continue_current"},
    ),
    Edge(
        "A trial without a fall, tablets not taken: go on", "G41 A38",
        treated(Regimen.TREATMENT_TRIAL_ORAL, 3, {MMA: "0.40"}, {MMA: "0.40"},
        status={"adherence": False}),
        {"conclusion": "response_partial_recheck", "orders": "mma", "gives": "continue_current"},
    ),
    Edge(
        "A trial without a fall, anti-IF positive: the question stays open", "G41 G82 A4",
        treated(Regimen.TREATMENT_TRIAL_ORAL, 3, {MMA: "0.40"}, {MMA: "0.40"}, anti_if=POSITIVE),
        {"conclusion": "response_absent_reconsider_diagnosis", "orders": "mma",
         "gives": "continue_current", "duration": "lifelong"},
    ),
    Edge(
        "A trial without a fall, B12 low even now: the question stays open", "G41 A38",
        treated(Regimen.TREATMENT_TRIAL_ORAL, 3, {MMA: "0.40", B12: "120"}, {MMA: "0.40"}),
        {"conclusion": "response_absent_reconsider_diagnosis", "orders": "mma",
         "gives": "continue_current"},
    ),
    Edge(
        "A trial without a fall ends; the kidneys are looked at", "G41 G68 A38",
        treated(Regimen.TREATMENT_TRIAL_ORAL, 3, {MMA: "0.40"}, {MMA: "0.40"}),
        {"conclusion": "response_absent_reconsider_diagnosis", "orders": "creatinine_egfr",
         "gives": "stop_b12", "duration": "None",
         "controls": []},
    ),
    Edge(
        "A trial without a fall ends; the kidneys are known", "G41 G68 A38",
        treated(Regimen.TREATMENT_TRIAL_ORAL, 3, {MMA: "0.40", Analyte.EGFR: "80"}, {MMA:
        "0.40"}),
        {"conclusion": "response_absent_reconsider_diagnosis", "orders": "",
         "gives": "stop_b12"},
    ),
    Edge(
        "On injections with a B12 value alone: anti-IF when nobody knows the cause",
        "G79 G126 A72",
        treated(OngoingRegimen.IM_HYDROXO_EVERY_3_MONTHS, 60, {B12: "900"}),
        {"conclusion": "result_uninformative", "orders": "anti_if",
         "gives": "continue_im_maintenance or switch_to_oral_1mg", "cause": "anti_if"},
    ),
    Edge(
        "On injections with both B12 values alone: nothing is judged", "G126 A72",
        treated(OngoingRegimen.IM_HYDROXO_EVERY_3_MONTHS, 60, {B12: "900", ACTIVE: "128"}),
        {"conclusion": "result_uninformative", "orders": "anti_if",
         "gives": "continue_im_maintenance or switch_to_oral_1mg"},
    ),
    Edge(
        "On injections for known pernicious anaemia with a B12 value alone: nothing is ordered",
        "G82 G126",
        treated(OngoingRegimen.IM_HYDROXO_EVERY_3_MONTHS, 60, {B12: "900"},
        risk_factors=KNOWN_PA),
        {"conclusion": "result_uninformative", "orders": "",
         "gives": "continue_im_maintenance or switch_to_oral_1mg"},
    ),
    Edge(
        "On injections with negative anti-IF and a B12 value alone: the next cause tests",
        "G83 G126 A48",
        treated(OngoingRegimen.IM_HYDROXO_EVERY_3_MONTHS, 60, {B12: "900"}, anti_if=NEGATIVE),
        {"conclusion": "result_uninformative",
         "orders":
             "anti_parietal gastrin_fasting coeliac_serology gastroscopy_with_biopsies",
         "gives": "continue_im_maintenance or switch_to_oral_1mg"},
    ),
    Edge(
        "Stable on injections with normal blood: tablets, and the cause is looked for",
        "G108 G109 A63",
        treated(OngoingRegimen.IM_HYDROXO_EVERY_3_MONTHS, 60, {HB: "13"}, status={"stable":
        True}),
        {"conclusion": "response_adequate", "orders": "anti_if",
         "gives": "switch_to_oral_1mg or continue_im_maintenance", "cause": "anti_if",
         "controls": [
             "3_months 2026-06-02/2026-06-02 clinical_state haemoglobin mcv_mch total_b12",
         ]},
    ),
    Edge(
        "On injections with low ferritin: iron first", "G131 A77",
        treated(OngoingRegimen.IM_HYDROXO_EVERY_3_MONTHS, 60, {HB: "10", Analyte.FERRITIN: "8"}),
        {"conclusion": "iron_deficiency_give_iron", "gives": "continue_im_maintenance",
         "beside": "None iron"},
    ),
    Edge(
        "On injections with nerve signs unchanged at 60 weeks: think again", "G123 A71",
        treated(OngoingRegimen.IM_HYDROXO_EVERY_3_MONTHS, 60, {HB: "13"}, status={"neuro":
        NeuroCourse.UNCHANGED}),
        {"conclusion": "response_absent_reconsider_diagnosis",
         "gives": "continue_im_maintenance"},
    ),
    Edge(
        "On injections with MMA of 0.45 and failing kidneys: the kidneys may explain it",
        "G69 A26",
        treated(OngoingRegimen.IM_HYDROXO_EVERY_3_MONTHS, 60, {MMA: "0.45"}, risk_factors=RENAL),
        {"conclusion": "response_adequate",
         "gives": "continue_im_maintenance or switch_to_oral_1mg"},
    ),
    Edge(
        "5 mg of folate and normal B12, folate not measured: go on", "G107 A62",
        treated(OngoingRegimen.ORAL_1MG, 14, {B12: "400", HB: "13"}, status={"folate":
        OngoingFolate.FIVE_MG_DAILY}),
        {"beside": "continue"},
    ),
    Edge(
        "5 mg of folate, folate still low: go on", "G107 A62",
        treated(OngoingRegimen.ORAL_1MG, 14, {B12: "400", HB: "13", FOLATE: "4"},
        status={"folate": OngoingFolate.FIVE_MG_DAILY}),
        {"beside": "continue"},
    ),
    Edge(
        "5 mg of folate and both normal: stop", "G107 A62",
        treated(OngoingRegimen.ORAL_1MG, 14, {B12: "400", HB: "13", FOLATE: "20"},
        status={"folate": OngoingFolate.FIVE_MG_DAILY}),
        {"beside": "stop"},
    ),
    Edge(
        "A vegan with a low B12 and many findings: every caveat, the dangerous ones first",
        "G1 A42 A78",
        vague({B12: "90", MMA: "0.60", HCY: "25", Analyte.GASTRIN: "200", HB: "9", Analyte.MCV:
        "110", Analyte.LEUKOCYTES: "2.5", Analyte.PLATELETS: "90", FOLATE: "4", Analyte.FERRITIN:
        "8"}, NEGATIVE, risk_factors=frozenset({Risk.VEGAN, Risk.AUTOIMMUNE_DISEASE, Risk.MYELOMA,
        Risk.RENAL_FAILURE, Risk.BACTERIAL_OVERGROWTH}), takes_b12_supplement=True,
        preference=Preference.IM, age=None),
        {"caveats":
             "no_folate_alone b12_first_then_folate hypokalaemia missing_age ongoing_b12_masks "
             "low_total_b12_leukopenia low_total_b12_myeloma low_total_b12_folate_deficiency "
             "renal_failure_raises_mma_hcy mma_above_0_50_not_renal mma_bacterial_overgrowth "
             "mma_slightly_raised hcy_nonspecific local_limit_missing "
             "anti_if_negative_not_excluding autoimmune_pa_risk gastrin_confounded "
             "gastrin_fasting leukopenia_thrombocytopenia_also_sign "
             "cause_not_obvious_takes_supplement im_only_selected maintenance_1_or_2_mg "
             "low_dose_only_if_diet_alone stop_folate_when_normal iron_deficiency_after_start "
             "b12_uninformative_after_injections treat_underlying_cause no_gold_standard "
             "not_from_guideline", "group": "2_malabsorption True"},
    ),
    Edge(
        "A pregnant woman on oestrogen with nerve signs and a low B12: every caveat",
        "G49 G50 A40",
        strong({B12: "140", MMA: "0.40", HCY: "17"}, pregnant=True, estrogen_contraception=True,
        symptoms=PARAESTHESIA, risk_factors=RENAL, preference=Preference.ORAL),
        {"caveats":
             "do_not_delay_neuro sample_before_treatment missing_folate low_total_b12_pregnancy "
             "low_total_b12_estrogen_contraception active_b12_preferred "
             "renal_failure_raises_mma_hcy mma_slightly_raised hcy_borderline_15_20 "
             "local_limit_missing neuro_before_anaemia oral_preferred neuro_recovery_6_12_months "
             "no_gold_standard not_from_guideline"},
    ),
    Edge(
        "A vegetarian of 75 with MMA normal for the age: every caveat", "G61 A23",
        vague({B12: "180", MMA: "0.30", HCY: "17", FOLATE: "20"}, age=Decimal(75),
        risk_factors=frozenset({Risk.VEGETARIAN, Risk.RENAL_FAILURE})),
        {"caveats":
             "renal_failure_raises_mma_hcy age_specific_mma_limit normal_for_age_borderline "
             "hcy_borderline_15_20 no_gold_standard not_from_guideline"},
    ),
    Edge(
        "The first week of injections with anaemia and no samples before: every caveat",
        "G130 A39 A76",
        treated(Regimen.IM_5_DAYS_THEN_ORAL, 1, {HB: "9", B12: "900"}, symptoms=ANAEMIA,
        status={"baseline_samples": False, "cause_known": False}),
        {"caveats":
             "hypokalaemia ongoing_b12_masks b12_uninformative_after_injections "
             "not_from_guideline"},
    ),
    Edge(
        "Two weeks after the start of injections low potassium is still a danger", "G130 A76",
        treated(Regimen.IM_5_DAYS_THEN_ORAL, 2, {HB: "9", B12: "900"}, symptoms=ANAEMIA,
        status={"baseline_samples": True}),
        {"caveats": "hypokalaemia b12_uninformative_after_injections not_from_guideline"},
    ),
    Edge(
        "Eight weeks after the start of injections the danger of low potassium is over, and B12"
        " says something again", "G126 G130 A72 A76",
        treated(Regimen.IM_5_DAYS_THEN_ORAL, 8, {HB: "9", B12: "900"}, symptoms=ANAEMIA,
        status={"baseline_samples": True}),
        {"caveats":
             "reconsider_diagnosis not_from_guideline"},
    ),
    Edge(
        "The first weeks of tablets with anaemia: nothing about potassium", "G130 A76",
        treated(Regimen.ORAL_UNCOMPLICATED, 1, {HB: "9"}, symptoms=ANAEMIA),
        {"caveats": "not_from_guideline"},
    ),
    Edge(
        "Injections at an unknown time with anaemia: nothing about potassium", "G130 A76",
        treated(Regimen.IM_5_DAYS_THEN_ORAL, None, {HB: "9"}, symptoms=ANAEMIA),
        {"caveats":
             "reconsider_diagnosis b12_uninformative_after_injections not_from_guideline"},
    ),
    Edge(
        "Injections for a year, cause unknown, active B12 alone: it says nothing of the time"
        " before", "G126 A39 A72",
        treated(OngoingRegimen.IM_HYDROXO_EVERY_3_MONTHS, 60, {ACTIVE: "128"},
        status={"cause_known": False}),
        {"caveats":
             "ongoing_b12_masks b12_uninformative_after_injections not_from_guideline"},
    ),
    Edge(
        "Injections for a year, cause unknown, Hb alone: no B12 value to mistrust", "G126 A39",
        treated(OngoingRegimen.IM_HYDROXO_EVERY_3_MONTHS, 60, {HB: "13"}, status={"cause_known":
        False}),
        {"caveats": "b12_uninformative_after_injections not_from_guideline"},
    ),
    Edge(
        "A trial without MMA before: the values now are masked", "G41 A39",
        treated(Regimen.TREATMENT_TRIAL_ORAL, 3, {MMA: "0.15"}),
        {"caveats": "ongoing_b12_masks not_from_guideline"},
    ),
    Edge(
        "Stopped half a year ago and B12 is low again: a new deficiency", "G116 A73",
        vague({B12: "90"}, treatment_status=TreatmentStatus(on_treatment=False,
        stopped_months_ago=Decimal(6))),
        {"conclusion": "new_deficiency_suspected", "gives": "oral_uncomplicated",
         "caveats":
             "sample_before_treatment low_total_b12_haptocorrin_deficiency oral_preferred "
             "annual_b12_after_stop no_gold_standard not_from_guideline",
         "controls": [
             "2-3_months 2026-04-27/2026-06-01 total_b12 haemoglobin mcv_mch folate ferritin",
         ]},
    ),
    Edge(
        "Stopped half a year ago and B12 is high: B12 once a year", "G116 A73",
        vague({B12: "300"}, treatment_status=TreatmentStatus(on_treatment=False,
        stopped_months_ago=Decimal(6))),
        {"conclusion": "b12_deficiency_unlikely", "gives": "none",
         "caveats": "annual_b12_after_stop no_gold_standard not_from_guideline",
         "controls": [
             "annual_after_stopping 2027-03-02/2027-03-02 total_b12",
             "annual 2027-03-02/2027-03-02 total_b12",
         ]},
    ),
    Edge(
        "Not on treatment, and nobody says that it was stopped: an ordinary question",
        "G33 A73",
        vague({B12: "300"}, treatment_status=TreatmentStatus(on_treatment=False)),
        {"conclusion": "b12_deficiency_unlikely",
         "caveats": "no_gold_standard not_from_guideline"},
    ),
    Edge(
        "A refused ferritin leaves every other answer in use", "A35",
        vague({B12: "90", Analyte.FERRITIN: "99999999", Analyte.GASTRIN: "200"}, NEGATIVE),
        {"conclusion": "b12_deficiency_highly_probable",
         "orders":
             "anti_parietal gastrin_fasting coeliac_serology gastroscopy_with_biopsies",
         "refused": [
             "ferritin_ug_l implausible_value 99999999 None",
         ],
         "caveats":
             "implausible_value sample_before_treatment low_total_b12_haptocorrin_deficiency "
             "anti_if_negative_not_excluding gastrin_fasting oral_preferred no_gold_standard "
             "not_from_guideline"},
    ),
    Edge(
        "An age of 300 is refused, and no child is seen in it", "A35",
        vague({B12: "90"}, age=Decimal(300)),
        {"conclusion": "None", "orders": "",
         "refused": [
             "age implausible_value 300 None",
         ]},
    ),
    Edge(
        "An age below zero is refused, not taken for a child", "A35 A64",
        vague({B12: "90"}, age=Decimal(-4)),
        {"conclusion": "None", "orders": "",
         "refused": [
             "age implausible_value -4 None",
         ]},
    ),
    Edge(
        "A pregnant man with an oestrogen pill is asked about", "A35",
        case(Pathway.NONSPECIFIC, {B12: "90"}, sex=Sex.MALE, pregnant=True,
        risk_factors=frozenset({Risk.PREGNANCY})),
        {"conclusion": "None", "orders": "",
         "refused": [
             "pregnant inconsistent_input male None",
             "risk_factors inconsistent_input pregnancy None",
         ]},
    ),
    Edge(
        "Active B12 far above the total is asked about, with both", "A16",
        vague({B12: "100", ACTIVE: "190"}),
        {"conclusion": "None", "orders": "total_b12 active_b12",
         "refused": [
             "active_b12_pmol_l inconsistent_input 190 None",
         ]},
    ),
    Edge(
        "On treatment and stopped at once is asked about", "A35",
        treated(OngoingRegimen.ORAL_1MG, 20, {B12: "400"}, status={"stopped_months_ago":
        Decimal(6)}),
        {"conclusion": "None",
         "refused": [
             "stopped_months_ago inconsistent_input on_treatment None",
         ]},
    ),
    Edge(
        "A laboratory limit for MMA of 260 fits nmol/L", "A20 A35",
        vague({B12: "180"}, local_limits={LimitKey.MMA_UPPER: Decimal(260)}),
        {"conclusion": "None",
         "refused": [
             "mma_upper_umol_l implausible_value 260 nmol/L?",
         ], "caveats": "implausible_value unit_suspected not_from_guideline"},
    ),
    Edge(
        "Diarrhoea with low ferritin: coeliac serology beside anti-IF", "G76 G88",
        vague({B12: "90", Analyte.FERRITIN: "8"}, symptoms=frozenset({Symptom.DIARRHOEA})),
        {"cause": "anti_if coeliac_serology", "group": "2_malabsorption True"},
    ),
    Edge(
        "Diarrhoea with low folate: coeliac serology beside anti-IF", "G76 G88",
        vague({B12: "90", FOLATE: "4", Analyte.FERRITIN: "80"},
        symptoms=frozenset({Symptom.DIARRHOEA})),
        {"cause": "anti_if coeliac_serology", "group": "2_malabsorption True"},
    ),
    Edge(
        "Low ferritin without bowel symptoms says nothing of coeliac disease", "G76 G88",
        vague({B12: "90", Analyte.FERRITIN: "8"}),
        {"cause": "anti_if", "group": "None True"},
    ),
    Edge(
        "Diarrhoea with normal ferritin and folate says nothing of coeliac disease", "G76 G88",
        vague({B12: "90", FOLATE: "20", Analyte.FERRITIN: "80"},
        symptoms=frozenset({Symptom.DIARRHOEA})),
        {"cause": "anti_if", "group": "None True"},
    ),
    Edge(
        "Pernicious anaemia under tablets: the cause is known, and nothing is worked up",
        "G79 G82",
        treated(OngoingRegimen.ORAL_1MG, 20, {B12: "400", HB: "13"}, risk_factors=KNOWN_PA),
        {"cause": "", "group": "2_malabsorption False"},
    ),
    Edge(
        "A vegan with positive anti-IF: the antibody explains it, not the diet", "G80 G82 G90",
        vague({B12: "90"}, POSITIVE, risk_factors=VEGAN),
        {"cause": "gastroscopy_with_biopsies", "group": "2_malabsorption True",
         "duration": "lifelong"},
    ),
    Edge(
        "A patient of unknown sex with Hb of 12.5: no anaemia is called", "A78",
        case(Pathway.NONSPECIFIC, {B12: "90", HB: "12.5"}, sex=None),
        {"conclusion": "b12_deficiency_highly_probable",
         "caveats":
             "sample_before_treatment low_total_b12_haptocorrin_deficiency oral_preferred "
             "no_gold_standard not_from_guideline"},
    ),
    Edge(
        "Hb of 14 is normal for either sex", "A78",
        case(Pathway.NONSPECIFIC, {B12: "90", HB: "14"}, sex=None),
        {"caveats":
             "sample_before_treatment low_total_b12_haptocorrin_deficiency oral_preferred "
             "no_gold_standard not_from_guideline"},
    ),
    Edge(
        "A low folate is a reason to examine B12", "G4 A10",
        case(None, {FOLATE: "4"}, symptoms=frozenset()),
        {"conclusion": "further_tests_needed", "orders": "total_b12"},
    ),
    Edge(
        "A vegan without complaints asks about prevention", "G111",
        case(None, None, symptoms=frozenset(), risk_factors=VEGAN),
        {"conclusion": "None", "orders": "total_b12", "gives": "prophylaxis_diet_supplement",
         "controls": [
             "annual 2027-03-02/2027-03-02 haemoglobin mcv_mch total_b12",
         ], "group": "1_intake False"},
    ),
    Edge(
        "A tired vegan is examined, not only advised", "G5 G33",
        case(None, None, risk_factors=VEGAN, symptoms=frozenset({Symptom.TIREDNESS})),
        {"conclusion": "further_tests_needed", "orders": "total_b12",
         "gives": "none or prophylaxis_diet_supplement"},
    ),
    Edge(
        "A vegan on metformin is examined, not only advised", "G5 G33",
        case(None, None, symptoms=frozenset(), risk_factors=frozenset({Risk.VEGAN,
        Risk.LONG_TERM_METFORMIN})),
        {"conclusion": "further_tests_needed", "orders": "total_b12",
         "gives": "none or prophylaxis_diet_supplement"},
    ),
    Edge(
        "A vegan with low folate is examined, not only advised", "G4 G5",
        case(None, {FOLATE: "4"}, symptoms=frozenset(), risk_factors=VEGAN),
        {"conclusion": "further_tests_needed", "orders": "total_b12",
         "gives": "none or prophylaxis_diet_supplement"},
    ),
    Edge(
        "A vegan whose B12 is measured gets an answer", "G5 G34",
        case(None, {B12: "300"}, symptoms=frozenset(), risk_factors=VEGAN),
        {"conclusion": "b12_deficiency_unlikely", "orders": "",
         "gives": "prophylaxis_diet_supplement"},
    ),
    Edge(
        "A vegan for whom the doctor states a pathway is examined", "G33",
        case(Pathway.NONSPECIFIC, None, symptoms=frozenset(), risk_factors=VEGAN),
        {"conclusion": "further_tests_needed", "orders": "total_b12",
         "gives": "none or prophylaxis_diet_supplement"},
    ),
    Edge(
        "After a gastric bypass the pathway may be named, and prevention is still the question",
        "G112",
        case(Pathway.NONSPECIFIC, None, symptoms=frozenset(),
        risk_factors=frozenset({Risk.GASTRIC_BYPASS}), post_operative=True),
        {"conclusion": "None", "orders": "total_b12",
         "gives": "prophylaxis_oral_1mg or prophylaxis_im_every_3_months"},
    ),
    Edge(
        "Follow-up needs no new reason", "G6 G116 A10",
        case(None, None, symptoms=frozenset(),
        treatment_status=TreatmentStatus(on_treatment=False, stopped_months_ago=Decimal(6))),
        {"conclusion": "further_tests_needed", "orders": "total_b12"},
    ),
    Edge(
        "A low B12 alone: only the age of adults is no number of the guideline", "A78",
        vague({B12: "90"}),
        {"labels": "adult_age"},
    ),
    Edge(
        "Both B12 values: what they may differ by is labelled", "A16 A78",
        vague({B12: "300", ACTIVE: "90"}),
        {"labels": "active_over_total_percent adult_age"},
    ),
    Edge(
        "A patient of unknown sex with B12 of 300 and Hb of 12.5: no anaemia is called", "A78",
        case(Pathway.NONSPECIFIC, {B12: "300", HB: "12.5"}, sex=None),
        {"caveats": "no_gold_standard not_from_guideline"},
    ),
    Edge(
        "Unknown sex and the laboratory's own limit for Hb: that limit counts", "A12 A78",
        case(Pathway.NONSPECIFIC, {B12: "90", HB: "12.5"}, sex=None,
        local_limits={LimitKey.HAEMOGLOBIN_LOWER: Decimal(13)}),
        {"labels": "haemoglobin_pronounced_anaemia adult_age",
         "caveats":
             "sample_before_treatment low_total_b12_haptocorrin_deficiency oral_preferred "
             "iron_deficiency_after_start no_gold_standard not_from_guideline"},
    ),
    Edge(
        "A drug alone and nothing measured: no caveat about the blood", "G5",
        case(Pathway.NONSPECIFIC, None, symptoms=frozenset(),
        risk_factors=frozenset({Risk.LONG_TERM_METFORMIN})),
        {"caveats": "not_from_guideline", "group": "None None"},
    ),
    Edge(
        "A possible deficiency in a vegan has its likely cause named", "G74 G40",
        vague({B12: "180", MMA: "0.40", HCY: "9"}, risk_factors=VEGAN),
        {"group": "1_intake None",
         "gives": "treatment_trial_oral or prophylaxis_diet_supplement"},
    ),
    Edge(
        "A closed case needs no work-up", "G34 G79",
        vague({B12: "300"}),
        {"group": "None False"},
    ),
    Edge(
        "An open case says nothing of a work-up", "G38 G79",
        vague({B12: "180"}),
        {"group": "None None"},
    ),
    Edge(
        "On tablets with MMA of 0.45 and failing kidneys at 14 weeks: the kidneys may explain it",
        "G69 A26",
        treated(OngoingRegimen.ORAL_1MG, 14, {MMA: "0.45"}, risk_factors=RENAL),
        {"conclusion": "response_adequate", "orders": "anti_if", "gives": "continue_oral_1mg"},
    ),
    Edge(
        "Stopped, then B12 of 180: a new deficiency is suspected until it is settled", "G116",
        vague({B12: "180"}, treatment_status=TreatmentStatus(on_treatment=False,
        stopped_months_ago=Decimal(6))),
        {"conclusion": "new_deficiency_suspected", "orders": "mma homocysteine"},
    ),
    Edge(
        "A refused Hb before the start does not hide the other values before", "A35",
        treated(Regimen.ORAL_UNCOMPLICATED, 2, {MMA: "0.30"}, {MMA: "0.90", HB: "900"}),
        {"conclusion": "response_adequate",
         "refused": [
             "baseline_labs.haemoglobin_g_dl implausible_value 900 None",
         ]},
    ),
    Edge(
        "A refused Hb before the start is not compared with", "A35",
        treated(Regimen.ORAL_UNCOMPLICATED, 14, {HB: "11"}, {HB: "0.1"}),
        {"conclusion": "response_absent_reconsider_diagnosis", "orders": "ferritin folate",
         "refused": [
             "baseline_labs.haemoglobin_g_dl implausible_value 0.1 None",
         ]},
    ),
    Edge(
        "No treatment given: nothing about tablets is told", "G132 G133",
        vague({B12: "300"}),
        {"information": ""},
    ),
    Edge(
        "Injections without tablets: nothing about tablets is told", "G132",
        strong({B12: "90"}, risk_factors=frozenset({Risk.SWALLOWING_DIFFICULTY})),
        {"gives": "im_5_days_then_im_hydroxo or im_5_days_then_im_cyano", "information": ""},
    ),
    Edge(
        "A refused Hb is not taken for anaemia", "A35",
        vague({B12: "90", HB: "0.1"}),
        {"refused": [
             "haemoglobin_g_dl implausible_value 0.1 None",
         ],
         "controls": [
             "2-3_months 2026-04-27/2026-06-01 total_b12 haemoglobin mcv_mch folate ferritin",
         ]},
    ),
    Edge(
        "A probable folate deficiency: every caveat", "G42 A32",
        vague({B12: "180", MMA: "0.15", HCY: "25", Analyte.FERRITIN: "80"}),
        {"conclusion": "probable_folate_deficiency",
         "caveats": "missing_folate hcy_nonspecific no_gold_standard not_from_guideline"},
    ),
    Edge(
        "A child with signs from the nerves: referred at once", "G78 A64",
        case(None, {B12: "90"}, age=Decimal(4), symptoms=PARAESTHESIA),
        {"conclusion": "outside_scope", "gives": "none"},
    ),
    Edge(
        "B12 of 90 with MMA of 0.40 and negative anti-IF: every caveat", "G65 G83",
        vague({B12: "90", MMA: "0.40", HCY: "25", FOLATE: "20"}, NEGATIVE,
        symptoms=frozenset({Symptom.DIARRHOEA})),
        {"caveats":
             "mma_slightly_raised hcy_nonspecific anti_if_negative_not_excluding gastrin_fasting"
             " oral_preferred no_gold_standard not_from_guideline"},
    ),
    Edge(
        "Active B12 is not asked about in the reasons when it is not measured", "G24",
        strong({B12: "240"}),
        {"asked":
             "scope indication pathway flow1.total_b12 flow1.mma flow1.near_limit prevention"},
    ),
    Edge(
        "Grey total and an active B12 that cannot be placed are no two zones apart",
        "G38 A16 A21",
        vague({B12: "180", ACTIVE: "<80", MMA: "0.15", HCY: "10"}),
        {"conclusion": "no_b12_deficiency", "orders": ""},
    ),
    Edge(
        "Folate known and the metabolites not: the sample is taken before treatment", "G125 A39",
        strong({B12: "120", FOLATE: "20"}),
        {"caveats":
             "sample_before_treatment low_total_b12_haptocorrin_deficiency local_limit_missing"
             " oral_preferred no_gold_standard not_from_guideline"},
    ),
    Edge(
        "A value to confirm and a text that is no number: only the unit is in doubt", "A20 A35",
        vague({B12: "300"},
              conversions=(CONVERTED,),
              refused=(InputError("ferritin_ug_l", ErrorCode.NOT_A_NUMBER, "many"),)),
        {"conclusion": "b12_deficiency_unlikely",
         "caveats": "unit_suspected no_gold_standard not_from_guideline"},
    ),
    Edge(
        "An implausible ferritin in a man who breastfeeds: both are said", "A35 G1",
        vague({B12: "300", Analyte.FERRITIN: "999999"}, sex=Sex.MALE, breastfeeding=True),
        {"conclusion": "None",
         "refused": ["ferritin_ug_l implausible_value 999999 None",
                     "breastfeeding inconsistent_input male None"],
         "caveats": "inconsistent_input implausible_value not_from_guideline"},
    ),
    Edge(
        "A trial: the later check is to be considered", "G40 G43",
        vague({B12: "180", MMA: "0.40", HCY: "10"}),
        {"conclusion": "possible_b12_deficiency",
         "controls": [
             "2_weeks 2026-03-16/2026-03-16 mma",
             "after_some_months 2026-06-02/2026-09-02 repeat_b12_and_metabolites",
         ],
         "considered": "after_some_months"},
    ),
    Edge(
        "Normal metabolites: the later check is to be considered", "G43",
        vague({B12: "180", MMA: "0.20", HCY: "10"}),
        {"conclusion": "no_b12_deficiency", "considered": "after_some_months"},
    ),
    Edge(
        "At 75 an MMA of 0.30 with borderline homocysteine is checked again for certain",
        "G61 G67 A23",
        vague({B12: "180", MMA: "0.30", HCY: "17"}, age=Decimal(75)),
        {"conclusion": "b12_deficiency_unlikely",
         "controls": ["after_some_months 2026-06-02/2026-09-02 repeat_b12_and_metabolites"],
         "considered": ""},
    ),
    Edge(
        "Injections for life with only B12 measured: anti-IF where the cause is not known",
        "G79 G126 A72",
        treated(OngoingRegimen.IM_HYDROXO_EVERY_3_MONTHS, 60, {B12: "900"}),
        {"conclusion": "result_uninformative", "orders": "anti_if", "cause": "anti_if",
         "gives": "continue_im_maintenance or switch_to_oral_1mg"},
    ),
    Edge(
        "Injections after a gastric bypass: the cause is obvious and nothing is ordered for it",
        "G80 A43 A72",
        treated(OngoingRegimen.IM_HYDROXO_EVERY_3_MONTHS, 60, {B12: "900"},
                risk_factors=frozenset({Risk.GASTRIC_BYPASS})),
        {"conclusion": "result_uninformative", "orders": "",
         "group": "2_malabsorption False"},
    ),
    Edge(
        "A normal Hb at 14 weeks without B12: total B12 is asked for only where one might stop",
        "G121 A60",
        treated(OngoingRegimen.ORAL_1MG, 14, {HB: "14"}, anti_if=POSITIVE),
        {"conclusion": "response_adequate", "orders": "gastroscopy_with_biopsies"},
    ),
    Edge(
        "Potassium is still planned on the last day of the injections", "G130 A76",
        treated(Regimen.IM_5_DAYS_THEN_ORAL, Decimal("0.72"), symptoms=ANAEMIA),
        {"controls": [
            "day_7_to_14 2026-03-04/2026-03-11 haemoglobin reticulocytes ferritin mma",
            "during_injections 2026-02-25/2026-03-02 potassium",
            "2-3_months 2026-04-22/2026-05-27 total_b12 haemoglobin mcv_mch folate ferritin",
        ]},
    ),
    Edge(
        "Potassium is no longer planned the day after", "G130 A76",
        treated(Regimen.IM_5_DAYS_THEN_ORAL, Decimal("0.86"), symptoms=ANAEMIA),
        {"controls": [
            "day_7_to_14 2026-03-03/2026-03-10 haemoglobin reticulocytes ferritin mma",
            "2-3_months 2026-04-21/2026-05-26 total_b12 haemoglobin mcv_mch folate ferritin",
        ]},
    ),
    Edge(
        "An MMA that has fallen by exactly a tenth has fallen", "G41 A38",
        treated(Regimen.TREATMENT_TRIAL_ORAL, 3, {MMA: "0.90"}, {MMA: "1.00"}),
        {"conclusion": "response_partial_recheck", "gives": "continue_current"},
    ),
    Edge(
        "An MMA that has fallen by less than a tenth has not fallen", "G41 A38",
        treated(Regimen.TREATMENT_TRIAL_ORAL, 3, {MMA: "0.905"}, {MMA: "1.00"}),
        {"conclusion": "response_absent_reconsider_diagnosis", "gives": "stop_b12"},
    ),
    Edge(
        "Paraesthesia, B12 of 400 and positive anti-IF: treatment starts meanwhile", "G19 A4",
        strong({B12: "400"}, POSITIVE, symptoms=PARAESTHESIA),
        {"conclusion": "further_tests_needed", "orders": "mma homocysteine folate",
         "gives": "im_5_days_then_oral or oral_uncomplicated or none", "strength": "start"},
    ),
    Edge(
        "Negative anti-IF and coeliac serology: coeliac disease is not looked for again",
        "G83 G88 A48",
        in_words(anti_if=NEGATIVE, coeliac_serology=NEGATIVE),
        {"cause": "anti_parietal gastrin_fasting gastroscopy_with_biopsies"},
    ),
    Edge(
        "Negative antibodies: gastrin, coeliac serology and gastroscopy", "G85 G86 G88 A48",
        in_words(anti_if=NEGATIVE, anti_parietal=NEGATIVE),
        {"cause": "gastrin_fasting coeliac_serology gastroscopy_with_biopsies"},
    ),
    Edge(
        "Negative antibodies and coeliac serology: gastrin and gastroscopy", "G86 G88 A48",
        in_words(anti_if=NEGATIVE, anti_parietal=NEGATIVE, coeliac_serology=NEGATIVE),
        {"cause": "gastrin_fasting gastroscopy_with_biopsies"},
    ),
    Edge(
        "A patient with everything at once: every caveat, the most important first", "G19 A42 A51",
        strong(results=replace(results(MUCH), anti_if=NEGATIVE, anti_parietal=POSITIVE),
               symptoms=PARAESTHESIA | {Symptom.MACROCYTIC_ANAEMIA},
               risk_factors=RENAL | VEGAN | {Risk.MYELOMA, Risk.AUTOIMMUNE_DISEASE},
               age=Decimal(75),
               preference=Preference.IM),
        {"caveats":
             "do_not_delay_neuro no_folate_alone b12_first_then_folate hypokalaemia"
             " low_total_b12_leukopenia low_total_b12_myeloma low_total_b12_folate_deficiency"
             " low_total_b12_haptocorrin_deficiency renal_failure_raises_mma_hcy"
             " age_specific_mma_limit normal_for_age_borderline hcy_nonspecific"
             " local_limit_missing anti_if_negative_not_excluding autoimmune_pa_risk"
             " anti_parietal_low_specificity leukopenia_thrombocytopenia_also_sign"
             " cause_obvious_no_workup im_only_selected maintenance_1_or_2_mg"
             " low_dose_only_if_diet_alone stop_folate_when_normal iron_deficiency_after_start"
             " neuro_recovery_6_12_months b12_uninformative_after_injections no_gold_standard"
             " not_from_guideline"},
    ),
    Edge(
        "Nobody has said which suspicion it is: that and MMA are missing", "G33 A7",
        case(None, {B12: "180"}),
        {"caveats": "missing_pathway missing_mma no_gold_standard not_from_guideline"},
    ),
    Edge(
        "B12 of exactly 100 with normal metabolites: the value lies on a limit", "A14 A22",
        vague({B12: "100", MMA: "0.10", HCY: "10"}),
        {"caveats":
             "low_total_b12_haptocorrin_deficiency boundary_value no_gold_standard"
             " not_from_guideline"},
    ),
    Edge(
        "A vegan who may take the lower dose: every caveat", "G96 G114 A54",
        vague({B12: "90", MMA: "0.80", HCY: "30", FOLATE: "20"}, NEGATIVE, risk_factors=VEGAN),
        {"gives": "oral_uncomplicated or low_dose_triobe or supplement_6_9_ug",
         "caveats":
             "hcy_nonspecific anti_if_negative_not_excluding cause_obvious_no_workup"
             " oral_preferred low_dose_only_if_diet_alone full_dose_also_acceptable"
             " no_gold_standard not_from_guideline"},
    ),
    Edge(
        "Low B12, normal MMA and borderline homocysteine: homocysteine is not missing", "G67 A28",
        strong({B12: "120", MMA: "0.15", HCY: "17"}),
        {"caveats":
             "sample_before_treatment missing_folate low_total_b12_haptocorrin_deficiency"
             " hcy_borderline_15_20 local_limit_missing oral_preferred no_gold_standard"
             " not_from_guideline"},
    ),
    Edge(
        "Paraesthesia with a normal Hb: the nerves may come before the blood", "G18",
        strong({B12: "120", HB: "14"}, symptoms=PARAESTHESIA),
        {"caveats":
             "do_not_delay_neuro sample_before_treatment missing_folate"
             " low_total_b12_haptocorrin_deficiency local_limit_missing neuro_before_anaemia"
             " im_only_selected maintenance_1_or_2_mg neuro_recovery_6_12_months"
             " b12_uninformative_after_injections no_gold_standard not_from_guideline"},
    ),
    Edge(
        "Active B12 alone has a limit of the laboratory's too", "G48 A18",
        strong({ACTIVE: "15"}),
        {"caveats":
             "sample_before_treatment missing_folate local_limit_missing oral_preferred"
             " no_gold_standard not_from_guideline"},
    ),
    Edge(
        "Total and active B12 both low do not disagree", "G25 A16",
        strong({B12: "120", ACTIVE: "15"}),
        {"caveats":
             "sample_before_treatment missing_folate low_total_b12_haptocorrin_deficiency"
             " local_limit_missing oral_preferred no_gold_standard not_from_guideline"},
    ),
    Edge(
        "Potassium is warned of while the first five weeks of injections last", "G130 A76",
        treated(Regimen.IM_5_DAYS_THEN_ORAL, 4, {HB: "10"}),
        {"caveats": "hypokalaemia b12_uninformative_after_injections not_from_guideline"},
    ),
    Edge(
        "Potassium is not warned of from the fifth week", "G130 A76",
        treated(Regimen.IM_5_DAYS_THEN_ORAL, 5, {HB: "10"}),
        {"caveats":
             "reconsider_diagnosis b12_uninformative_after_injections not_from_guideline"},
    ),
    Edge(
        "A refused B12 after stopping is no diagnosis: the age is not missing for it", "G116 A35",
        case(None, {B12: "5"}, age=None, treatment_status=STOPPED),
        {"conclusion": "None",
         "caveats": "implausible_value unit_suspected annual_b12_after_stop not_from_guideline"},
    ),
    Edge(
        "A child whose value came in another unit: both are said", "A20 A64",
        vague({B12: "90"}, age=Decimal(10), conversions=(CONVERTED,)),
        {"caveats":
             "out_of_scope_child unit_suspected low_total_b12_haptocorrin_deficiency"
             " no_gold_standard not_from_guideline"},
    ),
    Edge(
        "A control for which strong suspicion is stated says nothing of the laboratory's limit",
        "G48 A12",
        replace(treated(OngoingRegimen.ORAL_1MG, 14, {B12: "400", HB: "14"}),
                pathway=Pathway.STRONG_SUSPICION),
        {"conclusion": "response_adequate", "caveats": "not_from_guideline"},
    ),
    Edge(
        "An Hb of 12.5 without the sex: nothing can be judged", "G121 A70",
        treated(OngoingRegimen.ORAL_1MG, 14, {HB: "12.5"}, sex=None),
        {"conclusion": "result_uninformative",
         "orders": "total_b12 haemoglobin mcv_mch folate ferritin"},
    ),
    Edge(
        "An Hb of 14 without the sex is normal", "G121 A70",
        treated(OngoingRegimen.ORAL_1MG, 14, {HB: "14"}, sex=None),
        {"conclusion": "response_adequate"},
    ),
    Edge(
        "Paraesthesia: what is said of tablets and of the nerves", "G123 G132 G133",
        strong({B12: "120"}, symptoms=PARAESTHESIA),
        {"information":
             "tablets_safe_good_alternative oral_no_haematoma_fewer_visits"
             " neuro_recovery_6_12_months"},
    ),
    Edge(
        "An old vegan: what is said of tablets, food, stores and age", "G22 G111 G132 G134 G135",
        vague({B12: "90"}, risk_factors=VEGAN | {Risk.ELDERLY}),
        {"information":
             "tablets_safe_good_alternative oral_no_haematoma_fewer_visits"
             " vegetarian_supplement_otc b12_only_in_animal_foods stores_last_2_5_years"
             " prevalence_rises_with_age"},
    ),
    Edge(
        "Creatinine without the age is no estimate of eGFR", "A26",
        vague({B12: "300", Analyte.CREATININE: "90"}, age=None),
        {"labels": "creatinine_upper adult_age"},
    ),
    Edge(
        "Anaemia treated with tablets: MMA is no part of the early control", "G117 A66",
        vague({B12: "90", HB: "11"}),
        {"gives": "oral_uncomplicated",
         "controls": [
             "day_7_to_14 2026-03-09/2026-03-16 haemoglobin reticulocytes ferritin",
             "2-3_months 2026-04-27/2026-06-01 total_b12 haemoglobin mcv_mch folate ferritin",
         ]},
    ),
    Edge(
        "Risks that give no reason to order B12, all at once", "G6 A9",
        case(None, risk_factors=NOT_AN_INDICATION),
        {"conclusion": "no_indication"},
    ),
    Edge(
        "Every diet and every operation, pregnant and breastfeeding: only prevention", "G111 G112",
        case(None, risk_factors=DIET_RISKS | PROPHYLAXIS_SURGERY
             | {Risk.PREGNANCY, Risk.BREASTFEEDING}),
        {"conclusion": "None", "asked": "scope indication.prevention prevention cause.group",
         "gives": "prophylaxis_oral_1mg or prophylaxis_im_every_3_months"},
    ),
    Edge(
        "A vegan who has stopped treatment asks for more than prevention", "G116",
        case(None, risk_factors=VEGAN, treatment_status=STOPPED),
        {"conclusion": "further_tests_needed", "gives": "none or prophylaxis_diet_supplement"},
    ),
    Edge(
        "Strong suspicion in a vegan without a symptom asks for more than prevention", "G23 A7",
        strong(risk_factors=VEGAN, symptoms=frozenset()),
        {"conclusion": "further_tests_needed", "gives": "none or prophylaxis_diet_supplement"},
    ),
    Edge(
        "Begun without samples, but MMA is raised now: the control is read as any other",
        "G125 A39",
        treated(Regimen.ORAL_UNCOMPLICATED, 3, {MMA: "0.40"}, status={"baseline_samples": False}),
        {"asked":
             "scope monitoring.potassium monitoring.worse monitoring.tablets_fail monitoring.iron"
             " monitoring.baseline monitoring.just_started monitoring.early treatment.duration"
             " treatment.folate"},
    ),
    Edge(
        "Anaemia that is found only now counts in the early control", "G120 A68",
        treated(Regimen.ORAL_UNCOMPLICATED, 2, {HB: "10", Analyte.RETICULOCYTES: "60"}),
        {"conclusion": "response_absent_reconsider_diagnosis", "orders": "ferritin folate"},
    ),
    Edge(
        "Anaemia that was there before counts in the early control", "G120 A68",
        treated(Regimen.ORAL_UNCOMPLICATED, 2, {Analyte.RETICULOCYTES: "60"}, {HB: "10"}),
        {"conclusion": "response_absent_reconsider_diagnosis", "orders": "ferritin folate"},
    ),
    Edge(
        "Low B12 and no MMA: nothing is asked about MMA", "G35 A1",
        vague({B12: "90"}),
        {"asked":
             "scope indication pathway flow2.total_b12 flow2.anti_if treatment.severity"
             " treatment.regimen treatment.low_dose treatment.duration treatment.folate"
             " cause.group cause.obvious cause.coeliac cause.tests"},
    ),
    Edge(
        "Injections for life, third week: total B12 is no part of the later control", "G126 A72",
        treated(Regimen.IM_5_DAYS_THEN_IM_HYDROXO, 3, {HB: "14"}),
        {"controls": ["2-3_months 2026-04-06/2026-05-11 haemoglobin mcv_mch folate ferritin"]},
    ),
    Edge(
        "Low potassium on tablets is not said to come from the treatment", "G130 A76",
        treated(Regimen.ORAL_UNCOMPLICATED, 2, {Analyte.POTASSIUM: "3.0"}),
        {"conclusion": "result_uninformative"},
    ),
    Edge(
        "Low potassium five weeks after injections is not said to come from them", "G130 A76",
        treated(Regimen.IM_5_DAYS_THEN_ORAL, 5, {Analyte.POTASSIUM: "3.0"}),
        {"conclusion": "result_uninformative"},
    ),
    Edge(
        "An Hb above 12 after one of 10 is not compared", "G118 A21",
        treated(Regimen.ORAL_UNCOMPLICATED, 2, {HB: ">12"}, {HB: "10"}),
        {"conclusion": "result_uninformative"},
    ),
    Edge(
        "MMA of 0.40 at 14 weeks: the tablets have failed", "G110 A70",
        treated(OngoingRegimen.ORAL_1MG, 14, {MMA: "0.40"}),
        {"conclusion": "unsatisfactory_oral_response_increase_or_parenteral",
         "gives": "oral_2mg or restart_parenteral"},
    ),
    Edge(
        "MMA of 0.40 at 14 weeks with renal failure: the kidneys explain it", "G68 A26",
        treated(OngoingRegimen.ORAL_1MG, 14, {MMA: "0.40"}, risk_factors=RENAL),
        {"conclusion": "response_adequate", "gives": "continue_oral_1mg"},
    ),
    Edge(
        "A refused ferritin leaves the laboratory's limit for B12 in use", "G48 A35",
        strong({B12: "170", Analyte.FERRITIN: "999999"},
               local_limits={LimitKey.TOTAL_B12_LOWER: Decimal(180)}),
        {"conclusion": "b12_deficiency_highly_probable"},
    ),
    Edge(
        "Normal metabolites after stopping: checked again, and once a year", "G43 G116 A73",
        vague({B12: "180", MMA: "0.20", HCY: "10"}, treatment_status=STOPPED),
        {"conclusion": "no_b12_deficiency",
         "controls": [
             "after_some_months 2026-06-02/2026-09-02 repeat_b12_and_metabolites",
             "annual_after_stopping 2027-03-02/2027-03-02 total_b12",
             "annual 2027-03-02/2027-03-02 total_b12",
         ]},
    ),
    Edge(
        "MMA of exactly 0.75: treated, and the value lies on a limit", "G39 A13 A22",
        vague({B12: "180", MMA: "0.75", HCY: "25", FOLATE: "20"}),
        {"conclusion": "confirmed_b12_deficiency",
         "caveats":
             "hcy_nonspecific boundary_value oral_preferred no_gold_standard not_from_guideline"},
    ),
    Edge(
        "Low B12 on strong suspicion and no MMA: nothing is asked about MMA", "G25 A5",
        strong({B12: "120"}),
        {"asked":
             "scope indication pathway flow1.total_b12 flow1.anti_if treatment.severity"
             " treatment.regimen treatment.low_dose treatment.duration treatment.folate"
             " cause.group cause.obvious cause.coeliac cause.tests"},
    ),
)
# fmt: on


NOT_ASKED_HERE = {
    "flow1.anti_if": {"not_positive"},
    "flow2.anti_if": {"not_positive"},
    "mma.anti_if": {"other"},
    "normal_mma.anti_if": {"other"},
    "flow1.low_b12_metabolites": {
        "gastritis", "homocysteine_unknown", "no_functional_deficiency",
    },
    "flow2.low_b12_metabolites": {"suspicion_stands"},
    "cause.group": {"4_transport_metabolism"},
}  # fmt: skip
"""Branches that share their words with another place, and the cause group that only children have
(G78)."""


def misnamed(result: Interpretation) -> set[str]:
    """The places at which the branches shown are not those of the question that is asked there."""
    return {
        step.node.name
        for step in result.trace
        if {str(name) for name, _ in step.branches}
        != set(wording.NODES[step.node.name][1]) - NOT_ASKED_HERE.get(step.node.name, set())
    }


def unworded(result: Interpretation) -> set[str]:
    """The subjects of yes-or-no questions for which there are no words."""
    return {
        leaf.subject
        for step in result.trace
        for _, check in step.branches
        for leaf in leaves(check)
        if leaf.relation in {Relation.PRESENT, Relation.ABSENT}
        if leaf.subject not in wording.FACTS
    }


@pytest.mark.parametrize("edge", EDGES, ids=[edge.sentence for edge in EDGES])
def test_it_answers_no_more_and_no_less(edge: Edge) -> None:
    result = interpret(edge.given, edition())
    answered = told(result)
    assert misnamed(result) | unworded(result) == set()
    assert {key: answered[key] for key in edge.expected} == edge.expected


def test_every_edge_has_a_sentence_of_its_own_and_a_source() -> None:
    sentences = [edge.sentence for edge in EDGES]
    assert sorted({s for s in sentences if sentences.count(s) > 1}) == []
    assert [edge.sentence for edge in EDGES if not edge.sources] == []


def test_every_decision_shows_each_branch_of_its_question_and_no_other() -> None:
    wrong = {
        vector.name: found
        for number, vector in enumerate(vectors())
        if (found := misnamed(answer(number)[0]) | unworded(answer(number)[0]))
    }
    assert wrong == {}


def test_reading_the_file_anew_gives_the_edition_that_is_in_use() -> None:
    text = (EDITIONS / "2018.toml").read_text(encoding="utf-8")
    assert read_edition(text, "2018.toml") == load_edition("2018")


def test_an_answer_names_its_edition_and_its_day() -> None:
    result = interpret(vague({B12: "90"}), edition())
    assert (result.edition, result.as_of) == ("2018", TODAY)


@pytest.mark.parametrize("given", [strong({B12: "90"}), case(None, {B12: "90"})])
def test_a_pathway_that_was_stated_or_not_found_is_not_called_derived(given: Case) -> None:
    assert interpret(given, edition()).pathway_derived is False


def test_a_pathway_taken_from_the_symptoms_is_called_derived() -> None:
    result = interpret(case(None, {B12: "90"}, symptoms=PARAESTHESIA), edition())
    assert (result.pathway, result.pathway_derived) == (Pathway.STRONG_SUSPICION, True)


def test_a_control_keeps_the_pathway_that_was_stated() -> None:
    stated = treated(OngoingRegimen.ORAL_1MG, 14, {B12: "400"})
    for pathway in Pathway:
        assert interpret(replace(stated, pathway=pathway), edition()).pathway is pathway


def test_a_refused_value_takes_no_other_answer_away() -> None:
    """What the laboratory answers in words stays, and so does the doctor's own reading."""
    words = Results(
        {}, True, True, Serology.NEGATIVE, Serology.POSITIVE, Serology.NEGATIVE, BloodSmear.NORMAL
    )
    refused = (InputError("ferritin_ug_l", ErrorCode.IMPLAUSIBLE_VALUE),)
    assert usable(words, refused) == words


def test_a_caveat_rests_on_the_statements_of_all_its_rows_once() -> None:
    assert statements(Caveat.HYPOKALAEMIA) == ("G130", "A76")
    assert statements(Caveat.DO_NOT_DELAY_NEURO) == ("G19", "A39", "A64", "A71")


def test_refused_input_is_the_reason_why_nothing_is_concluded() -> None:
    (step,) = (
        step for step in interpret(vague({B12: "5"}), edition()).trace if step.node.name == "input"
    )
    assert (step.outcome, step.taken.subject, step.taken.holds) == (
        "refused",
        "refused_input",
        True,
    )


@pytest.mark.parametrize("course", [NeuroCourse.IMPROVING, None])
def test_the_time_since_the_start_is_told_in_weeks(course: NeuroCourse | None) -> None:
    given = treated(OngoingRegimen.ORAL_1MG, 60, {B12: "400", HB: "14"}, status={"neuro": course})
    units = {
        leaf.value.unit
        for step in interpret(given, edition()).trace
        for _, check in step.branches
        for leaf in leaves(check)
        if leaf.subject == "weeks_since_start" and isinstance(leaf.value, Quantity)
    }
    assert units == {"weeks"}


@pytest.mark.parametrize(
    "words",
    [
        {"anti_if": POSITIVE},
        {"anti_parietal": POSITIVE},
        {"coeliac_serology": POSITIVE},
        {"blood_smear": BloodSmear.MEGALOBLASTIC},
    ],
)
def test_each_answer_that_points_to_a_cause_is_a_reason_by_itself(words: dict[str, Any]) -> None:
    given = case(None, results=replace(results({}), **words))
    assert interpret(given, edition()).conclusion is Conclusion.FURTHER_TESTS


@pytest.mark.parametrize("marker", [B12, ACTIVE, MMA, HCY])
def test_each_marker_that_is_measured_is_a_reason_by_itself(marker: Analyte) -> None:
    given = case(None, {marker: "90" if marker in {B12, ACTIVE} else "10"})
    assert interpret(given, edition()).conclusion is not Conclusion.NO_INDICATION


def test_prevention_is_asked_for_because_of_a_risk() -> None:
    (step,) = (
        step
        for step in interpret(case(None, risk_factors=VEGAN), edition()).trace
        if step.node.name == "indication.prevention"
    )
    assert (step.outcome, step.taken.subject) == ("prevention", "prevention_risk")
    assert step.taken.holds is True


@pytest.mark.parametrize(
    "known",
    [
        {"symptoms": frozenset({Symptom.TIREDNESS})},
        {"risk_factors": VEGAN},
        {"pathway": Pathway.NONSPECIFIC},
        {"treatment_status": STOPPED},
        {"results": results({B12: "180"})},
    ],
)
def test_as_soon_as_anything_is_known_it_is_answered(known: dict[str, Any]) -> None:
    nothing = case(None, age=None)
    assert interpret(nothing, edition()).questions == ("all",)
    result = interpret(replace(nothing, **known), edition())
    assert result.questions[0] == "age"
    assert result.trace != ()


@pytest.mark.parametrize("field", ["pathway", "symptoms", "risk_factors", "anti_if"])
def test_a_code_that_could_not_be_read_keeps_the_case_open(field: str) -> None:
    unread = InputError(field, ErrorCode.UNKNOWN_CODE, "?")
    result = interpret(vague({B12: "300"}, refused=(unread,)), edition())
    assert result.conclusion is Conclusion.FURTHER_TESTS


@pytest.mark.parametrize(
    "unread",
    [
        InputError("sex", ErrorCode.UNKNOWN_CODE, "?"),
        InputError("symptoms", ErrorCode.NOT_A_NUMBER, "?"),
    ],
)
def test_other_input_that_could_not_be_read_does_not(unread: InputError) -> None:
    result = interpret(vague({B12: "300"}, refused=(unread,)), edition())
    assert result.conclusion is Conclusion.UNLIKELY


def _asked(given: Case, node: str, branch: str) -> Check:
    """The check of a branch at a place that the run has come by."""
    (step,) = (step for step in interpret(given, edition()).trace if step.node.name == node)
    return dict(step.branches)[branch]


ANTIBODIES = [
    (None, ("anti_if", None, None)),
    (NEGATIVE, ("anti_if", False, "negative")),
    (POSITIVE, ("anti_if", True, "positive")),
]


@pytest.mark.parametrize(("anti_if", "expected"), ANTIBODIES)
def test_the_antibody_test_is_told_as_it_was_answered(
    anti_if: Serology | None, expected: tuple[Any, ...]
) -> None:
    low = _asked(vague({B12: "90"}, anti_if), "flow2.anti_if", "positive")
    grey = _asked(vague({B12: "180", MMA: "0.10"}, anti_if), "normal_mma.anti_if", "positive")
    for check in (low, grey):
        assert (check.subject, check.holds, check.value) == expected


def test_a_trial_tells_the_antibody_test_that_keeps_it_open() -> None:
    given = treated(Regimen.TREATMENT_TRIAL_ORAL, 3, {MMA: "1"}, {MMA: "1"}, anti_if=POSITIVE)
    check = _asked(given, "monitoring.trial", "anti_if_positive")
    assert (check.subject, check.holds, check.value) == ("anti_if", True, "positive")


@pytest.mark.parametrize(
    ("given", "questions"),
    [
        (vague({B12: "90"}), ()),
        (vague({B12: "90"}, age=None, conversions=(CONVERTED, CONVERTED)),
         ("age", *["confirm_conversion:haemoglobin_g_dl"] * 2)),
        (case(None, age=None, refused=(InputError("age", ErrorCode.NOT_A_NUMBER, "?"),)),
         ("age",)),
    ],
)  # fmt: skip
def test_it_asks_for_what_it_needs_and_no_more(given: Case, questions: tuple[str, ...]) -> None:
    assert interpret(given, edition()).questions == questions


def test_known_pernicious_anaemia_is_told_before_the_antibody_test() -> None:
    given = vague({B12: "180", MMA: "0.10"}, NEGATIVE, risk_factors=KNOWN_PA)
    check = _asked(given, "normal_mma.anti_if", "positive")
    assert (check.subject, check.holds, check.value) == ("pernicious_anaemia", True, None)


def test_the_guideline_s_own_limit_is_named_where_the_laboratory_s_is_the_same() -> None:
    limits = {LimitKey.HOMOCYSTEINE_UPPER: Decimal(20)}
    given = vague({B12: "180", MMA: "0.10", HCY: "25"}, local_limits=limits)
    limit = _asked(given, "flow2.homocysteine", "raised").limit
    assert limit is not None
    assert limit.key == "homocysteine_isolated"


def test_a_limit_of_the_laboratory_is_known_by_its_name() -> None:
    given = strong({B12: "170"}, local_limits={LimitKey.TOTAL_B12_LOWER: Decimal(180)})
    keys = {
        leaf.limit.key
        for step in interpret(given, edition()).trace
        if step.node.name == "flow1.total_b12"
        for leaf in leaves(step.taken)
        if leaf.limit
    }
    assert keys == {LimitKey.TOTAL_B12_LOWER}
