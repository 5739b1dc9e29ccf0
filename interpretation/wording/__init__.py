"""Every code in words, for the doctor. English source, translated through gettext."""

from .caveats import CAVEATS, CaveatWording
from .conclusions import (
    CAUSE_GROUPS,
    CONCLUSION_SHORT,
    CONCLUSIONS,
    MONITORING,
    MONITORING_ACTIONS,
    PATIENT_INFORMATION,
)
from .edition import PARAMETERS, SECTIONS
from .errors import error_message
from .facts import FACTS, Fact
from .laboratory import ANALYTES, BLOOD_SMEARS, LIMITS, SEROLOGY, TEST_REASONS, TESTS
from .nodes import NODES, node, outcome
from .numbers import number, quantity, unit
from .patient import (
    NEURO_COURSES,
    ONGOING_FOLATE,
    ONGOING_REGIMENS,
    ORGAN_SYSTEMS,
    PATHWAYS,
    PREFERENCES,
    QUESTIONS,
    RISK_GROUPS,
    RISKS,
    SEXES,
    SYMPTOMS,
)
from .reasons import reason
from .statements import SECTION_STATEMENTS, references
from .treatment import (
    CONTROL_REASONS,
    CONTROL_TIMES,
    DRUGS,
    DURATIONS,
    FOLATE,
    REGIMEN_ACTIONS,
    REGIMENS,
    STRENGTHS,
    DoseLine,
    dose_lines,
    duration,
)

__all__ = [
    "ANALYTES",
    "BLOOD_SMEARS",
    "CAUSE_GROUPS",
    "CAVEATS",
    "CONCLUSIONS",
    "CONCLUSION_SHORT",
    "CONTROL_REASONS",
    "CONTROL_TIMES",
    "DRUGS",
    "DURATIONS",
    "FACTS",
    "FOLATE",
    "LIMITS",
    "MONITORING",
    "MONITORING_ACTIONS",
    "NEURO_COURSES",
    "NODES",
    "ONGOING_FOLATE",
    "ONGOING_REGIMENS",
    "ORGAN_SYSTEMS",
    "PARAMETERS",
    "PATHWAYS",
    "PATIENT_INFORMATION",
    "PREFERENCES",
    "QUESTIONS",
    "REGIMENS",
    "REGIMEN_ACTIONS",
    "RISKS",
    "RISK_GROUPS",
    "SECTIONS",
    "SECTION_STATEMENTS",
    "SEROLOGY",
    "SEXES",
    "STRENGTHS",
    "SYMPTOMS",
    "TESTS",
    "TEST_REASONS",
    "CaveatWording",
    "DoseLine",
    "Fact",
    "dose_lines",
    "duration",
    "error_message",
    "node",
    "number",
    "outcome",
    "quantity",
    "reason",
    "references",
    "unit",
]
