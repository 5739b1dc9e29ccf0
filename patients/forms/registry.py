"""The forms about a person: what is registered, and whether the person has left."""

import re
from dataclasses import fields
from datetime import date, timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from b12site.forms import SiteForm, capitalised

from ..models import LegalSex, LetterLanguage, Patient
from ..reading.searched import similar
from ..rules.national_identity import IdentityNumber
from ..services.patients import PatientDetails
from .identity import identity_number

OLDEST = timedelta(days=130 * 365.25)
"""An age that nobody has reached; not from the guideline."""
_BIRTH_DATES = ("%d.%m.%Y", "%d%m%Y", "%d/%m/%Y", "%d %m %Y", "%d-%m-%Y", "%Y-%m-%d")
_SEXES = [*capitalised(LegalSex.choices), ("", _("Not stated"))]
_TELEPHONE = re.compile(r"\+?[0-9][0-9 ()-]{3,}", re.ASCII)
NUMBER_TAKEN = _("The practice has a patient with this number already. Open that record instead.")
_EDITED = [field.name for field in fields(PatientDetails)]


class PatientForm(SiteForm):
    """What the number says is taken where a field is empty. Where they differ, or where somebody
    may be registered already, ``confirmed`` appears: one box to tick for each doubt."""

    national_identity_number = forms.CharField(
        label=_("National identity number"),
        help_text=_("Birth number, D-number, H-number or FH-number. Leave empty if there is none."),
        required=False,
        max_length=30,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    given_name = forms.CharField(label=_("Given name"), max_length=100)
    family_name = forms.CharField(label=_("Family name"), max_length=100)
    birth_date = forms.DateField(
        label=_("Date of birth"),
        help_text=_("For example 04.05.1962. May stay empty when the identity number tells it."),
        required=False,
        input_formats=_BIRTH_DATES,
        widget=forms.DateInput(attrs={"autocomplete": "off"}, format="%d.%m.%Y"),
        error_messages={
            "invalid": _("Write day, month and the whole year, for example 04.05.1962.")
        },
    )
    sex = forms.ChoiceField(
        label=_("Sex"),
        help_text=_("Limits of some tests depend on it. Taken from the number when not stated."),
        choices=_SEXES,
        required=False,
        widget=forms.RadioSelect,
    )
    address = forms.CharField(label=_("Address"), required=False, max_length=120)
    postal_code = forms.CharField(label=_("Postal code"), required=False, max_length=10)
    city = forms.CharField(label=_("City"), required=False, max_length=80)
    telephone = forms.CharField(
        label=_("Telephone"),
        required=False,
        max_length=30,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
    )
    letter_language = forms.ChoiceField(label=_("Language of letters"), choices=LetterLanguage)

    def __init__(
        self,
        data: Any = None,
        *,
        patients: QuerySet[Patient],
        today: date,
        patient: Patient | None = None,
    ) -> None:
        initial = {name: getattr(patient, name) for name in _EDITED} if patient else None
        super().__init__(data, initial=initial)
        self.today, self.patient = today, patient
        self.others = patients.exclude(pk=patient.pk) if patient else patients
        self.number: IdentityNumber | None = None
        self.same_number: Patient | None = None
        self.similar: list[Patient] = []

    @property
    def details(self) -> PatientDetails:
        return PatientDetails(**{name: self.cleaned_data[name] for name in _EDITED})

    def clean_national_identity_number(self) -> str:
        text: str = self.cleaned_data["national_identity_number"]
        if not text:
            return ""
        self.number = identity_number(text)
        self.same_number = self.others.filter(national_identity_number=self.number.digits).first()
        if self.same_number:
            raise forms.ValidationError(NUMBER_TAKEN)
        return self.number.digits

    def clean_given_name(self) -> str:
        return _name(self.cleaned_data["given_name"])

    def clean_family_name(self) -> str:
        return _name(self.cleaned_data["family_name"])

    def clean_postal_code(self) -> str:
        code: str = self.cleaned_data["postal_code"]
        if code.isdecimal() and not (code.isascii() and len(code) == 4):
            raise forms.ValidationError(
                _(
                    "A Norwegian postal code has 4 digits. Write a foreign one with the letters of "
                    "its country, for example DE-10115."
                )
            )
        return code

    def clean_telephone(self) -> str:
        telephone: str = self.cleaned_data["telephone"]
        if telephone and not _TELEPHONE.fullmatch(telephone):
            raise forms.ValidationError(
                _("Write the number with digits, for example 22 33 44 55 or +46 8 123 456.")
            )
        return telephone

    def clean(self) -> dict[str, Any]:
        self._fill_from_number()
        self._check_birth_date()
        if doubts := self._doubts():
            self._ask(doubts)
        return self.cleaned_data

    def _fill_from_number(self) -> None:
        if self.number and not self.cleaned_data.get("sex") and "sex" not in self.errors:
            self.cleaned_data["sex"] = self.number.sex or ""
        if self.cleaned_data.get("birth_date") or "birth_date" in self.errors:
            return
        if self.number and self.number.birth_date:
            self.cleaned_data["birth_date"] = self.number.birth_date
        elif self.number:
            self.add_error(
                "birth_date", _("This number does not tell it. Write the date of birth.")
            )
        else:
            self.add_error("birth_date", _("Write the date of birth."))

    def _check_birth_date(self) -> None:
        born = self.cleaned_data.get("birth_date")
        if born and born > self.today:
            self.add_error("birth_date", _("The date lies in the future. Check the year."))
        elif born and born < self.today - OLDEST:
            self.add_error("birth_date", _("The date is more than 130 years ago. Check the year."))

    def _doubts(self) -> dict[str, str]:
        """What is to be confirmed, by a code that changes when the doubt does."""
        told, doubts = self.number, {}
        born, sex = (self.cleaned_data.get(name) for name in ("birth_date", "sex"))
        if told and born and not told.fits(born) and self._changed("birth_date"):
            doubts[f"birth_date {born} {told.told_birth_date}"] = gettext(
                "The date of birth is right, although the identity number tells %(told)s."
            ) % {"told": told.told_birth_date}
        if told and told.sex and sex and told.sex != sex and self._changed("sex"):
            doubts[f"sex {sex}"] = gettext(
                "The sex is right, although the identity number tells another."
            )
        if self._similar():
            codes = ",".join(str(patient.pk) for patient in self.similar)
            doubts[f"similar {codes}"] = gettext(
                "This is somebody else than the patients named above."
            )
        return doubts

    def _similar(self) -> list[Patient]:
        names = [self.cleaned_data.get(name) or "" for name in ("given_name", "family_name")]
        born = self.cleaned_data.get("birth_date")
        if all(names) and born and self._changed("given_name", "family_name", "birth_date"):
            self.similar = similar(self.others, " ".join(names), born)
        return self.similar

    def _changed(self, *names: str) -> bool:
        """What was confirmed when it was saved is not asked again."""
        looked_at = ("national_identity_number", *names)
        return self.patient is None or any(
            self.cleaned_data.get(name) != getattr(self.patient, name) for name in looked_at
        )

    def _ask(self, doubts: dict[str, str]) -> None:
        self.fields["confirmed"] = forms.MultipleChoiceField(
            label=_("Confirm before it is saved"),
            choices=list(doubts.items()),
            widget=forms.CheckboxSelectMultiple,
        )
        if not set(doubts) <= set(self["confirmed"].data or ()):
            self.add_error(
                "confirmed", _("Something does not fit. Correct it, or tick that it is right.")
            )


class StatusForm(SiteForm):
    deceased_on = forms.DateField(
        label=_("Died"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    moved_on = forms.DateField(
        label=_("Moved to another practice"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, data: Any = None, *, patient: Patient, today: date) -> None:
        initial = {"deceased_on": patient.deceased_on, "moved_on": patient.moved_on}
        super().__init__(data, initial=initial)
        self.born, self.today = patient.birth_date, today

    def clean_deceased_on(self) -> date | None:
        return self._lived("deceased_on")

    def clean_moved_on(self) -> date | None:
        return self._lived("moved_on")

    def _lived(self, name: str) -> date | None:
        day: date | None = self.cleaned_data[name]
        if day and day > self.today:
            raise forms.ValidationError(
                _("The date lies in the future. Write it when it has come.")
            )
        if day and day < self.born:
            raise forms.ValidationError(_("The date is before the date of birth. Check the year."))
        return day


def _name(text: str) -> str:
    if not any(character.isalpha() for character in text):
        raise forms.ValidationError(_("A name has letters."))
    return " ".join(text.split())
