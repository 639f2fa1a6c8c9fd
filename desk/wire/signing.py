"""Signed requests: RFC 9421 over method, path, query, body digest (RFC 9530), device, incarnation, counter.

One fixed form of it: Ed25519, these components in this order, the device's id as the key's. A counter that
the hub gives takes the place of a time, since clocks are not to be relied on (sync.md 2.6).
"""

import base64
import hashlib
import hmac
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from desk.wire.codecs import WireError

DEVICE: Final = "Desk-Device"
INCARNATION: Final = "Desk-Incarnation"
COUNTER: Final = "Desk-Counter"
DIGEST: Final = "Content-Digest"
INPUT: Final = "Signature-Input"
SIGNATURE: Final = "Signature"

KEY_LENGTH: Final = 32
"""Bytes of a private seed, and of a public key."""

_LABEL = "desk"
_COVERED = ("@method", "@path", "@query", *(each.lower() for each in (DIGEST, DEVICE, INCARNATION, COUNTER)))
_SAID = tuple(each.lower() for each in (DEVICE, INCARNATION, COUNTER, DIGEST, INPUT, SIGNATURE))
_MOST_TEXT = 400


@dataclass(frozen=True)
class Counter:
    """session: the number the last hello answered, 0 before the first. n: the request within it, from 1.

    A hello says the session it knows, and n = 0.
    """

    session: int = 0
    n: int = 0

    def __str__(self) -> str:
        return f"{self.session}.{self.n}"

    @staticmethod
    def read(text: str) -> "Counter":
        """Read it back. Raises WireError."""
        session, _dot, n = text.partition(".")
        if not all(each.isascii() and each.isdigit() and len(each) <= 15 for each in (session, n)):
            raise WireError("counter: two numbers are expected")
        return Counter(int(session), int(n))


@dataclass(frozen=True)
class Asked:
    """What of a request is signed. path, query: as they are written in its line, query without its mark."""

    method: str
    path: str
    query: str
    body: bytes


@dataclass(frozen=True)
class Claim:
    """Who a request says it is from. It has proved nothing yet."""

    device: str
    incarnation: str
    counter: Counter
    digest: str
    signed: str
    signature: bytes


def sign(asked: Asked, device: str, incarnation: str, counter: Counter, key: bytes) -> dict[str, str]:
    """Return the headers that prove a request; `key` is the 32 bytes of the device's private seed."""
    claim = Claim(device, incarnation, counter, digest_of(asked.body), parameters(_COVERED, device), b"")
    signature = Ed25519PrivateKey.from_private_bytes(key).sign(_base(asked, claim))
    return {
        DEVICE: device,
        INCARNATION: incarnation,
        COUNTER: str(counter),
        DIGEST: claim.digest,
        INPUT: f"{_LABEL}={claim.signed}",
        SIGNATURE: f"{_LABEL}=:{base64.b64encode(signature).decode()}:",
    }


def read(headers: Iterable[tuple[str, str]]) -> Claim:
    """Read who a request says it is from. Raises WireError: a header is missing, there twice or malformed."""
    said: dict[str, str] = {}
    for name, value in headers:
        if name.lower() in _SAID:
            if name.lower() in said or len(value) > _MOST_TEXT:
                raise WireError(f"{name}: there twice, or too long")
            said[name.lower()] = value
    if len(said) != len(_SAID):
        raise WireError("not signed")
    device, incarnation, counter, digest, signed, signature = (said[name] for name in _SAID)
    try:
        raw = base64.b64decode(signature.removeprefix(f"{_LABEL}=:").removesuffix(":"), validate=True)
    except ValueError as error:
        raise WireError("signature: not base 64") from error
    return Claim(device, incarnation, Counter.read(counter), digest, signed.removeprefix(f"{_LABEL}="), raw)


def is_by(claim: Claim, asked: Asked, public: bytes) -> bool:
    """Tell whether the holder of this key made exactly this request."""
    if claim.signed != parameters(_COVERED, claim.device):
        return False
    if not hmac.compare_digest(claim.digest.encode(), digest_of(asked.body).encode()):
        return False
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(claim.signature, _base(asked, claim))
    except (InvalidSignature, ValueError):
        return False
    return True


def public_of(key: bytes) -> bytes:
    """Return the public half of a private seed."""
    return Ed25519PrivateKey.from_private_bytes(key).public_key().public_bytes_raw()


def digest_of(body: bytes) -> str:
    """Return the Content-Digest of a body as it travels."""
    return f"sha-256=:{base64.b64encode(hashlib.sha256(body).digest()).decode()}:"


def parameters(covered: Sequence[str], key_id: str) -> str:
    """Write the signature's parameters."""
    names = " ".join(f'"{each}"' for each in covered)
    return f'({names});keyid="{key_id}";alg="ed25519"'


def base_of(values: Mapping[str, str], signed: str) -> bytes:
    """Write what is signed (RFC 9421, 2.5): a line for each component in their order, then the parameters."""
    lines = [f'"{name}": {value}' for name, value in values.items()]
    return "\n".join([*lines, f'"@signature-params": {signed}']).encode()


def _base(asked: Asked, claim: Claim) -> bytes:
    values = (asked.method, asked.path, f"?{asked.query}", claim.digest, claim.device, claim.incarnation)
    named = zip(_COVERED, (*values, str(claim.counter)), strict=True)
    return base_of(dict(named), claim.signed)
