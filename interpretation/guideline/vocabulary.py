"""The words of the field: every code that a case or an interpretation may contain.

The codes are the stable vocabulary of the JSON contract. Each group is an enumeration whose value
is the code; the words for people live in ``interpretation.wording``.
"""

from enum import StrEnum
from typing import TypeVar

Codes = TypeVar("Codes", bound=StrEnum)


def plain_members(codes: type[Codes]) -> type[Codes]:
    """Store an enumeration's members as ordinary class attributes, as CPython 3.12 and later do.

    On 3.11 each read of a member runs a descriptor. Without it a read through the class still
    costs twice a decimal comparison, so the rules bind the members of every run to names of their
    own (``TOTAL_B12, ACTIVE_B12, MMA, HOMOCYSTEINE = B12_MARKERS``).
    """
    for name, member in codes.__members__.items():
        type.__setattr__(codes, name, member)
    return codes


@plain_members
class Sex(StrEnum):
    FEMALE = "female"
    MALE = "male"


@plain_members
class Pathway(StrEnum):
    """Which flowchart answers the case: strong suspicion (1) or non-specific symptoms (2)."""

    STRONG_SUSPICION = "strong_suspicion"
    NONSPECIFIC = "nonspecific"


@plain_members
class Symptom(StrEnum):
    """Table 1 of the guideline (G8 to G16), abnormal blood results (G4) and signs in children."""

    FATIGUE = "fatigue"
    TIREDNESS = "tiredness"
    DYSPNOEA = "dyspnoea"
    COLD_HANDS_FEET = "cold_hands_feet"
    ANAEMIA = "anaemia"
    MACROCYTIC_ANAEMIA = "macrocytic_anaemia"
    MACROCYTOSIS = "macrocytosis"
    HIGH_LD = "high_ld"
    REDUCED_INITIATIVE = "reduced_initiative"
    MEMORY_IMPAIRMENT = "memory_impairment"
    DEPRESSION = "depression"
    UNSTEADINESS = "unsteadiness"
    PSYCHOSIS = "psychosis"
    PARAESTHESIA = "paraesthesia"
    LIGHTNING_PAINS = "lightning_pains"
    TREMOR = "tremor"
    ATAXIA = "ataxia"
    REDUCED_REFLEXES = "reduced_reflexes"
    OPTIC_ATROPHY = "optic_atrophy"
    TINNITUS = "tinnitus"
    REDUCED_TASTE_SMELL = "reduced_taste_smell"
    BURNING_MOUTH = "burning_mouth"
    GLOSSITIS = "glossitis"
    NAUSEA = "nausea"
    CONSTIPATION = "constipation"
    FLATULENCE = "flatulence"
    WEIGHT_LOSS = "weight_loss"
    DIARRHOEA = "diarrhoea"
    MUSCLE_WEAKNESS = "muscle_weakness"
    JOINT_PAIN = "joint_pain"
    CONDUCTION_DISTURBANCE = "conduction_disturbance"
    ARRHYTHMIA = "arrhythmia"
    PRECORDIAL_PAIN = "precordial_pain"
    OEDEMA = "oedema"
    ERECTILE_DYSFUNCTION = "erectile_dysfunction"
    INFERTILITY = "infertility"
    HYPOTENSION = "hypotension"
    HYPERPIGMENTATION = "hyperpigmentation"
    WHITE_NAILS = "white_nails"
    LOSS_OF_HAIR_COLOUR = "loss_of_hair_colour"
    DEVELOPMENTAL_DELAY = "developmental_delay"
    FAILURE_TO_THRIVE = "failure_to_thrive"


@plain_members
class OrganSystem(StrEnum):
    """The nine rows of table 1, and the signs that concern children only."""

    BLOOD = "blood"
    CENTRAL_NERVOUS_SYSTEM = "central_nervous_system"
    PERIPHERAL_NERVES = "peripheral_nerves"
    SENSES = "senses"
    GASTROINTESTINAL = "gastrointestinal"
    MUSCULOSKELETAL = "musculoskeletal"
    HEART_VESSELS = "heart_vessels"
    AUTONOMIC = "autonomic"
    SKIN_HAIR_NAILS = "skin_hair_nails"
    CHILDREN = "children"


_S = Symptom

SYMPTOMS_BY_ORGAN: dict[OrganSystem, tuple[Symptom, ...]] = {
    OrganSystem.BLOOD: (
        _S.FATIGUE,
        _S.TIREDNESS,
        _S.DYSPNOEA,
        _S.COLD_HANDS_FEET,
        _S.ANAEMIA,
        _S.MACROCYTIC_ANAEMIA,
        _S.MACROCYTOSIS,
        _S.HIGH_LD,
    ),
    OrganSystem.CENTRAL_NERVOUS_SYSTEM: (
        _S.REDUCED_INITIATIVE,
        _S.MEMORY_IMPAIRMENT,
        _S.DEPRESSION,
        _S.UNSTEADINESS,
        _S.PSYCHOSIS,
    ),
    OrganSystem.PERIPHERAL_NERVES: (
        _S.PARAESTHESIA,
        _S.LIGHTNING_PAINS,
        _S.TREMOR,
        _S.ATAXIA,
        _S.REDUCED_REFLEXES,
    ),
    OrganSystem.SENSES: (_S.OPTIC_ATROPHY, _S.TINNITUS, _S.REDUCED_TASTE_SMELL),
    OrganSystem.GASTROINTESTINAL: (
        _S.BURNING_MOUTH,
        _S.GLOSSITIS,
        _S.NAUSEA,
        _S.CONSTIPATION,
        _S.FLATULENCE,
        _S.WEIGHT_LOSS,
        _S.DIARRHOEA,
    ),
    OrganSystem.MUSCULOSKELETAL: (_S.MUSCLE_WEAKNESS, _S.JOINT_PAIN),
    OrganSystem.HEART_VESSELS: (
        _S.CONDUCTION_DISTURBANCE,
        _S.ARRHYTHMIA,
        _S.PRECORDIAL_PAIN,
        _S.OEDEMA,
    ),
    OrganSystem.AUTONOMIC: (_S.ERECTILE_DYSFUNCTION, _S.INFERTILITY, _S.HYPOTENSION),
    OrganSystem.SKIN_HAIR_NAILS: (_S.HYPERPIGMENTATION, _S.WHITE_NAILS, _S.LOSS_OF_HAIR_COLOUR),
    OrganSystem.CHILDREN: (_S.DEVELOPMENTAL_DELAY, _S.FAILURE_TO_THRIVE),
}

ORGAN_STATEMENTS: dict[OrganSystem, str] = {
    OrganSystem.BLOOD: "G8",
    OrganSystem.CENTRAL_NERVOUS_SYSTEM: "G9",
    OrganSystem.PERIPHERAL_NERVES: "G10",
    OrganSystem.SENSES: "G11",
    OrganSystem.GASTROINTESTINAL: "G12",
    OrganSystem.MUSCULOSKELETAL: "G13",
    OrganSystem.HEART_VESSELS: "G14",
    OrganSystem.AUTONOMIC: "G15",
    OrganSystem.SKIN_HAIR_NAILS: "G16",
}
"""The statement behind each row of table 1; diarrhoea and the signs in children are not in it."""

NEUROLOGICAL: frozenset[Symptom] = frozenset(
    {
        _S.PARAESTHESIA,
        _S.LIGHTNING_PAINS,
        _S.TREMOR,
        _S.ATAXIA,
        _S.REDUCED_REFLEXES,
        _S.OPTIC_ATROPHY,
        _S.PSYCHOSIS,
        _S.UNSTEADINESS,
        _S.MEMORY_IMPAIRMENT,
    }
)
"""Neurological signs of table 1 that open flowchart 1 (A6). Low mood and reduced initiative are
too unspecific alone."""

SEVERE_NEUROLOGICAL: frozenset[Symptom] = frozenset(
    {_S.ATAXIA, _S.REDUCED_REFLEXES, _S.OPTIC_ATROPHY, _S.PSYCHOSIS, _S.LIGHTNING_PAINS}
)
"""Signs of established damage: one of them makes the deficiency severe (A51)."""

FLOWCHART_1_ENTRY: frozenset[Symptom] = NEUROLOGICAL | {_S.MACROCYTIC_ANAEMIA, _S.GLOSSITIS}
"""Entry features of flowchart 1 when the doctor has not stated the suspicion (G23, A6)."""

CHILDREN_ONLY: frozenset[Symptom] = frozenset(SYMPTOMS_BY_ORGAN[OrganSystem.CHILDREN])

MALABSORPTION_SYMPTOMS: frozenset[Symptom] = frozenset({_S.DIARRHOEA, _S.WEIGHT_LOSS})


@plain_members
class Risk(StrEnum):
    VEGAN = "vegan"
    VEGETARIAN = "vegetarian"
    B12_POOR_DIET = "b12_poor_diet"
    ELDERLY = "elderly"
    UNDERNOURISHED = "undernourished"
    PREGNANCY = "pregnancy"
    BREASTFEEDING = "breastfeeding"
    AUTOIMMUNE_DISEASE = "autoimmune_disease"
    PERNICIOUS_ANAEMIA_KNOWN = "pernicious_anaemia_known"
    H_PYLORI_GASTRITIS = "h_pylori_gastritis"
    CROHN_TERMINAL_ILEUM = "crohn_terminal_ileum"
    INFLAMMATORY_BOWEL_DISEASE = "inflammatory_bowel_disease"
    TERMINAL_ILEUM_RESECTION = "terminal_ileum_resection"
    COLON_SURGERY = "colon_surgery"
    GASTRIC_BYPASS = "gastric_bypass"
    SLEEVE_GASTRECTOMY = "sleeve_gastrectomy"
    TOTAL_GASTRECTOMY = "total_gastrectomy"
    FUNDUS_CORPUS_REMOVED = "fundus_corpus_removed"
    GASTRIC_SURGERY = "gastric_surgery"
    COELIAC_DISEASE_UNTREATED = "coeliac_disease_untreated"
    COELIAC_DISEASE_TREATED = "coeliac_disease_treated"
    PANCREATIC_INSUFFICIENCY = "pancreatic_insufficiency"
    BACTERIAL_OVERGROWTH = "bacterial_overgrowth"
    LONG_TERM_PPI = "long_term_ppi"
    SHORT_TERM_PPI = "short_term_ppi"
    LONG_TERM_H2_BLOCKER = "long_term_h2_blocker"
    LONG_TERM_METFORMIN = "long_term_metformin"
    NITROUS_OXIDE_MISUSE = "nitrous_oxide_misuse"
    RENAL_FAILURE = "renal_failure"
    MYELOMA = "myeloma"
    LEUKOPENIA = "leukopenia"
    PROGESTOGEN_ONLY_PILL = "progestogen_only_pill"
    HORMONE_REPLACEMENT_OESTROGEN = "hormone_replacement_oestrogen"
    SWALLOWING_DIFFICULTY = "swallowing_difficulty"
    ANTICOAGULANT = "anticoagulant"
    DEMENTIA = "dementia"
    MOTHER_VEGAN_UNSUPPLEMENTED = "mother_vegan_unsupplemented"


@plain_members
class RiskGroup(StrEnum):
    """How the form groups the risks: cause groups 1 to 3, what disturbs results, what decides
    the route of treatment, and children."""

    INTAKE = "intake"
    MALABSORPTION = "malabsorption"
    DRUGS = "drugs"
    INTERPRETATION = "interpretation"
    TREATMENT = "treatment"
    CHILDREN = "children"


_R = Risk

RISKS_BY_GROUP: dict[RiskGroup, tuple[Risk, ...]] = {
    RiskGroup.INTAKE: (
        _R.VEGAN,
        _R.VEGETARIAN,
        _R.B12_POOR_DIET,
        _R.ELDERLY,
        _R.UNDERNOURISHED,
        _R.PREGNANCY,
        _R.BREASTFEEDING,
    ),
    RiskGroup.MALABSORPTION: (
        _R.AUTOIMMUNE_DISEASE,
        _R.PERNICIOUS_ANAEMIA_KNOWN,
        _R.H_PYLORI_GASTRITIS,
        _R.CROHN_TERMINAL_ILEUM,
        _R.INFLAMMATORY_BOWEL_DISEASE,
        _R.TERMINAL_ILEUM_RESECTION,
        _R.COLON_SURGERY,
        _R.GASTRIC_BYPASS,
        _R.SLEEVE_GASTRECTOMY,
        _R.TOTAL_GASTRECTOMY,
        _R.FUNDUS_CORPUS_REMOVED,
        _R.GASTRIC_SURGERY,
        _R.COELIAC_DISEASE_UNTREATED,
        _R.COELIAC_DISEASE_TREATED,
        _R.PANCREATIC_INSUFFICIENCY,
        _R.BACTERIAL_OVERGROWTH,
    ),
    RiskGroup.DRUGS: (
        _R.LONG_TERM_PPI,
        _R.SHORT_TERM_PPI,
        _R.LONG_TERM_H2_BLOCKER,
        _R.LONG_TERM_METFORMIN,
        _R.NITROUS_OXIDE_MISUSE,
    ),
    RiskGroup.INTERPRETATION: (
        _R.RENAL_FAILURE,
        _R.MYELOMA,
        _R.LEUKOPENIA,
        _R.PROGESTOGEN_ONLY_PILL,
        _R.HORMONE_REPLACEMENT_OESTROGEN,
    ),
    RiskGroup.TREATMENT: (_R.SWALLOWING_DIFFICULTY, _R.ANTICOAGULANT, _R.DEMENTIA),
    RiskGroup.CHILDREN: (_R.MOTHER_VEGAN_UNSUPPLEMENTED,),
}

DIET_RISKS: frozenset[Risk] = frozenset({_R.VEGAN, _R.VEGETARIAN, _R.B12_POOR_DIET})
INTAKE_RISKS: frozenset[Risk] = frozenset(RISKS_BY_GROUP[RiskGroup.INTAKE])
MALABSORPTION_RISKS: frozenset[Risk] = frozenset(RISKS_BY_GROUP[RiskGroup.MALABSORPTION]) - {
    _R.AUTOIMMUNE_DISEASE,
    _R.COLON_SURGERY,
    _R.INFLAMMATORY_BOWEL_DISEASE,
    _R.COELIAC_DISEASE_TREATED,
}
"""Conditions that explain malabsorption (G75, G76). Autoimmune disease raises the risk of
pernicious anaemia, colon surgery and bowel disease outside the ileum do not explain it (A11)."""
DRUG_RISKS: frozenset[Risk] = frozenset(
    {_R.LONG_TERM_PPI, _R.LONG_TERM_H2_BLOCKER, _R.LONG_TERM_METFORMIN, _R.NITROUS_OXIDE_MISUSE}
)
ACID_REDUCING_DRUGS: frozenset[Risk] = frozenset(
    {_R.LONG_TERM_PPI, _R.SHORT_TERM_PPI, _R.LONG_TERM_H2_BLOCKER}
)
STOMACH_OR_ILEUM_SURGERY: frozenset[Risk] = frozenset(
    {
        _R.TERMINAL_ILEUM_RESECTION,
        _R.GASTRIC_BYPASS,
        _R.SLEEVE_GASTRECTOMY,
        _R.TOTAL_GASTRECTOMY,
        _R.FUNDUS_CORPUS_REMOVED,
        _R.GASTRIC_SURGERY,
    }
)
PROPHYLAXIS_SURGERY: frozenset[Risk] = frozenset(
    {
        _R.GASTRIC_BYPASS,
        _R.SLEEVE_GASTRECTOMY,
        _R.TOTAL_GASTRECTOMY,
        _R.FUNDUS_CORPUS_REMOVED,
    }
)
"""Operations after which the guideline advises life-long prevention (G112, A59)."""
ORAL_NOT_FEASIBLE: frozenset[Risk] = frozenset({_R.SWALLOWING_DIFFICULTY, _R.DEMENTIA})
NOT_AN_INDICATION: frozenset[Risk] = frozenset(
    {
        _R.SHORT_TERM_PPI,
        _R.RENAL_FAILURE,
        _R.MYELOMA,
        _R.LEUKOPENIA,
        _R.PROGESTOGEN_ONLY_PILL,
        _R.HORMONE_REPLACEMENT_OESTROGEN,
        _R.SWALLOWING_DIFFICULTY,
        _R.ANTICOAGULANT,
        _R.MOTHER_VEGAN_UNSUPPLEMENTED,
    }
)
"""Recorded because they change the interpretation or the treatment, not because they give a reason
to order B12 (G6, A9)."""


@plain_members
class Analyte(StrEnum):
    """Numeric laboratory analytes; the key carries the unit in which the core compares."""

    TOTAL_B12 = "total_b12_pmol_l"
    ACTIVE_B12 = "active_b12_pmol_l"
    MMA = "mma_umol_l"
    HOMOCYSTEINE = "homocysteine_umol_l"
    FOLATE = "folate_nmol_l"
    HAEMOGLOBIN = "haemoglobin_g_dl"
    MCV = "mcv_fl"
    MCH = "mch_pg"
    FERRITIN = "ferritin_ug_l"
    RETICULOCYTES = "reticulocytes_10e9_l"
    CREATININE = "creatinine_umol_l"
    EGFR = "egfr"
    LEUKOCYTES = "leukocytes_10e9_l"
    PLATELETS = "platelets_10e9_l"
    LD = "ld_u_l"
    HAPTOGLOBIN = "haptoglobin_g_l"
    POTASSIUM = "potassium_mmol_l"
    GASTRIN = "gastrin_pmol_l"


B12_MARKERS: tuple[Analyte, ...] = (
    Analyte.TOTAL_B12,
    Analyte.ACTIVE_B12,
    Analyte.MMA,
    Analyte.HOMOCYSTEINE,
)
"""The four central analyses (G20)."""


@plain_members
class LimitKey(StrEnum):
    """The laboratory's own limits that a case may state."""

    TOTAL_B12_LOWER = "total_b12_lower_pmol_l"
    ACTIVE_B12_LOWER = "active_b12_lower_pmol_l"
    MMA_UPPER = "mma_upper_umol_l"
    HOMOCYSTEINE_UPPER = "homocysteine_upper_umol_l"
    FOLATE_LOWER = "folate_lower_nmol_l"
    FERRITIN_LOWER = "ferritin_lower_ug_l"
    HAEMOGLOBIN_LOWER = "haemoglobin_lower_g_dl"
    MCV_UPPER = "mcv_upper_fl"
    MCH_UPPER = "mch_upper_pg"
    LD_UPPER = "ld_upper_u_l"
    HAPTOGLOBIN_LOWER = "haptoglobin_lower_g_l"
    RETICULOCYTES_LOWER = "reticulocytes_lower_10e9_l"
    RETICULOCYTES_UPPER = "reticulocytes_upper_10e9_l"
    LEUKOCYTES_LOWER = "leukocytes_lower_10e9_l"
    PLATELETS_LOWER = "platelets_lower_10e9_l"
    POTASSIUM_LOWER = "potassium_lower_mmol_l"


ANALYTE_OF_LIMIT: dict[LimitKey, Analyte] = {
    LimitKey.TOTAL_B12_LOWER: Analyte.TOTAL_B12,
    LimitKey.ACTIVE_B12_LOWER: Analyte.ACTIVE_B12,
    LimitKey.MMA_UPPER: Analyte.MMA,
    LimitKey.HOMOCYSTEINE_UPPER: Analyte.HOMOCYSTEINE,
    LimitKey.FOLATE_LOWER: Analyte.FOLATE,
    LimitKey.FERRITIN_LOWER: Analyte.FERRITIN,
    LimitKey.HAEMOGLOBIN_LOWER: Analyte.HAEMOGLOBIN,
    LimitKey.MCV_UPPER: Analyte.MCV,
    LimitKey.MCH_UPPER: Analyte.MCH,
    LimitKey.LD_UPPER: Analyte.LD,
    LimitKey.HAPTOGLOBIN_LOWER: Analyte.HAPTOGLOBIN,
    LimitKey.RETICULOCYTES_LOWER: Analyte.RETICULOCYTES,
    LimitKey.RETICULOCYTES_UPPER: Analyte.RETICULOCYTES,
    LimitKey.LEUKOCYTES_LOWER: Analyte.LEUKOCYTES,
    LimitKey.PLATELETS_LOWER: Analyte.PLATELETS,
    LimitKey.POTASSIUM_LOWER: Analyte.POTASSIUM,
}


@plain_members
class Serology(StrEnum):
    POSITIVE = "positive"
    NEGATIVE = "negative"


@plain_members
class BloodSmear(StrEnum):
    MEGALOBLASTIC = "megaloblastic"
    NORMAL = "normal"


MEGALOBLASTIC_FINDINGS: frozenset[str] = frozenset(
    {
        "macro_ovalocytes",
        "anisopoikilocytosis",
        "howell_jolly_bodies",
        "hypersegmented_neutrophils",
    }
)
"""Findings in a blood film that amount to a megaloblastic picture (G71)."""


@plain_members
class Conclusion(StrEnum):
    CONFIRMED = "confirmed_b12_deficiency"
    HIGHLY_PROBABLE = "b12_deficiency_highly_probable"
    POSSIBLE = "possible_b12_deficiency"
    UNLIKELY = "b12_deficiency_unlikely"
    NONE = "no_b12_deficiency"
    PROBABLE_FOLATE_DEFICIENCY = "probable_folate_deficiency"
    FURTHER_TESTS = "further_tests_needed"
    NO_INDICATION = "no_indication"
    OUTSIDE_SCOPE = "outside_scope"


@plain_members
class MonitoringConclusion(StrEnum):
    ADEQUATE = "response_adequate"
    PARTIAL_RECHECK = "response_partial_recheck"
    ABSENT_RECONSIDER = "response_absent_reconsider_diagnosis"
    MIXED_SIGNAL = "mixed_signal_look_for_iron_or_folate_deficiency"
    UNSATISFACTORY_ORAL = "unsatisfactory_oral_response_increase_or_parenteral"
    IRON_DEFICIENCY = "iron_deficiency_give_iron"
    HYPOKALAEMIA = "hypokalaemia_treat_and_monitor"
    NEURO_RECOVERY_EXPECTED = "neurological_recovery_still_expected"
    UNINFORMATIVE = "result_uninformative"
    CONTINUE_LIFELONG = "continue_lifelong"
    MAY_BE_STOPPED = "treatment_may_be_stopped"
    NEW_DEFICIENCY = "new_deficiency_suspected"
    STARTED = "treatment_started_plan_follow_up"


@plain_members
class Test(StrEnum):
    """What can be ordered or checked."""

    __test__ = False  # not a test class: keeps pytest from collecting it

    TOTAL_B12 = "total_b12"
    ACTIVE_B12 = "active_b12"
    MMA = "mma"
    HOMOCYSTEINE = "homocysteine"
    FOLATE = "folate"
    ANTI_IF = "anti_if"
    ANTI_PARIETAL = "anti_parietal"
    COELIAC_SEROLOGY = "coeliac_serology"
    GASTRIN_FASTING = "gastrin_fasting"
    GASTROSCOPY_WITH_BIOPSIES = "gastroscopy_with_biopsies"
    COBASORB = "cobasorb"
    BLOOD_SMEAR = "blood_smear"
    HAEMOGLOBIN = "haemoglobin"
    MCV_MCH = "mcv_mch"
    FERRITIN = "ferritin"
    RETICULOCYTES = "reticulocytes"
    CREATININE_EGFR = "creatinine_egfr"
    POTASSIUM = "potassium"
    CLINICAL_STATE = "clinical_state"
    NEUROLOGICAL_SYMPTOMS = "neurological_symptoms"
    GASTROSCOPY = "gastroscopy"
    REPEAT_B12_AND_METABOLITES = "repeat_b12_and_metabolites"


@plain_members
class Regimen(StrEnum):
    NONE = "none"
    ORAL_UNCOMPLICATED = "oral_uncomplicated"
    IM_5_DAYS_THEN_ORAL = "im_5_days_then_oral"
    IM_5_DAYS_THEN_IM_HYDROXO = "im_5_days_then_im_hydroxo"
    IM_5_DAYS_THEN_IM_CYANO = "im_5_days_then_im_cyano"
    LOW_DOSE_TRIOBE = "low_dose_triobe"
    SUPPLEMENT_6_9_UG = "supplement_6_9_ug"
    PROPHYLAXIS_DIET_SUPPLEMENT = "prophylaxis_diet_supplement"
    PROPHYLAXIS_ORAL_1MG = "prophylaxis_oral_1mg"
    PROPHYLAXIS_IM_EVERY_3_MONTHS = "prophylaxis_im_every_3_months"
    SWITCH_TO_ORAL_1MG = "switch_to_oral_1mg"
    ORAL_2MG = "oral_2mg"
    RESTART_PARENTERAL = "restart_parenteral"
    TREATMENT_TRIAL_ORAL = "treatment_trial_oral"
    CONTINUE_ORAL_1MG = "continue_oral_1mg"
    CONTINUE_IM_MAINTENANCE = "continue_im_maintenance"
    CONTINUE_CURRENT = "continue_current"
    STOP_B12 = "stop_b12"


@plain_members
class OngoingRegimen(StrEnum):
    """Regimens that only describe what a patient already receives."""

    ORAL_1MG = "oral_1mg"
    IM_HYDROXO_EVERY_2_MONTHS = "im_hydroxo_every_2_months"
    IM_HYDROXO_EVERY_3_MONTHS = "im_hydroxo_every_3_months"


IM_MAINTENANCE: frozenset[str] = frozenset(
    {
        OngoingRegimen.IM_HYDROXO_EVERY_2_MONTHS,
        OngoingRegimen.IM_HYDROXO_EVERY_3_MONTHS,
        Regimen.IM_5_DAYS_THEN_IM_HYDROXO,
        Regimen.IM_5_DAYS_THEN_IM_CYANO,
        Regimen.CONTINUE_IM_MAINTENANCE,
        Regimen.RESTART_PARENTERAL,
        Regimen.PROPHYLAXIS_IM_EVERY_3_MONTHS,
    }
)
INJECTION_START: frozenset[str] = frozenset(
    {
        Regimen.IM_5_DAYS_THEN_ORAL,
        Regimen.IM_5_DAYS_THEN_IM_HYDROXO,
        Regimen.IM_5_DAYS_THEN_IM_CYANO,
        Regimen.RESTART_PARENTERAL,
    }
)

PREVENTIVE: frozenset[Regimen] = frozenset(
    {
        Regimen.PROPHYLAXIS_DIET_SUPPLEMENT,
        Regimen.PROPHYLAXIS_ORAL_1MG,
        Regimen.PROPHYLAXIS_IM_EVERY_3_MONTHS,
    }
)


@plain_members
class Strength(StrEnum):
    START = "start"
    CONSIDER = "consider"
    NONE = "none"


@plain_members
class Duration(StrEnum):
    LIFELONG = "lifelong"
    UNTIL_STORES_FILLED = "until_stores_filled_and_disease_treated"
    UNTIL_DIET_CORRECTED = "until_diet_corrected"
    UNTIL_DIET_OR_SUPPLEMENT_SECURED = "until_diet_or_supplement_secured"
    UNTIL_CAUSE_KNOWN = "until_cause_known"


@plain_members
class FolateAdvice(StrEnum):
    FIVE_MG_AFTER_B12 = "5_mg_daily_after_b12"
    FIVE_MG = "5_mg_daily"
    CONSIDER_200_400_UG = "consider_200_400_ug"
    CONTINUE = "continue"
    STOP = "stop"


@plain_members
class ControlTime(StrEnum):
    DAY_7_TO_14 = "day_7_to_14"
    TWO_WEEKS = "2_weeks"
    TWO_TO_THREE_MONTHS = "2-3_months"
    THREE_MONTHS = "3_months"
    SIX_TO_TWELVE_MONTHS = "6-12_months"
    ANNUAL = "annual"
    ANNUAL_AFTER_STOPPING = "annual_after_stopping"
    AFTER_SOME_WEEKS = "after_some_weeks"
    AFTER_SOME_MONTHS = "after_some_months"
    EVERY_5_YEARS = "every_5_years"
    DURING_INJECTIONS = "during_injections"


@plain_members
class CauseGroup(StrEnum):
    INTAKE = "1_intake"
    MALABSORPTION = "2_malabsorption"
    DRUGS = "3_drugs"
    TRANSPORT_METABOLISM = "4_transport_metabolism"


@plain_members
class PatientInformation(StrEnum):
    TABLETS_SAFE = "tablets_safe_good_alternative"
    FEWER_VISITS = "oral_no_haematoma_fewer_visits"
    ANIMAL_FOODS = "b12_only_in_animal_foods"
    STORES_LAST = "stores_last_2_5_years"
    NORMAL_UPTAKE = "normal_uptake"
    SUPPLEMENT_OTC = "vegetarian_supplement_otc"
    NEURO_RECOVERY = "neuro_recovery_6_12_months"
    PREVALENCE = "prevalence_rises_with_age"


@plain_members
class Preference(StrEnum):
    ORAL = "oral"
    IM = "im"
    CYANOCOBALAMIN_IM = "cyanocobalamin_im"


@plain_members
class NeuroCourse(StrEnum):
    IMPROVING = "improving"
    UNCHANGED = "unchanged"
    WORSE = "worse"
    RESOLVED = "resolved"


@plain_members
class OngoingFolate(StrEnum):
    FIVE_MG_DAILY = "5_mg_daily"


@plain_members
class ErrorCode(StrEnum):
    IMPLAUSIBLE_VALUE = "implausible_value"
    NOT_A_NUMBER = "not_a_number"
    UNKNOWN_UNIT = "unknown_unit"
    UNKNOWN_CODE = "unknown_code"
    INCONSISTENT_INPUT = "inconsistent_input"


@plain_members
class Caveat(StrEnum):
    NO_GOLD_STANDARD = "no_gold_standard"
    LOW_TOTAL_B12_PREGNANCY = "low_total_b12_pregnancy"
    LOW_TOTAL_B12_ESTROGEN_CONTRACEPTION = "low_total_b12_estrogen_contraception"
    LOW_TOTAL_B12_HAPTOCORRIN_DEFICIENCY = "low_total_b12_haptocorrin_deficiency"
    LOW_TOTAL_B12_FOLATE_DEFICIENCY = "low_total_b12_folate_deficiency"
    LOW_TOTAL_B12_LEUKOPENIA = "low_total_b12_leukopenia"
    LOW_TOTAL_B12_MYELOMA = "low_total_b12_myeloma"
    ACTIVE_B12_PREFERRED = "active_b12_preferred"
    NEURO_BEFORE_ANAEMIA = "neuro_before_anaemia"
    DO_NOT_DELAY_NEURO = "do_not_delay_neuro"
    RENAL_FAILURE_RAISES_MMA_HCY = "renal_failure_raises_mma_hcy"
    MMA_ABOVE_0_50_NOT_RENAL = "mma_above_0_50_not_renal"
    AGE_SPECIFIC_MMA_LIMIT = "age_specific_mma_limit"
    MMA_BACTERIAL_OVERGROWTH = "mma_bacterial_overgrowth"
    MMA_SLIGHTLY_RAISED = "mma_slightly_raised"
    HCY_NONSPECIFIC = "hcy_nonspecific"
    HCY_BORDERLINE_15_20 = "hcy_borderline_15_20"
    ANTI_IF_NEGATIVE_NOT_EXCLUDING = "anti_if_negative_not_excluding"
    ANTI_IF_FALSE_HIGH_B12 = "anti_if_false_high_b12"
    ANTI_IF_POSITIVE_LIFELONG = "anti_if_positive_lifelong"
    AUTOIMMUNE_PA_RISK = "autoimmune_pa_risk"
    ANTI_PARIETAL_LOW_SPECIFICITY = "anti_parietal_low_specificity"
    GASTRIN_CONFOUNDED = "gastrin_confounded"
    GASTRIN_FASTING = "gastrin_fasting"
    LOCAL_LIMIT_APPLIES = "local_limit_applies"
    LOCAL_LIMIT_MISSING = "local_limit_missing"
    BOUNDARY_VALUE = "boundary_value"
    DISCORDANT_TOTAL_ACTIVE = "discordant_total_active"
    SUBCLINICAL_UNSETTLED = "subclinical_unsettled"
    ONGOING_B12_MASKS = "ongoing_b12_masks"
    FUNCTIONAL_DEFICIENCY_POSSIBLE = "functional_deficiency_possible_despite_b12"
    MISSING_MMA = "missing_mma"
    MISSING_HCY = "missing_hcy"
    MISSING_B12 = "missing_b12"
    MISSING_FOLATE = "missing_folate"
    MISSING_AGE = "missing_age"
    MISSING_PATHWAY = "missing_pathway"
    NORMAL_FOR_AGE_BORDERLINE = "normal_for_age_borderline"
    CONSIDER_ALTERNATIVE_DIAGNOSES = "consider_alternative_diagnoses"
    LEUKOPENIA_THROMBOCYTOPENIA = "leukopenia_thrombocytopenia_also_sign"
    INTRAMEDULLARY_HAEMOLYSIS = "intramedullary_haemolysis"
    CAUSE_OBVIOUS_NO_WORKUP = "cause_obvious_no_workup"
    CAUSE_NOT_OBVIOUS_TAKES_SUPPLEMENT = "cause_not_obvious_takes_supplement"
    GASTROSCOPY_EVERY_5_YEARS_YOUNGER = "gastroscopy_every_5_years_younger"
    SCHILLING_OBSOLETE = "schilling_obsolete"
    ORAL_PREFERRED = "oral_preferred"
    ORAL_WORKS_WITHOUT_IF = "oral_works_without_if"
    IM_ONLY_SELECTED = "im_only_selected"
    B12_FIRST_THEN_FOLATE = "b12_first_then_folate"
    NO_FOLATE_ALONE = "no_folate_alone"
    STOP_FOLATE_WHEN_NORMAL = "stop_folate_when_normal"
    CONSIDER_FOLATE_200_400_UG = "consider_folate_200_400_ug"
    MAINTENANCE_1_OR_2_MG = "maintenance_1_or_2_mg"
    LOW_DOSE_ONLY_IF_DIET_ALONE = "low_dose_only_if_diet_alone"
    FULL_DOSE_ALSO_ACCEPTABLE = "full_dose_also_acceptable"
    HYPOKALAEMIA = "hypokalaemia"
    IRON_DEFICIENCY_AFTER_START = "iron_deficiency_after_start"
    NEURO_RECOVERY_6_12_MONTHS = "neuro_recovery_6_12_months"
    B12_UNINFORMATIVE_AFTER_INJECTIONS = "b12_uninformative_after_injections"
    RECONSIDER_DIAGNOSIS = "reconsider_diagnosis"
    TREAT_UNDERLYING_CAUSE = "treat_underlying_cause"
    ANNUAL_B12_AFTER_STOP = "annual_b12_after_stop"
    SAMPLE_BEFORE_TREATMENT = "sample_before_treatment"
    OUT_OF_SCOPE_CHILD = "out_of_scope_child"
    IMPLAUSIBLE_VALUE = "implausible_value"
    UNIT_SUSPECTED = "unit_suspected"
    INCONSISTENT_INPUT = "inconsistent_input"
    NOT_FROM_GUIDELINE = "not_from_guideline"
