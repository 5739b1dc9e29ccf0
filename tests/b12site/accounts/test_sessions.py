"""How long somebody stays signed in, and what ends it."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from b12site.accounts.models import Membership, User
from b12site.accounts.sessions import ACTIVE, BACKGROUND, IDLE, LONGEST, NOTED_EVERY
from tests.cast import Cast, Member

pytestmark = pytest.mark.django_db

BEGAN = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
PAGE, SIGN_IN = "/worklist/", "/account/sign-in/"
SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
PASSWORD, NEW = "a long enough word", "another long enough word"

Clock = Callable[[timedelta], None]


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Moves the clock to so long after everybody has signed in."""

    def after(time: timedelta) -> None:
        monkeypatch.setattr("django.utils.timezone.now", lambda: BEGAN + time)

    after(timedelta(0))
    return after


@pytest.fixture
def doctor(clock: Clock, cast: Cast) -> Member:
    cast.doctor.client.cookies["b12_language"] = "en"
    return cast.doctor


def is_in(client: Client, path: str = PAGE) -> bool:
    answer = client.get(path)
    return answer.status_code == 200 and not answer.headers.get("Location")


def work(client: Client, clock: Clock, until: timedelta) -> None:
    """Something is done every ten minutes."""
    time = timedelta(0)
    while time < until:
        clock(time)
        assert is_in(client), time
        time += 10 * MINUTE


# The limits


@pytest.mark.parametrize(("over", "still"), [(-SECOND, True), (0 * SECOND, False), (SECOND, False)])
def test_it_ends_when_nothing_was_done_for_15_minutes(
    doctor: Member, clock: Clock, over: timedelta, still: bool
) -> None:
    clock(timedelta(minutes=15) + over)
    assert is_in(doctor.client) is still


@pytest.mark.parametrize(("over", "still"), [(-SECOND, True), (0 * SECOND, False), (SECOND, False)])
def test_it_ends_after_12_hours_whatever_is_done(
    doctor: Member, clock: Clock, over: timedelta, still: bool
) -> None:
    work(doctor.client, clock, timedelta(hours=12))
    clock(timedelta(hours=12) + over)
    assert is_in(doctor.client) is still


def test_it_starts_again_with_everything_that_is_done(doctor: Member, clock: Clock) -> None:
    clock(14 * MINUTE)
    assert is_in(doctor.client)
    clock(28 * MINUTE)
    assert is_in(doctor.client)


def test_it_says_why_on_the_page_for_signing_in(doctor: Member, clock: Clock) -> None:
    clock(IDLE)
    page = doctor.client.get(PAGE, follow=True)
    assert page.redirect_chain[0][0] == f"{SIGN_IN}?next={PAGE}"
    assert "nothing had been done for 15 minutes" in page.text


def test_after_12_hours_it_names_them(doctor: Member, clock: Clock) -> None:
    work(doctor.client, clock, LONGEST)
    clock(LONGEST)
    assert "signed in for 12 hours" in doctor.client.get(PAGE, follow=True).text


def test_the_session_is_gone_from_the_server(doctor: Member, clock: Clock) -> None:
    taken = doctor.client.cookies["b12_session"].value
    clock(IDLE)
    doctor.client.get(PAGE)
    clock(timedelta(0))
    thief = Client()
    thief.cookies["b12_session"] = taken
    assert not is_in(thief)


def test_a_session_that_does_not_say_when_it_began_has_ended(doctor: Member) -> None:
    session = doctor.client.session
    del session[ACTIVE]
    session.save()
    assert not is_in(doctor.client)


def test_the_administration_has_the_same_limits(cast: Cast, clock: Clock) -> None:
    assert is_in(cast.practice_admin.client, "/admin/")
    clock(IDLE)
    assert not is_in(cast.practice_admin.client, "/admin/")


# What counts as doing something


def test_what_the_page_asks_for_by_itself_keeps_nobody_signed_in(
    doctor: Member, clock: Clock
) -> None:
    clock(14 * MINUTE)
    assert doctor.client.get(PAGE, headers={BACKGROUND: "1"}).status_code == 200
    clock(IDLE)
    assert not is_in(doctor.client)


def test_everything_that_a_page_repeats_by_itself_says_so() -> None:
    asking = re.compile(r"<[^>]*hx-trigger=\"[^\"]*\b(?:every|load)\b[^>]*>")
    found = [
        (path.name, tag)
        for path in Path("templates").rglob("*.html")
        for tag in asking.findall(path.read_text())
    ]
    assert {name for name, _tag in found} == {"progress.html"}
    assert [name for name, tag in found if BACKGROUND not in tag] == []


def queries(client: Client) -> list[str]:
    with CaptureQueriesContext(connection) as found:
        assert is_in(client)
    return [query["sql"] for query in found]


def test_it_is_written_down_at_most_every_half_minute(doctor: Member, clock: Clock) -> None:
    first = len(queries(doctor.client))
    clock(NOTED_EVERY - SECOND)
    assert len(queries(doctor.client)) == first
    clock(NOTED_EVERY)
    assert sum("UPDATE" in sql and "session" in sql for sql in queries(doctor.client)) == 1
    assert len(queries(doctor.client)) == first


# What the page says


def line(client: Client) -> str:
    found = re.findall(r'<p class="session-line">(.*?)</p>', client.get(PAGE).text, re.DOTALL)
    return " ".join(re.sub("<[^>]+>", "", found[0]).split())


def test_each_page_says_until_when(doctor: Member, clock: Clock) -> None:
    said = "If nothing is done, you are signed out at {}; in any case at 21:00."
    assert line(doctor.client) == said.format("09:15")
    clock(20 * SECOND)
    assert line(doctor.client) == said.format("09:15")
    clock(10 * MINUTE)
    assert line(doctor.client) == said.format("09:25")


def test_at_last_it_says_that_nothing_helps(doctor: Member, clock: Clock) -> None:
    work(doctor.client, clock, LONGEST)
    assert line(doctor.client) == "You are signed out at 21:00, 12 hours after you signed in."


def test_whoever_is_not_signed_in_reads_nothing_of_it(cast: Cast) -> None:
    assert "session-line" not in cast.signed_out.get("/").text


def test_a_page_can_ask_how_long_is_left(doctor: Member, clock: Clock) -> None:
    clock(13 * MINUTE)
    asked = doctor.client.get("/account/session/", headers={BACKGROUND: "1"}).json()
    assert asked["left"] == 120
    assert (asked["user"], asked["until"], asked["final"]) == (doctor.user.pk, "09:15", False)
    again = doctor.client.get("/account/session/").json()
    assert (again["left"], again["until"]) == (15 * 60, "09:28")


def test_asking_tells_whoever_is_signed_out_nothing_else(doctor: Member, clock: Clock) -> None:
    clock(IDLE)
    assert doctor.client.get("/account/session/").json() == {"left": 0}
    assert doctor.client.post("/account/session/").status_code == 405


# Signing out, and being put out


def test_signing_out_ends_it_on_the_server_and_empties_the_browser(doctor: Member) -> None:
    taken = doctor.client.cookies["b12_session"].value
    answer = doctor.client.post("/account/sign-out/")
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert "b12_language" not in answer.cookies
    thief = Client()
    thief.cookies["b12_session"] = taken
    assert not is_in(thief)


def test_the_administration_signs_out_the_same_way(cast: Cast) -> None:
    answer = cast.practice_admin.client.post("/admin/logout/")
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert not is_in(cast.practice_admin.client, "/admin/")


def test_asking_whether_to_sign_out_signs_nobody_out(doctor: Member) -> None:
    assert "Clear-Site-Data" not in doctor.client.get("/account/sign-out/").headers
    assert is_in(doctor.client)


def test_a_disabled_user_is_out_at_the_next_request(doctor: Member) -> None:
    assert is_in(doctor.client)
    User.objects.filter(pk=doctor.user.pk).update(is_active=False)
    assert doctor.client.get(PAGE)["Location"].startswith(SIGN_IN)


def test_whoever_has_lost_all_roles_sees_nothing_at_the_next_request(
    doctor: Member, cast: Cast
) -> None:
    Membership.objects.all().delete()
    assert [doctor.client.get(path).status_code for path in (PAGE, "/patients/")] == [403, 403]
    assert doctor.client.post("/patients/new/", {"given_name": "Ane"}).status_code == 403
    assert cast.practice_admin.client.get("/admin/accounts/user/").status_code == 403


def test_a_changed_password_closes_the_other_sessions(doctor: Member) -> None:
    other = Client()
    doctor.user.set_password(PASSWORD)
    doctor.user.save()
    for client in (doctor.client, other):
        client.force_login(doctor.user)
    typed = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    assert doctor.client.post("/account/password/", typed).status_code == 302
    assert (is_in(doctor.client), is_in(other)) == (True, False)


def test_a_password_that_somebody_else_has_set_closes_all(doctor: Member) -> None:
    doctor.user.set_password(NEW)
    doctor.user.save()
    assert not is_in(doctor.client)
