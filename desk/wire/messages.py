"""What desk and hub say to each other: pushing ops and pulling revisions (sync.md 2.3 to 2.5).

Every message is a frozen dataclass; `encode` writes the bytes of its JSON, `decode` reads them strictly and
raises WireError. Names a newer side added to a message are passed over; those of records and ops are kept.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

import orjson

from desk.wire import reading, trail, troubles
from desk.wire.codecs import Json, WireError
from desk.wire.incoming import OpIn
from desk.wire.reading import Body, Raw
from desk.wire.revision import Revision, result_from_json, result_to_json
from desk.wire.troubles import AnyTrouble

PROTOCOL = 1
"""The number of this protocol; hello tells the range a hub speaks."""

MOST_OPS = 500
MOST_PUSH_BYTES = 1 << 20
MOST_SCOPES = 50
MOST_REVISIONS = 1000

Verdict = Literal["applied", "duplicate", "merged", "conflict", "deferred", "rejected", "quarantined"]
VERDICTS = frozenset({"applied", "duplicate", "merged", "conflict", "deferred", "rejected", "quarantined"})
ACCEPTED = frozenset({"applied", "duplicate", "merged", "conflict"})
"""Verdicts after which the op is a revision; such an answer carries its result."""


@dataclass(frozen=True)
class Push:
    """Ops of one scope, in the order they shall be taken. One request is in flight per device.

    cursor: how far this desk has pulled the scope; a head changed above it by others is told as merged.
    highest: the highest version it knows of, from answers too; a hub that holds less was restored.
    brief: whether the answer may leave out what this message says already (`Pushed`).
    vouchers: op id → the hub's own word that it had taken it; only for what another PC wrote (`Page`).
    """

    device: str
    incarnation: str
    scope: str
    epoch: str
    schema: int
    cursor: int
    ops: tuple[OpIn, ...]
    highest: int = 0
    brief: bool = True
    vouchers: Mapping[str, str] = field(default_factory=dict)

    def encode(self) -> bytes:
        """Write the message; the ops go in as the bytes they are kept in."""
        left_out = {"ops"} if self.vouchers else {"ops", "vouchers"}
        head = {name: getattr(self, name) for name in self.__dataclass_fields__ if name not in left_out}
        ops = b",".join(each.body for each in self.ops)
        return _json({"v": PROTOCOL, **head})[:-1] + b',"ops":[' + ops + b"]}"

    @staticmethod
    def decode(raw: Raw) -> "Push":
        """Read the message. An op that is none stays in its place, for an answer of its own."""
        body = _open(raw)
        ops = body.get("ops")
        if not isinstance(ops, list) or not 0 < len(ops) <= MOST_OPS:
            raise WireError(f"ops: between 1 and {MOST_OPS} are expected")
        return Push(
            **{name: reading.text(body, name) for name in ("device", "incarnation", "scope", "epoch")},
            schema=reading.whole(body, "schema", least=1),
            cursor=reading.whole(body, "cursor"),
            ops=OpIn.all_of(ops),
            highest=reading.whole(body, "highest", 0),
            brief=reading.flag(body, "brief"),
            vouchers=reading.words(body, "vouchers", most=MOST_OPS),
        )

    @property
    def sum(self) -> str:
        """The ids of its ops in their order, in sixteen letters."""
        return hashlib.sha256("\n".join(each.op for each in self.ops).encode()).hexdigest()[:16]


class Answer(NamedTuple):
    """What became of one op. Answers stand in the order of the ops, `op` is its id.

    result: for an accepted op its revision, with the version at which it was first applied, whatever request
    brought it first. code, sentence: for the others a stable word and the sentence for the user.
    bases: for `unknown_base`, the ops the hub has not seen: offer their revisions first.
    """

    op: str
    verdict: Verdict
    result: Mapping[str, Any] | None = None
    code: str = ""
    sentence: str = ""
    bases: tuple[str, ...] = ()

    def revision(self, body: bytes) -> Revision:
        """Join the result with the op's bytes, which the desk holds. Raises WireError."""
        return result_from_json(reading.as_body(self.result), OpIn(self.op, body))

    def to_json(self) -> dict[str, Any]:
        """Write it as a JSON object, without what is empty."""
        said = {name: getattr(self, name) for name in ("op", "verdict", "result", "code", "sentence")}
        kept = {name: value for name, value in said.items() if value}
        return kept | ({"bases": list(self.bases)} if self.bases else {})

    @staticmethod
    def from_json(body: Body) -> "Answer":
        """Read it back. Raises WireError."""
        verdict: Any = reading.text(body, "verdict", most=20)
        if verdict not in VERDICTS:
            raise WireError("verdict is not known")
        op = reading.text(body, "op", "")
        result = body.get("result")
        if verdict in ACCEPTED:
            result_from_json(reading.as_body(result), OpIn(op, b""))
        return Answer(
            op=op,
            verdict=verdict,
            result=result,
            code=reading.text(body, "code", ""),
            sentence=reading.text(body, "sentence", ""),
            bases=reading.texts(body, "bases", most=400),
        )


@dataclass(frozen=True)
class Pushed:
    """The answers to one push; version: the scope's newest afterwards.

    trail: the scope's trail (`trail.py`) at the version before, where this push made a new one; a desk that
    has another there has another past.
    to: the push, where both sides look at the same one. Then ids of ops are not said again, nor the values of
    an op that gave the head what it said: over a thin line they were half of the answer. A sum of the ids
    stands for them.
    """

    scope: str
    epoch: str
    version: int
    answers: tuple[Answer, ...]
    to: Push | None = field(default=None, compare=False, repr=False)
    trail: str = ""

    def encode(self) -> bytes:
        """Write the message."""
        said: dict[str, Any] = {name: getattr(self, name) for name in ("scope", "epoch", "version", "trail")}
        said["v"] = PROTOCOL
        if self.to is None:
            return _json({**said, "answers": [each.to_json() for each in self.answers]})
        answers = [_brief(each, op) for each, op in zip(self.answers, self.to.ops, strict=True)]
        return _json({**said, "sum": self.to.sum, "answers": answers})

    @staticmethod
    def decode(raw: bytes, to: Push | None = None) -> "Pushed":
        """Read the message; `to` is the push it answers. Raises WireError, also for answers to other ops."""
        body = _open(raw)
        answers = body.get("answers")
        if "sum" in body:
            if to is None or body["sum"] != to.sum or not isinstance(answers, list):
                raise WireError("answers to other ops")
            if len(answers) != len(to.ops):
                raise WireError("not an answer for each op")
            body = {**body, "answers": list(map(_in_full, answers, to.ops))}
        return Pushed(
            scope=reading.text(body, "scope"),
            epoch=reading.text(body, "epoch"),
            version=reading.whole(body, "version"),
            answers=reading.many(body, "answers", Answer.from_json, most=MOST_OPS),
            trail=trail.told(body),
        )


def _brief(answer: Answer, op: OpIn) -> dict[str, Any]:
    result = answer.result
    if answer.verdict == "applied" and result is not None and answer.op == op.op:
        # Nearly all of them: what is left to say is where it stands now.
        values, left = op.says("set"), dict(result)
        if result["set"] is values or result["set"] == values:
            del left["set"]
        return {"verdict": "applied", "result": left}
    said = answer.to_json()
    if answer.op == op.op:
        said.pop("op", None)
    return said


def _in_full(said: object, op: OpIn) -> dict[str, Any]:
    whole = {"op": op.op, **reading.as_body(said)}
    result = whole.get("result")
    if isinstance(result, dict) and "set" not in result:
        whole["result"] = {**result, "set": op.says("set")}
    return whole


@dataclass(frozen=True)
class Want:
    """One scope to pull: where the desk stands. highest: the highest version it knows of, as in a push."""

    scope: str
    epoch: str
    cursor: int
    highest: int = 0

    @staticmethod
    def from_json(body: Body) -> "Want":
        """Read it back. Raises WireError."""
        return Want(
            reading.text(body, "scope"),
            reading.text(body, "epoch"),
            reading.whole(body, "cursor"),
            reading.whole(body, "highest", 0),
        )


@dataclass(frozen=True)
class Pull:
    """A question for what is new in up to 50 scopes. most: how many revisions the answer may hold."""

    schema: int
    wants: tuple[Want, ...]
    most: int = MOST_REVISIONS

    def encode(self) -> bytes:
        """Write the message."""
        wants = [vars(each) for each in self.wants]
        return _json({"v": PROTOCOL, "schema": self.schema, "most": self.most, "wants": wants})

    @staticmethod
    def decode(raw: Raw) -> "Pull":
        """Read the message."""
        body = _open(raw)
        wants = reading.many(body, "wants", Want.from_json, most=MOST_SCOPES)
        if not wants or len({each.scope for each in wants}) != len(wants):
            raise WireError("wants: scopes, each once")
        most = min(reading.whole(body, "most", MOST_REVISIONS, least=1), MOST_REVISIONS)
        return Pull(reading.whole(body, "schema", least=1), wants, most)


@dataclass(frozen=True)
class Page:
    """Revisions above `start` up to `end`, whole versions only; `version` is the scope's newest.

    durable: revisions up to here are in every backup the county keeps; above it a desk prunes nothing.
    digest: the scope's digest in hexadecimal at `version`; only where the page reaches it.
    trail: the scope's at version `start`. A desk that has another there has another past, also where the
    digests are equal (`trail.py`).
    vouchers: for a county's desk, one for each revision in their order: with it the revision may be offered
    again after a restore, whoever wrote it.
    """

    scope: str
    epoch: str
    start: int
    end: int
    version: int
    durable: int
    revisions: tuple[Revision, ...]
    digest: str = ""
    vouchers: tuple[str, ...] = ()
    trail: str = ""

    def encoded(self) -> bytes:
        """Write it as one part of `Pulled`."""
        left_out = {"revisions"} if self.vouchers else {"revisions", "vouchers"}
        head = {name: value for name, value in vars(self).items() if name not in left_out}
        revisions = b",".join(revision_bytes(each) for each in self.revisions)
        return _json(head)[:-1] + b',"revisions":[' + revisions + b"]}"

    @staticmethod
    def from_json(body: Body) -> "Page":
        """Read it back. Raises WireError."""
        revisions = revisions_in(body, 10 * MOST_REVISIONS)
        page = Page(
            scope=reading.text(body, "scope"),
            epoch=reading.text(body, "epoch"),
            **{name: reading.whole(body, name) for name in ("start", "end", "version", "durable")},
            revisions=revisions,
            digest=reading.text(body, "digest", ""),
            vouchers=reading.texts(body, "vouchers", most=10 * MOST_REVISIONS),
            trail=trail.told(body),
        )
        if len(page.vouchers) not in (0, len(revisions)):
            raise WireError("vouchers: not one for each revision")
        places = [(each.version, each.ord) for each in revisions]
        if places != sorted(set(places)) or any(not page.start < v <= page.end for v, _ord in places):
            raise WireError("revisions out of their order")
        return page


Part = Page | AnyTrouble


@dataclass(frozen=True)
class Pulled:
    """One part for each scope asked for: a page, or why there is none; one scope does not stop the others."""

    parts: tuple[Part, ...]

    def encode(self) -> bytes:
        """Write the message."""
        parts = (each.encoded() if isinstance(each, Page) else each.encode() for each in self.parts)
        return b'{"v":%d,"parts":[' % PROTOCOL + b",".join(parts) + b"]}"

    @staticmethod
    def decode(raw: bytes) -> "Pulled":
        """Read the message."""
        return Pulled(reading.many(_open(raw), "parts", _part, most=MOST_SCOPES))


def _part(body: Body) -> Part:
    return troubles.from_json(body) if "error" in body else Page.from_json(body)


def revisions_in(body: Body, most: int) -> tuple[Revision, ...]:
    """Read the revisions of a message, with their ops. Raises WireError."""
    # Their ops together: seen column by column, as a hub sees those of a push.
    told = reading.many(body, "revisions", reading.as_body, most=most)
    return tuple(map(result_from_json, told, OpIn.all_of([each.get("op") for each in told])))


def revision_bytes(revision: Revision) -> bytes:
    """Write a revision with its op, which goes in as the bytes it is kept in."""
    return _json(result_to_json(revision))[:-1] + b',"op":' + revision.op.body + b"}"


def _open(raw: Raw) -> Body:
    body = reading.parse(raw)
    if reading.whole(body, "v") != PROTOCOL:
        raise WireError("another protocol")
    return body


def _json(body: Mapping[str, Json | Any]) -> bytes:
    return orjson.dumps(body)
