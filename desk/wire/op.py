"""An op: what one device wants of one record. Its canonical bytes are kept, and sent unchanged."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import orjson

from desk.wire import canonical
from desk.wire.codecs import Json, WireError

# `close` ends open conflicts: its base names both losing ops (sync.md 2.7).
Kind = Literal["insert", "patch", "void", "close"]
# Class E: a set changes by elements added and removed, so that two additions never fight.
SetChange = Mapping[str, list[str]]
Change = Json | SetChange

INSERTED_BY = "*"
"""In a map field → op id: the op that inserted the record; it stands for every field not named."""

CLOSES = "conflict:"
"""In the base of a closing op: this and the id of a conflict, pointing at the op that had lost."""


@dataclass(frozen=True)
class Op:
    """Field names are those of the wire (sync.md 2.3), but `was`, sent as `from`.

    seq: gapless per incarnation. tx: ops that stand or fall together. at: claimed ISO time with UTC offset.
    offset: last known clock offset in ms, None before any hub. mono: monotonic ms within `run`.
    set: new values. base: per field the op that had set the old value. was: old values of class F fields.
    """

    op: str
    device: str
    incarnation: str
    run: int
    seq: int
    tx: str
    scope: str
    type: str
    rec: str
    kind: Kind
    set: Mapping[str, Change]
    base: Mapping[str, str]
    user: str
    at: str
    offset: int | None
    mono: int
    schema: int
    was: Mapping[str, Json] = field(default_factory=dict)

    def to_bytes(self) -> bytes:
        """Write canonical JSON (RFC 8785)."""
        body = dict(vars(self))
        was = body.pop("was")
        return canonical.dumps(body | {"from": was} if was else body)

    @staticmethod
    def said_by(body: Mapping[str, Any]) -> "Op":
        """Make the op of a body that says all it must and nothing else; for hundreds, so not name by name."""
        made = object.__new__(Op)
        said = vars(made)
        said.update(body)
        said["was"] = said.pop("from", {})
        return made

    @staticmethod
    def from_bytes(body: bytes) -> "Op":
        """Read an op back; names a newer protocol gave it are passed over, its bytes keep them.

        Raises:
            WireError: not an op.
        """
        try:
            read = json.loads(body)
            read["was"] = read.pop("from", {})
            return Op(**{name: read[name] for name in Op.__dataclass_fields__})
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise WireError("not an op") from error


def written(body: Mapping[str, Any]) -> bytes:
    """Write the body of an op as `Op.to_bytes` does; its values came through their codecs, which is known.

    Raises:
        rfc8785.CanonicalizationError: a value that has no canonical form.
    """
    try:
        return canonical.plain(body)
    except orjson.JSONEncodeError:
        return canonical.dumps(body)


def digest(body: bytes) -> bytes:
    """Return the SHA-256 that tells a resent op from another one with the same id."""
    return hashlib.sha256(body).digest()
