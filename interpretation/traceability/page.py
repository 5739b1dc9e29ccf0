"""The page docs/guideline/coverage.md: every statement, every number, where each is used."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from interpretation import wording
from interpretation.guideline.edition import ControlWindow, Edition, Parameter, RegimenDefinition
from interpretation.guideline.kidney import FORMULA

from . import (
    STATEMENTS,
    Place,
    Vectors,
    naming,
    nodes,
    numbers,
    places,
    texts,
    users,
    vectors,
)

FILE = Path("docs/guideline/coverage.md")
VECTORS = Path("tests/interpretation/guideline/vectors")
_NONE = "**none**"


def page(edition: Edition, root: Path) -> str:
    """The whole page in Markdown. Call it with English active: the words are the source's."""
    tried = vectors(root / VECTORS)
    parts = (
        _top(edition, tried),
        _statements(edition, tried),
        _parameters(edition),
        _regimens(edition),
        _controls(edition),
        _ranges(edition),
    )
    return "\n\n".join(parts) + "\n"


def _table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = (headings, ["---"] * len(headings), *rows)
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _codes(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _stated(from_guideline: bool) -> str:
    return "yes" if from_guideline else "**no**"


def _top(edition: Edition, tried: list[Vectors]) -> str:
    decided = {s for place in (*nodes(), *texts()) for s in place.statements}
    numbered = {s for place in numbers(edition) for s in place.statements}
    tested = {s for entry in tried for s in entry.statements}
    total, parameters = len(STATEMENTS), _all_parameters(edition)
    unstated = sum(not parameter.from_guideline for parameter in parameters)
    cases = sum(entry.cases for entry in tried)
    return f"""# Where each statement of the guideline is answered

Written by `python manage.py guideline_coverage`; a test fails when it is not up to date. Do not
edit it. A statement (G38) is one sentence of the guideline taken by itself, a reading (A16) is how
this product reads a place that is ambiguous or silent. The guideline's own words are not repeated
here. Sections are named in the product's words.

Edition {edition.id}, in force from {edition.valid_from:%d.%m.%Y}.

- Answered by a rule, a text or a number: **{_of(decided | numbered)} of {total}** statements.
- Decided or shown by a rule or a text, numbers aside: {_of(decided)} of {total}.
- Tried by at least one vector: {_of(tested)} of {total}; {cases} vectors in all, in
  [`{VECTORS.as_posix()}`](../../{VECTORS.as_posix()}).
- Numbers that the rules compare with: {len(parameters)}, of which {unstated} do not stand in the
  guideline and are labelled so wherever they are used."""


def _of(named: set[str]) -> int:
    return len(named & set(STATEMENTS))


def _statements(edition: Edition, tried: list[Vectors]) -> str:
    found = places(edition)
    rows = [_statement(name, naming(name, found), edition, tried) for name in STATEMENTS]
    headings = ("statement", "section", "decided or shown in", "numbers", "vectors")
    return f"## Statements\n\n{_table(headings, rows)}"


def _statement(
    statement: str, found: list[Place], edition: Edition, tried: list[Vectors]
) -> tuple[str, ...]:
    decided = [place for place in found if place.kind not in _NUMBERS]
    return (
        statement,
        _sections(statement),
        "<br>".join(f"{place.kind} `{place.name}` ({place.module}.py)" for place in decided) or "–",
        "<br>".join(_number(place, edition) for place in found if place.kind in _NUMBERS) or "–",
        _tried(statement, tried),
    )


def _sections(statement: str) -> str:
    number = int(statement[1:])
    return "<br>".join(
        str(wording.SECTIONS[section])
        for section, named in wording.SECTION_STATEMENTS.items()
        if number in named
    )


_NUMBERS = frozenset({"parameter", "regimen", "control"})


def _number(place: Place, edition: Edition) -> str:
    if place.kind != "parameter":
        return f"{place.kind} `{place.name}`"
    parameter: Parameter = getattr(edition.parameters, place.name)
    label = "" if parameter.from_guideline else " (not in the guideline)"
    return f"`{place.name}` {parameter.value} {parameter.limit.unit}{label}"


def _tried(statement: str, tried: list[Vectors]) -> str:
    counts: dict[str, int] = {}
    for entry in tried:
        if statement in entry.statements:
            counts[entry.file] = counts.get(entry.file, 0) + entry.cases
    return "<br>".join(f"{file} {count}" for file, count in counts.items()) or _NONE


def _all_parameters(edition: Edition) -> list[Parameter]:
    names = (place.name for place in numbers(edition) if place.kind == "parameter")
    return [getattr(edition.parameters, name) for name in names]


def _parameters(edition: Edition) -> str:
    rows = [
        (
            f"`{parameter.key}`",
            str(wording.PARAMETERS[parameter.key]),
            str(parameter.value),
            parameter.limit.unit,
            ", ".join(parameter.sources),
            str(wording.SECTIONS[parameter.section]),
            _stated(parameter.from_guideline),
            _codes(users(parameter.key)) or _NONE,
        )
        for parameter in _all_parameters(edition)
    ]
    headings = (
        "key",
        "meaning",
        "value",
        "unit",
        "sources",
        "section",
        "in the guideline",
        "used in",
    )
    return f"""## Parameters

{_table(headings, rows)}

Outside the edition: {wording.PARAMETERS[FORMULA]}, used where the laboratory gives no eGFR of its
own. The formula is **not in the guideline** and the answer says so."""


def _regimens(edition: Edition) -> str:
    rows = [
        (
            f"`{code}`",
            str(wording.REGIMENS[code]),
            "<br>".join(_phases(regimen)) or "–",
            ", ".join(regimen.sources),
            str(wording.SECTIONS[regimen.section]),
            "<br>".join(_stated(dose.from_guideline) for dose in regimen.doses) or "–",
        )
        for code, regimen in edition.regimens.items()
    ]
    headings = ("regimen", "meaning", "phases", "sources", "section", "dose in the guideline")
    return f"## Regimens\n\n{_table(headings, rows)}"


def _phases(regimen: RegimenDefinition) -> list[str]:
    return [
        ", ".join(part for part in (line.drug, line.dose, line.frequency, line.duration) if part)
        for line in wording.dose_lines(regimen.doses)
    ]


def _controls(edition: Edition) -> str:
    rows = [
        (
            f"`{code}`",
            str(wording.CONTROL_TIMES[code]),
            _window(window),
            ", ".join(window.sources),
            str(wording.SECTIONS[window.section]),
            _stated(window.from_guideline),
        )
        for code, window in edition.controls.items()
    ]
    headings = ("control", "meaning", "window", "sources", "section", "in the guideline")
    return f"## Controls\n\n{_table(headings, rows)}"


def _window(window: ControlWindow) -> str:
    first, last = window.earliest, window.latest
    span = f"{first}" if first == last else f"{first} to {last}"
    return f"{span} {window.unit}{', repeated' if window.repeats else ''}"


def _ranges(edition: Edition) -> str:
    rows = [
        (f"`{name}`", f"{limits.lowest:f}", f"{limits.highest:f}")
        for name, limits in edition.plausible.items()
    ]
    return f"""## Plausible ranges

A value outside its range, in the unit of its key, is refused and never interpreted. **None of these
numbers is in the guideline.**

{_table(("value", "lowest", "highest"), rows)}"""
