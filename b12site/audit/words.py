"""What the log says, in words. Each application brings the words of its own actions."""

from collections.abc import Iterable, Mapping

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from b12site.accounts.models import Role

Words = Mapping[str, str | Promise]

_VERBS: Words = {"added": _("added"), "changed": _("changed"), "removed": _("removed")}
_known: dict[str, str | Promise] = {}


def know(words: Words) -> None:
    """Called when an application starts."""
    _known.update(words)


def administered_words(kinds: Words) -> Words:
    """Of what can be added, changed and removed in the administration, by the model's name."""
    return {
        f"{kind}.{verb}": format_lazy("{}: {}", name, done)
        for kind, name in kinds.items()
        for verb, done in _VERBS.items()
    }


def in_words(action: str) -> str:
    """An action that the program does not have any more stands as it was written."""
    return str(_known.get(action, action))


def roles_in_words(roles: str) -> str:
    """Of ``Entry.roles``."""
    return ", ".join(_labels(filter(None, roles.split(","))))


def _labels(codes: Iterable[str]) -> Iterable[str]:
    return (str(Role(code).label) if code in Role.values else code for code in codes)


know(
    {
        **administered_words(
            {"user": _("User"), "membership": _("Role of a user"), "practice": _("Practice")}
        ),
        "user.password_set": _("User: password set"),
        "user.app_added": _("User: authenticator app added"),
        "user.app_replaced": _("User: authenticator app replaced"),
        "user.app_removed": _("User: authenticator app removed"),
        "user.passkey_added": _("User: passkey added"),
        "user.passkey_removed": _("User: passkey removed"),
        "user.recovery_codes_made": _("User: new recovery codes made"),
        "user.second_factor_taken_away": _("User: second factor taken away"),
        "user.sessions_ended": _("User: sessions ended"),
        "shown.log": _("Log"),
    }
)
