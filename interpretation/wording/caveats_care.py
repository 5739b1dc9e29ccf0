"""Caveats on the patient's care: urgency, cause, treatment, follow-up."""

from django.utils.translation import gettext_lazy as _

from interpretation.guideline.vocabulary import Caveat

CARE = {
    Caveat.NEURO_BEFORE_ANAEMIA: (
        _("Normal Hb and MCV do not exclude deficiency"),
        _("Neurological symptoms may appear first, long before anaemia or large red cells."),
    ),
    Caveat.DO_NOT_DELAY_NEURO: (
        _("Neurological signs: do not wait"),
        _(
            "The damage can become permanent if treatment is late. Take the samples, and start "
            "without waiting for the answers."
        ),
    ),
    Caveat.SUBCLINICAL_UNSETTLED: (
        _("The benefit of treating mild deficiency is unsettled"),
        _(
            "With only a mild biochemical deficiency both treatment and watchful waiting can be "
            "defended. Decide together with the patient."
        ),
    ),
    Caveat.CONSIDER_ALTERNATIVE_DIAGNOSES: (
        _("Consider other diagnoses"),
        _("B12 deficiency does not explain the symptoms well. Look for another cause."),
    ),
    Caveat.CAUSE_OBVIOUS_NO_WORKUP: (
        _("The cause is obvious: no further work-up"),
        _(
            "Diet or earlier surgery explains the deficiency as long as the patient takes no "
            "B12. More tests would change nothing."
        ),
    ),
    Caveat.CAUSE_NOT_OBVIOUS_TAKES_SUPPLEMENT: (
        _("Deficient despite a supplement: find the cause"),
        _(
            "The patient takes B12 and still lacks it, so diet or surgery alone does not explain "
            "it. Ask how it is taken, and work up."
        ),
    ),
    Caveat.GASTROSCOPY_EVERY_5_YEARS_YOUNGER: (
        _("Atrophic gastritis: gastroscopy every fifth year"),
        _(
            "It raises the risk of cancer and carcinoid of the stomach. Regular gastroscopy is "
            "meant for younger patients; the age is your judgement."
        ),
    ),
    Caveat.SCHILLING_OBSOLETE: (
        _("The Schilling test is no longer performed"),
        _(
            "CobaSorb may take its place: active B12 before and after small doses of B12 for two "
            "days."
        ),
    ),
    Caveat.ORAL_PREFERRED: (
        _("Tablets are usually the first choice"),
        _("They keep the level steady, cause no haematomas and save visits."),
    ),
    Caveat.ORAL_WORKS_WITHOUT_IF: (
        _("Tablets work without intrinsic factor"),
        _(
            "1 to 5 per cent of a dose is taken up passively, so high-dose tablets suffice in "
            "pernicious anaemia too."
        ),
    ),
    Caveat.IM_ONLY_SELECTED: (
        _("Injections only for selected patients"),
        _(
            "Keep them for severe neurological symptoms, for those who cannot manage tablets, "
            "and where tablets have not worked."
        ),
    ),
    Caveat.B12_FIRST_THEN_FOLATE: (
        _("B12 first, then folic acid"),
        _("Folic acid given first can harm the spinal nerves. Make sure B12 has been started."),
    ),
    Caveat.NO_FOLATE_ALONE: (
        _("Do not give folic acid alone"),
        _("Wait with folic acid until B12 deficiency is excluded or treated."),
    ),
    Caveat.STOP_FOLATE_WHEN_NORMAL: (
        _("Stop folic acid when both are normal"),
        _("Check B12 and folate, and stop folic acid at the first control where both are normal."),
    ),
    Caveat.CONSIDER_FOLATE_200_400_UG: (
        _("Consider a little folic acid in severe deficiency"),
        _("New blood cells use folate. Beside B12, 200 to 400 µg daily can be considered."),
    ),
    Caveat.MAINTENANCE_1_OR_2_MG: (
        _("Maintenance is 1 mg, up to 2 mg"),
        _(
            "The guideline says 1 mg in its summary and 1 to 2 mg in its text. Choose 2 mg if "
            "the effect is poor or absorption very low."
        ),
    ),
    Caveat.LOW_DOSE_ONLY_IF_DIET_ALONE: (
        _("Low dose only if diet is the sole cause"),
        _(
            "With any other cause, anaemia, neurological signs, pregnancy or breastfeeding: give "
            "the full dose."
        ),
    ),
    Caveat.FULL_DOSE_ALSO_ACCEPTABLE: (
        _("Full dose is also right in dietary deficiency"),
        _(
            "2 mg daily for one month and then 1 mg fills the stores faster and is always "
            "acceptable."
        ),
    ),
    Caveat.HYPOKALAEMIA: (
        _("Watch potassium in the first days"),
        _(
            "With daily injections and anaemia, potassium moves into new cells. Measure it "
            "before and during the injection days (the measuring is not from the guideline)."
        ),
    ),
    Caveat.IRON_DEFICIENCY_AFTER_START: (
        _("Iron deficiency may appear after the start"),
        _(
            "Making red cells uses up iron. Check ferritin at the controls, and give iron if it "
            "is low."
        ),
    ),
    Caveat.NEURO_RECOVERY_6_12_MONTHS: (
        _("Nerves may need 6 to 12 months"),
        _(
            "Slow recovery within that time is no failure. Worsening at any time is a reason to "
            "reassess."
        ),
    ),
    Caveat.B12_UNINFORMATIVE_AFTER_INJECTIONS: (
        _("B12 says nothing after injections"),
        _(
            "It will be normal or high whatever the effect. Judge by Hb and MCV, if needed with "
            "MMA or homocysteine."
        ),
    ),
    Caveat.RECONSIDER_DIAGNOSIS: (
        _("Reconsider the diagnosis"),
        _(
            "The response does not fit B12 deficiency. Ask about intake, check iron and folate, "
            "and look for another cause."
        ),
    ),
    Caveat.TREAT_UNDERLYING_CAUSE: (
        _("Treat the underlying disease as well"),
        _(
            "B12 fills the stores, but the deficiency returns if the disease behind it is left "
            "alone."
        ),
    ),
    Caveat.ANNUAL_B12_AFTER_STOP: (
        _("After stopping: B12 once a year"),
        _("The deficiency can come back slowly, so a yearly sample finds it in time."),
    ),
    Caveat.SAMPLE_BEFORE_TREATMENT: (
        _("Take the samples before the first dose"),
        _(
            "MMA and homocysteine become normal within days. Take B12, folate, MMA and "
            "homocysteine first, but do not delay a dose that is urgent."
        ),
    ),
    Caveat.OUT_OF_SCOPE_CHILD: (
        _("The guideline is for adults"),
        _(
            "Limits and doses do not apply to children. Confer with a paediatrician, at once "
            "with neurological signs or failure to thrive."
        ),
    ),
}
