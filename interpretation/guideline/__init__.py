"""The guideline as a pure function: what does it say about this case?

``interpret`` is the only door. It reads no clock, no settings and no database.
"""

from .case import Case, Results, TreatmentStatus
from .edition import Edition, EditionError, edition_for, editions, load_edition
from .interpretation import Interpretation
from .run import interpret

__all__ = [
    "Case",
    "Edition",
    "EditionError",
    "Interpretation",
    "Results",
    "TreatmentStatus",
    "edition_for",
    "editions",
    "interpret",
    "load_edition",
]
