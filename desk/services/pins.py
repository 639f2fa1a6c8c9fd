"""Six-digit PINs: users come back with theirs after a lock, deputies come on duty (上岗) with theirs.

A PIN is short, so it never opens the store. Only its Argon2id digest is kept, as a local row inside the
encrypted store, where a stolen disk does not show it. Wrong PINs are counted beside it and make one wait
(SEC-02).
"""

import hmac
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session as Rows

from desk import clock, errors
from desk.models.local import DeviceSecret
from desk.models.store import Store
from desk.rules.passwords import LockStep, check_pin, wait_text
from desk.rules.width import half_width
from desk.services import keys, lockout
from desk.text import _

_COST = (
    keys.FLOOR
)  # A million PINs are quickly tried at any cost; the store's cipher is what keeps the digest.


@dataclass(frozen=True)
class _Pin:
    salt: bytes
    digest: bytes
    tries: lockout.Tries


class Pins:
    """The PINs kept on this PC, by the id of their owner: a user or a deputy."""

    def __init__(self, store: Store, steps: Sequence[LockStep]) -> None:
        self._store = store
        self._steps = tuple(steps)

    def has(self, owner_id: str) -> bool:
        """Tell whether this owner has a PIN on this PC."""
        return self.digest_of(owner_id) is not None

    def set(self, rows: Rows, owner_id: str, pin: str) -> bytes:
        """Keep the owner's PIN within the caller's write block, and return its digest.

        Raises:
            InputProblem: not six digits, or too simple.
        """
        typed = checked(pin)
        salt = keys.new_salt()
        digest = keys.stretch(typed, salt, _COST)
        _put(rows, owner_id, _Pin(salt, digest, lockout.Tries()))
        return digest

    def remove(self, rows: Rows, owner_id: str) -> None:
        """Forget the owner's PIN within the caller's write block."""
        row = rows.get(DeviceSecret, _name(owner_id))
        if row is not None:
            rows.delete(row)

    def digest_of(self, owner_id: str) -> bytes | None:
        """Return the digest kept for this owner, or None."""
        kept = self._kept(owner_id)
        return kept.digest if kept else None

    def digest_typed(self, owner_id: str, pin: str) -> bytes:
        """Return the digest of a typed PIN under the owner's salt, to compare or to unseal with.

        Raises:
            AccessProblem: this owner has no PIN on this PC.
        """
        return keys.stretch(half_width(pin).strip(), self._need(owner_id).salt, _COST)

    def check(self, owner_id: str, pin: str) -> None:
        """Let pass the owner's PIN; used when a deputy comes on duty.

        Raises:
            AccessProblem: no PIN on this PC, a wrong one, or a wait is on after too many wrong ones (SEC-02).
        """
        kept = self._need(owner_id)
        now, mono_ms = clock.now(), clock.monotonic_ms()
        anchored = lockout.anchored(kept.tries, now=now, mono_ms=mono_ms)
        wait_s = lockout.remaining_s(anchored, now=now, mono_ms=mono_ms)
        if wait_s > 0:
            self._save(owner_id, replace(kept, tries=anchored))
            raise errors.AccessProblem(
                _("PIN 连续输错 {count} 次，{wait}").format(count=anchored.failures, wait=wait_text(wait_s)),
                field="pin",
                wait_s=wait_s,
            )
        right = hmac.compare_digest(self.digest_typed(owner_id, pin), kept.digest)
        tries = lockout.Tries() if right else lockout.failed(anchored, self._steps, now=now, mono_ms=mono_ms)
        if tries != kept.tries:
            self._save(owner_id, replace(kept, tries=tries))
        if not right:
            raise errors.AccessProblem(
                _("PIN 不对"), way_out=_("也可以由工作人员在名册里选人上岗"), field="pin"
            )

    def _need(self, owner_id: str) -> _Pin:
        kept = self._kept(owner_id)
        if kept is None:
            raise errors.AccessProblem(
                _("这台电脑上还没有设 PIN"), way_out=_("请在设置里设一个 6 位 PIN，或由工作人员选人上岗")
            )
        return kept

    def _kept(self, owner_id: str) -> _Pin | None:
        with self._store.read() as rows:
            row = rows.get(DeviceSecret, _name(owner_id))
            return _read(row.secret) if row else None

    def _save(self, owner_id: str, pin: _Pin) -> None:
        with self._store.write_local() as rows:
            _put(rows, owner_id, pin)


def checked(pin: str) -> str:
    """Return a new PIN in half width.

    Raises:
        InputProblem: not six digits, or too simple.
    """
    typed = half_width(pin).strip()
    problems = check_pin(typed)
    if problems:
        raise errors.InputProblem(" ".join(problems), field="pin")
    return typed


def _name(owner_id: str) -> str:
    return f"pin:{owner_id}"


def _put(rows: Rows, owner_id: str, pin: _Pin) -> None:
    rows.merge(DeviceSecret(name=_name(owner_id), secret=_written(pin)))


def _written(pin: _Pin) -> bytes:
    tries = pin.tries
    since = tries.since.isoformat() if tries.since else ""
    body = [pin.salt.hex(), pin.digest.hex(), tries.failures, tries.wait_s, since, tries.since_mono_ms]
    return json.dumps(body).encode()


def _read(secret: bytes) -> _Pin:
    salt, digest, failures, wait_s, since, mono_ms = json.loads(secret)
    moment = datetime.fromisoformat(since) if since else None
    return _Pin(bytes.fromhex(salt), bytes.fromhex(digest), lockout.Tries(failures, wait_s, moment, mono_ms))
