"""The practices of the demonstration, who works there, and the laboratory they use."""

from datetime import date
from decimal import Decimal
from typing import NamedTuple

from b12site.accounts import second_factor
from b12site.accounts.actor import Actor
from b12site.accounts.models import Membership, Practice, Role, User
from interpretation.guideline.vocabulary import Analyte

from ..models import Laboratory, ReferenceLimit

PRACTICE = "Fjordgløtt legekontor"
OTHER_PRACTICE = "Nabobygda legekontor"

LETTERHEAD: dict[str, dict[str, str]] = {
    PRACTICE: {
        "address": "Demovegen 12",
        "postal_code": "0000",
        "city": "Demofjord",
        "telephone": "00 00 00 00",
        "organisation_number": "310000019",
    },
    OTHER_PRACTICE: {
        "address": "Nabogata 3",
        "postal_code": "0000",
        "city": "Nabobygda",
        "telephone": "00 00 00 10",
        "organisation_number": "310000027",
    },
}
"""Invented. Telephone and postal code cannot exist; the organisation numbers are synthetic."""


class Worker(NamedTuple):
    email: str
    name: str
    role: Role
    practice: str = PRACTICE


WORKERS = (
    Worker("lege@demo.example", "Ragna Demovik", Role.DOCTOR),
    Worker("kollega@demo.example", "Torolv Demohaug", Role.DOCTOR),
    Worker("sekretaer@demo.example", "Unni Demoli", Role.ASSISTANT),
    Worker("admin@demo.example", "Vebjørn Demones", Role.PRACTICE_ADMIN),
    Worker("fagfelle@demo.example", "Yngvild Demoberg", Role.REVIEWER),
    Worker("fagfelle2@demo.example", "Sindre Demolund", Role.REVIEWER),
    Worker("annen.lege@demo.example", "Oda Demodal", Role.DOCTOR, OTHER_PRACTICE),
)


class Limit(NamedTuple):
    """What the invented laboratory prints; the sex empty for both."""

    analyte: Analyte
    sex: str
    lower: str
    upper: str


LABORATORY = "Fjordlab (oppdiktet)"
LIMITS = (
    Limit(Analyte.TOTAL_B12, "", "150", "650"),
    Limit(Analyte.ACTIVE_B12, "", "35", "190"),
    Limit(Analyte.MMA, "", "", "0.26"),
    Limit(Analyte.HOMOCYSTEINE, "", "", "15"),
    Limit(Analyte.FOLATE, "", "7", ""),
    Limit(Analyte.FERRITIN, "female", "15", "150"),
    Limit(Analyte.FERRITIN, "male", "20", "300"),
    Limit(Analyte.HAEMOGLOBIN, "female", "11.7", "15.3"),
    Limit(Analyte.HAEMOGLOBIN, "male", "13.4", "17.0"),
    Limit(Analyte.MCV, "", "82", "98"),
)
LIMITS_FROM = date(2010, 1, 1)


def make_places(password: str) -> bool:
    """Practices, users and laboratories that are missing; what is there is not touched. True when
    users were made."""
    missing = [w for w in WORKERS if not User.objects.filter(email=w.email).exists()]
    for worker in missing:
        practice, _ = Practice.objects.get_or_create(
            name=worker.practice, defaults=LETTERHEAD[worker.practice]
        )
        staff = worker.role in {Role.PRACTICE_ADMIN, Role.REVIEWER}
        user = User.objects.create_user(worker.email, password, name=worker.name, is_staff=staff)
        second_factor.excuse(user)
        Membership.objects.create(user=user, practice=practice, role=worker.role)
    for practice in Practice.objects.filter(name__in=LETTERHEAD):
        _make_laboratory(practice)
    return bool(missing)


def _make_laboratory(practice: Practice) -> None:
    laboratory, made = Laboratory.objects.get_or_create(
        practice=practice, name=LABORATORY, defaults={"is_default": True}
    )
    if not made:
        return
    for limit in LIMITS:
        row = ReferenceLimit(
            laboratory=laboratory,
            analyte=limit.analyte,
            sex=limit.sex,
            lower=_number(limit.lower),
            upper=_number(limit.upper),
            valid_from=LIMITS_FROM,
        )
        row.clean()
        row.save()


def _number(text: str) -> Decimal | None:
    return Decimal(text) if text else None


def actor(email: str) -> Actor:
    """The demonstration's user as somebody who acts."""
    membership = Membership.objects.select_related("user", "practice").get(user__email=email)
    return Actor(membership.user, membership.practice, frozenset({Role(membership.role)}))
