"""The reasons, made by the run itself.

A decision is a list of branches in order, each with the check that opens it. The first branch whose
check holds is taken; for every other branch its check *is* the reason why not. Nothing else writes
explanations: the page, the letter and the JSON word these same checks.
"""

from collections.abc import Callable
from decimal import Decimal
from enum import StrEnum
from typing import Any, NamedTuple, TypeVar

from .edition import Limit
from .quantity import Quantity
from .vocabulary import plain_members


@plain_members
class Relation(StrEnum):
    BELOW = "below"
    AT_LEAST = "at_least"
    ABOVE = "above"
    AT_MOST = "at_most"
    PRESENT = "present"
    ABSENT = "absent"
    ALL = "all"
    ANY = "any"
    OTHERWISE = "otherwise"


Value = Quantity | Decimal | str | None


class Check(NamedTuple):
    """One question with three answers and what it was asked of.

    ``subject`` is a contract key or a code, ``value`` what is known of it, ``limit`` the limit of a
    comparison, ``parts`` the checks of an ``ALL`` or ``ANY``. ``holds`` is ``None`` when the
    question cannot be answered.
    """

    subject: str
    relation: Relation
    holds: bool | None
    value: Value = None
    limit: Limit | None = None
    parts: tuple["Check", ...] = ()

    @classmethod
    def named(cls, made: "Made") -> "Check":
        """The check that a run has made, with its parts, ready to be read."""
        return cls(*made[:5], tuple(map(cls.named, made[5])))


class Node(NamedTuple):
    """A place in the decision logic: its stable name and the statements that it rests on."""

    name: str
    statements: tuple[str, ...]


# A run asks some forty questions and most answers are never read. Checks are made as plain tuples
# with the fields of ``Check`` and named when a step is read: naming costs five times as much.
Made = tuple[str, Relation, bool | None, Value, Limit | None, tuple[Any, ...]]
_HOLDS = 2
_new = tuple.__new__


def negated(answer: bool | None) -> bool | None:
    return None if answer is None else not answer


def below(subject: str, value: Quantity | None, limit: Limit) -> Made:
    """Is the value strictly below the limit? Unknown when it is not measured."""
    holds = None if value is None else value.below(limit.value)
    return (subject, Relation.BELOW, holds, value, limit, ())


def above(subject: str, value: Quantity | None, limit: Limit) -> Made:
    """Is the value strictly above the limit?"""
    holds = None if value is None else value.above(limit.value)
    return (subject, Relation.ABOVE, holds, value, limit, ())


def at_least(subject: str, value: Quantity | None, limit: Limit) -> Made:
    """Is the value on the limit or above it?"""
    holds = None if value is None else negated(value.below(limit.value))
    return (subject, Relation.AT_LEAST, holds, value, limit, ())


def at_most(subject: str, value: Quantity | None, limit: Limit) -> Made:
    """Is the value on the limit or below it?"""
    holds = None if value is None else negated(value.above(limit.value))
    return (subject, Relation.AT_MOST, holds, value, limit, ())


def number_below(subject: str, value: Decimal | None, limit: Limit) -> Made:
    """A plain number such as the age against a limit."""
    holds = None if value is None else value < limit.value
    return (subject, Relation.BELOW, holds, value, limit, ())


def present(subject: str, holds: bool | None, value: str | None = None) -> Made:
    """Is this stated or found? ``value`` is the answer where it is a word."""
    return (subject, Relation.PRESENT, holds, value, None, ())


def absent(subject: str, holds: bool | None, value: str | None = None) -> Made:
    """Does this lack? ``holds`` is the answer to that question."""
    return (subject, Relation.ABSENT, holds, value, None, ())


def all_of(*parts: Made) -> Made:
    """Holds when every part holds; no as soon as one part is no; else cannot say."""
    answers = [part[_HOLDS] for part in parts]
    holds = False if False in answers else None if None in answers else True
    return ("", Relation.ALL, holds, None, None, parts)


def any_of(*parts: Made) -> Made:
    """Holds as soon as one part holds; no when every part is no; else cannot say."""
    answers = [part[_HOLDS] for part in parts]
    holds = True if True in answers else None if None in answers else False
    return ("", Relation.ANY, holds, None, None, parts)


def within(subject: str, value: Quantity | None, limits: tuple[Limit, Limit]) -> Made:
    """Does the value lie from the first limit to the second, both included?"""
    return all_of(at_least(subject, value, limits[0]), at_most(subject, value, limits[1]))


OTHERWISE: Made = ("", Relation.OTHERWISE, True, None, None, ())
"""The last branch of a decision: what is left when no other branch opened."""

Outcome = TypeVar("Outcome", bound=str)
Branch = (
    tuple[Outcome, str, bool | None]
    | tuple[Outcome, Made]
    | tuple[Outcome, Callable[[str, Any, Any], Made], str, Any, Any]
)
"""How a rule writes a branch: ``(outcome, subject, finding)``; ``(outcome, check)``; or a
comparison that is asked only when it is reached, ``(outcome, below, subject, value, limit)``."""


def _lies_within(value: Quantity, limits: tuple[Limit, Limit]) -> bool | None:
    under, over = value.below(limits[0].value), value.above(limits[1].value)
    if under or over:
        return False
    return None if under is None or over is None else True


_ASKED: dict[Callable[[str, Any, Any], Made], Callable[[Any, Any], bool | None]] = {
    below: lambda value, limit: value.below(limit.value),
    above: lambda value, limit: value.above(limit.value),
    at_least: lambda value, limit: negated(value.below(limit.value)),
    at_most: lambda value, limit: negated(value.above(limit.value)),
    number_below: lambda value, limit: value < limit.value,
    within: _lies_within,
}
"""The same questions about a known value, without the check around the answer."""


def _made(branch: tuple[Any, ...]) -> Made:
    """The check that guards a branch."""
    if len(branch) == 2:
        made: Made = branch[1]
        return made
    if len(branch) == 3:
        return present(branch[1], branch[2])
    compared: Made = branch[1](branch[2], branch[3], branch[4])
    return compared


class Step(NamedTuple):
    """A decision that was taken: the branches asked in order, and the one that opened."""

    node: Node
    outcome: str
    written: tuple[tuple[Any, ...], ...]

    @property
    def branches(self) -> tuple[tuple[str, Check], ...]:
        """Every branch once with its check; several ways into one branch are an ``ANY``."""
        ways: dict[str, list[Made]] = {}
        for branch in self.written:
            ways.setdefault(branch[0], []).append(_made(branch))
        return tuple(
            (name, Check.named(made[0] if len(made) == 1 else any_of(*made)))
            for name, made in ways.items()
        )

    @property
    def taken(self) -> Check:
        return next(check for name, check in self.branches if name == self.outcome)

    @property
    def not_taken(self) -> tuple[tuple[str, Check], ...]:
        return tuple(branch for branch in self.branches if branch[0] != self.outcome)


class Trace:
    """Collects the steps of one run in order, and whether a value lay exactly on a limit that it
    was compared with."""

    __slots__ = ("on_a_limit", "steps")

    def __init__(self) -> None:
        self.steps: list[Step] = []
        self.on_a_limit = False

    def decide(self, node: Node, *branches: Branch[Outcome]) -> Outcome:
        """Take the first branch whose check holds and remember the whole decision.

        Raises ``ValueError`` when no branch opens: the last one must be ``OTHERWISE``.
        """
        branch: Any  # what stands last tells which of the three forms it has
        for branch in branches:
            last = branch[-1]
            if last is False or last is None:
                continue
            if last is not True and last is not OTHERWISE and not self._holds(branch, last):
                continue
            outcome: Outcome = branch[0]
            self.steps.append(_new(Step, (node, outcome, branches)))
            return outcome
        raise ValueError(f"no branch of {node.name} opened")

    def _holds(self, branch: Any, last: Any) -> bool | None:
        """The answer of a check, or of a comparison that is asked now."""
        if len(branch) == 2:
            answer: bool | None = last[_HOLDS]
            return answer
        value = branch[3]
        if value is None:
            return None
        if value.__class__ is Quantity and last.__class__ is Limit:
            self.on_a_limit |= value.equals(last.value)
        return _ASKED[branch[1]](value, last)


def leaves(check: Check) -> tuple[Check, ...]:
    """The single comparisons that a check consists of."""
    if not check.parts:
        return (check,)
    return tuple(leaf for part in check.parts for leaf in leaves(part))
