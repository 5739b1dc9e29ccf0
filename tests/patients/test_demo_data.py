"""The demonstration: every state of the record, made by the services, the same each time."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import partial
from io import StringIO

import pytest
from django.apps import apps
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command
from django.db import transaction
from django.db.models import Model
from django.test import Client, override_settings
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, DjangoDbBlocker

from b12site.accounts.models import Membership, Practice, User
from b12site.audit.models import Entry
from interpretation.guideline.vocabulary import Conclusion
from patients.demo import places
from patients.demo.stories import STORIES
from patients.demo.telling import tell
from patients.models import (
    Assessment,
    AssessmentState,
    Control,
    ControlEvent,
    ControlEventKind,
    ControlState,
    CourseEvent,
    EventKind,
    Injection,
    OrderState,
    Patient,
    ReferenceLimit,
    Result,
    Seriousness,
    TestOrder,
    TreatmentCourse,
    WorkItem,
    WorkKind,
)
from patients.reading import worklist
from patients.rules import course_plan
from patients.rules.national_identity import read

TODAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def told(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Told once for all tests that only look at it, and taken back afterwards."""
    with django_db_blocker.unblock(), transaction.atomic():
        places.make_places("et-langt-passord-1")
        tell(TODAY)
        yield
        transaction.set_rollback(True)


looking = pytest.mark.usefixtures("told")


@looking
def test_there_are_sixty_patients_with_names_and_numbers_of_their_own() -> None:
    people = list(Patient.objects.all())
    assert len({person.name for person in people}) == 60
    numbers = {read(p.national_identity_number, synthetic_allowed=True).digits for p in people}
    assert len(numbers) == 60


@looking
def test_every_number_is_synthetic_and_fits_its_person() -> None:
    for person in Patient.objects.all():
        number = read(person.national_identity_number, synthetic_allowed=True)
        assert number.synthetic
        assert (number.birth_date, number.sex) == (person.birth_date, person.sex)


@looking
def test_every_conclusion_has_been_reached() -> None:
    reached = set(Assessment.objects.values_list("conclusion", flat=True))
    assert set(Conclusion) - reached == set()


@looking
def test_every_treatment_that_can_begin_has_begun() -> None:
    given = set(CourseEvent.objects.exclude(regimen="").values_list("regimen", flat=True))
    assert set(course_plan.STARTS) - given == set()


@looking
def test_everything_that_can_happen_to_a_treatment_has_happened() -> None:
    assert set(CourseEvent.objects.values_list("kind", flat=True)) == set(EventKind)
    courses = TreatmentCourse.objects.all()
    assert courses.filter(duration="lifelong").exists()
    assert courses.filter(trial=True, stopped_on=None).exists()
    assert courses.filter(lost_since__isnull=False).exists()
    assert courses.filter(started_on__gt=TODAY).exists()
    assert Injection.objects.filter(corrects__isnull=False).exists()


@looking
def test_everything_that_can_happen_to_a_control_has_happened() -> None:
    assert set(Control.objects.values_list("state", flat=True)) == set(ControlState)
    kinds = set(ControlEvent.objects.values_list("kind", flat=True))
    assert set(ControlEventKind) - kinds == set()


@looking
def test_results_orders_and_assessments_are_in_every_state() -> None:
    assert Result.objects.filter(corrects__isnull=False, withdrawn=False).exists()
    assert Result.objects.filter(withdrawn=True).exists()
    assert Result.objects.filter(comparator="<").exists()
    assert set(TestOrder.objects.values_list("state", flat=True)) == set(OrderState)
    assert Assessment.objects.filter(state=AssessmentState.DRAFT).exists()
    assert Assessment.objects.filter(corrects__isnull=False).exists()
    assert Assessment.objects.exclude(override_reason="").exists()


@looking
def test_some_have_died_and_some_have_moved() -> None:
    assert Patient.objects.filter(deceased_on__isnull=False).exists()
    assert Patient.objects.filter(moved_on__isnull=False).exists()


@looking
def test_some_have_long_trends() -> None:
    counted = [
        Result.objects.filter(patient=person, code="total_b12_pmol_l").count()
        for person in Patient.objects.all()
    ]
    assert max(counted) >= 8


@looking
def test_the_work_list_has_every_kind_and_seriousness() -> None:
    doctor = places.actor("lege@demo.example")
    waiting = list(worklist.lines(doctor, worklist.Wanted(), NOW))
    assert {item.kind for item in waiting} == set(WorkKind)
    assert {item.seriousness for item in waiting} == set(Seriousness)
    assert any(item.due < TODAY for item in waiting)
    around = worklist.around(waiting, NOW)
    contacts = [around.contact(item) for item in waiting]
    assert any(contact and contact.unreached >= 3 for contact in contacts)
    assert worklist.lines(doctor, worklist.Wanted(show="removed"), NOW).exists()


@looking
@pytest.mark.parametrize(
    "name", ["patient", "result", "testorder", "assessment", "treatmentcourse", "control"]
)
def test_everything_was_made_by_a_service(name: str) -> None:
    model = apps.get_model("patients", name)
    logged = Entry.objects.filter(object_type=f"patients.{name}").values("object_id")
    assert not model.objects.exclude(pk__in=logged).exists()


@looking
def test_nothing_has_happened_in_the_future() -> None:
    assert not Result.objects.filter(entered_at__gt=NOW).exists()
    assert not Injection.objects.filter(given_at__gt=NOW).exists()
    assert not Assessment.objects.filter(updated_at__gt=NOW).exists()


@looking
def test_both_practices_have_letterhead_and_laboratory() -> None:
    for practice in Practice.objects.all():
        assert practice.address
        assert practice.organisation_number
        assert ReferenceLimit.objects.filter(laboratory__practice=practice).exists()


@looking
def test_a_second_telling_changes_nothing() -> None:
    before = Entry.objects.count()
    assert places.make_places("another") is False
    assert tell(TODAY + timedelta(days=1)) == 0
    assert (Patient.objects.count(), Entry.objects.count()) == (60, before)


# Its pages

OF_PATIENTS = ("record", "patient_edit", "patient_status", "result_list", "trends", "order_new")
OF_OBJECTS: dict[str, type[Model]] = {
    "assessment": Assessment,
    "course": TreatmentCourse,
    "injection_new": TreatmentCourse,
    "control": Control,
    "result_correct": Result,
    "work_remove": WorkItem,
    "contact_new": WorkItem,
}
EVERY = 7
"""One in so many is opened: enough to meet every state, few enough for a quick test."""


def addresses() -> Iterator[str]:
    for name in OF_PATIENTS:
        for person in Patient.objects.order_by("pk")[:: 1 if name == "record" else EVERY]:
            yield reverse(f"patients:{name}", args=(person.pk,))
    for name, model in OF_OBJECTS.items():
        for obj in model._default_manager.order_by("pk")[::EVERY]:
            yield reverse(f"patients:{name}", args=(obj.pk,))


@looking
@pytest.mark.parametrize("email", ["lege@demo.example", "sekretaer@demo.example"])
def test_its_pages_open_with_few_queries(
    email: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = Client()
    client.force_login(User.objects.get(email=email))
    for address in addresses():
        with django_assert_max_num_queries(12):
            assert client.get(address).status_code == 200, address


@pytest.mark.django_db
@pytest.mark.parametrize("today", [date(2026, 3, 2), date(2028, 2, 29)])
def test_it_is_the_same_each_time_on_any_day(today: date) -> None:
    def telling() -> list[tuple[object, ...]]:
        with transaction.atomic():
            places.make_places("et-langt-passord-1")
            tell(today, STORIES[23:40])
            made: list[tuple[object, ...]]
            made = list(Control.objects.values_list("patient__search_name", "earliest", "state"))
            made += Result.objects.values_list("patient__search_name", "sampled_on", "value")
            transaction.set_rollback(True)
        return made

    assert telling() == telling()


def test_every_story_says_what_it_is_about() -> None:
    assert all(story.about.endswith(".") for story in STORIES)
    assert all(step.day < 0 for story in STORIES for step in story.steps)
    assert all(
        [step.day for step in story.steps] == sorted(step.day for step in story.steps)
        for story in STORIES
    )


# The command


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch, db: None) -> None:
    module = "patients.management.commands.demo_data"
    monkeypatch.setattr(f"{module}.tell", partial(tell, stories=STORIES[:2]))


def demo_data() -> str:
    out = StringIO()
    call_command("demo_data", stdout=out)
    return out.getvalue()


@pytest.mark.usefixtures("few")
def test_it_is_refused_outside_a_demonstration() -> None:
    with pytest.raises(CommandError, match="Set B12_DEMO=1"):
        demo_data()
    assert not User.objects.exists()


@pytest.mark.usefixtures("few")
@override_settings(B12_DEMO=True)
def test_it_makes_a_user_for_each_role_and_a_neighbour() -> None:
    demo_data()
    roles = {m.user.email: (m.role, m.practice.name) for m in Membership.objects.all()}
    here, elsewhere = "Fjordgløtt legekontor", "Nabobygda legekontor"
    assert roles == {
        "lege@demo.example": ("doctor", here),
        "kollega@demo.example": ("doctor", here),
        "sekretaer@demo.example": ("assistant", here),
        "admin@demo.example": ("practice_admin", here),
        "fagfelle@demo.example": ("reviewer", here),
        "fagfelle2@demo.example": ("reviewer", here),
        "annen.lege@demo.example": ("doctor", elsewhere),
    }


@pytest.mark.usefixtures("few")
@override_settings(B12_DEMO=True)
def test_only_administrator_and_reviewers_reach_the_administration() -> None:
    demo_data()
    staff = User.objects.filter(is_staff=True) | User.objects.filter(is_superuser=True)
    assert {user.email for user in staff} == {
        "admin@demo.example", "fagfelle@demo.example", "fagfelle2@demo.example",
    }  # fmt: skip


@pytest.mark.usefixtures("few")
@override_settings(B12_DEMO=True)
def test_it_tells_a_sign_in_that_works(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("B12_DEMO_PASSWORD", "another-demo-word")
    said = demo_data()
    assert "lege@demo.example / another-demo-word" in said
    assert "2 invented patients" in said
    assert authenticate(username="Lege@Demo.example", password="another-demo-word") is not None


@pytest.mark.usefixtures("few")
@override_settings(B12_DEMO=True)
def test_a_second_run_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    demo_data()
    before = list(User.objects.values()), list(Membership.objects.values()), Entry.objects.count()
    monkeypatch.setenv("B12_DEMO_PASSWORD", "another-demo-word")
    assert "another-demo-word" not in demo_data()
    after = list(User.objects.values()), list(Membership.objects.values()), Entry.objects.count()
    assert after == before
