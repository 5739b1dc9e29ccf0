"""Where somebody is signed in, on the own page and in the administration, and ending it."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.core.management import call_command
from django.test import Client

from b12site.accounts.browsers import in_words
from b12site.accounts.models import Membership, Role, User
from b12site.accounts.sessions import IDLE, LONGEST
from b12site.accounts.sessions_open import open_sessions
from b12site.audit.models import Entry
from tests.cast import Cast, Member, code_for

pytestmark = pytest.mark.django_db

BEGAN = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
PASSWORD, ME, END = "a long enough word", "/account/me/", "/account/sessions/end/"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
EDGE = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0"
)
SAFARI = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like "
    "Gecko) Version/18.5 Mobile/15E148 Safari/604.1"
)


class Clock:
    now = BEGAN

    def after(self, time: timedelta) -> None:
        self.now = BEGAN + time


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr("django.utils.timezone.now", lambda: clock.now)
    return clock


def signed_in(user: User, browser: str = FIREFOX) -> Client:
    """Through the page, as allauth notes it."""
    if not user.has_usable_password():
        user.set_password(PASSWORD)
        user.save()
    client = Client(headers={"User-Agent": browser})
    client.cookies["b12_language"] = "en"
    code = code_for(user)
    client.post("/account/sign-in/", {"login": user.email, "password": PASSWORD})
    client.post("/account/second-factor/", {"code": code})
    assert client.get(ME).status_code == 200
    return client


@pytest.fixture
def at_work(cast: Cast) -> Client:
    return signed_in(cast.doctor.user)


@pytest.fixture
def at_home(cast: Cast, at_work: Client) -> Client:
    return signed_in(cast.doctor.user, EDGE)


def number_of(browser: str) -> int:
    return int(UserSession.objects.get(user_agent=browser).pk)


def listed(client: Client) -> list[str]:
    section = client.get(ME).text.split('id="sessions"')[1].split("</section>")[0]
    items = re.findall(r"<li>.*?</li>", section, re.DOTALL)
    return [" ".join(re.sub("<[^>]+>", " ", item).split()) for item in items]


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (FIREFOX, "Firefox on Linux"),
        (EDGE, "Edge on Windows"),
        (SAFARI, "Safari on iPhone"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Safari/605", "Safari on Mac"),
        ("Windows", "Windows"),
        ("curl/8", "An unknown browser"),
        ("", "An unknown browser"),
    ],
)
def test_it_names_a_browser_as_its_user_knows_it(said: str, words: str) -> None:
    from django.utils.translation import override

    with override("en"):
        assert in_words(said) == words


def test_it_lists_where_one_is_signed_in(at_work: Client, cast: Cast, clock: Clock) -> None:
    clock.after(timedelta(minutes=10))
    signed_in(cast.doctor.user, EDGE)
    assert listed(at_work) == [
        "Edge on Windows Since 2 Mar 2026 09:10, last used 2 Mar 2026 09:10 End : Edge on Windows",
        "Firefox on Linux (this one) Since 2 Mar 2026 09:00, last used 2 Mar 2026 09:10",
    ]


def test_it_does_not_list_what_has_ended(
    at_work: Client, at_home: Client, cast: Cast, clock: Clock
) -> None:
    clock.after(timedelta(minutes=14))
    at_work.get(ME)
    clock.after(IDLE)
    assert len(listed(at_work)) == 1
    cast.doctor.user.set_password("another long enough word")
    assert open_sessions(cast.doctor.user) == []


def test_signing_out_takes_it_off_the_list(at_work: Client, at_home: Client, cast: Cast) -> None:
    at_home.post("/account/sign-out/")
    assert len(listed(at_work)) == 1
    assert UserSession.objects.filter(user=cast.doctor.user).count() == 1


def test_a_new_password_keeps_this_one_on_the_list(at_work: Client, at_home: Client) -> None:
    new = "another long enough word"
    typed = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert at_work.post("/account/password/", typed).status_code == 302
    assert ["this one" in item for item in listed(at_work)] == [True]


def test_one_is_ended_from_another(at_work: Client, at_home: Client) -> None:
    answer = at_work.post(END, {"session": number_of(EDGE)}, follow=True)
    assert "The session was ended." in answer.text
    assert at_home.get(ME).status_code == 302
    assert len(listed(at_work)) == 1


def test_all_others_are_ended_at_once(at_work: Client, at_home: Client, cast: Cast) -> None:
    third = signed_in(cast.doctor.user, SAFARI)
    colleague = signed_in(cast.colleague.user)
    at_work.post(END, {"others": ""})
    asked = [client.get(ME).status_code for client in (at_work, at_home, third, colleague)]
    assert asked == [200, 302, 302, 200]


@pytest.mark.parametrize("number", ["", "x", "-1", "1.5", "9" * 40, "987654321", "²"])
def test_a_session_that_is_none_is_not_found(at_work: Client, number: str) -> None:
    assert at_work.post(END, {"session": number}).status_code == 404


def test_nobody_ends_somebody_elses_nor_by_looking(
    at_work: Client, at_home: Client, cast: Cast
) -> None:
    assert cast.colleague.client.post(END, {"session": number_of(EDGE)}).status_code == 404
    assert at_work.post(END, {"session": number_of(FIREFOX)}).status_code == 404
    assert at_work.get(END).status_code == 405
    assert cast.signed_out.post(END, {"others": ""})["Location"].startswith("/account/sign-in/")
    assert len(listed(at_work)) == 2


def test_clearing_up_forgets_the_browsers_too(at_work: Client, clock: Clock) -> None:
    call_command("clearsessions")
    assert UserSession.objects.count() == 1
    clock.after(LONGEST + timedelta(seconds=1))
    call_command("clearsessions")
    assert UserSession.objects.count() == 0


# In the administration


def page_of(user: User) -> str:
    return f"/admin/accounts/user/{user.pk}/sessions/"


def test_the_administrator_sees_them_and_ends_them(
    at_work: Client, at_home: Client, cast: Cast
) -> None:
    admin, user = cast.practice_admin.client, cast.doctor.user
    admin.cookies["b12_language"] = "en"
    assert page_of(user) in admin.get(f"/admin/accounts/user/{user.pk}/change/").text
    assert "Edge on Windows" in admin.get(page_of(user)).text
    answer = admin.post(page_of(user), follow=True)
    assert "2 sessions were ended." in answer.text
    assert [client.get(ME).status_code for client in (at_work, at_home)] == [302, 302]
    assert "nowhere" in answer.text


def test_the_log_keeps_who_ended_them(at_work: Client, cast: Cast) -> None:
    cast.practice_admin.client.post(page_of(cast.doctor.user))
    entry = Entry.objects.get(action="user.sessions_ended")
    assert (entry.actor, entry.practice) == (cast.practice_admin.user, cast.practice)
    assert (entry.object_id, entry.after) == (cast.doctor.user.pk, {"ended": 1})


def test_somebody_who_works_elsewhere_too_is_signed_out_all_the_same(
    at_work: Client, cast: Cast
) -> None:
    Membership.objects.create(user=cast.doctor.user, practice=cast.other_practice, role=Role.DOCTOR)
    cast.practice_admin.client.post(page_of(cast.doctor.user))
    assert at_work.get(ME).status_code == 302


def others(cast: Cast) -> list[tuple[Member, User]]:
    """Whoever has no business there: another practice's administrator, a colleague."""
    return [
        (cast.practice_admin, cast.stranger.user),
        (cast.practice_admin, User.objects.create_superuser("root@x.example", name="Root")),
    ]


def test_nobody_else_s_are_seen_or_ended(cast: Cast) -> None:
    stranger = signed_in(cast.stranger.user)
    for member, user in others(cast):
        for method in ("get", "post"):
            assert getattr(member.client, method)(page_of(user)).status_code == 404
    assert stranger.get(ME).status_code == 200


def test_only_administrators_get_there(cast: Cast, at_work: Client) -> None:
    for client in (cast.colleague.client, cast.reviewer.client, cast.signed_out):
        assert client.post(page_of(cast.doctor.user)).status_code in (302, 403)
    assert at_work.get(ME).status_code == 200


def test_the_keys_of_sessions_are_on_no_page(cast: Cast) -> None:
    root = User.objects.create_superuser("root@x.example", name="Root")
    client = Client()
    client.force_login(root)
    assert client.get("/admin/usersessions/usersession/").status_code == 404
