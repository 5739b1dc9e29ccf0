"""How choices and examples of days stand in the forms, whichever language they are read in."""

import re
from datetime import datetime
from typing import Any

import pytest
from django import forms
from django.utils import translation

from b12site.forms import capitalised
from patients.forms.courses import LostForm, StartForm
from patients.forms.injections import InjectionForm
from patients.forms.letters import NewLetterForm, SendingForm
from patients.forms.registry import PatientForm
from patients.forms.worklist import ContactForm, FilterForm, RemovalForm
from patients.models import LegalSex

LANGUAGES = ("nb", "nn", "en")
FORMS: tuple[type[forms.Form], ...] = (
    ContactForm, FilterForm, InjectionForm, LostForm, NewLetterForm, PatientForm, RemovalForm,
    SendingForm, StartForm,
)  # fmt: skip


def choices_of(form: type[forms.Form]) -> list[str]:
    fixed: list[Any] = [
        field for field in form.base_fields.values() if isinstance(field, forms.ChoiceField)
    ]
    return [str(label) for field in fixed for _value, label in field.choices]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("form", FORMS)
def test_a_choice_begins_with_a_capital_letter(form: type[forms.Form], language: str) -> None:
    with translation.override(language):
        labels = choices_of(form)
    assert [label for label in labels if label[:1].islower()] == []


def test_the_words_follow_the_language_that_is_read() -> None:
    ((_value, label), *_others) = capitalised(LegalSex.choices)
    spoken = []
    for language in ("nb", "en"):
        with translation.override(language):
            spoken.append(str(label))
    assert spoken == ["Kvinne", "Woman"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("form", "name"), [(StartForm, "on"), (ContactForm, "at"), (InjectionForm, "given_at")]
)
def test_the_example_of_an_error_is_one_that_the_field_takes(
    form: type[forms.Form], name: str, language: str
) -> None:
    field: Any = form.base_fields[name]
    with translation.override(language):
        with pytest.raises(forms.ValidationError) as refused:
            field.clean("nonsense")
        example = re.findall(r"\d[\d.: -]+\d", refused.value.messages[0])[-1]
        taken = field.clean(example)
    day = taken.date() if isinstance(taken, datetime) else taken
    assert (day.isoformat(), "." in example) == ("2026-11-22", True)
