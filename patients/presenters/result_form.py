"""The fields for typed results, as the small templates of the case form want them."""

from typing import TYPE_CHECKING, Any

from interpretation.form_layout import FIRST_ROWS, OTHER_ROWS, Item, Lab, Select
from interpretation.wording.numbers import unit

if TYPE_CHECKING:
    from ..forms.correction import CorrectionForm
    from ..forms.results import ResultsForm

_WORDS = ("anti_if", "anti_parietal", "coeliac_serology", "blood_smear", "gastrin_fasting")


def result_fields(form: "ResultsForm") -> dict[str, Any]:
    """Values with units, answers that are words, and printed limits. The limits are open when one
    of them holds something."""
    rows = (*FIRST_ROWS, *OTHER_ROWS)
    limits = [
        {
            "label": form.fields[key].label,
            "ends": [_end(form, f"{end}_{key}") for end in ("lower", "upper")],
        }
        for key in rows
    ]
    return {
        "labs": [Lab(key).values(form[key]) for key in rows],
        "words": [Select(name).values(form[name]) for name in _WORDS],
        "limits": limits,
        "limits_used": any(end["value"] or end["errors"] for row in limits for end in row["ends"]),
    }


def corrected_value(form: "CorrectionForm") -> dict[str, Any] | None:
    """The number with its unit; ``None`` where the answer is a word."""
    bound = form["value"]
    return Lab("value").values(bound) if hasattr(bound.field, "units") else None


def _end(form: "ResultsForm", name: str) -> dict[str, Any]:
    return Item(name).values(form[name]) | {"unit": unit(str(form.fields[name].help_text))}
