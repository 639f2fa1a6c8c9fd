"""The current fields of a record, how a revision moves them on, and the digest both sides keep (I11)."""

import hashlib
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field

import orjson

from desk.wire import canonical
from desk.wire.codecs import Json
from desk.wire.op import INSERTED_BY
from desk.wire.revision import Revision

DIGEST_BYTES = 16
EMPTY_DIGEST = bytes(DIGEST_BYTES)


@dataclass(frozen=True)
class Head:
    """One record as the hub last said it. Fields nobody wrote are left out; unknown ones are kept.

    field_op: per field the op that set it, and under `*` the op that inserted the record.
    """

    version: int = 0
    fields: Mapping[str, Json] = field(default_factory=dict)
    field_op: Mapping[str, str] = field(default_factory=dict)

    def op_of(self, name: str) -> str:
        """Return the op that set this field."""
        return self.field_op.get(name, self.field_op.get(INSERTED_BY, ""))


def advance(head: Head | None, revision: Revision, op_id: str, *, inserts: bool) -> Head:
    """Lay a revision over a head; one the head already holds changes nothing, so a page may come twice."""
    before = head or Head()
    if head is not None and revision.version < head.version:
        return head
    field_op = {INSERTED_BY: op_id} if inserts else {**before.field_op, **dict.fromkeys(revision.set, op_id)}
    return Head(revision.version, {**before.fields, **revision.set}, field_op)


def digest_of(noun: str, record_id: str, head: Head) -> bytes:
    """Return BLAKE2b-128 of one record: noun, id, version, canonical fields and who set them."""
    said = hashlib.blake2b(f"{noun}|{record_id}|{head.version}|".encode(), digest_size=DIGEST_BYTES)
    said.update(_spelled(head.fields))
    # Two pasts may come to the same values by different ops, and then later bases would differ.
    said.update(_spelled(head.field_op))
    return said.digest()


def _spelled(held: Mapping[str, Json]) -> bytes:
    # Values of a head are words, whole numbers, yes and no; only its names may be of any kind.
    if "".join(held).isascii():
        with suppress(orjson.JSONEncodeError):
            return canonical.plain(held)
    return canonical.dumps(held)


def add_digests(total: bytes, plus: Iterable[bytes], minus: Iterable[bytes] = ()) -> bytes:
    """Return the sum modulo 2¹²⁸: the order in which records came makes no difference."""
    value = int.from_bytes(total, "big") + sum(int.from_bytes(each, "big") for each in plus)
    value -= sum(int.from_bytes(each, "big") for each in minus)
    return (value % (1 << 128)).to_bytes(DIGEST_BYTES, "big")


def bucket_of(noun: str, record_id: str) -> str:
    """Return the four hexadecimal places by which a digest is drilled down.

    The first byte of a UUIDv7 is the same for decades, so the id is hashed before it is cut.
    """
    return hashlib.blake2b(f"{noun}|{record_id}".encode(), digest_size=2).hexdigest()
