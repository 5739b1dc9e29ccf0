"""allauth's forms in the site's look: labels instead of placeholders, and plain words."""

from typing import Any

from allauth.account import forms as allauth
from django import forms
from django.utils.translation import gettext_lazy as _

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
