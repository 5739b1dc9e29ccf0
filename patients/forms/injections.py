"""The forms of the injection log. What was given is registered as it was given, also when it was
not due: whoever registers it is told, and confirms."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from b12site.accounts.actor import Actor
from b12site.accounts.models import User
from interpretation import wording
from interpretation.guideline.edition import Dose
from interpretation.guideline.phases import next_injection, phase_on
from interpretation.guideline.quantity import Comparator, NotANumberError, parse_number
from interpretation.presenters.texts import day as day_text

from ..models import Injection, TreatmentCourse
from ..permissions import ALLOWED, Action
from ..rules import course_checks
from .decisions import DoubtingForm

DRUGS = ("hydroxocobalamin", "cyanocobalamin")
LARGEST_MG = Decimal(10)
"""More than this is a slip of the pen; not from the guideline."""


if TYPE_CHECKING:
    _UserField = forms.ModelChoiceField[User]
else:
    _UserField = forms.ModelChoiceField


class NameField(_UserField):
    """A user by name, without the address."""

    def label_from_instance(self, obj: User) -> str:
        return obj.name


class InjectionForm(DoubtingForm):
    given_at = forms.DateTimeField(
        label=_("Given"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        error_messages={
            "invalid": _("Write day and time, for example 22.11.2026 09:30."),
        },
    )
    drug = forms.ChoiceField(
        label=_("Medicine"),
        choices=[(code, wording.DRUGS[code]) for code in DRUGS],
    )
    amount_mg = forms.CharField(
        label=_("Dose in mg"),
        max_length=10,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )
    batch = forms.CharField(
        label=_("Batch"),
        help_text=_("Stands on the ampoule or its box."),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    given_by = NameField(label=_("Given by"), queryset=User.objects.none(), empty_label=None)

    def __init__(
        self,
        data: Any = None,
        *,
        actor: Actor,
        course: TreatmentCourse,
        now: datetime,
        injection: Injection | None = None,
    ) -> None:
        self.course, self.now, self.injection = course, now, injection
        super().__init__(data, initial=self._filled(actor))
        self.fields["given_by"].queryset = givers(actor, injection)  # type: ignore[attr-defined]

    def _filled(self, actor: Actor) -> dict[str, Any]:
        if self.injection is None:
            dose = self._dose(localdate(self.now))
            return {
                "given_at": localtime(self.now),
                "drug": dose.drug if dose else DRUGS[0],
                "amount_mg": _number(dose.amount if dose else None),
                "given_by": actor.user.pk,
            }
        names = ("given_at", "drug", "batch")
        return {name: getattr(self.injection, name) for name in names} | {
            "amount_mg": _number(self.injection.amount_mg),
            "given_by": self.injection.given_by_id,
        }

    def clean_amount_mg(self) -> Decimal:
        try:
            amount, comparator = parse_number(self.cleaned_data["amount_mg"])
        except NotANumberError:
            raise forms.ValidationError(_("Write the dose as a number, for example 1.")) from None
        if comparator is not Comparator.EXACT or not 0 < amount <= LARGEST_MG:
            raise forms.ValidationError(
                _("Write the dose in mg: more than 0 and at most %(largest)s.")
                % {"largest": LARGEST_MG}
            )
        return amount

    def check(self) -> None:
        course_checks.check_stays(self.course.patient)
        course_checks.check_given(self.cleaned_data["given_at"], self.now)

    def doubts(self) -> Mapping[str, Any]:
        on = localdate(self.cleaned_data["given_at"])
        doubts = self._doubts_about_day(on)
        dose = self._dose(on)
        given = self.cleaned_data["drug"], self.cleaned_data["amount_mg"]
        if dose and given != (dose.drug, dose.amount):
            doubts[f"dose {given[0]} {given[1]}"] = gettext(
                "It was this medicine and dose. The plan says: %(dose)s."
            ) % {"dose": f"{wording.DRUGS[dose.drug]} {_number(dose.amount)} mg"}
        return doubts

    def _doubts_about_day(self, on: date) -> dict[str, Any]:
        """At most one of them: the gravest."""
        words = {"day": day_text(on)}
        if on in self._others():
            same = gettext("It is another one: an injection on %(day)s is registered already.")
            return {f"again {on}": same % words}
        if self.injection is not None and on == localdate(self.injection.given_at):
            return {}
        plan = self.course.plan(on)
        if not plan:
            stopped = self.course.started_on <= on
            after = gettext("It was given, although the treatment had been stopped by %(day)s.")
            before = gettext("It was given on %(day)s, before the treatment started here.")
            return {f"outside {on}": (after if stopped else before) % words}
        due = next_injection(plan, [day for day in self._others() if day < on])
        if due is None:
            tablets = gettext("It was given, although the plan on %(day)s has no injection left.")
            return {f"tablets {on}": tablets % words}
        if on < due.earliest:
            early = gettext("It was given on %(day)s, although it was not due before %(due)s.")
            return {f"early {on}": early % (words | {"due": day_text(due.earliest)})}
        return {}

    def _others(self) -> list[date]:
        """The days of the injections that count besides this one."""
        own = None if self.injection is None else self.injection.pk
        return [localdate(item.given_at) for item in self.course.given() if item.pk != own]

    def _dose(self, on: date) -> Dose | None:
        """What is to be injected on a day: the dose of its phase, or else of the plan's next."""
        plan = self.course.plan(on)
        injected = [phase for phase in plan if phase.dose.route == "im"]
        present = phase_on(injected, on)
        if present is None and injected:
            present = injected[-1]
        return present.dose if present else None

    def given(self) -> dict[str, Any]:
        names = ("given_at", "drug", "amount_mg", "batch", "given_by")
        return {name: self.cleaned_data[name] for name in names}


class CorrectionForm(InjectionForm):
    withdraw = forms.BooleanField(
        label=_("It was not given, or not to this patient: withdraw it"), required=False
    )
    reason = forms.CharField(label=_("What was wrong"), max_length=200)

    def check(self) -> None:
        if self.injection is not None:
            course_checks.check_counts(self.injection)
        course_checks.check_given(self.cleaned_data["given_at"], self.now)

    def doubts(self) -> Mapping[str, Any]:
        return {} if self.cleaned_data["withdraw"] else super().doubts()


def _number(amount: Decimal | None) -> str:
    return "" if amount is None else wording.number(amount)


def givers(actor: Actor, injection: Injection | None) -> QuerySet[User]:
    """Who may have given it: the practice's clinicians, and whoever is registered already."""
    here = Q(
        memberships__practice=actor.practice,
        memberships__role__in=ALLOWED[Action.GIVE_INJECTION],
        is_active=True,
    )
    if injection is not None:
        here |= Q(pk=injection.given_by_id)
    return User.objects.filter(here).distinct().order_by("name")
