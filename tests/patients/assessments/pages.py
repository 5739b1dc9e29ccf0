"""What the tests of the assessments' pages share: what is typed, who saves, what a page holds."""

import re
from typing import Any

from django.test import Client

from patients.models import Assessment, Patient
from patients.services.assessments import assessment_save, assessment_start
from tests.cast import Cast
from tests.patients import builders

TYPED: dict[str, Any] = {
    "age": "63",
    "sex": "female",
    "symptoms": ["fatigue"],
    "sample_date": "2026-03-01",
    "total_b12_pmol_l": "90",
    "total_b12_pmol_l_unit": "pmol/L",
    "mma_umol_l": "1,2",
    "mma_umol_l_unit": "µmol/L",
}
STORED: dict[str, list[str]] = {
    name: value if isinstance(value, list) else [value] for name, value in TYPED.items()
}


def started(cast: Cast, of: Patient, **fields: Any) -> Assessment:
    values: dict[str, Any] = {
        "form_data": STORED,
        "as_of": builders.TODAY,
        "now": builders.NOW,
    } | fields
    return assessment_start(actor=cast.doctor.actor, patient=of, **values)


def page(draft: Assessment, part: str = "") -> str:
    return f"/assessments/{draft.pk}/{part}"


def saved(draft: Assessment) -> Assessment:
    return Assessment.objects.get(pk=draft.pk)


def hidden(html: str) -> dict[str, list[str]]:
    """The hidden fields of a page, as a browser would send them."""
    fields: dict[str, list[str]] = {}
    for tag in re.findall(r'<input type="hidden"[^>]*>', html):
        name, value = (re.search(rf' {key}="([^"]*)"', tag) for key in ("name", "value"))
        if name and value and name[1] != "csrfmiddlewaretoken":
            fields.setdefault(name[1], []).append(value[1])
    return fields


def signed_in(cast: Cast) -> Client:
    """The doctor's browser with Django's check of forms switched on."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.doctor.user)
    return client


def first_saved(cast: Cast, draft: Assessment) -> None:
    theirs = STORED | {"age": ["70"], "preference": ["oral"]}
    assessment_save(
        actor=cast.colleague.actor, assessment=draft, version=1, form_data=theirs,
        now=builders.NOW,
    )  # fmt: skip


def second_save(cast: Cast, draft: Assessment, **more: Any) -> Any:
    typed = TYPED | {"age": "64", "folate_nmol_l": "5", "version": "1", "action": "save"}
    return cast.doctor.client.post(page(draft), typed | more)
