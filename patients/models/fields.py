"""Decimal numbers exactly as they were given: 143 and 143.0 stay two ways of writing."""

from decimal import Decimal
from typing import Any

from django.db import models


class ExactDecimalField(models.CharField[Decimal | str | None, Decimal | None]):
    """A decimal number stored as its digits, since SQLite would keep a binary fraction of it.

    It cannot be compared or summed by the database, which nothing needs: limits are applied by
    the guideline.
    """

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{"max_length": 40, "null": True, "blank": True} | options)

    def from_db_value(self, value: str | None, *_: object) -> Decimal | None:
        return None if value is None else Decimal(value)

    def to_python(self, value: Any) -> Decimal | None:
        return Decimal(value) if value not in {None, ""} else None

    def get_prep_value(self, value: Any) -> str | None:
        number = self.to_python(value)
        return None if number is None else f"{number:f}"

    def run_validators(self, value: Any) -> None:
        super().run_validators(self.get_prep_value(value))

    def value_to_string(self, obj: models.Model) -> str:
        return self.get_prep_value(self.value_from_object(obj)) or ""
