"""What somebody has besides the password: an authenticator app or passkeys, and recovery codes.

Sign-in is not finished without one (``stages.py``), except for users of a demonstration. allauth
keeps them in its table; here they are asked, made and removed. Each change is written to the log
and told to the user by e-mail.
"""

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from smtplib import SMTPException
from typing import Any

from allauth.account.adapter import get_adapter as account_adapter
from allauth.core import context
from allauth.core.internal import ratelimit
from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from allauth.mfa.utils import decrypt
from allauth.mfa.webauthn.internal.auth import WebAuthn
from cryptography.fernet import InvalidToken
from django.conf import settings
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from b12site.accounts import lockout
from b12site.accounts.models import Practice, User
from b12site.accounts.sessions_open import end_others
from b12site.audit.log import administered

logger = logging.getLogger(__name__)
Type = Authenticator.Type

DEMONSTRATION = "demonstration"
"""The group of the users that ``manage.py demo_data`` made. No page puts anybody into it."""

PENDING = "second_factor_pending"
"""Where the session keeps the secret of an app that is being set up, and for whom."""

TOLD = {
    "app_added": _("An authenticator app was set up."),
    "app_replaced": _("The authenticator app was replaced by another one."),
    "app_removed": _("The authenticator app was removed."),
    "passkey_added": _("A passkey was added."),
    "passkey_removed": _("A passkey was removed."),
    "recovery_codes_made": _("New recovery codes were made. The old ones do not work any more."),
    "second_factor_taken_away": _(
        "An administrator removed your authenticator app, passkeys and recovery codes. You set up "
        "new ones when you sign in the next time."
    ),
}
"""What the e-mail says about each change."""


# Asking for it


def verify_code(user: User, code: str) -> bool:
    """Is this a fresh code of the user's app, or an unused recovery code? It is used up by asking,
    unless the transaction around this call is taken back. Counts no failures: see ``attempt``."""
    return proven_by(user, code) is not None


def proven_by(user: User, code: str) -> Authenticator | None:
    """What the code came from: the app or the recovery codes."""
    held: Iterable[Authenticator] = Authenticator.objects.filter(
        user=user, type__in=(Type.TOTP, Type.RECOVERY_CODES)
    )
    for each in held:
        try:
            right = _is_right(each, code)
        except InvalidToken:
            logger.exception("The secret key is not the one that this second factor was made with.")
            continue
        if right:
            each.record_usage()
            return each
    return None


def _is_right(authenticator: Authenticator, code: str) -> bool:
    if authenticator.type == Type.TOTP:
        return fits_app(decrypt(authenticator.data["secret"]), code)
    return bool(RecoveryCodes(authenticator).validate_code(code))


def fits_app(secret: str, code: str) -> bool:
    """Is this the app's code now, or half a minute ago or ahead, and not used yet?

    A used one is remembered for longer than it could be right.
    """
    for counter in yield_hotp_counters_from_time():
        if compare_user_code(actual=code, expected=format_hotp_value(hotp_value(secret, counter))):
            used = sha256(f"{secret}:{counter}".encode()).hexdigest()
            return cache.add(f"second-factor:{used}", True, timeout=5 * app_settings.TOTP_PERIOD)
    return False


@contextmanager
def attempt(user: User) -> Iterator[None]:
    """Around one try of a code or passkey: five failures lock the user out of the second factor for
    five minutes, and each counts for the place that it came from, like those of passwords.

    What is raised inside is a failure. Raises ``ValidationError`` when there were too many.
    """
    request, key = context.request, f"second-factor-{user.pk}"
    usage = not lockout.is_locked(key) and ratelimit.consume(
        request, app="allauth.account", action="login_failed", key=key
    )
    if not usage:
        raise account_adapter().validation_error("too_many_login_attempts")
    try:
        yield
    except BaseException:
        lockout.failed(request, key)
        raise
    usage.rollback()  # only this one: a success must not wipe out somebody else's failures


# Who has one


def of(user: User) -> QuerySet[Authenticator]:
    """App and passkeys, oldest first, without the recovery codes, which stand for one of them."""
    return Authenticator.objects.filter(user=user, type__in=(Type.TOTP, Type.WEBAUTHN)).order_by(
        "pk"
    )


def has(user: User, kind: Authenticator.Type) -> bool:
    return of(user).filter(type=kind).exists()


def is_excused(user: User) -> bool:
    """Users of a demonstration, whose password everybody knows, come in without."""
    return settings.B12_DEMO and user.groups.filter(name=DEMONSTRATION).exists()


def excuse(user: User) -> None:
    """For demo_data."""
    user.groups.add(Group.objects.get_or_create(name=DEMONSTRATION)[0])


def recovery_codes_left(user: User) -> int:
    return len(_unused(Authenticator.objects.filter(user=user, type=Type.RECOVERY_CODES).first()))


def _unused(codes: Authenticator | None) -> list[str]:
    try:
        return list(RecoveryCodes(codes).get_unused_codes()) if codes else []
    except InvalidToken:
        return []


# Making and removing


def pending_secret(request: HttpRequest, user: User) -> str:
    """For an app that is being set up: the same until it is, so that a page that is shown again
    fits what was scanned, and never one that was shown to another user of this browser."""
    pending = request.session.get(PENDING, {})
    if pending.get("user") != user.pk:
        pending = {"user": user.pk, "secret": generate_totp_secret()}
        request.session[PENDING] = pending
    return str(pending["secret"])


class AlreadySetUpError(Exception):
    """By somebody else who has the password, while this one was on the way in."""


def set_up_app(*, user: User, secret: str, first: bool) -> list[str]:
    """In the place of an older app, if there is one. Answers recovery codes, if these are the
    first. Raises ``AlreadySetUpError`` if it should have been the user's first second factor."""
    with transaction.atomic():
        _refuse_another(user, first)
        known = _locked(user).filter(type=Type.TOTP).delete()[0]
        TOTP.activate(user, secret)
        codes = _first_codes(user)
        _log(user, user, "app_replaced" if known else "app_added")
    _tell(user, "app_replaced" if known else "app_added")
    return codes


def add_passkey(*, user: User, name: str, credential: dict[str, Any], first: bool) -> list[str]:
    """Answers and raises the same."""
    with transaction.atomic():
        _refuse_another(user, first)
        WebAuthn.add(user, name, credential)
        codes = _first_codes(user)
        _log(user, user, "passkey_added")
    _tell(user, "passkey_added")
    return codes


def remove(*, user: User, authenticator: Authenticator) -> bool:
    """An app or a passkey of one's own; ``False`` for the last one, which stays."""
    what = "app_removed" if authenticator.type == Type.TOTP else "passkey_removed"
    with transaction.atomic():
        others = _locked(user).exclude(type=Type.RECOVERY_CODES).exclude(pk=authenticator.pk)
        if not others.exists():
            return False
        authenticator.delete()
        _log(user, user, what)
    _tell(user, what)
    return True


def renew_recovery_codes(*, user: User) -> list[str]:
    """The old ones stop working."""
    with transaction.atomic():
        _locked(user).filter(type=Type.RECOVERY_CODES).delete()
        codes = _first_codes(user)
        _log(user, user, "recovery_codes_made")
    _tell(user, "recovery_codes_made")
    return codes


def take_away(*, user: User, by: User, practice: Practice | None = None) -> None:
    """All that the user has, because it was lost: the next sign-in sets up another. The user is
    signed out everywhere, since what was lost may lie open in front of somebody."""
    with transaction.atomic():
        _locked(user).delete()
        end_others(user, this=None)
        _log(by, user, "second_factor_taken_away", practice)
    _tell(user, "second_factor_taken_away")


def _locked(user: User) -> QuerySet[Authenticator]:
    """All that the user has; nobody else changes them until the transaction has ended."""
    User.objects.select_for_update().get(pk=user.pk)
    return Authenticator.objects.filter(user=user)


def _refuse_another(user: User, first: bool) -> None:
    if first and _locked(user).exclude(type=Type.RECOVERY_CODES).exists():
        raise AlreadySetUpError


def _first_codes(user: User) -> list[str]:
    if _locked(user).filter(type=Type.RECOVERY_CODES).exists():
        return []
    return list(RecoveryCodes.activate(user).generate_codes())


def _log(by: User, user: User, action: str, practice: Practice | None = None) -> None:
    administered(user=by, practice=practice, action=f"user.{action}", obj=user)


def _tell(user: User, what: str) -> None:
    """A mail server that is down does not undo what was done."""
    text = render_to_string("account/email/second_factor.txt", {"user": user, "what": TOLD[what]})
    try:
        send_mail(gettext("Your sign-in was changed"), text, None, [user.email])
    except (OSError, SMTPException):
        logger.exception("An e-mail (%s) could not be sent.", what)
