"""The audit chain: who did or saw what. One chain per device; ids and field names, never values."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import rfc8785
from sqlalchemy import Text, select, type_coerce
from sqlalchemy.orm import Session

from desk import clock
from desk.models import plain, recorder, row_writer
from desk.models.audit import Audit
from desk.models.store import Store
from desk.text import _
from desk.wire import canonical
from desk.wire.codecs import Json, instant_text

ALGORITHM = "sha256"
FIRST_PREV = "0" * 64

_HASHED = ("n", "prev", "alg", "device_id", "user_id", "action", "noun", "target_id", "fields", "ok")
_HEAD = "audit_head"
_END = "SELECT n, hash FROM audit WHERE device_id = ? ORDER BY n DESC LIMIT 1"


@dataclass(frozen=True)
class AuditHead:
    """The last entry of this device's chain; kept beside the store, it gives an older copy away."""

    n: int
    hash: str


@dataclass(frozen=True)
class FailedUnlock:
    """One failed unlock from the journal beside the store. `user_id` is a slot's id, never what was typed."""

    at: datetime
    user_id: str


def append(
    session: Session,
    action: str,
    *,
    user_id: str,
    noun: str = "",
    target_id: str = "",
    fields: str = "",
    ok: bool = True,
    at: datetime | None = None,
) -> AuditHead:
    """Add one entry inside the caller's write block, so that it stands or falls with what it tells of.

    Args:
        session: of a `store.write` block.
        action: a short code (unlock, reveal, print, export, user_change…).
        user_id: who did it.
        noun: kind of record it was done to, if any.
        target_id: that record's id.
        fields: names of the fields seen or changed, comma between them; never their values.
        ok: False for what was refused.
        at: when it happened; None is now.

    Returns:
        The new end of the chain.
    """
    device_id, last = _last(session)
    when = at or clock.now()
    entry = row_writer.new(
        Audit,
        n=last.n + 1,
        prev=last.hash,
        alg=ALGORITHM,
        at=when,
        device_id=device_id,
        user_id=user_id,
        action=action,
        noun=noun,
        target_id=target_id,
        fields=fields,
        ok=ok,
    )
    entry.hash = _hash(entry, instant_text(when))
    session.add(entry)
    new = AuditHead(entry.n, entry.hash)
    session.info[_HEAD] = (device_id, new)
    return new


def head(session: Session) -> AuditHead:
    """Return the end of this device's chain; n is 0 while it is empty."""
    return _last(session)[1]


def holds(session: Session, mark: AuditHead) -> bool:
    """Tell whether the chain still holds an end seen earlier; if not, an older store was put in place."""
    if mark.n == 0:
        return True
    device_id, _ = _last(session)
    found = session.scalar(select(Audit.hash).where(Audit.device_id == device_id, Audit.n == mark.n))
    return found == mark.hash


def fold_failures(store: Store, failures: Iterable[FailedUnlock]) -> int:
    """Write the journal of failed unlocks into the chain and return how many there were.

    The journal lies beside the store, and whoever can write the folder could have shortened it: the chain
    proves only what was still there at the next unlock.
    """
    count = 0
    with store.write("") as session:
        for each in failures:
            append(session, "unlock", user_id=each.user_id, ok=False, at=each.at)
            count += 1
    return count


def breaks(session: Session) -> Iterator[str]:
    """Walk over every device's chain and yield a sentence for each place where it does not hold together.

    A PC restored from a backup goes on from an older end, and what it had sent to the hub since then comes
    back beside it: such a chain has branches. Each entry must still follow one that is there.
    """
    # The time is read as it stands: a damaged one must be told of, not stumbled over.
    at = type_coerce(Audit.at, Text).label("at")
    query = select(*(getattr(Audit, name) for name in _HASHED), at, Audit.hash)
    rows = session.execute(query.order_by(Audit.device_id, Audit.n)).yield_per(1000)
    device_id, n = "", 0
    ends, here = {FIRST_PREV}, {FIRST_PREV}
    for entry in rows:
        if entry.device_id != device_id:
            device_id, n, ends, here = entry.device_id, 0, {FIRST_PREV}, {FIRST_PREV}
        if entry.n != n:
            ends, here = here, set()
        if entry.n not in (n, n + 1) or entry.n == 0:
            yield _("操作记录在第 {n} 条之后缺失或重复").format(n=n)
        elif entry.prev not in ends or not _is_own_hash(entry):
            yield _("操作记录第 {n} 条被改动").format(n=entry.n)
        here.add(entry.hash)
        n = entry.n if isinstance(entry.n, int) else n


def _is_own_hash(entry: Any) -> bool:
    try:
        return bool(entry.hash == _hash(entry, entry.at))
    except rfc8785.CanonicalizationError:
        return False  # Bytes where words should be: nothing that was ever hashed.


def _hash(entry: object, at: str) -> str:
    body: dict[str, Json] = {name: getattr(entry, name) for name in _HASHED}
    return hashlib.sha256(canonical.dumps(body | {"at": at})).hexdigest()


def _last(session: Session) -> tuple[str, AuditHead]:
    known: tuple[str, AuditHead] | None = session.info.get(_HEAD)
    if known is not None:
        return known
    device_id = recorder.block_of(session).identity.device_id
    # In plain words: nothing of the caller's is flushed before its time.
    end = plain.ask(session, _END, (device_id,))
    return device_id, AuditHead(*end[0]) if end else AuditHead(0, FIRST_PREV)
