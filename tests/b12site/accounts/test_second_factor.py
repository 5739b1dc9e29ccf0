"""What counts as a second factor, and signing in with it."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import generate_totp_secret
from django.core import mail
from django.test import Client, override_settings

from b12site.accounts import second_factor
from b12site.accounts.models import User

from .second_step import (
    EMAIL,
    SECOND_STEP,
    SECRET,
    SET_UP,
    SIGN_IN,
    WRONG,
    Clock,
    browser,
    is_in,
    type_code,
    type_password,
    user,
    with_app,
)
from .second_step import clock as clock  # a fixture

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english(client: Client) -> None:
    client.cookies.load({"b12_language": "en"})


@pytest.fixture
def ida(clock: Clock) -> User:
    return with_app(user())


# What counts


@pytest.mark.parametrize(
    ("later", "right"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)]
)
def test_a_clock_may_be_half_a_minute_off(ida: User, clock: Clock, later: int, right: bool) -> None:
    assert second_factor.verify_code(ida, clock.code(later=later)) is right


def test_a_code_works_once(ida: User, clock: Clock) -> None:
    code = clock.code()
    assert second_factor.verify_code(ida, code)
    for moved in (0, 29, 31):
        clock.now += moved
        assert not second_factor.verify_code(ida, code)


def test_it_may_be_typed_in_two_groups(ida: User, clock: Clock) -> None:
    code = clock.code()
    assert second_factor.verify_code(ida, f" {code[:3]} {code[3:]} ")


@pytest.mark.parametrize("code", ["", "0", "abcdef", "٠٠٠٠٠٠", "0" * 400, "\x00"])
def test_anything_else_does_not_count(ida: User, code: str) -> None:
    assert not second_factor.verify_code(ida, code)


def test_a_recovery_code_works_once(ida: User) -> None:
    code = RecoveryCodes.activate(ida).get_unused_codes()[3]
    assert second_factor.verify_code(ida, code)
    assert not second_factor.verify_code(ida, code)
    assert second_factor.recovery_codes_left(ida) == 9


def test_another_users_codes_do_not_count(ida: User, clock: Clock) -> None:
    other = User.objects.create_user("bo@practice.example", name="Bo")
    second_factor.set_up_app(user=other, secret=generate_totp_secret(), first=True)
    recovery = RecoveryCodes.activate(ida).get_unused_codes()[0]
    assert not second_factor.verify_code(other, clock.code())
    assert not second_factor.verify_code(other, recovery)


def test_the_database_does_not_show_the_secret(ida: User) -> None:
    RecoveryCodes.activate(ida)
    for authenticator in Authenticator.objects.all():
        assert SECRET not in str(authenticator.data)
    seed = Authenticator.objects.get(type=second_factor.Type.RECOVERY_CODES).data["seed"]
    assert str(seed).startswith("gAAAA")  # a sealed token


def test_after_a_change_of_the_key_nothing_fits_and_the_log_says_why(
    ida: User, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    RecoveryCodes.activate(ida)
    with override_settings(SECRET_KEY="another"):
        assert not second_factor.verify_code(ida, clock.code())
        assert second_factor.recovery_codes_left(ida) == 0
    assert "not the one that this second factor was made with" in caplog.text


# The second step of signing in


def test_the_password_alone_opens_nothing(client: Client, ida: User) -> None:
    assert type_password(client) == SECOND_STEP
    assert not is_in(client)
    assert client.get("/patients/")["Location"].startswith(SIGN_IN)


def test_the_code_finishes_it(client: Client, ida: User, clock: Clock) -> None:
    assert type_password(client, query="?next=/patients/7/") == SECOND_STEP
    assert "second step" in client.get(SECOND_STEP).text
    assert type_code(client, clock.code()) == "/patients/7/"
    assert is_in(client)


def test_a_recovery_code_does_too(client: Client, ida: User) -> None:
    code = RecoveryCodes.activate(ida).get_unused_codes()[0]
    type_password(client)
    assert type_code(client, code) == "/account/"


@pytest.mark.parametrize(("code", "words"), [(WRONG, "This is not right"), ("", "Write the code.")])
def test_a_wrong_code_is_refused_beside_its_field(
    client: Client, ida: User, code: str, words: str
) -> None:
    type_password(client)
    page = type_code(client, code)
    assert 'href="#id_code"' in page
    assert words in page
    assert not is_in(client)


def test_the_second_step_does_not_come_first(client: Client, ida: User, clock: Clock) -> None:
    assert client.get(SECOND_STEP)["Location"] == SIGN_IN
    assert type_code(client, clock.code()) == SIGN_IN


def test_five_wrong_codes_lock_the_user_out_for_five_minutes(
    client: Client, ida: User, clock: Clock
) -> None:
    type_password(client)
    for _ in range(5):
        assert "This is not right" in type_code(client, WRONG)
    clock.now += 299
    assert "Wait five minutes" in type_code(client, clock.code())
    clock.now += 2
    assert type_code(client, clock.code()) == "/account/"


@pytest.mark.parametrize(("seconds", "locked"), [(0, True), (295, True), (305, False)])
def test_codes_lock_for_five_minutes_from_the_fifth_failure_on(
    client: Client, ida: User, clock: Clock, seconds: int, locked: bool
) -> None:
    type_password(client)
    for _ in range(5):
        clock.now += 58
        type_code(client, WRONG)
    clock.now += seconds
    assert ("Wait five minutes" in type_code(client, clock.code())) == locked


def test_typing_the_password_again_does_not_unlock(client: Client, ida: User, clock: Clock) -> None:
    type_password(client)
    for _ in range(5):
        type_code(client, WRONG)
    elsewhere = browser()
    assert type_password(elsewhere) == SECOND_STEP
    assert "Wait five minutes" in type_code(elsewhere, clock.code())


def test_wrong_codes_count_for_the_place_they_come_from(client: Client, ida: User) -> None:
    for number in range(6):
        client.post(SIGN_IN, {"login": f"no{number}@practice.example", "password": "wrong"})
    type_password(client)
    for _ in range(4):
        type_code(client, WRONG)
    other = browser()
    assert "Wait five minutes" in type_password(other)


def test_a_success_does_not_wipe_out_failures(client: Client, ida: User, clock: Clock) -> None:
    """Or whoever has a user could try the passwords of others as often as he likes."""
    for number in range(9):
        client.post(SIGN_IN, {"login": f"no{number}@practice.example", "password": "wrong"})
    type_password(client)
    assert type_code(client, clock.code()) == "/account/"
    other = browser()
    assert "do not belong together" in type_password(other, "wrong")
    assert "Wait five minutes" in type_password(other)


def test_taken_away_at_this_moment_it_begins_again(client: Client, ida: User) -> None:
    """Somebody at this page rings the administrator, who helps."""
    type_password(client)
    second_factor.take_away(user=ida, by=ida)
    assert client.get(SECOND_STEP)["Location"] == SIGN_IN
    assert client.get(SIGN_IN).status_code == 200
    assert type_password(client) == SET_UP


def test_cancelling_forgets_the_password_that_was_given(client: Client, ida: User) -> None:
    type_password(client)
    assert client.post("/account/sign-out/")["Location"] == SIGN_IN
    assert client.get(SECOND_STEP)["Location"] == SIGN_IN


# Passwords


def test_a_new_password_neither_signs_in_nor_goes_round_the_code(client: Client, ida: User) -> None:
    client.post("/account/password/reset/", {"email": EMAIL})
    address = str(mail.outbox[-1].body).split("testserver")[1].split()[0]
    link = client.get(address)["Location"]
    client.post(link, {"password1": "another long word", "password2": "another long word"})
    assert not is_in(client)
    assert type_password(client, "another long word") == SECOND_STEP
