"""Looks at every op of a push before anything is locked (sync.md 2.4, step 3)."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from desk.hub.rights import Pusher
from desk.wire import changes, codecs, columns
from desk.wire.codecs import WireError
from desk.wire.enrolling import STATION
from desk.wire.fields import Record
from desk.wire.incoming import OpIn
from desk.wire.messages import Push
from desk.wire.op import Op
from desk.wire.records import RECORDS, SCHEMA

_ID: Final = re.compile(r"[0-9A-Za-z-]{1,64}\Z")
_NUL: Final = b"\\u0000"
"""A NUL is written so; a body without these letters need not be looked through."""


class Read(NamedTuple):
    """One op of the push with what was made out of it: an op, or the code of what is wrong with it.

    vouched: the hub had taken it in before, as its own seal on it says.
    """

    place: int
    given: OpIn
    op: Op | None
    code: str = ""
    vouched: bool = False


def read_all(push: Push, pusher: Pusher | None = None) -> list[Read]:
    """Look at every op: those of one shape together, and what is not like the others by itself.

    pusher: who hands them in; without one they are taken as a station's own.
    """
    ordinary = [(place, given.read()) for place, given in enumerate(push.ops) if given.is_ordinary]
    sound = _sound([(place, op) for place, op in ordinary if _NUL not in push.ops[place].body], push.scope)
    reads = [
        Read(place, given, sound[place]) if place in sound else _read(place, given, push.scope)
        for place, given in enumerate(push.ops)
    ]
    if pusher is None:
        return reads
    if pusher.vouched:
        reads = [each._replace(vouched=each.given.op in pusher.vouched) for each in reads]
    if pusher.role == STATION:
        return reads
    return [
        each._replace(code=pusher.fault(each.op)) if each.op is not None and not each.code else each
        for each in reads
    ]


def _sound(placed: Sequence[tuple[int, Op]], scope: str) -> Mapping[int, Op]:
    """Return those of which nothing is wrong, by place; of the others that is not known yet."""
    ops = [op for _place, op in placed]
    if not ops or not _are_ours(ops, scope):
        return {}
    found: dict[int, Op] = {}
    for (noun, *names), some in columns.by_shape([(op.type, op.set) for op in ops]).items():
        record = RECORDS.get(noun)
        rows = [tuple(ops[n].set.values()) for n in some]
        if record is not None and columns.fit(record, names, rows):
            found |= {placed[n][0]: ops[n] for n in some if _were(record, ops[n])}
    return found


def _are_ours(ops: Sequence[Op], scope: str) -> bool:
    ids = [name for op in ops for name in (op.rec, op.tx, op.device)]
    return (
        {op.scope for op in ops} == {scope}
        and columns.are_ids(ids)
        and columns.are_instants([op.at for op in ops])
    )


def _read(place: int, given: OpIn, scope: str) -> Read:
    try:
        op = given.read()
    except WireError:
        return Read(place, given, None, "not_an_op")
    return Read(place, given, op, _fault(op, given.body, scope))


def _fault(op: Op, body: bytes, scope: str) -> str:
    if op.scope != scope:
        return "wrong_scope"
    if not all(map(_ID.match, (op.op, op.rec, op.tx, op.device))):
        return "not_an_op"
    record = RECORDS.get(op.type)
    if record is None:
        return "newer" if op.schema > SCHEMA else "unknown_noun"
    known, extra = record.split(dict.fromkeys(op.set, None))
    if extra and op.schema <= SCHEMA:
        return "unknown_field"
    nul = _NUL in body and _has_nul(op)
    return "" if _fits(record, op, known) and not nul else "bad_value"


def _fits(record: Record, op: Op, names: Iterable[str]) -> bool:
    try:
        codecs.INSTANT.from_json(op.at)
        for name in names:
            record.by_name[name].from_json(changes.apply("", op.set[name]))
    except WireError:
        return False
    return _were(record, op)


def _were(record: Record, op: Op) -> bool:
    """Tell whether the values it says it replaces could have stood there."""
    try:
        for name, value in op.was.items():
            if name in record.by_name:
                record.by_name[name].from_json(value)
    except WireError:
        return False
    return True


def _has_nul(op: Op) -> bool:
    # PostgreSQL keeps no NUL in its texts.
    left: list[object] = [op.user, op.at, *op.base, op.set, op.was]
    while left:
        value = left.pop()
        if isinstance(value, str):
            if "\0" in value:
                return True
        elif isinstance(value, dict):
            left += [*value, *value.values()]
        elif isinstance(value, list):
            left += value
    return False
