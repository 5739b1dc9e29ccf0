"""Tests and answers in words for the patient: each name says what the thing is."""

from django.utils.translation import gettext_lazy as _

from interpretation.guideline.vocabulary import Analyte, Test

# What a test is: homocysteine and folate G66; methylmalonic acid G55, G59; antibodies and uptake
# G82, G85, G136; gastrin G86; the rest is common knowledge, not from the guideline.

ANALYTES = {
    Analyte.TOTAL_B12: _("Vitamin B12"),
    Analyte.ACTIVE_B12: _("Active vitamin B12 (the part that the cells can use)"),
    Analyte.MMA: _("Methylmalonic acid (rises when the cells lack vitamin B12)"),
    Analyte.HOMOCYSTEINE: _("Homocysteine (rises when you lack vitamin B12 or folate)"),
    Analyte.FOLATE: _("Folate (another B vitamin)"),
    Analyte.HAEMOGLOBIN: _("Haemoglobin (the red dye of the blood)"),
    Analyte.MCV: _("Size of the red blood cells (MCV)"),
    Analyte.MCH: _("Dye in each red blood cell (MCH)"),
    Analyte.FERRITIN: _("Store of iron (ferritin)"),
    Analyte.RETICULOCYTES: _("Young red blood cells (reticulocytes)"),
    Analyte.CREATININE: _("Kidney test (creatinine)"),
    Analyte.EGFR: _("How well the kidneys work (eGFR)"),
    Analyte.LEUKOCYTES: _("White blood cells"),
    Analyte.PLATELETS: _("Blood platelets"),
    Analyte.LD: _("An enzyme from the cells (LD)"),
    Analyte.HAPTOGLOBIN: _("A protein in the blood (haptoglobin)"),
    Analyte.POTASSIUM: _("Potassium (a salt in the blood)"),
    Analyte.GASTRIN: _("Gastrin (a hormone from the stomach)"),
}

TESTS = {
    Test.TOTAL_B12: _("vitamin B12"),
    Test.ACTIVE_B12: _("active vitamin B12 (the part that the cells can use)"),
    Test.MMA: _("methylmalonic acid (rises when the cells lack vitamin B12)"),
    Test.HOMOCYSTEINE: _("homocysteine (rises when you lack vitamin B12 or folate)"),
    Test.FOLATE: _("folate (another B vitamin)"),
    Test.ANTI_IF: _("antibodies against a protein from the stomach (intrinsic factor)"),
    Test.ANTI_PARIETAL: _("antibodies against cells in the stomach (parietal cells)"),
    Test.COELIAC_SEROLOGY: _("test for coeliac disease (the gut does not stand gluten)"),
    Test.GASTRIN_FASTING: _("gastrin (a hormone from the stomach)"),
    Test.GASTROSCOPY_WITH_BIOPSIES: _(
        "gastroscopy (a look into the stomach through a thin tube, with small samples)"
    ),
    Test.COBASORB: _("test of how you take up vitamin B12 (CobaSorb)"),
    Test.BLOOD_SMEAR: _("the blood cells, seen in a microscope"),
    Test.HAEMOGLOBIN: _("haemoglobin (the red dye of the blood)"),
    Test.MCV_MCH: _("size and dye of the red blood cells"),
    Test.FERRITIN: _("store of iron (ferritin)"),
    Test.RETICULOCYTES: _("young red blood cells (reticulocytes)"),
    Test.CREATININE_EGFR: _("kidney test (creatinine)"),
    Test.POTASSIUM: _("potassium (a salt in the blood)"),
    Test.CLINICAL_STATE: _("a talk about how you are"),
    Test.NEUROLOGICAL_SYMPTOMS: _("symptoms from the nerves"),
    Test.GASTROSCOPY: _("gastroscopy (a look into the stomach through a thin tube)"),
    Test.REPEAT_B12_AND_METABOLITES: _(
        "vitamin B12, methylmalonic acid and homocysteine once more"
    ),
}

FASTING = frozenset({Test.GASTRIN_FASTING})
"""The sample is taken fasting (G86)."""

NOT_BLOOD = frozenset(
    {
        Test.CLINICAL_STATE,
        Test.NEUROLOGICAL_SYMPTOMS,
        Test.GASTROSCOPY,
        Test.GASTROSCOPY_WITH_BIOPSIES,
        Test.COBASORB,
    }
)

FINDINGS = {
    "positive": _("found"),
    "negative": _("not found"),
    "megaloblastic": _("some cells are larger than usual"),
    "normal": _("as usual"),
}
"""Answers that are words. A megaloblastic film: G71."""
