"""What all plain forms of the site share: the look, and errors that stand beside their fields."""

from collections.abc import Iterable
from typing import Any, Self

from django import forms
from django.forms.boundfield import BoundField
from django.forms.utils import ErrorDict
from django.http import QueryDict
from django.utils.text import capfirst


def capitalised(choices: Iterable[tuple[Any, Any]]) -> list[tuple[Any, Any]]:
    """Choices as they stand in a form. A model's words are lower case for the middle of a
    sentence."""
    return [(value, capfirst(label)) for value, label in choices]


class DesignedField(BoundField):
    """Gives each control the design system's class; crispy's ``lean`` pack does the rest."""

    def build_widget_attrs(self, attrs: Any, widget: Any = None) -> Any:
        attrs = super().build_widget_attrs(attrs, widget)
        shown = widget or self.field.widget
        return {"class": "ds-input"} | shown.attrs | attrs


class ShownAgain(QueryDict):
    """What somebody sent who had been signed out and in again since the form was shown."""

    @classmethod
    def of(cls, sent: QueryDict) -> Self:
        again = cls(mutable=True)
        for name, values in sent.lists():
            again.setlist(name, values)
        again._mutable = False
        return again


class SiteForm(forms.Form):
    """Base of the forms that are shown with ``layouts/form.html``.

    A post with ``language`` comes from the language switch (``b12site/language.py``): the form
    comes back as it was typed, in the other language, and is neither judged nor saved. So it does
    after signing in again.
    """

    bound_field_class = DesignedField

    @property
    def is_only_shown(self) -> bool:
        """Is the form to come back as it was typed, whatever stands in it?"""
        return "language" in self.data or isinstance(self.data, ShownAgain)

    def is_valid(self) -> bool:
        return not self.is_only_shown and super().is_valid()

    def full_clean(self) -> None:
        if not self.is_only_shown:
            super().full_clean()
            return
        self._errors = ErrorDict(renderer=self.renderer)
        self.cleaned_data = {}
