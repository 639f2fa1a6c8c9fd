"""What the hub accepted: one op with its place in the scope's order and what became of it.

Desks store revisions and never run merge rules again, so that their versions cannot drift apart.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from desk.wire import reading
from desk.wire.codecs import Json, WireError
from desk.wire.incoming import OpIn
from desk.wire.reading import Body

Outcome = Literal["applied", "merged", "conflict"]
Reason = Literal["shared", "words", "state", "void", "number", "set"]

OUTCOMES = frozenset({"applied", "merged", "conflict"})
_PLAIN = frozenset({str, int, bool, type(None)})
REASONS = frozenset({"shared", "words", "state", "void", "number", "set"})


@dataclass(frozen=True)
class Conflict:
    """An open question on one field.

    mine_op, mine: the op that lost, or came second, and its value. theirs_op, theirs: what the head holds.
    """

    id: str
    field: str
    mine_op: str
    theirs_op: str
    mine: Json
    theirs: Json
    reason: Reason

    def to_json(self) -> dict[str, Any]:
        """Write it as a JSON object."""
        return {name: getattr(self, name) for name in self.__dataclass_fields__}

    @staticmethod
    def from_json(body: Body) -> "Conflict":
        """Read it back. Raises WireError."""
        if reading.text(body, "reason", most=20) not in REASONS:
            raise WireError("reason of a conflict is not known")
        names = ("id", "field", "mine_op", "theirs_op")
        return Conflict(
            **{name: reading.text(body, name) for name in names},
            mine=_plain(body.get("mine")),
            theirs=_plain(body.get("theirs")),
            reason=body["reason"],
        )


class Revision(NamedTuple):
    """version, ord: its place; all of one version were accepted together. at: when, by the hub's clock.

    set: the values it gave the head, fields that lost left out and sets written out whole.
    closed: ids of the conflicts this op closed.
    """

    version: int
    ord: int
    at: str
    outcome: Outcome
    op: OpIn
    set: Mapping[str, Json]
    conflicts: tuple[Conflict, ...] = ()
    closed: tuple[str, ...] = ()


def result_to_json(revision: Revision) -> dict[str, Any]:
    """Write everything of a revision but its op."""
    body: dict[str, Any] = {
        "version": revision.version,
        "ord": revision.ord,
        "at": revision.at,
        "outcome": revision.outcome,
        "set": revision.set,
    }
    if revision.conflicts:
        body["conflicts"] = [each.to_json() for each in revision.conflicts]
    if revision.closed:
        body["closed"] = list(revision.closed)
    return body


def result_from_json(body: Body, op: OpIn) -> Revision:
    """Read everything of a revision but its op, and put the op in. Raises WireError."""
    if reading.text(body, "outcome", most=20) not in OUTCOMES:
        raise WireError("outcome is not known")
    values = reading.as_body(body.get("set"))
    if not _PLAIN.issuperset(map(type, values.values())):
        raise WireError("no such value crosses the wire")
    return Revision(
        version=reading.whole(body, "version", least=1),
        ord=reading.whole(body, "ord"),
        at=reading.text(body, "at", most=40),
        outcome=body["outcome"],
        op=op,
        set=values,
        # Nearly all have neither.
        conflicts=reading.many(body, "conflicts", Conflict.from_json, most=400)
        if "conflicts" in body
        else (),
        closed=reading.texts(body, "closed", most=400) if "closed" in body else (),
    )


def _conflicts(body: Body) -> tuple[Conflict, ...]:
    return reading.many(body, "conflicts", Conflict.from_json, most=400)


def _plain(value: object) -> Json:
    if value is None or isinstance(value, str | int):
        return value
    raise WireError("no such value crosses the wire")
