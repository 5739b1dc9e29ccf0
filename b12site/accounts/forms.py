"""allauth's forms in the site's look: labels instead of placeholders, and plain words."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from allauth.account import forms as allauth
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn import forms as webauthn
from allauth.mfa.webauthn.internal import auth
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from b12site.accounts import second_factor
from b12site.accounts.models import User
from b12site.forms import DesignedField

RULES = _("At least 12 characters, not a common password, and not only digits.")

# Label, and what is said when it was left empty.
WORDS = {
    "login": (_("E-mail"), _("Write your e-mail address.")),
    "email": (_("E-mail"), _("Write your e-mail address.")),
    "password": (_("Password"), _("Write your password.")),
    "oldpassword": (_("Current password"), _("Write the password that you use now.")),
    "password1": (_("New password"), _("Choose a password.")),
    "password2": (_("New password once more"), _("Write the new password here, too.")),
    "code": (_("Code"), _("Write the code.")),
    "name": (_("Name of the passkey"), _("Give the passkey a name.")),
    "credential": (_("Passkey"), _("Use the button, or choose another way below.")),
}


class Designed(forms.Form):
    """Mixed in before a form of allauth's."""

    bound_field_class = DesignedField

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label, field.error_messages["required"] = WORDS[name]
            field.help_text = RULES if name == "password1" else ""
            field.widget.attrs.pop("placeholder", None)


class SignInForm(Designed, allauth.LoginForm):
    pass


class ResetRequestForm(Designed, allauth.ResetPasswordForm):
    pass


class NewPasswordForm(Designed, allauth.ResetPasswordKeyForm):
    pass


class PasswordChangeForm(Designed, allauth.ChangePasswordForm):
    pass


class PasswordAgainForm(Designed, allauth.ReauthenticateForm):
    pass


# The second factor


class OneTimeCode(forms.CharField):
    def __init__(self) -> None:
        keyboard = {"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"}
        super().__init__(max_length=20, widget=forms.TextInput(attrs=keyboard))


class AppForm(Designed):
    """Shows that the app has taken in the secret."""

    code = OneTimeCode()

    def __init__(self, *args: Any, secret: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.secret = secret

    def clean_code(self) -> str:
        code = str(self.cleaned_data["code"])
        if not second_factor.fits_app(self.secret, code):
            raise get_adapter().validation_error("incorrect_code")
        return code


class CodeProof(Designed):
    """A code of the app, or a recovery code."""

    user: User
    code: forms.CharField = OneTimeCode()

    def clean_code(self) -> str:
        code = str(self.cleaned_data["code"])
        with second_factor.attempt(self.user):
            proven = second_factor.proven_by(self.user, code)
            if proven is None:
                raise get_adapter().validation_error("incorrect_code")
        proven.user = self.user
        self.authenticator = proven
        return code


class CodeForm(CodeProof, AuthenticateForm):
    """On the way in."""


class CodeAgainForm(CodeProof, ReauthenticateForm):
    """Before a change."""


@contextmanager
def understood() -> Iterator[None]:
    """allauth stumbles over an answer that no browser would give."""
    try:
        yield
    except (AttributeError, KeyError, TypeError, ValueError, ValidationError):
        raise get_adapter().validation_error("passkey_refused") from None


class PasskeyForm(Designed, webauthn.AddWebAuthnForm):
    """What the browser says when it has made one."""

    name = forms.CharField(max_length=60, required=False)

    def clean(self) -> dict[str, Any]:
        with understood():
            return super().clean()


class PasskeyProof(Designed):
    user: User

    def clean_credential(self) -> Authenticator:
        with second_factor.attempt(self.user), understood():
            response = self.cleaned_data["credential"]
            auth.parse_authentication_response(response)
            return auth.complete_authentication(self.user, response)


class PasskeyProofForm(PasskeyProof, webauthn.AuthenticateWebAuthnForm):
    """On the way in."""


class PasskeyAgainForm(PasskeyProof, webauthn.ReauthenticateWebAuthnForm):
    """Before a change."""
