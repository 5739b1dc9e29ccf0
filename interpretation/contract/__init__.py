"""The JSON contract: one case in, one result out, with stable codes."""

from .case_writing import case_to_json
from .reading import NotACaseError, case_from_json, parse_json
from .writing import interpretation_to_json, to_text

__all__ = [
    "NotACaseError",
    "case_from_json",
    "case_to_json",
    "interpretation_to_json",
    "parse_json",
    "to_text",
]
