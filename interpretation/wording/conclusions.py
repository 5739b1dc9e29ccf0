"""The answer in words: conclusion, control under treatment, cause, what to tell the patient.

Only ``confirmed_b12_deficiency`` is called certain; no sentence says more than its code.
"""

from django.utils.translation import gettext_lazy as _

from interpretation.guideline.vocabulary import (
    CauseGroup,
    Conclusion,
    MonitoringConclusion,
    PatientInformation,
)

CONCLUSIONS = {
    Conclusion.CONFIRMED: _("The patient has a certain vitamin B12 deficiency."),
    Conclusion.HIGHLY_PROBABLE: _("Vitamin B12 deficiency is highly probable."),
    Conclusion.POSSIBLE: _("Vitamin B12 deficiency is possible; the results do not settle it."),
    Conclusion.UNLIKELY: _("Vitamin B12 deficiency is unlikely."),
    Conclusion.NONE: _("The results show no vitamin B12 deficiency now."),
    Conclusion.PROBABLE_FOLATE_DEFICIENCY: _(
        "Folate deficiency is probable, rather than vitamin B12 deficiency."
    ),
    Conclusion.FURTHER_TESTS: _("More tests are needed before the question can be answered."),
    Conclusion.NO_INDICATION: _("Nothing stated here gives a reason to order B12 tests."),
    Conclusion.OUTSIDE_SCOPE: _(
        "The guideline is for adults and does not answer for this patient; confer with a "
        "paediatrician."
    ),
}

CONCLUSION_SHORT = {
    Conclusion.CONFIRMED: _("Certain B12 deficiency"),
    Conclusion.HIGHLY_PROBABLE: _("B12 deficiency highly probable"),
    Conclusion.POSSIBLE: _("Possible B12 deficiency"),
    Conclusion.UNLIKELY: _("B12 deficiency unlikely"),
    Conclusion.NONE: _("No B12 deficiency now"),
    Conclusion.PROBABLE_FOLATE_DEFICIENCY: _("Probable folate deficiency"),
    Conclusion.FURTHER_TESTS: _("More tests needed"),
    Conclusion.NO_INDICATION: _("No reason to test"),
    Conclusion.OUTSIDE_SCOPE: _("Outside the guideline"),
}

MONITORING = {
    MonitoringConclusion.ADEQUATE: _("The treatment works as expected."),
    MonitoringConclusion.PARTIAL_RECHECK: _(
        "The treatment has a partial effect so far; measure again."
    ),
    MonitoringConclusion.ABSENT_RECONSIDER: _(
        "The expected response is absent; reconsider the diagnosis."
    ),
    MonitoringConclusion.MIXED_SIGNAL: _(
        "The results point in different directions; look for iron or folate deficiency."
    ),
    MonitoringConclusion.UNSATISFACTORY_ORAL: _("The tablets do not work well enough."),
    MonitoringConclusion.IRON_DEFICIENCY: _("The patient has iron deficiency."),
    MonitoringConclusion.HYPOKALAEMIA: _("Potassium is low during intensive treatment."),
    MonitoringConclusion.NEURO_RECOVERY_EXPECTED: _(
        "It is too early to judge the nerves; recovery may still come."
    ),
    MonitoringConclusion.UNINFORMATIVE: _(
        "The results at hand do not show how the treatment works."
    ),
    MonitoringConclusion.CONTINUE_LIFELONG: _("The need is lifelong; the treatment goes on."),
    MonitoringConclusion.MAY_BE_STOPPED: _("The treatment may be stopped."),
    MonitoringConclusion.NEW_DEFICIENCY: _("A new B12 deficiency is suspected."),
    MonitoringConclusion.STARTED: _("The treatment has begun; plan the controls."),
}

MONITORING_ACTIONS = {
    MonitoringConclusion.ADEQUATE: _("Continue as planned until the next control."),
    MonitoringConclusion.PARTIAL_RECHECK: _(
        "Continue, ask whether the medicine is taken, and repeat the tests."
    ),
    MonitoringConclusion.ABSENT_RECONSIDER: _(
        "Ask whether the medicine was taken. Then look for another explanation of the findings."
    ),
    MonitoringConclusion.MIXED_SIGNAL: _(
        "Check ferritin and folate, and consider another cause of the anaemia."
    ),
    MonitoringConclusion.UNSATISFACTORY_ORAL: _(
        "Ask about intake and check ferritin and folate. Raise to 2 mg daily or change to "
        "injections."
    ),
    MonitoringConclusion.IRON_DEFICIENCY: _("Give iron, and continue B12."),
    MonitoringConclusion.HYPOKALAEMIA: _(
        "Treat the low potassium and follow it closely; continue B12."
    ),
    MonitoringConclusion.NEURO_RECOVERY_EXPECTED: _(
        "Continue, and follow the nerve symptoms for up to 12 months. Reassess at once if "
        "they get worse."
    ),
    MonitoringConclusion.UNINFORMATIVE: _(
        "Judge by blood count and symptoms, and take the tests that are missing."
    ),
    MonitoringConclusion.CONTINUE_LIFELONG: _("Continue the treatment and check once a year."),
    MonitoringConclusion.MAY_BE_STOPPED: _(
        "Agree with the patient to stop, and follow B12 once a year."
    ),
    MonitoringConclusion.NEW_DEFICIENCY: _(
        "Assess as a new case: symptoms, B12, folate, MMA and homocysteine."
    ),
    MonitoringConclusion.STARTED: _(
        "Book the controls below, and tell the patient what to expect."
    ),
}

CAUSE_GROUPS = {
    CauseGroup.INTAKE: _("Too little intake or increased need"),
    CauseGroup.MALABSORPTION: _("Malabsorption"),
    CauseGroup.DRUGS: _("Medicines or misuse of nitrous oxide"),
    CauseGroup.TRANSPORT_METABOLISM: _("Defect of transport or metabolism"),
}

PATIENT_INFORMATION = {
    PatientInformation.TABLETS_SAFE: _(
        "Tablets are a safe and good choice, and less likely to give trouble than injections."
    ),
    PatientInformation.FEWER_VISITS: _(
        "With tablets the level in the blood stays steady, there are no bruises, and you "
        "need fewer visits."
    ),
    PatientInformation.ANIMAL_FOODS: _(
        "Vitamin B12 comes only from animal foods: meat, fish, eggs and dairy. An adult "
        "needs about 2 µg a day, and an ordinary Norwegian diet gives plenty."
    ),
    PatientInformation.STORES_LAST: _(
        "The body has large stores of B12. They usually last 2 to 5 years, so a deficiency "
        "can appear long after a change of diet or an operation."
    ),
    PatientInformation.NORMAL_UPTAKE: _(
        "To take up B12 the body needs acid in the stomach, a protein that the stomach makes "
        "(intrinsic factor), and the last part of the small bowel."
    ),
    PatientInformation.SUPPLEMENT_OTC: _(
        "If you eat little or no animal food, take a supplement with vitamin B12. Pharmacies "
        "sell it without a prescription."
    ),
    PatientInformation.NEURO_RECOVERY: _(
        "Tingling and other nerve symptoms take time. It may be 6 to 12 months before they "
        "are better."
    ),
    PatientInformation.PREVALENCE: _(
        "Low B12 becomes more common with age, because the stomach takes up the vitamin less well."
    ),
}
