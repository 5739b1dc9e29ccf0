"""The trace in words: one text for each decision, and the sections it rests on."""

from typing import NamedTuple

from .. import wording
from ..guideline.interpretation import Interpretation
from ..guideline.trace import Step


class StepText(NamedTuple):
    """One decision: the question with what came out, why, and why not otherwise."""

    title: str
    reason: str
    not_taken: list[str]
    sources: str


def step_text(step: Step) -> StepText:
    name, branches = step.node.name, step.branches
    outcomes = {branch: str(wording.outcome(name, branch)) for branch, _check in branches}
    question, outcome = str(wording.node(name)), outcomes[step.outcome]
    return StepText(
        f"{question} {outcome}" if question.endswith("?") else f"{question}: {outcome}",
        wording.reason(dict(branches)[step.outcome], taken=True),
        [
            f"{outcomes[branch]}: {wording.reason(check, taken=False)}"
            for branch, check in branches
            if branch != step.outcome
        ],
        ", ".join(step.node.statements),
    )


def sections(result: Interpretation) -> list[str]:
    """The sections of the guideline that the answer rests on."""
    statements = {statement for step in result.trace for statement in step.node.statements}
    return wording.references(statements)
