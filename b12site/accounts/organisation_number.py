"""The number of an enterprise in the Norwegian registers: eight digits and a check digit."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

WEIGHTS = (3, 2, 7, 6, 5, 4, 3, 2)


def validate_organisation_number(number: str) -> None:
    """Modulo 11 over the first eight digits; numbers whose check digit would be 10 are not used.

    Raises ``ValidationError``.
    """
    if not (len(number) == 9 and number.isascii() and number.isdecimal()):
        raise ValidationError(_("An organisation number has nine digits."))
    total = sum(weight * int(digit) for weight, digit in zip(WEIGHTS, number, strict=False))
    if (11 - total % 11) % 11 != int(number[8]):
        raise ValidationError(
            _("This is not an organisation number: its last digit does not fit the others.")
        )
