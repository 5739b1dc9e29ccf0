"""Where in the guideline a statement stands, to cite the sections behind an answer."""

from collections.abc import Iterable

from .edition import SECTIONS

SECTION_STATEMENTS: dict[str, tuple[int, ...]] = {
    "Summary": (1, 18, 49, 50, 51, 52, 68, 79, 80, 81, 92),
    "Box-U": (95, 96, 97, 121, 122, 128),
    "Box-S": (98, 99, 100, 117, 120, 121, 122, 123, 128),
    "Flow-1": (*range(23, 33), 48),
    "Flow-2": (7, *range(33, 44)),
    "Uptake": (19, 94, 134, 135, 136),
    "Prevalence": (1, 2, 21, 22),
    "Symptoms": (17,),
    "Table 1": tuple(range(8, 17)),
    "Detection": (3, 4, 5, 6, 20),
    "Total B12": (1, *range(44, 56)),
    "Active B12": (48, 56, 57, 58),
    "MMA": tuple(range(59, 66)),
    "Hcy": (66, 67, 68, 69),
    "Other labs": (71, 72, 73),
    "Causes": tuple(range(74, 81)),
    "Cause tests": (70, *range(82, 92)),
    "Tx-intro": (92, 93, 133),
    "Tx-parenteral": (101, 102, 103),
    "Tx-uncomplicated": (95, 115),
    "Tx-urgent": (98, 99, 100),
    "Folate": (104, 105, 106, 107),
    "Switch": (108, 109, 110, 132),
    "Prevention": (111, 112),
    "Duration": (113, 114, 116),
    "Effect": (118, 119, 120, 124, 125, 126, 127),
    "Lab follow-up": (129,),
    "Complications": (130, 131),
}


def references(statements: Iterable[str]) -> list[str]:
    """The sections in which the statements stand, in the guideline's order, each with its
    statements: ``Flowchart 1: strong clinical suspicion (G25, G28)``. Readings (A16) are ours and
    stand in no section."""
    cited = {int(statement[1:]) for statement in statements if statement.startswith("G")}
    found = {
        section: [f"G{number}" for number in numbers if number in cited]
        for section, numbers in SECTION_STATEMENTS.items()
    }
    return [f"{SECTIONS[section]} ({', '.join(ids)})" for section, ids in found.items() if ids]
