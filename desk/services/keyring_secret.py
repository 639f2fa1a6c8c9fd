"""The device secret: 32 random bytes in the keyring of the operating system, one entry per store.

It makes a stolen disk worthless even when a password is weak. The keyring of a bare Linux session can be
missing, locked, or simply never answer (tech.md §5), so each call runs beside, with a time limit; what no
real keyring takes is not kept anywhere else.
"""

import base64
import binascii
import threading  # noqa: TID251 - a keyring call may hang for ever; a daemon thread is given up, not waited for
from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from desk import errors, log
from desk.services import keys
from desk.text import _

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

_SERVICE = "jiedaitai"
# The first call loads the keyring's library: on a slow PC just switched on that alone takes seconds.
_LIMIT_S = 10.0
_log = log.get("keyring")


class DeviceSecrets(Protocol):
    """Where the device secret of a store is kept; tests hand in one of memory."""

    def read(self, store_id: str) -> bytes | None:
        """Return the secret, or None when the keyring works and holds none. Raises KeyringProblem."""

    def write(self, store_id: str, secret: bytes) -> None:
        """Keep the secret. Raises KeyringProblem when the keyring does not take it."""

    def forget(self, store_id: str) -> None:
        """Remove the secret if there is one. Raises KeyringProblem."""


class OsKeyring:
    """The keyring of the operating system's user, through the `keyring` library (imported late: 0.1 s)."""

    def __init__(self, limit_s: float = _LIMIT_S) -> None:
        self._limit_s = limit_s

    def read(self, store_id: str) -> bytes | None:
        """Return the secret, or None when the keyring works and holds none of ours.

        Raises:
            KeyringProblem: no keyring, a locked one, or no answer within the limit.
        """
        found: list[str] = []

        def call() -> None:
            found.append(_backend().get_password(_SERVICE, store_id) or "")

        self._within(call)
        return _decoded(found[0])

    def write(self, store_id: str, secret: bytes) -> None:
        """Keep the secret and read it back.

        Raises:
            KeyringProblem: no keyring, a locked one, no answer within the limit, or it kept something else.
        """
        text = base64.b64encode(secret).decode("ascii")
        self._within(lambda: _backend().set_password(_SERVICE, store_id, text))
        if self.read(store_id) != secret:
            raise _unusable()

    def forget(self, store_id: str) -> None:
        """Remove the secret if there is one.

        Raises:
            KeyringProblem: no keyring, a locked one, or no answer within the limit.
        """
        if self.read(store_id) is not None:
            self._within(lambda: _backend().delete_password(_SERVICE, store_id))

    def _within(self, call: Callable[[], None]) -> None:
        errand = _Errand(call)
        errand.start()
        errand.join(self._limit_s)
        if errand.is_alive():
            _log.warning("the keyring gave no answer within %.1f s", self._limit_s)
            raise _unusable()
        if errand.failure is not None:
            _log.warning("the keyring failed: %s", type(errand.failure).__name__)
            raise _unusable() from errand.failure


class _Errand(threading.Thread):
    """One keyring call on a thread that does not keep the program alive."""

    def __init__(self, call: Callable[[], None]) -> None:
        super().__init__(name="keyring", daemon=True)
        self._call = call
        self.failure: Exception | None = None

    def run(self) -> None:
        """Make the call and keep what it raises."""
        try:
            self._call()
        except Exception as failure:  # noqa: BLE001 - a backend may raise anything; the caller turns it into a Problem
            self.failure = failure


def _backend() -> "KeyringBackend":
    """Return the first backend that keyring itself recommends: never a plain-text file.

    Raises:
        keyring.errors.NoKeyringError: there is none.
    """
    import keyring
    from keyring.backends.chainer import ChainerBackend
    from keyring.errors import NoKeyringError

    chosen = keyring.get_keyring()
    candidates = chosen.backends if isinstance(chosen, ChainerBackend) else [chosen]
    for backend in candidates:
        if backend.priority >= 1:
            return backend
    raise NoKeyringError


def _decoded(text: str) -> bytes | None:
    try:
        secret = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
    return secret if len(secret) == keys.KEY_BYTES else None


def _unusable() -> errors.KeyringProblem:
    return errors.KeyringProblem(
        _("系统密钥环不可用：没有安装、被锁住或没有应答"),
        way_out=_("请先登录系统桌面并解锁密钥环后再试，或用恢复码进入"),
    )
