"""How the store's key is wrapped under a secret a person knows, after the key plan of reliability.md §3.2.

The key is random and never changes; what a person types only opens a wrap of it:

    password ──NFKC──▶ Argon2id(salt, cost) ──┐
                                              ├─ HKDF-SHA256 ─▶ wrapping key ─▶ AES-256-GCM(store key)
    device secret (may be absent) ────────────┘                              context as associated data

The context (who, which store, which cost) is authenticated with the wrap: a wrap moved to another user,
another store or a cheaper cost does not open.
"""

import unicodedata
from dataclasses import dataclass

import psutil
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from desk import errors, ids
from desk.text import _

KEY_BYTES = 32
_SALT_BYTES = 16
_NONCE_BYTES = 12
_MIB = 1024
_GIB = 1 << 30


@dataclass(frozen=True)
class KdfCost:
    """What one guess costs: memory in KiB, passes over it, lanes. Stored with each wrap."""

    memory_kib: int
    passes: int
    lanes: int


FULL = KdfCost(256 * _MIB, 3, 2)
"""About a second on a PC of the stations (KeePassXC's aim)."""
FLOOR = KdfCost(46 * _MIB, 1, 1)
"""Never less than this (ASVS 5)."""
CEILING = KdfCost(4096 * _MIB, 64, 64)
"""Never more is believed from a file: it would only stop the program."""


class WrongSecret(Exception):
    """The secret does not open the wrap, or the wrap was altered."""


@dataclass(frozen=True)
class Wrap:
    """A wrapped key with what is needed to open it, except the secrets."""

    cost: KdfCost
    salt: bytes
    nonce: bytes
    wrapped: bytes


def calibrate(memory_bytes: int | None = None) -> KdfCost:
    """Return the cost for a PC with that much memory (default: this PC).

    256 MiB from 4 GiB of memory on; below, a thirty-second of it, never under 46 MiB. A slow processor is no
    reason to go lower.
    """
    total = psutil.virtual_memory().total if memory_bytes is None else memory_bytes
    if total >= 4 * _GIB:
        return FULL
    return KdfCost(max(FLOOR.memory_kib, total // 32 // 1024), FULL.passes, FULL.lanes)


def believable(cost: KdfCost) -> bool:
    """Tell whether a cost read from a file lies between floor and ceiling."""
    pairs = (
        (FLOOR.memory_kib, cost.memory_kib, CEILING.memory_kib),
        (FLOOR.passes, cost.passes, CEILING.passes),
        (FLOOR.lanes, cost.lanes, CEILING.lanes),
    )
    return all(low <= have <= high for low, have, high in pairs)


def new_key() -> bytes:
    """Return 32 random bytes from the operating system: a store key or a device secret."""
    return ids.random_bytes(KEY_BYTES)


def stretch(secret: str, salt: bytes, cost: KdfCost) -> bytes:
    """Return Argon2id of a typed secret (32 bytes).

    The secret is NFKC-normalised first, so that a password typed full width, or composed by another input
    method, is the same password.

    Raises:
        AccessProblem: the PC has not the memory free that the cost asks for.
    """
    kdf = Argon2id(
        salt=salt,
        length=KEY_BYTES,
        iterations=cost.passes,
        lanes=cost.lanes,
        memory_cost=cost.memory_kib,
    )
    try:
        return kdf.derive(unicodedata.normalize("NFKC", secret).encode("utf-8", "surrogatepass"))
    except MemoryError as failure:
        raise errors.AccessProblem(
            _("内存不足，密码核对不了"), way_out=_("请关闭其他程序后再试；这一次不算输错")
        ) from failure


def new_salt() -> bytes:
    """Return a fresh salt for `stretch`."""
    return ids.random_bytes(_SALT_BYTES)


def wrap(key: bytes, secret: str, device_secret: bytes, *, context: bytes, cost: KdfCost) -> Wrap:
    """Return `key` wrapped under the typed secret and the device secret (empty bytes: none)."""
    salt = new_salt()
    sealed = seal(key, stretch(secret, salt, cost) + device_secret, context=_bound(context, cost, salt))
    return Wrap(cost, salt, sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:])


def unwrap(wrapped: Wrap, secret: str, device_secret: bytes, *, context: bytes) -> bytes:
    """Return the key.

    Raises:
        WrongSecret: the secret, the device secret or the context is another one, or the wrap was altered.
    """
    under = stretch(secret, wrapped.salt, wrapped.cost) + device_secret
    bound = _bound(context, wrapped.cost, wrapped.salt)
    return unseal(wrapped.nonce + wrapped.wrapped, under, context=bound)


def seal(content: bytes, under: bytes, *, context: bytes) -> bytes:
    """Return nonce and AES-256-GCM of `content` under a key derived from high-entropy `under`."""
    nonce = ids.random_bytes(_NONCE_BYTES)
    return nonce + AESGCM(_derived(under)).encrypt(nonce, content, context)


def unseal(sealed: bytes, under: bytes, *, context: bytes) -> bytes:
    """Return what `seal` put in.

    Raises:
        WrongSecret: another key, another context, or altered bytes.
    """
    try:
        return AESGCM(_derived(under)).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], context)
    except InvalidTag:
        raise WrongSecret from None


def _derived(under: bytes) -> bytes:
    return HKDF(hashes.SHA256(), KEY_BYTES, salt=None, info=b"desk key wrap 1").derive(under)


def _bound(context: bytes, cost: KdfCost, salt: bytes) -> bytes:
    numbers = f"|argon2id:{cost.memory_kib}:{cost.passes}:{cost.lanes}|".encode("ascii")
    return context + numbers + salt
