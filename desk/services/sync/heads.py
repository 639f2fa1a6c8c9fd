"""What revisions make of the shadow, in memory: pure steps, each with what is needed to take it back."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import orjson

from desk.wire import heads
from desk.wire.codecs import WireError
from desk.wire.heads import Head
from desk.wire.revision import Revision

Key = tuple[str, str]
"""A noun and a record id."""


class Told(NamedTuple):
    """What an op says of itself, as far as it must be known to keep its revision."""

    noun: str
    record_id: str
    kind: str
    incarnation: str
    seq: int

    @property
    def key(self) -> Key:
        """The record it is about."""
        return self.noun, self.record_id


class Step(NamedTuple):
    """One revision laid over its record; `before` is what it changed, None if the head held it already."""

    revision: Revision
    told: Told
    before: Mapping[str, Any] | None


def told_by(body: bytes) -> Told:
    """Read what an op says of itself. Raises WireError."""
    try:
        read = orjson.loads(body)
        told = Told(read["type"], read["rec"], read["kind"], read["incarnation"], read["seq"])
    except (ValueError, KeyError, TypeError) as error:
        raise WireError("a revision holds no op") from error
    if not isinstance(told.seq, int) or not all(
        isinstance(each, str) for each in (told.noun, told.record_id, told.kind, told.incarnation)
    ):
        raise WireError("a revision holds no op")
    return told


def saved_with(body: bytes) -> str:
    """Return what an op says it was saved with: the ops of one save share it; "" if it does not say."""
    try:
        read = orjson.loads(body)
    except ValueError:
        return ""
    said = read.get("tx") if isinstance(read, dict) else None
    return said if isinstance(said, str) else ""


def lay(stands: dict[Key, Head | None], revisions: Iterable[tuple[Revision, Told]]) -> list[Step]:
    """Lay revisions over the heads that stand, in their order, and return the steps; `stands` moves on."""
    steps = []
    for revision, told in revisions:
        head = stands.get(told.key)
        inserts = told.kind == "insert"
        after = heads.advance(head, revision, revision.op.op, inserts=inserts)
        if after is head:
            steps.append(Step(revision, told, None))
            continue
        stands[told.key] = after
        steps.append(Step(revision, told, _before(head, revision)))
    return steps


def _before(head: Head | None, revision: Revision) -> dict[str, Any]:
    if head is None:
        return {"new": True}
    gone = [name for name in revision.set if name not in head.fields]
    was = {name: head.fields[name] for name in revision.set if name in head.fields}
    return {"version": head.version, "set": was, "unset": gone, "field_op": dict(head.field_op)}


def take_back(head: Head | None, before: Mapping[str, Any], keep: int) -> Head | None:
    """Return the head as it was before a revision; where that is not known, only its version is set back.

    Then the record's own revision, offered again, brings the version and the fields of the new life.
    """
    if head is None or before.get("new"):
        return None
    if not before:
        return Head(min(head.version, keep), head.fields, head.field_op)
    fields = {name: value for name, value in head.fields.items() if name not in before["unset"]}
    # A head that came in a snapshot stood higher than what is known of the revisions below it.
    return Head(min(before["version"], keep), {**fields, **before["set"]}, before["field_op"])


def digests(changes: Iterable[tuple[Key, Head | None, Head | None]], total: str) -> str:
    """Move the digest of a scope on (I11): per record the head before and the head after."""
    plus, minus = [], []
    for (noun, record_id), before, after in changes:
        if before is not None:
            minus.append(heads.digest_of(noun, record_id, before))
        if after is not None:
            plus.append(heads.digest_of(noun, record_id, after))
    start = bytes.fromhex(total) if total else heads.EMPTY_DIGEST
    return heads.add_digests(start, plus, minus).hex()
