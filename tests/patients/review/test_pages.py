"""The page of the numbers and its file, and who may see them."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from b12site.accounts.models import Role, User
from b12site.audit.models import Entry
from patients.models import Patient
from tests.cast import Cast, join
from tests.patients import builders
from tests.patients.builders import NOW

from .filled import case
from .test_numbers import fill

pytestmark = pytest.mark.django_db
NUMBERS = "/admin/patients/reviewcase/numbers/"
FILE = f"{NUMBERS}csv/"
MEETING = "/admin/patients/reviewcase/meeting/"
MOST = 12
NONE = "No case of this period has a verdict."


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


@pytest.fixture
def patient(cast: Cast) -> Patient:
    User.objects.filter(pk=cast.reviewer.user.pk).update(is_staff=True)
    return builders.patient(cast.practice)


def judged(cast: Cast, patient: Patient, *verdicts: str, **fields: Any) -> None:
    for verdict in verdicts:
        case(patient, (cast.reviewer.user, verdict), **fields)


def shown(cast: Cast, address: str = NUMBERS) -> str:
    return cast.reviewer.client.get(address).content.decode()


def test_a_reviewer_sees_the_numbers_of_all_cases_of_the_practice(
    cast: Cast, patient: Patient
) -> None:
    for _n in range(5):
        case(patient, (cast.colleague.user, "agree"))
    page = shown(cast)
    assert "<td>5</td><td>5</td><td>100.0</td><td>56.6</td><td>100.0</td>" in page
    assert cast.practice.name in page
    assert cast.other_practice.name not in page


def test_a_bar_stands_for_each_share_and_says_nothing_that_the_table_does_not(
    cast: Cast, patient: Patient
) -> None:
    judged(cast, patient, *["agree"] * 5)
    page = shown(cast)
    assert page.count('<svg width="122"') == page.count('aria-hidden="true" focusable="false"') == 4


def test_the_period_is_read_from_the_address(cast: Cast, patient: Patient) -> None:
    judged(cast, patient, *["agree"] * 5)
    assert NONE not in shown(cast)
    assert NONE in shown(cast, f"{NUMBERS}?first=2026-02-11&last=01.03.2026")
    assert NONE not in shown(cast, f"{NUMBERS}?first=10.02.2026")


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("first=2026-03-02&last=2026-03-01", "The period ends before it begins."),
        ("first=2026-02-30", "“2026-02-30” is not a date."),
        ("last=x", "“x” is not a date."),
    ],
)
def test_what_is_no_period_is_said_and_nothing_is_counted(
    cast: Cast, patient: Patient, query: str, said: str
) -> None:
    page = shown(cast, f"{NUMBERS}?{query}")
    assert said in page
    assert "review-numbers" not in page.replace("review_numbers", "")
    assert query.split("=")[-1] in page
    assert cast.reviewer.client.get(f"{FILE}?{query}").status_code == 404


def test_the_file_holds_the_tables_with_decimal_commas(cast: Cast, patient: Patient) -> None:
    judged(cast, patient, *["agree"] * 8, "doctor", "rule")
    answer = cast.reviewer.client.get(f"{FILE}?first=2026-01-01&last=2026-12-31")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="review-numbers-2026-03-02.csv"'
    text = answer.content.decode()
    assert text.startswith("\ufeffAgreement by deciding question\r\n")
    assert ";10;8;80,0;49,0;94,3;1;1;0\r\n" in text


@pytest.mark.parametrize("address", [NUMBERS, FILE, MEETING, f"{MEETING}1/"])
class TestWhoMaySee:
    def test_nobody_but_a_reviewer(self, cast: Cast, patient: Patient, address: str) -> None:
        for member in (cast.doctor, cast.assistant, cast.practice_admin):
            User.objects.filter(pk=member.user.pk).update(is_staff=True)
            assert member.client.get(address).status_code == 403

    def test_not_even_whoever_runs_the_site(self, db: None, address: str) -> None:
        client = Client()
        client.force_login(User.objects.create_superuser("drift@cast.example", name="Drift"))
        assert client.get(address).status_code == 403

    def test_whoever_is_signed_out_is_asked_to_sign_in(self, cast: Cast, address: str) -> None:
        answer = cast.signed_out.get(address)
        assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/admin/login/")

    def test_nothing_else_is_answered(self, cast: Cast, patient: Patient, address: str) -> None:
        methods = ["put", "delete"] + ([] if address.endswith("1/") else ["post"])
        found = {getattr(cast.reviewer.client, name)(address).status_code for name in methods}
        assert found == {405}


def test_a_reviewer_of_another_practice_counts_nothing_of_this(
    cast: Cast, patient: Patient
) -> None:
    judged(cast, patient, *["agree"] * 5)
    other = join(cast.other_practice, Role.REVIEWER, "annen@cast.example", "Kari Prøveås")
    User.objects.filter(pk=other.user.pk).update(is_staff=True)
    assert NONE in other.client.get(NUMBERS).content.decode()


def test_numbers_show_no_patient_and_write_nothing(cast: Cast, patient: Patient) -> None:
    judged(cast, patient, *["agree"] * 5)
    page = shown(cast)
    shown(cast, FILE)
    assert patient.family_name not in page
    assert not Entry.objects.exists()


def counted(cast: Cast, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert cast.reviewer.client.get(address).status_code == 200
    return len(queries)


@pytest.mark.parametrize("address", [NUMBERS, FILE])
def test_a_thousand_cases_take_as_many_queries_as_ten(
    cast: Cast, patient: Patient, address: str
) -> None:
    fill(cast, patient, 10)
    few = counted(cast, address)
    fill(cast, patient, 990)
    assert counted(cast, address) == few <= MOST
