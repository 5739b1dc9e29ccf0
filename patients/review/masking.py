"""What tells who a patient is, taken out of words that somebody wrote freely.

It finds what the record knows: names, address, telephone, identity number. A nickname or a relative
who is named stays; so this is a help, and no promise.
"""

import re
from collections.abc import Iterator

from ..models import Patient

HIDDEN = "[…]"
_SHORTEST = 2
_ELEVEN_DIGITS = re.compile(r"(?<!\d)\d{6} ?\d{5}(?!\d)")


def masked(text: str, patient: Patient) -> str:
    """Whole words only, in capitals or not: of Dag also "en god dag" goes, but not "dagen"."""
    for word in sorted(_telling(patient), key=len, reverse=True):
        text = re.sub(rf"(?<!\w){re.escape(word)}(?:s|')?(?!\w)", HIDDEN, text, flags=re.IGNORECASE)
    return _ELEVEN_DIGITS.sub(HIDDEN, text)


def _telling(patient: Patient) -> Iterator[str]:
    for part in (
        patient.name,
        patient.address,
        patient.telephone,
        patient.national_identity_number,
    ):
        yield from _long_enough(part.strip())
    for name in re.split(r"[\s-]+", patient.name):
        yield from _long_enough(name)


def _long_enough(word: str) -> Iterator[str]:
    if len(word) >= _SHORTEST:
        yield word
