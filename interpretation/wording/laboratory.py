"""The laboratory in words: analytes, limits, answers that are words, tests and why they help."""

from django.utils.translation import gettext_lazy as _

from interpretation.guideline.vocabulary import Analyte, BloodSmear, LimitKey, Serology, Test

ANALYTES = {
    Analyte.TOTAL_B12: _("Total vitamin B12"),
    Analyte.ACTIVE_B12: _("Active B12 (holotranscobalamin)"),
    Analyte.MMA: _("Methylmalonic acid (MMA)"),
    Analyte.HOMOCYSTEINE: _("Homocysteine"),
    Analyte.FOLATE: _("Folate"),
    Analyte.HAEMOGLOBIN: _("Haemoglobin (Hb)"),
    Analyte.MCV: _("MCV"),
    Analyte.MCH: _("MCH"),
    Analyte.FERRITIN: _("Ferritin"),
    Analyte.RETICULOCYTES: _("Reticulocytes"),
    Analyte.CREATININE: _("Creatinine"),
    Analyte.EGFR: _("eGFR"),
    Analyte.LEUKOCYTES: _("Leukocytes"),
    Analyte.PLATELETS: _("Platelets"),
    Analyte.LD: _("LD"),
    Analyte.HAPTOGLOBIN: _("Haptoglobin"),
    Analyte.POTASSIUM: _("Potassium"),
    Analyte.GASTRIN: _("Gastrin"),
}

LIMITS = {
    LimitKey.TOTAL_B12_LOWER: _("Lower limit for total vitamin B12"),
    LimitKey.ACTIVE_B12_LOWER: _("Lower limit for active B12"),
    LimitKey.MMA_UPPER: _("Upper limit for MMA"),
    LimitKey.HOMOCYSTEINE_UPPER: _("Upper limit for homocysteine"),
    LimitKey.FOLATE_LOWER: _("Lower limit for folate"),
    LimitKey.FERRITIN_LOWER: _("Lower limit for ferritin"),
    LimitKey.HAEMOGLOBIN_LOWER: _("Lower limit for Hb"),
    LimitKey.MCV_UPPER: _("Upper limit for MCV"),
    LimitKey.MCH_UPPER: _("Upper limit for MCH"),
    LimitKey.LD_UPPER: _("Upper limit for LD"),
    LimitKey.HAPTOGLOBIN_LOWER: _("Lower limit for haptoglobin"),
    LimitKey.RETICULOCYTES_LOWER: _("Lower limit for reticulocytes"),
    LimitKey.RETICULOCYTES_UPPER: _("Upper limit for reticulocytes"),
    LimitKey.LEUKOCYTES_LOWER: _("Lower limit for leukocytes"),
    LimitKey.PLATELETS_LOWER: _("Lower limit for platelets"),
    LimitKey.POTASSIUM_LOWER: _("Lower limit for potassium"),
}

SEROLOGY = {
    Serology.POSITIVE: _("Positive"),
    Serology.NEGATIVE: _("Negative"),
}

BLOOD_SMEARS = {
    BloodSmear.MEGALOBLASTIC: _("Megaloblastic picture"),
    BloodSmear.NORMAL: _("Normal blood film"),
}

TESTS = {
    Test.TOTAL_B12: _("Total vitamin B12"),
    Test.ACTIVE_B12: _("Active B12 (holotranscobalamin)"),
    Test.MMA: _("Methylmalonic acid (MMA)"),
    Test.HOMOCYSTEINE: _("Homocysteine"),
    Test.FOLATE: _("Folate"),
    Test.ANTI_IF: _("Intrinsic factor antibodies (anti-IF)"),
    Test.ANTI_PARIETAL: _("Parietal cell antibodies"),
    Test.COELIAC_SEROLOGY: _("Coeliac serology"),
    Test.GASTRIN_FASTING: _("Fasting gastrin"),
    Test.GASTROSCOPY_WITH_BIOPSIES: _("Gastroscopy with biopsies"),
    Test.COBASORB: _("CobaSorb (absorption test)"),
    Test.BLOOD_SMEAR: _("Blood film"),
    Test.HAEMOGLOBIN: _("Haemoglobin (Hb)"),
    Test.MCV_MCH: _("MCV and MCH"),
    Test.FERRITIN: _("Ferritin"),
    Test.RETICULOCYTES: _("Reticulocytes"),
    Test.CREATININE_EGFR: _("Creatinine with eGFR"),
    Test.POTASSIUM: _("Potassium"),
    Test.CLINICAL_STATE: _("Clinical state"),
    Test.NEUROLOGICAL_SYMPTOMS: _("Neurological symptoms"),
    Test.GASTROSCOPY: _("Gastroscopy"),
    Test.REPEAT_B12_AND_METABOLITES: _("B12, MMA and homocysteine once more"),
}

TEST_REASONS = {
    Test.TOTAL_B12: _("First-line analysis: both flowcharts begin with it."),
    Test.ACTIVE_B12: _("Not changed by oestrogen, so it can be trusted where total B12 cannot."),
    Test.MMA: _("The most sensitive marker of B12 deficiency inside the cells."),
    Test.HOMOCYSTEINE: _("Rises with B12 and with folate deficiency; read it together with MMA."),
    Test.FOLATE: _(
        "Folate deficiency can look alike, can lower B12, and must not be treated alone."
    ),
    Test.ANTI_IF: _("A positive answer points to pernicious anaemia and a lifelong need of B12."),
    Test.ANTI_PARIETAL: _(
        "Finds more patients with pernicious anaemia than anti-IF, but is less specific."
    ),
    Test.COELIAC_SEROLOGY: _("Untreated coeliac disease reduces absorption and can be treated."),
    Test.GASTRIN_FASTING: _(
        "High gastrin fits atrophy of the gastric corpus. The patient must be fasting."
    ),
    Test.GASTROSCOPY_WITH_BIOPSIES: _(
        "Biopsies show the cause with certainty; most useful in younger patients."
    ),
    Test.COBASORB: _("May show whether B12 is absorbed, now that the Schilling test is gone."),
    Test.BLOOD_SMEAR: _(
        "Macro-ovalocytes and hypersegmented neutrophils support severe deficiency."
    ),
    Test.HAEMOGLOBIN: _("Shows anaemia and, under treatment, whether the marrow responds."),
    Test.MCV_MCH: _("Large red cells support B12 or folate deficiency and should normalise."),
    Test.FERRITIN: _("New red cells use iron, so iron deficiency may appear once B12 is given."),
    Test.RETICULOCYTES: _("They rise within days when the right deficiency is treated."),
    Test.CREATININE_EGFR: _("Renal failure raises MMA and homocysteine."),
    Test.POTASSIUM: _("Potassium may fall early when anaemia is treated with daily injections."),
    Test.CLINICAL_STATE: _("How the patient is doing counts more than any single result."),
    Test.NEUROLOGICAL_SYMPTOMS: _(
        "They recover slowly; worsening calls for a new assessment at once."
    ),
    Test.GASTROSCOPY: _("Atrophic gastritis carries a risk of tumours in the stomach."),
    Test.REPEAT_B12_AND_METABOLITES: _("Time often settles a result that lies near a limit."),
}
