"""The patient in words: who, why, and what is already given."""

from django.utils.translation import gettext_lazy as _

from interpretation.guideline.vocabulary import (
    NeuroCourse,
    OngoingFolate,
    OngoingRegimen,
    OrganSystem,
    Pathway,
    Preference,
    Risk,
    RiskGroup,
    Sex,
    Symptom,
)

SEXES = {
    Sex.FEMALE: _("Female"),
    Sex.MALE: _("Male"),
}

PATHWAYS = {
    Pathway.STRONG_SUSPICION: _("Strong clinical suspicion (flowchart 1)"),
    Pathway.NONSPECIFIC: _("Non-specific symptoms or increased risk (flowchart 2)"),
}

ORGAN_SYSTEMS = {
    OrganSystem.BLOOD: _("Bone marrow and blood"),
    OrganSystem.CENTRAL_NERVOUS_SYSTEM: _("Central nervous system"),
    OrganSystem.PERIPHERAL_NERVES: _("Peripheral nerves"),
    OrganSystem.SENSES: _("Sight, hearing and taste"),
    OrganSystem.GASTROINTESTINAL: _("Gastrointestinal tract"),
    OrganSystem.MUSCULOSKELETAL: _("Muscles and skeleton"),
    OrganSystem.HEART_VESSELS: _("Heart and vessels"),
    OrganSystem.AUTONOMIC: _("Autonomic nervous system"),
    OrganSystem.SKIN_HAIR_NAILS: _("Skin, hair and nails"),
    OrganSystem.CHILDREN: _("Signs in children"),
}

SYMPTOMS = {
    Symptom.FATIGUE: _("Weakness"),
    Symptom.TIREDNESS: _("Tiredness"),
    Symptom.DYSPNOEA: _("Breathlessness (dyspnoea)"),
    Symptom.COLD_HANDS_FEET: _("Cold hands and feet"),
    Symptom.ANAEMIA: _("Anaemia"),
    Symptom.MACROCYTIC_ANAEMIA: _("Macrocytic anaemia"),
    Symptom.MACROCYTOSIS: _("Macrocytosis"),
    Symptom.HIGH_LD: _("High LD"),
    Symptom.REDUCED_INITIATIVE: _("Reduced initiative"),
    Symptom.MEMORY_IMPAIRMENT: _("Impaired memory"),
    Symptom.DEPRESSION: _("Depression"),
    Symptom.UNSTEADINESS: _("Unsteadiness"),
    Symptom.PSYCHOSIS: _("Psychosis"),
    Symptom.PARAESTHESIA: _("Paraesthesia"),
    Symptom.LIGHTNING_PAINS: _("Lightning pains"),
    Symptom.TREMOR: _("Tremor"),
    Symptom.ATAXIA: _("Ataxia"),
    Symptom.REDUCED_REFLEXES: _("Reduced reflexes"),
    Symptom.OPTIC_ATROPHY: _("Optic atrophy"),
    Symptom.TINNITUS: _("Tinnitus"),
    Symptom.REDUCED_TASTE_SMELL: _("Reduced taste or smell"),
    Symptom.BURNING_MOUTH: _("Burning mouth or oesophagus"),
    Symptom.GLOSSITIS: _("Glossitis (red, smooth tongue)"),
    Symptom.NAUSEA: _("Nausea"),
    Symptom.CONSTIPATION: _("Constipation"),
    Symptom.FLATULENCE: _("Flatulence"),
    Symptom.WEIGHT_LOSS: _("Weight loss"),
    Symptom.DIARRHOEA: _("Diarrhoea"),
    Symptom.MUSCLE_WEAKNESS: _("Muscle fatigue or weakness"),
    Symptom.JOINT_PAIN: _("Joint pain"),
    Symptom.CONDUCTION_DISTURBANCE: _("Cardiac conduction disturbance"),
    Symptom.ARRHYTHMIA: _("Arrhythmia"),
    Symptom.PRECORDIAL_PAIN: _("Precordial pain"),
    Symptom.OEDEMA: _("Oedema"),
    Symptom.ERECTILE_DYSFUNCTION: _("Erectile dysfunction"),
    Symptom.INFERTILITY: _("Infertility"),
    Symptom.HYPOTENSION: _("Hypotension"),
    Symptom.HYPERPIGMENTATION: _("Hyperpigmentation"),
    Symptom.WHITE_NAILS: _("White nails"),
    Symptom.LOSS_OF_HAIR_COLOUR: _("Loss of hair colour"),
    Symptom.DEVELOPMENTAL_DELAY: _("Developmental delay"),
    Symptom.FAILURE_TO_THRIVE: _("Failure to thrive"),
}

RISK_GROUPS = {
    RiskGroup.INTAKE: _("Diet and increased need"),
    RiskGroup.MALABSORPTION: _("Reduced absorption"),
    RiskGroup.DRUGS: _("Medicines and drugs"),
    RiskGroup.INTERPRETATION: _("Affects the interpretation of results"),
    RiskGroup.TREATMENT: _("Affects the choice of treatment"),
    RiskGroup.CHILDREN: _("Risk in children"),
}

RISKS = {
    Risk.VEGAN: _("Vegan diet"),
    Risk.VEGETARIAN: _("Vegetarian diet"),
    Risk.B12_POOR_DIET: _("Other diet poor in B12"),
    Risk.ELDERLY: _("Old age (your judgement)"),
    Risk.UNDERNOURISHED: _("Undernourishment"),
    Risk.PREGNANCY: _("Pregnancy"),
    Risk.BREASTFEEDING: _("Breastfeeding"),
    Risk.AUTOIMMUNE_DISEASE: _("Autoimmune disease"),
    Risk.PERNICIOUS_ANAEMIA_KNOWN: _("Known pernicious anaemia"),
    Risk.H_PYLORI_GASTRITIS: _("Helicobacter pylori gastritis"),
    Risk.CROHN_TERMINAL_ILEUM: _("Disease of the terminal ileum (Crohn's disease)"),
    Risk.INFLAMMATORY_BOWEL_DISEASE: _("Inflammatory bowel disease"),
    Risk.TERMINAL_ILEUM_RESECTION: _("Resection of the terminal ileum"),
    Risk.COLON_SURGERY: _("Surgery of the colon"),
    Risk.GASTRIC_BYPASS: _("Gastric bypass"),
    Risk.SLEEVE_GASTRECTOMY: _("Sleeve gastrectomy"),
    Risk.TOTAL_GASTRECTOMY: _("Total gastrectomy"),
    Risk.FUNDUS_CORPUS_REMOVED: _("Fundus and corpus of the stomach removed"),
    Risk.GASTRIC_SURGERY: _("Other surgery of the stomach"),
    Risk.COELIAC_DISEASE_UNTREATED: _("Coeliac disease, untreated"),
    Risk.COELIAC_DISEASE_TREATED: _("Coeliac disease, treated"),
    Risk.PANCREATIC_INSUFFICIENCY: _("Pancreatic insufficiency"),
    Risk.BACTERIAL_OVERGROWTH: _("Bacterial overgrowth of the stomach or small bowel"),
    Risk.LONG_TERM_PPI: _("Long-term proton-pump inhibitor"),
    Risk.SHORT_TERM_PPI: _("Short-term proton-pump inhibitor"),
    Risk.LONG_TERM_H2_BLOCKER: _("Long-term H2-blocker"),
    Risk.LONG_TERM_METFORMIN: _("Long-term metformin"),
    Risk.NITROUS_OXIDE_MISUSE: _("Misuse of nitrous oxide"),
    Risk.RENAL_FAILURE: _("Renal failure"),
    Risk.MYELOMA: _("Myeloma"),
    Risk.LEUKOPENIA: _("Leukopenia"),
    Risk.PROGESTOGEN_ONLY_PILL: _("Progestogen-only pill"),
    Risk.HORMONE_REPLACEMENT_OESTROGEN: _("Hormone replacement with oestrogen"),
    Risk.SWALLOWING_DIFFICULTY: _("Difficulty in swallowing"),
    Risk.ANTICOAGULANT: _("Anticoagulant"),
    Risk.DEMENTIA: _("Dementia"),
    Risk.MOTHER_VEGAN_UNSUPPLEMENTED: _("Mother vegan without a supplement"),
}

PREFERENCES = {
    Preference.ORAL: _("Prefers tablets"),
    Preference.IM: _("Prefers injections"),
    Preference.CYANOCOBALAMIN_IM: _("Prefers injections of cyanocobalamin"),
}

NEURO_COURSES = {
    NeuroCourse.IMPROVING: _("Improving"),
    NeuroCourse.UNCHANGED: _("Unchanged"),
    NeuroCourse.WORSE: _("Worse"),
    NeuroCourse.RESOLVED: _("Gone"),
}

ONGOING_REGIMENS = {
    OngoingRegimen.ORAL_1MG: _("Tablets 1 mg daily"),
    OngoingRegimen.IM_HYDROXO_EVERY_2_MONTHS: _("Hydroxocobalamin injection every second month"),
    OngoingRegimen.IM_HYDROXO_EVERY_3_MONTHS: _("Hydroxocobalamin injection every third month"),
}

ONGOING_FOLATE = {OngoingFolate.FIVE_MG_DAILY: _("Folic acid 5 mg daily")}

QUESTIONS = {
    "age": _("How old is the patient? The limit for MMA depends on age."),
    "pathway": _("Is your suspicion of B12 deficiency strong, or are the symptoms non-specific?"),
    "confirm_conversion": _(
        "Is the converted value right? Check it against the laboratory's answer."
    ),
    "all": _("Nothing is known yet. Enter age, symptoms or results."),
}
