"""Every caveat in words: a headline, what it means for the doctor, and what it rests on."""

from typing import TYPE_CHECKING, NamedTuple

from interpretation.guideline.caveats import statements
from interpretation.guideline.vocabulary import Caveat

from .caveats_care import CARE
from .caveats_results import RESULTS

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


class CaveatWording(NamedTuple):
    """``short`` is a headline, ``long`` one or two sentences to act on, ``statements`` the
    statements (G49) and readings (A40) that the caveat rests on."""

    short: "_StrPromise"
    long: "_StrPromise"
    statements: tuple[str, ...]


_TEXTS = RESULTS | CARE

CAVEATS = {caveat: CaveatWording(*_TEXTS[caveat], statements(caveat)) for caveat in Caveat}
