"""The current fields of a record, how a revision moves them on, and the digest both sides keep (I11)."""

import hashlib
from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

import orjson

from desk.wire import canonical
from desk.wire.codecs import Json
from desk.wire.op import INSERTED_BY
from desk.wire.revision import Revision

DIGEST_BYTES = 16
EMPTY_DIGEST = bytes(DIGEST_BYTES)


_NOTHING: Final[Mapping[str, str]] = {}


class Head(NamedTuple):
    """One record as the hub last said it. Fields nobody wrote are left out; unknown ones are kept.

    field_op: per field the op that set it, and under `*` the op that inserted the record.
    """

    version: int = 0
    fields: Mapping[str, Json] = _NOTHING
    field_op: Mapping[str, str] = _NOTHING

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


class Spelled(NamedTuple):
    """The canonical JSON of a head's fields and of who set them: for its digest, and to be stored."""

    fields: bytes
    field_op: bytes


def spell(head: Head) -> Spelled:
    """Write what a head says."""
    return Spelled(_spelled(head.fields), _spelled(head.field_op))


def digest_of(noun: str, record_id: str, head: Head, said: Spelled | None = None) -> bytes:
    """Return BLAKE2b-128 of one record: noun, id, version, canonical fields and who set them.

    said: where the head was spelled already.
    """
    fields, field_op = said or spell(head)
    # Two pasts may come to the same values by different ops, and then later bases would differ.
    whole = b"%b%b%b" % (f"{noun}|{record_id}|{head.version}|".encode(), fields, field_op)
    return hashlib.blake2b(whole, digest_size=DIGEST_BYTES).digest()


def _spelled(held: Mapping[str, Json]) -> bytes:
    # Values of a head are words, whole numbers, yes and no; only its names may be of any kind.
    if "".join(held).isascii():
        try:
            return canonical.plain(held)
        except orjson.JSONEncodeError:
            pass  # The long way says what is wrong with it, or knows how to write it.
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
