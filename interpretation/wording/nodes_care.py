"""The questions of cause, treatment and control."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from .conclusions import CAUSE_GROUPS
from .treatment import DURATIONS

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

_NO = _("No")

CAUSE_AND_TREATMENT: "dict[str, tuple[_StrPromise, dict[str, _StrPromise]]]" = {
    "cause.group": (
        _("Which group does the likeliest cause belong to?"),
        {
            **{str(code): words for code, words in CAUSE_GROUPS.items()},
            "unknown": _("Not known"),
        },
    ),
    "cause.obvious": (
        _("Is the cause obvious?"),
        {
            "pernicious_anaemia": _("Anti-IF is positive: pernicious anaemia is likely"),
            "obvious_but_supplement": _("No: the patient takes B12 and is still deficient"),
            "obvious": _("Yes"),
            "known": _("Yes: stated as known"),
            "unknown": _NO,
        },
    ),
    "cause.coeliac": (
        _("Is coeliac disease suspected and not yet tested for?"),
        {
            "suspected": _("Yes: coeliac serology"),
            "not_suspected": _NO,
        },
    ),
    "cause.tests": (
        _("Which tests find the cause?"),
        {
            "atrophic_gastritis": _(
                "Atrophic gastritis is likely: gastroscopy in younger patients"
            ),
            "open": _("The cause is open: the tests in order"),
        },
    ),
    "treatment.severity": (
        _("How severe is the deficiency?"),
        {
            "severe": _("Severe"),
            "neurological": _("Neurological signs, not severe"),
            "anaemic": _("Macrocytic anaemia, not pronounced"),
            "uncomplicated": _("Uncomplicated"),
        },
    ),
    "treatment.regimen": (
        _("Tablets or injections?"),
        {
            "oral_not_feasible": _("Injections: tablets cannot be carried out"),
            "severe": _("Injections first: severe deficiency"),
            "oral_unsatisfactory": _("Higher dose or injections: the present B12 is not enough"),
            "neurological": _("Both can be chosen; nerve signs favour injections"),
            "anaemic": _("Both can be chosen; tablets first"),
            "uncomplicated": _("Tablets"),
        },
    ),
    "treatment.low_dose": (
        _("May a lower dose be given?"),
        {
            "allowed": _("Yes: diet alone is the cause"),
            "full_dose": _("No: full dose"),
        },
    ),
    "treatment.duration": (
        _("For how long?"),
        {
            **{str(code): words for code, words in DURATIONS.items()},
            "by_known_cause": _("As the cause requires that you have stated"),
        },
    ),
    "treatment.folate": (
        _("Folic acid as well?"),
        {
            "low": _("Yes: folate is low"),
            "severe": _("Consider a small dose: the deficiency is severe"),
            "none": _NO,
        },
    ),
}

MONITORING: "dict[str, tuple[_StrPromise, dict[str, _StrPromise]]]" = {
    "monitoring.stopped": (
        _("Has the deficiency come back after stopping?"),
        {
            "new_deficiency": _("It is suspected"),
            "nothing_new": _NO,
        },
    ),
    "monitoring.potassium": (
        _("Is potassium low early in the injections?"),
        {"low": _("Yes: that comes first"), "not_low": _("Not shown")},
    ),
    "monitoring.worse": (
        _("Are the nerve symptoms getting worse?"),
        {
            "severe_on_tablets": _("Yes, and they are severe: injections"),
            "worse": _("Yes: think again"),
            "no": _NO,
        },
    ),
    "monitoring.tablets_fail": (
        _("Are the tablets failing?"),
        {"fail": _("Yes: B12 low or MMA raised on tablets"), "not_shown": _("Not shown")},
    ),
    "monitoring.iron": (
        _("Is iron lacking?"),
        {"low": _("Yes: ferritin is low"), "not_low": _("Not shown")},
    ),
    "monitoring.baseline": (
        _("Were samples taken before the start?"),
        {
            "no_samples": _NO,
            "sampled_or_unknown": _("Yes, or not stated"),
        },
    ),
    "monitoring.trial": (
        _("Trial of treatment: what does MMA show?"),
        {
            "normalised": _("Normal"),
            "not_measured": _("Not measured yet"),
            "too_early": _("Measured too early"),
            "fell": _("Has fallen, but is not normal"),
            "no_baseline": _("No raised value from before to compare with"),
            "cannot_compare": _("The two values cannot be compared"),
            "not_taken": _("Has not fallen, but the tablets were not taken"),
            "anti_if_positive": _("Has not fallen, but anti-IF is positive"),
            "b12_low": _("Has not fallen, but B12 is low"),
            "no_fall": _("Has not fallen"),
        },
    ),
    "monitoring.just_started": (
        _("Has the treatment only just begun?"),
        {
            "started_now": _("Yes: less than a week ago"),
            "nothing_measured": _("Nothing is measured yet"),
            "results_to_read": _("No: there are findings to read"),
        },
    ),
    "monitoring.injections": (
        _("Maintenance by injection: is all well?"),
        {
            "anaemia": _("No: anaemia"),
            "mma_raised": _("No: MMA is raised"),
            "b12_low": _("No: B12 is low in spite of the injections"),
            "only_b12": _("Only B12 is measured, and it says nothing"),
            "nothing_against": _("Nothing speaks against it"),
        },
    ),
    "monitoring.switch": (
        _("Can tablets replace the injections?"),
        {
            "tablets_impossible": _("No: tablets cannot be carried out"),
            "not_stable": _("Not now: the patient is not stable"),
            "stable": _("Yes: the patient is stable"),
            "wished": _("Yes: the patient wishes it"),
            "not_stated": _("Possibly: not shown to be stable"),
        },
    ),
    "monitoring.neurology": (
        _("How are the nerve symptoms?"),
        {
            "too_long": _("Not gone after the time that recovery may take"),
            "blood_not_normal": _("The patient is still anaemic: judge that first"),
            "markers_not_normal": _("B12 is low or MMA raised: judge that first"),
            "still_expected": _("Recovery can still be expected"),
        },
    ),
    "monitoring.early": (
        _("Early control: is there a response?"),
        {
            "mma_unchanged": _("Reticulocytes up, but MMA has not fallen"),
            "reticulocytosis": _("Yes: the reticulocytes have risen"),
            "mixed": _("MMA has fallen, but the reticulocytes have not risen"),
            "no_response": _("No: the reticulocytes have not risen"),
            "mma_fell": _("Yes: MMA has fallen or is normal"),
            "mma_did_not_fall": _("MMA has not fallen"),
            "haemoglobin_rose": _("Yes: Hb has risen"),
            "nothing_to_judge": _("Nothing to judge by"),
        },
    ),
    "monitoring.late": (
        _("Control after 2 to 3 months: are the signs gone?"),
        {
            "folate_low": _("No: blood count not normal, and folate is low"),
            "improving": _("Not yet: Hb is rising"),
            "no_response": _("No: the blood count is not normal"),
            "nothing_to_judge": _("Nothing to judge by"),
            "normalised": _("Yes"),
        },
    ),
    "monitoring.long_term": (
        _("Continue or stop?"),
        {
            "may_stop": _("May be stopped"),
            "lifelong": _("Continue for life"),
            "continue": _("Continue"),
        },
    ),
    "monitoring.folate": (
        _("Can folic acid be stopped?"),
        {
            "both_normal": _("Yes: B12 and folate are normal"),
            "not_both_normal": _("No: not both are shown to be normal"),
        },
    ),
}
