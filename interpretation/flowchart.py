"""The flowchart that applies, as boxes and lines for an inline SVG.

The guideline's own questions stand in their order. Which of them were asked, and which branch was
taken, comes from the trace and from nothing else: a question that the trace does not hold is drawn
dim with all its branches dim.
"""

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.translation import gettext as _

from . import wording
from .guideline.b12 import Zone
from .guideline.interpretation import Interpretation
from .guideline.metabolites import Homocysteine, Mma
from .guideline.quantity import Quantity
from .guideline.trace import Step, leaves

WIDTH = 344
"""Drawing units; at a page width of 360 px one unit is about one pixel."""
_TEXT, _LINE, _PAD, _GAP = 13, 16, 6, 7
_INDENT, _RIGHT = 30, 16
_CHARACTER = 6.9
"""Mean width of a character of the text, in drawing units; on the wide side on purpose."""

_METABOLITES = (
    ("mma", (Mma.CERTAIN, Mma.RAISED, Mma.NORMAL)),
    ("homocysteine", (Homocysteine.RAISED, Homocysteine.BORDERLINE, Homocysteine.NORMAL)),
)
_QUESTIONS: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = {
    "flow1": (("total_b12", (Zone.LOW, Zone.HIGH)), *_METABOLITES),
    "flow2": (("total_b12", (Zone.LOW, Zone.GREY, Zone.HIGH)), *_METABOLITES),
}
"""The questions each chart always shows, with the branches the guideline draws."""
_CANNOT_SAY = frozenset({Zone.UNDECIDED, Mma.UNKNOWN, Homocysteine.UNKNOWN})
_SHARED = ("mma.", "normal_mma.", "homocysteine.")


class Line(NamedTuple):
    """One line of text; ``y`` is its baseline."""

    x: int
    y: int
    text: str


@dataclass(frozen=True, slots=True)
class Box:
    kind: str  # "question", "branch" or "conclusion"
    lit: bool
    x: int
    y: int
    width: int
    height: int
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Edge:
    lit: bool
    path: str


@dataclass(frozen=True, slots=True)
class Chart:
    title: str
    description: str
    width: int
    height: int
    boxes: tuple[Box, ...]
    edges: tuple[Edge, ...]


class _Question(NamedTuple):
    title: str
    branches: tuple[tuple[str, str], ...]  # (outcome, words)
    taken: str | None


def _branches(node: str, outcomes: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    return tuple((outcome, str(wording.outcome(node, outcome))) for outcome in outcomes)


def _asked(step: Step) -> _Question:
    """The branch for what cannot be said is drawn only where it was taken."""
    name, branches = step.node.name, step.branches
    outcomes = tuple(
        outcome
        for outcome, _check in branches
        if outcome == step.outcome or outcome not in _CANNOT_SAY
    )
    values = (leaf.value for _outcome, check in branches for leaf in leaves(check))
    value = next((value for value in values if isinstance(value, Quantity)), None)
    title = str(wording.node(name))
    if value:
        shown = wording.quantity(value)
        title = f"{title} ({shown})" if title.endswith("?") else f"{title}: {shown}"
    return _Question(title, _branches(name, outcomes), step.outcome)


def _questions(result: Interpretation, chart: str) -> Iterator[_Question]:
    """The questions that were asked, in the order of the run, then the chart's others."""
    asked = [step for step in result.trace if step.node.name.startswith((f"{chart}.", *_SHARED))]
    yield from map(_asked, asked)
    names = {step.node.name for step in asked}
    for question, outcomes in _QUESTIONS[chart]:
        node = f"{chart}.{question}"
        if node not in names:
            yield _Question(str(wording.node(node)), _branches(node, outcomes), None)


class _Drawing:
    """Stacks boxes downwards and joins them."""

    def __init__(self) -> None:
        self.y = 4
        self.boxes: list[Box] = []
        self.edges: list[Edge] = []

    def box(self, kind: str, text: str, *, lit: bool, indent: int = 0) -> Box:
        width = WIDTH - 4 - indent - (_RIGHT if indent else 0)
        rows = textwrap.wrap(text, int((width - 2 * _PAD) / _CHARACTER)) or [""]
        x = 2 + indent
        lines = tuple(
            Line(x + _PAD, self.y + _PAD + _TEXT - 2 + row * _LINE, words)
            for row, words in enumerate(rows)
        )
        height = 2 * _PAD + _LINE * len(rows) - 3
        box = Box(kind, lit, x, self.y, width, height, lines)
        self.boxes.append(box)
        self.y += height + _GAP
        return box

    def edge(self, path: str, *, lit: bool) -> None:
        self.edges.append(Edge(lit, path))

    def question(self, question: _Question) -> Box | None:
        """Draw a question with its branches; the branch that was taken, if any."""
        head = self.box("question", question.title, lit=question.taken is not None)
        taken = None
        for outcome, words in question.branches:
            lit = outcome == question.taken
            text = f"✓ {words}" if lit else words
            branch = self.box("branch", text, lit=lit, indent=_INDENT)
            middle = branch.y + branch.height // 2
            self.edge(f"M{2 + _INDENT // 2} {head.y + head.height}V{middle}H{branch.x}", lit=lit)
            taken = branch if lit else taken
        return taken

    def join(self, branch: Box, target: Box) -> None:
        """From the branch that was taken, along the right side, down to what comes next."""
        right, middle = branch.x + branch.width, branch.y + branch.height // 2
        self.edge(f"M{right} {middle}H{WIDTH - 8}V{target.y}", lit=True)


def _conclusion(result: Interpretation) -> str:
    if result.conclusion is None:
        return _("No conclusion")
    return str(wording.CONCLUSION_SHORT[result.conclusion])


def flowchart(result: Interpretation) -> Chart | None:
    """The chart of the patient's pathway; ``None`` where no flowchart was walked."""
    chart = _walked(result)
    if chart is None:
        return None
    questions = list(_questions(result, chart))
    drawing, branch = _Drawing(), None
    for question in questions:
        if question.taken is None:
            continue
        first = len(drawing.boxes)
        taken = drawing.question(question)
        if branch:
            drawing.join(branch, drawing.boxes[first])
        branch = taken
    end = drawing.box("conclusion", f"✓ {_conclusion(result)}", lit=True)
    if branch:
        drawing.join(branch, end)
    drawing.y += 2 * _GAP
    for question in questions:
        if question.taken is None:
            drawing.question(question)
    return _finished(drawing, result, chart)


def _walked(result: Interpretation) -> str | None:
    names = [step.node.name for step in result.trace]
    return next(
        (chart for chart in _QUESTIONS if any(n.startswith(f"{chart}.") for n in names)), None
    )


def _finished(drawing: _Drawing, result: Interpretation, chart: str) -> Chart:
    titles = {
        "flow1": _("Flowchart 1: strong suspicion"),
        "flow2": _("Flowchart 2: non-specific symptoms"),
    }
    description = _(
        "The way through the chart ends in: %(conclusion)s. The same steps stand as a list below."
    ) % {"conclusion": _conclusion(result)}
    boxes, edges = tuple(drawing.boxes), sorted(drawing.edges, key=lambda edge: edge.lit)
    return Chart(titles[chart], description, WIDTH, drawing.y, boxes, tuple(edges))
