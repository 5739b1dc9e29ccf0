"""Passkeys: made, shown on the way in, and refused where something does not fit."""

import json

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from b12site.accounts import second_factor
from b12site.accounts.models import User

from .second_step import (
    CONFIRM,
    ME,
    PASSWORD,
    SECOND_STEP,
    SET_UP,
    asked_first,
    codes_on,
    is_in,
    type_password,
    user,
)
from .soft_passkey import HOST, SoftPasskey

pytestmark = pytest.mark.django_db
SET_UP_PASSKEY, CONFIRM_PASSKEY = f"{SET_UP}passkey/", f"{CONFIRM}passkey/"

NONSENSE = [
    "",
    "5",
    "[]",
    "null",
    '"x"',
    "{}",
    "{",
    '{"id": 1}',
    '{"response": {}}',
    '{"id": "AA", "rawId": "AA", "response": {"clientDataJSON": "AA", "attestationObject": "AA"}}',
    '{"id": "AA", "rawId": "AA", "response": {"clientDataJSON": "AA", "signature": "AA"}}',
]


@pytest.fixture(autouse=True)
def english_at_localhost(client: Client) -> None:
    client.cookies.load({"b12_language": "en"})
    client.defaults["SERVER_NAME"] = HOST


@pytest.fixture
def ida() -> User:
    return user()


@pytest.fixture
def passkey(client: Client, ida: User) -> SoftPasskey:
    """Made at the first sign-in, which is over."""
    made = SoftPasskey()
    type_password(client)
    credential = made.created(client.get(SET_UP_PASSKEY).text)
    client.post(SET_UP_PASSKEY, {"name": "Nøkkelen", "credential": credential})
    client.post("/account/sign-out/")
    return made


def show(client: Client, passkey: SoftPasskey) -> str:
    """As the second step."""
    credential = passkey.proof(client.get(SECOND_STEP).text)
    response = client.post(SECOND_STEP, {"credential": credential})
    return str(response.headers.get("Location", response.text))


def test_the_first_sign_in_can_be_with_a_passkey(client: Client, ida: User) -> None:
    type_password(client)
    credential = SoftPasskey().created(client.get(SET_UP_PASSKEY).text)
    page = client.post(SET_UP_PASSKEY, {"name": "Nøkkelen", "credential": credential}).text
    assert len(codes_on(page)) == 10
    assert is_in(client)
    assert [factor.data["name"] for factor in second_factor.of(ida)] == ["Nøkkelen"]


def test_it_is_the_second_step_from_then_on(client: Client, passkey: SoftPasskey) -> None:
    assert type_password(client) == SECOND_STEP
    assert not is_in(client)
    assert show(client, passkey) == "/account/"
    assert is_in(client)


def test_without_a_name_it_gets_one(client: Client, ida: User) -> None:
    type_password(client)
    credential = SoftPasskey().created(client.get(SET_UP_PASSKEY).text)
    client.post(SET_UP_PASSKEY, {"name": "", "credential": credential})
    assert second_factor.of(ida).get().data["name"] == "Passkey 1"


def test_an_answer_counts_once(client: Client, passkey: SoftPasskey) -> None:
    type_password(client)
    answer = {"credential": passkey.proof(client.get(SECOND_STEP).text)}
    client.post(SECOND_STEP, answer)
    client.post("/account/sign-out/")
    type_password(client)
    client.get(SECOND_STEP)
    assert "was not accepted" in client.post(SECOND_STEP, answer).text
    assert not is_in(client)


def test_a_strange_passkey_is_refused(client: Client, passkey: SoftPasskey) -> None:
    type_password(client)
    assert "was not accepted" in show(client, SoftPasskey(number=2))
    assert "was not accepted" in show(client, SoftPasskey())  # another key under the same number
    assert not is_in(client)


def test_what_another_site_got_is_refused(client: Client, passkey: SoftPasskey) -> None:
    passkey.origin = "https://evil.example"
    type_password(client)
    assert "was not accepted" in show(client, passkey)


def test_five_failures_lock_it_too(client: Client, passkey: SoftPasskey) -> None:
    type_password(client)
    for _ in range(5):
        show(client, SoftPasskey(number=2))
    assert "Wait five minutes" in show(client, passkey)


@pytest.mark.parametrize("credential", NONSENSE)
def test_nonsense_is_refused_on_the_way_in(
    client: Client, passkey: SoftPasskey, credential: str
) -> None:
    type_password(client)
    client.get(SECOND_STEP)
    response = client.post(SECOND_STEP, {"credential": credential})
    assert response.status_code == 200
    assert "ds-validation-message" in response.text
    assert not is_in(client)


@pytest.mark.parametrize("credential", NONSENSE)
def test_nonsense_makes_no_passkey(client: Client, ida: User, credential: str) -> None:
    type_password(client)
    client.get(SET_UP_PASSKEY)
    response = client.post(SET_UP_PASSKEY, {"name": "Min", "credential": credential})
    assert 'id="errors"' in response.text
    assert 'value="Min"' in response.text
    assert not Authenticator.objects.exists()


def test_the_page_leads_back_to_the_app(client: Client, ida: User) -> None:
    type_password(client)
    assert f'href="{SET_UP}"' in client.get(SET_UP_PASSKEY).text


def test_a_second_one_is_added_after_showing_the_first(
    client: Client, ida: User, passkey: SoftPasskey
) -> None:
    type_password(client)
    show(client, passkey)
    add = "/account/second-factor/passkey/"
    assert client.get(add)["Location"] == asked_first(add)
    address = f"{CONFIRM_PASSKEY}?next={add}"
    proof = passkey.proof(client.get(address).text)
    assert client.post(address, {"credential": proof})["Location"] == add
    second = SoftPasskey(number=2).created(client.get(add).text)
    assert client.post(add, {"name": "To", "credential": second})["Location"] == ME
    assert second_factor.of(ida).count() == 2


@pytest.mark.parametrize("credential", NONSENSE)
def test_nonsense_proves_nothing(client: Client, passkey: SoftPasskey, credential: str) -> None:
    type_password(client)
    show(client, passkey)
    address = f"{CONFIRM_PASSKEY}?next={ME}"
    client.get(address)
    assert client.post(address, {"credential": credential})["Location"] == address
    assert 'data-color="danger"' in client.get(address).text


def test_the_database_knows_no_private_key(passkey: SoftPasskey) -> None:
    stored = json.dumps(Authenticator.objects.get(type=second_factor.Type.WEBAUTHN).data)
    number = passkey.key.private_numbers().private_value
    assert str(number) not in stored
    assert PASSWORD not in stored
