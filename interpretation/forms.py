"""The form on the front page: words and types in, a ``Case`` out."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from . import wording
from .choices import (
    ALSO_RISKS,
    GIVEN_REGIMENS,
    any_of,
    given_regimens,
    grouped,
    one_of,
    risks_asked,
    yes_no,
)
from .fields import DayField, LabField, NumberField, RefusedError, Result
from .form_layout import BASELINE, CaseFormHelper
from .guideline.case import Case, InputError, Results, TreatmentStatus
from .guideline.quantity import UNITS
from .guideline.vocabulary import (
    ANALYTE_OF_LIMIT,
    SYMPTOMS_BY_ORGAN,
    Analyte,
    BloodSmear,
    LimitKey,
    NeuroCourse,
    OngoingFolate,
    Pathway,
    Preference,
    Risk,
    Serology,
    Sex,
    Symptom,
    Test,
)

OLD_RESULT = timedelta(days=183)
"""Older results get a note. About six months; not from the guideline."""

_CIRCUMSTANCES = ("pregnant", "breastfeeding", "estrogen_contraception", "risk_factors")
"""Keys of the contract that the form asks for as circumstances; only the risks that it asks for
there (``ALSO_RISKS``) can contradict something."""
_STATUS_FACTS = (
    "baseline_samples",
    "adherence",
    "stable",
    "cause_known",
    "underlying_disease_treated",
)
_STATUS_FIELDS = (
    "regimen",
    "weeks_since_start",
    "stopped_months_ago",
    "folate_given",
    "neuro",
    *_STATUS_FACTS,
    *(f"baseline_{analyte}" for analyte in BASELINE),
)


class CaseForm(forms.Form):
    """Everything a case may hold, in few fields: rendering is what costs time."""

    age = NumberField(key="age", label=_("Age"))
    sex = one_of(Sex, wording.SEXES, _("Sex"))
    circumstances = any_of(
        _("Circumstances"),
        [
            ("pregnant", _("Pregnant")),
            ("breastfeeding", _("Breastfeeding")),
            ("estrogen_contraception", _("Contraception with oestrogen")),
        ],
    )
    takes_b12_supplement = yes_no(_("Takes a B12 supplement"))
    pathway = one_of(
        Pathway, wording.PATHWAYS, _("Suspicion"), ("", _("Derive it from the symptoms"))
    )
    symptoms = any_of(
        _("Symptoms and signs"),
        grouped(SYMPTOMS_BY_ORGAN, wording.ORGAN_SYSTEMS, wording.SYMPTOMS),
    )
    risk_factors = any_of(
        _("Risk factors and medicines"),
        grouped(risks_asked(), wording.RISK_GROUPS, wording.RISKS),
    )
    sample_date = DayField(label=_("Sample date"))
    anti_if = one_of(Serology, wording.SEROLOGY, wording.TESTS[Test.ANTI_IF])
    anti_parietal = one_of(Serology, wording.SEROLOGY, wording.TESTS[Test.ANTI_PARIETAL])
    coeliac_serology = one_of(Serology, wording.SEROLOGY, wording.TESTS[Test.COELIAC_SEROLOGY])
    blood_smear = one_of(BloodSmear, wording.BLOOD_SMEARS, wording.TESTS[Test.BLOOD_SMEAR])
    reticulocytosis = yes_no(_("Reticulocytosis, as you read it"))
    gastrin_fasting = yes_no(_("Gastrin taken fasting"))
    treatment = forms.ChoiceField(
        label=_("B12 treatment"),
        choices=[
            ("", _("Not treated")),
            ("ongoing", _("Receives treatment now")),
            ("stopped", _("Treatment has been stopped")),
        ],
        required=False,
    )
    regimen = forms.ChoiceField(label=_("What is given"), choices=given_regimens(), required=False)
    weeks_since_start = NumberField(key="weeks_since_start", label=_("Weeks since the start"))
    stopped_months_ago = NumberField(
        key="stopped_months_ago", label=_("Months since the treatment was stopped")
    )
    folate_given = one_of(OngoingFolate, wording.ONGOING_FOLATE, _("Folic acid now"))
    neuro = one_of(NeuroCourse, wording.NEURO_COURSES, _("Neurological symptoms"))
    adherence = yes_no(_("Takes the treatment as agreed"))
    stable = yes_no(_("Stable on the treatment"))
    cause_known = yes_no(_("The cause is known"))
    underlying_disease_treated = yes_no(_("The underlying disease is treated"))
    baseline_samples = yes_no(_("Samples taken before the start"))
    preference = one_of(Preference, wording.PREFERENCES, _("The patient prefers"))
    plans = any_of(
        _("Also"),
        [
            ("patient_declines_treatment", _("The patient declines treatment")),
            ("post_operative", _("Prevention after an operation")),
        ],
    )

    helper = CaseFormHelper()

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean(self) -> dict[str, Any]:
        for name in _DATE_FIELDS:
            day = self.cleaned_data.get(name)
            if day is not None and day > self.today:
                self.add_error(name, _FUTURE)
        started = any(self.cleaned_data.get(name) not in {None, ""} for name in _STATUS_FIELDS)
        if started and not self.cleaned_data.get("treatment"):
            self.add_error("treatment", _TREATED_OR_NOT)
        return self.cleaned_data

    # What the form says about itself

    @property
    def tampered(self) -> bool:
        """Was a code sent that the form does not offer?"""
        return any(self.has_error(name, "invalid_choice") for name in self.errors)

    @property
    def answerable(self) -> bool:
        """False when an error is not a refused value: the core cannot know of those."""
        return all(isinstance(error, RefusedError) for error in self._error_list())

    def add_refusals(self, refused: Iterable[InputError]) -> None:
        """Put what the core refused as well (implausible, contradictory) at its field."""
        known = set(self._refused())
        for error in refused:
            name = self._field_of(error)
            if error not in known and not (name and self.has_error(name, error.code)):
                self.add_error(name, RefusedError(error))

    def old_results(self) -> tuple[Analyte, ...]:
        """Analytes whose sample is more than about six months old."""
        dates = self.sample_dates()
        return tuple(key for key, day in dates.items() if self.today - day > OLD_RESULT)

    def sample_dates(self) -> dict[Analyte, date]:
        """The date of each value: its own, else the common one."""
        common = self.cleaned_data.get("sample_date")
        dates = {key: self.cleaned_data.get(f"date_{key}") or common for key in self._values()}
        return {key: day for key, day in dates.items() if day is not None}

    def _error_list(self) -> Iterator[ValidationError]:
        for errors in self.errors.as_data().values():
            yield from errors

    def _refused(self) -> tuple[InputError, ...]:
        return tuple(
            error.refused for error in self._error_list() if isinstance(error, RefusedError)
        )

    def _field_of(self, error: InputError) -> str | None:
        if error.field in _CIRCUMSTANCES:
            return "circumstances"
        name = error.field.replace("baseline_labs.", "baseline_")
        return name if name in self.fields else None

    # The case

    def case(self) -> Case:
        """What was entered, without what was refused; usable whether the form is valid or not."""
        get = self.cleaned_data.get
        checked: set[str] = {*(get("circumstances") or ()), *(get("plans") or ())}
        return Case(
            as_of=self.today,
            age=get("age"),
            sex=get("sex"),
            pregnant="pregnant" in checked or None,
            breastfeeding="breastfeeding" in checked or None,
            estrogen_contraception="estrogen_contraception" in checked or None,
            takes_b12_supplement=get("takes_b12_supplement"),
            pathway=get("pathway"),
            symptoms=frozenset(map(Symptom, get("symptoms") or ())),
            risk_factors=frozenset(
                [*map(Risk, get("risk_factors") or ())]
                + [risk for name, risk in ALSO_RISKS.items() if name in checked]
            ),
            results=self._results(),
            local_limits=self._limits(),
            treatment_status=self._treatment_status(),
            preference=get("preference"),
            patient_declines_treatment="patient_declines_treatment" in checked or None,
            post_operative="post_operative" in checked or None,
            conversions=self._conversions(),
            refused=self._refused(),
        )

    def _values(self, prefix: str = "") -> dict[Analyte, Result]:
        read = {key: self.cleaned_data.get(f"{prefix}{key}") for key in Analyte}
        return {key: result for key, result in read.items() if result is not None}

    def _limits(self) -> dict[LimitKey, Decimal]:
        stated = {key: self.cleaned_data.get(key) for key in LimitKey}
        return {key: limit for key, limit in stated.items() if limit is not None}

    def _results(self) -> Results:
        get = self.cleaned_data.get
        return Results(
            {key: result.quantity for key, result in self._values().items()},
            reticulocytosis=get("reticulocytosis"),
            gastrin_fasting=get("gastrin_fasting"),
            anti_if=get("anti_if"),
            anti_parietal=get("anti_parietal"),
            coeliac_serology=get("coeliac_serology"),
            blood_smear=get("blood_smear"),
        )

    def _conversions(self) -> tuple[Any, ...]:
        results = [*self._values().values(), *self._values("baseline_").values()]
        return tuple(result.conversion for result in results if result.conversion)

    def _treatment_status(self) -> TreatmentStatus | None:
        get = self.cleaned_data.get
        if not get("treatment"):
            return None
        baseline = self._values("baseline_")
        code = get("regimen")
        return TreatmentStatus(
            on_treatment=get("treatment") == "ongoing",
            regimen=next((regimen for regimen in GIVEN_REGIMENS if regimen == code), None),
            weeks_since_start=get("weeks_since_start"),
            baseline=Results({key: result.quantity for key, result in baseline.items()}),
            folate=get("folate_given"),
            neuro=get("neuro"),
            stopped_months_ago=get("stopped_months_ago"),
            **{name: get(name) for name in _STATUS_FACTS},
        )


def _laboratory_fields() -> dict[str, forms.Field]:
    """For each analyte its value and its own date, its limits, and its value before treatment."""
    fields: dict[str, forms.Field] = {}
    for analyte in Analyte:
        label = wording.ANALYTES[analyte]
        fields[analyte.value] = LabField(analyte, label=label)
        fields[f"date_{analyte}"] = DayField(label=label)
    for key, analyte in ANALYTE_OF_LIMIT.items():
        fields[key.value] = NumberField(
            key=key, label=wording.LIMITS[key], help_text=UNITS[analyte]
        )
    for analyte in BASELINE:
        label = wording.ANALYTES[analyte]
        fields[f"baseline_{analyte}"] = LabField(
            analyte, key=f"baseline_labs.{analyte}", label=label
        )
    return fields


class _Shared(dict[str, forms.Field]):
    """Fields that all forms share: nothing changes them, and copying 84 of them for each request
    takes as long as answering the case."""

    def __deepcopy__(self, memo: object) -> dict[str, forms.Field]:
        return dict(self)


CaseForm.base_fields = _Shared(CaseForm.base_fields | _laboratory_fields())

_DATE_FIELDS = ("sample_date", *(f"date_{analyte}" for analyte in Analyte))
_FUTURE = ValidationError(
    _("The sample date lies in the future. Correct the date."), code="future_date"
)
_TREATED_OR_NOT = ValidationError(
    _("Choose whether the patient receives treatment now or has stopped."), code="treated_or_not"
)
