"""The slot file as JSON and back: schema 1, checked field by field, with a digest that shows damage."""

import base64
import contextlib
import hashlib
import json
import os
import time
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

import rfc8785

from desk import ids
from desk.services.keys import KdfCost, Wrap, believable
from desk.services.lockout import Tries
from desk.services.slot_values import Failed, Slot, SlotFile

SCHEMA = 1
_ARGON2ID = "argon2id"
_FRESH = ".new"
_PATIENCE_S, _PAUSE_S = 0.5, 0.02

T = TypeVar("T")


class NewerSchema(Exception):
    """The file was written by a newer program."""


def encoded(file: SlotFile) -> bytes:
    """Return the file as readable JSON with its digest."""
    body: dict[str, Any] = {
        "schema": SCHEMA,
        "store_id": file.store_id,
        "station_name": file.station_name,
        "slots": [_from_slot(slot) for slot in file.slots],
        "recovery": _from_wrap(file.recovery),
        "county_escrow": None,
        "tries": {who: _from_tries(tries) for who, tries in file.tries},
        "journal": [
            {"at": failed.at.isoformat(), "user_id": failed.user_id, "how": failed.how}
            for failed in file.journal
        ],
        "journal_dropped": file.journal_dropped,
        "recovery_pending": file.recovery_pending,
        "audit_head": {"n": file.audit_n, "hash": file.audit_hash},
    }
    return json.dumps(body | {"digest": _digest(body)}, ensure_ascii=False, indent=1).encode()


def decoded(text: bytes) -> SlotFile:
    """Return the file of these bytes.

    Raises:
        NewerSchema: a newer program wrote it.
        ValueError: it is not JSON, a field is missing or of another type, or the digest does not fit.
    """
    body = json.loads(text)
    try:
        if body["schema"] > SCHEMA:
            raise NewerSchema
        digest = body.pop("digest")
        if digest != _digest(body):
            raise ValueError("the digest does not fit")
        return _to_file(body)
    except (KeyError, TypeError, AttributeError, rfc8785.CanonicalizationError) as failure:
        raise ValueError("not a slot file") from failure


def replace_file(path: Path, content: bytes) -> None:
    """Write `content` so that after a crash the old or the new file is there, whole; readable by the owner
    only.

    Raises:
        OSError: the disk is full or cannot be written; the old file is untouched.
    """
    # A name of its own: of two who write at once neither may write into the other's.
    fresh = path.with_name(f"{path.name}.{ids.random_bytes(6).hex()}{_FRESH}")
    try:
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        patiently(lambda: fresh.replace(path))
    except OSError:
        with contextlib.suppress(OSError):
            fresh.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def patiently(do: Callable[[], T]) -> T:
    """Do it, and again for half a second while the file is in somebody's hands.

    Windows replaces no file that is open, and opens none that is just being replaced; elsewhere neither is
    refused, and whatever else is refused fails as soon.

    Raises:
        OSError: as `do` does; PermissionError after half a second.
    """
    until = time.monotonic() + _PATIENCE_S
    while True:
        try:
            return do()
        except PermissionError:
            if time.monotonic() >= until:
                raise
            time.sleep(_PAUSE_S)


def sweep(path: Path) -> None:
    """Take away what a program that died while it replaced this file has left beside it.

    Call it where nobody else can be writing. What cannot be removed stays: it holds nothing the file lacks.
    """
    for left in path.parent.glob(f"{path.name}.*{_FRESH}"):
        with contextlib.suppress(OSError):
            left.unlink()


def sync_folder(folder: Path) -> None:
    """Make renames within `folder` durable; Windows does so by itself and offers no call."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _digest(body: Mapping[str, Any]) -> str:
    return hashlib.sha256(rfc8785.dumps(dict(body))).hexdigest()


def _from_slot(slot: Slot) -> dict[str, Any]:
    return {
        "user_id": slot.user_id,
        "name": slot.name,
        "role_label": slot.role_label,
        "kind": slot.kind,
        "device_secret": slot.device_tag or "none",
        "made_at": slot.made_at.isoformat(),
        "expires_at": slot.expires_at.isoformat() if slot.expires_at else None,
        "wrap": _from_wrap(slot.wrap),
        **({"given": slot.given} if slot.given else {}),
    }


def _from_wrap(wrap: Wrap | None) -> dict[str, Any] | None:
    if wrap is None:
        return None
    cost = wrap.cost
    return {
        "kdf": {"name": _ARGON2ID, "kib": cost.memory_kib, "passes": cost.passes, "lanes": cost.lanes},
        "salt": _b64(wrap.salt),
        "nonce": _b64(wrap.nonce),
        "wrapped": _b64(wrap.wrapped),
    }


def _from_tries(tries: Tries) -> dict[str, Any]:
    return {
        "failures": tries.failures,
        "wait_s": tries.wait_s,
        "since": tries.since.isoformat() if tries.since else None,
        "since_mono_ms": tries.since_mono_ms,
    }


def _to_file(body: Mapping[str, Any]) -> SlotFile:
    recovery = body["recovery"]
    return SlotFile(
        store_id=_text(body["store_id"]),
        station_name=_text(body["station_name"]),
        slots=tuple(_to_slot(slot) for slot in body["slots"]),
        recovery=None if recovery is None else _to_wrap(recovery),
        tries=tuple((_text(who), _to_tries(tries)) for who, tries in body["tries"].items()),
        journal=tuple(
            Failed(datetime.fromisoformat(row["at"]), _text(row["user_id"]), _text(row["how"]))
            for row in body["journal"]
        ),
        journal_dropped=int(body["journal_dropped"]),
        recovery_pending=bool(body["recovery_pending"]),
        audit_n=int(body["audit_head"]["n"]),
        audit_hash=_text(body["audit_head"]["hash"]),
    )


def _to_slot(row: Mapping[str, Any]) -> Slot:
    tag = _text(row["device_secret"])
    return Slot(
        user_id=_text(row["user_id"]),
        name=_text(row["name"]),
        role_label=_text(row["role_label"]),
        kind=_text(row["kind"]),
        device_tag="" if tag == "none" else tag,
        made_at=datetime.fromisoformat(row["made_at"]),
        expires_at=datetime.fromisoformat(row["expires_at"]) if row["expires_at"] else None,
        wrap=_to_wrap(row["wrap"]),
        given=_text(row.get("given", "")),
    )


def _to_wrap(row: Mapping[str, Any]) -> Wrap:
    kdf = row["kdf"]
    cost = KdfCost(int(kdf["kib"]), int(kdf["passes"]), int(kdf["lanes"]))
    if kdf["name"] != _ARGON2ID or not believable(cost):
        raise ValueError("a key derivation this program does not know")
    return Wrap(cost, _bytes(row["salt"]), _bytes(row["nonce"]), _bytes(row["wrapped"]))


def _to_tries(row: Mapping[str, Any]) -> Tries:
    since = datetime.fromisoformat(row["since"]) if row["since"] else None
    return Tries(int(row["failures"]), int(row["wait_s"]), since, int(row["since_mono_ms"]))


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("text expected")
    return value


def _b64(content: bytes) -> str:
    return base64.b64encode(content).decode("ascii")


def _bytes(text: str) -> bytes:
    return base64.b64decode(text, validate=True)
