"""A passkey in software, for tests without a browser."""

import json
import re
from hashlib import sha256
from html import unescape
from typing import Any, cast

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import (
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

HOST = "localhost"  # the one name that passkeys work for over plain http
PRESENT = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV


class SoftPasskey:
    def __init__(self, number: int = 1, origin: str = f"http://{HOST}") -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.id, self.origin = bytes([number] * 16), origin

    def created(self, page: str) -> str:
        """What the browser answers to the page that wants a new one."""
        challenge = options_on(page)["creation_options"]["publicKey"]["challenge"]
        public: Any = ES256.from_cryptography_key(self.key.public_key())  # type: ignore[no-untyped-call]
        credential = AttestedCredentialData.create(bytes(16), self.id, public)
        data = self.data(PRESENT | AuthenticatorData.FLAG.AT, credential)
        said = CollectedClientData.create("webauthn.create", challenge, self.origin)
        attestation = AttestationObject.create("none", data, {})
        return self.answer(clientDataJSON=said, attestationObject=attestation)

    def proof(self, page: str) -> str:
        """What it answers to the page that wants to see it."""
        challenge = options_on(page)["request_options"]["publicKey"]["challenge"]
        data = self.data(PRESENT)
        said = CollectedClientData.create("webauthn.get", challenge, self.origin)
        signature = self.key.sign(data + said.hash, ec.ECDSA(hashes.SHA256()))
        return self.answer(clientDataJSON=said, authenticatorData=data, signature=signature)

    def data(self, flags: AuthenticatorData.FLAG, credential: bytes = b"") -> AuthenticatorData:
        site = sha256(HOST.encode()).digest()
        return cast(AuthenticatorData, AuthenticatorData.create(site, flags, 0, credential))

    def answer(self, **response: bytes) -> str:
        name = websafe_encode(self.id)
        parts = {part: websafe_encode(value) for part, value in response.items()}
        answer: dict[str, Any] = {"id": name, "rawId": name, "type": "public-key"}
        return json.dumps(answer | {"response": parts, "clientExtensionResults": {}})


def options_on(page: str) -> dict[str, Any]:
    """What the page's script gives to the browser."""
    text = re.findall(r'id="passkey-options"[^>]*>(.*?)</script>', page)[0]
    options: dict[str, Any] = json.loads(unescape(text))
    return options
