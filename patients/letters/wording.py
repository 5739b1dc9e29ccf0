"""What the letters say about one patient, hung on the codes of the ``Interpretation``.

No sentence says more than its code: only ``confirmed_b12_deficiency`` is called certain, and what
the guideline only lets the doctor consider is not promised.
"""

from django.utils.translation import gettext_lazy as _

from interpretation.guideline.vocabulary import (
    Caveat,
    Conclusion,
    ControlTime,
    Duration,
    FolateAdvice,
    MonitoringConclusion,
    PatientInformation,
    Regimen,
)

MEANINGS = {
    Conclusion.CONFIRMED: _("You have too little vitamin B12. We are certain of this."),
    Conclusion.HIGHLY_PROBABLE: _("It is very likely that you have too little vitamin B12."),
    Conclusion.POSSIBLE: _(
        "You may have too little vitamin B12, but the answers do not settle it."
    ),
    Conclusion.UNLIKELY: _("It is unlikely that you have too little vitamin B12."),
    Conclusion.NONE: _("The tests do not show that you lack vitamin B12 now."),
    Conclusion.PROBABLE_FOLATE_DEFICIENCY: _(
        "You probably have too little folate, which is another B vitamin. That fits better than "
        "too little vitamin B12."
    ),
    Conclusion.FURTHER_TESTS: _(
        "We cannot say yet whether you have too little vitamin B12. We need more tests first."
    ),
    Conclusion.NO_INDICATION: _("What we know now gives no reason to measure vitamin B12."),
    Conclusion.OUTSIDE_SCOPE: _(
        "The advice that we follow is made for adults. It cannot say what these answers mean."
    ),
}

MONITORING = {
    MonitoringConclusion.ADEQUATE: _("The treatment works as it should."),
    MonitoringConclusion.PARTIAL_RECHECK: _(
        "The treatment has worked in part so far. We need to measure again."
    ),
    MonitoringConclusion.ABSENT_RECONSIDER: _(
        "The treatment has not had the effect that we expected. We will think through the cause "
        "once more."
    ),
    MonitoringConclusion.MIXED_SIGNAL: _(
        "The answers point in different directions. We will look for too little iron or folate."
    ),
    MonitoringConclusion.UNSATISFACTORY_ORAL: _("The tablets do not work well enough."),
    MonitoringConclusion.IRON_DEFICIENCY: _("You have too little iron."),
    MonitoringConclusion.HYPOKALAEMIA: _("You have too little potassium, a salt in the blood."),
    MonitoringConclusion.NEURO_RECOVERY_EXPECTED: _(
        "It is too early to say how the nerves are doing. They may still get better."
    ),
    MonitoringConclusion.UNINFORMATIVE: _(
        "These answers do not show how well the treatment works."
    ),
    MonitoringConclusion.CONTINUE_LIFELONG: _(
        "You need vitamin B12 for the rest of your life. The treatment goes on."
    ),
    MonitoringConclusion.MAY_BE_STOPPED: _("The treatment may be stopped."),
    MonitoringConclusion.NEW_DEFICIENCY: _("You may have too little vitamin B12 again."),
    MonitoringConclusion.STARTED: _("The treatment has begun."),
}

CAVEATS = {
    Caveat.LOW_TOTAL_B12_PREGNANCY: _(
        "In pregnancy the value of vitamin B12 falls. That alone does not mean that you lack it."
    ),
    Caveat.LOW_TOTAL_B12_ESTROGEN_CONTRACEPTION: _(
        "Contraception with oestrogen lowers the value of vitamin B12. That alone does not mean "
        "that you lack it."
    ),
    Caveat.RENAL_FAILURE_RAISES_MMA_HCY: _(
        "When the kidneys work less well, some of the values rise. That makes them harder to read."
    ),
    Caveat.ONGOING_B12_MASKS: _(
        "You take vitamin B12 already. That may make the answers look better than they are."
    ),
    Caveat.NEURO_RECOVERY_6_12_MONTHS: _(
        "Symptoms from the nerves need time. It may take 6 to 12 months before they are better."
    ),
}
"""The few caveats that help a patient to read the answers."""

REGIMENS = {
    Regimen.NONE: _("You will not start with vitamin B12 now."),
    Regimen.ORAL_UNCOMPLICATED: _("You will take tablets with vitamin B12."),
    Regimen.IM_5_DAYS_THEN_ORAL: _(
        "You will have injections with vitamin B12 for 5 days. After that you take tablets."
    ),
    Regimen.IM_5_DAYS_THEN_IM_HYDROXO: _(
        "You will have injections with vitamin B12. First you get one a day for 5 days, later "
        "they come more seldom."
    ),
    Regimen.IM_5_DAYS_THEN_IM_CYANO: _(
        "You will have injections with vitamin B12. First you get one a day for 5 days, later "
        "they come more seldom."
    ),
    Regimen.LOW_DOSE_TRIOBE: _("You will take a low dose of vitamin B12 as tablets."),
    Regimen.SUPPLEMENT_6_9_UG: _("You will take a food supplement with vitamin B12."),
    Regimen.PROPHYLAXIS_DIET_SUPPLEMENT: _(
        "You will take a food supplement with vitamin B12, so that you do not come to lack it."
    ),
    Regimen.PROPHYLAXIS_ORAL_1MG: _(
        "You will take tablets with vitamin B12, so that you do not come to lack it."
    ),
    Regimen.PROPHYLAXIS_IM_EVERY_3_MONTHS: _(
        "You will have injections with vitamin B12, so that you do not come to lack it."
    ),
    Regimen.SWITCH_TO_ORAL_1MG: _("You will change from injections to tablets."),
    Regimen.ORAL_2MG: _("You will take tablets with vitamin B12."),
    Regimen.RESTART_PARENTERAL: _("You will have injections with vitamin B12 again."),
    Regimen.TREATMENT_TRIAL_ORAL: _(
        "You will try tablets with vitamin B12 for 2 weeks. Then we measure again."
    ),
    Regimen.CONTINUE_ORAL_1MG: _("You go on with the tablets."),
    Regimen.CONTINUE_IM_MAINTENANCE: _("You go on with the injections."),
    Regimen.CONTINUE_CURRENT: _("You go on with the treatment that you have."),
    Regimen.STOP_B12: _("You will stop taking vitamin B12."),
}

DRUGS = {
    "vitamin_b12_tablets": _("tablets with vitamin B12"),
    "hydroxocobalamin": _("injection with vitamin B12 (hydroxocobalamin)"),
    "cyanocobalamin": _("injection with vitamin B12 (cyanocobalamin)"),
    "triobe": _("Triobe tablets (vitamin B12, folic acid and vitamin B6)"),
    "b12_supplement": _("food supplement with vitamin B12"),
}

DURATIONS = {
    Duration.LIFELONG: _("You need vitamin B12 for the rest of your life."),
    Duration.UNTIL_STORES_FILLED: _(
        "You need vitamin B12 until your stores are full and the disease behind it is treated."
    ),
    Duration.UNTIL_DIET_CORRECTED: _("You need vitamin B12 until your food gives you enough."),
    Duration.UNTIL_DIET_OR_SUPPLEMENT_SECURED: _(
        "You need vitamin B12 until your food or a supplement gives you enough."
    ),
    Duration.UNTIL_CAUSE_KNOWN: _(
        "We do not know yet how long you need vitamin B12. We decide when we know the cause."
    ),
}

FOLATE = {
    FolateAdvice.FIVE_MG_AFTER_B12: _(
        "You will also take folic acid, 5 milligrams a day. Do not start with it before you "
        "have started with vitamin B12."
    ),
    FolateAdvice.FIVE_MG: _("You will take folic acid, 5 milligrams a day."),
    FolateAdvice.CONTINUE: _("You go on with folic acid."),
    FolateAdvice.STOP: _("You may stop with folic acid: vitamin B12 and folate are fine."),
}
"""What the guideline only lets the doctor consider is not promised."""

CONTROL_REASONS = {
    ControlTime.DAY_7_TO_14: _("By then the body should be making new blood cells."),
    ControlTime.TWO_WEEKS: _("By then we can see whether the tablets work."),
    ControlTime.TWO_TO_THREE_MONTHS: _(
        "By then the signs that you lack vitamin B12 should be gone."
    ),
    ControlTime.THREE_MONTHS: _("We see whether tablets work as well for you as injections did."),
    ControlTime.SIX_TO_TWELVE_MONTHS: _(
        "Symptoms from the nerves may need this long to get better."
    ),
    ControlTime.ANNUAL: _("Once a year we see whether the dose is still right for you."),
    ControlTime.ANNUAL_AFTER_STOPPING: _(
        "Once a year we see whether you still have enough vitamin B12."
    ),
    ControlTime.AFTER_SOME_WEEKS: _("We see whether you go on getting better."),
    ControlTime.AFTER_SOME_MONTHS: _("Time may show more clearly whether you lack vitamin B12."),
    ControlTime.EVERY_5_YEARS: _("Every fifth year we offer a look at the stomach."),
    ControlTime.DURING_INJECTIONS: _(
        "While you get injections every day, we keep an eye on a salt in the blood."
    ),
}

INFORMATION = {
    PatientInformation.TABLETS_SAFE: _(
        "Tablets are a safe and good choice. They give less trouble than injections."
    ),
    PatientInformation.FEWER_VISITS: _(
        "With tablets the level in the blood is steady. You get no bruises, and you need fewer "
        "visits."
    ),
    PatientInformation.ANIMAL_FOODS: _(
        "Vitamin B12 is found only in food from animals: meat, fish, eggs, milk and cheese. You "
        "need about 2 micrograms a day."
    ),
    PatientInformation.STORES_LAST: _(
        "The body has large stores of vitamin B12. They last for 2 to 5 years when you get too "
        "little."
    ),
    PatientInformation.NORMAL_UPTAKE: _(
        "To take up vitamin B12 you need acid in the stomach, a protein that the stomach makes, "
        "and the last part of the small bowel."
    ),
    PatientInformation.SUPPLEMENT_OTC: _(
        "If you eat little food from animals, you should take a supplement with vitamin B12. You "
        "can buy it at the pharmacy."
    ),
    PatientInformation.NEURO_RECOVERY: _(
        "Symptoms from the nerves need time. It may take 6 to 12 months before they are better."
    ),
    PatientInformation.PREVALENCE: _(
        "Many people lack vitamin B12 when they grow old, because the stomach takes up less of it."
    ),
}
