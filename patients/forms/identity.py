"""What a form says about a national identity number that cannot be right."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ..rules.national_identity import IdentityNumber, IdentityNumberError, Reason, read

_SENTENCES = {
    Reason.LETTERS: _("A national identity number has digits only. Remove the other characters."),
    Reason.LENGTH: _("A national identity number has 11 digits. Check that none is missing."),
    Reason.DATE: _("The first six digits are not a date of birth. Check them."),
    Reason.CHECK_DIGITS: _("The number has a mistake: its check digits do not fit. Check it."),
    Reason.SYNTHETIC: _(
        "This is a made-up number for tests, which belongs to nobody. Write the patient's own, or "
        "leave the field empty."
    ),
}


def identity_number(text: str) -> IdentityNumber:
    """Raises ``ValidationError``. Made-up numbers are for demonstrations only."""
    try:
        return read(text, synthetic_allowed=settings.B12_DEMO)
    except IdentityNumberError as error:
        raise ValidationError(_SENTENCES[error.reason], code=error.reason) from None
