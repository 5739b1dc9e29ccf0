"""Caveats on the results: what disturbs them, what is missing, what cannot be used."""

from django.utils.translation import gettext_lazy as _

from interpretation.guideline.vocabulary import Caveat

RESULTS = {
    Caveat.NO_GOLD_STANDARD: (
        _("No single test settles the diagnosis"),
        _("Weigh symptoms and risk factors together with the results; the limits are guidance."),
    ),
    Caveat.LOW_TOTAL_B12_PREGNANCY: (
        _("Pregnancy lowers total B12"),
        _(
            "Haptocorrin falls in pregnancy, and total B12 with it, without any lack in the "
            "cells. Use active B12, or MMA and homocysteine."
        ),
    ),
    Caveat.LOW_TOTAL_B12_ESTROGEN_CONTRACEPTION: (
        _("Oestrogen lowers total B12"),
        _(
            "Contraception with oestrogen lowers haptocorrin, and total B12 with it, without any "
            "lack in the cells. Use active B12, or MMA and homocysteine."
        ),
    ),
    Caveat.LOW_TOTAL_B12_HAPTOCORRIN_DEFICIENCY: (
        _("Low B12 may be haptocorrin deficiency"),
        _(
            "Congenital lack of haptocorrin is behind up to 15 per cent of low B12 values and "
            "does no harm. Normal MMA or active B12 points that way."
        ),
    ),
    Caveat.LOW_TOTAL_B12_FOLATE_DEFICIENCY: (
        _("Folate deficiency can lower B12"),
        _("B12 may be low because folate is low. MMA shows whether B12 is lacking too."),
    ),
    Caveat.LOW_TOTAL_B12_LEUKOPENIA: (
        _("Leukopenia can lower B12"),
        _(
            "White cells make haptocorrin, so few of them give low total B12. Measure MMA before "
            "you dismiss the value: leukopenia can also be a sign of deficiency."
        ),
    ),
    Caveat.LOW_TOTAL_B12_MYELOMA: (
        _("Myeloma can lower B12"),
        _("B12 may be low in myeloma without any lack in the cells. Let MMA decide."),
    ),
    Caveat.ACTIVE_B12_PREFERRED: (
        _("Active B12 is the better test here"),
        _(
            "Active B12 does not change with oestrogen. Where it has been measured, it counts "
            "more than total B12."
        ),
    ),
    Caveat.RENAL_FAILURE_RAISES_MMA_HCY: (
        _("Renal failure raises MMA and homocysteine"),
        _(
            "A moderate rise may come from the kidneys. A normal MMA still speaks against "
            "deficiency."
        ),
    ),
    Caveat.MMA_ABOVE_0_50_NOT_RENAL: (
        _("MMA above 0.50 is seldom the kidneys alone"),
        _(
            "Even severe renal failure seldom brings MMA above 0.50 µmol/L. Read the value as a "
            "sign of B12 deficiency."
        ),
    ),
    Caveat.AGE_SPECIFIC_MMA_LIMIT: (
        _("The limit for MMA depends on age"),
        _(
            "MMA is normal below 0.26 µmol/L up to 70 years and below 0.36 above 70, unless the "
            "laboratory states its own limit."
        ),
    ),
    Caveat.MMA_BACTERIAL_OVERGROWTH: (
        _("Bacterial overgrowth raises MMA"),
        _(
            "The rise may come from the bowel bacteria, but overgrowth can also cause a real "
            "deficiency. See whether MMA falls on treatment."
        ),
    ),
    Caveat.MMA_SLIGHTLY_RAISED: (
        _("Slightly raised MMA is hard to interpret"),
        _("Let symptoms and risk decide how much it weighs, or measure again later."),
    ),
    Caveat.HCY_NONSPECIFIC: (
        _("Raised homocysteine is not specific for B12"),
        _(
            "It also rises with lack of folate or vitamin B6, renal failure and several other "
            "conditions."
        ),
    ),
    Caveat.HCY_BORDERLINE_15_20: (
        _("Homocysteine 15 to 20 is borderline"),
        _(
            "Between 15 and 20 µmol/L the laboratory's own limit decides. Enter it, and measure "
            "folate."
        ),
    ),
    Caveat.ANTI_IF_NEGATIVE_NOT_EXCLUDING: (
        _("Negative anti-IF does not exclude pernicious anaemia"),
        _(
            "The test finds only 40 to 60 per cent of the patients. Go on with the work-up if "
            "the cause is unknown."
        ),
    ),
    Caveat.ANTI_IF_FALSE_HIGH_B12: (
        _("Anti-IF can make B12 falsely high"),
        _(
            "The antibodies disturb some B12 methods. Do not lean on a normal B12; use MMA and "
            "homocysteine."
        ),
    ),
    Caveat.ANTI_IF_POSITIVE_LIFELONG: (
        _("Positive anti-IF: lifelong B12"),
        _(
            "In about 95 per cent it means autoimmune atrophic gastritis (pernicious anaemia). "
            "Plan B12 for life."
        ),
    ),
    Caveat.AUTOIMMUNE_PA_RISK: (
        _("Autoimmune disease raises the risk"),
        _(
            "Pernicious anaemia is more frequent in patients with another autoimmune disease. "
            "Have a low threshold for anti-IF."
        ),
    ),
    Caveat.ANTI_PARIETAL_LOW_SPECIFICITY: (
        _("Parietal cell antibodies are not specific"),
        _(
            "About 80 per cent of those with pernicious anaemia have them, but so have 10 to 20 "
            "per cent of patients with other diseases. A positive test alone proves nothing."
        ),
    ),
    Caveat.GASTRIN_CONFOUNDED: (
        _("Gastrin may be high for another reason"),
        _(
            "Proton-pump inhibitors, H2-blockers and renal failure raise gastrin. A high value "
            "does not prove atrophy here."
        ),
    ),
    Caveat.GASTRIN_FASTING: (
        _("Gastrin must be taken fasting"),
        _("A sample taken after a meal cannot be used. Ask the patient to come fasting."),
    ),
    Caveat.LOCAL_LIMIT_APPLIES: (
        _("The laboratory's own limit is used"),
        _(
            "Limits depend on the method, so the laboratory's limit goes before the guideline's "
            "number."
        ),
    ),
    Caveat.LOCAL_LIMIT_MISSING: (
        _("The laboratory's limit is not stated"),
        _(
            "The lower limit depends on the method, so the answer may be another with your "
            "laboratory's limit. Enter it if you have it."
        ),
    ),
    Caveat.BOUNDARY_VALUE: (
        _("A value lies exactly on a limit"),
        _(
            "Small differences between samples could move it to either side. Let the clinical "
            "picture weigh more."
        ),
    ),
    Caveat.DISCORDANT_TOTAL_ACTIVE: (
        _("Total and active B12 disagree"),
        _(
            "One points to deficiency more than the other. Let MMA and homocysteine decide, and "
            "do not wait with treatment if there are neurological signs."
        ),
    ),
    Caveat.ONGOING_B12_MASKS: (
        _("Ongoing B12 makes the results look normal"),
        _(
            "A supplement or treatment normalises B12, MMA and homocysteine. Normal values do "
            "not exclude an earlier deficiency."
        ),
    ),
    Caveat.FUNCTIONAL_DEFICIENCY_POSSIBLE: (
        _("Normal B12 does not exclude deficiency"),
        _(
            "With strong suspicion the cells may lack B12 although the blood level is normal. "
            "Measure MMA and homocysteine."
        ),
    ),
    Caveat.MISSING_MMA: (
        _("MMA is missing"),
        _("Without MMA the B12 question stays open."),
    ),
    Caveat.MISSING_HCY: (
        _("Homocysteine is missing"),
        _("Without homocysteine the folate question stays open."),
    ),
    Caveat.MISSING_B12: (
        _("B12 is not measured"),
        _("Both flowcharts begin with B12. Order total or active B12."),
    ),
    Caveat.MISSING_FOLATE: (
        _("Folate is not measured"),
        _(
            "Measure folate before any folic acid is given; the two deficiencies look alike and "
            "may coexist."
        ),
    ),
    Caveat.MISSING_AGE: (
        _("The age is not stated"),
        _(
            "The limit for MMA rises after 70 years. The lower limit is used until you enter the "
            "age."
        ),
    ),
    Caveat.MISSING_PATHWAY: (
        _("The degree of suspicion is not stated"),
        _(
            "The same number means more with strong suspicion. State your suspicion or the "
            "symptoms."
        ),
    ),
    Caveat.NORMAL_FOR_AGE_BORDERLINE: (
        _("MMA normal for the age, but borderline"),
        _(
            "Above 70 years MMA from 0.26 to 0.36 µmol/L is within the range, but in its upper "
            "part. Plan a new sample."
        ),
    ),
    Caveat.LEUKOPENIA_THROMBOCYTOPENIA: (
        _("Low cell counts may come from the deficiency"),
        _(
            "Severe B12 deficiency can lower white cells and platelets. Do not use them to "
            "explain a low B12 away."
        ),
    ),
    Caveat.INTRAMEDULLARY_HAEMOLYSIS: (
        _("The blood picture fits haemolysis in the marrow"),
        _(
            "Very high LD with low haptoglobin and few reticulocytes is typical of pernicious "
            "anaemia."
        ),
    ),
    Caveat.IMPLAUSIBLE_VALUE: (
        _("A value cannot be right"),
        _("It was not used. Check the number and the unit against the laboratory's answer."),
    ),
    Caveat.UNIT_SUSPECTED: (
        _("A value may be in another unit"),
        _("It was neither used nor converted. Choose the right unit or correct the number."),
    ),
    Caveat.INCONSISTENT_INPUT: (
        _("The information contradicts itself"),
        _("No conclusion is built on it. Correct what is marked."),
    ),
    Caveat.NOT_FROM_GUIDELINE: (
        _("Some numbers are not from the guideline"),
        _(
            "The guideline states no number here, and a usual one was used. Your laboratory's "
            "own limit replaces it."
        ),
    ),
}
