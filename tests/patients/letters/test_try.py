from pathlib import Path

import pytest

from patients.letters_data import printed

from .samples import KINDS


@pytest.mark.django_db
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_try(kind, language):
    Path(f"/tmp/w/S4/L1/out/{kind}-{language}.pdf").write_bytes(printed(KINDS[kind](language)))
