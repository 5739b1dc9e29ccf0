"""Reads the vectors (vectors/README.md) and compares an interpretation with what is expected."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from interpretation.contract import case_from_json, interpretation_to_json
from interpretation.guideline import Interpretation, edition_for, interpret

from .builders import TODAY

FOLDER = Path(__file__).parent / "vectors"
SIDES = ("below", "at", "above")
_NUMBERS = (int, float, Decimal)

Tree = dict[str, Any]


@dataclass(frozen=True)
class Vector:
    """One case and what the guideline says about it."""

    file: str
    name: str
    statements: tuple[str, ...]
    case: Tree
    expect: Tree


@dataclass(frozen=True)
class LimitVectors:
    """Three vectors around one number."""

    name: str
    parameter: str | None
    local_limit: str | None
    number: Decimal
    vectors: tuple[Vector, ...]


def exact(value: Any) -> Any:
    """The numbers of a TOML file as the contract reads them from JSON: exact decimals."""
    if isinstance(value, dict):
        return {key: exact(item) for key, item in value.items()}
    if isinstance(value, list):
        return [exact(item) for item in value]
    return Decimal(value) if isinstance(value, int) and not isinstance(value, bool) else value


def together(base: Mapping[str, Any], more: Mapping[str, Any]) -> Tree:
    """``more`` laid over ``base``; ``"unknown"`` removes."""
    merged: Tree = dict(base)
    for key, value in more.items():
        both = isinstance(value, dict) and isinstance(base.get(key), dict)
        merged[key] = together(base[key], value) if both else value
    return {key: value for key, value in merged.items() if value != "unknown"}


def _with(case: Mapping[str, Any], path: str, value: Any) -> Tree:
    """``case`` with the value put at ``labs.mma_umol_l`` or the like."""
    first, _, rest = path.partition(".")
    return together(case, {first: _with({}, rest, value) if rest else value})


def _limit(file: str, background: Tree, table: Tree) -> LimitVectors:
    case, sides = together(background, table.get("case", {})), [table[side] for side in SIDES]
    expects = [{key: item for key, item in side.items() if key != "value"} for side in sides]
    vectors = tuple(
        Vector(
            file,
            f"{table['name']} ({side}: {given['value']})",
            tuple(table["statements"]),
            _with(case, table["varies"], given["value"]),
            together(table.get("expect", {}), expect),
        )
        for side, given, expect in zip(SIDES, sides, expects, strict=True)
    )
    return LimitVectors(
        table["name"],
        table.get("parameter"),
        table.get("local_limit"),
        table.get("equals", table["at"]["value"]),
        vectors,
    )


@cache
def files() -> Mapping[str, Tree]:
    return {
        path.stem: exact(tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal))
        for path in sorted(FOLDER.glob("*.toml"))
    }


@cache
def limits() -> tuple[LimitVectors, ...]:
    return tuple(
        _limit(name, table.get("background", {}), limit)
        for name, table in files().items()
        for limit in table.get("limit", [])
    )


def _single() -> Iterator[Vector]:
    for name, table in files().items():
        background = table.get("background", {})
        for vector in table.get("vector", []):
            yield Vector(
                name,
                vector.get("name", ""),
                tuple(vector.get("statements", ())),
                together(background, vector["case"]),
                vector["expect"],
            )


@cache
def vectors() -> tuple[Vector, ...]:
    return (*_single(), *(vector for limit in limits() for vector in limit.vectors))


@cache
def answer(number: int) -> tuple[Interpretation, Tree]:
    """The interpretation of a vector and its JSON, computed once."""
    case = case_from_json(vectors()[number].case, TODAY)
    result = interpret(case, edition_for(case.as_of))
    return result, interpretation_to_json(result)


_PLAIN = {
    "conclusion": ("conclusion",),
    "pathway": ("pathway",),
    "monitoring": ("monitoring",),
    "regimen": ("treatment", "regimen"),
    "strength": ("treatment", "strength"),
    "duration": ("treatment", "duration"),
    "folate": ("treatment", "folate"),
    "iron": ("treatment", "iron"),
    "cause_group": ("cause_workup", "cause_group"),
    "cause_needed": ("cause_workup", "needed"),
}
_LISTS = {
    "next_tests": ("next_tests",),
    "alternatives": ("treatment", "alternatives"),
    "caveats": ("caveats",),
    "cause_tests": ("cause_workup", "tests"),
    "information": ("patient_information",),
    "questions": ("questions",),
    "not_from_guideline": ("not_from_guideline",),
}


def _at(answered: Tree, path: tuple[str, ...]) -> Any:
    for key in path:
        answered = answered[key]
    return answered


def _dates(result: Interpretation) -> Tree:
    return {
        str(item.when): [str(item.earliest), str(item.latest)]
        for item in result.follow_up
        if item.earliest is not None
    }


def _dose(dose: Tree) -> str:
    words = (dose["drug"], dose["route"], dose["dose"], dose["frequency"], dose["duration"])
    return " ".join(word for word in words if word)


def _tables(result: Interpretation, answered: Tree) -> Tree:
    """What a vector calls a table, in the same form."""
    return {
        "dates": _dates(result),
        "errors": {error["field"]: error["code"] for error in answered["errors"]},
        "suggestions": {error["field"]: error["suggestion"] for error in answered["errors"]},
        "conversions": {item["field"]: item["to"]["value"] for item in answered["conversions"]},
    }


def _differs(key: str, want: Any, result: Interpretation, answered: Tree) -> str | None:
    """One expectation against the answer: what differs, or nothing. Unknown keys raise."""
    if key in _PLAIN:
        got = _at(answered, _PLAIN[key])
        return None if got == (None if want == "null" else want) else f"{key}: {got}, not {want}"
    if key == "regimen_not":
        got = answered["treatment"]["regimen"]
        return f"regimen: {got}" if got in want else None
    if key == "doses":
        doses = [_dose(dose) for dose in answered["treatment"]["doses"]]
        return None if doses == want else f"doses: {doses}"
    if key in {"follow_up", "follow_up_exclude", "not_checked"}:
        return _follow_up_differs(key, want, answered)
    if key in {"dates", "errors", "suggestions", "conversions"}:
        table = _tables(result, answered)[key]
        wrong = {name: table.get(name) for name in want if table.get(name) != want[name]}
        return f"{key}: {wrong}, not {want}" if wrong else None
    name, _, how = key.rpartition("_")
    got = set(_at(answered, _LISTS[name]))
    wrong_ones = set(want) - got if how == "include" else set(want) & got
    return f"{key}: {sorted(wrong_ones)} (have {sorted(got)})" if wrong_ones else None


def _follow_up_differs(key: str, want: Any, answered: Tree) -> str | None:
    have = {item["when"]: set(item["check"]) for item in answered["follow_up"]}
    if key == "follow_up_exclude":
        wrong = set(want) & have.keys()
        return f"follow_up has {sorted(wrong)}" if wrong else None
    for when, tests in want.items():
        if key == "follow_up" and (when not in have or not set(tests) <= have[when]):
            return f"follow_up lacks {when} {tests} (have {have})"
        if key == "not_checked" and set(tests) & have.get(when, set()):
            return f"follow_up {when} has one of {tests}"
    return None


def differences(number: int) -> list[str]:
    """Everything in which the answer to a vector is not as expected."""
    result, answered = answer(number)
    found = (
        _differs(key, want, result, answered) for key, want in vectors()[number].expect.items()
    )
    return [difference for difference in found if difference]
