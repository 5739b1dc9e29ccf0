"""What all plain forms of the site share: the look, and errors that stand beside their fields."""

from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.utils import ErrorDict


class DesignedField(BoundField):
    """Gives each control the design system's class; crispy's ``lean`` pack does the rest."""

    def build_widget_attrs(self, attrs: Any, widget: Any = None) -> Any:
        attrs = super().build_widget_attrs(attrs, widget)
        shown = widget or self.field.widget
        return {"class": "ds-input"} | shown.attrs | attrs


class SiteForm(forms.Form):
    """Base of the forms that are shown with ``layouts/form.html``.

    A post with ``language`` comes from the language switch: the form comes back as it was typed,
    in the other language, and is neither judged nor saved (``b12site/language.py``).
    """

    bound_field_class = DesignedField

    @property
    def only_switches_language(self) -> bool:
        """Was the form sent by the language switch?"""
        return "language" in self.data

    def is_valid(self) -> bool:
        return not self.only_switches_language and super().is_valid()

    def full_clean(self) -> None:
        if not self.only_switches_language:
            super().full_clean()
            return
        self._errors = ErrorDict(renderer=self.renderer)
        self.cleaned_data = {}
