"""What the hub's clock says, signed: the one answer that may come over a connection nobody has vouched for.

It only tells a person how wrong a PC's clock is; nothing is set by it (sync.md 2.8).
"""

import json
from dataclasses import asdict, dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from desk.wire import reading
from desk.wire.codecs import WireError
from desk.wire.messages import PROTOCOL

MOST_NONCE = 80


@dataclass(frozen=True)
class Moment:
    """time: the hub's, ISO with offset. nonce: the asker's, so that no older answer passes for this one."""

    time: str
    nonce: str
    signature: str = ""

    def signed(self, seed: bytes) -> "Moment":
        """Return it with its signature."""
        signature = Ed25519PrivateKey.from_private_bytes(seed).sign(self._said())
        return Moment(self.time, self.nonce, signature.hex())

    def is_by(self, public: bytes) -> bool:
        """Tell whether the holder of this key said so."""
        try:
            key = Ed25519PublicKey.from_public_bytes(public)
            key.verify(bytes.fromhex(self.signature), self._said())
        except (InvalidSignature, ValueError):
            return False
        return True

    def encode(self) -> bytes:
        """Write the message."""
        return json.dumps({"v": PROTOCOL, **asdict(self)}, separators=(",", ":")).encode()

    @staticmethod
    def decode(raw: bytes) -> "Moment":
        """Read the message. Raises WireError."""
        body = reading.parse(raw)
        return Moment(
            time=reading.text(body, "time", most=40),
            nonce=nonce_in(reading.text(body, "nonce", most=MOST_NONCE)),
            signature=reading.text(body, "signature", most=128),
        )

    def _said(self) -> bytes:
        return f"desk-time\n{self.time}\n{self.nonce}".encode()


def nonce_in(text: str) -> str:
    """Return a nonce as it may be. Raises WireError: none, too long, or not plain letters and digits."""
    if not 0 < len(text) <= MOST_NONCE or not text.isascii() or not text.replace("-", "").isalnum():
        raise WireError("nonce: letters and digits are expected")
    return text
