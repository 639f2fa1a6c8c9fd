"""A PC takes a new key: asked with the old one, and proved to be held by the new (sync.md 2.3)."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from desk.wire import reading, signing
from desk.wire.codecs import WireError
from desk.wire.enrolling import key_in
from desk.wire.messages import PROTOCOL
from desk.wire.reading import Raw

_SIGNATURE_LENGTH = 64


@dataclass(frozen=True)
class Rotate:
    """The new public key of a device. proof: the new key's signature over the device's id and the key."""

    device: str
    public_key: bytes
    proof: bytes

    @staticmethod
    def to(device: str, key: bytes) -> "Rotate":
        """Ask for it; `key` is the private seed of the new one."""
        public = signing.public_of(key)
        return Rotate(device, public, Ed25519PrivateKey.from_private_bytes(key).sign(_said(device, public)))

    @property
    def is_proved(self) -> bool:
        """Whether whoever asks holds the new key."""
        try:
            key = Ed25519PublicKey.from_public_bytes(self.public_key)
            key.verify(self.proof, _said(self.device, self.public_key))
        except (InvalidSignature, ValueError):
            return False
        return True

    def encode(self) -> bytes:
        """Write the message."""
        said = {"device": self.device, "public_key": self.public_key.hex(), "proof": self.proof.hex()}
        return _json({"v": PROTOCOL, **said})

    @staticmethod
    def decode(raw: Raw) -> "Rotate":
        """Read the message. Raises WireError."""
        body = reading.parse(raw)
        try:
            proof = bytes.fromhex(reading.text(body, "proof", most=2 * _SIGNATURE_LENGTH))
        except ValueError as error:
            raise WireError("proof: a signature is expected") from error
        return Rotate(
            reading.text(body, "device", most=64),
            key_in(reading.text(body, "public_key", most=2 * signing.KEY_LENGTH)),
            proof,
        )


@dataclass(frozen=True)
class Rotated:
    """From now on only requests signed with the new key are this device's."""

    device: str

    def encode(self) -> bytes:
        """Write the message."""
        return _json({"v": PROTOCOL, "device": self.device})

    @staticmethod
    def decode(raw: bytes) -> "Rotated":
        """Read the message. Raises WireError."""
        return Rotated(reading.text(reading.parse(raw), "device", most=64))


def _said(device: str, public: bytes) -> bytes:
    return b"desk key\n" + device.encode() + b"\n" + public


def _json(body: Mapping[str, Any]) -> bytes:
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
