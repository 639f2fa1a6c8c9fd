"""Hello, the first pull of an empty desk, and the comparison of digests (sync.md 2.3)."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, NamedTuple

import orjson

from desk.wire import columns, epochs, reading, trail
from desk.wire.codecs import Json, WireError
from desk.wire.epochs import Epoch
from desk.wire.heads import Head
from desk.wire.messages import MOST_OPS, MOST_PUSH_BYTES, MOST_REVISIONS, MOST_SCOPES, PROTOCOL
from desk.wire.reading import Body
from desk.wire.records import SCHEMA
from desk.wire.upcast import OLDEST_SERVED

MOST_HEADS = 2000
MOST_PARTS = 256


@dataclass(frozen=True)
class HelloAsk:
    """Who is there; the query of `GET /v1/hello`.

    session: the number the last hello of this incarnation answered, 0 before the first. nonce: drawn and kept
    before sending and kept until an answer came, so that a lost answer is not taken for a clone.
    """

    incarnation: str
    session: int
    nonce: str
    schema: int = SCHEMA
    protocol: int = PROTOCOL

    def query(self) -> dict[str, str]:
        """Write it as the parameters of the query."""
        return {name: str(value) for name, value in vars(self).items()}

    @staticmethod
    def read(query: Mapping[str, str]) -> "HelloAsk":
        """Read the parameters. Raises WireError."""
        try:
            numbers = {name: int(query[name]) for name in ("session", "schema", "protocol")}
            words = {name: query[name] for name in ("incarnation", "nonce")}
        except (KeyError, ValueError) as error:
            raise WireError("hello: a parameter is missing or no number") from error
        if min(numbers.values()) < 0 or not all(0 < len(each) <= 80 for each in words.values()):
            raise WireError("hello: a parameter out of its range")
        return HelloAsk(
            words["incarnation"],
            numbers["session"],
            words["nonce"],
            numbers["schema"],
            numbers["protocol"],
        )


@dataclass(frozen=True)
class Limits:
    """What one message may hold, and how often to ask when nothing is known to be new (seconds)."""

    ops: int = MOST_OPS
    push_bytes: int = MOST_PUSH_BYTES
    scopes: int = MOST_SCOPES
    revisions: int = MOST_REVISIONS
    poll_s: int = 60

    @staticmethod
    def from_json(body: Body) -> "Limits":
        """Read it back. Raises WireError."""
        return Limits(**{name: reading.whole(body, name, least=1) for name in Limits.__dataclass_fields__})


@dataclass(frozen=True)
class ScopeState:
    """Where a scope stands on the hub. halted: no push until an operator has said what happened.

    digest: of its heads at `version`, in hexadecimal; empty where the hub does not say. Two pasts of one
    version are told apart by it without another request. trail: at `version` (`trail.py`), empty where the
    hub does not say; for two ops of one record whose values are all in conflicts leave the same digest.
    """

    scope: str
    epoch: str
    version: int
    durable: int
    oldest: int
    history: tuple[Epoch, ...]
    halted: bool = False
    digest: str = ""
    trail: str = ""

    def to_json(self) -> dict[str, Any]:
        """Write it as a JSON object."""
        return asdict(self)

    @staticmethod
    def from_json(body: Body) -> "ScopeState":
        """Read it back. Raises WireError."""
        return ScopeState(
            scope=reading.text(body, "scope"),
            epoch=reading.text(body, "epoch"),
            **{name: reading.whole(body, name) for name in ("version", "durable", "oldest")},
            history=reading.many(body, "history", Epoch.from_json, most=epochs.MOST),
            halted=reading.flag(body, "halted"),
            digest=reading.text(body, "digest", "", most=64),
            trail=trail.told(body),
        )


@dataclass(frozen=True)
class Hello:
    """The hub's greeting.

    protocol, schema: lowest and highest it serves. now: its clock, ISO with offset. session: the number to
    say next time. grants: number of the device's grants, changed when a scope is given or taken.
    missing: SHA-256 of attachments whose bytes the hub lacks.
    """

    protocol: tuple[int, int]
    schema: tuple[int, int]
    now: str
    session: int
    grants: int
    limits: Limits
    scopes: tuple[ScopeState, ...]
    missing: tuple[str, ...] = ()

    def encode(self) -> bytes:
        """Write the message."""
        return _json({"v": PROTOCOL, **asdict(self)})

    @staticmethod
    def decode(raw: bytes) -> "Hello":
        """Read the message; a hub of another protocol answers it too. Raises WireError."""
        body = reading.parse(raw)
        return Hello(
            protocol=_pair(body, "protocol"),
            schema=_pair(body, "schema"),
            now=reading.text(body, "now", most=40),
            session=reading.whole(body, "session"),
            grants=reading.whole(body, "grants"),
            limits=Limits.from_json(reading.as_body(body.get("limits"))),
            scopes=reading.many(body, "scopes", ScopeState.from_json, most=10_000),
            missing=reading.texts(body, "missing", most=100_000),
        )


SERVED = ((PROTOCOL, PROTOCOL), (OLDEST_SERVED, SCHEMA))
"""Protocols and schemas this version of the hub serves."""


class HeadOut(NamedTuple):
    """One record of a snapshot."""

    type: str
    rec: str
    head: Head

    def to_json(self) -> dict[str, Any]:
        """Write it as a JSON object."""
        return {"type": self.type, "rec": self.rec, **self.head._asdict()}

    @staticmethod
    def from_json(body: Body) -> "HeadOut":
        """Read it back. Raises WireError."""
        fields, field_op = reading.as_body(body.get("fields")), reading.as_body(body.get("field_op"))
        if not all(value is None or isinstance(value, str | int) for value in fields.values()):
            raise WireError("fields: no such value crosses the wire")
        if not all(isinstance(op, str) for op in field_op.values()):
            raise WireError("field_op: ids of ops are expected")
        kept: dict[str, Json] = dict(fields)
        head = Head(reading.whole(body, "version"), kept, dict(field_op))
        return HeadOut(reading.text(body, "type"), reading.text(body, "rec"), head)


@dataclass(frozen=True)
class Snapshot:
    """A page of heads, in order of type and record id.

    tail: the cursor from which to pull when all pages are in. It lies at the durable version, below the
    heads, so that the desk holds every revision a restore of the hub could lose; none sets a head back.
    after: where the next page goes on, empty after the last.
    """

    scope: str
    epoch: str
    tail: int
    heads: tuple[HeadOut, ...]
    after: str = ""

    def encode(self) -> bytes:
        """Write the message."""
        return _json({"v": PROTOCOL, **vars(self), "heads": [each.to_json() for each in self.heads]})

    @staticmethod
    def decode(raw: bytes) -> "Snapshot":
        """Read the message. Raises WireError."""
        body = reading.parse(raw)
        return Snapshot(
            scope=reading.text(body, "scope"),
            epoch=reading.text(body, "epoch"),
            tail=reading.whole(body, "tail"),
            heads=_heads(body),
            after=reading.text(body, "after", ""),
        )


@dataclass(frozen=True)
class Digest:
    """The digest of a scope at a version, and those of its parts by the next byte of the bucket (I11)."""

    scope: str
    epoch: str
    version: int
    digest: str
    parts: Mapping[str, str]

    def encode(self) -> bytes:
        """Write the message."""
        return _json({"v": PROTOCOL, **vars(self)})

    @staticmethod
    def decode(raw: bytes) -> "Digest":
        """Read the message. Raises WireError."""
        body = reading.parse(raw)
        parts = reading.as_body(body.get("parts"))
        if len(parts) > MOST_PARTS or not all(isinstance(each, str) for each in parts.values()):
            raise WireError("parts: digests are expected")
        return Digest(
            reading.text(body, "scope"),
            reading.text(body, "epoch"),
            reading.whole(body, "version"),
            reading.text(body, "digest"),
            parts,
        )


def _heads(body: Body) -> tuple[HeadOut, ...]:
    """Read the heads of a page: all at once where they are such as a hub of this version writes."""
    listed = body.get("heads")
    if not isinstance(listed, list) or not 0 < len(listed) <= MOST_HEADS or not columns.are_heads(listed):
        return reading.many(body, "heads", HeadOut.from_json, most=MOST_HEADS)
    return tuple(
        HeadOut(each["type"], each["rec"], Head(each["version"], each["fields"], each["field_op"]))
        for each in listed
    )


def _pair(body: Body, name: str) -> tuple[int, int]:
    value = body.get(name)
    if not isinstance(value, list) or len(value) != 2 or not all(type(each) is int for each in value):
        raise WireError(f"{name}: lowest and highest are expected")
    return value[0], value[1]


def _json(body: Mapping[str, Any]) -> bytes:
    return orjson.dumps(body)
