"""The page of one's own sign-in, and changes after showing once more who one is."""

from html import unescape
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.test import Client

from b12site.accounts import second_factor
from b12site.accounts.models import User
from b12site.audit.models import Entry
from tests.cast import Cast

from .second_step import (
    CONFIRM,
    EMAIL,
    ME,
    PASSWORD,
    SIGN_IN,
    WRONG,
    Clock,
    asked_first,
    codes_on,
    key_on,
    user,
    with_app,
)
from .second_step import clock as clock  # a fixture

pytestmark = pytest.mark.django_db
APP, PASSKEY = "/account/second-factor/app/", "/account/second-factor/passkey/"
RECOVERY = "/account/second-factor/recovery-codes/"
CREDENTIAL: dict[str, Any] = {"clientExtensionResults": {}}


@pytest.fixture
def ida(client: Client, clock: Clock) -> User:
    """Signed in, with an app and recovery codes."""
    client.cookies.load({"b12_language": "en"})
    someone = with_app(user())
    RecoveryCodes.activate(someone)
    client.force_login(someone)
    return someone


def confirm(client: Client) -> None:
    assert client.post(f"{CONFIRM}?next={ME}", {"password": PASSWORD})["Location"] == ME


def passkey_of(someone: User) -> Authenticator:
    second_factor.add_passkey(user=someone, name="Nøkkelen", credential=CREDENTIAL, first=False)
    mail.outbox.clear()
    return second_factor.of(someone).get(type=second_factor.Type.WEBAUTHN)


def removing(factor: Authenticator | None) -> str:
    return f"/account/second-factor/{factor.pk if factor else 1}/remove/"


def app_of(someone: User) -> Authenticator:
    return second_factor.of(someone).get(type=second_factor.Type.TOTP)


# The page


def test_the_page_shows_what_one_has(client: Client, ida: User) -> None:
    passkey_of(ida)
    page = unescape(client.get(ME).text)
    for words in ("Ida Prøve", EMAIL, "Authenticator app", "Nøkkelen", "10 unused codes"):
        assert words in page


def test_it_warns_when_few_recovery_codes_are_left(client: Client, ida: User) -> None:
    for code in RecoveryCodes.activate(ida).get_unused_codes()[:8]:
        second_factor.verify_code(ida, code)
    assert "Make new ones before you have none." in client.get(ME).text


def test_the_header_leads_there(client: Client, ida: User) -> None:
    assert f'href="{ME}"' in client.get("/").text


def test_a_demo_user_reads_that_the_password_is_enough(cast: Cast) -> None:
    cast.doctor.client.cookies.load({"b12_language": "en"})
    assert "the password is enough" in cast.doctor.client.get(ME).text


# Showing once more who one is


@pytest.mark.parametrize("path", [APP, PASSKEY, RECOVERY, "remove"])
def test_each_change_asks_for_it(client: Client, ida: User, path: str) -> None:
    path = removing(app_of(ida)) if path == "remove" else path
    for answer in (client.get(path), client.post(path, {"code": WRONG})):
        assert answer["Location"] == asked_first(path)


@pytest.mark.parametrize("path", [ME, APP, PASSKEY, RECOVERY, removing(None), CONFIRM])
def test_each_page_asks_to_sign_in(client: Client, path: str) -> None:
    for answer in (client.get(path), client.post(path)):
        assert answer.status_code == 302
        assert answer["Location"].startswith((SIGN_IN, CONFIRM))
    assert client.get(CONFIRM)["Location"].startswith(SIGN_IN)


@pytest.mark.parametrize("path", [ME, APP, PASSKEY, RECOVERY])
def test_other_methods_are_refused(client: Client, ida: User, path: str) -> None:
    confirm(client)
    for method in (client.put, client.delete, client.patch):
        assert method(path).status_code == 405


def test_the_password_is_good_for_five_minutes(client: Client, ida: User, clock: Clock) -> None:
    confirm(client)
    clock.now += 299
    assert client.get(APP).status_code == 200
    clock.now += 2
    assert client.get(APP)["Location"] == asked_first(APP)


def test_a_wrong_password_is_refused(client: Client, ida: User) -> None:
    assert "This is not your password." in client.post(CONFIRM, {"password": "wrong"}).text
    assert client.get(APP).status_code == 302


def test_five_wrong_passwords_lock_here_too(client: Client, ida: User) -> None:
    for _ in range(5):
        client.post(CONFIRM, {"password": "wrong"})
    assert "Wait five minutes" in client.post(CONFIRM, {"password": PASSWORD}).text


def test_a_code_does_as_well(client: Client, ida: User, clock: Clock) -> None:
    address = asked_first(APP).replace(CONFIRM, f"{CONFIRM}code/")
    assert f'href="{address}"' in client.get(f"{CONFIRM}?next={APP}").text
    assert "This is not right" in client.post(address, {"code": WRONG}).text
    assert client.post(address, {"code": clock.code()})["Location"] == APP
    assert client.get(APP).status_code == 200


def test_it_leads_to_no_other_site(client: Client, ida: User) -> None:
    answer = client.post(f"{CONFIRM}?next=https://evil.example", {"password": PASSWORD})
    assert answer["Location"] == "/account/"


# Changes


def test_an_app_is_replaced(client: Client, ida: User, clock: Clock) -> None:
    confirm(client)
    key = key_on(client.get(APP).text)
    assert client.post(APP, {"code": clock.code(key)})["Location"] == ME
    clock.now += 30
    assert not second_factor.verify_code(ida, clock.code())
    assert second_factor.verify_code(ida, clock.code(key))
    assert "was replaced" in str(mail.outbox[-1].body)
    assert Entry.objects.last().action == "user.app_replaced"  # type: ignore[union-attr]


def test_a_wrong_code_replaces_nothing(client: Client, ida: User, clock: Clock) -> None:
    confirm(client)
    client.get(APP)
    assert "This is not right" in client.post(APP, {"code": WRONG}).text
    assert second_factor.verify_code(ida, clock.code())


def test_new_recovery_codes_take_the_place_of_the_old(client: Client, ida: User) -> None:
    old = RecoveryCodes.activate(ida).get_unused_codes()
    confirm(client)
    assert "10 unused codes" in client.get(RECOVERY).text
    new = codes_on(client.post(RECOVERY).text)
    assert len(new) == 10
    assert not second_factor.verify_code(ida, old[0])
    assert second_factor.verify_code(ida, new[0])
    assert "New recovery codes were made" in str(mail.outbox[-1].body)


def test_they_are_shown_in_no_other_answer(client: Client, ida: User) -> None:
    confirm(client)
    code = codes_on(client.post(RECOVERY).text)[0]
    for path in (ME, RECOVERY):
        assert code not in client.get(path).text


def test_the_saved_file_holds_them(client: Client, ida: User) -> None:
    confirm(client)
    page = client.post(RECOVERY).text
    assert f"%0D%0A{codes_on(page)[9]}%0D%0A" in page
    assert 'download="b12-recovery-codes.txt"' in page


def test_somebody_without_a_second_factor_gets_no_recovery_codes(client: Client) -> None:
    client.cookies.load({"b12_language": "en"})
    client.force_login(user())
    confirm(client)
    assert client.post(RECOVERY)["Location"] == ME
    assert "Set up an app or a passkey first." in client.get(ME).text
    assert not Authenticator.objects.exists()


def test_a_passkey_is_removed(client: Client, ida: User) -> None:
    address = removing(passkey_of(ida))
    confirm(client)
    assert "Nøkkelen" in unescape(client.get(address).text)
    assert client.post(address)["Location"] == ME
    assert [factor.type for factor in second_factor.of(ida)] == ["totp"]
    assert "A passkey was removed" in str(mail.outbox[-1].body)
    assert Entry.objects.last().action == "user.passkey_removed"  # type: ignore[union-attr]


def test_an_app_is_removed_when_there_is_a_passkey(client: Client, ida: User) -> None:
    passkey_of(ida)
    confirm(client)
    client.post(removing(app_of(ida)))
    assert [factor.type for factor in second_factor.of(ida)] == ["webauthn"]


def test_the_last_one_stays(client: Client, ida: User) -> None:
    address = removing(app_of(ida))
    confirm(client)
    assert address not in client.get(ME).text
    client.post(address)
    assert "the only one you have" in client.get(ME).text
    assert second_factor.of(ida).count() == 1


@pytest.mark.parametrize("whose", ["another's", "nobody's", "recovery codes"])
def test_only_ones_own_are_there(client: Client, ida: User, whose: str) -> None:
    other = with_app(User.objects.create_user("bo@practice.example", name="Bo"))
    codes = Authenticator.objects.get(type=second_factor.Type.RECOVERY_CODES)
    number = {"another's": app_of(other).pk, "nobody's": 10**30, "recovery codes": codes.pk}
    confirm(client)
    address = f"/account/second-factor/{number[whose]}/remove/"
    assert client.get(address).status_code == client.post(address).status_code == 404
    assert Authenticator.objects.filter(user=other).exists()


def test_a_mail_server_that_is_down_undoes_nothing(
    client: Client, ida: User, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def down(self: EmailBackend, messages: object) -> int:
        raise OSError("refused")

    monkeypatch.setattr(EmailBackend, "send_messages", down)
    confirm(client)
    assert len(codes_on(client.post(RECOVERY).text)) == 10
    assert "could not be sent" in caplog.text
    assert EMAIL not in caplog.text


def test_nothing_of_it_is_kept_by_a_cache(client: Client, ida: User) -> None:
    confirm(client)
    for answer in (client.get(ME), client.get(APP), client.post(RECOVERY)):
        assert "no-store" in answer["Cache-Control"]
