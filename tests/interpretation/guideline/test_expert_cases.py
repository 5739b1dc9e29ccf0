"""The experts' cases, where their folder lies beside the project."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from interpretation.contract import case_from_json, interpretation_to_json, parse_json
from interpretation.guideline import edition_for, interpret

from .builders import TODAY

CASES = Path(__file__).parents[4] / "shared" / "guideline" / "vignettes.json"
Json = dict[str, Any]


def codes(listed: list[Any]) -> set[str]:
    return {item if isinstance(item, str) else item["code"] for item in listed}


def conclusion_differs(want: Json, got: Json) -> bool:
    handling = want.get("input_handling") or ""
    allowed = {want["conclusion"], *want["also_acceptable"]}
    if "refer_paed" in handling:
        allowed.add("outside_scope")
    if want["conclusion"] is None and not handling and got["monitoring"]:
        return False
    return got["conclusion"] not in allowed


def conclusion_is_forbidden(want: Json, got: Json) -> bool:
    return got["conclusion"] in want["must_not_conclude"]


def orders_differ(want: Json, got: Json) -> bool:
    wanted, ordered = want["next_tests"], set(got["next_tests"])
    known = ordered | set(got["cause_workup"]["tests"])
    choices = [{one} if isinstance(one, str) else set(one) for one in wanted["at_least_one_of"]]
    return (
        not set(wanted["must_include"]) <= known
        or bool(set(wanted["must_not_include"]) & ordered)
        or (bool(choices) and not any(choice <= known for choice in choices))
    )


def treatment_differs(want: Json, got: Json) -> bool:
    regimen, wanted = got["treatment"]["regimen"], want["treatment"]
    return regimen not in {wanted["regimen"], *wanted["also_acceptable"]}


def regimen_is_forbidden(want: Json, got: Json) -> bool:
    return got["treatment"]["regimen"] in want["treatment"]["must_not"]


def caveats_differ(want: Json, got: Json) -> bool:
    shown, wanted = set(got["caveats"]), want["caveats"]
    lacking = codes(wanted["must_include"]) - shown
    return bool(lacking or codes(wanted["must_not_include"]) & shown)


def follow_up_differs(want: Json, got: Json) -> bool:
    planned = {item["when"]: set(item["check"]) for item in got["follow_up"]}

    def kept(item: Json) -> bool:
        checks = set(item["check"])
        after_switch = planned.get("3_months", set()) | {"total_b12"}
        return checks <= planned.get(item["when"], set()) or (
            item["when"] == "2-3_months" and checks <= after_switch
        )

    return not all(kept(item) for item in want["follow_up"]["must_include"] if "when" in item)


def monitoring_differs(want: Json, got: Json) -> bool:
    wanted = want.get("monitoring_conclusion")
    allowed = {wanted, *want.get("monitoring_also_acceptable", [])}
    return bool(wanted) and got["monitoring"] not in allowed


def errors_differ(want: Json, got: Json) -> bool:
    handling = want.get("input_handling") or ""
    if not handling.startswith("reject_value"):
        return False
    field = handling.split(":")[1]
    return not any(field in error["field"] for error in got["errors"])


def trace_is_empty(_: Json, got: Json) -> bool:
    answered = got["conclusion"] not in {None, "outside_scope"}
    return answered and not (got["trace"] and all(step["statements"] for step in got["trace"]))


CHECKS: tuple[Callable[[Json, Json], bool], ...] = (
    conclusion_differs, conclusion_is_forbidden, orders_differ, treatment_differs,
    regimen_is_forbidden, caveats_differ, follow_up_differs, monitoring_differs, errors_differ,
    trace_is_empty,
)  # fmt: skip


def answers() -> Iterator[tuple[Json, Json]]:
    for expert in parse_json(CASES.read_text(encoding="utf-8")):
        case = case_from_json(expert, TODAY)
        yield expert, interpretation_to_json(interpret(case, edition_for(case.as_of)))


@pytest.mark.skipif(
    not CASES.is_file(),
    reason="the experts' cases do not lie beside the project (shared/guideline)",
)
def test_no_case_of_the_experts_is_answered_differently() -> None:
    cases = list(answers())
    wrong = {
        (expert["id"], check.__name__)
        for expert, got in cases
        for check in CHECKS
        if check(expert["expect"], got)
    }
    assert wrong == set()
    assert len(cases) > 100
