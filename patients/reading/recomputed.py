"""Running a signed assessment again under the edition that it was given under."""

import json
from collections.abc import Iterator
from typing import Any, NamedTuple

from interpretation.contract import case_from_json, interpretation_to_json
from interpretation.guideline import (
    Case,
    Edition,
    EditionError,
    Interpretation,
    interpret,
    load_edition,
)

from ..models import Assessment

_SENTENCES = frozenset({"why", "message"})
"""Parts of the answer that only say it in words: a better sentence is no other answer."""


class Difference(NamedTuple):
    """Where the answers differ, in the names of the JSON contract."""

    path: str
    old: Any
    new: Any


class Rerun(NamedTuple):
    case: Case
    edition: Edition
    result: Interpretation
    differences: tuple[Difference, ...]


def rerun(assessment: Assessment) -> Rerun:
    """The answer to the stored case today, and every difference from the stored one.

    Raises :class:`EditionError` when the edition is not there any more.
    """
    edition = load_edition(assessment.edition)
    case = case_from_json(assessment.case, assessment.as_of)
    result = interpret(case, edition)
    found = []
    if edition.checksum != assessment.checksum:
        found.append(Difference("checksum", assessment.checksum, edition.checksum))
    now = json.loads(json.dumps(interpretation_to_json(result)))
    return Rerun(case, edition, result, (*found, *_differences("", assessment.result, now)))


def differences(assessment: Assessment) -> tuple[Difference, ...]:
    """As ``rerun``; an edition that cannot be loaded is a difference too."""
    try:
        return rerun(assessment).differences
    except EditionError as error:
        return (Difference("edition", assessment.edition, str(error)),)


def _differences(path: str, old: Any, new: Any) -> Iterator[Difference]:
    if isinstance(old, dict) and isinstance(new, dict):
        for key in sorted({*old, *new} - _SENTENCES):
            yield from _differences(f"{path}.{key}".strip("."), old.get(key), new.get(key))
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        for number, (before, after) in enumerate(zip(old, new, strict=True)):
            yield from _differences(f"{path}[{number}]", before, after)
    elif old != new:
        yield Difference(path, old, new)
