"""The questions of entry and of the two flowcharts. Numbers are taken from the edition."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

_NO = _("No")
_UNKNOWN_VALUE = _("Not measured, or cannot be placed")
_ANTI_IF = {
    "positive": _("Positive"),
    "other": _("Negative or not taken"),
    "not_positive": _("Negative or not taken"),
}
_MMA = {
    "certain": _("Very high: %(mma_certain)s µmol/L or more"),
    "raised": _("Raised, but below %(mma_certain)s µmol/L"),
    "normal": _("Below the limit for raised MMA"),
    "unknown": _UNKNOWN_VALUE,
}
_HOMOCYSTEINE = {
    "raised": _("Raised homocysteine"),
    "borderline": _("Borderline"),
    "normal": _("Not raised"),
    "unknown": _UNKNOWN_VALUE,
}
_LOW_METABOLITES = {
    "gastritis": _("Pernicious anaemia is known: treatment is not withheld"),
    "homocysteine_raised": _("Raised homocysteine"),
    "homocysteine_unknown": _UNKNOWN_VALUE,
    "suspicion_stands": _("Not shown to be raised: the suspicion stands"),
    "no_functional_deficiency": _("Not raised: nothing shows a lack in the cells"),
}


START: "dict[str, tuple[_StrPromise, dict[str, _StrPromise]]]" = {
    "input": (
        _("Can the information be used?"),
        {
            "refused": _("No: something must be corrected first"),
            "usable": _("Yes"),
        },
    ),
    "scope": (
        _("Is the patient an adult?"),
        {
            "child": _("No: the guideline does not apply"),
            "adult": _("Yes, or the age is not stated"),
        },
    ),
    "indication": (
        _("Is there a reason to examine B12?"),
        {
            "symptom": _("Yes: symptom or sign"),
            "blood_result": _("Yes: another blood result"),
            "risk": _("Yes: risk factor"),
            "suspicion": _("Yes: strong clinical suspicion"),
            "already_measured": _("Already measured: the result is answered"),
            "follow_up": _("Control of a treated patient"),
            "none": _NO,
        },
    ),
    "indication.prevention": (
        _("Is it only a question of prevention?"),
        {
            "prevention": _("Yes"),
            "other": _NO,
        },
    ),
    "pathway": (
        _("Which flowchart applies?"),
        {
            "stated_strong": _("Flowchart 1: strong suspicion, as stated"),
            "derived_strong": _("Flowchart 1: strong suspicion, from the findings"),
            "stated_nonspecific": _("Flowchart 2: non-specific, as stated"),
            "derived_nonspecific": _("Flowchart 2: non-specific, from the findings"),
            "unknown": _("Not known: you are asked"),
        },
    ),
    "prevention": (
        _("Is prevention advised?"),
        {
            "surgery": _("Yes: after surgery of the stomach"),
            "diet": _("Yes: because of the diet"),
            "none": _NO,
        },
    ),
}

FLOWCHARTS: "dict[str, tuple[_StrPromise, dict[str, _StrPromise]]]" = {
    "flow1.total_b12": (
        _("Total B12"),
        {
            "low": _("Below the lower limit"),
            "high": _("At or above the lower limit"),
            "undecided": _("Cannot be placed"),
        },
    ),
    "flow1.active_b12": (
        _("Active B12"),
        {
            "low": _("Low"),
            "high": _("Not low"),
            "undecided": _("Undecided without the laboratory's limit"),
        },
    ),
    "flow1.agreement": (
        _("Total and active B12 differ: which counts?"),
        {
            "active_counts": _("Active B12 counts"),
            "far_apart": _("Far apart: the low one counts"),
            "lower_counts": _("The lower one counts"),
        },
    ),
    "flow1.b12_unmeasured": (
        _("B12 is not measured"),
        {
            "measure_b12_and_folate": _("Measure B12 and folate first"),
        },
    ),
    "flow1.anti_if": (_("Low B12: intrinsic factor antibodies"), _ANTI_IF),
    "flow1.low_b12_metabolites": (_("Low B12 with normal MMA: homocysteine"), _LOW_METABOLITES),
    "flow1.near_limit": (
        _("B12 near the limit: start while waiting?"),
        {
            "no_signs": _("No: there are no neurological signs"),
            "anti_if_positive": _("Yes: neurological signs and positive anti-IF"),
            "not_low": _("No: B12 is not low"),
            "not_measured": _("No: total B12 is not measured"),
            "low_not_excluded": _("Yes: neurological signs, and low B12 is not excluded"),
        },
    ),
    "flow1.mma": (_("MMA"), _MMA),
    "flow1.homocysteine": (_("Homocysteine"), _HOMOCYSTEINE),
    "flow2.total_b12": (
        _("Total B12"),
        {
            "low": _("Below %(total_b12_low)s pmol/L"),
            "grey": _("Grey zone: %(total_b12_low)s to %(total_b12_high)s pmol/L"),
            "high": _("Above %(total_b12_high)s pmol/L"),
            "undecided": _("Cannot be placed"),
        },
    ),
    "flow2.active_b12": (
        _("Active B12"),
        {
            "low": _("Below %(active_b12_low)s pmol/L"),
            "grey": _("Grey zone: %(active_b12_low)s to %(active_b12_high)s pmol/L"),
            "high": _("Above %(active_b12_high)s pmol/L"),
            "undecided": _("Cannot be placed"),
        },
    ),
    "flow2.agreement": (
        _("Total and active B12 differ: which counts?"),
        {
            "active_counts": _("Active B12 counts"),
            "far_apart": _("Far apart: neither settles it"),
            "lower_counts": _("The lower one counts"),
        },
    ),
    "flow2.b12_unmeasured": (
        _("B12 is not measured"),
        {
            "measure_b12": _("Measure B12 first"),
        },
    ),
    "flow2.anti_if": (_("Very low B12: intrinsic factor antibodies"), _ANTI_IF),
    "flow2.low_b12_metabolites": (_("Low B12 with normal MMA: homocysteine"), _LOW_METABOLITES),
    "flow2.high_b12_markers": (
        _("B12 is clearly normal: does anything point the other way?"),
        {
            "anti_if_positive": _("Yes: anti-IF is positive"),
            "homocysteine_raised": _("Yes: homocysteine is raised"),
            "pathway_unknown": _("The degree of suspicion is not known"),
            "nothing_against": _NO,
        },
    ),
    "flow2.mma": (_("MMA"), _MMA),
    "flow2.homocysteine": (_("Homocysteine"), _HOMOCYSTEINE),
    "mma.other_cause": (
        _("Can something else explain the raised MMA?"),
        {
            "above_renal": _("No: higher than renal failure explains"),
            "kidney": _("Yes: renal failure"),
            "overgrowth": _("Yes: bacterial overgrowth"),
            "none": _NO,
        },
    ),
    "mma.anti_if": (_("Raised MMA: intrinsic factor antibodies"), _ANTI_IF),
    "normal_mma.anti_if": (_("Normal MMA: intrinsic factor antibodies"), _ANTI_IF),
    "homocysteine.folate": (
        _("Raised homocysteine with normal MMA: folate"),
        {
            "low": _("Low folate"),
            "normal": _("Folate not low"),
            "kidney": _("Not known, and renal failure may explain it"),
            "unknown": _("Not known"),
        },
    ),
    "mma.age": (
        _("Above %(mma_older_age)s years: is MMA near the limit?"),
        {
            "borderline": _("Yes: %(mma_upper)s µmol/L or more, so measure again"),
            "clearly_normal": _NO,
        },
    ),
}
