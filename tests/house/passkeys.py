"""A passkey as a browser would have registered it; nobody can sign in with it, since no device holds its secret."""

import secrets
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.webauthn import (
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorAttestationResponse,
    AuthenticatorData,
    CollectedClientData,
    RegistrationResponse,
)

FLAGS = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV | AuthenticatorData.FLAG.AT


def credential():
    """What the browser sends, as allauth stores it."""
    name = secrets.token_bytes(16)
    key = ES256.from_cryptography_key(ec.generate_private_key(ec.SECP256R1()).public_key())
    attested = AttestedCredentialData.create(bytes(16), name, key)
    data = AuthenticatorData.create(sha256(b"localhost").digest(), FLAGS, 0, attested)
    client = CollectedClientData.create("webauthn.create", secrets.token_bytes(16), "http://localhost")
    attestation = AttestationObject.create("none", data, {})
    return dict(
        RegistrationResponse(
            raw_id=name, response=AuthenticatorAttestationResponse(client_data=client, attestation_object=attestation)
        )
    )
