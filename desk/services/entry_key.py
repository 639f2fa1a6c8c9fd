"""What a code for a sign-on at another PC leaves in the records: the open half of a pair of keys it makes.

    code ──Argon2id, HKDF──▶ closed half ──X25519──▶ open half, in the record `entry_code`

Every PC of the station, and the hub, hold the open half. By it a PC can lock its own store's key for whoever
brings the code, and knows the code again when it is typed; neither it nor the hub can open what was locked.
A guess at the code costs a whole Argon2id, and the code has 70 random bits.
"""

import hashlib

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from desk.services import keys
from desk.services.keys import KdfCost

_COST = KdfCost(64 * 1024, 3, 1)
"""The same on every PC and for good: two PCs must make the same pair of one code."""
_SALT_BYTES = 16


def open_half(user_id: str, bare: str) -> str:
    """Return the open half for a user's code, in hexadecimal; some tenths of a second.

    Args:
        user_id: whom the code was issued to.
        bare: the symbols of the code.

    Raises:
        AccessProblem: the PC has not the memory free.
    """
    return _pair(user_id, bare).public_key().public_bytes_raw().hex()


def lock(half: str) -> tuple[str, str]:
    """Draw what locks something for the bearer of a code.

    Args:
        half: the open half of the code.

    Returns:
        What is kept beside it (`given`), and the secret to lock with, which is kept nowhere.

    Raises:
        ValueError: it is no open half.
    """
    drawn = X25519PrivateKey.generate()
    given = drawn.public_key().public_bytes_raw().hex()
    return given, _secret(drawn, half, given)


def unlock(user_id: str, bare: str, given: str) -> str:
    """Return the secret `lock` has drawn, for whoever types the code.

    Raises:
        ValueError: `given` was altered. AccessProblem: the PC has not the memory free.
    """
    return _secret(_pair(user_id, bare), given, given)


def _pair(user_id: str, bare: str) -> X25519PrivateKey:
    salt = hashlib.sha256(f"desk entry code 2|{user_id}".encode()).digest()[:_SALT_BYTES]
    stretched = keys.stretch(bare, salt, _COST)
    seed = HKDF(hashes.SHA256(), keys.KEY_BYTES, salt=None, info=b"desk entry code pair 2").derive(stretched)
    return X25519PrivateKey.from_private_bytes(seed)


def _secret(closed: X25519PrivateKey, half: str, given: str) -> str:
    shared = closed.exchange(X25519PublicKey.from_public_bytes(bytes.fromhex(half)))
    info = b"desk entry code lock 2|" + given.encode()
    return HKDF(hashes.SHA256(), keys.KEY_BYTES, salt=None, info=info).derive(shared).hex()
