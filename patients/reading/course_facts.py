"""What a signed assessment says about the treatment that is started from it."""

import json
from dataclasses import dataclass

from django.utils.translation import gettext as _

from interpretation import wording
from interpretation.contract import case_from_json, parse_json
from interpretation.guideline import Case, Interpretation, interpret, load_edition
from interpretation.guideline.cause import gastroscopy_advised
from interpretation.guideline.findings import Findings
from interpretation.guideline.trace import leaves
from interpretation.guideline.treatment import SEVERITY, Severity
from interpretation.guideline.vocabulary import (
    DIET_RISKS,
    DRUG_RISKS,
    MALABSORPTION_RISKS,
    Regimen,
    Risk,
    Serology,
)

from ..models import Assessment, TreatmentCourse
from ..rules.course_plan import CHANGES, STARTS

_EXPLAINS = DIET_RISKS | {Risk.UNDERNOURISHED} | MALABSORPTION_RISKS | DRUG_RISKS
_SEVERE_ANAEMIA = frozenset({"pronounced_anaemia", "symptomatic_anaemia", "pancytopenia"})
_LONGEST_CAUSE = TreatmentCourse._meta.get_field("cause").max_length


@dataclass(frozen=True, slots=True)
class CourseFacts:
    """``regimen`` is the doctor's choice; ``advised`` is what the guideline allows, with it."""

    regimen: str
    advised: tuple[Regimen, ...]
    cause_group: str
    cause: str
    duration: str
    neurological: bool
    severe_anaemia: bool
    anaemia: bool
    gastroscopy: bool


def facts_of(assessment: Assessment) -> CourseFacts:
    """From the frozen case under the edition that it was signed under."""
    edition = load_edition(assessment.edition)
    case = case_from_json(parse_json(json.dumps(assessment.case)), assessment.as_of)
    findings = Findings(case, edition, case.results, case.local_limits)
    result = interpret(case, edition)
    treatment = result.treatment
    allowed = (treatment.regimen, *treatment.alternatives, assessment.chosen_regimen)
    group, duration = result.cause_workup.cause_group, treatment.duration
    return CourseFacts(
        regimen=assessment.chosen_regimen or treatment.regimen,
        advised=tuple(code for code in dict.fromkeys((*STARTS, *CHANGES)) if code in allowed),
        cause_group=group.value if group else "",
        cause=_cause(case),
        duration=duration.value if duration else "",
        neurological=findings.neurological,
        severe_anaemia=_severe_anaemia(result),
        anaemia=bool(findings.blood.anaemia),
        gastroscopy=gastroscopy_advised(findings),
    )


def _cause(case: Case) -> str:
    """The risks that explain a deficiency, in words, for the doctor to change."""
    named = [str(wording.RISKS[risk]) for risk in Risk if risk in case.risk_factors & _EXPLAINS]
    if case.results.anti_if is Serology.POSITIVE:
        named.insert(0, _("Positive anti-IF"))
    return ", ".join(named)[:_LONGEST_CAUSE]


def _severe_anaemia(result: Interpretation) -> bool:
    """Was the deficiency severe because of the blood?"""
    severe = (
        step.taken
        for step in result.trace
        if step.node == SEVERITY and step.outcome == Severity.SEVERE
    )
    return any(
        leaf.holds and leaf.subject in _SEVERE_ANAEMIA for check in severe for leaf in leaves(check)
    )


def is_advised(facts: CourseFacts | None, regimen: str) -> bool:
    """Without an assessment the guideline has advised nothing, and nothing is against it."""
    return facts is None or Regimen(regimen) in facts.advised
