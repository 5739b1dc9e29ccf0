"""The questions of the decision logic in words, and what each of their branches means.

A title and its branches stand as boxes of the flowchart and as lines of a list, so they are short.
"""

from functools import cache

from interpretation.guideline.edition import Parameters, editions

from .nodes_care import CAUSE_AND_TREATMENT, MONITORING
from .nodes_flowcharts import FLOWCHARTS, START
from .numbers import number

NODES = START | FLOWCHARTS | CAUSE_AND_TREATMENT | MONITORING
"""Title and branches of every question."""


class _Numbers(dict[str, str]):
    """The edition's numbers as they are written in the active language, looked up when used."""

    def __init__(self, parameters: Parameters) -> None:
        super().__init__()
        self._parameters = parameters

    def __missing__(self, key: str) -> str:
        return number(getattr(self._parameters, key).value)


@cache
def _newest() -> Parameters:
    return editions()[-1].parameters


def node(name: str) -> str:
    """The question that is asked at a node. Raises ``KeyError`` for a node without wording."""
    return str(NODES[name][0] % _Numbers(_newest()))


def outcome(name: str, branch: str) -> str:
    """What a branch of a node means. Raises ``KeyError`` for a branch without wording."""
    return str(NODES[name][1][branch] % _Numbers(_newest()))
