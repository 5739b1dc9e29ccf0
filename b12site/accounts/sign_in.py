"""Where sign-in differs from what allauth does by itself."""

import logging
from base64 import urlsafe_b64encode
from smtplib import SMTPException
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet
from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from b12site.accounts import lockout

logger = logging.getLogger(__name__)


class Adapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _(
            "The e-mail address and the password do not belong together. Check both, or ask for a "
            "new password below."
        ),
        "too_many_login_attempts": _(
            "There have been too many failed attempts. Wait five minutes and try again."
        ),
        "enter_current_password": _("This is not your current password."),
        "incorrect_password": _("This is not your password."),
        "invalid_password_reset": _("This link does not work any more. Ask for a new one."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Administrators make the users."""
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        if lockout.is_locked(self._get_login_attempts_cache_key(request, **credentials)):
            raise self.validation_error("too_many_login_attempts")
        super().pre_authenticate(request, **credentials)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        lockout.failed(request, self._get_login_attempts_cache_key(request, **credentials))

    def get_login_stages(self) -> list[str]:
        """After the code or the passkey of those who have one, those who have none set one up."""
        return [*super().get_login_stages(), "b12site.accounts.stages.SetUpStage"]

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """A mail server that is down must not tell which addresses belong to a user: whoever asked
        gets the same page, and the operator finds the reason in the log."""
        try:
            super().send_mail(template_prefix, email, context)
        except (OSError, SMTPException):
            logger.exception("An e-mail (%s) could not be sent.", template_prefix)


class SecondFactorAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _(
            "This is not right, or it was used before. Wait until the app shows a new code, and "
            "type that one."
        ),
        "passkey_refused": _("The passkey was not accepted. Try once more, or use another way."),
    }

    def encrypt(self, text: str) -> str:
        """A copy of the database does not show what the apps know."""
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Raises ``InvalidToken`` after a change of the secret key."""
        return _cipher().decrypt(encrypted_text.encode()).decode()

    def generate_authenticator_name(self, user: Any, type: Any) -> str:  # noqa: A002
        known = Authenticator.objects.filter(user=user, type=type).count()
        return gettext("Passkey %(number)s") % {"number": known + 1}

    def get_totp_issuer(self) -> str:
        """The app lists it above the user's address."""
        return gettext("B12 in general practice")

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return super().get_public_key_credential_rp_entity() | {"name": self.get_totp_issuer()}


def _cipher() -> Fernet:
    key = salted_hmac(
        "b12site.accounts.sign_in", "", secret=settings.SECRET_KEY, algorithm="sha256"
    )
    return Fernet(urlsafe_b64encode(key.digest()))
