"""How a patient's story is written down: who it is, what it is about, and what happened when."""

from collections.abc import Callable
from typing import Concatenate, NamedTuple, ParamSpec

from .scene import Scene

P = ParamSpec("P")


class Step(NamedTuple):
    """Something that happens on a day, counted from today: -14 is two weeks ago."""

    day: int
    happen: Callable[[Scene], None]


def on(
    day: int, act: Callable[Concatenate[Scene, P], None], *args: P.args, **said: P.kwargs
) -> Step:
    return Step(day, lambda scene: act(scene, *args, **said))


class Person(NamedTuple):
    given_name: str
    family_name: str
    sex: str
    age: int


class Story(NamedTuple):
    person: Person
    about: str
    steps: tuple[Step, ...]


def story(name: str, sex: str, age: int, about: str, *steps: Step) -> Story:
    given, family = name.rsplit(" ", 1)
    return Story(Person(given, family, sex, age), about, steps)
