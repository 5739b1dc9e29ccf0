"""The reasons, made by the run itself.

A decision is a list of branches in order, each with the check that opens it. The first branch whose
check holds is taken; for every other branch its check *is* the reason why not. Nothing else writes
explanations: the page, the letter and the JSON word these same checks.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from operator import ge, gt, le, lt
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


_BELOW, _ALL, _ANY = Relation.BELOW, Relation.ALL, Relation.ANY
_PRESENT, _ABSENT = Relation.PRESENT, Relation.ABSENT

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


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """A place in the decision logic: its stable name and the statements that it rests on."""

    name: str
    statements: tuple[str, ...]


# A run asks some forty questions and most answers are never read. Checks are made as plain tuples
# with the fields of ``Check`` and named when a step is read: naming costs five times as much.
Made = tuple[str, Relation, bool | None, Value, Limit | None, tuple[Any, ...]]
_HOLDS = 2


def negated(answer: bool | None) -> bool | None:
    return None if answer is None else not answer


@dataclass(frozen=True, slots=True)
class Comparison:
    """A question about a value and a limit: ``plain`` asks it of two numbers, ``censored`` of a
    result such as ``<60``. Called, it gives the check."""

    relation: Relation
    plain: Callable[[Decimal, Decimal], bool]
    censored: Callable[[Any, Decimal], bool | None]

    def __call__(self, subject: str, value: Quantity | Decimal | None, limit: Limit) -> Made:
        """Unknown when the value is not measured, or when the laboratory leaves it open."""
        holds = None if value is None else self.censored(value, limit.value)
        return (subject, self.relation, holds, value, limit, ())


below = Comparison(Relation.BELOW, lt, Quantity.below)
above = Comparison(Relation.ABOVE, gt, Quantity.above)
at_least = Comparison(Relation.AT_LEAST, ge, lambda value, limit: negated(value.below(limit)))
at_most = Comparison(Relation.AT_MOST, le, lambda value, limit: negated(value.above(limit)))


def number_below(subject: str, number: Decimal | None, limit: Limit) -> Made:
    """Is a plain number such as the age below the limit?"""
    holds = None if number is None else number < limit.value
    return (subject, _BELOW, holds, number, limit, ())


def present(subject: str, holds: bool | None, value: str | None = None) -> Made:
    """Is this stated or found? ``value`` is the answer where it is a word."""
    return (subject, _PRESENT, holds, value, None, ())


def absent(subject: str, holds: bool | None, value: str | None = None) -> Made:
    """Does this lack? ``holds`` is the answer to that question."""
    return (subject, _ABSENT, holds, value, None, ())


def all_of(*parts: Made) -> Made:
    """Holds when every part holds; no as soon as one part is no; else cannot say."""
    answers = [part[_HOLDS] for part in parts]
    holds = False if False in answers else None if None in answers else True
    return ("", _ALL, holds, None, None, parts)


def any_of(*parts: Made) -> Made:
    """Holds as soon as one part holds; no when every part is no; else cannot say."""
    answers = [part[_HOLDS] for part in parts]
    holds = True if True in answers else None if None in answers else False
    return ("", _ANY, holds, None, None, parts)


def within(subject: str, value: Quantity | None, limits: tuple[Limit, Limit]) -> Made:
    """Does the value lie from the first limit to the second, both included?"""
    return all_of(at_least(subject, value, limits[0]), at_most(subject, value, limits[1]))


OTHERWISE: Made = ("", Relation.OTHERWISE, True, None, None, ())
"""The last branch of a decision: what is left when no other branch opened."""

Outcome = TypeVar("Outcome", bound=str)
Branch = (
    tuple[Outcome, bool | None, str]
    | tuple[Outcome, Made]
    | tuple[Outcome, Callable[[str, Any, Any], Made], str, Any, Any]
)
"""How a rule writes a branch: ``(outcome, finding, subject)``; ``(outcome, check)``; or a
comparison that is asked only when it is reached, ``(outcome, below, subject, value, limit)``."""


def _lies_within(value: Quantity, low: Limit, high: Limit) -> bool | None:
    if value.comparator:
        return Check.named(within("", value, (low, high))).holds
    return low.value <= value.value <= high.value


def _made(branch: tuple[Any, ...]) -> Made:
    """The check that guards a branch."""
    if len(branch) == 2:
        made: Made = branch[1]
        return made
    if len(branch) == 3:
        return present(branch[2], branch[1])
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


Decided = tuple[Node, str, tuple[Any, ...]]
"""A decision as a run has made it; read as a ``Step``."""


class Trace:
    """Collects the decisions of one run in order, and whether a value lay exactly on a limit that
    it was compared with."""

    __slots__ = ("made", "on_a_limit")

    def __init__(self) -> None:
        self.made: list[Decided] = []
        self.on_a_limit = False

    @property
    def steps(self) -> list[Step]:
        return [Step(*made) for made in self.made]

    def decide(self, node: Node, *branches: Branch[Outcome]) -> Outcome:
        """Take the first branch whose check holds and remember the whole decision.

        Raises ``ValueError`` when no branch opens: the last one must be ``OTHERWISE``.
        """
        branch: Any  # its length tells which of the three forms it has
        for branch in branches:
            holds = branch[1]
            if not holds:
                continue
            if len(branch) == 2:
                holds = holds[_HOLDS]
            elif holds is not True:
                # Asked here and not in a method: a run compares some five times, and a call of its
                # own would cost more than the comparison.
                _, ask, _, value, limit = branch
                if value is None:
                    continue
                if ask is within:
                    holds = _lies_within(value, *limit)
                elif value.comparator:
                    holds = ask.censored(value, limit.value)
                else:
                    holds = ask.plain(value.value, limit.value)
                    if value.value == limit.value:
                        self.on_a_limit = True
            if holds:
                outcome: Outcome = branch[0]
                self.made.append((node, outcome, branches))
                return outcome
        raise ValueError(f"no branch of {node.name} opened")

    def answer(self, node: Node) -> str | None:
        """What was last decided at this place; ``None`` where the run has not been."""
        for made in reversed(self.made):
            if made[0] is node:
                return made[1]
        return None


def leaves(check: Check) -> tuple[Check, ...]:
    """The single comparisons that a check consists of."""
    if not check.parts:
        return (check,)
    return tuple(leaf for part in check.parts for leaf in leaves(part))
