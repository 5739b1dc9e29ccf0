"""What one interpretation costs: the whole guideline, and flowchart 2 alone, in microseconds.

Beside them in the same process: a bare if/else of flowchart 2 without a trace (the floor) and the
rules engine zen-engine with flowchart 2 as a decision table and its trace on. All engines must
agree on every case before anything is timed, and take turns while it is. Nothing is written.

    PYTHONPATH=. python -P bench/interpretation.py     (-P: this file has the package's name)
"""

import gc
import random
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any, NamedTuple

import zen

from interpretation.guideline import Case, Interpretation, Results, edition_for, interpret
from interpretation.guideline.findings import Findings
from interpretation.guideline.nonspecific import flowchart_2
from interpretation.guideline.quantity import UNITS, Quantity
from interpretation.guideline.trace import Trace
from interpretation.guideline.vocabulary import (
    INTAKE_RISKS,
    Analyte,
    Conclusion,
    Pathway,
    Risk,
    Sex,
    Symptom,
)

TODAY = date(2026, 1, 5)
EDITION = edition_for(TODAY)
CASES = 10_000
BATCH = 200
ROUNDS = 9


class Markers(NamedTuple):
    """The inputs of flowchart 2; the metabolites are known in the grey zone only."""

    b12: Decimal
    mma: Decimal | None
    homocysteine: Decimal | None


def markers(count: int, rng: random.Random) -> list[Markers]:
    drawn = []
    for _ in range(count):
        b12 = Decimal(rng.randint(60, 400))
        if not 100 <= b12 <= 250:
            drawn.append(Markers(b12, None, None))
            continue
        mma, homocysteine = Decimal(rng.randint(10, 99)) / 100, Decimal(rng.randint(6, 30))
        drawn.append(Markers(b12, mma, homocysteine))
    return drawn


def results(values: Markers) -> Results:
    named = zip((Analyte.TOTAL_B12, Analyte.MMA, Analyte.HOMOCYSTEINE), values, strict=True)
    return Results({key: Quantity(v, UNITS[key]) for key, v in named if v is not None})


def varied_cases(drawn: Sequence[Markers], rng: random.Random) -> list[Case]:
    """Both pathways and neither, all ages, symptoms, risks and blood counts."""
    symptoms = list(Symptom)[:40]
    risks = [*sorted(INTAKE_RISKS), Risk.LONG_TERM_METFORMIN, Risk.MYELOMA]
    cases = []
    for values in drawn:
        known = dict(results(values).values)
        if rng.random() < 0.4:
            low = Decimal(rng.randint(90, 150)) / 10
            known[Analyte.HAEMOGLOBIN] = Quantity(low, UNITS[Analyte.HAEMOGLOBIN])
        cases.append(
            Case(
                TODAY,
                age=Decimal(rng.randint(18, 95)),
                sex=rng.choice(list(Sex)),
                pathway=rng.choice([None, *Pathway]),
                symptoms=frozenset(rng.sample(symptoms, rng.randint(0, 3))),
                risk_factors=frozenset(rng.sample(risks, rng.randint(0, 2))),
                results=Results(known),
            )
        )
    return cases


def floor(values: Markers) -> str:
    """Flowchart 2 as a programmer would write it in a minute, without reasons."""
    if values.b12 < 100:
        return Conclusion.HIGHLY_PROBABLE
    if values.b12 > 250:
        return Conclusion.UNLIKELY
    mma, homocysteine = values.mma, values.homocysteine
    if mma is None or homocysteine is None:
        return Conclusion.FURTHER_TESTS
    if mma >= Decimal("0.75"):
        return Conclusion.CONFIRMED
    if mma >= Decimal("0.26"):
        return Conclusion.POSSIBLE
    if homocysteine > 20:
        return Conclusion.PROBABLE_FOLATE_DEFICIENCY
    return Conclusion.UNLIKELY if homocysteine >= 15 else Conclusion.NONE


_ROWS = (
    ("< 100", "", "", Conclusion.HIGHLY_PROBABLE),
    ("> 250", "", "", Conclusion.UNLIKELY),
    ("", ">= 0.75", "", Conclusion.CONFIRMED),
    ("", ">= 0.26", "", Conclusion.POSSIBLE),
    ("", "", "> 20", Conclusion.PROBABLE_FOLATE_DEFICIENCY),
    ("", "", ">= 15", Conclusion.UNLIKELY),
    ("", "", "", Conclusion.NONE),
)


def decision_table() -> dict[str, Any]:
    fields = ("b12", "mma", "homocysteine")
    inputs = [{"id": f, "name": f, "type": "expression", "field": f} for f in fields]
    output = {"id": "out", "name": "out", "type": "expression", "field": "conclusion"}
    rules = [
        {"_id": str(n), **dict(zip(fields, row[:3], strict=True)), "out": f'"{row[3].value}"'}
        for n, row in enumerate(_ROWS)
    ]
    content = {"hitPolicy": "first", "inputs": inputs, "outputs": [output], "rules": rules}
    nodes: list[dict[str, Any]] = [
        {"id": "in", "type": "inputNode", "name": "in"},
        {"id": "table", "type": "decisionTableNode", "name": "flowchart_2", "content": content},
        {"id": "end", "type": "outputNode", "name": "end"},
    ]
    edges = [
        {"id": "a", "sourceId": "in", "targetId": "table", "type": "edge"},
        {"id": "b", "sourceId": "table", "targetId": "end", "type": "edge"},
    ]
    placed = [{**node, "position": {"x": 0, "y": 0}} for node in nodes]
    return {"contentType": "application/vnd.gorules.decision", "nodes": placed, "edges": edges}


def flowchart(findings: Findings) -> str | None:
    return flowchart_2(findings, Trace()).conclusion


def whole(case: Case) -> Interpretation:
    return interpret(case, EDITION)


def deeper(frames: int, run: Callable[[], float]) -> float:
    """Run some frames further down. CPython lays its frames in chunks of 16 KiB, and a program that
    happens to cross the end of a chunk in every call pays for it; no engine shall by chance."""
    return deeper(frames - 1, run) if frames else run()


def microseconds(run: Callable[[Any], object], inputs: Sequence[Any]) -> float:
    """The mean time for one input."""
    start = time.perf_counter()
    for item in inputs:
        run(item)
    return (time.perf_counter() - start) / len(inputs) * 1e6


def medians(
    engines: Mapping[str, tuple[Callable[[Any], object], Sequence[Any]]],
) -> dict[str, float]:
    """The median time of each engine over batches of the cases. The engines take turns, so that a
    machine with other work slows all of them, and each round starts some frames deeper."""
    gc.collect()
    gc.freeze()
    times: dict[str, list[float]] = {name: [] for name in engines}
    for number in range(ROUNDS):
        for first in range(0, CASES, BATCH):
            for name, (run, inputs) in engines.items():
                batch = inputs[first : first + BATCH]
                times[name].append(deeper(number * 2, partial(microseconds, run, batch)))
    return {name: statistics.median(measured) for name, measured in times.items()}


def main() -> None:
    rng = random.Random(20180301)
    drawn = markers(CASES, rng)
    adult = Case(TODAY, age=Decimal(50), sex=Sex.FEMALE, pathway=Pathway.NONSPECIFIC)
    found = [Findings(adult, EDITION, results(values), {}) for values in drawn]
    engine = zen.ZenEngine(
        {"loader": {"type": "static", "content": {"flowchart_2": decision_table()}}}
    )
    contexts = [{k: None if v is None else float(v) for k, v in m._asdict().items()} for m in drawn]
    traced: zen.DecisionEvaluateOptions = {"trace": True}

    def rules_engine(context: dict[str, Any]) -> str:
        answer = engine.evaluate("flowchart_2", context, traced)
        return str(answer["result"]["conclusion"])

    for values, findings, context in zip(drawn, found, contexts, strict=True):
        answers = {floor(values), flowchart(findings), rules_engine(context)}
        assert len(answers) == 1, (values, answers)
    print(f"{CASES} cases, all engines agree; medians of batches of {BATCH}, microseconds a case")

    rival = "flowchart 2, zen-engine, with trace"
    measured = medians(
        {
            "flowchart 2, bare if/else, no reasons": (floor, drawn),
            "flowchart 2, this product, with trace": (flowchart, found),
            rival: (rules_engine, contexts),
            "the whole interpretation with trace": (whole, varied_cases(drawn, rng)),
        }
    )
    for name, median in measured.items():
        print(f"{name:40} {median:8.1f}   {median / measured[rival]:5.2f} of zen-engine")


if __name__ == "__main__":
    main()
