"""What the rules ask yes or no about, as sentences: yes, no, and not known.

The rules often know only that something was *not stated or not shown*; the sentence for no says
exactly that, and never that it is excluded.
"""

from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

_NOT_STATED = _("This is not stated")


class Fact(NamedTuple):
    yes: "_StrPromise"
    no: "_StrPromise"
    unknown: "_StrPromise" = _NOT_STATED


_ON_THE_CASE = {
    "signs_in_children": Fact(
        _("The age is unknown and something is stated that concerns children only"),
        _("The age is known, or nothing is stated that concerns children only"),
    ),
    "refused_input": Fact(_("A value or an answer was refused"), _("Nothing was refused")),
    "symptoms": Fact(_("A symptom or sign is stated"), _("No symptom or sign is stated")),
    "abnormal_blood": Fact(
        _("An abnormal blood result is stated or measured"),
        _("No abnormal blood result that gives a reason is stated or measured"),
    ),
    "risk_factors": Fact(
        _("A risk factor is stated"), _("No risk factor that gives a reason is stated")
    ),
    "symptoms_or_risk": Fact(
        _("A symptom, a risk factor or an abnormal blood result is stated"),
        _("Neither symptom, risk factor nor abnormal blood result is stated"),
    ),
    "strong_suspicion": Fact(
        _("You have stated strong suspicion"), _("Strong suspicion is not stated")
    ),
    "nonspecific": Fact(
        _("You have stated non-specific symptoms or risk"),
        _("Non-specific symptoms are not stated"),
    ),
    "unknown_pathway": Fact(
        _("The degree of suspicion is not stated"),
        _("The degree of suspicion is stated or follows from the findings"),
    ),
    "flowchart_1_symptom": Fact(
        _("A neurological sign, macrocytic anaemia or glossitis is stated"),
        _("Neither neurological sign, macrocytic anaemia nor glossitis is stated"),
    ),
    "marker_measured": Fact(
        _("B12, MMA or homocysteine is measured"),
        _("Neither B12, MMA nor homocysteine is measured"),
    ),
    "treatment_status": Fact(_("Treatment is stated"), _("No treatment is stated")),
    "prevention_risk": Fact(
        _("The only question is prevention after diet or surgery"),
        _("There is more to the case than prevention"),
    ),
    "new_deficiency": Fact(
        _("The results point to a new deficiency"),
        _("The results do not point to a new deficiency"),
    ),
}

_ON_RESULTS = {
    "oestrogen": Fact(
        _("Pregnancy or oestrogen is stated"),
        _("Neither pregnancy nor relevant oestrogen is stated"),
    ),
    "two_zones_apart": Fact(
        _("One marker is low and the other clearly above"), _("The two markers are neighbours")
    ),
    "anti_if": Fact(
        _("Anti-IF is positive"), _("Anti-IF is not positive"), _("Anti-IF has not been taken")
    ),
    "raised_homocysteine": Fact(_("Homocysteine is raised"), _("Raised homocysteine is not shown")),
    "unknown_homocysteine": Fact(
        _("Homocysteine is not measured, or cannot be placed"), _("Homocysteine is known")
    ),
    "low_folate": Fact(
        _("Folate is low"), _("Folate is not low"), _("Folate is not measured, or cannot be placed")
    ),
    "normal_folate": Fact(
        _("Folate is not low"), _("Folate is low"), _("Folate is not measured, or cannot be placed")
    ),
    "renal_failure": Fact(
        _("Renal failure is stated or shown by eGFR"),
        _("Renal failure is neither stated nor shown"),
    ),
    "bacterial_overgrowth": Fact(
        _("Bacterial overgrowth is stated"), _("Bacterial overgrowth is not stated")
    ),
    "low_total_b12": Fact(
        _("Total B12 is low"),
        _("Total B12 is not low"),
        _("Total B12 is not measured, or cannot be placed"),
    ),
    "low_ferritin": Fact(
        _("Ferritin is low"),
        _("Ferritin is not low"),
        _("Ferritin is not measured, or cannot be placed"),
    ),
    "low_potassium": Fact(
        _("Potassium is low"),
        _("Potassium is not low"),
        _("Potassium is not measured, or cannot be placed"),
    ),
}

_ON_THE_CAUSE = {
    "malabsorption": Fact(
        _("A disease or operation that reduces absorption is stated or shown"),
        _("Nothing stated or shown reduces absorption"),
    ),
    "low_intake": Fact(
        _("Low intake or increased need is stated"),
        _("Neither low intake nor increased need is stated"),
    ),
    "drugs": Fact(
        _("A drug that can cause deficiency is stated"),
        _("No drug that can cause deficiency is stated"),
    ),
    "vegan_or_vegetarian": Fact(
        _("The patient is vegan or vegetarian"), _("A vegan or vegetarian diet is not stated")
    ),
    "stomach_or_ileum_surgery": Fact(
        _("Surgery of the stomach or the terminal ileum is stated"),
        _("Surgery of the stomach or the terminal ileum is not stated"),
    ),
    "ileum_or_coeliac_disease": Fact(
        _("Disease of the terminal ileum or untreated coeliac disease is stated"),
        _("Neither disease of the terminal ileum nor untreated coeliac disease is stated"),
    ),
    "supplemented_cause": Fact(
        _("The patient takes a B12 supplement and is deficient all the same"),
        _("A B12 supplement beside an otherwise obvious cause is not stated"),
    ),
    "cause_known": Fact(
        _("You have stated that the cause is known"), _("It is not stated that the cause is known")
    ),
    "coeliac_suspected": Fact(
        _("Diarrhoea or weight loss with low folate or ferritin"),
        _("Nothing new points to coeliac disease"),
    ),
    "pernicious_anaemia": Fact(
        _("Anti-IF is positive or pernicious anaemia is known"),
        _("Anti-IF is not positive and pernicious anaemia is not known"),
    ),
    "diet_alone": Fact(_("Diet is the only stated cause"), _("Diet is not the only stated cause")),
    "b12_poor_diet": Fact(_("A diet poor in B12 is stated"), _("A diet poor in B12 is not stated")),
    "undernourished": Fact(_("Undernourishment is stated"), _("Undernourishment is not stated")),
    "prophylaxis_surgery": Fact(
        _("An operation after which B12 is given for prevention is stated"),
        _("No operation that calls for preventive B12 is stated"),
    ),
    "lifelong_condition": Fact(
        _("The condition is lifelong"), _("No lifelong condition is stated")
    ),
    "treatable_disease": Fact(
        _("A disease that can be treated is stated or found"),
        _("No disease that can be treated is stated or found"),
    ),
}

_ON_TREATMENT = {
    "neurological": Fact(
        _("A neurological sign is stated"),
        _("No neurological sign is stated"),
    ),
    "nerve_signs_decide": Fact(
        _("Milder neurological signs decide"),
        _("Milder neurological signs are not what decides"),
    ),
    "mild_anaemia_decides": Fact(
        _("Mild macrocytic anaemia decides"),
        _("Mild macrocytic anaemia is not what decides"),
    ),
    "severe_neurological": Fact(
        _("A severe neurological sign is stated"), _("No severe neurological sign is stated")
    ),
    "pronounced_anaemia": Fact(
        _("The anaemia is pronounced"), _("Pronounced anaemia is not shown")
    ),
    "symptomatic_anaemia": Fact(
        _("The macrocytic anaemia gives symptoms"),
        _("Macrocytic anaemia with symptoms is not shown"),
    ),
    "pancytopenia": Fact(
        _("Red cells, white cells and platelets are all low"), _("Pancytopenia is not shown")
    ),
    "macrocytic_anaemia": Fact(
        _("Macrocytic anaemia is stated or measured"),
        _("Macrocytic anaemia is not shown"),
    ),
    "severe": Fact(_("The deficiency is severe"), _("The deficiency is not judged severe")),
    "oral_not_feasible": Fact(
        _("Tablets cannot be carried out"), _("Nothing stated speaks against tablets")
    ),
    "oral_unsatisfactory": Fact(
        _("B12 by mouth has not been enough after surgery"),
        _("It is not shown that B12 by mouth has failed"),
    ),
    "no_reason_for_full_dose": Fact(
        _("No anaemia, neurological sign, pregnancy or breastfeeding is shown or stated"),
        _("Anaemia, a neurological sign, pregnancy or breastfeeding calls for the full dose"),
    ),
}

_ON_CONTROL = {
    "oral_treatment": Fact(
        _("The patient does not get maintenance by injection"),
        _("The patient gets maintenance by injection"),
    ),
    "baseline_samples": Fact(
        _("Samples were taken before the start"),
        _("No samples were taken before the start"),
    ),
    "total_b12": Fact(_("Total B12 is measured"), _("Total B12 is not measured")),
    "mma": Fact(_("MMA is measured"), _("MMA is not measured")),
    "raised_mma_baseline": Fact(
        _("MMA was raised before the trial"),
        _("No raised MMA from before the trial is stated"),
    ),
    "mma_comparable": Fact(
        _("MMA before and now can be compared"),
        _("MMA before and now cannot be compared"),
    ),
    "new_injections": Fact(
        _("A course of injections has begun in the last weeks"),
        _("No course of injections has begun in the last weeks"),
    ),
    "mma_raised": Fact(
        _("MMA is raised"),
        _("MMA is not raised, or something else may explain it"),
        _("MMA is not measured"),
    ),
    "adherence": Fact(
        _("The tablets have been taken"),
        _("The tablets have not been taken"),
    ),
    "abnormal_now": Fact(
        _("Something is abnormal now"),
        _("Nothing abnormal is measured now"),
    ),
    "results_to_judge": Fact(
        _("Enough time has passed to judge, or the time is not stated"),
        _("It is too early to judge"),
    ),
    "stores_filled": Fact(
        _("Nothing measured shows that B12 is still lacking"),
        _("It is not shown that the stores are filled"),
    ),
    "mma_fell": Fact(
        _("MMA has fallen or is normal"),
        _("MMA has not fallen"),
        _("It is not known whether MMA has fallen"),
    ),
    "before_two_weeks": Fact(
        _("Less than two weeks have passed"),
        _("It is not shown that less than two weeks have passed"),
    ),
    "stable": Fact(
        _("The patient is stable"),
        _("The patient is not stable"),
        _("It is not stated whether the patient is stable"),
    ),
    "wishes_tablets": Fact(
        _("Tablets are wished"),
        _("It is not stated that tablets are wished"),
    ),
    "only_b12_measured": Fact(
        _("Only B12 is measured"), _("More than B12 is measured, or nothing")
    ),
    "week_0": Fact(
        _("The treatment began less than a week ago"),
        _("It is not stated that the treatment began less than a week ago"),
    ),
    "no_results": Fact(_("There are no results"), _("There are results")),
    "neuro": Fact(
        _("The course of the nerve symptoms is stated"),
        _("The course of the nerve symptoms is not stated"),
    ),
    "neuro_worse": Fact(
        _("The nerve symptoms are worse"), _("It is not stated that the nerve symptoms are worse")
    ),
    "anaemia": Fact(
        _("The patient is anaemic"),
        _("The patient is not anaemic"),
        _("It is not known whether the patient is anaemic"),
    ),
    "anaemia_before": Fact(
        _("The patient was anaemic before the start"),
        _("The patient was not anaemic before the start"),
        _("It is not known whether the patient was anaemic before the start"),
    ),
    "reticulocytosis": Fact(
        _("The reticulocytes have risen"),
        _("The reticulocytes have not risen"),
        _("Reticulocytes are not measured, or cannot be placed"),
    ),
    "haemoglobin_rose": Fact(
        _("Hb has risen"), _("Hb has not risen"), _("It is not known whether Hb has risen")
    ),
    "b12_still_low": Fact(
        _("B12 is still low or MMA still raised"),
        _("Neither low B12 nor an otherwise unexplained raised MMA is left"),
        _("Neither B12 nor MMA is measured"),
    ),
    "blood_not_normal": Fact(
        _("Hb or MCV is still not normal"),
        _("Neither anaemia nor large red cells are measured now"),
        _("Hb is not measured, or cannot be placed"),
    ),
    "late_results": Fact(_("There are results to judge"), _("There are no results to judge")),
    "underlying_disease_treated": Fact(
        _("You have stated that the underlying disease is treated"),
        _("It is not stated that the underlying disease is treated"),
    ),
    "lifelong": Fact(_("The need is lifelong"), _("It is not shown that the need is lifelong")),
}

FACTS = _ON_THE_CASE | _ON_RESULTS | _ON_THE_CAUSE | _ON_TREATMENT | _ON_CONTROL
