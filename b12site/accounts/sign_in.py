"""Where sign-in differs from what allauth does by itself."""

import logging
from smtplib import SMTPException
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

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
        "invalid_password_reset": _("This link does not work any more. Ask for a new one."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Administrators make the users."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """A mail server that is down must not tell which addresses belong to a user: whoever asked
        gets the same page, and the operator finds the reason in the log."""
        try:
            super().send_mail(template_prefix, email, context)
        except (OSError, SMTPException):
            logger.exception("An e-mail (%s) could not be sent.", template_prefix)
