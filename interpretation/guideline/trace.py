"""The reasons, made by the run itself.

A decision is a list of branches in order, each with the check that opens it. The first branch whose
check holds is taken; for every other branch its check *is* the reason why not. Nothing else writes
explanations: the page, the letter and the JSON word these same checks.
"""

from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from .edition import Limit
from .quantity import Quantity


class Relation(StrEnum):
    BELOW = "below"
    AT_LEAST = "at_least"
    ABOVE = "above"
    AT_MOST = "at_most"
    PRESENT = "present"
    ABSENT = "absent"
    MEASURED = "measured"
    UNMEASURED = "unmeasured"
    ALL = "all"
    ANY = "any"
    OTHERWISE = "otherwise"


class Check(NamedTuple):
    """One question with three answers and what it was asked of.

    ``subject`` is a contract key or a code, ``value`` what is known of it, ``limit`` the limit of a
    comparison, ``parts`` the checks of an ``ALL`` or ``ANY``. ``holds`` is ``None`` when the
    question cannot be answered.
    """

    subject: str
    relation: Relation
    holds: bool | None
    value: Quantity | Decimal | str | None = None
    limit: Limit | None = None
    parts: tuple["Check", ...] = ()


def below(subject: str, value: Quantity | None, limit: Limit) -> Check:
    holds = None if value is None else value.below(limit.value)
    return Check(subject, Relation.BELOW, holds, value, limit)


def above(subject: str, value: Quantity | None, limit: Limit) -> Check:
    holds = None if value is None else value.above(limit.value)
    return Check(subject, Relation.ABOVE, holds, value, limit)


def at_least(subject: str, value: Quantity | None, limit: Limit) -> Check:
    is_below = None if value is None else value.below(limit.value)
    return Check(
        subject, Relation.AT_LEAST, None if is_below is None else not is_below, value, limit
    )


def at_most(subject: str, value: Quantity | None, limit: Limit) -> Check:
    is_above = None if value is None else value.above(limit.value)
    return Check(
        subject, Relation.AT_MOST, None if is_above is None else not is_above, value, limit
    )


def number_above(subject: str, value: Decimal | None, limit: Limit) -> Check:
    """A plain number such as the age against a limit."""
    return Check(
        subject, Relation.ABOVE, None if value is None else value > limit.value, value, limit
    )


def number_below(subject: str, value: Decimal | None, limit: Limit) -> Check:
    return Check(
        subject, Relation.BELOW, None if value is None else value < limit.value, value, limit
    )


def present(subject: str, holds: bool | None, value: str | None = None) -> Check:
    return Check(subject, Relation.PRESENT, holds, value)


def absent(subject: str, holds: bool | None, value: str | None = None) -> Check:
    return Check(subject, Relation.ABSENT, holds, value)


def measured(subject: str, value: Quantity | str | None) -> Check:
    return Check(subject, Relation.MEASURED, value is not None, value)


def unmeasured(subject: str, value: Quantity | str | None) -> Check:
    return Check(subject, Relation.UNMEASURED, value is None, value)


def all_of(*parts: Check) -> Check:
    """Holds when every part holds; no as soon as one part is no; else cannot say."""
    holds: bool | None = True
    for part in parts:
        if part.holds is False:
            holds = False
            break
        if part.holds is None:
            holds = None
    return Check("", Relation.ALL, holds, parts=parts)


def any_of(*parts: Check) -> Check:
    """Holds as soon as one part holds; no when every part is no; else cannot say."""
    holds: bool | None = False
    for part in parts:
        if part.holds:
            holds = True
            break
        if part.holds is None:
            holds = None
    return Check("", Relation.ANY, holds, parts=parts)


OTHERWISE = Check("", Relation.OTHERWISE, True)
"""The last branch of a decision: what is left when no other branch opened."""


class Node(NamedTuple):
    """A place in the decision logic: its stable name and the statements that it rests on."""

    name: str
    statements: tuple[str, ...]


class Step(NamedTuple):
    """A decision that was taken: the branches asked in order, and the one that opened."""

    node: Node
    outcome: str
    branches: tuple[tuple[str, Check], ...]

    @property
    def taken(self) -> Check:
        return next(check for name, check in self.branches if name == self.outcome)

    @property
    def not_taken(self) -> tuple[tuple[str, Check], ...]:
        return tuple(branch for branch in self.branches if branch[0] != self.outcome)


class Trace:
    """Collects the steps of one run in order."""

    __slots__ = ("steps",)

    def __init__(self) -> None:
        self.steps: list[Step] = []

    def decide(self, node: Node, *branches: tuple[str, Check]) -> str:
        """Take the first branch whose check holds and remember the whole decision.

        Raises ``ValueError`` when no branch opens: the last one must be ``OTHERWISE``.
        """
        for name, check in branches:
            if check.holds:
                self.steps.append(Step(node, name, branches))
                return name
        raise ValueError(f"no branch of {node.name} opened")


def leaves(check: Check) -> tuple[Check, ...]:
    """The single comparisons that a check consists of."""
    if not check.parts:
        return (check,)
    return tuple(leaf for part in check.parts for leaf in leaves(part))
