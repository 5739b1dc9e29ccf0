import pytest

from b12site.accounts.models import User
from tests.cast import Cast
from tests.patients.builders import NOW

from . import desk


@pytest.fixture
def office(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Cast:
    """Nothing is drawn at random, and the reviewer reaches the administration."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    desk.set_up(cast.practice)
    User.objects.filter(pk=cast.reviewer.user.pk).update(is_staff=True)
    return cast
