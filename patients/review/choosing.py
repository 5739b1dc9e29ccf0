"""Why a signed assessment is looked at again.

The rules read what was frozen with the signature: the codes of the answer and the doctor's choice.
Nothing in the guideline asks for a review; which codes count is this product's choice.
"""

from collections.abc import Collection, Mapping
from hashlib import sha256
from typing import Any

from interpretation.guideline.treatment import SEVERITY, Severity
from interpretation.guideline.vocabulary import (
    NEUROLOGICAL,
    Caveat,
    ErrorCode,
    MonitoringConclusion,
)

from ..models import Assessment, Ground

_ASKED_WHEN_MARKERS_DISAGREE = (".agreement", ".low_b12_metabolites", "homocysteine.folate")
"""Total against active B12, low B12 against normal MMA, raised homocysteine against normal MMA."""
_REFUSED = frozenset({ErrorCode.IMPLAUSIBLE_VALUE, ErrorCode.NOT_A_NUMBER, ErrorCode.UNKNOWN_UNIT})
_DECIDING = (
    "scope", "input", "indication", "pathway", "flow1.", "flow2.", "mma.", "normal_mma.",
    "homocysteine.", "monitoring.",
)  # fmt: skip
_AFTER_THE_ANSWER = frozenset({"monitoring.switch", "monitoring.folate"})
_WORD = "random sample"
_ALL = 10_000

Result = Mapping[str, Any]


def grounds(assessment: Assessment, *, share: int, newest: Result | None = None) -> set[Ground]:
    """All that hold for a signed assessment. ``share`` is the practice's random sample in percent,
    ``newest`` the answer of an edition that has come since."""
    result, case = assessment.result or {}, assessment.case or {}
    holds = {
        Ground.OVERRIDE: assessment.is_override,
        Ground.DISCORDANT: markers_disagree(result),
        Ground.SEVERE: is_severe(result),
        Ground.NEUROLOGICAL: bool(NEUROLOGICAL & set(case.get("symptoms", ()))),
        Ground.VALUES: values_were_changed(result),
        Ground.EDITION: newest is not None and answers_otherwise(result, newest),
        Ground.SAMPLE: is_drawn(assessment.pk, share),
    }
    return {ground for ground, found in holds.items() if found}


def markers_disagree(result: Result) -> bool:
    """By the answer's caveats (G2, G70), its conclusion about a control (G119), or because a
    question was asked that only arises when two markers point different ways (G31, G42, G55).
    Under treatment a high B12 disagrees with nothing."""
    caveats, monitoring = result["caveats"], result["monitoring"]
    return (
        Caveat.DISCORDANT_TOTAL_ACTIVE in caveats
        or (Caveat.ANTI_IF_FALSE_HIGH_B12 in caveats and monitoring is None)
        or monitoring == MonitoringConclusion.MIXED_SIGNAL
        or any(node.endswith(_ASKED_WHEN_MARKERS_DISAGREE) for node in nodes(result))
    )


def is_severe(result: Result) -> bool:
    """As the answer itself judged it (A51)."""
    return any(
        step["node"] == SEVERITY.name and step["outcome"] == Severity.SEVERE
        for step in result["trace"]
    )


def values_were_changed(result: Result) -> bool:
    """A value was refused, or read in another unit than the guideline's."""
    refused = any(error["code"] in _REFUSED for error in result["errors"])
    doubted = Caveat.UNIT_SUSPECTED in result["caveats"]
    return refused or doubted or bool(result["conversions"])


def answers_otherwise(old: Result, new: Result) -> bool:
    """Would the doctor have been told something else to do?"""
    return _advice(old) != _advice(new)


def _advice(result: Result) -> tuple[Any, ...]:
    treatment = result["treatment"]
    return (
        result["conclusion"],
        result["monitoring"],
        set(result["next_tests"]),
        [treatment[name] for name in ("regimen", "strength", "duration", "folate", "iron")],
        set(treatment["alternatives"]),
    )


def is_drawn(number: int, share: int) -> bool:
    """Does the random sample hold the assessment with this number? The same answer each time and on
    every machine; a larger share holds all that a smaller one does. Not from the guideline."""
    digest = sha256(f"{_WORD} {number}".encode()).digest()
    return int.from_bytes(digest[:8], "big") % _ALL < share * _ALL // 100


def nodes(result: Result) -> list[str]:
    return [step["node"] for step in result["trace"]]


def deciding_node(result: Result) -> str:
    """The last question before the conclusion; those about treatment and cause come after it."""
    asked = [
        node
        for node in nodes(result)
        if node.startswith(_DECIDING) and node not in _AFTER_THE_ANSWER
    ]
    return asked[-1] if asked else ""


def disagreed(verdicts: Collection[str], against: Collection[str]) -> bool:
    """Is there something to talk about: a verdict against the doctor or the rule, or two verdicts
    that differ?"""
    return len(set(verdicts)) > 1 or not set(against).isdisjoint(verdicts)
