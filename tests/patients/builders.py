"""Plain builders with boring defaults. All people and numbers are invented."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from b12site.accounts.actor import Actor
from b12site.accounts.models import Membership, Practice, Role, User
from patients.models import (
    Assessment,
    Control,
    Laboratory,
    Patient,
    Result,
    TreatmentCourse,
)

TODAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def practice(name: str = "Testbygda legekontor") -> Practice:
    return Practice.objects.get_or_create(name=name)[0]


def user(email: str = "lege@test.example", name: str = "Lege Testesen") -> User:
    found = User.objects.filter(email=email).first()
    return found or User.objects.create_user(email, "et-langt-passord-1", name=name)


def member(role: Role = Role.DOCTOR, *, at: Practice | None = None, email: str = "") -> Actor:
    """Somebody with one role in one practice."""
    place = at or practice()
    who = user(email or f"{role}.{place.pk}@test.example", name=f"{role.value.title()} Testesen")
    Membership.objects.get_or_create(user=who, practice=place, role=role)
    return Actor(who, place, frozenset({role}))


def patient(at: Practice | None = None, **fields: Any) -> Patient:
    values: dict[str, Any] = {
        "practice": at or practice(),
        "given_name": "Åse",
        "family_name": "Prøvesen",
        "birth_date": date(1962, 5, 4),
        "sex": "female",
        "registered_at": NOW,
    } | fields
    values.setdefault("search_name", f"{values['given_name']} {values['family_name']}".lower())
    if "registered_by" not in values:
        values["registered_by"] = user()
    return Patient.objects.create(**values)


def result(
    of: Patient, code: str = "total_b12_pmol_l", value: str = "143", **fields: Any
) -> Result:
    values: dict[str, Any] = {
        "patient": of,
        "code": code,
        "value": Decimal(value),
        "unit": "pmol/L",
        "original": value,
        "sampled_on": TODAY,
        "source": "typed",
        "entered_at": NOW,
        "entered_by": user(),
    } | fields
    return Result.objects.create(**values)


def laboratory(at: Practice | None = None, **fields: Any) -> Laboratory:
    return Laboratory.objects.create(
        **{"practice": at or practice(), "name": "Prøvelab", "is_default": True} | fields
    )


def draft(of: Patient, **fields: Any) -> Assessment:
    values: dict[str, Any] = {
        "patient": of,
        "form_data": {
            "age": ["63"],
            "total_b12_pmol_l": ["143"],
            "total_b12_pmol_l_unit": ["pmol/L"],
        },
        "as_of": TODAY,
        "created_at": NOW,
        "created_by": user(),
        "updated_at": NOW,
        "updated_by": user(),
    } | fields
    return Assessment.objects.create(**values)


def course(of: Patient, **fields: Any) -> TreatmentCourse:
    values: dict[str, Any] = {
        "patient": of,
        "started_on": TODAY,
        "created_at": NOW,
        "created_by": user(),
    } | fields
    return TreatmentCourse.objects.create(**values)


def control(of: Patient, **fields: Any) -> Control:
    values: dict[str, Any] = {
        "patient": of,
        "times": ["2-3_months"],
        "tests": ["total_b12", "haemoglobin"],
        "earliest": date(2026, 5, 2),
        "latest": date(2026, 6, 2),
    } | fields
    values.setdefault("first_earliest", values["earliest"])
    values.setdefault("first_latest", values["latest"])
    return Control.objects.create(**values)
