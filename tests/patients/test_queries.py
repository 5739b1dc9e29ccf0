"""No page of the record asks the database more often because there is more to show."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from b12site.accounts.models import Membership, Role, User
from patients.models import (
    Assessment,
    ContactAttempt,
    Control,
    ControlEvent,
    CourseEvent,
    DosePhase,
    Injection,
    Laboratory,
    Patient,
    ReferenceLimit,
    Result,
    TestOrder,
    TreatmentCourse,
    WorkItem,
)
from tests.cast import Cast

from .builders import NOW, TODAY
from .stage import PASTED, Stage, staged
from .test_refusals import RULES, address

pytestmark = pytest.mark.django_db

FEW, MANY = 10, 1_000
MOST = 12
CODES = ("total_b12_pmol_l", "haemoglobin_g_dl", "ferritin_ug_l", "mma_umol_l", "mcv_fl")
UNITS = ("pmol/L", "g/dL", "µg/L", "µmol/L", "fL")
VARIANTS = {
    "record": ("?skip=5",),
    "result_list": ("?all=1",),
    "trends": ("?range=1", "?range=all"),
    "worklist": ("?show=removed", "?show=coming&contacted=no", "?after=3.2026-01-01.1"),
    "worklist_csv": ("?show=coming",),
}


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


def days(first: int, last: int) -> Iterator[tuple[int, date]]:
    for n in range(first, last):
        yield n, TODAY - timedelta(days=n % 700)


class Filling:
    """More and more rows of every kind on two patients, a course and a practice."""

    def __init__(self, cast: Cast, stage: Stage) -> None:
        self.cast, self.user, self.stage = cast, cast.doctor.user, stage
        self.patients = [stage["patient"], stage["untreated patient"]]
        self.rows = 0

    def up_to(self, count: int) -> None:
        self.span = range(self.rows, count)
        for fill in (self.people, self.results, self.courses, self.controls, self.orders):
            fill()
        for patient in self.patients:
            self.assessments(patient)
            self.contacts(patient)
        self.rows = count

    def days(self) -> Iterator[tuple[int, date]]:
        return days(self.span.start, self.span.stop)

    def people(self) -> None:
        here = self.cast.practice
        Patient.objects.bulk_create(
            Patient(
                practice=here, given_name="Åse", family_name=f"Prøvesen {n}",
                search_name=f"åse prøvesen {n}", birth_date=date(1960, 1, 1),
                registered_at=NOW, registered_by=self.user,
            )
            for n in self.span
        )  # fmt: skip
        users = User.objects.bulk_create(
            User(email=f"{n}@mange.example", name=f"Medarbeider {n}") for n in self.span
        )
        Membership.objects.bulk_create(
            Membership(user=user, practice=here, role=Role.ASSISTANT) for user in users
        )

    def results(self) -> None:
        laboratories = Laboratory.objects.bulk_create(
            Laboratory(practice=self.cast.practice, name=f"Lab {n}") for n in self.span
        )
        ReferenceLimit.objects.bulk_create(
            ReferenceLimit(
                laboratory=laboratory, analyte=CODES[0], lower=Decimal(175), valid_from=TODAY
            )
            for laboratory in laboratories
        )
        Result.objects.bulk_create(
            Result(
                patient_id=patient, code=CODES[n % 5], value=Decimal(20 + n % 9),
                unit=UNITS[n % 5], original=str(20 + n % 9), sampled_on=day, source="typed",
                laboratory=laboratories[n - self.span.start], entered_at=NOW, entered_by=self.user,
            )
            for patient in self.patients
            for n, day in self.days()
        )  # fmt: skip

    def courses(self) -> None:
        patient, course = self.stage["patient"], self.stage["course"]
        by: dict[str, Any] = {"recorded_at": NOW, "recorded_by": self.user}
        Injection.objects.bulk_create(
            Injection(
                course_id=course, given_at=NOW - timedelta(days=n), drug="hydroxocobalamin",
                amount_mg=Decimal(1), given_by=self.user, **by,
            )
            for n in self.span
        )  # fmt: skip
        old = TreatmentCourse.objects.bulk_create(
            TreatmentCourse(
                patient_id=patient, started_on=day, stopped_on=day, created_at=NOW,
                created_by=self.user,
            )
            for _n, day in self.days()
        )  # fmt: skip
        kinds = {"kind": "dose_changed", "regimen": "oral_2mg", "reason": "control"}
        events = CourseEvent.objects.bulk_create(
            CourseEvent(course_id=of, on=TODAY, **kinds, **by)
            for of in (course, *(one.pk for one in old))
            for _n in (self.span if of == course else "1")
        )
        DosePhase.objects.bulk_create(
            DosePhase(
                event=event, drug="cyanocobalamin", route="oral", amount=Decimal(2), unit="mg",
                per_from=1, per_to=1, per_unit="days", first_day=TODAY, from_guideline=True,
            )
            for event in events
        )  # fmt: skip

    def controls(self) -> None:
        patient, course = self.stage["patient"], self.stage["course"]
        planned = Control.objects.bulk_create(
            Control(
                patient_id=patient, course_id=course, times=["annual"], tests=["total_b12"],
                earliest=day, latest=day, first_earliest=day, first_latest=day,
            )
            for _n, day in self.days()
        )  # fmt: skip
        WorkItem.objects.bulk_create(
            WorkItem(
                practice=self.cast.practice, patient_id=patient, kind="control", control=control,
                seriousness=control.pk % 4, visible_from=control.earliest, due=control.latest,
                removed_on=TODAY if control.pk % 3 == 0 else None,
                removed_by=self.user if control.pk % 3 == 0 else None,
                removed_reason="not_needed" if control.pk % 3 == 0 else "",
            )
            for control in planned
        )  # fmt: skip
        event = {"kind": "moved", "reason": "patient", "recorded_at": NOW}
        ControlEvent.objects.bulk_create(
            ControlEvent(
                control_id=of, earliest=TODAY, latest=TODAY, recorded_by=self.user, **event
            )
            for of in (self.stage["control"], *(control.pk for control in planned))
            for _n in (self.span if of == self.stage["control"] else "1")
        )  # fmt: skip

    def orders(self) -> None:
        patient = self.stage["patient"]
        placed = TestOrder.objects.bulk_create(
            TestOrder(
                patient_id=patient, tests=["ferritin"], ordered_on=day, expected_by=day,
                ordered_by=self.user,
            )
            for _n, day in self.days()
        )  # fmt: skip
        WorkItem.objects.bulk_create(
            WorkItem(
                practice=self.cast.practice, patient_id=patient, kind="answers", order=order,
                visible_from=order.ordered_on, due=order.expected_by,
            )
            for order in placed
        )  # fmt: skip

    def assessments(self, patient: int) -> None:
        """Copies of the signed one, and as many drafts."""
        signed = Assessment.objects.get(pk=self.stage["signed assessment"])
        draft = Assessment.objects.get(pk=self.stage["draft"])
        values = {
            field.attname: getattr(signed, field.attname)
            for field in Assessment._meta.concrete_fields
            if not field.primary_key
        } | {"patient_id": patient, "control_id": self.stage["control"]}
        Assessment.objects.bulk_create(Assessment(**values) for _n in self.span)
        drafts = Assessment.objects.bulk_create(
            Assessment(
                patient_id=patient, form_data=draft.form_data, as_of=day, created_at=NOW,
                created_by=self.user, updated_at=NOW, updated_by=self.user,
            )
            for _n, day in self.days()
        )  # fmt: skip
        WorkItem.objects.bulk_create(
            WorkItem(
                practice=self.cast.practice, patient_id=patient, kind="draft", assessment=one,
                visible_from=one.as_of, due=one.as_of,
            )
            for one in drafts
        )  # fmt: skip

    def contacts(self, patient: int) -> None:
        ContactAttempt.objects.bulk_create(
            ContactAttempt(
                patient_id=patient, control_id=self.stage["control"], channel="telephone",
                outcome="not_reached", at=NOW - timedelta(days=3 * n), recorded_by=self.user,
            )
            for n in self.span
        )  # fmt: skip


def counted(client: Client, method: str, path: str, data: Any = None) -> int:
    """All that the page asks and writes, the log's row with it. A savepoint is the beginning of a
    transaction inside that of the test."""
    with CaptureQueriesContext(connection) as queries:
        answer = getattr(client, method)(path, data)
    assert answer.status_code == 200, path
    return sum("SAVEPOINT" not in query["sql"] for query in queries)


def pages(stage: Stage) -> Iterator[str]:
    """Every page that is asked for by GET, in all its variants."""
    for name, rule in RULES.items():
        if "GET" in rule.methods and rule.asked == 200:
            path = address(name, stage)
            yield path
            yield from (path + variant for variant in VARIANTS.get(name, ()))


def queries(client: Client, stage: Stage) -> dict[str, int]:
    """How many each page takes; also what is found by searching, and lines read before storing."""
    found = {path: counted(client, "get", path) for path in pages(stage)}
    for name, data in {"search": {"q": "prøvesen"}, "result_paste": {"text": PASTED}}.items():
        found[f"{name} posted"] = counted(client, "post", address(name, stage), data)
    return found


def test_no_page_makes_more_queries_with_a_thousand_rows_than_with_ten(
    cast: Cast, clock: None
) -> None:
    stage = staged(cast)
    rows = Filling(cast, stage)
    rows.up_to(FEW)
    few = queries(cast.doctor.client, stage)
    rows.up_to(MANY)
    many = queries(cast.doctor.client, stage)
    assert {path: (few[path], many[path]) for path in few if few[path] < many[path]} == {}
    assert {path: count for path, count in many.items() if count > MOST} == {}
