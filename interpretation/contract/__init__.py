"""The JSON contract: one case in, one result out, with stable codes."""

from .reading import NotACaseError, case_from_json, parse_json
from .writing import interpretation_to_json, to_text

__all__ = ["NotACaseError", "case_from_json", "interpretation_to_json", "parse_json", "to_text"]
